"""One control over a period: on all of its days, or on those alone on which it was promised."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from soc2test.exceptions.revising import Revisions
from soc2test.period.applying import Applying
from soc2test.period.calendar import Period
from soc2test.period.folding import Folded
from soc2test.period.listing import Member
from soc2test.period.observed import Key, Observed, Snapshot
from soc2test.period.performances import Ask
from soc2test.verdicts import ControlResult

__all__ = ["OwnDays"]

Make = Callable[[Applying], Folded]


class OwnDays:
    """Takes the snapshots of one control, oldest first, as `Folded` does.

    A control that soc2.yaml takes out in some snapshots of the period is judged over the others. One that it takes out
    in each is evaluated over all of them all the same, as in single runs: what stands in its place is judged by what
    came of the whole period.
    """

    def __init__(self, make: Make, period: Period, max_gap_days: int) -> None:
        """`make` begins to fold the control by the days on which it applies."""
        self._period = period
        self._applying = Applying(period, max_gap_days)
        self._own = make(self._applying)
        self._all: Folded | None = make(Applying(period, max_gap_days))
        """as if it had applied on each day; None once a snapshot of the period shows that it did on one"""
        self._out_once = False
        self.control = self._own.control

    def take(self, seen: Observed, ask: Ask) -> None:
        """One more snapshot; `ask` evaluates the control over it with other limits."""
        applies = self._applying.take(seen)
        if self._period.start <= seen.snapshot.as_of < self._period.end:
            self._out_once |= not applies
            if applies:
                self._all = None
        self._own.take(seen, ask, applies=applies)
        if self._all is not None:
            self._all.take(seen, ask)

    def note_then(self, snapshot: Snapshot, deviations: Mapping[Key, str], verdict: str | None) -> None:
        """What the run noted that recorded a snapshot which can't be tested any more, and its verdict."""
        if verdict != "not_applicable":
            self._own.note_then(snapshot, deviations)
        if self._all is not None:
            self._all.note_then(snapshot, deviations)

    def note_pruned(self, snapshot: Snapshot) -> None:
        """That the run noted a deviation which recorded a snapshot whose evidence was taken away."""
        self._own.note_pruned(snapshot)
        if self._all is not None:
            self._all.note_pruned(snapshot)

    @property
    def partly_out(self) -> bool:
        """True where snapshots of the period show it taken out, and others do not."""
        return self._out_once and self._all is None

    @property
    def _folded(self) -> Folded:
        return self._own if self._all is None else self._all

    @property
    def members(self) -> Sequence[Member]:
        """Of its population over the period, once there is a result."""
        return self._folded.members

    @property
    def days_of_events(self) -> Mapping[Key, date]:
        """The events of the period with their days, as far as these are told."""
        return self._folded.days_of_events

    def result(self, revisions: Revisions) -> ControlResult | None:
        """What came of it; None where no snapshot was taken."""
        return self._folded.result(revisions)
