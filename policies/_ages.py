"""Ages and due dates: what is wrong with a moment, as text with its numbers; an empty text means nothing is."""

from datetime import datetime, timedelta

from soc2test import UnknownFact, pending

__all__ = [
    "CLOCKS_DIFFER", "WINDOW", "day", "disorder", "due_in_window", "full_quarters", "in_hours", "in_window", "last_of",
    "late", "overdue", "recent", "stop_problem", "too_early",
]  # fmt: skip

CLOCKS_DIFFER = timedelta(days=1)
"""A register east of UTC may be a day ahead of `as_of`, and of a system that tells days in UTC."""
_MINUTES = timedelta(minutes=5)
"""Clocks of two systems differ by no more."""
WINDOW = 365
"""The days that controls on events look back by default: what is older was another period's."""
_IN_HOURS = timedelta(days=4)
"""Limits below this are told in hours."""


def day(moment: datetime) -> str:
    """The date of a moment, as every message writes it."""
    return f"{moment:%Y-%m-%d}"


def in_window(moment: datetime | None, days: int, as_of: datetime) -> bool:
    """It happened in the last `days`; what has no moment may have."""
    return moment is None or moment >= as_of - timedelta(days=days)


def due_in_window(start: datetime | None, limit: timedelta, days: int, as_of: datetime) -> bool:
    """It happened in the last `days`, or what had to follow within `limit` of it was due in them.

    Who looks back from `start` alone loses what happened shortly before the window and had to be answered within it.
    """
    return start is None or in_window(start + limit, days, as_of)


def overdue(done: str, moment: datetime | None, days: int, as_of: datetime) -> str:
    """What is wrong where something recurring, `done` ("last rotated") at `moment`, must be at most `days` old."""
    if moment is None:
        return f"never {done.removeprefix('last ')}"
    if moment - as_of > CLOCKS_DIFFER:
        return f"{done} on {day(moment)}, which lies after {day(as_of)}"
    age = (as_of - moment).days
    return f"{done} {age} days before {day(as_of)}, limit {days}" if age > days else ""


def recent(moment: datetime | None, days: int, as_of: datetime) -> bool:
    """True where something happened, and at most `days` before."""
    return moment is not None and not overdue("", moment, days, as_of)


def stop_problem(since: datetime | None, days: int, as_of: datetime) -> str:
    """What is wrong where something that records must have been on for `days`, and was switched on last at `since`."""
    if since is None:
        return "is off"
    age = (as_of - since).days
    if since <= as_of - timedelta(days=days):
        return ""
    return disorder(as_of, ("switched on", since)) or (
        f"was switched on {age} days before {day(as_of)}, limit {days}, and recorded nothing before that"
    )


def late(done: str, moment: datetime | None, start: datetime, limit: timedelta, as_of: datetime) -> str:
    """What is wrong where something must be `done` ("disabled") within `limit` of `start`; None: not done yet.

    What is not done while its limit is open is neither right nor wrong: that is `pending`, of events alone.
    """
    if moment is None:
        waited = max(as_of - start, timedelta(0))  # the last day of work may not be over
        text = f"not {done} {_spell(waited, limit)} after {day(start)}, limit {_spell(limit, limit)}"
        return text if waited > limit else pending(text, until=start + limit)
    if moment - as_of > CLOCKS_DIFFER:
        return f"{done} on {day(moment)}, which lies after {day(as_of)}"
    took = moment - start
    return f"{done} {_spell(took, limit)} after {day(start)}, limit {_spell(limit, limit)}" if took > limit else ""


def too_early(done: str, moment: datetime | None, start: datetime, limit: timedelta) -> str:
    """What is wrong where something was `done` ("signed") more than `limit` before joining: it was for other work."""
    if moment is None or start - moment <= limit:
        return ""
    before = _spell(start - moment, limit)
    return f"{done} on {day(moment)}, {before} before joining on {day(start)}, limit {_spell(limit, limit)}"


def in_hours(first: tuple[str, datetime], then: tuple[str, datetime | None], limit: timedelta, as_of: datetime) -> str:
    """What is wrong where a step ("acknowledged") must come within hours of another ("detected"): `disorder` or `late`.

    A day without a time is any moment of it. Raises `UnknownFact` where it depends on which.
    """
    (begun, start), (done, moment) = first, then
    ends, latest = last_of(start, as_of), None if moment is None else last_of(moment, as_of)
    slack = _MINUTES if latest == moment else timedelta()
    wrong = disorder(as_of, (begun, start), (done, latest), slack=slack) or late(done, moment, ends, limit, as_of)
    if wrong or (ends, latest) == (start, moment):
        return wrong
    if late(done, latest, start, limit, as_of):
        unclear = f"a day without a time does not say whether within {_spell(limit, limit)}"
        raise UnknownFact("", f"{begun} on {day(start)}, {done} on {day(moment or start)}: {unclear}; write the times")
    return ""


def last_of(moment: datetime, as_of: datetime) -> datetime:
    """The last moment that is meant: registers read a day as its first moment in the company's zone."""
    local = moment.astimezone(as_of.tzinfo)
    is_day = not (local.hour or local.minute or local.second or local.microsecond)
    return moment + timedelta(days=1) - timedelta(seconds=1) if is_day else moment


def full_quarters(as_of: datetime, count: int) -> list[tuple[str, datetime, datetime]]:
    """The last quarters of the calendar that are over, newest first: their names, and their first and last moments.

    The last moment is the first one of the next quarter.
    """
    end = as_of.replace(month=as_of.month - (as_of.month - 1) % 3, day=1, hour=0, minute=0, second=0, microsecond=0)
    quarters = []
    for _ in range(count):
        start = end.replace(year=end.year - (end.month == 1), month=(end.month - 4) % 12 + 1)
        quarters.append((f"Q{(start.month + 2) // 3} {start.year}", start, end))
        end = start
    return quarters


def disorder(as_of: datetime, *steps: tuple[str, datetime | None], slack: timedelta = timedelta()) -> str:
    """What is wrong where steps ("detected", "resolved") lie before an earlier one or after `as_of`; None: not yet.

    A day without a time is any moment of it: what was approved on a day may have been used on that day, and not on the
    one before. `slack` is how much earlier a later step may be beyond that, where two systems with clocks of their own
    tell of the two: `CLOCKS_DIFFER` of days, minutes of times.

    A typing error in a year would make each late step early, and nothing would be late.
    """
    before: tuple[str, datetime] | None = None
    for name, moment in steps:
        if moment is None:
            continue
        if moment - as_of > CLOCKS_DIFFER:
            return f"{name} on {day(moment)}, which lies after {day(as_of)}"
        if before is not None and before[1] - last_of(moment, as_of) > slack:
            return f"{name} on {day(moment)}, before it was {before[0]} on {day(before[1])}"
        before = name, moment
    return ""


def _spell(span: timedelta, limit: timedelta) -> str:
    """A span, to a tenth of a unit; one that would read as its limit does is told to the minute or second."""
    unit, name = (timedelta(hours=1), "hours") if limit < _IN_HOURS else (timedelta(days=1), "days")
    if span != limit and round(span / unit, 1) == round(limit / unit, 1):
        return _exactly(span, unit, name)
    return f"{round(span / unit, 1):g} {name}"


def _exactly(span: timedelta, unit: timedelta, name: str) -> str:
    parts = []
    for part, word in ((unit, name), (timedelta(hours=1), "hours"), (timedelta(minutes=1), "minutes")):
        count, span = divmod(span, part)
        parts += [f"{count} {word}"] if count else []
    return " ".join([*parts, *([f"{span.total_seconds():g} seconds"] if span else [])])
