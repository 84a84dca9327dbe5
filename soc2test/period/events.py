"""Events over a period: each counted once, though seen in many snapshots, by the worst that any of them tells.

An event belongs to the period if it happened in it, or if its limit ended in it. One that is exempt counts beside them
where its exemption was in force when its limit ended: nothing is exempt afterwards.
"""

from collections.abc import Iterator
from datetime import date, datetime

import msgspec

from soc2test.evaluation.event_days import day_within
from soc2test.evaluation.exempt import by_itself, exempt_by
from soc2test.period.applying import Applying
from soc2test.period.calendar import Period
from soc2test.period.event_notes import LATE, OPEN_AFTER, first_without, late_text, notes_of
from soc2test.period.exemptions_seen import ALWAYS, ExemptionsSeen
from soc2test.period.observed import Key, Observed, Snapshot
from soc2test.period.talking import moment_text
from soc2test.period.when_performed import not_due_text, performed_text
from soc2test.verdicts import Finding, Noted

__all__ = ["Events"]


_NAMED = 10
_BY_OLDEST = "the oldest that are known"


class _Event(msgspec.Struct):
    day: date | None
    source: str
    first: Snapshot
    """that shows it"""
    newest: Finding | None
    """what the newest snapshot says of it; None where it holds"""
    last: Snapshot
    promised: bool = True
    """False as long as each snapshot shows it exempt"""
    deviation: Finding | None = None
    shown_by: Snapshot | None = None
    """the first that shows the deviation"""
    limit_ends: datetime | None = None
    """as long as it was pending"""
    told: set[date] = msgspec.field(default_factory=set)
    """each day that a snapshot told"""
    deviates_within: bool = False
    """a snapshot of the period shows the deviation"""
    held: Snapshot | None = None
    """the newest before that one, which shows it to hold or pending still"""
    corrected: Snapshot | None = None
    """what holds no more than this shows that a deviation was"""


