"""The dates of a register: which may lie ahead, and which moment a day without a time means."""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

import msgspec

from soc2test import Context
from soc2test_plugins.registers.schemas import Key, entry_schema, is_date, mapped

__all__ = ["as_moments", "lies_ahead", "misdated"]

Fault = tuple[tuple[str | int, ...], str]

_PLANS = (
    "bridge_letter_until", "correct_by", "due_at", "ended_at", "ends_at", "planned_for", "until", "valid_from",
    "valid_until",
)  # fmt: skip
"""keys that speak of the time to come; whatever else is dated is said to have happened"""
_PLANS_OF = {"privacy_notices": ("published_at", "replaced_at"), "sites": ("closed_at",)}
"""register -> its keys that are announced ahead, and are of the past elsewhere"""
_BEGINNINGS = ("started_at", "onboarded_at")
"""keys that may lie ahead as long as `active` is false: what has begun is active"""
_ENDS = (
    "ended_at", "bridge_letter_until", "report_period_end", "previous_report_period_end", "planned_for", "due_at",
)  # fmt: skip
"""keys whose day counts to its end; whoever left on a day worked on it"""
_WRITTEN = re.compile(r"(19|20)\d\d-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?", re.ASCII)
"""as the schemas have it, for words that say how to write it"""
_WITHOUT_ZONE = re.compile(r"(19|20)\d\d-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?", re.ASCII)
_DAY_AND_MONTH = re.compile(r"(\d{1,2})([./ -])(\d{1,2})([./ -])(\d\d|\d{4})", re.ASCII)
_SERIAL = re.compile(r"[2-7][0-9]{4}(\.[0-9]+)?")
"""a day from 1954 to 2118 as the number by which spreadsheets keep it"""
_MONTHS = 12
_CLOCKS_DIFFER = timedelta(minutes=5)
_FURTHEST_EAST = timedelta(days=1)
"""A day may have begun where it was written, and not yet in the zone of soc2.yaml."""


class _Latest(msgspec.Struct, frozen=True):
    """The last moment of which a register can tell."""

    moment: datetime
    day: str
    """the day that the register says it is right for; "" where it says a time or nothing"""

    def is_before(self, value: str, moment: datetime) -> bool:
        """True where `value`, which means `moment`, lies after it."""
        if self.day:
            return value[:10] > self.day and moment > self.moment
        return moment > self.moment + (_CLOCKS_DIFFER if "T" in value else _FURTHEST_EAST)


def misdated(register: str, body: Mapping[str, Any], context: Context) -> Iterator[Fault]:
    """What is wrong with the dates of all entries: a planned date would read as done."""
    latest = _latest(body, context)
    for number, entry in enumerate(body["entries"]):
        for path, key, value in _dates(register, entry):
            text = _wrong(entry, path, key, value, latest, context, register)
            if text:
                yield ("entries", number, *path), text


def _wrong(
    entry: Mapping[str, Any], path: tuple[str | int, ...], key: Key, value: str, latest: _Latest, context: Context,
    register: str,
) -> str:  # fmt: skip
    if not _WRITTEN.fullmatch(value) or (key.get("format") == "date" and "T" in value):
        if text := _in_another_order(value, register if context.rows else ""):
            return text
        if _WITHOUT_ZONE.fullmatch(value) and key.get("format") != "date":
            return "is a time without its zone: write a day as 2026-11-20, or the time as text, as 2026-11-20T16:30Z"
        if context.rows and _SERIAL.fullmatch(value):
            return "is the number by which a spreadsheet keeps a day: format the column as a date and save it again"
        or_time = "" if key.get("format") == "date" else ", or a time with its zone as 2026-11-20T16:30Z"
        return f"is no date: write a day as 2026-11-20{or_time}"
    try:
        moment = context.time(value, end=path[-1] in _ENDS)
    except ValueError:
        return "is no day of the calendar"
    if not latest.is_before(value, moment) or path[-1] in _PLANS_OF.get(register, ()):
        return ""
    return _ahead(entry, str(path[-1]), value, latest)


def _in_another_order(value: str, register: str) -> str:
    """What is wrong with 03/04/2026, which is in March or in April; "" for what is written otherwise.

    20/11/2026 is one day, and no way to write it either, unless soc2.yaml says how the dates of the `register` are
    written, which is "" where its file is no table: another day of the same file may be two.
    """
    told = _DAY_AND_MONTH.fullmatch(value.strip())
    if told is None:
        return ""
    one, other = int(told[1]), int(told[3])
    if len(told[5]) != len("2026"):
        return "has a year of two digits, which may be of two centuries: write a day as 2026-11-20"
    two_days = one != other and 1 <= one <= _MONTHS and 1 <= other <= _MONTHS
    said = "may be two days, by the order of day and month" if two_days else "" if not register else "is no ISO date"
    if not said or not register:
        return f"{said}: write a day as 2026-11-20" if said else ""
    day_first, month_first = f"%d{told[2]}%m{told[4]}%Y", f"%m{told[2]}%d{told[4]}%Y"
    either = [*([day_first] if other <= _MONTHS else []), *([month_first] if one <= _MONTHS else [])]
    say = " or ".join(f'`dates: "{form}"`' for form in either)
    return f"{said}: say {say} under registers.{register} in soc2.yaml, or write a day as 2026-11-20"


def lies_ahead(entry: Mapping[str, Any], key: str, body: Mapping[str, Any], context: Context) -> bool:
    """True where a key of an entry holds a date after the moment of the register. Raises nothing."""
    value = entry.get(key)
    try:
        return type(value) is str and _latest(body, context).is_before(value, context.time(value))
    except ValueError:
        return False


def as_moments(register: str, entry: Mapping[str, Any], context: Context) -> dict[str, Any]:
    """A copy of the entry in which each day is its first second in the company's zone, or its last of what ends."""

    def change(path: tuple[str | int, ...], key: Key, value: Any) -> Any:
        if not is_date(key) or type(value) is not str:
            return value
        return context.time(value, end=path[-1] in _ENDS)

    made: dict[str, Any] = mapped(entry, entry_schema(register), change)
    return made


def _latest(body: Mapping[str, Any], context: Context) -> _Latest:
    head = body.get("as_of")
    if type(head) is str and len(head) == len("2026-11-20"):
        try:
            return _Latest(moment=context.time(head, end=True), day=head)
        except ValueError:
            pass  # the schema refuses it
    return _Latest(moment=context.moment, day="")


def _dates(register: str, entry: Any) -> list[tuple[tuple[str | int, ...], Key, str]]:
    """Path, schema and text of each date of an entry."""
    dates: list[tuple[tuple[str | int, ...], Key, str]] = []

    def note(path: tuple[str | int, ...], key: Key, value: Any) -> Any:
        if is_date(key) and type(value) is str:
            dates.append((path, key, value))
        return value

    if isinstance(entry, dict):
        mapped(entry, entry_schema(register), note)
    return dates


def _ahead(entry: Mapping[str, Any], key: str, value: str, latest: _Latest) -> str:
    """What is wrong with a date that lies ahead; "" where it is a plan."""
    active = entry.get("active")
    if key in _PLANS or (key in _BEGINNINGS and active is False):
        return ""
    until = latest.day or f"{latest.moment:%Y-%m-%d %H:%M} UTC"
    if key in _BEGINNINGS:
        return f"{value[:10]} lies after {until}, the moment of the register: until then active is false"
    return f"{value[:10]} lies after {until}, the moment of the register: only what has happened has a date"
