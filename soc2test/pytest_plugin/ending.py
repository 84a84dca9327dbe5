"""The end of a run, in the process that writes: the guard that nothing was lost, artifacts, summary, exit code."""

import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import pytest

from soc2test.controls.control import Control
from soc2test.controls.packs import Pack
from soc2test.coverage.criteria import criteria_rows
from soc2test.errors import EvidenceError, Soc2Error
from soc2test.exceptions.judge import InForce
from soc2test.inventory.load import Loaded
from soc2test.not_tested import NOT_TESTED
from soc2test.programme.programme import Config
from soc2test.pytest_plugin.exceptions import Exceptions
from soc2test.pytest_plugin.items import is_failure, worst
from soc2test.pytest_plugin.junitxml import scan_junitxml
from soc2test.pytest_plugin.outcome import INTERRUPTED, empty_result, is_ours, phase_of, result_of
from soc2test.pytest_plugin.outlets import Outlets
from soc2test.pytest_plugin.selection import Selection
from soc2test.pytest_plugin.setup import Setup
from soc2test.pytest_plugin.starting import LOST, count
from soc2test.pytest_plugin.sudden_end import LAST_WORDS, no_sudden_end
from soc2test.pytest_plugin.words import Phase
from soc2test.pytest_plugin.workers import TESTED, differences, handed, same_disk
from soc2test.reports import WRITERS, Journal, publish, summary
from soc2test.reports.github import annotations, step_summary
from soc2test.reports.publish import WriterBroke, with_leaks
from soc2test.reports.secret_values import redact
from soc2test.reports.veil import Veil
from soc2test.reports.view import in_order
from soc2test.run import (
    AgeLimit,
    AsOf,
    DocumentEntry,
    EvidenceEntry,
    Programme,
    Run,
    SourceNature,
    Tool,
    Unclaimed,
    Writer,
)
from soc2test.run import Pack as PackEntry
from soc2test.sources.loading import folder_digest
from soc2test.verdicts import SEVERITIES, ControlResult, Verdict

__all__ = ["DROPPED", "Ending"]

NOTHING = 5
DROPPED = "soc2_dropped"
"""what a worker of xdist tells: node ids that its collection lost"""


class Controls(Protocol):
    """What is asked of the session."""

    setup: Setup
    selection: Selection
    controls: dict[str, Control]
    planned: dict[str, str]
    problems: list[str]
    outlets: Outlets
    told_otherwise: set[str]
    dropped: set[str]
    writers: list[Writer]

    def tested(self) -> dict[str, Any]:
        """What this process tested."""
        ...

    def node_ids(self) -> dict[str, str]:
        """Node id -> control id."""
        ...

    @property
    def veil(self) -> Veil:
        """What every text passes before it leaves."""
        ...

    @property
    def loaded(self) -> Loaded:
        """The inventory."""
        ...

    @property
    def exceptions(self) -> Exceptions:
        """What is left out, loosened and stated."""
        ...


class _Seen(NamedTuple):
    """What was read, and the moment that it is for."""

    entries: tuple[EvidenceEntry, ...]
    unclaimed: tuple[Unclaimed, ...]
    as_of: AsOf
    documents: tuple[DocumentEntry, ...]
    ages: tuple[AgeLimit, ...] = ()
    sources: tuple[SourceNature, ...] = ()


