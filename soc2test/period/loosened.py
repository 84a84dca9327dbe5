"""Limits that were looser than the tool's own for a part of a period, with who approved them then."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from soc2test.period.calendar import Period
from soc2test.period.in_force import LimitsInForce
from soc2test.period.observed import Key
from soc2test.verdicts import ControlResult, Limit, LooserDays

__all__ = ["loosened"]

_DAY = timedelta(days=1)


def loosened(
    result: ControlResult, limits: LimitsInForce, period: Period, days: Mapping[Key, date]
) -> Iterator[LooserDays]:
    """Those that are others than at its end, which the result's own limits tell.

    `days` are those of the events of the period: one is judged by a looser limit where no stricter one was in force on
    its day too. Stretches of before the period count where such an event lies in one.
    """
    changes = limits.changes(result.id)
    ends = [*(day - _DAY for day, _ in changes[1:]), period.last]
    for place, ((day, given), end) in enumerate(zip(changes, ends, strict=True)):
        first = period.first if place == 0 and day > period.first else day
        for name, limit in sorted(given.items().items()):
            if not limit.looser or limit.value == result.limits[name].value:
                continue
            judged = [
                resource
                for (_, resource), moment in days.items()
                if (first <= moment or place == 0) and moment <= end and _alone(limits, result.id, name, limit, moment)
            ]
            within = max(first, period.first), min(end, period.last)
            if judged and within[0] > within[1]:
                within = first, end
            if within[0] <= within[1]:
                yield LooserDays(
                    name=name,
                    limit=limit,
                    first=within[0].isoformat(),
                    last=within[1].isoformat(),
                    judged=tuple(sorted(judged)),
                )


def _alone(limits: LimitsInForce, id: str, name: str, limit: Limit, day: date) -> bool:
    return all(given.items()[name].value == limit.value for given in limits.on(id, day))
