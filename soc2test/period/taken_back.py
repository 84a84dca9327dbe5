"""Deviations that an earlier version of a test noted and revisions.yaml takes back: by which entry, why and by whom."""

from soc2test.exceptions.records import RevisionEntry
from soc2test.period.observed import Key, Snapshot
from soc2test.verdicts import TakenBack

__all__ = ["taken_back", "taken_back_text"]


def taken_back(entry: RevisionEntry, key: Key, snapshot: Snapshot, message: str) -> TakenBack:
    """What the run of a snapshot noted of a resource, with the entry that takes it back."""
    kind, resource = key
    return TakenBack(
        revision=entry.id,
        resource=resource,
        kind=kind,
        message=message,
        record=snapshot.number,
        reason=entry.approval.reason,
        owner=entry.approval.owner,
        approver=entry.approval.approver,
        since=entry.approval.since.isoformat(),
        review_by=entry.approval.review_by.isoformat(),
    )


def taken_back_text(each: TakenBack) -> str:
    """The same as a note of its control, without the reason."""
    return f"{each.resource or 'the control as a whole'}: record {each.record}: taken back by {each.revision}"
