"""The schedules of AWS: how far apart the starts of one lie.

https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html, to which the reference of
`ScheduleExpression` of AWS Backup refers; its own examples leave out the word `cron` and the brackets.
"""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

from soc2test import UnknownFact

__all__ = ["longest_gap_hours"]

_FORM = re.compile(r"(?:cron\((?P<inner>[^()]*)\)|(?P<bare>[^()]*))", re.ASCII)
_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_DAYS = ("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT")
_NAMES = {name: number for names in (_MONTHS, _DAYS) for number, name in enumerate(names, 1)}
_FIELDS = ((0, 59), (0, 23), (1, 31), (1, 12), (1, 7))
"""Minutes, hours, days of the month, months, days of the week (Sunday is 1); the sixth field is the year."""
_ONCE_A_MONTH = re.compile(r"[0-9A-Z]*(?:L|W)|[0-9A-Z]+#[0-9]", re.ASCII)
"""The last day, the weekday nearest to one, the third Friday: a day of each month."""
_MONTH_HOURS = 31 * 24
_FIRST, _LOOKED_AT = date(2027, 1, 1), 731
"""Two years, one of which is a leap year."""
_DAY_MINUTES = 24 * 60


def longest_gap_hours(expression: str) -> float:
    """The longest time between two starts. Raises `UnknownFact` where the expression says more than is read here."""
    form = _FORM.fullmatch(expression.strip())
    fields = [] if form is None else (form["inner"] or form["bare"] or "").upper().split()
    if len(fields) != len(_FIELDS) + 1 or fields[-1] != "*":
        raise UnknownFact("interval_hours", "a schedule that is no cron expression of every year is not read")
    if any(_ONCE_A_MONTH.fullmatch(field) for field in (fields[2], fields[4])):
        return _MONTH_HOURS
    minutes, hours, days, months, weekdays = map(_values, fields, _FIELDS)
    starts = sorted(hour * 60 + minute for hour in hours for minute in minutes)
    due = [day for day in _calendar() if day.day in days and day.month in months and _weekday(day) in weekdays]
    if not due[1:]:
        raise UnknownFact("interval_hours", "the schedule is due less than once a year")
    return _longest(starts, due) / 60


def _calendar() -> list[date]:
    return [_FIRST + timedelta(days=number) for number in range(_LOOKED_AT)]


def _weekday(day: date) -> int:
    return day.isoweekday() % len(_DAYS) + 1


def _longest(starts: Sequence[int], days: Sequence[date]) -> int:
    """In minutes: within a day, and from the last start of one to the first of the next one that is due."""
    within = max((after - before for before, after in pairwise(starts)), default=0)
    overnight = max((after - before).days for before, after in pairwise(days)) * _DAY_MINUTES
    return max(within, overnight - starts[-1] + starts[0])


def _values(field: str, bounds: tuple[int, int]) -> set[int]:
    return set().union(*(_part(part, *bounds) for part in field.split(",")))


def _part(part: str, low: int, high: int) -> range:
    """`*`, `?`, one value, a range, or one of these with a step; a step from one value goes on to the end."""
    span, slash, step = part.partition("/")
    first, dash, last = span.partition("-")
    if span in ("*", "?"):
        start, end = low, high
    else:
        start = _number(first)
        end = _number(last) if dash else (high if slash else start)
    every = _number(step) if slash else 1
    if not (low <= start <= end <= high and every >= 1):
        raise UnknownFact("interval_hours", "a field of the schedule is not read")
    return range(start, end + 1, every)


def _number(word: str) -> int:
    if word in _NAMES:
        return _NAMES[word]
    if not (word.isascii() and word.isdigit()):
        raise UnknownFact("interval_hours", "a field of the schedule is not read")
    return int(word)
