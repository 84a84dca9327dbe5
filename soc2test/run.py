"""`Run`: everything that a report says, as one frozen record; and what a report writer is."""

from datetime import datetime
from typing import Protocol

import msgspec

from soc2test.run_changes import ChangedVerdict, Since
from soc2test.run_data import DataMap, Destination, Exposure, Reader, StoreEntry
from soc2test.run_period import PeriodTold, PrunedTold, Recorded, SnapshotEntry
from soc2test.run_subservice import Subservice
from soc2test.verdict_days import Stretch
from soc2test.verdicts import ControlResult, Verdict

__all__ = [
    "DISCLAIMER",
    "AgeLimit",
    "AsOf",
    "ChangedVerdict",
    "CompanyControlRow",
    "CompanyControls",
    "CriterionRow",
    "CrosswalkOrigin",
    "DataMap",
    "DaysInForce",
    "Destination",
    "DocumentEntry",
    "EvidenceEntry",
    "Exposure",
    "FrameworkRows",
    "HeldBack",
    "Pack",
    "PeriodTold",
    "Programme",
    "PrunedTold",
    "Reader",
    "Recorded",
    "RequirementRow",
    "Run",
    "Since",
    "SnapshotEntry",
    "SourceNature",
    "Statement",
    "StoreEntry",
    "Subservice",
    "TestOfControl",
    "Tool",
    "Touch",
    "Unclaimed",
    "Writer",
]

DISCLAIMER = (
    "Management's tests. Not a SOC 2® report, opinion or certification; not affiliated with the AICPA. "
    "SOC 2® and SOC 3® are marks of the AICPA."
)
"""The last line of every artifact."""


class AsOf(msgspec.Struct, frozen=True):
    """The moment for which the controls were evaluated, and where it comes from: option, evidence or clock."""

    time: datetime
    source: str


class Pack(msgspec.Struct, frozen=True):
    """A plugin or a policy pack that took part, with the digest of its files."""

    name: str
    version: str | None
    digest: str


class Tool(msgspec.Struct, frozen=True):
    """soc2test's version, and the plugins and packs of the run."""

    version: str
    plugins: tuple[Pack, ...]
    packs: tuple[Pack, ...]


class Programme(msgspec.Struct, frozen=True):
    """The head of soc2.yaml and the SHA-256 of its bytes."""

    system: str
    categories: tuple[str, ...]
    digest: str
    time_zone: str = "UTC"
    """where the company's days begin and end: an IANA name"""
    privacy_role: str | None = None
    """"controller", "processor" or "both"; None where soc2.yaml does not say"""
    files: dict[str, str] = {}
    """name -> SHA-256 of the files beside soc2.yaml: exemptions.yaml, controls.yaml and others, where they are there"""


class EvidenceEntry(msgspec.Struct, frozen=True):
    """One export or record that was read. `path` is relative to the exports folder, `records` counts its items."""

    id: str
    path: str
    source: str
    operation: str
    sha256: str
    collected_at: datetime | None
    records: int
    complete: bool
    command: str | None = None
    """with which it was collected, with all parameters, as its manifest says"""
    collector: str | None = None
    """the tool and the identity that collected it, as its manifest says"""
    told_records: int | None = None
    """how many items its manifest says that it holds: the word of who collected it"""
    left_out: dict[str, int] = {}
    """how many of its items are no resource of what it lists, by the reason"""


class SourceNature(msgspec.Struct, frozen=True):
    """What stands behind the exports of a source. Two entries where another plugin reads some of them."""

    source: str
    nature: str
    """system or record"""
    plugin: str | None = None
    """the company's own plugin that says so, or that does not say; None where soc2test's does"""


class DocumentEntry(msgspec.Struct, frozen=True):
    """A document that rows kept by hand name and that is there: relative to the programme root, with its digest."""

    file: str
    sha256: str
    rows: int = 1
    """how many rows name it, or a file of the same content: what several name shows none of them, and their facts are
    records"""


