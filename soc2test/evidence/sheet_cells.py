"""A cell of a spreadsheet as the text that a CSV of it would hold, or why it can't be read.

Numbers come from python-calamine without the formats of the workbook, so that a date is the number of its day: both
libraries round a moment to milliseconds, and 23:59:59.9999 into the next day, and python-calamine 0.9.1 takes the
number 60, which is no day, for 1900-02-28.
"""

import datetime as dt
import math

from soc2test.evidence.sheet_formats import Look, Shape
from soc2test.evidence.tables import as_seen

__all__ = ["Unreadable", "cell_text", "moment_text"]

_FROM_1900 = dt.datetime(1899, 12, 30)  # noqa: DTZ001  # cells have no zone
_FROM_1904 = dt.datetime(1904, 1, 1)  # noqa: DTZ001
_FIRST_OF_MARCH_1900 = 61
"""Excel has a 29 February 1900, which was none: before this number other programs count another day."""
_LAST_DAY = dt.datetime(9999, 12, 31)  # noqa: DTZ001
_DAY_SECONDS = 86_400
_EXACT = 10**15
"""Excel keeps 15 digits of a number, and what follows them is 0"""

_AS_TEXT = "format the column as text and write it again"
_A_DAY = "write a day as 2026-11-20"


class Unreadable(ValueError):
    """A cell that can't be read right; the text says what stands there, never its content, and what to write."""


def cell_text(value: object, look: Look, *, since_1904: bool) -> str:
    """The text of a value as python-calamine gives it without formats; "" for an empty cell. Raises `Unreadable`."""
    if isinstance(value, str):
        if "\0" in value:
            raise Unreadable("holds a NUL character: write the text again")
        return as_seen(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return _number(float(value), look, since_1904=since_1904)
    if isinstance(value, dt.datetime):  # written as a text of a date into the cell, as some programs do
        if value.tzinfo is not None:
            raise Unreadable(f"holds a moment in a form that Excel does not write: {_A_DAY}, as text")
        return _written(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    raise Unreadable(f"holds a time or a duration without a day: {_A_DAY}")


def _number(number: float, look: Look, *, since_1904: bool) -> str:
    shape = look.shape
    if not math.isfinite(number):
        raise Unreadable("holds what is no number: write it again")
    if shape is Shape.DATE:
        return moment_text(number, since_1904=since_1904)
    if shape is Shape.DURATION:
        raise Unreadable("holds a duration (hours and minutes): write a number in the unit that the column asks for")
    if shape is Shape.PERCENT:
        raise Unreadable(
            "holds a percentage, which the file keeps as a fraction of 1: "
            "take the % format away and write the number that the column asks for, as 12"
        )
    if shape is Shape.PADDED:
        raise Unreadable(f"shows zeros before its number that the file does not hold: {_AS_TEXT}, as 00123")
    if shape is Shape.LETTERED:
        raise Unreadable(f"shows letters that the file does not hold: {_AS_TEXT}, as RISK-17")
    if abs(number) >= _EXACT:
        raise Unreadable(f"holds a number of more than 15 digits, of which spreadsheets keep 15: {_AS_TEXT}")
    # as Excel shows it: 0.1 + 0.2 is 0.3 there
    text = str(int(number)) if number.is_integer() else f"{number:.15g}"
    return _with_zeros(text, look.decimals)


def _with_zeros(text: str, decimals: int) -> str:
    """The number with the zeros behind it that its format shows: 2.0 and 2.10 are names of versions."""
    whole, _, fraction = text.partition(".")
    if not decimals or "e" in text:
        return text
    return f"{whole}.{fraction.ljust(decimals, '0')}"


def moment_text(serial: float, *, since_1904: bool = False) -> str:
    """The day or moment of a cell's number, to the second: "2026-11-20", or "2026-11-20T16:30:00" where it has a time.

    A time is never rounded into the next day, which may be another year. Raises `Unreadable` before March 1900, after
    9999 and for a time without a day.
    """
    first = 1 if since_1904 else _FIRST_OF_MARCH_1900
    if 0 <= serial < 1:
        raise Unreadable(f"holds a time without a day, or the date 0: {_A_DAY}, or leave the cell empty")
    if serial < first:
        since = "1904" if since_1904 else "March 1900"
        raise Unreadable(f"holds a date before {since}, which programs read in two ways: write it as text (1899-12-31)")
    days = math.floor(serial)
    seconds = min(round((serial - days) * _DAY_SECONDS), _DAY_SECONDS - 1)
    begin = _FROM_1904 if since_1904 else _FROM_1900
    if days > (_LAST_DAY - begin).days:
        raise Unreadable(f"holds a number that is no date: {_A_DAY}")
    return _written(begin + dt.timedelta(days=days, seconds=seconds))


def _written(moment: dt.datetime) -> str:
    rounded = moment.replace(microsecond=0)
    return rounded.date().isoformat() if rounded.time() == dt.time() else rounded.isoformat()
