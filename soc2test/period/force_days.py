"""On which days one of the company's own controls was in force, by the controls.yaml of the snapshots around each day.

Nothing reaches back: a day is none of a control's only where each snapshot of it says so or, where there is none, those
on both sides of it. What was recorded late shows what was written later, and tells nothing.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

import msgspec

from soc2test.period.calendar import Period
from soc2test.period.described_then import DescribedThen

__all__ = ["Days", "ForceDays"]

_DAY = timedelta(days=1)


class Days(msgspec.Struct, frozen=True, kw_only=True):
    """The days around a period, those outside of it too, as far as snapshots lie there."""

    in_force: frozenset[date]
    not_told: frozenset[date]
    out: frozenset[date]
    taken_out_on: frozenset[date]
    """of `out` days on which the entry was taken out of the file: up to some hour it was in force"""

    def own(self, period: Period) -> list[date]:
        """The days of the period over which it is judged."""
        return [day for day in period.all_days if day not in self.out]


class ForceDays:
    """Knows what the snapshots say, oldest first."""

    def __init__(self, told: Sequence[DescribedThen], period: Period) -> None:
        self.told, self._period = told, period
        self.deciding = [look for look in told if not look.snapshot.late]
        """those that were recorded in time"""
        self._around = list(self._looks_around())

    @property
    def ids(self) -> set[str]:
        """The controls that any of them holds; of those that were recorded late only where there are no others."""
        return {id for look in self.deciding or self.told for id in look.controls}

    def _looks_around(self) -> Iterator[tuple[date, Sequence[DescribedThen | None]]]:
        """Of each day the snapshots that decide: its own, else the last before and the first after it."""
        by_day: dict[date, list[DescribedThen]] = {}
        for look in self.deciding:
            by_day.setdefault(look.day, []).append(look)
        days = sorted(by_day)
        first, last = self._period.first, self._period.last
        begin, end = min([first, *days[:1]]), max([last, *days[-1:]])
        before: DescribedThen | None = None
        coming = [*days]
        for day in _days(begin, end):
            while coming and coming[0] <= day:
                coming.pop(0)
            after = by_day[coming[0]][0] if coming else None
            yield day, by_day.get(day) or (before, after)
            before = by_day[day][-1] if day in by_day else before

    def of(self, id: str, test: str | None = None) -> Days:
        """The days of a control; where one is named those on which this test looked at it."""
        found: dict[bool | None, set[date]] = {True: set(), False: set(), None: set()}
        taken_out = set()
        latest: DescribedThen | None = None
        for day, looks in self._around:
            said = {None if look is None else look.says(id, test, day) for look in looks}
            word = True if True in said else None if None in said else False
            found[word].add(day)
            if word is False and latest is not None and latest.says(id, test, day):
                taken_out.add(day)
            latest = next((look for look in reversed(looks) if look is not None and look.day <= day), latest)
        return Days(
            in_force=frozenset(found[True]),
            not_told=frozenset(found[None]),
            out=frozenset(found[False]),
            taken_out_on=frozenset(taken_out),
        )


def _days(first: date, last: date) -> Iterable[date]:
    return (first + number * _DAY for number in range((last - first).days + 1))
