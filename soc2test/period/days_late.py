"""Days that count by the dates that exports bear, and that nobody recorded until days later."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from soc2test.period.calendar import Period
from soc2test.period.observed import Observed, Snapshot

__all__ = ["DaysLate"]

_NIGHT = timedelta(days=1)
"""within which exports of a day are recorded by whoever records each night"""
_NAMED = 5


class DaysLate:
    """Takes the snapshots of one control that show a day whole."""

    def __init__(self, period: Period) -> None:
        self._period = period
        self._recorded: dict[date, Snapshot] = {}
        """day -> of the snapshots that observe it the one that was recorded first"""

    def take(self, seen: Observed) -> None:
        """One more snapshot."""
        first = self._recorded.get(seen.seen_on, seen.snapshot)
        self._recorded[seen.seen_on] = min(first, seen.snapshot, key=_recorded_at)

    def lines(self) -> Iterator[str]:
        """These days, with the records.

        A snapshot that is itself of another day than its recording is named as late as a whole.
        """
        late = []
        for day, snapshot in sorted(self._recorded.items()):
            recorded = self._period.day(snapshot.recorded_at)
            if self._period.holds(day) and not snapshot.late and recorded - day > _NIGHT:
                late.append(f"{day} by {snapshot.shown} of {recorded}")
        if late:
            more = f" and {len(late) - _NAMED} more" if late[_NAMED:] else ""
            yield f"observed by the dates that exports bear, and recorded days later: {'; '.join(late[:_NAMED])}{more}"


def _recorded_at(snapshot: Snapshot) -> tuple[datetime, int]:
    return snapshot.recorded_at, snapshot.number
