"""A listed population as a sample is drawn from it: the bytes that the run's matrix names, and no others."""

import csv
import io
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec

from soc2test.errors import EvidenceError
from soc2test.reports.period_view import pruned_line
from soc2test.reports.view import VERDICT_WORDS
from soc2test.verdicts import PrunedNoted, Verdict

__all__ = ["ASIDE", "Item", "Population", "outcome_of", "read_population"]

_NAMED = 10

ASIDE = ("exempt", "pending")
"""Outcomes of members that nothing is drawn of: they are counted beside the population, or nothing was due yet."""


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """A member of the population: its row in the list, by column."""

    cells: Mapping[str, str]

    @property
    def name(self) -> tuple[str, str]:
        """Kind and id."""
        return self.cells["kind"], self.cells["id"]


class Population(msgspec.Struct, frozen=True, kw_only=True):
    """What a list holds."""

    control: str
    nature: str
    """of the control: state, occurrence or event"""
    sha256: str
    """of the list: by it anybody knows the population again"""
    members: tuple[Item, ...]
    """all of them"""
    items: tuple[Item, ...]
    """those that a sample is drawn of"""
    aside: Mapping[str, int]
    """outcome -> how many members nothing is drawn of"""
    lacks: tuple[str, ...]
    """what the list is known to lack, by second sources and by what was not exported; the first of many"""
    seen_on: str
    """over a period on how many of its days the whole population was seen, in words; "" where on all"""
    found: str
    """what the test found where it does not pass, in words; "" where it does"""
    run_lacks: str | None
    """why the run is not complete; None where it is"""
    recorded: str | None
    """the record of the evidence store that froze the digest, as "NUMBER:DIGEST"; None where the run was not kept"""
    pruned: tuple[str, ...]
    """deviations that runs noted whose evidence was pruned: of which member is not known, in words"""
    of: str
    """system and moment of the run"""

    @property
    def lacking(self) -> str:
        """What the list is known to lack, in a line; "" where it is known to lack nothing."""
        return f"the list is known to lack members: {'; '.join(self.lacks)}" if self.lacks else ""


def read_population(report: Path, control: str) -> Population:
    """The population of a control. Raises `EvidenceError` where the run did not end, or its list was changed since."""
    matrix = _json(report / "matrix.json")
    if not str(matrix.get("schema", "")).startswith("matrix/"):
        raise EvidenceError(f"{report}/matrix.json", "is no matrix of soc2test: name a report folder")
    if matrix.get("state") != "finished":
        raise EvidenceError(f"{report}/matrix.json", "is of a run that has started and not ended: run it again")
    entry = _entry(report / "controls.ndjson", control)
    if (listed := entry.get("listed")) is None:
        reason = (entry.get("reason") or {}).get("text", "it was not evaluated")
        text = f"has no list of the population of {control}: {reason}"
        raise EvidenceError(f"{report}/controls.ndjson", text)
    data = _bytes(report / listed["file"])
    if sha256(data).hexdigest() != listed["sha256"]:
        text = "is not the list that the run wrote (another SHA-256 than controls.ndjson says): run it again"
        raise EvidenceError(f"{report}/{listed['file']}", text)
    rows = [Item(cells=row) for row in csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""))]
    kept = [item for item in rows if outcome_of(item) not in ASIDE]
    recorded = matrix.get("recorded")
    return Population(
        control=control,
        nature=entry["nature"],
        sha256=listed["sha256"],
        members=tuple(rows),
        items=tuple(kept),
        aside={name: count for name in ASIDE if (count := sum(outcome_of(item) == name for item in rows))},
        lacks=tuple(_lacks(entry)),
        seen_on=_seen_on(entry.get("period")),
        found=_found(entry),
        run_lacks=matrix["incomplete_because"],
        recorded=None if recorded is None else f"{recorded['number']}:{recorded['digest']}",
        pruned=tuple(_pruned(entry)),
        of=f"{matrix['programme']['system']}, {_moment(matrix)}",
    )


def _entry(file: Path, control: str) -> dict[str, Any]:
    for line in _bytes(file).splitlines():
        if f'"id":"{control}"'.encode() in line:
            entry: dict[str, Any] = msgspec.json.decode(line)
            if str(entry.get("schema", "")).startswith("control/"):
                return entry
    raise EvidenceError(str(file), f"has no control {control}: `soc2test controls` lists the ids")


def _pruned(entry: Mapping[str, Any]) -> Iterator[str]:
    """What the list can't show of a period, a line each; reports of earlier versions tell of none."""
    period = entry.get("period") or {}
    for noted in period.get("pruned", ()):
        yield pruned_line(PrunedNoted(record=noted["record"], day=noted["day"]))


def _lacks(entry: Mapping[str, Any]) -> Iterator[str]:
    """What the sheet says too: over a period no gap stands at the test itself."""
    named = [*(entry.get("period") or {}).get("known_missing", ()), *(gap["text"] for gap in entry["gaps"])]
    yield from named[:_NAMED]
    if named[_NAMED:]:
        yield f"{len(named) - _NAMED} more, see controls.ndjson"


def _seen_on(period: Mapping[str, Any] | None) -> str:
    if period is None or period["due"] or period["observed"] == period["days"]:
        return ""
    return f"the whole population was seen on {period['observed']} of {period['days']} days of the period"


def _found(entry: Mapping[str, Any]) -> str:
    """The verdict, and why: a test fails as a whole without a row of its list that says so."""
    verdict = Verdict(entry["verdict"])
    if verdict is Verdict.PASS:
        return ""
    period, reason = entry.get("period") or {}, (entry.get("reason") or {}).get("text")
    why = "; ".join(dict.fromkeys(filter(None, (period.get("sentence"), period.get("as_a_whole"), reason))))
    return f"{VERDICT_WORDS[verdict]}{f': {why}' if why else ''}"


def outcome_of(item: Item) -> str:
    """What the list says of a member, without what stands beside it in brackets."""
    return item.cells["outcome"].partition(" (")[0]


def _moment(matrix: Mapping[str, Any]) -> str:
    period = matrix.get("period")
    return f"{period['first']}..{period['last']}" if period else str(matrix["as_of"]["time"])


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        text = f"can't be read ({error.strerror}): name a report folder that `pytest --soc2` has written"
        raise EvidenceError(str(file), text) from None


def _json(file: Path) -> dict[str, Any]:
    try:
        value = msgspec.json.decode(_bytes(file))
    except msgspec.MsgspecError:
        raise EvidenceError(str(file), "is no JSON: the run that wrote it may have been killed; run it again") from None
    return value if isinstance(value, dict) else {}
