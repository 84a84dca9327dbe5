"""A state over a period: of each resource from when to when it deviated, as far as snapshots tell."""

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime

import msgspec

from soc2test.period.calendar import Period
from soc2test.period.observed import Key, Observed, Snapshot, of_record
from soc2test.period.talking import moment_text
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
    by: Snapshot
    recurred: bool
    latest: Snapshot
    """the newest of up to the period's end that shows it"""


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
        unsure = {key: each for key, each in found.items() if each.outcome in ("unknown", "error")}
        for key in [*self._open]:
            self._look_again(key, seen, deviating, unsure)
        within = self._period.start <= seen.snapshot.as_of < self._period.end
        if seen.snapshot.as_of >= self._period.end:
            self._after |= {key for key in deviating if key not in self._open}
        else:
            self._begin(seen, deviating)
        if within:
            if seen.members is not self._latest:
                self.members.update(seen.members)
                self._latest = seen.members
            self._note_unsure(seen, unsure)
        if seen.whole:
            self._held = seen.seen_at

    def leave(self, snapshot: Snapshot) -> None:
        """One more snapshot, in which the control does not apply: what deviated did so up to it; nobody saw it hold."""
        for key in [*self._open]:
            self._note(key, self._open.pop(key), snapshot, "not_applicable")
        self._held = None

    def _look_again(self, key: Key, seen: Observed, deviating: dict[Key, Finding], unsure: dict[Key, Finding]) -> None:
        """Whether something that deviated does so still; what is exempt meanwhile has not ended."""
        exempt = seen.findings.get(key)
        if exempt is not None and exempt.outcome == "exempt":
            return
        if key in deviating:
            if seen.snapshot.as_of < self._period.end:
                self._open[key].latest = seen.snapshot
                self._open[key].finding = deviating[key]
        elif key in seen.members and key not in unsure:
            self._end(key, seen.snapshot, "holds")
        elif key not in seen.members and key not in unsure and seen.whole:
            self._end(key, seen.snapshot, "holds" if key == ("", "") else "gone")

    def _begin(self, seen: Observed, deviating: dict[Key, Finding]) -> None:
        snapshot = seen.snapshot
        for key, finding in deviating.items():
            if key not in self._open:
                recurred = key in self._ended
                self._open[key] = _Open(
                    finding=finding,
                    message=finding.message,
                    after=self._held,
                    by=snapshot,
                    recurred=recurred,
                    latest=snapshot,
                )

    def _end(self, key: Key, snapshot: Snapshot, how: str) -> None:
        was = self._open.pop(key)
        self._ended.add(key)
        self._note(key, was, snapshot, how)

    def _note(self, key: Key, was: _Open, until: Snapshot | None, how: str) -> None:
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
                by=moment_text(was.by.as_of),
                until=None if until is None else moment_text(until.as_of),
                ended=how,  # type: ignore[arg-type]
                recurred=was.recurred,
                record=was.by.number,
            )
        )

    def _note_unsure(self, seen: Observed, unsure: dict[Key, Finding]) -> None:
        """What is unknown now and was told before stays unknown: the newest word counts."""
        for key in [*self.unsure]:
            if key in seen.members and key not in unsure:
                del self.unsure[key]
        self.unsure |= {key: seen.of_record(finding) for key, finding in unsure.items()}

    def close(self) -> None:
        """There are no more snapshots."""
        for key, was in self._open.items():
            self._note(key, was, None, "open")
        self._open = {}

    def outcomes(self) -> Iterator[tuple[Key, Finding]]:
        """The finding of each resource that does not simply hold, deviations before what is unknown."""
        yield from self.findings.items()
        yield from ((key, each) for key, each in self.unsure.items() if key not in self.findings)
