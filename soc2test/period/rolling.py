"""Performances that are due within a span of the moment, and not of the calendar: which happened in the period."""

from collections.abc import Mapping
from datetime import date

import msgspec

from soc2test.period.calendar import Period
from soc2test.period.event_notes import LATE, late_text
from soc2test.period.observed import Key, Observed, Snapshot
from soc2test.period.performances import Ask
from soc2test.period.when_performed import not_due_text, performed_text

__all__ = ["Rolling"]


class _Told(msgspec.Struct):
    """A performance as it was dated."""

    day: date
    first: Snapshot
    """that dates it so"""
    happened: bool
    """a snapshot of its day or after it does: before that it was planned"""


class Rolling:
    """Takes the snapshots of one control that looks at all performances together, oldest first.

    Each one since the period began is asked once more with nothing but the performances of the period: where that
    holds too, what is due was performed in it.
    """

    def __init__(self, period: Period) -> None:
        self._period = period
        self._holds = False
        """by the performances of the period alone"""
        self.after: Observed | None = None
        """the first that shows it after the period"""
        self._counts: dict[date, tuple[date, bool]] = {}
        """day of before the period -> when it was asked, and whether what was performed on it is what the control asks
        for"""
        self._told: dict[Key, dict[date, _Told]] = {}
        self._sources: dict[Key, str] = {}
        self._looks: list[tuple[date, Snapshot]] = []
        """those that show all of the register, with the company's day of each"""

    def take(self, seen: Observed, days: Mapping[Key, date], ask: Ask) -> None:
        """One more snapshot, with the days of the performances that it tells."""
        today = self._period.day(seen.snapshot.as_of)
        if seen.whole:
            self._looks.append((today, seen.snapshot))
        for key, day in days.items():
            told = self._told.setdefault(key, {}).setdefault(day, _Told(day=day, first=seen.snapshot, happened=False))
            told.happened |= day <= today
            self._sources[key] = seen.members[key]
            if day < self._period.first and day <= today and self._is_open(day):
                self._counts[day] = today, ask({}, (day, day)).verdict == "pass"
        if seen.snapshot.as_of >= self._period.end and self.after is None and seen.whole:
            self.after = seen
        if not self._holds and seen.snapshot.as_of >= self._period.start and seen.result.verdict == "pass":
            only = (self._period.first, self._period.last)
            self._holds = ask({}, only).verdict == "pass"

    def _is_open(self, day: date) -> bool:
        """True of a day of which it was not asked since: on the day itself it may not have happened yet."""
        asked, counts = self._counts.get(day, (day, False))
        return not counts and asked <= day

    @property
    def performed(self) -> bool:
        """True where it was performed in the period, and by something."""
        return self._holds and bool(self._own())

    def _own(self) -> dict[Key, _Told]:
        """What happened on a day of the period, by any day that was told of it; each with the newest of them."""
        own: dict[Key, _Told] = {}
        for key, by_day in self._told.items():
            within = [told for told in by_day.values() if told.happened and self._period.holds(told.day)]
            if within:
                own[key] = within[-1]
        return own

    def of_the_period(self, met: Mapping[Key, str]) -> dict[Key, str]:
        """Its population: of what was `met` that which is dated in the period or not at all, and what came later."""
        undated = {key: source for key, source in met.items() if key not in self._told}
        return undated | {key: self._sources[key] for key in self._own()}

    def marks(self) -> dict[Key, tuple[str, str]]:
        """Performances of the period that were first seen late: in a word beside the outcome, and in words."""
        late = {key: self._late(told) for key, told in self._own().items()}
        return {key: (LATE, f"{LATE}: {text}") for key, text in late.items() if text}

    def _late(self, told: _Told) -> str:
        return late_text(told, self._looks, self._period, is_performance=True)

    @property
    def sentence(self) -> str:
        """On which days of the period it was performed, and which of that was first seen late."""
        own = sorted(self._own().values(), key=lambda told: told.day)
        return performed_text([told.day for told in own], [text for told in own if (text := self._late(told))])

    @property
    def not_due(self) -> str:
        """What is said where its performances lie outside of the period; empty where one lies in it."""
        if self.performed:
            return ""
        last = max((day for day, (_, counts) in self._counts.items() if counts), default=None)
        if last is None:
            return not_due_text(None, "")
        told = [by_day[last] for by_day in self._told.values() if last in by_day]
        first = min(told, key=lambda each: (each.first.as_of, each.first.number))
        return not_due_text(last, self._late(first))
