"""One test over the days on which one of the company's own controls was in force and named it."""

from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date, timedelta

import msgspec

from soc2test.period.applying import Applying
from soc2test.period.calendar import Period
from soc2test.period.folding import Folded
from soc2test.period.force_days import Days
from soc2test.period.observed import Key, Observed, Snapshot
from soc2test.period.performances import Ask
from soc2test.verdicts import OutDays, TakenOut, Verdict

__all__ = ["OwnForce"]

_DAY = timedelta(days=1)
_BEYOND = TakenOut(
    form="no_population",
    detail="",
    reason="the control of the company's own that it looks at was not in force",
    owner="",
    approver="",
    since="",
    review_by="",
    found=Verdict.NOT_APPLICABLE,
)
"""stands for days that are not the control's; no report shows it"""


class _InForce(Applying):
    """Days on which the test applies, by soc2.yaml, that are also the control's."""

    def __init__(self, period: Period, max_gap_days: int, days: Days) -> None:
        super().__init__(period, max_gap_days)
        self._beyond = days

    def take(self, seen: Observed) -> bool:
        """True where the snapshot is of one of its days."""
        applies = super().take(seen)
        return applies and self._period.day(seen.snapshot.as_of) not in self._beyond.out

    @property
    def out(self) -> dict[date, TakenOut]:
        """The other days."""
        return dict.fromkeys(self._beyond.out, _BEYOND) | super().out

    def holds_for(self, days: Collection[date]) -> bool:
        """True of an event or a performance where one of its days is the control's.

        Where the file itself ended it on a day, nothing later is its own; where it was taken out of the file, what
        happened on that day may have happened before.
        """
        out = self.out
        return not days or any(day not in out or (self._may_hold(day) and day - _DAY not in out) for day in days)

    def _may_hold(self, day: date) -> bool:
        return day not in self._beyond.out or day in self._beyond.taken_out_on

    def told(self, deviating: Collection[date] | None = None) -> Iterator[OutDays]:
        """Those that soc2.yaml takes out: days on which the control was not in force are told in its row."""
        return (each for each in super().told(deviating) if each.by.reason != _BEYOND.reason)


class OwnForce:
    """Takes the snapshots of the test, oldest first."""

    def __init__(self, make: Callable[[Applying], Folded], period: Period, max_gap_days: int, days: Days) -> None:
        self._period, self._days = period, days
        self._applying = _InForce(period, max_gap_days, days)
        self.fold = make(self._applying)

    def take(self, seen: Observed, ask: Ask) -> None:
        """One more snapshot."""
        applies = self._applying.take(seen)
        if self._period.day(seen.snapshot.as_of) in self._days.out and seen.erased:
            seen = msgspec.structs.replace(seen, erased=self._own_events(seen))
        self.fold.take(seen, ask, applies=applies)

    def _own_events(self, seen: Observed) -> dict[Key, str]:
        """What the run of another day noted of the control's own days: of events alone that can be told."""
        days = seen.days
        return {key: text for key, text in seen.erased.items() if key in days and self._applying.holds_for([days[key]])}

    def note_then(self, snapshot: Snapshot, deviations: Mapping[Key, str], verdict: str | None) -> None:
        """What the run noted that recorded a snapshot which can't be tested any more."""
        if verdict != "not_applicable" and self._period.day(snapshot.as_of) not in self._days.out:
            self.fold.note_then(snapshot, deviations)

    def note_pruned(self, snapshot: Snapshot) -> None:
        """That the run noted a deviation which recorded a snapshot whose evidence was taken away."""
        if self._period.day(snapshot.as_of) not in self._days.out:
            self.fold.note_pruned(snapshot)
