"""Scopes that soc2.yaml declares for a part of the time: the population of a period is the union over its days.

A scope belongs to a control from the first snapshot that declares it to the first one that does not any more. Such a
snapshot shows nothing of it: days since it was last seen have no other side that bridges them. One that comes back
belonged to it all the time: snapshots without it show no day, and what shows it again bridges as far as any look does.
So taking out what could not be seen closes no gap, and neither does putting it back.
"""

from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime, timedelta

import msgspec

from soc2test.period.calendar import Period, stretches
from soc2test.period.observed import Observed, Snapshot
from soc2test.period.talking import stretches_text

__all__ = ["ScopesSeen"]

_DAY = timedelta(days=1)
_NAMED = 10


class _Declared(msgspec.Struct):
    """A scope from the first snapshot that declares it on."""

    name: str
    first: Snapshot
    began: date
    """the day that the first shows"""
    is_own: bool
    """the control's own population is listed by it, and not what it joins alone"""
    is_new: bool
    """a snapshot before the first does not declare it"""
    last: Snapshot
    shown: date
    """the newest day that a snapshot shows which declares it"""
    whole: date | None = None
    """the newest day on which all was seen, with it"""
    whole_at: datetime | None = None
    """its moment"""
    without: Snapshot | None = None
    """the first after it that does not declare it"""
    torn: set[date] = msgspec.field(default_factory=set)
    """days of it on which it was not seen, and that nothing bridges"""
    unseen: set[date] = msgspec.field(default_factory=set)
    """those of them of which snapshots that declare it tell; of one that came back, others too"""
    back: Snapshot | None = None
    """the first after `without` that declares it again"""


class ScopesSeen:
    """Takes the snapshots of one control, oldest first."""

    def __init__(self, period: Period) -> None:
        self._period = period
        self._known: Mapping[str, bool] | None = None
        """what the newest snapshot declares"""
        self._open: dict[str, _Declared] = {}
        self._all: list[_Declared] = []
        self.whole_before: datetime | None = None
        """where the newest snapshot shows a scope again: when all was seen last, with it"""

    def take(self, seen: Observed) -> None:
        """One more snapshot, whether the control applies in it or not."""
        self.whole_before = None
        if seen.scopes != self._known:
            self._change(seen)
        for scope in self._open.values():
            scope.last, scope.shown = seen.snapshot, max(scope.shown, seen.seen_on)
            if seen.shows_all:
                scope.whole = max(seen.seen_on, scope.whole or seen.seen_on)
                scope.whole_at = max(seen.seen_at, scope.whole_at or seen.seen_at)

    def _change(self, seen: Observed) -> None:
        """A scope that was taken out, or came."""
        for name in self._open.keys() - seen.scopes.keys():
            self._end(self._open.pop(name), seen.snapshot)
        new = seen.scopes.keys() - self._open.keys()
        for scope in self._all:
            if scope.back is None and scope.name in new:
                self._come_back(scope, seen)
        for name in sorted(new):
            self._open[name] = _Declared(
                name=name,
                first=seen.snapshot,
                began=seen.seen_on,
                is_own=seen.scopes[name],
                is_new=self._known is not None,
                last=seen.snapshot,
                shown=seen.seen_on,
            )
            self._all.append(self._open[name])
        self._known = seen.scopes

    def _end(self, scope: _Declared, without: Snapshot) -> None:
        """Until a snapshot shows that it is declared no more, it is not known to have been taken out."""
        scope.without = without
        first = scope.began if scope.whole is None else scope.whole + _DAY
        last = max(scope.shown, self._period.day(without.as_of) - _DAY)
        days = {first + number * _DAY for number in range((last - first).days + 1)}
        scope.torn, scope.unseen = days, {day for day in days if day <= scope.shown}

    def _come_back(self, scope: _Declared, seen: Observed) -> None:
        """It was not away: on the days without it all but it was seen."""
        scope.back = seen.snapshot
        first = scope.began if scope.whole is None else scope.whole + _DAY
        scope.unseen = {first + number * _DAY for number in range((seen.seen_on - first).days)}
        scope.torn = set()
        if scope.whole_at is not None:
            self.whole_before = min(scope.whole_at, self.whole_before or scope.whole_at)

    @property
    def torn(self) -> set[date]:
        """Days on which a scope was not seen, and that no snapshot without it bridges."""
        return {day for scope in self._all for day in scope.torn}

    @property
    def unseen(self) -> set[date]:
        """Those of them of which snapshots tell that declare the scope: one that does not declare it shows no day."""
        return {day for scope in self._all for day in scope.unseen}

    def lines(self, missing: Collection[date]) -> Iterator[str]:
        """Which scopes were declared for a part of the time, and which of the `missing` days are missing by them."""
        told = [scope for scope in self._all if scope.is_own or not (scope.torn | scope.unseen).isdisjoint(missing)]
        partly = [scope for scope in told if self._is_of_a_part(scope)]
        for scope in partly[:_NAMED]:
            since = f" since {self._dated(scope.first)}" if scope.is_new else ""
            until = "" if scope.without is None else f" up to {self._dated(scope.last)}"
            after = "" if scope.without is None else f", not in {self._dated(scope.without)}"
            yield f"{scope.name}: in soc2.yaml{since}{until}{after}{self._unseen_text(scope, missing)}"
        if partly[_NAMED:]:
            yield f"in soc2.yaml for a part of the time: {len(partly) - _NAMED} more"

    def _unseen_text(self, scope: _Declared, missing: Collection[date]) -> str:
        """The days of it that nobody saw: those that are missing, and of one that came back those that are bridged."""
        if scope.back is None:
            days = [day for day in sorted(scope.torn) if day in missing]
            why = "not seen, and not bridged by what does not declare it"
            return f"; {why}: {stretches_text(stretches(days))}" if days else ""
        days = [day for day in sorted(scope.unseen) if self._period.holds(day)]
        again = f", again in {self._dated(scope.back)}"
        return f"{again}; not seen in between: {stretches_text(stretches(days))}" if days else again

    def _is_of_a_part(self, scope: _Declared) -> bool:
        """True where snapshots of the period, or those just beside it, show it come or go."""
        came = scope.is_new and scope.first.as_of < self._period.end
        went = scope.without is not None and scope.last.as_of < self._period.end
        return came or went

    def _dated(self, snapshot: Snapshot) -> str:
        return f"{snapshot.shown} of {self._period.day(snapshot.as_of)}"
