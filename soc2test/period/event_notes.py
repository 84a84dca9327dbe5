"""What else is to be told of the events of a period: entered late, taken away again, or two under one id."""

from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import Protocol

from soc2test.period.calendar import Period
from soc2test.period.observed import Key, Snapshot
from soc2test.verdicts import Finding

__all__ = ["notes_of"]

_NAMED = 10
_LATE_DAYS = 7
"""after its day an event is first seen late"""

Looks = Sequence[tuple[date, Snapshot]]
"""The snapshots that show all of the population, with their days, oldest first."""


class Event(Protocol):
    """What is known of one."""

    day: date | None
    first: Snapshot
    last: Snapshot
    newest: Finding | None
    deviation: Finding | None
    told: set[date]


def notes_of(
    events: Mapping[Key, Event], looks: Looks, period: Period, edited: Collection[str], *, by_hand: bool
) -> Iterator[str]:
    """A line of each sort, with the first events that it is about; `edited` are those of which more is told.

    What leaves a list that is kept `by_hand` was taken out of it; a system's own list forgets by itself.
    """
    late = [f"{_name(key)} {text}" for key, event in events.items() if (text := _late(event, looks, period))]
    gone = [f"{_name(key)} {text}" for key, event in events.items() if by_hand and (text := _gone(event, looks))]
    twice = [
        f"{_name(key)} of {' and of '.join(map(str, days))}"
        for key, event in events.items()
        if len(days := sorted(event.told)) > 1 and _name(key) not in edited
    ]
    yield from _line("first seen late", late)
    yield from _line("in the population no more, and counted as it was told last", gone)
    yield from _line("of several days under one id, counted and listed once, by the harsher", twice)


def _line(what: str, named: Sequence[str]) -> Iterator[str]:
    if named:
        more = f"; and {len(named) - _NAMED} more" if len(named) > _NAMED else ""
        yield f"{what}: {'; '.join(named[:_NAMED])}{more}"


def _name(key: Key) -> str:
    return f"{key[0]}({key[1]})"


def _late(event: Event, looks: Looks, period: Period) -> str:
    """Where a snapshot of after its day does not show it, and one of more than some days later does first."""
    if event.day is None:
        return ""
    seen = period.day(event.first.as_of)
    after = bisect_right(looks, event.day, key=lambda look: look[0])
    if after == len(looks) or looks[after][1].number >= event.first.number or (seen - event.day).days <= _LATE_DAYS:
        return ""
    day, before = looks[after]
    return f"of {event.day}: not in {before.shown} of {day}, in {event.first.shown} of {seen}"


def _gone(event: Event, looks: Looks) -> str:
    """Where it held in the last snapshot that shows it, and the newest does not show it any more."""
    if event.deviation is not None or event.newest is not None or not looks:
        return ""
    after = next((look for look in looks if look[1].number > event.last.number), None)
    if after is None or looks[-1][1].number <= event.last.number:
        return ""
    return f"of {event.day or 'an unknown day'}: in {event.last.shown}, and not in {after[1].shown} of {after[0]}"
