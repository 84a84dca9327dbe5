"""Verdicts: what testing a control over its population found."""

from enum import StrEnum
from typing import Literal

import msgspec

from soc2test.verdict_days import Accepted, Due, ExemptDays, Noted, PrunedNoted, RecordedLate, Stretch, TakenBack

__all__ = [
    "FACT_NATURES", "SEVERITIES", "Accepted", "ControlPeriod", "ControlResult", "Due", "ExemptDays", "Exemption",
    "Finding", "JoinedPopulation", "Limit", "LimitValue", "Listed", "LooserDays", "Noted", "OutDays", "Outcome",
    "PrunedNoted", "Reason", "RecordedLate", "SourceResult", "Stretch", "TakenBack", "TakenOut", "Verdict", "Waiver",
    "times_looser",
]  # fmt: skip

SEVERITIES = ("critical", "high", "medium", "low")
"""From worst to least; the order in which every report prints deviations."""

FACT_NATURES = ("system", "document", "record")
"""From strongest to weakest, what stands behind a fact: a vendor's own export, a row that names a file that is there
with its digest, a row kept by hand with nothing behind it."""

_MANY, _FAR = 10, 1e9
"""from here on a factor needs no fraction, and all its digits"""

LimitValue = bool | int | float | str | tuple[str, ...]

Outcome = Literal["deviation", "unknown", "waived", "error", "pending", "exempt"]


class Verdict(StrEnum):
    """The verdict of one control; the values are the output contract's."""

    PASS = "pass"  # noqa: S105  # a verdict
    FAIL = "fail"
    ERROR = "error"
    NOT_EVALUATED = "not_evaluated"
    ACCEPTED = "accepted"
    NO_OCCURRENCES = "no_occurrences"
    NOT_APPLICABLE = "not_applicable"


class Reason(msgspec.Struct, frozen=True):
    """Why a verdict is not plain pass or fail: a code for machines, a sentence that says the way out."""

    code: str
    text: str


class Limit(msgspec.Struct, frozen=True):
    """A limit as used: its value, and whether it is the tool's default rather than the company's own.

    One that is looser than the default names the clause of the policy that allows it and who approved that.
    """

    value: LimitValue
    default: bool
    looser: bool = False
    clause: str | None = None
    approved_by: str | None = None
    tool_default: LimitValue | None = None
    """what the tool would take, where the company set its own"""


def times_looser(limit: Limit) -> str:
    """How far a number is from the tool's: "4167 times"; empty where that can't be said."""
    given, usual = limit.value, limit.tool_default
    if isinstance(given, bool | str | tuple) or isinstance(usual, bool | str | tuple | None):
        return ""
    low, high = sorted((given, usual))
    if low <= 0:
        return ""
    try:
        times = high / low
    except OverflowError:
        return "more than 1e300 times"
    return f"{times:.{0 if times >= _MANY else 1}f} times" if times < _FAR else f"{times:.0e} times"


class Exemption(msgspec.Struct, frozen=True):
    """An entry of exemptions.yaml that took resources out of a control's population beforehand, and how many."""

    id: str
    resources: tuple[str, ...]
    """ids or patterns, as the entry has them"""
    matched: int
    reason: str
    owner: str
    approver: str
    since: str
    """a date, as is all that people approve: "2026-11-20\""""
    review_by: str
    unmatched: tuple[str, ...] = ()
    """those of its resources that match nothing that the control applies to"""
    deviating: int = 0
    """those of the matched for which the control does not hold"""
    earlier: int = 0
    """resources that it names and does not cover: events from before its day, or without a date"""
    first: str | None = None
    """over a period the first and the last day of it on which snapshots show it in force; None in a single run"""
    last: str | None = None


class Waiver(msgspec.Struct, frozen=True, kw_only=True):
    """An entry of waivers.yaml: deviations of a control that somebody accepts for a time, and how many they are."""

    id: str
    resources: tuple[str, ...]
    """ids or patterns, as the entry has them"""
    reason: str
    owner: str
    approver: str
    opened: str
    """the first day in force, "2026-11-20\""""
    expires: str
    """the last one"""
    force: Literal["in_force", "expired", "not_yet"] = "in_force"
    """on the day of the run; one that is not in force accepts nothing"""
    matched: int = 0
    """the deviations that it accepts"""
    unmatched: tuple[str, ...] = ()
    """those of its resources that name no deviation"""
    unused: bool = False
    """it is in force and names no deviation, though all that its test applies to was looked at"""
    compensating: str | None = None
    """the control that was seen to hold for each resource whose deviation it accepts; None where none was"""
    doubt: str | None = None
    """why the control that its entry names as compensating is not named, in words"""


