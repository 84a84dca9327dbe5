"""Dates as a spreadsheet's owner says that they are written (`%d.%m.%Y`), as ISO 8601.

Not by `strptime`: it reads names of months in the language of whoever runs it, and a day of one digit where two stand
side by side (`%d%m%Y` of 1112026), so that one text could be two days.
"""

import re
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo

import msgspec

__all__ = ["DateFormat", "date_format"]

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_PATTERNS = {
    "d": r"(?P<d>\d{1,2})", "m": r"(?P<m>\d{1,2})", "Y": r"(?P<Y>\d{4})",
    "b": rf"(?P<b>{'|'.join(name[:3] for name in _MONTHS)})", "B": rf"(?P<B>{'|'.join(_MONTHS)})",
    "H": r"(?P<H>\d{1,2})", "I": r"(?P<I>\d{1,2})", "p": r"(?P<p>[AP]M)", "M": r"(?P<M>\d\d)", "S": r"(?P<S>\d\d)",
    "z": r"(?P<z>Z|[+-]\d\d:?\d\d)",
}  # fmt: skip
"""What may stand for each directive; months are those of English."""
_PIECE = re.compile(r"%(.?)|(\s+)|([^%\s]+)", re.DOTALL)
_SIDE_BY_SIDE = re.compile(r"%[dmHIMSY]%[dmHIMSY]")
_HALF_DAY = 12
_ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_BOTH_ORDERS = datetime(2026, 3, 4, tzinfo=UTC)
"""A day whose digits are another day's in the other order."""
_EXAMPLE = datetime(2026, 11, 20, 16, 30, tzinfo=UTC)

_ALLOWED = "%d %m %Y %b %B, and of times %H (or %I with %p), %M, %S, %z"


class DateFormat(msgspec.Struct, frozen=True):
    """How the dates of a table are written; `zone` is that of times which do not say their own."""

    text: str
    pattern: str
    zone: tzinfo | None = None

    @property
    def example(self) -> str:
        """20 November 2026, half past four in the afternoon, as far as the format tells it."""
        return _written(self.text, _EXAMPLE)

    @property
    def has_time(self) -> bool:
        """True where the format tells a time of day as well."""
        return _has_time(self.text)

    def iso(self, text: str, days_of: tzinfo | None) -> str | None:
        """What `text` means as ISO 8601, None where it is written in another way.

        With `days_of` it is a day: of a moment the day that it lies on in that zone; else a moment keeps its own.
        Raises `ValueError` where it is no day of the calendar, or no time of a day.
        """
        told = re.fullmatch(self.pattern, text.strip(), re.ASCII | re.IGNORECASE)
        if told is None:
            return None
        parts = told.groupdict()
        day = date(int(parts["Y"]), _month(parts), int(parts["d"]))
        if not self.has_time:
            return day.isoformat()
        moment = datetime(
            day.year, day.month, day.day, _hour(parts), int(parts["M"]), int(parts.get("S") or 0),
            tzinfo=_offset(parts["z"]) if "z" in parts else self.zone,
        )  # fmt: skip
        return moment.isoformat() if days_of is None else moment.astimezone(days_of).date().isoformat()


def date_format(text: str, zone: tzinfo | None = None) -> DateFormat:
    """The format that `text` says. Raises `ValueError` with what is wrong with it, and what is allowed."""
    directives = re.findall(r"%(.?)", text, re.DOTALL)
    if "y" in directives:
        raise ValueError("%y is a year of two digits, which says no century: let the export write four (%Y)")
    if unknown := next((sign for sign in directives if sign not in _PATTERNS), None):
        raise ValueError(f"%{unknown} is not known: allowed are {_ALLOWED}")
    if "" in directives or len({*directives}) < len(directives):
        raise ValueError(f"names a part twice, or ends within one: allowed are {_ALLOWED}, each once")
    if "d" not in directives or "Y" not in directives or sum(sign in directives for sign in "mbB") != 1:
        raise ValueError('says no whole day: it needs a day, a month and a year, as "%d.%m.%Y" or "%m/%d/%Y"')
    _check_time(directives, zone)
    written = _written(text, _BOTH_ORDERS)
    if _ISO_DAY.match(written) and not written.startswith(_BOTH_ORDERS.date().isoformat()):
        raise ValueError("looks as 2026-03-04 does, which is read as 4 March: let the export write its dates otherwise")
    return DateFormat(text=text, pattern=_pattern(text), zone=zone)


def _check_time(directives: list[str], zone: tzinfo | None) -> None:
    hours = [sign for sign in directives if sign in "HI"]
    of_time = [sign for sign in directives if sign in "HIpMSz"]
    if of_time and (len(hours) != 1 or "M" not in directives or ("p" in directives) != ("I" in directives)):
        raise ValueError("says no whole time: it needs hours and minutes, as %H:%M, or %I:%M %p with AM and PM")
    if of_time and "z" not in directives and zone is None:
        raise ValueError(
            "says a time without its zone: add `time_zone:` beside it with the zone in which the export writes times "
            "(UTC, Europe/Dublin)"
        )
    if zone is not None and (not of_time or "z" in directives):
        raise ValueError("needs no `time_zone:` beside it: it says no time, or its zone as well")


def _pattern(text: str) -> str:
    """A blank stands for any number of blanks. Without a sign between them numbers have all their digits."""
    whole = _SIDE_BY_SIDE.search(text) is not None
    parts = []
    for directive, blanks, literal in _PIECE.findall(text):
        pattern = _PATTERNS[directive] if directive else r"\s+" if blanks else re.escape(literal)
        parts.append(pattern.replace(r"\d{1,2}", r"\d\d") if whole else pattern)
    return "".join(parts)


def _has_time(text: str) -> bool:
    return "%H" in text or "%I" in text


def _written(text: str, moment: datetime) -> str:
    """As `strftime` writes it, with English names."""
    month = _MONTHS[moment.month - 1]
    parts = {
        "d": f"{moment.day:02}", "m": f"{moment.month:02}", "Y": f"{moment.year}", "b": month[:3], "B": month,
        "H": f"{moment.hour:02}", "I": f"{moment.hour % _HALF_DAY or _HALF_DAY:02}",
        "p": "PM" if moment.hour >= _HALF_DAY else "AM", "M": f"{moment.minute:02}", "S": "00", "z": "+00:00",
    }  # fmt: skip
    return re.sub(r"%(.)", lambda piece: parts[piece[1]], text)


def _month(parts: dict[str, str]) -> int:
    if "m" in parts:
        return int(parts["m"])
    name = (parts.get("b") or parts["B"]).casefold()
    return next(number for number, month in enumerate(_MONTHS, 1) if month.casefold().startswith(name))


def _hour(parts: dict[str, str]) -> int:
    if "H" in parts:
        return int(parts["H"])
    hour = int(parts["I"])
    if not 1 <= hour <= _HALF_DAY:
        raise ValueError("no hour of a clock with AM and PM")
    return hour % _HALF_DAY + (_HALF_DAY if parts["p"].upper() == "PM" else 0)


def _offset(text: str) -> tzinfo:
    if text.upper() == "Z":
        return UTC
    hours, minutes = int(text[1:3]), int(text[-2:])
    offset = timedelta(hours=hours, minutes=minutes)
    return timezone(-offset if text[0] == "-" else offset)  # raises where it is a day or more
