"""Moments that are told of an event, and of which snapshots of after them had shown that they had not come.

A ticket that was open on two mornings, and later says that it was answered before the first of them, was answered then
by what is told since alone. Nothing is judged by that: it is named, with the records that showed it open.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, time, timedelta
from typing import Any

from soc2test.period.observed import Snapshot
from soc2test.reports.ranges import records_text

__all__ = ["Looks", "OpenFacts"]

_COLLECTING = timedelta(hours=1)
"""that exports may take from their first call to their date"""
_DAY = timedelta(days=1)


class Looks:
    """The snapshots of one control, oldest first, each with the moment of its oldest export, where it has one."""

    def __init__(self) -> None:
        self._of: list[tuple[Snapshot, datetime | None]] = []

    def take(self, snapshot: Snapshot, at: datetime | None) -> None:
        """One more."""
        self._of.append((snapshot, at))

    @property
    def place(self) -> int:
        """That of the newest."""
        return len(self._of) - 1

    def after(self, places: Iterable[int], moment: datetime) -> Iterator[Snapshot]:
        """Those in these places that are of after a moment."""
        for place in places:
            snapshot, at = self._of[place]
            if at is not None and at > _latest(moment) + _COLLECTING:
                yield snapshot


def _latest(moment: datetime) -> datetime:
    """What is told as a day may have come until its end."""
    return moment + _DAY if moment.timetz().replace(tzinfo=None) == time() else moment


class OpenFacts:
    """What of one event was known to be none, in which snapshots."""

    def __init__(self) -> None:
        self._runs: dict[str, list[list[int]]] = {}
        """fact -> first and last places of snapshots in a row that showed it so"""

    def take(self, known: Mapping[str, Any], names: Iterable[str], looks: Looks) -> str:
        """What one more snapshot tells: which moment was seen open after it, in words; empty where none was."""
        said = []
        for name in names:
            if name not in known:
                continue
            value = known[name]
            if value is None:
                self._note(name, looks.place)
            elif isinstance(value, datetime) and name in self._runs:
                places = [place for first, last in self._runs[name] for place in range(first, last + 1)]
                numbers = [snapshot.number for snapshot in looks.after(places, value)]
                if numbers:
                    said.append(f"{name} is {value:%Y-%m-%d %H:%M}, seen open after that in {records_text(numbers)}")
        return "; ".join(said)

    def _note(self, name: str, place: int) -> None:
        runs = self._runs.setdefault(name, [])
        if runs and runs[-1][1] == place - 1:
            runs[-1][1] = place
        else:
            runs.append([place, place])
