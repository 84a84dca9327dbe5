"""Deviations that an earlier version of a test noted and today's does not find: they stand."""

from collections.abc import Mapping, Sequence

from soc2test.controls.control import Control
from soc2test.evaluation.tally import finding_id
from soc2test.period.observed import WHOLE, Key, Snapshot
from soc2test.period.pruned_then import pruned_text
from soc2test.period.talking import moment_text
from soc2test.verdicts import Finding, Noted

__all__ = ["deviation_of_pruned", "deviation_of_then", "noted_then_only", "stands"]


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