class Ending:
    """Keeps the results as they come in, from this process or from workers, and ends the run."""

    def __init__(self, config: pytest.Config, session: Controls, folder: Path, journal: Journal) -> None:
        self.config, self.session, self.folder, self.journal = config, session, folder, journal
        self.results: dict[str, ControlResult] = {}
        self.reported: set[str] = set()
        self.broken: set[str] = set()
        self.ordinary_failed = False
        self.own_failures = 0
        self.run: Run | None = None
        self.told: dict[str, tuple[Any, bool]] = {}
        """worker that ended -> what it says that it tested, and whether it reads the files of this machine"""
        LAST_WORDS.append(self.ended)
        self.astray: list[str] = []
        """workers that tested something else than the report names, in words"""

    def ended(self, by: str) -> None:
        """The last words of a run whose process is about to end: a control hangs, and a time limit ends it all."""
        if self.run is not None:
            return
        stopped = f"the run was ended by {by}, in the middle of a control"
        sys.__stderr__ and sys.__stderr__.write(f"\n{stopped}\n")
        run = in_order(self._make_run(sorted(set(self.session.planned) - self.reported), stopped, pytest.ExitCode.OK))
        publish(self.folder, [*WRITERS, *self.session.writers], run)

    @pytest.hookimpl(optionalhook=True)
    def pytest_configure_node(self, node: Any) -> None:
        """Tell a worker what to test."""
        node.workerinput[TESTED] = handed(self.config, self.session.setup, near=same_disk(node))

    @pytest.hookimpl(optionalhook=True)  # where pytest-xdist is not installed, its hooks are unknown
    def pytest_xdist_node_collection_finished(self, node: Any, ids: list[str]) -> None:
        """The controller collects nothing itself: what workers collected is what must be reported."""
        known = self.session.node_ids()
        for nodeid in ids:
            if nodeid in known or nodeid.endswith("::does-not-load") or nodeid.startswith("plugin-"):
                self.session.planned.setdefault(nodeid, known.get(nodeid, ""))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Take in one phase's report."""
        if not is_ours(report):
            # a worker that crashed reports its item as failed, without our mark: then it stays unreported
            self.ordinary_failed |= report.failed and report.nodeid not in self.session.planned
            return
        if report.failed:
            self.own_failures += 1
            if (said := phase_of(report)) is not None:
                report.when = Phase(str(report.when), said)  # type: ignore[assignment]  # "ERROR at evaluation of IAM-01"
            self.broken.add(report.nodeid)
        if report.when == "teardown":
            self.reported.add(report.nodeid)
            if (result := result_of(report)) is not None:
                self._keep(result)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """An ordinary test file that did not load."""
        self.ordinary_failed |= report.failed

    def _keep(self, result: ControlResult) -> None:
        result = self.results[result.id] = worst(self.results.get(result.id), result)
        self.journal.append(result)
        with no_sudden_end():
            self.session.setup.plugins.observe(result)

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        """What a worker's collection lost, and what it tested."""
        output = getattr(node, "workeroutput", {})
        self.session.dropped |= set(output.get(DROPPED, ()))
        self.told[node.gateway.id] = (output.get(TESTED), same_disk(node))

    @pytest.hookimpl(wrapper=True, trylast=True)  # within the wrapper of pytest's terminal, which prints the summary
    def pytest_sessionfinish(self, session: pytest.Session, exitstatus: int) -> Any:
        """Write the artifacts and set the exit code, whatever other plugins do at the end."""
        try:
            with no_sudden_end():
                yield
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # noqa: BLE001  # SystemExit or pytest.exit there would end the run green
            self.session.problems.append(
                f"pytest_sessionfinish of a plugin or conftest.py raised {type(error).__name__}"
            )
        code, lost = int(exitstatus), sorted(set(self.session.planned) - self.reported)
        stopped = self._stopped(session, exitstatus)
        if code == pytest.ExitCode.INTERRUPTED and (why := _stopped_by_xdist(self.config)):
            stopped = f"the run was stopped: {why}"
            code = session.exitstatus = pytest.ExitCode.TESTS_FAILED  # as -x ends a run without -n
        self.session.problems += scan_junitxml(self.config, self.session.veil)
        self._publish(session, lost, stopped, code)

    def _publish(self, session: pytest.Session, lost: list[str], stopped: str, exitstatus: int) -> None:
        """A writer that breaks is named in the artifacts of the others."""
        self.journal.close()
        writers: list[Writer] = [*WRITERS, *self.session.writers]
        disk_failed = False
        while self.run is None:
            run = in_order(self._make_run(lost, stopped, exitstatus))
            code = LOST if disk_failed else self._exit_code(session, exitstatus, bool(lost), stopped)
            try:
                with no_sudden_end():
                    leaks = publish(self.folder, writers, run) if not disk_failed else ()
            except WriterBroke as error:
                self.session.problems.append(str(error))
                writers.remove(error.writer)
            except Soc2Error as error:  # the artifacts on disk stay those of a run that has started
                self.session.problems.append(str(error))
                disk_failed = True
            else:
                self.run, code = (with_leaks(run, leaks), code or 1) if leaks else (run, code)
        session.exitstatus = code
        count(self.config, int(code))

    def pytest_unconfigure(self) -> None:
        """Where another plugin broke the end, pytest's own file may be written and not looked at yet."""
        LAST_WORDS.remove(self.ended)
        scan_junitxml(self.config, self.session.veil)

    @staticmethod
    def _stopped(session: pytest.Session, exitstatus: int) -> str:
        if exitstatus == pytest.ExitCode.INTERRUPTED:
            return "the run was interrupted"
        if session.shouldfail or session.shouldstop:
            return f"the run was stopped: {session.shouldfail or session.shouldstop}"
        return ""

    def _make_run(self, lost: list[str], stopped: str, exitstatus: int) -> Run:
        config, plugins = self.session.setup.config, self.session.setup.plugins
        evidence = self._evidence()
        self.astray = list(self._astray())
        self.session.problems += [each for each in plugins.problems if each not in self.session.problems]
        results = self._all_results(stopped)
        stated = self._in_force()
        rows = criteria_rows(
            results,
            config.categories,
            statements=stated.statements,
            not_relevant=stated.not_relevant,
            not_tested=NOT_TESTED,
            older=self._older(evidence.ages),
        )
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
            problems=tuple(dict.fromkeys(self.session.problems)),
            documents=evidence.documents,
            ages=evidence.ages,
            sources=evidence.sources,
            statements=stated.statements,
        )
        return self.session.veil.run(run)

    def _older(self, ages: Sequence[AgeLimit]) -> dict[str, list[AgeLimit]]:
        """The controls that look at sources whose evidence may be older than the tool's default, each with these."""
        if not ages:
            return {}
        inventory = self.session.loaded.inventory
        exported = {each.source for each in inventory.natures()}
        seen = {age.source: age for age in ages if age.source in exported}
        asked = {
            id: {source for kind in control.kinds for source in inventory.sources(kind)}
            for id, control in self.session.controls.items()
        }
        of_control = {id: [seen[source] for source in sorted(seen) if source in asked[id]] for id in asked}
        return {id: own for id, own in of_control.items() if own}

    def _astray(self) -> Iterator[str]:
        own = self.session.tested() if self.told else {}
        for worker, (told, near) in sorted(self.told.items()):
            if told is None:
                yield f"worker {worker} ended without a word of what it tested"
            elif different := differences(own, told, near=near):
                yield f"worker {worker} tested something else than this report names: {', '.join(different)}"

    def _evidence(self) -> _Seen:
        try:
            loaded = self.session.loaded
        except (Exception, SystemExit) as error:  # noqa: BLE001  # the artifacts must say so, whatever it was
            text = (
                str(error)
                if isinstance(error, EvidenceError)
                else f"reading the exports broke with {type(error).__name__}"
            )
            self.session.problems.append(text)
            clock = self.session.setup.clock
            return _Seen(entries=(), unclaimed=(), as_of=AsOf(clock.given or clock.now, "clock"), documents=())
        documents = (DocumentEntry(file, sha256) for file, sha256 in sorted(loaded.documents.items()))
        inventory = loaded.inventory
        return _Seen(
            inventory.entries(), loaded.unclaimed, loaded.as_of, tuple(documents), loaded.ages.longer,
            inventory.natures(),
        )  # fmt: skip

    def _all_results(self, stopped: str) -> list[ControlResult]:
        """Every loaded control: one that did not run is not evaluated, and no criterion looks better for it."""
        planned = set(self.session.planned.values())
        for id, control in self.session.controls.items():
            if id not in self.results and (refused := self.session.setup.refusal(id)) is not None:
                self.results[id] = empty_result(control, Verdict.ERROR, "definition", refused)
            elif id not in self.results:
                why = (
                    ("stopped", stopped or "its result was lost")
                    if id in planned
                    else ("deselected", "not part of this run")
                )
                self.results[id] = empty_result(control, Verdict.NOT_EVALUATED, *why)
        if (exceptions := self._exceptions()) is not None:
            wrong = exceptions.settle(self.results)
            self.session.problems += [text for text in wrong if text not in self.session.problems]
        return sorted(self.results.values(), key=lambda result: result.id)

    def _exceptions(self) -> Exceptions | None:
        """What is left out and stated; None where the exports could not be read, which a problem says already."""
        try:
            return self.session.exceptions
        except (Exception, SystemExit):  # noqa: BLE001  # whatever broke the reading breaks it again
            return None

    def _in_force(self) -> InForce:
        exceptions = self._exceptions()
        return exceptions.in_force if exceptions is not None else InForce(limits={})

    def _incomplete(self, lost: list[str], stopped: str, exitstatus: int) -> Iterator[str]:
        yield from self.session.selection.reasons
        out = len(self.session.controls) - len({id for id in self.session.planned.values() if id})
        if out and not self.session.selection.reasons:
            yield f"{out} controls were deselected"
        if stopped:
            yield stopped
        elif lost:
            yield f"results of {len(lost)} items were lost"
        yield from self.astray
        if ended := self._interrupted():
            yield f"{len(ended)} controls were ended from outside: {', '.join(ended)}"
        if self.session.dropped:
            yield f"{len(self.session.dropped)} items were dropped by a plugin or conftest.py that did not say so"
        if exitstatus == pytest.ExitCode.INTERNAL_ERROR:
            yield "pytest had an internal error"
        problems = len(self.session.problems)
        if problems:
            yield f"{problems} problems beside the controls: {self.session.veil.text(self.session.problems[0])}"

    def _interrupted(self) -> list[str]:
        """The controls that a time limit ended."""
        results = self.results.values()
        return sorted(each.id for each in results if each.reason is not None and each.reason.code == INTERRUPTED)

    def _tool(self) -> Tool:
        from importlib.metadata import version  # noqa: PLC0415

        packs = [
            PackEntry(_name(pack), pack.version, folder_digest(pack.contents)) for pack in self.session.setup.packs
        ]
        return Tool(version("soc2test"), tuple(self.session.setup.plugins.packs), tuple(packs))

    def _exit_code(self, session: pytest.Session, exitstatus: int, lost: bool, stopped: str) -> int:
        if exitstatus in (pytest.ExitCode.INTERRUPTED, pytest.ExitCode.INTERNAL_ERROR, pytest.ExitCode.USAGE_ERROR):
            return exitstatus
        if (lost and not stopped) or self.session.dropped or self.astray or self._interrupted():
            return LOST
        ran = {id for id in self.session.planned.values() if id}
        results = [result for result in self.results.values() if result.id in ran]
        if self._failed_otherwise(session) or self._broken_items() or any(self._counts(result) for result in results):
            return 1
        if set(self.session.problems) - self.session.told_otherwise:
            return 1
        seen = (Verdict.PASS, Verdict.FAIL, Verdict.ACCEPTED, Verdict.NO_OCCURRENCES)
        return 0 if any(result.verdict in seen for result in results) else NOTHING

    def _failed_otherwise(self, session: pytest.Session) -> bool:
        """True where pytest or another plugin saw something fail that is no control of ours."""
        foreign = session.exitstatus not in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED)
        unexplained = session.testsfailed > self.own_failures or (foreign and not self.own_failures)
        return self.ordinary_failed or unexplained

    def _broken_items(self) -> bool:
        return any(not id and nodeid in self.broken for nodeid, id in self.session.planned.items())

    def _counts(self, result: ControlResult) -> bool:
        """True where a result makes the exit code 1."""
        if not is_failure(result, self.config.getoption("soc2_strict")):
            return False
        least = SEVERITIES.index(self.config.getoption("soc2_fail_on"))
        return result.verdict is not Verdict.FAIL or SEVERITIES.index(result.severity) <= least

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """The summary, and what GitHub Actions shows without asking."""
        if self.run is None:
            return
        with self.session.outlets.own():
            self._show(self.run, terminalreporter)

    def _show(self, run: Run, terminalreporter: pytest.TerminalReporter) -> None:
        writer = terminalreporter._tw  # the only way to pytest's width and colours
        terminalreporter.write_line("")
        terminalreporter.write_line(redact(summary(run, writer.fullwidth, writer.hasmarkup)))
        if os.environ.get("GITHUB_ACTIONS") == "true":
            terminalreporter.write_line("")
            terminalreporter.write(redact(annotations(run, self._exports())))
            if (path := os.environ.get("GITHUB_STEP_SUMMARY")) is not None:
                with open(path, "a", encoding="utf-8") as file:
                    file.write(redact(step_summary(run)))

    def _exports(self) -> str:
        return os.path.relpath(self.session.setup.exports, os.environ.get("GITHUB_WORKSPACE") or self.config.rootpath)


def _stopped_by_xdist(config: pytest.Config) -> str:
    """Why xdist stopped the run at --maxfail, which it does by an interrupt; empty where it did not."""
    stopped = getattr(config.pluginmanager.get_plugin("dsession"), "shouldstop", "")
    return stopped if isinstance(stopped, str) and stopped.startswith("stopping after") else ""


def _programme(config: Config) -> Programme:
    return Programme(
        system=config.system,
        categories=config.categories,
        digest=config.digest,
        time_zone=str(config.zone),
        files=dict(config.files),
    )


def _name(pack: Pack) -> str:
    return "policies" if pack.version is None else pack.name
