"""Days on which a second source showed more than the population of a control: known to be missing is not unknown.

The snapshots of these days were whole, and contradicted themselves. Those around them don't answer that: a list
forgets, and a record is edited. So nothing bridges these days, and no register tells of them.
"""

from collections.abc import Collection, Iterator
from datetime import date

from soc2test.period.calendar import Period, stretches
from soc2test.period.observed import Observed
from soc2test.period.talking import stretches_text
from soc2test.reports.ranges import records_text

__all__ = ["Contradictions"]

_NAMED = 10


class Contradictions:
    """Takes the snapshots of one control, oldest first."""

    def __init__(self, period: Period) -> None:
        self._period = period
        self._days: dict[str, set[date]] = {}
        """what is said to be missing, by name where a resource is -> the days of the snapshots that show it"""
        self._records: dict[str, list[int]] = {}
        self._said: dict[str, str] = {}
        """the same -> what the first of them says of it"""

    def take(self, seen: Observed) -> None:
        """One more snapshot in which it applies."""
        contradicted, day = seen.contradicted, seen.seen_on
        if not self._period.holds(day):
            day = self._period.day(seen.snapshot.as_of)
        if not contradicted or not self._period.holds(day):
            return
        for name, text in seen.lacks or (("", contradicted),):
            self._said.setdefault(name, text)
            self._days.setdefault(name, set()).add(day)
            self._records.setdefault(name, []).append(seen.snapshot.number)

    @property
    def days(self) -> set[date]:
        """The days of the period of which something is known to be missing."""
        return {day for days in self._days.values() for day in days}

    def lines(self, missing: Collection[date]) -> Iterator[str]:
        """What is known to be missing on these days, with the records that show it, a line each."""
        for name, text in self._told(missing):
            what = "known to be missing" if name else "contradicted"
            yield f"{what}, and not bridged: {text}"

    def told(self, missing: Collection[date]) -> Iterator[str]:
        """The same without what becomes of these days."""
        yield from (text for _, text in self._told(missing))

    def _told(self, missing: Collection[date]) -> Iterator[tuple[str, str]]:
        told = [name for name, days in self._days.items() if days & set(missing)]
        for name in told[:_NAMED]:
            days, records = stretches_text(stretches(self._days[name])), records_text(self._records[name])
            shown = f"shows in {records}: {name}" if name else f"says in {records}"
            yield name, f"{days}: a second source {shown}: {self._said[name]}"
        if told[_NAMED:]:
            yield "more", f"{len(told) - _NAMED} more that a second source shows"
