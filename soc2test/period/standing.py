"""Deviations that an earlier version of a test noted and today's does not find: they stand."""

from collections.abc import Collection, Mapping, Sequence

import msgspec

from soc2test.controls.control import Control
from soc2test.evaluation.tally import finding_id
from soc2test.exceptions.records import RevisionEntry
from soc2test.exceptions.revising import Revisions
from soc2test.period.calendar import Period
from soc2test.period.observed import WHOLE, Key, Snapshot
from soc2test.period.pruned_then import pruned_text
from soc2test.period.taken_back import taken_back
from soc2test.period.talking import moment_text
from soc2test.verdicts import Finding, Noted, TakenBack

__all__ = ["Standing", "deviation_of_pruned", "deviation_of_then", "noted_then_only", "stands", "what_stands"]


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """What earlier tests noted of a control, sorted."""

    standing: dict[Key, tuple[Snapshot, str]]
    """nobody took it back: the first run that noted it, and what it said"""
    taken_back: Sequence[TakenBack]
    pruned: Sequence[Snapshot]
    """whose runs noted a deviation that nobody took back, and whose evidence is there no more"""


def what_stands(
    noted: Mapping[Key, Sequence[tuple[Snapshot, str]]],
    own: Collection[Key],
    control: str,
    period: Period,
    revisions: Revisions,
    pruned: Collection[int],
) -> Standing:
    """Of what runs of then `noted` that which nobody took back; after the period that of its `own` events alone.

    `pruned` are the numbers of the records whose evidence is there no more.
    """
    standing: dict[Key, tuple[Snapshot, str]] = {}
    taken: list[TakenBack] = []
    gone: list[Snapshot] = []
    for key, told in noted.items():
        by_entry: dict[RevisionEntry, list[tuple[Snapshot, str]]] = {}
        for snapshot, message in told:
            if snapshot.as_of >= period.end and key not in own:
                continue
            by = revisions.of(control, key[1], period.day(snapshot.as_of))
            if by is None and snapshot.number in pruned:
                gone.append(snapshot)
            elif by is None:
                standing.setdefault(key, (snapshot, message))
            else:
                by_entry.setdefault(by, []).append((snapshot, message))
        taken += [taken_back(by, key, back) for by, back in by_entry.items()]
    return Standing(standing=standing, taken_back=taken, pruned=gone)


def deviation_of_then(control: Control, key: Key, snapshot: Snapshot, message: str) -> Finding:
    """A deviation that the run of that day noted, as a finding."""
    why = "noted by the test of then and not found by today's: it stands until revisions.yaml says why it was none"
    return _finding(control, key, snapshot, f"{message} ({snapshot.shown}: {why})")


def deviation_of_pruned(control: Control, snapshot: Snapshot) -> Finding:
    """A deviation that the run of that day noted, and whose evidence was pruned, so that its record says no more."""
    return _finding(control, WHOLE, snapshot, pruned_text(snapshot))


def stands(control: Control, standing: Mapping[Key, tuple[Snapshot, str]], pruned: Sequence[Snapshot]) -> str:
    """The first deviation that a run noted and today's test does not find, in words; "" where there is none."""
    for snapshot, message in standing.values():
        return deviation_of_then(control, WHOLE, snapshot, message).message
    return deviation_of_pruned(control, pruned[0]).message if pruned else ""


def _finding(control: Control, key: Key, snapshot: Snapshot, message: str) -> Finding:
    kind, resource = key
    return Finding(
        id=finding_id(control.id, kind, resource),
        resource=resource,
        kind=kind,
        source="",
        outcome="deviation",
        fact=None,
        message=message,
        evidence=snapshot.shown,
    )


def noted_then_only(key: Key, snapshot: Snapshot, message: str) -> Noted:
    """The same at the moment of its snapshot."""
    return Noted(
        resource=key[1],
        kind=key[0],
        message=message,
        after=None,
        by=moment_text(snapshot.as_of),
        until=None,
        ended="event",
        recurred=False,
        record=snapshot.number,
    )
