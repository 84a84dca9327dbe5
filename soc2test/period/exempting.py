"""What exemptions took out in a period: for each snapshot by its own exemptions.yaml, and the days that come of it.

An exemption of some of the days makes nothing pass: a resource that deviated under one is exempt over the period, with
the days and the entry, also where the entry is gone at the end.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime

import msgspec

from soc2test.evaluation.exempt import exempt_by
from soc2test.period.observed import Key, Observed
from soc2test.period.talking import minute_text
from soc2test.verdicts import ExemptDays, Exemption, Finding

__all__ = ["Exempting"]

_WORST_FIRST = ("deviation", "error", "unknown", None, "pending")
"""what was pending is so no more once it is seen to hold"""


class _Part(msgspec.Struct):
    """Days in a row of one resource under one exemption, as far as snapshots have shown them."""

    by: str
    first: date
    last: date
    finding: Finding
    """the first of the worst that was found on them"""


class _InForce(msgspec.Struct):
    """An entry, as the newest snapshot that shows it has it."""

    entry: Exemption
    first: date
    last: date


class Exempting:
    """Takes what the snapshots of a period show of one control, oldest first."""

    def __init__(self, reported: datetime) -> None:
        """`reported` is the moment as of which it is reported: a limit that ended before it is open no more."""
        self._reported = reported
        self._parts: dict[Key, list[_Part]] = {}
        self._open: dict[Key, _Part] = {}
        self._in_force: dict[str, _InForce] = {}
        self._followed: set[Key] = set()
        """what such snapshots alone show exempt"""

    def take(self, seen: Observed, day: date) -> None:
        """What is exempt in one more snapshot, and its day."""
        for entry in seen.result.exemptions:
            self._note_in_force(entry, day)
        still = {}
        for key, finding in seen.findings.items():
            if finding.outcome == "exempt":
                still[key] = self._part(key, seen.of_record(finding), exempt_by(finding), day)
        self._open = still

    def follow(self, seen: Observed, day: date, is_of_the_period: Callable[[Key], bool]) -> None:
        """What is exempt in a snapshot of after the period, or in which the control is out: of its own events alone.

        These days are told of those alone that no other snapshot shows exempt.
        """
        entries = {entry.id: entry for entry in seen.result.exemptions}
        still = {}
        for key, finding in seen.findings.items():
            if finding.outcome != "exempt" or not is_of_the_period(key):
                continue
            shown, by = seen.of_record(finding), exempt_by(finding)
            if key in self._parts and key not in self._followed:
                self._worsen(self._parts[key][-1], shown)
                continue
            self._followed.add(key)
            still[key] = self._part(key, shown, by, day)
            if by in entries:
                self._note_in_force(entries[by], day)
        self._open = still

    def _note_in_force(self, entry: Exemption, day: date) -> None:
        known = self._in_force.get(entry.id)
        first = day if known is None else known.first
        self._in_force[entry.id] = _InForce(entry=entry, first=first, last=day)

    def _part(self, key: Key, finding: Finding, by: str, day: date) -> _Part:
        part = self._open.get(key)
        if part is None or part.by != by:
            part = _Part(by=by, first=day, last=day, finding=finding)
            self._parts.setdefault(key, []).append(part)
        part.last = day
        self._worsen(part, finding)
        return part

    def _worsen(self, part: _Part, finding: Finding) -> None:
        if _WORST_FIRST.index(finding.found) < _WORST_FIRST.index(part.finding.found):
            part.finding = finding

    @property
    def deviating(self) -> Mapping[Key, bool]:
        """Resources that were exempt in the period -> whether one was seen to deviate meanwhile."""
        return {key: _worst(parts).found == "deviation" for key, parts in self._parts.items()}

    def hides(self, key: Key) -> bool:
        """True of a resource for which the control did not simply hold while it was exempt.

        What was pending then may have held since: its own newest finding says whether it did.
        """
        return key in self._parts and _worst(self._parts[key]).found not in (None, "pending")

    def finding(self, key: Key) -> Finding:
        """What was found of a resource that is exempt, with its days."""
        worst = self._as_reported(_worst(self._parts[key]))
        return msgspec.structs.replace(worst, message=f"{worst.message} ({self.text(key)})")

    def _as_reported(self, finding: Finding) -> Finding:
        """What was seen pending alone, and its limit ended since: nobody knows how."""
        ended = finding.until is not None and datetime.fromisoformat(finding.until) < self._reported
        if finding.found != "pending" or not ended:
            return finding
        text = f"exempt by {exempt_by(finding)}; it can't be told: its limit ended {minute_text(finding.until or '')}"
        return msgspec.structs.replace(
            finding, found="unknown", until=None, message=f"{text}, and no snapshot after it tells of it"
        )

    def text(self, key: Key) -> str:
        """When a resource was exempt, and by which entries; empty where it never was."""
        spans = [f"from {part.first} to {part.last} by {part.by}" for part in self._parts.get(key, ())]
        return f"exempt {', '.join(spans)}" if spans else ""

    def days(self) -> Iterator[ExemptDays]:
        """The days of each resource, by kind and id."""
        for (kind, resource), parts in sorted(self._parts.items()):
            for part in parts:
                yield ExemptDays(
                    resource=resource,
                    kind=kind,
                    exemption=part.by,
                    first=part.first.isoformat(),
                    last=part.last.isoformat(),
                    found=self._as_reported(part.finding).found,
                )

    def entries(self) -> tuple[Exemption, ...]:
        """The exemptions that any snapshot of the period shows in force, with their days and what they took out."""
        return tuple(self._entry(known) for _, known in sorted(self._in_force.items()))

    def _entry(self, known: _InForce) -> Exemption:
        covered = [
            any(part.finding.found == "deviation" for part in own)
            for parts in self._parts.values()
            if (own := [part for part in parts if part.by == known.entry.id])
        ]
        return msgspec.structs.replace(
            known.entry,
            matched=len(covered),
            deviating=sum(covered),
            first=known.first.isoformat(),
            last=known.last.isoformat(),
        )


def _worst(parts: list[_Part]) -> Finding:
    return min((part.finding for part in parts), key=lambda finding: _WORST_FIRST.index(finding.found))
