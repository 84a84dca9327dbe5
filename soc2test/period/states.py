"""A state over a period: of each resource from when to when it deviated, as far as snapshots tell.

A snapshot tells of the moment of the oldest export of a system that it rests on, whenever it was recorded. One that
tells of an earlier moment than those before it adds what deviated then, and ends nothing.
"""

from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime

import msgspec

from soc2test.evaluation.exempt import exempt_by
from soc2test.period.calendar import Period
from soc2test.period.looks import Looks
from soc2test.period.observed import Key, Observed, Snapshot, of_record
from soc2test.period.talking import moment_text
from soc2test.period.unknown_days import UnknownDays
from soc2test.verdicts import Finding, Noted

__all__ = ["States"]


class _Open(msgspec.Struct):
    """A deviation that no snapshot shows to have ended."""

    finding: Finding
    """as the newest snapshot of up to the period's end shows it"""
    message: str
    """as the first shows it"""
    after: datetime | None
    """when it was last seen to hold, as far as it was seen whole"""
    at: datetime
    """when it was first seen to deviate"""
    by: Snapshot
    """that shows it first"""
    recurred: bool
    latest: Snapshot
    """the newest of up to the period's end that shows it"""
    shown: datetime
    """the newest moment at which any snapshot was for that shows it"""