class Unclaimed(msgspec.Struct, frozen=True):
    """A file that no source reads, or that was refused, and why."""

    path: str
    reason: str


class CriterionRow(msgspec.Struct, frozen=True):
    """One row of the matrix: the criterion, its status, and the ids of the controls that test or support it."""

    id: str
    category: str
    status: str
    controls: tuple[str, ...]
    supported_by: tuple[str, ...]
    partial: tuple[str, ...] = ()
    """those of its tests that were taken out"""
    loosened: tuple[str, ...] = ()
    """those of its tests of which resources are exempt, that have a limit looser than the tool's default, or whose
    evidence may be older than by it"""
    no_occurrences: tuple[str, ...] = ()
    """those of its tests that found nothing to test"""
    rests_on: tuple[str, ...] = ()
    """natures of the facts that its tests rest on, strongest first"""
    not_tested: tuple[str, ...] = ()
    """what none of the shipped tests shows of it, in words"""
    reason: str | None = None
    """management's, where the criterion is not relevant; then what was taken out, is exempt or loosened, with counts"""
    statements: tuple[str, ...] = ()
    """ids of the statements about it that are in force"""
    organisations: tuple[str, ...] = ()
    """ids of the subservice organisations on whose controls it rests too: none of them raises its status"""


class AgeLimit(msgspec.Struct, frozen=True):
    """How old the evidence of a source may be by soc2.yaml, where that is more than the tool's default; in hours."""

    source: str
    hours: int
    tool_default: int
    clause: str
    """of the company's policy, that allows it"""
    approved_by: str


class Statement(msgspec.Struct, frozen=True):
    """What a person states where no export can show it. It evidences nothing by itself."""

    id: str
    text: str
    criteria: tuple[str, ...]
    owner: str
    date: str
    """a date, as is the next: "2026-11-20\""""
    expires: str
    file: str
    """relative to the programme root"""
    sha256: str


class TestOfControl(msgspec.Struct, frozen=True, kw_only=True):
    """A test that looks at one of the company's controls, and what it found."""

    __test__ = False  # no class of tests to pytest

    id: str
    verdict: Verdict | None
    """None where no loaded test has this id"""
    population: int
    passed: int
    deviations: int
    sentence: str | None = None
    """over a period in which it looked at the control on some of the days alone: what may be said of these, and so are
    the counts; None where it is what may be said of the test"""


class DaysInForce(msgspec.Struct, frozen=True, kw_only=True):
    """On which days of a period a control of the company's own was in force, as the snapshots of the period say."""

    days: int
    """of the period"""
    in_force: tuple[Stretch, ...]
    not_told: tuple[Stretch, ...]
    """days of which no snapshot says whether it was: it is judged over them too"""


class CompanyControlRow(msgspec.Struct, frozen=True, kw_only=True):
    """A control of controls.yaml, in the company's words, and what the tests that look at it found together."""

    id: str
    wording: str
    owner: str
    performer: str | None
    frequency: str
    type: str
    execution: str
    system: str | None
    since: str
    """a date, as is the next: "2026-11-20\""""
    until: str | None
    risks: tuple[str, ...]
    criteria: tuple[str, ...]
    tests: tuple[TestOfControl, ...]
    status: str
    """as of a criterion, or `no_test`, or `not_in_force`"""
    rests_on: tuple[str, ...]
    notes: tuple[str, ...]
    """why it is no better than that, and what the registers do not bear out, in words"""
    in_force: DaysInForce | None = None
    """None where the run is about a moment"""


class CompanyControls(msgspec.Struct, frozen=True, kw_only=True):
    """The company's own controls by id, and what none of those in force names."""

    controls: tuple[CompanyControlRow, ...]
    tests_without: tuple[str, ...]
    """tests in scope"""
    criteria_without: tuple[str, ...]
    """criteria in scope, those that are not relevant aside"""


class CrosswalkOrigin(msgspec.Struct, frozen=True, kw_only=True):
    """Whose word a mapping is: soc2test's, or a file's of the company, with the SHA-256 of its bytes."""

    name: str
    sha256: str


