"""Parts of a verdict over a period that are about its days: stretches, deviations from when to when, performances."""

from typing import Literal

import msgspec

__all__ = ["Accepted", "Due", "ExemptDays", "Noted", "PrunedNoted", "RecordedLate", "Stretch", "TakenBack"]


class Stretch(msgspec.Struct, frozen=True, kw_only=True):
    """Days that follow one on another: the first, the last and how many, as "2026-03-03"."""

    first: str
    last: str
    days: int


class Accepted(msgspec.Struct, frozen=True, kw_only=True):
    """Days of a period on which snapshots show a deviation under a waiver that was in force then."""

    waiver: str
    first: str
    """a day, "2026-02-10\""""
    last: str
    compensating: str | None = None
    """the control that held for the resource in each of these snapshots; None where none did, or none is named"""


class ExemptDays(msgspec.Struct, frozen=True, kw_only=True):
    """Days of a period on which snapshots show a resource exempt, and what was found of it meanwhile."""

    resource: str
    kind: str
    exemption: str
    first: str
    """a day, "2026-03-02\""""
    last: str
    found: str | None = None
    """the worst; None where it held for it, or nothing is known of it"""


class Noted(msgspec.Struct, frozen=True, kw_only=True):
    """A deviation of a resource over a period: from when to when, as far as the snapshots tell.

    Moments are ISO 8601 in UTC.
    """

    resource: str
    kind: str
    message: str
    after: str | None
    """when it was last seen to hold; None where nothing was seen of it before"""
    by: str
    """when it was first seen to deviate"""
    until: str | None
    """when it was first seen not to deviate any more; None where it is open, and for events"""
    ended: Literal["holds", "gone", "not_applicable", "open", "event"]
    """how: it holds again, the control does not apply to it any more, soc2.yaml takes the control out, none of it yet;
    an event has no end"""
    recurred: bool
    """the resource had deviated and held again before"""
    record: int
    """of the evidence store, that shows it first"""
    recorded: str | None = None
    """the day on which that was recorded, where it is another than that of `by`; None of an event"""
    accepted: tuple[Accepted, ...] = ()
    """the parts of it under a waiver, in their order: it is a deviation noted all the same"""


class PrunedNoted(msgspec.Struct, frozen=True, kw_only=True):
    """A record of the evidence store whose run noted a deviation; its evidence was pruned, so that nobody can tell of
    which resource."""

    record: int
    day: str
    """of the moment that it is for, in UTC: "2026-03-05\""""


class TakenBack(msgspec.Struct, frozen=True, kw_only=True):
    """A deviation that the run of a snapshot noted and an entry of revisions.yaml takes back, why and by whom."""

    revision: str
    """the id of the entry"""
    resource: str
    """"" where the control failed as a whole, and so is the next"""
    kind: str
    message: str
    """of the first run that noted it"""
    records: tuple[int, ...]
    """of the evidence store, whose runs noted it, in their order"""
    reason: str
    owner: str
    approver: str
    since: str
    """a date, as is the next: "2026-07-01\""""
    review_by: str


class Due(msgspec.Struct, frozen=True, kw_only=True):
    """A performance that was due in a period."""

    unit: str
    """"Q1 2026", "2026-05\""""
    status: Literal["performed", "first_seen_late", "not_performed", "not_evidenced"]
    """performed and first seen late: a snapshot of after its end does not show it, and a later one does"""
    text: str


class RecordedLate(msgspec.Struct, frozen=True, kw_only=True):
    """A record of the evidence store that was made on a later day than the one that it is for."""

    record: int
    as_of: str
    """the moment that it is for, ISO 8601 in UTC"""
    recorded_at: str