class TakenOut(msgspec.Struct, frozen=True):
    """Why soc2.yaml takes a control out, by whom, and what evaluating it all the same found."""

    form: Literal["replaced_by", "carved_out", "no_population"]
    detail: str
    """in words: the tests in its place, the organisation with what is assumed of it and our monitoring"""
    reason: str
    owner: str
    approver: str
    since: str
    review_by: str
    found: Verdict
    """the verdict that stands behind "not applicable\""""


class Finding(msgspec.Struct, frozen=True, gc=False):
    """One resource for which a control does not hold, can't be told, broke, or is pending or exempt."""

    id: str
    """stable digest of control, kind and resource: 16 hex digits"""
    resource: str
    kind: str
    source: str
    outcome: Outcome
    fact: str | None
    message: str
    evidence: str | None
    waiver: str | None = None
    joined: tuple[str, ...] = ()
    """evidence ids of the members of joined populations that the control was given for this resource"""
    found: str | None = None
    """of an exempt resource what would be its outcome; None where it holds for it, or nothing is known of it"""
    until: str | None = None
    """of a pending event when its limit ends, an ISO 8601 moment in UTC"""


class SourceResult(msgspec.Struct, frozen=True):
    """What a control found among the resources of one source; the same invariant holds as for the control."""

    population: int
    passed: int
    deviations: int
    pending: int
    unknown: int
    errors: int
    verdict: Verdict
    waived: int = 0
    """within the deviations"""


class JoinedPopulation(msgspec.Struct, frozen=True):
    """A population that a control joined: its kind, size, digest and the evidence that told it."""

    kind: str
    population: int
    population_digest: str | None
    evidence: tuple[str, ...]


class LooserDays(msgspec.Struct, frozen=True, kw_only=True):
    """Days of a period on which a limit was in force that is looser than the tool's own, and another one on others.

    What the evidence of a source may be old is one, by the name "max_age of SOURCE".
    """

    name: str
    limit: Limit
    """as it was in force then, with its clause and who approved it"""
    first: str
    """a day, "2026-02-05\""""
    last: str
    judged: tuple[str, ...] = ()
    """ids of the events of the period that were judged by it"""

    @property
    def is_age(self) -> bool:
        """True of how old the evidence of a source might be, which no event is judged by."""
        return self.name.startswith("max_age of ")


class OutDays(msgspec.Struct, frozen=True, kw_only=True):
    """Days of a period on which soc2.yaml took a control out: it was not promised then, and counts for none of them."""

    first: str
    """a day, "2026-04-15\""""
    last: str
    days: int
    by: TakenOut
    """the entry in force, and the worst that evaluating it all the same found on these days"""


