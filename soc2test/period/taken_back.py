"""Deviations that an earlier version of a test noted and revisions.yaml takes back: by which entry, why and by whom."""

from collections.abc import Iterable, Sequence

from soc2test.exceptions.records import RevisionEntry
from soc2test.period.observed import Key, Snapshot
from soc2test.reports.ranges import records_text
from soc2test.verdicts import TakenBack

__all__ = ["taken_back", "taken_back_marks", "taken_back_text"]


def taken_back(entry: RevisionEntry, key: Key, noted: Sequence[tuple[Snapshot, str]]) -> TakenBack:
    """What the runs of some snapshots noted of a resource, with the entry that takes it back."""
    kind, resource = key
    return TakenBack(
        revision=entry.id,
        resource=resource,
        kind=kind,
        message=noted[0][1],
        records=tuple(snapshot.number for snapshot, _ in noted),
        reason=entry.approval.reason,
        owner=entry.approval.owner,
        approver=entry.approval.approver,
        since=entry.approval.since.isoformat(),
        review_by=entry.approval.review_by.isoformat(),
    )


def taken_back_marks(taken: Iterable[TakenBack]) -> dict[Key, tuple[str, str]]:
    """By resource, in a word beside the outcome of one that holds, and in words."""
    found: dict[Key, list[TakenBack]] = {}
    for each in taken:
        if each.kind:
            found.setdefault((each.kind, each.resource), []).append(each)
    return {
        key: (f"taken back by {', '.join(each.revision for each in own)}", "; ".join(map(_mark, own)))
        for key, own in found.items()
    }


def _mark(each: TakenBack) -> str:
    return f"{records_text(each.records)} noted a deviation: taken back by {each.revision}"


def taken_back_text(each: TakenBack) -> str:
    """The same as a note of its control, without the reason."""
    return f"{each.resource or 'the control as a whole'}: {records_text(each.records)}: taken back by {each.revision}"
