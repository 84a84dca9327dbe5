"""The record of a run, from what this process and its workers found."""

from collections.abc import Iterator, Mapping, Sequence
from importlib.metadata import version
from typing import Any

import msgspec
import pytest

from soc2test.company_controls.lookups import Lookups
from soc2test.company_controls.rows import company_controls
from soc2test.controls.packs import Pack
from soc2test.coverage.statuses import criteria_rows
from soc2test.crosswalks.rows import framework_rows
from soc2test.data_map.stores import data_map
from soc2test.errors import EvidenceError
from soc2test.exceptions.judge import InForce
from soc2test.inventory.older_evidence import older_of
from soc2test.not_tested import NOT_TESTED
from soc2test.programme.baseline import held_back
from soc2test.programme.entries import DESCRIBED
from soc2test.programme.programme import Config
from soc2test.proving.saved import SavedProof, relied_on, saved_proofs
from soc2test.pytest_plugin.exceptions_in_force import Exceptions
from soc2test.pytest_plugin.outcome import INTERRUPTED, empty_result
from soc2test.pytest_plugin.session import Session
from soc2test.pytest_plugin.subservice_told import subservice_told
from soc2test.pytest_plugin.workers import differences
from soc2test.resources.kinds import DataFlow, DataScan, DataStore
from soc2test.run import (
    AgeLimit,
    AsOf,
    CompanyControls,
    DataMap,
    DocumentEntry,
    EvidenceEntry,
    HeldBack,
    Programme,
    Recorded,
    Run,
    Since,
    SourceNature,
    Subservice,
    Tool,
    Unclaimed,
)
from soc2test.run import Pack as PackEntry
from soc2test.sources.loading import folder_digest
from soc2test.subservice.rows import by_criterion
from soc2test.verdicts import ControlResult, Listed, Verdict

__all__ = ["MakingRun"]


_STORES = 200
"""of how many stores a report says how they are exposed"""


class _Seen(msgspec.Struct, frozen=True, kw_only=True):
    """What was read, and the moment that it is for."""

    as_of: AsOf
    entries: tuple[EvidenceEntry, ...] = ()
    unclaimed: tuple[Unclaimed, ...] = ()
    documents: tuple[DocumentEntry, ...] = ()
    ages: tuple[AgeLimit, ...] = ()
    sources: tuple[SourceNature, ...] = ()


