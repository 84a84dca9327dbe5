"""Since when the exemptions of a control were in force, as its snapshots show: nothing is exempt afterwards.

An entry counts from the first snapshot that shows it, whatever its own day says; one that the first snapshot of all
shows counts from its own day. One that was widened counts for what it names now from the first that shows it so.
"""

from collections.abc import Iterator
from datetime import UTC, datetime

import msgspec

from soc2test.evaluation.exempt import by_itself, exempt_by
from soc2test.evaluation.patterns import of_ids
from soc2test.period.observed import Key, Observed
from soc2test.verdicts import Finding

__all__ = ["ALWAYS", "ExemptionsSeen"]

ALWAYS = datetime.min.replace(tzinfo=UTC)
"""of what the first snapshot shows: when it came nobody saw"""


class ExemptionsSeen:
    """Takes the snapshots of one control, oldest first."""

    def __init__(self) -> None:
        self._since: dict[tuple[str, str], datetime] = {}
        """id of an entry and id or pattern of a resource -> since when it is in force without a break"""
        self._began = False

    def take(self, seen: Observed) -> Observed:
        """One more snapshot, without what nothing in force then exempts.

        One that was recorded late shows what was approved later: nothing is exempt in it that was not before.
        """
        if seen.snapshot.late:
            return self._without_later_ones(seen)
        now = {(entry.id, pattern) for entry in seen.result.exemptions for pattern in entry.resources}
        new = seen.snapshot.as_of if self._began else ALWAYS
        self._since = {named: self._since.get(named, new) for named in now}
        self._began = True
        return seen

    def since(self, finding: Finding) -> datetime | None:
        """Since when the entry by which something is exempt covers it; None where none in force does."""
        by = exempt_by(finding)
        return min(
            (
                since
                for (entry, pattern), since in self._since.items()
                if entry == by and of_ids(pattern).fullmatch(finding.resource)
            ),
            default=None,
        )

    def _without_later_ones(self, seen: Observed) -> Observed:
        later = dict(self._later(seen))
        if not later:
            return seen
        findings = {key: later.get(key, finding) for key, finding in seen.findings.items()}
        return msgspec.structs.replace(
            seen,
            members={**seen.members, **{key: seen.findings[key].source for key in later}},
            days={**seen.days, **{key: day for key, day in seen.exempt_days.items() if key in later}},
            findings={key: finding for key, finding in findings.items() if finding is not None},
        )

    def _later(self, seen: Observed) -> Iterator[tuple[Key, Finding | None]]:
        """What is exempt by an entry that was not in force on the day, as it was found by itself; None: it holds."""
        for key, finding in seen.findings.items():
            if finding.outcome == "exempt" and self.since(finding) is None:
                yield key, by_itself(finding)