class ControlPeriod(msgspec.Struct, frozen=True, kw_only=True):
    """What is told of a control over a period beside its counts."""

    verdict: Literal[
        "no_deviations",
        "deviations",
        "error",
        "not_evidenced",
        "no_occurrences",
        "not_due",
        "unknown",
        "not_applicable",
    ]
    sentence: str
    """what may be said of it, and no more"""
    as_a_whole: str = ""
    """what deviates of the control as a whole, with its days: no finding tells it; empty where nothing does"""
    first: str
    """the first day of the period, "2026-01-01\""""
    last: str
    days: int
    """of the period"""
    observed: int
    """days on which its whole population was seen"""
    not_evidenced: tuple[Stretch, ...] = ()
    bridged: tuple[Stretch, ...] = ()
    """days without evidence between two snapshots that lie no further apart than is allowed"""
    by_register: tuple[Stretch, ...] = ()
    """days that no snapshot shows, and of which a register tells by its own dates as it was at the end: rows that were
    taken out before are not known"""
    register_as_of: str | None = None
    """the day of the register that tells of these days; None where none are told so"""
    recorded_late: tuple[RecordedLate, ...] = ()
    """records that it was evaluated over and that were made on a later day than the one that they are for"""
    not_applicable: tuple[OutDays, ...] = ()
    """days on which it was taken out, in their order; none of it is among the other days"""
    looser: tuple[LooserDays, ...] = ()
    """limits that were looser for a part of it, and are others at its end"""
    exempt: tuple[ExemptDays, ...] = ()
    """days on which resources were exempt, by resource: also of those that are counted otherwise"""
    noted: tuple[Noted, ...] = ()
    pruned: tuple[PrunedNoted, ...] = ()
    """records whose evidence was pruned and whose runs noted a deviation: what they noted is counted among no
    deviations, and of members that may be it nothing is known"""
    taken_back: tuple[TakenBack, ...] = ()
    """what runs of then noted and revisions.yaml takes back: it is among none of the noted"""
    due: tuple[Due, ...] = ()
    carried_in: int = 0
    """events from before the period whose limit ended in it"""
    after: int = 0
    """what was first seen after the period, which counts for none of it"""
    notes: tuple[str, ...] = ()
    """what was seen of the evidence itself: edited after the fact, first seen late, another verdict then"""
    lacking: tuple[str, ...] = ()
    """of days that were not observed, bridged ones too, what the snapshots lacked, or what was unknown in them: what to
    export"""

    known_missing: tuple[str, ...] = ()
    """what second sources show that its population lacks, with the days and the records, a line each"""

    @property
    def said(self) -> str:
        """The sentence, with what deviates of the control as a whole."""
        return f"{self.sentence}; {self.as_a_whole}" if self.as_a_whole else self.sentence


class Listed(msgspec.Struct, frozen=True, kw_only=True):
    """The list of a control's whole population, beside the other artifacts."""

    file: str
    """relative to the report folder, such as populations/IAM-01.csv"""
    sha256: str
    rows: int
    """one for each member, those that are exempt too"""


class ControlResult(msgspec.Struct, frozen=True):
    """What one control found. Invariant: population = passed + deviations + pending + unknown + errors.

    Exempt resources are counted beside the population; so are waived ones within the deviations.
    """

    id: str
    title: str
    criteria: tuple[str, ...]
    supports: dict[str, str]
    verdict: Verdict
    reason: Reason | None
    severity: str
    operates: str
    limits: dict[str, Limit]
    population: int
    population_digest: str | None
    passed: int
    deviations: int
    waived: int
    unknown: int
    errors: int
    findings: tuple[Finding, ...]
    evidence: tuple[str, ...]
    declared: bool = True
    """a gap of it counts as failure: its evidence is declared in soc2.yaml"""
    gaps: tuple[Reason, ...] = ()
    """what the population lacks, one entry a call to export"""
    by_source: dict[str, SourceResult] = {}
    """the same counts and a verdict for the resources of each source, sources by name"""
    joined: tuple[JoinedPopulation, ...] = ()
    """the populations that it joined, in the order of its parameters"""
    nature: str = "state"
    """of the test: state, occurrence or event"""
    rests_on: tuple[str, ...] = ()
    """natures of the facts that decided, strongest first; a test is as strong as the last"""
    pending: int = 0
    """events whose limit is still open"""
    exempt: int = 0
    exempt_deviations: int = 0
    """those of the exempt for which the control does not hold"""
    exemptions: tuple[Exemption, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    """the entries of waivers.yaml about it that were rightly approved, expired ones too; over a period those that
    accepted something in it"""
    taken_out: TakenOut | None = None
    reliance: bool = False
    """it tests the evidence itself, and is evidence of no criterion"""
    held_for: tuple[str, ...] = ()
    """of the resources that something else asks for by id (an organisation that the test is to watch) those that it
    looked at and holds for"""
    tested_facts: tuple[str, ...] = ()
    """of `rests_on` those of the resources under test, without the populations that it joins"""
    relies_on: tuple[str, ...] = ()
    """the facts it relies on, by kind ("Identity.mfa"): those that decided where it was proven, else all it names"""
    proven: bool | None = None
    """whether `soc2test prove` showed that it can fail; None where its version was not proven"""
    period: ControlPeriod | None = None
    """None where it was tested for a moment"""
    listed: Listed | None = None
    """None where it was not evaluated, or its population could not be listed"""

    @property
    def kept_by_hand(self) -> bool:
        """True where no vendor's export decides, and documents don't show all that is tested: it vouches for itself."""
        return "system" not in self.rests_on and "record" in (self.tested_facts or self.rests_on)
