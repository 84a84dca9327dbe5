"""On which days of a period a control's population was seen whole, and on which nothing was."""

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from itertools import pairwise

import msgspec

from soc2test.period.calendar import Period, stretches
from soc2test.verdicts import Stretch

__all__ = ["Coverage", "coverage"]


class Coverage(msgspec.Struct, frozen=True, kw_only=True):
    """The days of a period, as far as snapshots show them."""

    observed: int
    not_evidenced: tuple[Stretch, ...]
    bridged: tuple[Stretch, ...]
    by_register: tuple[Stretch, ...] = ()
    """days that no snapshot shows, and of which a register tells by its own dates"""


def coverage(
    period: Period,
    seen: Collection[date],
    max_gap_days: int,
    *,
    beside: Collection[date] = (),
    out: Collection[date] = (),
    torn: Collection[date] = (),
) -> Coverage:
    """From the days on which the population was seen, those before and after the period too.

    On the days `out` the control did not apply, so that they are among none of these. What was seen all the same where
    it did not apply (`beside`) bridges, and is no observation. Days that are `torn` nothing bridges.

    Days between two of them are bridged where they are no more than `max_gap_days`. Nothing bridges to the first day
    but a day of up to it, nor from the last but one of after it.
    """
    days = sorted({*seen, *beside})
    missing: set[date] = set()
    bridged: set[date] = set()
    if not days:
        missing |= set(_between(period.first, period.last))
    else:
        missing |= set(_between(period.first, min(days[0] - _DAY, period.last)))
        missing |= set(_between(max(days[-1] + _DAY, period.first), period.last))
    for before, after in pairwise(days):
        gap = list(_between(before + _DAY, after - _DAY))
        (bridged if len(gap) <= max_gap_days else missing).update(day for day in gap if period.holds(day))
    own = {day for day in seen if period.holds(day)} - set(out)
    bridged |= {day for day in beside if period.holds(day)} - own
    missing |= {day for day in torn if period.holds(day)} - own
    return Coverage(
        observed=len(own),
        not_evidenced=stretches(missing - set(out)),
        bridged=stretches(bridged - missing - set(out)),
    )


_DAY = timedelta(days=1)


def _between(first: date, last: date) -> Iterable[date]:
    return (first + timedelta(days=days) for days in range((last - first).days + 1))
