"""Times as vendors write them, to aware UTC datetimes."""

import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from decimal import Decimal
from email.utils import parsedate_to_datetime
from typing import Any

__all__ = ["NEVER", "local_day", "parse_time"]

NEVER = frozenset({"", "n/a", "na", "none", "null", "never", "no_information", "not_supported", "-"})
"""Texts by which vendors say that there is no time (lower case)."""

_ISO = re.compile(
    r"(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(?::(\d\d))?(?:[.,](\d+))?)?\s*(Z|z|UTC|[+-]\d\d:?\d\d)?", re.ASCII
)
_DOTNET = re.compile(r"/Date\((-?\d+)(?:[+-]\d{4})?\)/", re.ASCII)
_NUMBER = re.compile(r"\d{9,13}(\.\d+)?", re.ASCII)
_CTIME = re.compile(r"[A-Z][a-z]{2} [A-Z][a-z]{2} +\d{1,2} \d\d:\d\d:\d\d \d{4} UTC", re.ASCII)
_SLASHED = re.compile(r"\d{1,2}/\d{1,2}/\d{4} \d{1,2}:\d\d:\d\d [AP]M", re.ASCII)
_MAIL = re.compile(
    r"(?:[A-Z][a-z]{2}, )?\d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d(?::\d\d)? ([+-]\d{4}|GMT|UTC?|[ECMP][SD]T)", re.ASCII
)
"""RFC 2822, with the zones that it defines; of any other, `IST` or `CET`, nobody says which it is."""
_SCRIPT = re.compile(
    r"[A-Z][a-z]{2} ([A-Z][a-z]{2} \d\d \d{4} \d\d:\d\d:\d\d) GMT([+-]\d{4})(?: \([^()]*\))?", re.ASCII
)
"""As JavaScript writes a date: `Fri Nov 13 2026 13:00:00 GMT+1300 (New Zealand Daylight Time)`."""
_NO_MOMENT = ("0001-01-01", "1601-01-01")
"""The first days of .NET's and of Windows' calendars, by which they say never."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SECONDS_FROM = 100_000_000  # the year 1973; what is less is a day written as a number, a counter or a zero
_MILLISECONDS_FROM = 100_000_000_000  # as seconds this would be the year 5138
_NO_MILLISECONDS = ((190_000_000_000, 210_000_000_000), (10_000_000_000_000, float("inf")))
"""The year 1976, and what is after 2286: a day and a time written as one number (202601050830, 20260105083000)."""


def parse_time(value: Any) -> datetime | None:
    """The moment that a vendor's value means; None where it says never or not known to have happened.

    Reads ISO 8601 (with Z, offsets, fractions of any length; without a zone it is UTC as the vendors in question
    document), a date alone (midnight UTC), epoch seconds or milliseconds since 1973 as number or text, `/Date(ms)/`,
    RFC 2822 and JavaScript's notation with their zones, `Tue Sep 11 16:14:21 2018 UTC` and `4/1/2025 6:42:09 PM`.
    `0001-01-01` and `1601-01-01` mean never. Raises `ValueError` for anything else; the message doesn't quote it.
    """
    if value is None:
        return None
    if isinstance(value, datetime):
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day, tzinfo=UTC)
    if isinstance(value, bool):
        raise ValueError("a boolean")
    if isinstance(value, int | float | Decimal):
        return _epoch(value)
    if isinstance(value, str):
        return _text(value.strip())
    raise ValueError(f"a {type(value).__name__}")


_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


def local_day(text: str, zone: tzinfo, *, end: bool = False) -> datetime | None:
    """The first second of a day that people wrote without a time, as it is in `zone`; with `end` its last second.

    It keeps its distance from UTC there, so that whoever writes it into a text writes the day that stands in the row.
    None where `text` is no such day (a time with its zone, say). Raises `ValueError` for a day that no calendar has,
    or that lies out of the range of times.
    """
    if not _DAY.fullmatch(text):
        return None
    day = date.fromisoformat(text)
    clock = time(23, 59, 59) if end else time()
    try:
        moment = datetime.combine(day, clock, zone)
        return moment.astimezone(UTC).astimezone(timezone(moment.utcoffset() or timedelta()))
    except OverflowError:
        raise ValueError("no such moment in the calendar") from None


def _epoch(value: int | float | Decimal) -> datetime:
    try:
        if float(value) < _SECONDS_FROM or any(low <= float(value) < high for low, high in _NO_MILLISECONDS):
            raise ValueError("a number that is no time")
        milliseconds = float(value) >= _MILLISECONDS_FROM
        return _EPOCH + timedelta(seconds=float(value) / (1000 if milliseconds else 1))
    except (ArithmeticError, ValueError):  # too small or large, or Decimal("NaN")
        raise ValueError("a number out of the range of times") from None


def _milliseconds(digits: str) -> datetime:
    try:
        return _EPOCH + timedelta(milliseconds=int(digits))
    except (OverflowError, ValueError):
        raise ValueError("a number out of the range of times") from None


def _text(text: str) -> datetime | None:
    if text.lower() in NEVER or text.startswith(_NO_MOMENT):
        return None
    if match := _ISO.fullmatch(text):
        return _iso(*match.groups())
    if _NUMBER.fullmatch(text):
        return _epoch(Decimal(text))
    if match := _DOTNET.fullmatch(text):
        return _milliseconds(match[1])
    try:
        if _CTIME.fullmatch(text):
            return datetime.strptime(text, "%a %b %d %H:%M:%S %Y UTC").replace(tzinfo=UTC)
        if _SLASHED.fullmatch(text):
            return datetime.strptime(text, "%m/%d/%Y %I:%M:%S %p").replace(tzinfo=UTC)
        if match := _SCRIPT.fullmatch(text):
            return datetime.strptime(f"{match[1]} {match[2]}", "%b %d %Y %H:%M:%S %z").astimezone(UTC)
        if match := _MAIL.fullmatch(text):
            return _mail(text, match[1])
    except (ValueError, TypeError, OverflowError, IndexError):
        raise ValueError("no such moment in the calendar") from None
    raise ValueError("in none of the known notations")


def _mail(text: str, zone: str) -> datetime:
    """A date of RFC 2822; one with the zone -0000 or UTC comes without a zone from the library."""
    moment = parsedate_to_datetime(f"{text.removesuffix(zone)}+0000" if zone in ("UT", "UTC") else text)
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


def _iso(day: str, clock: str | None, second: str | None, fraction: str | None, zone: str | None) -> datetime:
    micros = (fraction or "0")[:6].ljust(6, "0")
    offset = "+00:00" if zone in (None, "Z", "z", "UTC") else zone
    try:
        moment = datetime.fromisoformat(f"{day}T{clock or '00:00'}:{second or '00'}.{micros}{offset}")
        return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        raise ValueError("no such moment in the calendar") from None
