"""What else is to be told of the events of a period: entered late, taken away again, or two under one id."""

from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime
from heapq import heappop, heappush
from typing import Protocol

from soc2test.period.calendar import Period
from soc2test.period.observed import Key, Snapshot
from soc2test.verdicts import Finding

__all__ = ["LATE", "OPEN_AFTER", "first_without", "late_text", "notes_of"]

_NAMED = 10
LATE = "first seen late"
OPEN_AFTER = "seen open after it"
_LATE_DAYS = 7
"""after its day an event is first seen late"""

Looks = Sequence[tuple[date, Snapshot]]
"""The snapshots that show all of the population, with their days, oldest first."""


class Dated(Protocol):
    """What happened on a day, as far as that is told, and the first snapshot that shows it."""

    @property
    def day(self) -> date | None:
        """Its day."""

    @property
    def first(self) -> Snapshot:
        """The first that shows it."""


class Event(Dated, Protocol):
    """What is known of one."""

    source: str
    last: Snapshot
    newest: Finding | None
    deviation: Finding | None
    told: set[date]


def notes_of(
    events: Mapping[Key, Event],
    listed: Collection[Event],
    looks: Looks,
    edited: Collection[str],
    late: Mapping[Key, str],
    open_after: Mapping[Key, str],
    *,
    by_hand: bool,
) -> Iterator[str]:
    """A line of each sort, with the first events that it is about; `edited` are those of which more is told, and `late`
    those that were first seen late, in words; so are `open_after`, of which a moment is told that earlier snapshots
    contradict.

    What leaves a list that is kept `by_hand` was taken out of it. A system's own list forgets by itself, its oldest
    first: what is `listed` there beside the events of the period tells how far back it went.
    """
    gone = {key: look for key, event in events.items() if (look := _gone(event, looks)) is not None}
    if not by_hand:
        gone = _not_forgotten(gone, events, listed, looks)
    texts = {key: f"{_name(key)} {_gone_text(events[key], looks[look])}" for key, look in gone.items()}
    held = [text for key, text in texts.items() if events[key].deviation is None]
    deviating = [text for key, text in texts.items() if events[key].deviation is not None]
    twice = [
        f"{_name(key)} of {' and of '.join(map(str, days))}"
        for key, event in events.items()
        if len(days := sorted(event.told)) > 1 and _name(key) not in edited
    ]
    yield from _line(LATE, [f"{_name(key)} {text}" for key, text in late.items()])
    yield from _line(
        "a moment is told that earlier snapshots contradict",
        [f"{_name(key)}: {text}" for key, text in open_after.items()],
    )
    yield from _line("in the population no more, and counted as it was told last", held)
    yield from _line("in the population no more, and a deviation all the same", deviating)
    yield from _line("of several days under one id, counted and listed once, by the harsher", twice)


def _line(what: str, named: Sequence[str]) -> Iterator[str]:
    if named:
        more = f"; and {len(named) - _NAMED} more" if len(named) > _NAMED else ""
        yield f"{what}: {'; '.join(named[:_NAMED])}{more}"


def _name(key: Key) -> str:
    return f"{key[0]}({key[1]})"


def _place(snapshot: Snapshot) -> tuple[datetime, int]:
    """Where a snapshot stands among the others: by its moment, whenever it was recorded."""
    return snapshot.as_of, snapshot.number


def late_text(event: Dated, looks: Looks, period: Period, *, is_performance: bool = False) -> str:
    """Where a snapshot of after its day does not show it, and one of more than some days later does; else empty.

    Of a performance of the period it is enough that one of after the period shows it first.
    """
    if event.day is None:
        return ""
    seen = period.day(event.first.as_of)
    after = bisect_right(looks, event.day, key=lambda look: look[0])
    later = is_performance and period.holds(event.day) and event.first.as_of >= period.end
    if after == len(looks) or ((seen - event.day).days <= _LATE_DAYS and not later):
        return ""
    day, before = looks[after]
    if _place(before) >= _place(event.first):
        return ""
    return f"of {event.day}: not in {before.shown} of {day}, in {event.first.shown} of {seen}"


def first_without(event: Event, looks: Looks) -> int | None:
    """The place of the first look that does not show an event any more; None where the newest does."""
    after = bisect_right(looks, _place(event.last), key=lambda look: _place(look[1]))
    return None if after == len(looks) else after


def _gone(event: Event, looks: Looks) -> int | None:
    """The same of an event of which nothing else says so: of what was pending its own finding does, and of what is
    exempt the exemption.
    """
    newest = event.newest
    if event.deviation is None and newest is not None and (newest.outcome == "exempt" or newest.until is not None):
        return None
    return first_without(event, looks)


def _not_forgotten(
    gone: Mapping[Key, int], events: Mapping[Key, Event], listed: Collection[Event], looks: Looks
) -> dict[Key, int]:
    """Those that left a list which still showed an older one of the same source: age did not take them out.

    The looks are gone through once, with the events that each shows in a heap, the oldest on top.
    """
    kept: dict[Key, int] = {}
    coming = sorted((event for event in listed if event.day is not None), key=lambda event: _place(event.first))
    there: dict[str, list[tuple[date, int]]] = {}
    met = 0
    for key, look in sorted(gone.items(), key=lambda pair: pair[1]):
        at = _place(looks[look][1])
        while met < len(coming) and _place(coming[met].first) <= at:
            if (day := coming[met].day) is not None:
                heappush(there.setdefault(coming[met].source, []), (day, met))
            met += 1
        shown = there.get(events[key].source, [])
        while shown and _place(coming[shown[0][1]].last) < at:
            heappop(shown)
        day = events[key].day
        if shown and day is not None and shown[0][0] < day:
            kept[key] = look
    return kept


def _gone_text(event: Event, look: tuple[date, Snapshot]) -> str:
    return f"of {event.day or 'an unknown day'}: in {event.last.shown}, and not in {look[1].shown} of {look[0]}"
