"""What one snapshot shows of one control."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

import msgspec

from soc2test.inventory.log_spans import LogSpan
from soc2test.resources.resource import Resource
from soc2test.run import AgeLimit
from soc2test.verdicts import ControlResult, Finding, TakenOut, Waiver

__all__ = ["WHOLE", "Key", "Observed", "Snapshot", "findings_of", "of_record"]

Key = tuple[str, str]
"""Kind and id of a resource; an empty kind is the control as a whole."""
WHOLE: Key = ("", "")
_CONTRADICTED = "contradicted"
_EMPTY = ("empty", "unconfirmed", "exempt")
_AT_ONCE = timedelta(days=1)
"""after its moment a snapshot is recorded; what comes later shows what was promised later"""


class Snapshot(msgspec.Struct, frozen=True, kw_only=True):
    """A record of the evidence store that holds evidence."""

    number: int
    digest: str
    as_of: datetime
    """the moment that it is for"""
    recorded_at: datetime
    """by the clock of the machine that recorded"""

    @property
    def shown(self) -> str:
        """As every message names it."""
        return f"record {self.number}"

    @property
    def late(self) -> bool:
        """True where it was recorded so late that it shows what was promised later, not then."""
        return self.recorded_at - self.as_of > _AT_ONCE


class UnderWaiver(msgspec.Struct, frozen=True, kw_only=True):
    """The waiver in force that a snapshot shows for a deviation."""

    waiver: Waiver
    named: str | None
    """the control that its entry names as compensating"""
    compensating: str | None
    """the same where it held for the resource in this snapshot"""


class Observed(msgspec.Struct, frozen=True, kw_only=True):
    """The result of a control over one snapshot, by the newest test, with the members of its population."""

    snapshot: Snapshot
    result: ControlResult
    members: Mapping[Key, str]
    """each member with its source"""
    days: Mapping[Key, date]
    """of events the company's day on which each happened first, as far as that is told"""
    findings: Mapping[Key, Finding]
    """what is found of single resources, by the limits in force for each; of the control as a whole under `WHOLE`"""
    seen_on: date
    """the company's day of the oldest export of a system that it rests on: what is older than the snapshot was not seen
    on its day"""
    seen_at: datetime
    """its moment"""
    seen_to: datetime
    """the moment of the newest of them: no later one is told"""
    all_seen_on: date
    """the same of all exports, registers too"""
    dated: bool = True
    """False where an export does not say when it was taken and the snapshot was recorded on another day"""
    several: Mapping[Key, tuple[date, ...]] = msgspec.field(default_factory=dict)
    """of resources that stand for several events the days of all that had happened, oldest first"""
    exempt_days: Mapping[Key, date] = msgspec.field(default_factory=dict)
    """the same of events that are exempt, and none of the members"""
    then: str | None = None
    """the verdict of the run that recorded it"""
    edited: tuple[str, ...] = ()
    """events of which an earlier snapshot told something else, in words"""
    open_after: Mapping[Key, str] = msgspec.field(default_factory=dict)
    """events that tell a moment after which an earlier snapshot showed that it had not come, in words"""
    resources: Mapping[Key, Resource] = msgspec.field(default_factory=dict)
    """the members themselves, and those that are exempt"""
    erased: Mapping[Key, str] = msgspec.field(default_factory=dict)
    """deviations that the run which recorded it noted, and today's test does not find: their messages"""
    logs: Mapping[str, LogSpan | None] = msgspec.field(default_factory=dict)
    """of a state that names what looks at changes: where it is listed, with the time of which logs tell"""
    accepted: Mapping[Key, UnderWaiver] = msgspec.field(default_factory=dict)
    """those of its deviations that a waiver in force then accepts: they are deviations noted all the same"""
    refused_waivers: Mapping[str, str] = msgspec.field(default_factory=dict)
    """why other waivers about it accept nothing, in words, by the id of each"""
    out: TakenOut | None = None
    """the entry of its soc2.yaml that takes the control out by rights, and what was found all the same"""
    not_in_force: str = ""
    """limits that it says and that change nothing, since it was recorded late, in words; empty where there are none"""
    scopes: Mapping[str, bool] = msgspec.field(default_factory=dict)
    """what its soc2.yaml declares of the sources that list what the control looks at, in words -> whether these list
    its own population"""
    lacks: tuple[tuple[str, str], ...] = ()
    """what a second source shows that its population does not hold: each by name, and what is said of it"""
    older: tuple[AgeLimit, ...] = ()
    """the sources that it looks at whose evidence may be older than they allow, by its soc2.yaml"""
    not_out: str = ""
    """why an entry of it takes nothing out, in words; empty where there is none, or one does"""

    def of_record(self, finding: Finding) -> Finding:
        """A finding whose evidence says in which record it lies."""
        return of_record(finding, self.snapshot)

    @property
    def is_empty(self) -> bool:
        """True where its population was complete, and nothing in it."""
        result = self.result
        return self.dated and not result.gaps and result.reason is not None and result.reason.code == "empty"

    @property
    def shows_all(self) -> bool:
        """True where what it does not show is not there: it was seen whole, or complete and empty."""
        return self.whole or self.is_empty

    @property
    def unconfirmed(self) -> str:
        """Why its empty list does not mean that there was none: no second source told; empty where the list is not."""
        reason = self.result.reason
        return reason.text if self.whole and reason is not None and reason.code == "unconfirmed" else ""

    @property
    def contradicted(self) -> str:
        """What a second source says that shows more than its population, which was seen whole; empty where none does.

        What is named by a second source where the population itself lacks something may be in what is lacking.
        """
        reasons = self.result.gaps or ((self.result.reason,) if self.result.reason is not None else ())
        if not reasons or any(each.code != _CONTRADICTED for each in reasons):
            return ""
        return reasons[0].text

    @property
    def whole(self) -> bool:
        """True where its population was complete and nothing in it unknown, whatever the verdict.

        An empty list of events was seen too: whether it means that there was none is asked of the period. A state of
        nothing was not tested.
        """
        result = self.result
        empty = result.nature != "state" and result.reason is not None and result.reason.code in _EMPTY
        sound = result.verdict in ("pass", "fail", "no_occurrences") or empty
        unsure = any(each.outcome in ("unknown", "error") for each in self.findings.values())
        return sound and self.dated and not result.gaps and not unsure


def of_record(finding: Finding, snapshot: Snapshot) -> Finding:
    """A finding of a snapshot whose evidence says in which record it lies."""
    evidence = f"{snapshot.shown}: {finding.evidence}" if finding.evidence else snapshot.shown
    return msgspec.structs.replace(finding, evidence=evidence)


def findings_of(result: ControlResult) -> dict[Key, Finding]:
    """The findings by resource; a deviation of the control as a whole is one of nothing, beside those of resources."""
    found = {(finding.kind, finding.resource): finding for finding in result.findings}
    if result.verdict == "fail" and (result.reason is not None or not result.deviations):
        text = result.reason.text if result.reason is not None else result.title
        found[WHOLE] = Finding(
            id="",
            resource="",
            kind="",
            source="",
            outcome="deviation",
            fact=None,
            message=text,
            evidence=None,
        )
    return found
