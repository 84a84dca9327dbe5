"""Limits that were looser than the tool's own for a part of a period, with who approved them then."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

import msgspec

from soc2test.period.calendar import Period
from soc2test.period.in_force import LimitsInForce
from soc2test.period.observed import Key
from soc2test.verdicts import ControlResult, Limit, LooserDays

__all__ = ["loosened"]

_DAY = timedelta(days=1)


def loosened(
    result: ControlResult, limits: LimitsInForce, period: Period, days: Mapping[Key, date]
) -> Iterator[LooserDays]:
    """Those that were not in force on all of its days: one that was is told as its end has it.

    `days` are those of the events of the period: one is judged by a looser limit where no stricter one was in force on
    its day too. Stretches of before the period count where such an event lies in one.
    """
    for stretch in _stretches(limits, result.id, period):
        if not stretch.limit.looser or stretch.holds_throughout(result, period):
            continue
        judged = [
            resource
            for (_, resource), moment in days.items()
            if stretch.holds(moment) and _alone(limits, result.id, stretch.name, stretch.limit, moment)
        ]
        within = max(stretch.first, period.first), min(stretch.last, period.last)
        if judged and within[0] > within[1]:
            within = stretch.first, stretch.last
        if within[0] <= within[1]:
            yield LooserDays(
                name=stretch.name,
                limit=stretch.limit,
                first=within[0].isoformat(),
                last=within[1].isoformat(),
                judged=tuple(sorted(judged)),
            )


class _Stretch(msgspec.Struct, frozen=True, kw_only=True):
    """Days in a row on which a limit had one value."""

    name: str
    limit: Limit
    first: date
    last: date
    is_oldest: bool
    """of the oldest that is known: it counts for all days before"""

    def holds(self, day: date) -> bool:
        return (self.first <= day or self.is_oldest) and day <= self.last

    def holds_throughout(self, result: ControlResult, period: Period) -> bool:
        same = self.limit.value == result.limits[self.name].value
        return same and self.first <= period.first and period.last <= self.last


def _stretches(limits: LimitsInForce, id: str, period: Period) -> Iterator[_Stretch]:
    """Those of each limit, oldest first; where another one changed meanwhile it went on."""
    changes = limits.changes(id)
    ends = [*(day - _DAY for day, _ in changes[1:]), period.last]
    found: list[_Stretch] = []
    for place, ((day, given), end) in enumerate(zip(changes, ends, strict=True)):
        first = period.first if place == 0 and day > period.first else day
        for name, limit in given.items().items():
            known = next((each for each in reversed(found) if each.name == name), None)
            if known is not None and known.limit.value == limit.value:
                found[found.index(known)] = msgspec.structs.replace(known, last=end)
            else:
                found.append(_Stretch(name=name, limit=limit, first=first, last=end, is_oldest=place == 0))
    yield from sorted(found, key=lambda each: (each.first, each.name))


def _alone(limits: LimitsInForce, id: str, name: str, limit: Limit, day: date) -> bool:
    return all(given.items()[name].value == limit.value for given in limits.on(id, day))
