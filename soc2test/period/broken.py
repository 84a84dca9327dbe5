"""Snapshots of a period over which a control broke: what it would have found there nobody knows.

That a later snapshot shows the same resource to hold takes nothing of that back.
"""

from soc2test.period.observed import Key, Observed, Snapshot
from soc2test.verdicts import Finding

__all__ = ["Broken"]


class Broken:
    """Takes the snapshots of the period in which the control applied, oldest first."""

    def __init__(self) -> None:
        self.newest: Snapshot | None = None
        """over which it broke"""
        self.resources: dict[Key, Finding] = {}
        """those on which it broke, each with the newest that was told of that"""
        self.as_a_whole = False
        """over a snapshot it broke and names no resource: of none it is told what it would have found"""

    def marks(self) -> dict[Key, tuple[str, str]]:
        """Resources on which it broke, as a list tells it: nothing beside the outcome, and in which record."""
        return {key: ("", f"broke in {finding.evidence}") for key, finding in self.resources.items()}

    def take(self, seen: Observed) -> None:
        """One more snapshot."""
        own = {key: seen.of_record(found) for key, found in seen.findings.items() if found.outcome == "error"}
        self.resources |= own
        if seen.result.verdict == "error":
            self.newest = seen.snapshot
            self.as_a_whole = self.as_a_whole or not own