class Touch(msgspec.Struct, frozen=True, kw_only=True):
    """A criterion that touches a requirement: its status in this run, how far it does, why, and who says so."""

    criterion: str
    status: str
    strength: str
    reason: str
    origin: str


class RequirementRow(msgspec.Struct, frozen=True, kw_only=True):
    """A requirement of another framework. It is touched at most: no test says that it is met."""

    id: str
    status: str
    """touched, not_evaluated, no_test or untouched"""
    strength: str | None
    """how far, by the strongest of the criteria whose tests looked at something; None where none did"""
    touches: tuple[Touch, ...]
    """strongest first, then by criterion"""
    tests: tuple[str, ...]
    """those that test these criteria directly"""
    related: tuple[str, ...]
    """what NIST pairs with it in other frameworks, and where NIST says so"""


class FrameworkRows(msgspec.Struct, frozen=True, kw_only=True):
    """Another framework with its requirements in their order; `all_known` where soc2test knows all of them."""

    name: str
    title: str
    all_known: bool
    origins: tuple[CrosswalkOrigin, ...]
    requirements: tuple[RequirementRow, ...]


class HeldBack(msgspec.Struct, frozen=True, kw_only=True):
    """What a baseline holds back from the exit code. It changes no verdict."""

    file: str
    deviations: int
    """of this run, that it holds back"""
    controls: tuple[str, ...]
    """those that fail for nothing else"""
    known: int
    """entries of the file"""
    gone: tuple[str, ...]
    """entries that are no deviation any more, in words: they have to go from the file"""

    @property
    def text(self) -> str:
        """The first line of every artifact."""
        tests = f"{len(self.controls)} tests that fail for nothing else"
        return f"BASELINE {self.file}: {self.deviations} known deviations of {tests} are held back from the exit code"


class Run(msgspec.Struct, frozen=True):
    """One run. Sorted: criteria by their order, controls by id, findings by severity, kind and resource,
    evidence by path and id, unclaimed by path, statements by id, documents by file."""

    complete: bool
    incomplete_because: str | None
    as_of: AsOf
    tool: Tool
    programme: Programme
    criteria: tuple[CriterionRow, ...]
    controls: tuple[ControlResult, ...]
    evidence: tuple[EvidenceEntry, ...]
    unclaimed: tuple[Unclaimed, ...]
    problems: tuple[str, ...] = ()
    """what went wrong beside the controls: a policy file or plugin that did not load"""
    statements: tuple[Statement, ...] = ()
    """those in force, by id"""
    documents: tuple[DocumentEntry, ...] = ()
    """those that rows name and that are there, by file"""
    ages: tuple[AgeLimit, ...] = ()
    """of the sources whose evidence may be older than the tool's default, by name"""
    sources: tuple[SourceNature, ...] = ()
    """of which there was any export, with what stands behind it: by name, nature and plugin"""
    data: DataMap = DataMap()
    """where sensitive data lives, and how it is exposed"""
    pseudonymised: bool = False
    """tokens stand in the place of people's names, logins and e-mail addresses"""
    company_controls: CompanyControls | None = None
    """None where the programme has no controls.yaml: there test and control are one"""
    subservice: Subservice | None = None
    """None where the programme has no subservice.yaml"""
    frameworks: tuple[FrameworkRows, ...] = ()
    """those that the run was asked for"""
    period: PeriodTold | None = None
    """None where the run is about a moment"""
    held_back: HeldBack | None = None
    """None where no baseline was given"""
    recorded: Recorded | None = None
    """None where the run was not to be recorded, or could not be"""
    since: Since | None = None
    """None where no run before this one is known: the evidence store is the memory of runs"""


class Writer(Protocol):
    """A report format: pure, a run in, bytes out."""

    filename: str
    """the artifact's name in the report folder"""

    def render(self, run: Run) -> bytes:
        """The whole artifact; the same run gives the same bytes."""
        ...
