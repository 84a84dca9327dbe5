"""Deviations that an earlier version of a test noted and today's does not find: they stand."""

from soc2test.controls.control import Control
from soc2test.evaluation.tally import finding_id
from soc2test.period.observed import Key, Snapshot
from soc2test.period.pruned_then import pruned_text
from soc2test.period.talking import moment_text
from soc2test.verdicts import Finding, Noted

__all__ = ["deviation_of_then", "noted_then_only"]


def deviation_of_then(control: Control, key: Key, snapshot: Snapshot, message: str) -> Finding:
    """A deviation that the run of that day noted, as a finding."""
    kind, resource = key
    why = "noted by the test of then and not found by today's: it stands until revisions.yaml says why it was none"
    return Finding(
        id=finding_id(control.id, kind, resource),
        resource=resource,
        kind=kind,
        source="",
        outcome="deviation",
        fact=None,
        message=message if message == pruned_text(snapshot) else f"{message} ({snapshot.shown}: {why})",
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
