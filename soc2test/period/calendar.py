"""The days of a period in the company's time zone, and the quarters and months that end within it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta, tzinfo

import msgspec

from soc2test.verdicts import Stretch

__all__ = ["Period", "Unit", "days_of", "parse_period", "stretches", "units_of"]

_FORM = re.compile(r"\d{4}-\d\d-\d\d\.\.\d{4}-\d\d-\d\d", re.ASCII)
_DAY = timedelta(days=1)
_FIRST_YEAR, _LAST_YEAR = 1990, 2999


class Period(msgspec.Struct, frozen=True, kw_only=True):
    """First and last day, both of them part of it, in the company's time zone."""

    first: date
    last: date
    zone: tzinfo

    @property
    def start(self) -> datetime:
        """Its first moment."""
        return datetime.combine(self.first, time(), self.zone)

    @property
    def end(self) -> datetime:
        """The first moment after it."""
        return datetime.combine(self.last + _DAY, time(), self.zone)

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1

    @property
    def all_days(self) -> list[date]:
        """Each of its days, in their order."""
        return [self.first + number * _DAY for number in range(self.days)]

    @property
    def text(self) -> str:
        """As the option takes it."""
        return f"{self.first}..{self.last}"

    def day(self, moment: datetime) -> date:
        """The company's day of a moment."""
        return moment.astimezone(self.zone).date()

    def shows(self, as_of: datetime, seen_to: datetime) -> bool:
        """True of a snapshot of up to its end: by the moment that it is for, or by that of its newest export."""
        return min(as_of, seen_to) < self.end

    def holds(self, day: date) -> bool:
        """True for a day of it."""
        return self.first <= day <= self.last


class Unit(msgspec.Struct, frozen=True, kw_only=True):
    """A quarter or month of the calendar that is over."""

    name: str
    last: date

    def over_at(self, moment: datetime, zone: tzinfo) -> bool:
        """True once its last day is over, in the company's zone and in UTC, in which tests get the moment."""
        return min(moment.astimezone(zone).date(), moment.astimezone(UTC).date()) > self.last


def parse_period(text: str, zone: tzinfo) -> Period:
    """The period that an option names. Raises `ValueError` with what to write instead."""
    form = "write first and last day: 2026-01-01..2026-06-30"
    if not _FORM.fullmatch(text.strip()):
        raise ValueError(f"{text!r} is no period; {form}")
    try:
        first, last = map(date.fromisoformat, text.strip().split(".."))
    except ValueError as error:
        raise ValueError(f"{text!r} is no period ({error}); {form}") from None
    if last < first:
        raise ValueError(f"{text!r} ends before it begins")
    if first.year < _FIRST_YEAR or last.year > _LAST_YEAR:
        raise ValueError(f"{text!r} is no period of a system: years are {_FIRST_YEAR} to {_LAST_YEAR}")
    return Period(first=first, last=last, zone=zone)


def units_of(period: Period, months: int) -> list[Unit]:
    """The quarters (3 months) or months (1) whose last day lies in the period, oldest first."""
    units = []
    for index in range(period.first.year * 12, period.last.year * 12 + 12, months):
        year, month = divmod(index + months, 12)
        last = date(year, month + 1, 1) - _DAY
        if period.holds(last):
            name = f"Q{last.month // 3} {last.year}" if months > 1 else f"{last:%Y-%m}"
            units.append(Unit(name=name, last=last))
    return units


def stretches(days: Iterable[date]) -> tuple[Stretch, ...]:
    """Days that follow one on another, together."""
    found: list[list[date]] = []
    for day in sorted(days):
        if found and day - found[-1][-1] == _DAY:
            found[-1].append(day)
        else:
            found.append([day])
    return tuple(_stretch(run) for run in found)


def days_of(given: Iterable[Stretch]) -> Iterator[date]:
    """Each day of these."""
    for stretch in given:
        first = date.fromisoformat(stretch.first)
        yield from (first + number * _DAY for number in range(stretch.days))


def _stretch(run: Sequence[date]) -> Stretch:
    return Stretch(first=run[0].isoformat(), last=run[-1].isoformat(), days=len(run))