class Events:
    """Takes the snapshots of one control, oldest first: the last of before the period, its own, those of after it."""

    def __init__(
        self,
        period: Period,
        applying: Applying,
        exemptions: ExemptionsSeen,
        reported: datetime,
        *,
        performances: bool = False,
    ) -> None:
        """`reported` is the moment as of which it is reported: a limit that ended before it is open no more.

        `performances`: each is what somebody had to do, and did.
        """
        self._performances = performances
        self._period, self._applying, self._exemptions, self._reported = period, applying, exemptions, reported
        self._events: dict[Key, _Event] = {}
        self._looks: list[tuple[date, Snapshot]] = []
        """those that show all of the population, with the company's day of each"""
        self._first: tuple[date, bool] | None = None
        """the day of the first snapshot, and whether the control has limits"""
        self._by_hand = False
        self._open_after: dict[Key, str] = {}
        """what tells a moment after which earlier snapshots showed it open, in words"""
        self._edits: dict[str, Snapshot] = {}
        """what is told otherwise than before, in words -> the first snapshot that does"""

    def take(self, seen: Observed) -> None:
        """One more snapshot."""
        if self._first is None:
            self._first = self._period.day(seen.snapshot.as_of), bool(seen.result.limits)
        self._by_hand = "system" not in seen.result.rests_on
        if seen.whole:
            self._looks.append((self._period.day(seen.snapshot.as_of), seen.snapshot))
        for key, text in seen.open_after.items():
            if not self._open_after.get(key, "").startswith(text):
                self._open_after[key] = f"{text}, told since {seen.snapshot.shown}"
        for text in seen.edited:
            self._edits.setdefault(text, seen.snapshot)
        for key, source in seen.members.items():
            self._meet(key, source, seen)
        for key, finding in seen.findings.items():
            if finding.outcome == "exempt":
                self._meet_exempt(key, finding, seen)
            elif key in self._events:
                self._events[key].last = seen.snapshot

    def _meet(self, key: Key, source: str, seen: Observed) -> None:
        day, snapshot, found = self._day(key, seen), seen.snapshot, seen.findings.get(key)
        finding = None if found is None else seen.of_record(found)
        event = self._events.get(key)
        if event is None:
            event = self._events[key] = _Event(day=day, source=source, first=snapshot, newest=finding, last=snapshot)
        event.promised = True
        event.told |= {*seen.several.get(key, ())} or ({day} if day is not None else set())
        event.day, event.newest, event.last = day or event.day, finding, snapshot
        if event.deviation is None and (finding is None or finding.outcome == "pending"):
            event.held = snapshot
        if finding is None:
            if event.deviation is not None and event.corrected is None:
                event.corrected = snapshot
            return
        if finding.outcome == "deviation":
            self._note_deviation(event, finding, snapshot)
        if finding.outcome == "pending" and finding.until is not None:
            event.limit_ends = datetime.fromisoformat(finding.until)

    def _note_deviation(self, event: _Event, finding: Finding, snapshot: Snapshot) -> None:
        if self._period.start <= snapshot.as_of < self._period.end:
            event.deviates_within = True
        if event.deviation is None:
            event.deviation, event.shown_by = finding, snapshot

    def _meet_exempt(self, key: Key, finding: Finding, seen: Observed) -> None:
        """What is exempt was not taken away; where it was open past its limit by then, no entry takes that back."""
        day, snapshot, found = seen.exempt_days.get(key), seen.snapshot, seen.of_record(finding)
        event = self._events.get(key)
        if event is None:
            event = self._events[key] = _Event(
                day=day, source=finding.source, first=snapshot, newest=found, last=snapshot, promised=False
            )
        event.told |= {day} if day is not None else set()
        event.day, event.newest, event.last = day or event.day, found, snapshot
        if event.deviation is None and finding.found in (None, "pending"):
            event.held = snapshot
        if finding.found == "pending" and finding.until is not None:
            event.limit_ends = datetime.fromisoformat(finding.until)
        itself = by_itself(found)
        if itself is None or itself.outcome != "deviation":
            return
        too_late = self._exempt_too_late(event, finding, snapshot)
        if too_late:
            event.promised = True
            self._note_deviation(
                event, msgspec.structs.replace(itself, message=f"{itself.message} ({too_late})"), snapshot
            )

    def _exempt_too_late(self, event: _Event, finding: Finding, snapshot: Snapshot) -> str:
        """Why the entry that covers an event which deviates was in force too late for it; empty where it was in time.

        Where nobody saw it pending its limit may have ended on its own day: the entry is asked to be older.
        """
        since, by = self._exemptions.since(finding), exempt_by(finding)
        if since == ALWAYS:
            return ""
        if since is None:
            return f"{by} was not in force then"
        began = self._period.day(since)
        if event.limit_ends is not None:
            ended = since > event.limit_ends
            return f"{by} is in force since {began}: its limit had ended {_minute(event.limit_ends)}" if ended else ""
        if event.day is None:
            return f"{by} is in force since {began}: when this happened is not known" if event.promised else ""
        before = began < event.day or (began == event.day and since < snapshot.as_of)
        return "" if before else f"{by} is in force since {began}: this happened {event.day}"

    def _day(self, key: Key, seen: Observed) -> date | None:
        """Of one that stands for several the day of the period that dates it."""
        days = seen.several.get(key)
        return seen.days.get(key) if days is None else day_within(days, self._period.first, self._period.last)

    def _was_promised(self, event: _Event) -> bool:
        """True of an event of days on which the control applied, or whose limit ended on one."""
        days = set(event.told)
        if days and event.limit_ends is not None:
            days.add(self._period.day(event.limit_ends))
        return self._applying.holds_for(days)

    def _beside(self) -> dict[Key, _Event]:
        """Events that deviate and are counted for none, since the control did not apply on their days."""
        deviating = {key: event for key, event in self._events.items() if event.deviation is not None}
        return {key: event for key, event in deviating.items() if not self._was_promised(event)}

    def days_beside(self) -> list[date]:
        """The days of these."""
        return [day for event in self._beside().values() for day in event.told]

    def beside_line(self) -> str:
        """Those of the period by name, with the record that shows each first; empty where there is none."""
        named = [
            f"{kind}({resource}) of {event.day} in {event.shown_by.shown}"
            for (kind, resource), event in self._beside().items()
            if event.shown_by is not None and any(map(self._period.holds, event.told))
        ]
        more = f" and {len(named) - _NAMED} more" if len(named) > _NAMED else ""
        return f"deviating while it was not applicable: {'; '.join(named[:_NAMED])}{more}" if named else ""

    def is_of_the_period(self, key: Key) -> bool:
        """True of an event of the period, one that is exempt too."""
        event = self._events.get(key)
        return event is not None and self._lies_in(event)

    def _belongs(self, event: _Event) -> bool:
        return event.promised and self._lies_in(event)

    def _lies_in(self, event: _Event) -> bool:
        if not self._was_promised(event) or self._was_withdrawn(event):
            return False
        if not event.told or any(map(self._period.holds, event.told)):
            return True
        return min(event.told) < self._period.first and self._carried(event)

    def _was_withdrawn(self, event: _Event) -> bool:
        """True of what was told before its day alone, and is in the population no more: it was planned."""
        if not event.told or event.newest is not None or event.deviation is not None:
            return False
        ahead = min(event.told) > self._period.day(event.last.as_of)
        return ahead and first_without(event, self._looks) is not None

    def _carried(self, event: _Event) -> bool:
        """True where its limit ended in the period or later, though it happened before."""
        return event.limit_ends is not None and event.limit_ends >= self._period.start

    def members(self) -> dict[Key, str]:
        """Each event of the period, with its source."""
        return {key: event.source for key, event in self._events.items() if self._belongs(event)}

    def days(self) -> dict[Key, date]:
        """Each event of the period whose day is told, with the newest that was."""
        return {key: each.day for key, each in self._events.items() if each.day is not None and self._belongs(each)}

    def marks(self) -> dict[Key, tuple[str, str]]:
        """Events of which what is told is doubtful: in a word beside the outcome of those that hold, and in words."""
        late = self.late_ones()
        marks = {key: (LATE, f"{LATE}: {text}") for key, text in late.items()}
        for key, text in self._open_ones().items():
            words = f"{marks[key][1]}; {text}" if key in marks else text
            marks[key] = (f"{LATE}, {OPEN_AFTER}" if key in marks else OPEN_AFTER, words)
        return marks

    def _open_ones(self) -> dict[Key, str]:
        """Events of the period of which a moment is told that earlier snapshots contradict."""
        return {key: text for key, text in self._open_after.items() if self._belongs(self._events[key])}

    def late_ones(self) -> dict[Key, str]:
        """Events of the period that were first seen late, in words."""
        own = {key: event for key, event in self._events.items() if self._belongs(event)}
        return {key: text for key, event in own.items() if (text := self._late(event))}

    def _late(self, event: _Event) -> str:
        return late_text(event, self._looks, self._period, is_performance=self._performances)

    @property
    def performed(self) -> str:
        """On which days of the period what was due was performed; empty where a day is not told, or of other events."""
        days = sorted(self.days().values())
        if not self._performances or len(days) < len(self.members()):
            return ""
        return performed_text(days, [*self.late_ones().values()])

    @property
    def not_due(self) -> str:
        """What is said where one of before the period counted in it; empty where none did, or one of these deviates."""
        before = [event for event in self._events.values() if self._counted_from_before(event)]
        if self.earlier() or self.members() or not before:
            return ""
        last = max(before, key=lambda event: (event.day or date.min, event.first.number))
        return not_due_text(last.day, self._late(last))

    def _counted_from_before(self, event: _Event) -> bool:
        of_before = bool(event.told) and max(event.told) < self._period.first
        return event.promised and of_before and event.newest is None and event.deviation is None

    @property
    def carried_in(self) -> int:
        """Events from before whose limit ended in the period: those of which any day lies in it belong by that."""
        mine = [event for event in self._events.values() if self._belongs(event)]
        return sum(bool(event.told) and not any(map(self._period.holds, event.told)) for event in mine)

    @property
    def after(self) -> int:
        """Events that happened after the period."""
        days = [event.day for event in self._events.values() if event.promised and not self._belongs(event)]
        return sum(day is not None and day > self._period.last for day in days)

    def earlier(self) -> list[str]:
        """Events of before that snapshots of the period show to deviate: another period's, perhaps open still."""
        return [
            f"{kind}({resource}) of {event.day}{self._by_limits(event)}"
            for (kind, resource), event in self._events.items()
            if event.deviates_within and not self._belongs(event) and min(event.told) < self._period.first
        ]

    @property
    def by_oldest_limits(self) -> date | None:
        """The day of the limits by which some of the earlier ones deviate; None where those of their days are known."""
        told = self._first is not None and any(text.endswith(_BY_OLDEST) for text in self.earlier())
        return self._first[0] if told and self._first is not None else None

    def _by_limits(self, event: _Event) -> str:
        """Of an event of before all snapshots nobody knows which limits were in force on its day."""
        if self._first is None or not self._first[1] or event.day is None or event.day >= self._first[0]:
            return ""
        return f" by the limits of {self._first[0]}, {_BY_OLDEST}"

    def noted(self) -> Iterator[Noted]:
        """The deviations, in the order in which they were first seen."""
        for (kind, resource), event in self._events.items():
            if event.deviation is None or event.shown_by is None or not self._belongs(event):
                continue
            before = None if event.held is None else event.held.as_of
            yield Noted(
                resource=resource,
                kind=kind,
                message=event.deviation.message,
                after=None if before is None else moment_text(before),
                by=moment_text(event.shown_by.as_of),
                until=None,
                ended="event",
                recurred=False,
                record=event.shown_by.number,
            )

    def outcomes(self) -> Iterator[tuple[Key, Finding]]:
        """The finding of each event that does not simply hold: a deviation that any snapshot shows, else the newest."""
        for key, event in self._events.items():
            if self._belongs(event):
                finding = event.deviation or self._or_untold(event)
                if finding is not None and finding.outcome != "exempt":
                    yield key, finding

    @property
    def exempt(self) -> set[Key]:
        """Events that the newest snapshot shows exempt, and not simply to hold."""
        newest = {key: event.newest for key, event in self._events.items() if event.deviation is None}
        return {key for key, each in newest.items() if each is not None and each.outcome == "exempt" and each.found}

    def _or_untold(self, event: _Event) -> Finding | None:
        """What the newest snapshot says of it; that nobody can tell, where it was pending and nobody saw how it ended.

        That is so where it is there no more, and where its limit ended before the moment as of which it is reported.
        """
        finding = event.newest
        if finding is None or "pending" not in (finding.outcome, finding.found) or event.limit_ends is None:
            return finding
        ends, last = _minute(event.limit_ends), event.last.shown
        without = first_without(event, self._looks)
        if event.limit_ends < self._reported:
            exempt = f", in which it was exempt by {exempt_by(finding)}" if finding.found else ""
            text = f"its limit ended {ends}, and no snapshot after {last} tells of it{exempt}"
        elif without is not None:
            gone = f"pending in {last}, and not in the population since {self._looks[without][1].shown}"
            text = f"{gone}: its limit ends {ends}, and nobody will see how"
        else:
            return finding
        return msgspec.structs.replace(finding, outcome="unknown", message=text, until=None, found=None)

    def notes(self) -> Iterator[str]:
        """What was edited after it had been told, and what deviates from before."""
        yield from (f"{text}, since {snapshot.shown}" for text, snapshot in self._edits.items())
        if earlier := self.earlier():
            more = f" and {len(earlier) - _NAMED} more" if len(earlier) > _NAMED else ""
            yield f"of before the period, and deviating in its snapshots: {', '.join(earlier[:_NAMED])}{more}"
        withdrawn = [
            f"{kind}({resource}) of {min(event.told)} in {event.last.shown}"
            for (kind, resource), event in self._events.items()
            if self._was_withdrawn(event) and any(map(self._period.holds, event.told))
        ]
        if withdrawn:
            more = f" and {len(withdrawn) - _NAMED} more" if len(withdrawn) > _NAMED else ""
            named = "; ".join(withdrawn[:_NAMED])
            yield f"told before its day, and in the population no more when it came: {named}{more}"
        own = {key: event for key, event in self._events.items() if self._belongs(event)}
        edited = {text.partition(": ")[0] for text in self._edits}
        listed = [event for event in self._events.values() if event.promised]
        yield from notes_of(
            own, listed, self._looks, edited, self.late_ones(), self._open_ones(), by_hand=self._by_hand
        )
        for (kind, resource), event in own.items():
            if event.corrected is not None and event.shown_by is not None:
                yield (
                    f"{kind}({resource}): {event.shown_by.shown} shows the deviation, {event.corrected.shown} does not "
                    "any more: it stands"
                )


def _minute(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"