class MakingRun:
    """Makes the `Run` of a session; its problems grow by what is found on the way."""

    def __init__(self, session: Session, results: dict[str, ControlResult]) -> None:
        self._session, self.results = session, results
        self.told: dict[str, tuple[Any, bool]] = {}
        """worker that ended -> what it says that it tested, and whether it reads the files of this machine"""
        self.recorded: Recorded | None = None
        """the record of the evidence store that keeps this run"""
        self.since: Since | None = None
        """what changed from the run that the evidence store keeps before this one"""
        self.listed: Mapping[str, Listed] = {}
        """control -> the list of its population"""
        self.astray: list[str] = []
        """workers that tested something else than the report names, in words"""

    def make(self, lost: Sequence[str], stopped: str, exitstatus: int) -> Run:
        """The run as it is now: `lost` are node ids without a result, `stopped` says why it did not go to its end."""
        session = self._session
        config = session.setup.config
        evidence = self._evidence()
        self.astray = list(self._astray())
        session.problems.extend(session.setup.plugins.problems)
        results = self._all_results(stopped)
        stated = self._in_force()
        rows = criteria_rows(
            results,
            config.categories,
            statements=stated.statements,
            not_relevant=stated.not_relevant,
            not_tested=NOT_TESTED,
            older=self._older(evidence.ages),
            organisations=by_criterion(session.setup.subservice.organisations),
        )
        described = self._described(results, evidence)
        held = self._held_back(results)
        subservice = self._subservice(results, described, evidence)
        because = list(self._incomplete(lost, stopped, exitstatus))
        run = Run(
            complete=not because,
            incomplete_because="; ".join(because) or None,
            as_of=evidence.as_of,
            tool=self._tool(),
            programme=_programme(config),
            criteria=rows,
            controls=tuple(results),
            evidence=evidence.entries,
            unclaimed=evidence.unclaimed,
            problems=tuple(session.problems),
            documents=evidence.documents,
            ages=evidence.ages,
            sources=evidence.sources,
            statements=stated.statements,
            data=self._data(),
            company_controls=described,
            subservice=subservice,
            frameworks=framework_rows(session.setup.crosswalks, rows),
            held_back=held,
            recorded=self.recorded,
            since=self.since,
            period=over.told if (over := session.evaluating.over) is not None else None,
        )
        return session.veil.run(run)

    def interrupted(self) -> list[str]:
        """The controls that a time limit ended."""
        results = self.results.values()
        return sorted(each.id for each in results if each.reason is not None and each.reason.code == INTERRUPTED)

    def _older(self, ages: Sequence[AgeLimit]) -> dict[str, list[AgeLimit]]:
        """The controls that look at sources whose evidence may be older than the tool's default, each with these."""
        if not ages:
            return {}
        return older_of(ages, self._session.evaluating.loaded.inventory, self._session.controls.values())

    def _astray(self) -> Iterator[str]:
        own = self._session.evaluating.tested() if self.told else {}
        for worker, (told, near) in sorted(self.told.items()):
            if told is None:
                yield f"worker {worker} ended without a word of what it tested"
            elif different := differences(own, told, near=near):
                yield f"worker {worker} tested something else than this report names: {', '.join(different)}"

    def _evidence(self) -> _Seen:
        try:
            loaded = self._session.evaluating.loaded
        except (Exception, SystemExit) as error:  # noqa: BLE001  # the artifacts must say so, whatever it was
            broke = f"reading the exports broke with {type(error).__name__}"
            self._session.problems.add(str(error) if isinstance(error, EvidenceError) else broke)
            clock = self._session.setup.clock
            return _Seen(as_of=AsOf(clock.given or clock.now, "clock"))
        return _Seen(
            as_of=loaded.as_of,
            entries=loaded.inventory.entries(),
            unclaimed=loaded.unclaimed,
            documents=tuple(
                DocumentEntry(file, sha256, loaded.named_by.get(sha256, 1))
                for file, sha256 in sorted(loaded.documents.items())
            ),
            ages=loaded.ages.longer,
            sources=loaded.inventory.natures(),
        )

    def _data(self) -> DataMap:
        """Where sensitive data lives; streams are not read once more for it."""
        try:
            inventory = self._session.evaluating.loaded.inventory
        except (Exception, SystemExit):  # noqa: BLE001  # told by `_evidence`
            return DataMap()
        if any(inventory.streams(kind) for kind in (DataStore, DataScan, DataFlow)):
            return DataMap(streamed=True)
        return data_map(
            inventory.population(DataStore),
            inventory.population(DataScan),
            inventory.population(DataFlow),
            list(self._session.controls.values()),
            _STORES,
        )

    def _all_results(self, stopped: str) -> list[ControlResult]:
        """Every loaded control: one that did not run is not evaluated, and no criterion looks better for it."""
        planned = set(self._session.planned.values())
        for id, control in self._session.controls.items():
            if id in self.results:
                continue
            if (refused := self._session.setup.refusal(id)) is not None:
                self.results[id] = empty_result(control, Verdict.ERROR, "definition", refused)
            elif id in planned:
                why = stopped or "its result was lost"
                self.results[id] = empty_result(control, Verdict.NOT_EVALUATED, "stopped", why)
            else:
                self.results[id] = empty_result(control, Verdict.NOT_EVALUATED, "deselected", "not part of this run")
        if (exceptions := self._exceptions()) is not None:
            self._session.problems.extend(exceptions.settle(self.results))
            if self._session.config.getoption("soc2_strict"):
                self._session.problems.extend(exceptions.unused(self.results.values()))
        proofs = self._proofs()
        proven = (self._with_proof(result, proofs.get(result.id)) for result in self.results.values())
        return sorted(proven, key=lambda result: result.id)

    def _proofs(self) -> Mapping[str, SavedProof]:
        """What was proven of the loaded controls; a file of proofs that can't be read is a problem of the run."""
        setup = self._session.setup
        try:
            return saved_proofs(setup.packs, setup.config.root)
        except EvidenceError as error:
            self._session.problems.add(str(error))
            return {}

    def _with_proof(self, result: ControlResult, proof: SavedProof | None) -> ControlResult:
        control = self._session.controls.get(result.id)
        if control is None:
            return result
        return msgspec.structs.replace(
            result,
            relies_on=relied_on(control, proof),
            proven=proof.proven if proof is not None else None,
            listed=self.listed.get(result.id),
        )

    def _exceptions(self) -> Exceptions | None:
        """What is left out and stated; None where the exports could not be read, which a problem says already."""
        try:
            return self._session.evaluating.exceptions
        except (Exception, SystemExit):  # noqa: BLE001  # whatever broke the reading breaks it again
            return None

    def _in_force(self) -> InForce:
        exceptions = self._exceptions()
        return exceptions.in_force if exceptions is not None else InForce(limits={})

    def _described(self, results: Sequence[ControlResult], seen: _Seen) -> CompanyControls | None:
        """The company's own controls; None where it has no controls.yaml, nor had one in a snapshot of its period."""
        config = self._session.setup.config
        over = self._session.evaluating.over
        exceptions = self._exceptions()
        if DESCRIBED not in config.files and (over is None or not over.company):
            return None
        today = seen.as_of.time.astimezone(config.zone).date()
        nobody = Lookups(today=today, people=None, risks=None)
        return company_controls(
            self._session.setup.company.controls,
            results,
            exceptions.lookups if exceptions is not None else nobody,
            scope=config.categories,
            not_relevant=self._in_force().not_relevant,
            older=self._older(seen.ages),
            over=None if over is None else over.company,
        )

    def _held_back(self, results: Sequence[ControlResult]) -> HeldBack | None:
        """What a baseline holds back; what it names and is none any more fails the run, so that it only shrinks."""
        baseline = self._session.setup.baseline
        if baseline is None:
            return None
        found = held_back(baseline, results)
        if found.gone:
            more = f" and {len(found.gone) - 1} more" if len(found.gone) > 1 else ""
            self._session.problems.add(
                f"{baseline.file}: {found.gone[0]}{more}: no deviation any more: `soc2test baseline {baseline.file}` "
                "takes it out"
            )
        return found

    def _subservice(
        self, results: Sequence[ControlResult], described: CompanyControls | None, seen: _Seen
    ) -> Subservice | None:
        """What subservice.yaml says, and what of it is refused as a problem of the run; None where there is none."""
        exceptions = self._exceptions()
        inventory = self._session.evaluating.loaded.inventory if exceptions is not None else None
        scope_outs = self._session.setup.config.exceptions.scope_outs.values()
        judged = subservice_told(self._session, inventory, results, described, seen.as_of.time, scope_outs)
        if judged is None:
            return None
        self._session.problems.extend(map(str, judged.refused))
        return judged.told

    def _incomplete(self, lost: Sequence[str], stopped: str, exitstatus: int) -> Iterator[str]:
        session = self._session
        yield from session.selection.reasons
        out = len(session.controls) - len({id for id in session.planned.values() if id})
        if out and not session.selection.reasons:
            yield f"{out} controls were deselected"
        if stopped:
            yield stopped
        elif lost:
            yield f"results of {len(lost)} items were lost"
        yield from self.astray
        if session.evaluating.over is not None and session.evaluating.over.incomplete is not None:
            yield session.evaluating.over.incomplete
        if ended := self.interrupted():
            yield f"{len(ended)} controls were ended from outside: {', '.join(ended)}"
        if session.dropped:
            yield f"{len(session.dropped)} items were dropped by a plugin or conftest.py that did not say so"
        if exitstatus == pytest.ExitCode.INTERNAL_ERROR:
            yield "pytest had an internal error"
        if session.problems:
            first = session.veil.text(next(iter(session.problems)))
            yield f"{len(session.problems)} problems beside the controls: {first}"

    def _tool(self) -> Tool:
        setup = self._session.setup
        packs = [PackEntry(_name(pack), pack.version, folder_digest(pack.contents)) for pack in setup.packs]
        return Tool(version("soc2test"), tuple(setup.plugins.packs), tuple(packs))


def _programme(config: Config) -> Programme:
    return Programme(
        system=config.system,
        categories=config.categories,
        digest=config.digest,
        privacy_role=config.privacy_role,
        time_zone=str(config.zone),
        files=dict(config.files),
    )


def _name(pack: Pack) -> str:
    return "policies" if pack.version is None else pack.name
