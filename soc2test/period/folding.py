"""One control over all snapshots of a period: its counts, its verdict and the sentence that may be said of it."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime
from typing import Any

import msgspec

from soc2test.controls.control import Control
from soc2test.exceptions.revising import Revisions
from soc2test.period.accepting import Accepting
from soc2test.period.applying import Applying
from soc2test.period.between import Between
from soc2test.period.broken import Broken
from soc2test.period.calendar import Period, days_of, stretches
from soc2test.period.contradictions import Contradictions
from soc2test.period.coverage import Coverage, coverage
from soc2test.period.days_seen import DaysSeen
from soc2test.period.edges import Edges
from soc2test.period.events import Events
from soc2test.period.exempting import Exempting
from soc2test.period.exemptions_seen import ExemptionsSeen
from soc2test.period.lapses import as_a_whole
from soc2test.period.listing import Listing, Member, together
from soc2test.period.marks_results import of_marks
from soc2test.period.noted_then import ThenAndNow
from soc2test.period.observed import WHOLE, Key, Observed, Snapshot
from soc2test.period.parts import Parts, told
from soc2test.period.performances import UNITS, Ask, Performances
from soc2test.period.pruned_then import pruned_noted, pruned_text
from soc2test.period.rolling import Rolling
from soc2test.period.rows_seen import RowsSeen
from soc2test.period.scopes_seen import ScopesSeen
from soc2test.period.standing import stands, what_stands
from soc2test.period.states import States
from soc2test.period.taken_back import taken_back_marks, taken_back_text
from soc2test.period.unit_results import of_units
from soc2test.reports.period_view import out_lines
from soc2test.verdicts import ControlResult, OutDays, TakenBack

__all__ = ["Folded"]


class Folded:
    """Takes the snapshots of one control, oldest first: the newest of before the period, its own, those of after it."""

    def __init__(
        self,
        control: Control,
        period: Period,
        max_gap_days: int,
        today: date,
        *,
        reported: datetime,
        watched: Collection[str] = (),
        applying: Applying | None = None,
    ) -> None:
        """`reported` is the moment as of which it is reported, `watched` are ids of resources for which it is to say
        whether it held for them throughout.

        `applying` knows the days on which it was promised; without it, it was on all.
        """
        self.control, self._period, self._max_gap_days = control, period, max_gap_days
        self.applying = applying or Applying(period, max_gap_days)
        """on which days it was promised at all"""
        self._throughout = frozenset(watched)
        """those of them that each snapshot of the period so far shows among what it applies to"""
        counts_units = control.nature == "occurrence" and control.kind is None and bool(UNITS.keys() & control.limits)
        self._units = Performances(control, period, today, self.applying) if counts_units else None
        rolls = control.nature == "occurrence" and control.kind is None and self._units is None
        self._rolling = Rolling(period) if rolls and control.dated is not None else None
        self.rows = RowsSeen(period) if rolls or counts_units else None
        of_events = control.nature != "state" and control.kind is not None
        self._exemptions = ExemptionsSeen()
        """since when exemptions were in force"""
        self._marks: States | Events = (
            Events(period, self.applying, self._exemptions, reported, performances=control.nature == "occurrence")
            if of_events
            else States(period)
        )
        lapses = of_events and control.on_empty == "fail"
        self.lapses = States(period) if lapses else None
        """of single events or performances the days on which there were none"""
        self._days = DaysSeen(period, asks_a_second=control.complete is not None)
        self._newest: Observed | None = None
        self.broken = Broken()
        """over which snapshots of the period it broke, and on what"""
        self._said, self._taken_back = list[str](), list[TakenBack]()
        self._pruned, self.pruned = set[int](), list[Snapshot]()
        """whose runs noted a deviation and whose evidence is there no more: all by number, and those not taken back"""
        self._then = ThenAndNow()
        self._erased: dict[Key, list[tuple[Snapshot, str]]] = {}
        """what runs of then noted -> the snapshots of all runs that did, with what they said"""
        self.accepting = Accepting()
        """what waivers accepted in the period"""
        self.exempting = Exempting(reported)
        """what exemptions took out in the period"""
        self.between = Between(control.between, period)
        """what logs tell of the time between the snapshots"""
        self._edges = Edges(period)
        """of a state and of lapses: where days that count meet others"""
        self._contradictions = Contradictions(period)
        """days on which a second source showed more than its population"""
        self._scopes = ScopesSeen(period)
        """what was in soc2.yaml for a part of the time"""
        self._listing = Listing()
        self.members: tuple[Member, ...] = ()
        """of its population over the period, once there is a result"""

    def take(self, seen: Observed, ask: Ask, *, applies: bool = True) -> None:
        """One more snapshot; `ask` evaluates the control over it with other limits.

        One in which it does not apply tells nothing of a state. What it tells of events and performances counts where
        these are of days on which it applied.
        """
        seen = self._exemptions.take(seen)
        self._scopes.take(seen)
        counts = applies and self._period.shows(seen.snapshot.as_of, seen.seen_to)
        later = applies and self._rolling is not None  # a performance of the period may be told after it
        if counts or later or isinstance(self._marks, Events):  # of a state no other row is as the verdict says
            self._listing.take(seen)
        if applies:
            self._note_applied(seen, ask)
        else:
            self._days.take_beside(seen)
        if seen.snapshot.as_of >= self._period.start and (applies or seen.then not in (None, "not_applicable")):
            self.note_then(seen.snapshot, seen.erased)
        if self.rows is not None:
            self.rows.take(seen)
        if self._units is not None:
            self._units.take(seen, ask)
        elif isinstance(self._marks, Events):
            self._marks.take(seen)
            if not applies or seen.snapshot.as_of >= self._period.end:  # none of those that `exempting` took above
                day = self._period.day(seen.snapshot.as_of)
                self.exempting.follow(seen, day, self._marks.is_of_the_period)
            if self.lapses is not None:
                self._take_state(self.lapses, as_a_whole(seen), applies=applies, counts=counts)
        else:
            self._take_state(self._marks, seen, applies=applies, counts=counts)

    def _take_state(self, marks: States, seen: Observed, *, applies: bool, counts: bool) -> None:
        self._edges.take_exempt(seen, self._exemptions, marks.deviating)
        if counts:
            self._edges.take(seen)
        else:
            self._edges.take_beside(seen, marks.deviating, out=not applies)
        if applies:
            marks.not_seen_since(self._scopes.whole_before)
            marks.take(seen)
        else:
            marks.leave(seen.snapshot)

    def _note_applied(self, seen: Observed, ask: Ask) -> None:
        if seen.snapshot.as_of < self._period.end or self._newest is None:
            self._newest = seen
        self._days.take(seen)
        self._contradictions.take(seen)
        self.between.take(seen)
        if self._within(seen):
            self._note_within(seen)
        if self._rolling is not None:
            self._rolling.take(seen, seen.days, ask)

    def _note_within(self, seen: Observed) -> None:
        self.broken.take(seen)
        if self._throughout:
            self._throughout &= {id for _, id in seen.members}
        if seen.not_in_force:
            self._said.append(f"{seen.snapshot.shown} was recorded late: {seen.not_in_force}")
        else:
            self._then.take(seen.then, seen.result.verdict, seen.snapshot.number)
        day = self._period.day(seen.snapshot.as_of)
        self.accepting.take(seen, day)
        self.exempting.take(seen, day)

    def note_then(self, snapshot: Snapshot, deviations: Mapping[Key, str]) -> None:
        """What the run that recorded a snapshot noted, and today's test does not find, or can't be asked for."""
        for key, message in deviations.items():
            self._erased.setdefault(key, []).append((snapshot, message))

    def note_pruned(self, snapshot: Snapshot) -> None:
        """That the run which recorded a snapshot noted a deviation: its evidence is gone, and nothing says of what."""
        self._pruned.add(snapshot.number)
        self.note_then(snapshot, {WHOLE: pruned_text(snapshot)})

    def _within(self, seen: Observed) -> bool:
        return self._period.start <= seen.snapshot.as_of < self._period.end

    def result(self, revisions: Revisions) -> ControlResult | None:
        """What came of it; None where no snapshot was taken.

        A deviation that an earlier test noted and today's does not find stands, unless a revision takes it back.
        """
        if self._newest is None:
            return None
        for states in (self._marks, self.lapses):
            if isinstance(states, States):
                states.close()
        covered = self._by_its_dates(self._covered(self._days.whole))
        standing = self._standing(revisions)
        missing = self._contradictions.days - set(self.applying.days_out)
        if self._units is not None:
            due, together = tuple(self._units.due()), self._units.together
            notes = (*self.out_lines, *self.said)
            notes = (*notes, *self._scopes.lines(()))
            lacking = tuple(self._contradictions.lines(missing))
            then = stands(self.control, standing, self.pruned)
            parts = of_units(self.control, self._period, due, covered, then, notes, together, self.out_days, lacking)
            parts = msgspec.structs.replace(parts, **self._exempt_beside())
        else:
            parts = of_marks(self, covered, standing)
        self.members = tuple(self._listing.members(parts.members, parts.aside, parts.untold, self._row_marks))
        result = told(self._newest.result, parts, self.accepting.waivers())
        period = msgspec.structs.replace(
            parts.period,
            taken_back=tuple(self._taken_back),
            pruned=pruned_noted(self.pruned),
            known_missing=tuple(self._contradictions.told(missing)),
        )
        return msgspec.structs.replace(result, held_for=self._held_for(parts), period=period)

    def _exempt_beside(self) -> dict[str, Any]:
        """What is exempt beside units of the calendar: of a performance that is, no unit is performed."""
        exempt = {key: self.exempting.finding(key) for key in self.exempting.deviating}
        return {"aside": exempt, "exemptions": self.exempting.entries()}

    def _covered(self, seen: Collection[date]) -> Coverage:
        """The days of the period on which it applied, as far as those show them on which it was seen."""
        out = self.applying.days_out
        unclear, torn = self._edges.unclear, self._edges.torn
        if self.fell_due:  # which says more of the same days
            unclear, torn = set(), set()
        clear = set(seen) - unclear - self._contradictions.days - self._scopes.unseen
        torn = torn | self._untold
        beside = self._days.beside - self._scopes.unseen
        return coverage(self._period, clear, self._max_gap_days, beside=beside, out=out, torn=torn)

    @property
    def _untold(self) -> set[date]:
        """Days of which neither snapshots around them nor a later register tells: they lack what belonged to them."""
        return self._contradictions.days | self._scopes.torn

    @property
    def out_days(self) -> tuple[OutDays, ...]:
        """The days of the period on which it did not apply, with the entry, and what was found of them all the same."""
        if self._units is not None:
            return tuple(self.applying.told(self._units.days_beside()))
        return tuple(self.applying.told(self._marks.days_beside() if isinstance(self._marks, Events) else None))

    @property
    def out_lines(self) -> tuple[str, ...]:
        """The same in words, with what deviated meanwhile, and why an entry took nothing out."""
        return tuple(filter(None, (*out_lines(self.out_days), self._beside_line, self.applying.refused)))

    @property
    def _beside_line(self) -> str:
        """What deviates on days on which it did not apply, by name; empty where nothing does."""
        if self._units is not None:
            return self._units.beside_line()
        return self._marks.beside_line() if isinstance(self._marks, Events) else self._edges.out_line()

    def torn_lines(self, covered: Coverage) -> Iterator[str]:
        """Why days between two snapshots are not bridged, though these lie near enough."""
        missing = set(days_of(covered.not_evidenced))
        yield from self._contradictions.lines(missing)
        yield from self._scopes.lines(missing)
        yield from self._edges.torn_lines(missing)

    def _held_for(self, parts: Parts) -> tuple[str, ...]:
        """What it was to watch and looked at in each snapshot of the period, without anything found of it."""
        found = {id for (_, id) in parts.outcomes}
        return () if WHOLE in parts.outcomes else tuple(sorted(self._throughout - found))

    def _standing(self, revisions: Revisions) -> dict[Key, tuple[Snapshot, str]]:
        """Of what earlier tests noted that which nobody took back; after the period that of its own events alone."""
        own = self._marks.members() if isinstance(self._marks, Events) else {}
        found = what_stands(self._erased, own, self.control.id, self._period, revisions, self._pruned)
        self.pruned += found.pruned
        self._taken_back += found.taken_back
        return found.standing

    def _by_its_dates(self, covered: Coverage) -> Coverage:
        """A register that keeps its dates tells of earlier days too: one whole look at the end is enough for events.

        So it is for a performance of before the period that the end still counts: it counted on each day before.
        """
        of_events = isinstance(self._marks, Events)
        whole = self._days.at_the_end
        counted = self._rolling is not None and not self._rolling.performed
        counts = counted and whole is not None and whole.result.verdict == "pass"
        if whole is None or not (of_events or counts) or "system" in whole.result.rests_on:
            return covered
        untold = set(days_of(covered.not_evidenced))
        lacking = untold & (self._untold | self._edges.torn)
        if self.lapses is not None:  # of a day before the oldest that it lists no register says that there was one
            oldest = min(whole.days.values(), default=date.max)
            lacking |= {day for day in untold if day < oldest}
        return msgspec.structs.replace(
            covered, not_evidenced=stretches(lacking), by_register=stretches(untold - lacking)
        )

    # what `of_marks` asks

    @property
    def marks(self) -> "States | Events":
        """What the snapshots showed of resources."""
        return self._marks

    @property
    def days_of_events(self) -> Mapping[Key, date]:
        """The events of the period with their days, as far as these are told."""
        return self._marks.days() if isinstance(self._marks, Events) else {}

    @property
    def _row_marks(self) -> dict[Key, tuple[str, str]]:
        """What stands beside the outcomes of rows, in a word and in words."""
        if self._units is not None:
            return self._units.marks(self.control.kinds[0].__name__)
        late = self._rolling.marks() if self._rolling is not None else {}
        return together(self._marks.marks(), late, taken_back_marks(self._taken_back)) | self.broken.marks()

    def of_the_period(self, members: Mapping[Key, str]) -> dict[Key, str]:
        """Those of a population that count in the period: of performances those that happened in it."""
        return dict(members) if self._rolling is None else self._rolling.of_the_period(members)

    @property
    def performed(self) -> str:
        """On which days what is due within a span was performed; empty where nothing says so of the period."""
        if isinstance(self._marks, Events):
            return self._marks.performed
        return self._rolling.sentence if self._rolling is not None and self._rolling.performed else ""

    @property
    def counts_performances(self) -> bool:
        """True of a performance that is due within a span of the moment."""
        return self._rolling is not None or (self.lapses is not None and self.control.nature == "occurrence")

    @property
    def register_day(self) -> date | None:
        """The day of the newest whole look of the last day or after it."""
        return None if self._days.at_the_end is None else self._days.at_the_end.all_seen_on

    @property
    def empty_throughout(self) -> bool:
        """True where snapshots show for all of the period that there is nothing that it applies to."""
        seen = self._days.confirmed if self._needs_a_second else self._days.whole | self._days.empty
        return bool(self._days.empty) and not self._covered(seen).not_evidenced

    @property
    def _needs_a_second(self) -> bool:
        """True where an empty list means something by a second source alone, which the newest snapshot asked."""
        return self.control.agrees is not None and self.newest.result.verdict == "no_occurrences"

    def of_nothing(self, covered: Coverage) -> Coverage:
        """The days on which there was seen to be nothing: where a second source has to agree, those on which it did."""
        return self._by_its_dates(self._covered(self._days.confirmed)) if self._needs_a_second else covered

    @property
    def empty_lines(self) -> tuple[str, ...]:
        """The days on which snapshots show nothing to test, where others show something."""
        return tuple(self._days.empty_lines())

    @property
    def fell_due(self) -> str:
        """What the first snapshot after the period says of a performance that it does not show any more; else empty."""
        after = self._rolling.after if self._rolling is not None and not self._rolling.performed else None
        if after is None or after.result.verdict != "fail":
            return ""
        why = after.result.reason.text if after.result.reason is not None else after.result.title
        return f"it may have fallen due in the last days of the period: {after.snapshot.shown} says: {why}"

    @property
    def period(self) -> Period:
        """The period."""
        return self._period

    @property
    def not_due(self) -> str:
        """What is said where its performances lie outside of the period; empty where one lies in it."""
        if isinstance(self._marks, Events) and self.counts_performances and not self.exempting.deviating:
            return self._marks.not_due
        return "" if self._rolling is None else self._rolling.not_due

    @property
    def newest(self) -> Observed:
        """The newest snapshot of up to the period's end."""
        if self._newest is None:
            raise ValueError("no snapshot was taken")
        return self._newest

    @property
    def said(self) -> tuple[str, ...]:
        """Where the test of then said something else, what was taken back of it, and days that were recorded late."""
        taken_back = map(taken_back_text, self._taken_back)
        rows = self.rows.lines() if self.rows is not None else ()
        return (*rows, *self._then.lines(), *self._said, *self._days.late_lines(), *taken_back)
