"""A baseline: deviations that a team knows of when it begins, held back from the exit code until they are gone.

It changes exit codes and nothing else: each stays a deviation in every report, whose first line says how many are held
back. It only shrinks: what is none any more has to go from the file, and nothing is ever added to it.
"""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from soc2test.errors import ProgrammeError
from soc2test.run import HeldBack
from soc2test.verdicts import ControlResult, Finding, Verdict

__all__ = ["Baseline", "Known", "as_baseline", "held_back", "load_baseline", "shrunk"]

_EVALUATED = (Verdict.PASS, Verdict.FAIL, Verdict.ACCEPTED, Verdict.NO_OCCURRENCES)


class Known(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A deviation that is known."""

    control: str
    id: str
    """of the finding: a digest of control, kind and resource"""
    kind: str
    resource: str


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    schema: str
    deviations: tuple[Known, ...]


class Baseline(msgspec.Struct, frozen=True, kw_only=True):
    """The known deviations of a file, by control and id."""

    file: str
    known: Mapping[tuple[str, str], Known]

    def holds_back(self, result: ControlResult) -> bool:
        """True where a result fails for nothing but deviations that are known."""
        named = [finding for finding in result.findings if finding.outcome == "deviation"]
        whole = result.reason is not None  # it failed naming no resource, which no entry can know of
        others = result.verdict is not Verdict.FAIL or whole or result.errors or result.unknown or result.gaps
        return not others and bool(named) and all((result.id, each.id) in self.known for each in named)


def load_baseline(file: Path) -> Baseline:
    """The baseline in a file. Raises `ProgrammeError` where it is none."""
    try:
        found = msgspec.json.decode(file.read_bytes(), type=_File)
    except OSError as error:
        text = f"can't be read ({error.strerror}): `soc2test baseline {file.name}` writes one from the last run"
        raise ProgrammeError(file.name, text) from None
    except msgspec.MsgspecError as error:
        raise ProgrammeError(file.name, f"is no baseline: {error}") from None
    if found.schema != "baseline/1":
        raise ProgrammeError(file.name, f"is of another version ({found.schema}) than baseline/1")
    known = {(each.control, each.id): each for each in found.deviations}
    if len(known) != len(found.deviations):
        raise ProgrammeError(file.name, "names a deviation twice")
    return Baseline(file=file.name, known=known)


def held_back(baseline: Baseline, results: Iterable[ControlResult]) -> HeldBack:
    """How many deviations of a run a baseline holds back, and which it names that are none any more."""
    by_id = {result.id: result for result in results}
    deviating = {(id, each.id) for id, result in by_id.items() for each in _deviations(result)}
    gone = [
        each for key, each in baseline.known.items()
        if key not in deviating and each.control in by_id and by_id[each.control].verdict in _EVALUATED
    ]  # fmt: skip
    held = [result for result in by_id.values() if baseline.holds_back(result)]
    return HeldBack(
        file=baseline.file,
        deviations=sum(len(_deviations(result)) for result in held),
        controls=tuple(sorted(result.id for result in held)),
        known=len(baseline.known),
        gone=tuple(sorted(f"{each.control} {each.kind}({each.resource})" for each in gone)),
    )


def _deviations(result: ControlResult) -> list[Finding]:
    return [each for each in result.findings if each.outcome == "deviation"]


def as_baseline(findings: Iterable[Mapping[str, Any]]) -> str:
    """The text of a first baseline, from the lines of findings.ndjson."""
    found = [
        Known(control=line["control"], id=line["id"], kind=line["kind"], resource=line["resource"])
        for line in findings
        if line.get("outcome") == "deviation"
    ]
    return _text(found)


def shrunk(
    baseline: Baseline, findings: Iterable[Mapping[str, Any]], controls: Mapping[str, Mapping[str, Any]]
) -> tuple[str, int]:
    """The text of a baseline without what is no deviation any more, and how many entries went; none is added.

    `controls` are lines of controls.ndjson by id: an entry of a control that was not evaluated stays.
    """
    deviating = {(line["control"], line["id"]) for line in findings if line.get("outcome") == "deviation"}
    evaluated = {id for id, line in controls.items() if line["verdict"] in _EVALUATED}
    kept = [each for key, each in baseline.known.items() if key in deviating or each.control not in evaluated]
    return _text(kept), len(baseline.known) - len(kept)


def _text(known: Sequence[Known]) -> str:
    """A line for each, sorted, so that a change shows in a review."""
    ordered = sorted(known, key=lambda each: (each.control, each.kind, each.resource))
    lines = ",\n".join(f"    {msgspec.json.encode(each).decode()}" for each in ordered)
    return f'{{\n  "schema": "baseline/1",\n  "deviations": [\n{lines}\n  ]\n}}\n' if lines else _EMPTY


_EMPTY = '{\n  "schema": "baseline/1",\n  "deviations": []\n}\n'
