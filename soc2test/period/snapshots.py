"""Which records of an evidence store a period is evaluated over, in the order of the moments that they are for."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from soc2test.period.calendar import Period
from soc2test.period.observed import Snapshot
from soc2test.store.chain import Link
from soc2test.store.records import Record

__all__ = ["Chosen", "choose", "nothing_of"]


class Chosen(msgspec.Struct, frozen=True, kw_only=True):
    """The snapshots of a period: the newest of before it, its own, and those of up to the report date."""

    links: Sequence[tuple[Snapshot, Link]]
    gone: Sequence[tuple[Snapshot, Link]] = ()
    """those of the period whose evidence was taken away"""
    gone_before: Snapshot | None = None
    """the newest of before it, where its evidence was taken away: what showed how the period began"""

    @property
    def pruned(self) -> list[int]:
        """The numbers of all of which it was."""
        before = [] if self.gone_before is None else [self.gone_before.number]
        return [*before, *(snapshot.number for snapshot, _ in self.gone)]

    @property
    def snapshots(self) -> list[Snapshot]:
        """Without their records."""
        return [snapshot for snapshot, _ in self.links]


def choose(links: Sequence[Link], period: Period, until: datetime) -> Chosen:
    """`until` is the first moment that is not looked at any more."""
    pruned = {number for link in links if link.record.pruned is not None for number in link.record.pruned.numbers}
    found = sorted(
        ((_snapshot(link), link) for link in links if link.record.kept is not None),
        key=lambda pair: (pair[0].as_of, pair[0].number),
    )
    there = [pair for pair in found if pair[0].number not in pruned]
    before = [pair for pair in there if pair[0].as_of < period.start]
    own = [pair for pair in there if period.start <= pair[0].as_of < until]
    gone = [pair for pair in found if pair[0].number in pruned and period.start <= pair[0].as_of < until]
    earlier = [snapshot for snapshot, _ in found if snapshot.as_of < period.start]
    gone_before = earlier[-1] if earlier and earlier[-1].number in pruned else None
    return Chosen(links=(*before[-1:], *own), gone=gone, gone_before=gone_before)


def nothing_of(chosen: Chosen, period: Period) -> str:
    """That no snapshot of the period is there, and what to look at; empty where one is."""
    if any(period.start <= snapshot.as_of < period.end for snapshot in chosen.snapshots):
        return ""
    pruned = f" (the evidence of {len(chosen.gone)} was pruned)" if chosen.gone else ""
    return (
        f"has no snapshot of {period.text}{pruned}: nothing of that period is evidenced; `soc2test store list` shows "
        "what there is"
    )


def _snapshot(link: Link) -> Snapshot:
    record = link.record
    return Snapshot(
        number=record.number,
        digest=link.head.digest,
        as_of=_moment(record),
        recorded_at=datetime.fromisoformat(record.origin.recorded_at),
    )


def _moment(record: Record) -> datetime:
    """The moment of its verdicts, else of its newest export, else that of the recording."""
    if record.verdicts is not None:
        return datetime.fromisoformat(record.verdicts.as_of)
    return datetime.fromisoformat(record.origin.evidence_to or record.origin.recorded_at)
