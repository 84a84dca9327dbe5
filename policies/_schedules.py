"""When a schedule in five fields of cron says that something is due.

As crontab(5) and Kubernetes' cron jobs have it: lists, ranges, steps, names of months and days, `?` for `*`, `@daily`
and its like. Where both days are given, either will do.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from soc2test import UnknownFact

__all__ = ["due_between", "is_due_at", "last_due"]

_WORDS = {
    "@hourly": "0 * * * *",
    "@daily": "0 0 * * *",
    "@midnight": "0 0 * * *",
    "@weekly": "0 0 * * 0",
    "@monthly": "0 0 1 * *",
    "@yearly": "0 0 1 1 *",
    "@annually": "0 0 1 1 *",
}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
_NAMES = {name: number for number, name in enumerate(_MONTHS, 1)} | {name: number for number, name in enumerate(_DAYS)}
_SUNDAY = 7
"""Some write Sunday as 7, which is 0."""
_FIELDS = ((0, 59), (0, 23), (1, 31), (1, 12), (0, _SUNDAY))
_FURTHEST = 366 * 8 + 2
"""Days that any date comes back within: the 29th of February may be left out once."""


class _Plan(NamedTuple):
    minutes: frozenset[int]
    hours: frozenset[int]
    days: frozenset[int]
    months: frozenset[int]
    weekdays: frozenset[int]
    both_days: bool
    """a day has to be among `days` and `weekdays`: one of them is any"""


def due_between(schedule: str, zone: str | None, since: datetime, until: datetime) -> list[datetime]:
    """The moments from `since` to `until`, both of them included, oldest first. Raises `UnknownFact` as `last_due`."""
    plan, place = _plan(schedule), _place(zone)
    first, last = since.astimezone(place).date(), until.astimezone(place).date()
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    moments = (moment for day in days for moment in _of_day(plan, day, place, since.tzinfo))
    return [moment for moment in moments if since <= moment <= until]


def last_due(schedule: str, zone: str | None, until: datetime) -> datetime | None:
    """The last moment at or before `until`; None where it is never due. No zone is UTC.

    Raises `UnknownFact` where the schedule or the name of its zone can't be read.
    """
    plan, place = _plan(schedule), _place(zone)
    today = until.astimezone(place).date()
    for back in range(_FURTHEST):
        for moment in reversed([*_of_day(plan, today - timedelta(days=back), place, until.tzinfo)]):
            if moment <= until:
                return moment
    return None


def is_due_at(schedule: str, zone: str | None, moment: datetime) -> bool:
    """Whether a moment, to the minute, is one of the schedule's. Raises `UnknownFact` as `last_due`."""
    minute = moment.replace(second=0, microsecond=0)
    return bool(due_between(schedule, zone, minute, minute))


def _of_day(plan: _Plan, day: date, place: ZoneInfo, zone: object) -> Iterator[datetime]:
    weekday = (day.weekday() + 1) % _SUNDAY
    days = day.day in plan.days, weekday in plan.weekdays
    if day.month not in plan.months or not (all(days) if plan.both_days else any(days)):
        return
    for hour in sorted(plan.hours):
        for minute in sorted(plan.minutes):
            yield datetime.combine(day, time(hour, minute), place).astimezone(zone)  # type: ignore[arg-type]


@lru_cache(maxsize=1024)
def _plan(schedule: str) -> _Plan:
    fields = _WORDS.get(schedule.strip().lower(), schedule).split()
    if len(fields) != len(_FIELDS):
        raise _unreadable(schedule)
    try:
        minutes, hours, days, months, weekdays = (
            frozenset(number for part in field.lower().split(",") for number in _part(part, *limits))
            for field, limits in zip(fields, _FIELDS, strict=True)
        )
    except ValueError:
        raise _unreadable(schedule) from None
    return _Plan(
        minutes=minutes,
        hours=hours,
        days=days,
        months=months,
        weekdays=frozenset(day % _SUNDAY for day in weekdays),
        both_days=any(fields[at].startswith(("*", "?")) for at in (2, 4)),
    )


def _part(part: str, least: int, most: int) -> range:
    """The numbers of one part of a field. Raises `ValueError` where it has none."""
    span, _, step = part.partition("/")
    first, dash, last = span.partition("-")
    if span in ("*", "?"):
        low, high = least, most
    else:
        low = _number(first)
        high = _number(last) if dash else most if step else low
    numbers = range(low, high + 1, _number(step) if "/" in part else 1)
    if not numbers or low < least or high > most:
        raise ValueError(part)
    return numbers


def _number(text: str) -> int:
    if text in _NAMES:
        return _NAMES[text]
    if not text.isascii() or not text.isdigit():
        raise ValueError(text)
    return int(text)


def _unreadable(schedule: str) -> UnknownFact:
    return UnknownFact("schedule", f"{schedule!r} is no schedule in five fields of cron")


@lru_cache(maxsize=64)
def _place(zone: str | None) -> ZoneInfo:
    try:
        return ZoneInfo(zone or "UTC")
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise UnknownFact("time_zone", f"there is no time zone {zone!r}") from None
