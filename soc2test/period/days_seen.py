"""Days on which snapshots show the population of a control: whole, empty, confirmed, or while it did not apply."""

from collections.abc import Iterator
from datetime import date

from soc2test.period.calendar import Period, stretches
from soc2test.period.days_late import DaysLate
from soc2test.period.observed import Observed
from soc2test.period.talking import days_text, stretches_text

__all__ = ["DaysSeen"]


class DaysSeen:
    """Takes the snapshots of one control, oldest first."""

    def __init__(self, period: Period, *, asks_a_second: bool) -> None:
        """`asks_a_second`: the control names a second source that would show more."""
        self._period, self._asks_a_second = period, asks_a_second
        self.whole = set[date]()
        self.beside = set[date]()
        """on which its population was seen though it did not apply"""
        self.empty = set[date]()
        """on which there was nothing to test"""
        self.confirmed = set[date]()
        """on which a second source was asked as well, and showed no more"""
        self.at_the_end: Observed | None = None
        """the newest whole look of the last day or after it"""
        self._late = DaysLate(period)

    def take(self, seen: Observed) -> None:
        """One more snapshot in which it applies."""
        if seen.is_empty:
            self.empty.add(seen.seen_on)
        if seen.is_empty or (seen.whole and seen.result.population and self._asks_a_second):
            self.confirmed.add(seen.seen_on)
        if seen.whole:
            self.whole.add(seen.seen_on)
            self._late.take(seen)
            self._note_end(seen)

    def take_beside(self, seen: Observed) -> None:
        """One more in which it does not."""
        if seen.whole:
            self.beside.add(seen.seen_on)
            self._note_end(seen)

    def _note_end(self, seen: Observed) -> None:
        if seen.all_seen_on >= self._period.last:
            self.at_the_end = seen

    def late_lines(self) -> Iterator[str]:
        """Days that nobody recorded until later."""
        return self._late.lines()

    def empty_lines(self) -> Iterator[str]:
        """The days on which snapshots show nothing to test, where others show something."""
        empty = stretches(day for day in self.empty if self._period.holds(day))
        if empty:
            days = days_text(sum(each.days for each in empty))
            yield f"nothing to test on {days} that snapshots show: {stretches_text(empty)}"
