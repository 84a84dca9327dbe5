"""What the snapshots of a state showed, by the moments of their exports: what an earlier moment is held against."""

from collections.abc import Mapping
from datetime import datetime

import msgspec

from soc2test.period.observed import Key, Observed, Snapshot

__all__ = ["Look", "Looks"]


class Look(msgspec.Struct, frozen=True, kw_only=True):
    """One snapshot."""

    at: datetime
    """the moment of the oldest export of a system that it rests on"""
    snapshot: Snapshot
    members: Mapping[Key, str]
    found: frozenset[Key]
    """what does not simply hold"""
    whole: bool
    shows_all: bool


class Looks:
    """Takes the snapshots of one control, oldest first, but for those that tell of an earlier moment."""

    def __init__(self) -> None:
        self._looks: list[Look] = []
        self._newest: datetime | None = None

    def is_of_before(self, seen: Observed) -> bool:
        """True of a snapshot of which all exports are of before those of one before it."""
        return self._newest is not None and seen.seen_to < self._newest

    def take(self, seen: Observed) -> None:
        """One more snapshot."""
        found = frozenset(seen.findings)
        if self._looks and self._looks[-1].found == found:
            found = self._looks[-1].found  # most are as the one before: hundreds of snapshots share one
        self._looks.append(
            Look(
                at=seen.seen_at,
                snapshot=seen.snapshot,
                members=seen.members,
                found=found,
                whole=seen.whole,
                shows_all=seen.shows_all,
            )
        )
        self._newest = max(seen.seen_at, self._newest or seen.seen_at)

    def leave(self) -> None:
        """The control applied no more: what was seen to hold before says nothing of what comes."""
        self._looks = []

    def held_before(self, moment: datetime) -> datetime | None:
        """The newest moment before another at which all was seen."""
        return max((look.at for look in self._looks if look.whole and look.at < moment), default=None)

    def held_after(self, key: Key, moment: datetime) -> Look | None:
        """The first look of after a moment at which a resource was seen to hold, or not to be there any more."""
        later = (look for look in self._looks if look.at > moment and key not in look.found)
        return next((look for look in later if look.shows_all or key in look.members), None)
