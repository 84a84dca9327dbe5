"""The evidence store and a period as parts of `Run`: which records keep what was tested, and what was asked of them."""

from typing import Literal

import msgspec

__all__ = ["PeriodTold", "PrunedTold", "Recorded", "SnapshotEntry"]


class Recorded(msgspec.Struct, frozen=True, kw_only=True):
    """The record of an evidence store that keeps what was tested, and the digest by which anybody knows it again."""

    store: str
    number: int
    digest: str


class SnapshotEntry(msgspec.Struct, frozen=True, kw_only=True):
    """A record of the evidence store that a period was evaluated over. Moments are ISO 8601 in UTC."""

    number: int
    digest: str
    as_of: str
    """the moment that it is for"""
    recorded_at: str
    late: bool
    """it was recorded on a later day than it is for"""
    lies: Literal["before", "within", "after"] = "within"
    """where in time it lies, by the days of the period"""


class PrunedTold(msgspec.Struct, frozen=True, kw_only=True):
    """Evidence of a period that was taken away on purpose."""

    record: int
    """of the evidence store, that says so"""
    numbers: tuple[int, ...]
    """of the records whose evidence it was"""
    reason: str
    by: str
    before: int | None = None
    """that of them which lies before the period, and was the newest there: it showed how the period began"""


class PeriodTold(msgspec.Struct, frozen=True, kw_only=True):
    """The period that a run is about, and what it was evaluated over. Days are of its time zone."""

    first: str
    last: str
    time_zone: str
    report_date: str
    """up to which what was pending is followed"""
    max_gap_days: int
    """days without evidence between two snapshots that may be bridged"""
    snapshots: tuple[SnapshotEntry, ...]
    """oldest first: the newest of before the period, its own, those of up to the report date"""
    missing: tuple[str, ...]
    """what was to be recorded and was not, as far as the store can tell, in words"""
    pruned: tuple[int, ...] = ()
    """numbers of records whose evidence was taken away"""
    prunings: tuple[PrunedTold, ...] = ()
    """the same by the records that say why and by whom"""
    head: Recorded | None = None
    """the store with its newest record when the period was evaluated: by that digest anybody knows all records again"""
