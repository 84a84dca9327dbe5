"""The time between the snapshots of a state: where logs tell of all of it, and where nothing would have been seen."""

from collections.abc import Iterator
from datetime import datetime

import msgspec

from soc2test.inventory.log_spans import LogSpan
from soc2test.period.calendar import Period
from soc2test.period.observed import Observed

__all__ = ["Between"]

_NAMED = 20
"""scopes that a note names; the rest is counted"""


class _Scope(msgspec.Struct):
    first: datetime
    """the first snapshot that expects it, and the newest"""
    last: datetime
    spans: list[LogSpan] = msgspec.field(default_factory=list)


class Between:
    """Takes the snapshots of one control of a state, oldest first. `by` is the control that looks at changes."""

    def __init__(self, by: str, period: Period) -> None:
        self._by, self._period = by, period
        self._scopes: dict[str, _Scope] = {}

    def take(self, seen: Observed) -> None:
        """One more snapshot, of before the period, in it or after it."""
        moment = seen.snapshot.as_of
        for name, span in seen.logs.items():
            scope = self._scopes.setdefault(name, _Scope(first=moment, last=moment))
            scope.last = moment
            if span is not None:
                scope.spans.append(self._up_to(span, moment))

    def _up_to(self, span: LogSpan, moment: datetime) -> LogSpan:
        """A log that was exported for a snapshot, on its day, is taken to tell of the time up to it."""
        same_day = self._period.day(span.last) == self._period.day(moment)
        return msgspec.structs.replace(span, last=max(span.last, moment)) if same_day else span

    @property
    def sentence(self) -> str:
        """What is said of the time between snapshots in the sentence of a result."""
        plain = "between snapshots not tested"
        if not self._by:
            return plain
        told, untold = self._sorted()
        if not told:
            return f"{plain}: no log tells of all of that time"
        apart = f"; not observable in {len(untold)} of {len(told) + len(untold)} scopes" if untold else ""
        return f"{plain}, except the changes that logs tell of: {self._by} tests them{apart}"

    def notes(self) -> Iterator[str]:
        """Each scope by name: of which a log tells all the time between the snapshots, and of which none does."""
        if not self._by:
            return
        told, untold = self._sorted()
        if told:
            yield f"between snapshots a log tells what changed, and {self._by} tests it: {_named(told)}"
        if untold:
            text = "not observable between snapshots, whatever lived and died there in that time"
            yield f"{text}: {_named([f'{name} ({why})' for name, why in untold.items()])}"

    def _sorted(self) -> tuple[list[str], dict[str, str]]:
        told, untold = [], {}
        for name, scope in sorted(self._scopes.items()):
            why = self._untold(scope)
            if why:
                untold[name] = why
            else:
                told.append(name)
        return told, untold

    def _untold(self, scope: _Scope) -> str:
        """Of which time between snapshots no log tells; empty where one does of all."""
        if not scope.spans:
            return "no log tells of it"
        missing = [*_missing(scope, max(scope.first, self._period.start), min(scope.last, self._period.end))]
        days = [(self._period.day(first), self._period.day(last)) for first, last in missing]
        shown = [f"{first}" if first == last else f"{first} to {last}" for first, last in days]
        return f"no log tells of {', '.join(shown)}" if shown else ""


def _missing(scope: _Scope, first: datetime, last: datetime) -> Iterator[tuple[datetime, datetime]]:
    """The stretches between two moments of which no span tells."""
    reached = first
    for span in sorted(scope.spans, key=lambda span: span.first):
        if span.first >= last:
            break
        if span.first > reached:
            yield reached, span.first
        reached = max(reached, span.last)
    if reached < last:
        yield reached, last


def _named(names: list[str]) -> str:
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return "; ".join(names[:_NAMED]) + more