class States:
    """Takes the snapshots of one control, oldest first: the last of before the period, its own, those of after it."""

    def __init__(self, period: Period) -> None:
        self._period = period
        self.members: dict[Key, str] = {}
        """each resource that it applied to in the period, with its source"""
        self.noted: list[Noted] = []
        self.findings: dict[Key, Finding] = {}
        """of each deviating resource the newest"""
        self.unsure: dict[Key, Finding] = {}
        """resources of which the newest snapshot that applies to them does not tell"""
        self._after: set[Key] = set()
        self._open: dict[Key, _Open] = {}
        self._ended: set[Key] = set()
        self._held: datetime | None = None
        """the moment at which all was seen last"""
        self._entries: set[str] = set()
        """ids of the exemptions that the newest snapshot of up to the period's end shows in force"""
        self._looks = Looks()
        """what was seen at which moment"""
        self._unknown = UnknownDays()
        self._latest: Mapping[Key, str] | None = None
        """the members of the newest snapshot of the period"""

    @property
    def after(self) -> int:
        """Resources that were first seen to deviate after the period."""
        return len(self._after)

    @property
    def deviating(self) -> Collection[Key]:
        """What was seen to deviate, and not yet seen not to any more."""
        return self._open.keys()

    def take(self, seen: Observed) -> None:
        """One more snapshot."""
        found = seen.findings
        deviating = {key: each for key, each in found.items() if each.outcome == "deviation"}
        deviating |= self._exempt_too_late(seen)
        unsure = {key: each for key, each in found.items() if each.outcome in ("unknown", "error")}
        counts = self._period.shows(seen.snapshot.as_of, seen.seen_to)
        if self._looks.is_of_before(seen):
            self._add(seen, deviating if counts else {}, unsure if counts else {})
            return
        for key in [*self._open]:
            self._look_again(key, seen, deviating, unsure, counts=counts)
        if counts:
            self._begin(seen, deviating)
        else:
            self._after |= {key for key in deviating if key not in self._open}
        if counts and seen.snapshot.as_of >= self._period.start:
            self._unknown.take(self._day(seen), _unknown(unsure), self.members)
            self._note_members(seen)
            self._note_unsure(seen, unsure)
        self._looks.take(seen)
        if seen.whole:
            self._held = seen.seen_at

    def _exempt_too_late(self, seen: Observed) -> dict[Key, Finding]:
        """What deviates in an export of the last days, and is exempt by an entry of after the period alone."""
        entries = {each.id for each in seen.result.exemptions}
        if seen.snapshot.as_of < self._period.end:
            self._entries = entries
            return {}
        if seen.seen_to >= self._period.end or entries <= self._entries:
            return {}
        late = {
            key: each for key, each in seen.findings.items() if each.outcome == "exempt" and each.found == "deviation"
        }
        return {
            key: msgspec.structs.replace(each, outcome="deviation", found=None)
            for key, each in late.items()
            if exempt_by(each) not in self._entries
        }

    def _day(self, seen: Observed) -> date:
        """The day of its exports; that of the snapshot where they are of another time than the period."""
        return seen.seen_on if self._period.holds(seen.seen_on) else self._period.day(seen.snapshot.as_of)

    def marks(self) -> dict[Key, tuple[str, str]]:
        """Resources that are not simply told: in a word beside the outcome of those that hold, and in words."""
        return self._unknown.marks()

    def _note_members(self, seen: Observed) -> None:
        if seen.members is not self._latest:
            self.members.update(seen.members)
            self._latest = seen.members

    def _add(self, seen: Observed, deviating: Mapping[Key, Finding], unsure: Mapping[Key, Finding]) -> None:
        """What a snapshot tells of an earlier moment than one before it: it makes nothing better."""
        for key, finding in deviating.items():
            self._add_deviation(key, finding, seen)
        if seen.snapshot.as_of >= self._period.start and (deviating or unsure):
            self._unknown.take(self._day(seen), _unknown(unsure), self.members)
            self._note_members(seen)
            self.unsure |= {key: seen.of_record(finding) for key, finding in unsure.items()}

    def _add_deviation(self, key: Key, finding: Finding, seen: Observed) -> None:
        at, after = seen.seen_at, self._looks.held_before(seen.seen_at)
        was, own = self._open.get(key), [each for each in self.noted if (each.kind, each.resource) == key]
        if (was is not None and was.at <= at) or any(_covers(each, at) for each in own):
            return
        held = self._looks.held_after(key, at)
        later = [each for each in own if datetime.fromisoformat(each.by) > at]
        following = min((datetime.fromisoformat(each.by) for each in later), default=was.at if was else None)
        if following is not None and (held is None or following <= held.at):
            for each in later:
                if datetime.fromisoformat(each.by) == following:
                    self._replace(each, after, seen)
            if was is not None and not later:
                was.at, was.by, was.after, was.message = at, seen.snapshot, after, finding.message
            return
        new = _Open(
            finding=finding,
            message=finding.message,
            after=after,
            at=at,
            by=seen.snapshot,
            recurred=any(datetime.fromisoformat(each.by) < at for each in own),
            latest=seen.snapshot,
            shown=at,
        )
        if held is None:
            self._open[key] = new
            return
        self._ended.add(key)
        kept = self.findings.get(key)
        self._note(key, new, held.snapshot, held.at, "holds" if key in held.members else "gone")
        if kept is not None:
            self.findings[key] = kept
        if was is not None:
            was.recurred = True
        for each in later:
            self.noted[self.noted.index(each)] = msgspec.structs.replace(each, recurred=True)

    def _replace(self, each: Noted, after: datetime | None, seen: Observed) -> None:
        """An interval that began earlier."""
        self.noted[self.noted.index(each)] = msgspec.structs.replace(
            each,
            after=None if after is None else moment_text(after),
            by=moment_text(seen.seen_at),
            record=seen.snapshot.number,
            recorded=self._recorded(seen.seen_at, seen.snapshot),
        )

    def not_seen_since(self, moment: datetime | None) -> None:
        """Snapshots since a moment lacked what the next one shows: they were not whole. None: they lacked nothing."""
        if moment is not None and self._held is not None:
            self._held = min(self._held, moment)

    def leave(self, snapshot: Snapshot) -> None:
        """One more snapshot, in which the control does not apply: what deviated did so up to it; nobody saw it hold."""
        for key in [*self._open]:
            self._note(key, self._open.pop(key), snapshot, snapshot.as_of, "not_applicable")
        self._held = None
        self._looks.leave()

    def _look_again(
        self, key: Key, seen: Observed, deviating: dict[Key, Finding], unsure: dict[Key, Finding], *, counts: bool
    ) -> None:
        """Whether something that deviated does so still; what is exempt meanwhile has not ended."""
        exempt = seen.findings.get(key)
        if exempt is not None and exempt.outcome == "exempt":
            return
        if key in deviating:
            self._open[key].shown = max(self._open[key].shown, seen.snapshot.as_of)
            if counts:
                self._open[key].latest = seen.snapshot
                self._open[key].finding = deviating[key]
        elif key in seen.members and key not in unsure:
            self._end(key, seen, "holds")
        elif key not in seen.members and key not in unsure and seen.shows_all:
            self._end(key, seen, "holds" if key == ("", "") else "gone")

    def _begin(self, seen: Observed, deviating: dict[Key, Finding]) -> None:
        snapshot, at = seen.snapshot, seen.seen_at
        if self._held is not None and at <= self._held:  # of another export than the oldest one, which is as it was
            at = snapshot.as_of
        for key, finding in deviating.items():
            if key not in self._open:
                recurred = key in self._ended
                self._open[key] = _Open(
                    finding=finding,
                    message=finding.message,
                    after=self._held,
                    at=at,
                    by=snapshot,
                    recurred=recurred,
                    latest=snapshot,
                    shown=snapshot.as_of,
                )

    def _end(self, key: Key, seen: Observed, how: str) -> None:
        """It ended no sooner than a snapshot was for that shows it."""
        was = self._open.pop(key)
        self._ended.add(key)
        at = seen.seen_at if seen.seen_at > was.shown else seen.snapshot.as_of
        self._note(key, was, seen.snapshot, at, how)

    def _note(self, key: Key, was: _Open, until: Snapshot | None, at: datetime | None, how: str) -> None:
        if until is not None and until.as_of < self._period.start:
            return  # it was over before
        kind, resource = key
        self.findings[key] = of_record(was.finding, was.latest)
        self.noted.append(
            Noted(
                resource=resource,
                kind=kind,
                message=was.message,
                after=None if was.after is None else moment_text(was.after),
                by=moment_text(was.at),
                until=None if at is None else moment_text(at),
                ended=how,  # type: ignore[arg-type]
                recurred=was.recurred,
                record=was.by.number,
                recorded=self._recorded(was.at, was.by),
            )
        )

    def _recorded(self, at: datetime, by: Snapshot) -> str | None:
        """The day of the recording where it is another than that of the exports."""
        day = self._period.day(by.recorded_at)
        return None if day == self._period.day(at) else day.isoformat()

    def _note_unsure(self, seen: Observed, unsure: dict[Key, Finding]) -> None:
        """What is unknown now and was told before stays unknown: the newest word counts."""
        for key in [*self.unsure]:
            if key in seen.members and key not in unsure:
                del self.unsure[key]
        self.unsure |= {key: seen.of_record(finding) for key, finding in unsure.items()}

    def close(self) -> None:
        """There are no more snapshots."""
        for key, was in self._open.items():
            self._note(key, was, None, None, "open")
        self._open = {}

    def outcomes(self) -> Iterator[tuple[Key, Finding]]:
        """The finding of each resource that does not simply hold, deviations before what is unknown."""
        yield from self.findings.items()
        yield from ((key, each) for key, each in self.unsure.items() if key not in self.findings)


def _covers(each: Noted, at: datetime) -> bool:
    """True where a moment lies in an interval that ended."""
    until = None if each.until is None else datetime.fromisoformat(each.until)
    return datetime.fromisoformat(each.by) <= at and (until is None or at < until)


def _unknown(unsure: Mapping[Key, Finding]) -> set[Key]:
    """Those of which nothing is told, without those on which the control broke."""
    return {key for key, finding in unsure.items() if finding.outcome == "unknown"}
