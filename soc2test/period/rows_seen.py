"""Rows of performances as the snapshots told them: before their day, dated otherwise later, gone, or gone and back."""

from collections.abc import Iterator, Sequence
from datetime import date

import msgspec

from soc2test.period.calendar import Period
from soc2test.period.observed import Key, Observed, Snapshot

__all__ = ["RowsSeen"]

_NAMED = 10


class _Row(msgspec.Struct):
    day: date
    last: Snapshot
    """the newest that shows it, up to when it was gone"""
    ahead: Snapshot | None = None
    """shows it before its day"""
    gone: Snapshot | None = None
    """the first that shows all of the register, and not it"""
    back: Snapshot | None = None
    """the first after that one which shows it again"""
    moved: tuple[date, Snapshot] | None = None
    """the day that was told first, where a later snapshot told another one, and the first that did"""


class RowsSeen:
    """Takes the snapshots of one control that counts performances, oldest first."""

    def __init__(self, period: Period) -> None:
        self._period = period
        self._rows: dict[Key, _Row] = {}

    def take(self, seen: Observed) -> None:
        """One more snapshot."""
        snapshot, today = seen.snapshot, self._period.day(seen.snapshot.as_of)
        for key, day in seen.days.items():
            row = self._rows.get(key)
            if row is None:
                row = self._rows[key] = _Row(day=day, last=snapshot)
            if day != row.day and row.moved is None:
                row.moved = (row.day, snapshot)
            row.day = day
            if row.gone is None:
                row.last = snapshot
            elif row.back is None:
                row.back = snapshot
            if day > today and row.ahead is None:
                row.ahead = snapshot
        if seen.whole:
            by_hand, oldest = "system" not in seen.result.rests_on, min(seen.days.values(), default=date.max)
            for key in self._rows.keys() - seen.members.keys():
                row = self._rows[key]
                if by_hand or oldest < row.day:  # a system's list forgets by itself, its oldest first
                    row.gone = row.gone or snapshot

    def taken_out_in(self, record: int) -> str:
        """The rows that a snapshot is the first not to show any more, by name: those that are newer than the others.

        Where an older one is taken out, what is due hangs on the newer.
        """
        gone = {key: row for key, row in self._rows.items() if row.gone is not None and row.gone.number == record}
        ends = [self._period.day(row.gone.as_of) for row in gone.values() if row.gone is not None]
        until = min(ends, default=date.max)
        others = [row.day for key, row in self._rows.items() if key not in gone and row.day <= until]
        newest = max(others, default=date.min)
        rows = sorted((row.day, key) for key, row in gone.items() if row.day > newest)
        more = f"; and {len(rows) - _NAMED} more" if rows[_NAMED:] else ""
        return "; ".join(f"{_name(key)} of {day}" for day, key in rows[:_NAMED]) + more

    def lines(self) -> Iterator[str]:
        """A line of each sort, with the first rows that it is about."""
        rows = sorted(self._rows.items(), key=lambda pair: (pair[1].day, pair[0]))
        ahead = [
            f"{_name(key)} of {row.day}: in {self._dated(row.ahead)}" for key, row in rows if row.ahead is not None
        ]
        yield from _line("told before its day", ahead)
        back = [
            f"{_name(key)} of {row.day}: in {row.last.shown}, not in {self._dated(row.gone)}, in {row.back.shown} again"
            for key, row in rows
            if row.gone is not None and row.back is not None
        ]
        yield from _line("taken out of the register, and entered again", back)
        gone = [
            f"{_name(key)} of {row.day}: in {row.last.shown}, not in {self._dated(row.gone)}"
            for key, row in rows
            if row.gone is not None and row.back is None
        ]
        yield from _line("taken out of the register", gone)
        moved = [
            f"{_name(key)} of {row.moved[0]}: of {row.day} by {self._dated(row.moved[1])}"
            for key, row in rows
            if row.moved is not None
        ]
        yield from _line("dated otherwise than before", moved)

    def _dated(self, snapshot: Snapshot) -> str:
        return f"{snapshot.shown} of {self._period.day(snapshot.as_of)}"


def _name(key: Key) -> str:
    return f"{key[0]}({key[1]})"


def _line(what: str, named: Sequence[str]) -> Iterator[str]:
    if named:
        more = f"; and {len(named) - _NAMED} more" if named[_NAMED:] else ""
        yield f"{what}: {'; '.join(named[:_NAMED])}{more}"
