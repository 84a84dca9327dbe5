"""A realistic run for the tests of the reports: 48 tests, every verdict and status, all numbers tied out."""

import hashlib
from datetime import UTC, date, datetime
from functools import cache
from typing import Any, get_args

from soc2test.company_controls.lookups import Lookups
from soc2test.company_controls.records import CompanyControl
from soc2test.company_controls.rows import company_controls
from soc2test.coverage.statuses import criteria_rows
from soc2test.crosswalks.mapping import Crosswalk, Pair, shipped
from soc2test.crosswalks.rows import framework_rows
from soc2test.exceptions.named_people import People
from soc2test.exceptions.records import Place
from soc2test.not_tested import NOT_TESTED
from soc2test.populations.population import Population
from soc2test.resources.kinds import Person, Risk, Spell
from soc2test.run import (
    AsOf,
    DocumentEntry,
    EvidenceEntry,
    Pack,
    Programme,
    Run,
    SourceNature,
    Statement,
    Tool,
    Unclaimed,
)
from soc2test.testing import resource
from soc2test.verdicts import ControlResult, Exemption, Finding, Limit, Outcome, Reason, TakenOut, Verdict, Waiver

from .demo_subservice import subservice_of_demo

__all__ = ["CONTROLS", "company_control", "demo_run", "finding", "result"]

AS_OF = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
COLLECTED = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)

_FILES = (
    ("aws", "iam get-credential-report", "aws/012345678901/global/iam.get-credential-report.json", 14),
    ("aws", "s3api list-buckets", "aws/012345678901/global/s3api.list-buckets.json", 31),
    ("aws", "s3api get-bucket-policy", "aws/012345678901/eu-west-1/s3api.get-bucket-policy.acme-prod-data.json", 1),
    ("aws", "ec2 describe-security-groups", "aws/012345678901/eu-west-1/ec2.describe-security-groups.json", 22),
    ("aws", "cloudtrail describe-trails", "aws/012345678901/eu-west-1/cloudtrail.describe-trails.json", 1),
    ("github", "repos list-pulls", "github/acme/pulls.web.json", 212),
    ("github", "repos get-branch-protection", "github/acme/branch-protection.web.main.json", 1),
    ("okta", "users", "okta/acme/users.json", 148),
    ("registers", "people", "registers/people.csv", 152),
    ("registers", "vendors", "registers/vendors.yaml", 27),
    ("registers", "incidents", "registers/incidents.yaml", 6),
)

CONTROLS = (
    (
        "CHG-01",
        "Every merged change was approved by somebody who did not write it.",
        "CC8.1",
        "critical",
        "github",
        212,
    ),
    ("CHG-02", "Every default branch is protected.", "CC8.1", "high", "github", 9),
    ("CHG-03", "Every merged change had green checks on its last commit.", "CC8.1", "high", "github", 212),
    ("DAT-01", "Every data store is encrypted at rest.", "CC6.1", "high", "aws", 31),
    ("DAT-02", "Every data store refuses connections without TLS.", "CC6.7", "medium", "aws", 31),
    ("DAT-03", "No data store is open to the public.", "CC6.6", "critical", "aws", 31),
    ("DAT-04", "Every data store carries a classification.", "C1.1", "medium", "aws", 31),
    ("DAT-05", "Every confidential store has a retention period.", "C1.2", "medium", "aws", 8),
    ("BAK-01", "Every production store has a recent backup.", "A1.2", "high", "aws", 12),
    ("BAK-02", "Every critical store was restored in a test within a year.", "A1.3", "high", "registers", 3),
    ("CAP-01", "Every service has capacity left or grows by itself.", "A1.1", "medium", "aws", 7),
    ("DEV-01", "Every laptop in use has an encrypted disk.", "CC6.7", "high", "jamf", 0),
    ("DEV-02", "Every laptop in use runs endpoint protection.", "CC6.8", "high", "jamf", 0),
    ("DEV-03", "Every returned or lost device was wiped.", "CC6.5", "high", "jamf", 0),
    ("ETH-01", "Every active person accepted the code of conduct in force.", "CC1.1", "medium", "registers", 148),
    ("EVD-01", "Every declared account and repository appears in an export.", "CC2.1", "high", "aws", 12),
    ("EVD-02", "Every export can be read, is fresh and lacks no page.", "CC4.1", "high", "aws", 11),
    ("GOV-01", "The board met at the promised cadence with security on its agenda.", "CC1.2", "low", "registers", 4),
    ("GOV-02", "Every person has an active manager.", "CC1.3", "low", "registers", 148),
    ("GOV-03", "Every active person was trained on joining and within a year.", "CC1.4", "medium", "registers", 148),
    ("GOV-04", "Every overdue control task has an owner and an escalation.", "CC1.5", "low", "registers", 5),
    ("IAM-01", "Every active person's account signs in with a second factor.", "CC6.1", "high", "okta", 148),
    ("IAM-02", "The root account has a second factor and no access key.", "CC6.1", "critical", "aws", 1),
    ("IAM-03", "Every access key is younger than the limit.", "CC6.1", "medium", "aws", 14),
    ("IAM-04", "Every human account belongs to an active person.", "CC6.2", "high", "okta", 148),
    ("IAM-05", "Every service account has an owner who works here.", "CC6.2", "medium", "aws", 6),
    ("IAM-06", "Every quarterly access review is complete.", "CC6.3", "high", "registers", 4),
    (
        "IAM-07",
        "Every account of a person who left is disabled within the allowed hours.",
        "CC6.2",
        "critical",
        "okta",
        9,
    ),
    ("IAM-08", "Few people are administrators.", "CC6.3", "medium", "okta", 148),
    ("INC-01", "Every incident has a severity, a commander and a timeline.", "CC7.4", "medium", "registers", 6),
    ("INC-02", "Every incident was acknowledged in time.", "CC7.3", "high", "registers", 6),
    ("INC-03", "Every severe incident has a postmortem within the limit.", "CC7.5", "medium", "registers", 2),
    ("INC-04", "Customers were told of every incident that touched them.", "CC2.3", "high", "registers", 0),
    ("LOG-01", "Every account and region has an audit log that delivers.", "CC7.2", "critical", "aws", 2),
    ("LOG-02", "Every audit log shows tampering.", "CC7.2", "high", "aws", 1),
    ("NET-01", "No administration port is open to the world.", "CC6.6", "critical", "aws", 64),
    ("NET-02", "Every public endpoint speaks TLS 1.2 or later.", "CC6.7", "high", "aws", 3),
    ("PHY-01", "Every badge of a person who left is off.", "CC6.4", "medium", "registers", 9),
    ("POL-01", "Every required policy is approved and reviewed within a year.", "CC5.3", "medium", "registers", 18),
    ("POL-02", "Every policy was read by those who work by it.", "CC5.3", "low", "registers", 18),
    ("PRI-01", "Every request of a data subject was answered in time.", "P5.1", "high", "registers", 0),
    ("PRI-02", "The privacy notice names every purpose of processing.", "P1.1", "medium", "registers", 1),
    ("RSK-01", "Every risk was reviewed within a year and has an owner.", "CC3.2", "medium", "registers", 33),
    ("RSK-02", "Fraud was assessed in the period.", "CC3.3", "low", "registers", 3),
    ("SCN-01", "Every declared account and repository was exported.", "CC2.1", "high", "aws", 12),
    ("VEN-01", "Every critical vendor has a current SOC 2 report.", "CC9.2", "high", "registers", 27),
    ("VUL-01", "Every vulnerability is fixed within its limit.", "CC7.1", "high", "github", 386),
    ("VUL-02", "Dependencies of every repository are watched.", "CC7.1", "medium", "github", 9),
)
"""id, title, criterion, severity, source, population."""

_LIMITS = {
    "IAM-03": {"max_days": Limit(90, True)},
    "IAM-07": {"removal_hours": Limit(24, False), "grace_days": Limit(0, True)},
    "VUL-01": {"critical_days": Limit(14, True), "high_days": Limit(30, False)},
    "BAK-01": {
        "max_age_hours": Limit(
            value=50,
            default=False,
            looser=True,
            clause="Backup policy 4.2",
            approved_by="grace.hopper@acme.example",
            tool_default=26,
        )
    },
}
_DEVIATING: dict[str, list[tuple[str, str, str]]] = {
    "CHG-01": [
        ("github:acme/web#1187", "Change", "approved by kai-acme alone, who wrote 2 of its 5 commits"),
        ("github:acme/infra#402", "Change", "merged without an approval"),
    ],
    "DAT-02": [("arn:aws:s3:::acme-prod-exports", "S3Bucket", "its policy lets requests without TLS through")],
    "IAM-01": [
        ("okta:00u1f7k2mLeoLeft", "Identity", "signs in with a password alone"),
        ("okta:00u1f7k2mKaiContract", "Identity", "signs in with a password alone"),
        ("okta:00u1f7k2mNoorSec", "Identity", "second factor enrolled but not active: SMS is switched off by policy"),
    ],
    "IAM-07": [("leo.left@acme.example", "Person", "left 2026-08-31, okta account still active after 1,944 hours")],
    "NET-01": [("sg-0a1b2c3d4e5f60718/tcp/22/::/0", "NetworkRule", "port 22 is open to ::/0")],
    "VUL-01": [
        (f"github:acme/web/dependabot/{100 + n}", "Vulnerability", f"critical, open for {20 + n} days")
        for n in range(130)
    ],
}
_ACCEPTED = {"GOV-02": ("ada.byron@acme.example", "Person", "has no manager")}
_WAIVER = Waiver(
    id="WVR-3",
    resources=("ada.byron@acme.example",),
    reason="the founder answers to the board, which meets in January",
    owner="grace.hopper@acme.example",
    approver="joan.clarke@acme.example",
    opened="2026-09-01",
    expires="2027-02-28",
    matched=1,
)
_ERRORS = {"RSK-01": ("R-17", "Risk", "TypeError in test_risks_are_reviewed, line 41")}
_UNKNOWN = {
    "DAT-01": ("arn:aws:s3:::acme-legacy", "S3Bucket", "export `aws s3api get-bucket-encryption --bucket acme-legacy`"),
    "LOG-02": ("trail/acme-org", "LogSink", "AccessDenied: allow cloudtrail:GetTrailStatus to the collector"),
}
_PENDING = {
    "IAM-07": ("mia.moved@acme.example", "Person", "not disabled 11 hours after 2026-11-20, limit 24 hours"),
}
_EXEMPT = {"IAM-04": ("okta:00u1f7k2mBreakGlass", "Identity", "belongs to nobody")}
_EXEMPTIONS = {
    "IAM-04": Exemption(
        id="EXM-1",
        resources=("okta:00u1f7k2mBreakGlass",),
        matched=1,
        reason="sealed account for emergencies, opened by two people",
        owner="ada.byron@acme.example",
        approver="grace.hopper@acme.example",
        since="2026-02-01",
        review_by="2027-01-31",
    )
}
_TAKEN_OUT = {
    "PHY-01": TakenOut(
        form="carved_out",
        detail="AWS, which is assumed to guard its sites; its report is read each year",
        reason="no office and no data centre of our own",
        owner="ada.byron@acme.example",
        approver="grace.hopper@acme.example",
        since="2026-01-15",
        review_by="2027-01-14",
        found=Verdict.NOT_EVALUATED,
    ),
    "POL-02": TakenOut(
        form="replaced_by",
        detail="POL-01",
        reason="readers sign in the same system that approves",
        owner="ada.byron@acme.example",
        approver="grace.hopper@acme.example",
        since="2026-01-15",
        review_by="2027-01-14",
        found=Verdict.PASS,
    ),
}
_RESTS_ON = {
    "BAK-02": ("document",),
    "ETH-01": ("document", "record"),
    "IAM-04": ("system", "record"),
    "IAM-07": ("system", "record"),
    "POL-01": ("document",),
}
_NO_OCCURRENCES = ("INC-04", "PRI-01")
_MISSING = {
    "DEV-01": Reason("missing", "export `jamf devices` for tenant acme"),
    "DEV-02": Reason("missing", "export `jamf devices` for tenant acme"),
    "DEV-03": Reason("missing", "export `jamf devices` for tenant acme"),
    "CAP-01": Reason(
        "stale", "aws/012345678901/eu-west-1/cloudwatch.get-metric-data.json is 23 days old, 7 are allowed"
    ),
    "SCN-01": Reason("partial", "NextToken names a further page: export `aws organizations list-accounts` whole"),
}
_STATEMENT = Statement(
    id="STM-1",
    text="Personal data is used for the purposes of the notice alone.",
    criteria=("P4.1",),
    owner="ada.byron@acme.example",
    date="2026-09-01",
    expires="2027-08-31",
    file="documents/statement-use.pdf",
    sha256=hashlib.sha256(b"STM-1").hexdigest(),
)


def company_control(id: str, *tests: str, **other: Any) -> CompanyControl:
    """A control of the company's own over some tests of the demo."""
    plain: dict[str, Any] = {
        "wording": f"What {id} says is done by those who are named, each day.",
        "owner": "ada.byron@acme.example",
        "performer": "grace.hopper@acme.example",
        "frequency": "daily",
        "type": "preventive",
        "execution": "manual",
        "since": date(2024, 1, 1),
        "until": None,
        "system": None,
        "risks": (),
        "criteria": ("CC6.1",),
    }
    return CompanyControl(id=id, tests=tests, place=Place("controls.yaml"), **plain | other)


_COMPANY = (
    company_control("CTL-01", "IAM-01", "IAM-02", "IAM-99", risks=("R-17",), system="Okta"),
    company_control("CTL-02", "DAT-02", criteria=("CC6.7",), performer=None, execution="automated"),
    company_control("CTL-03", "CHG-02", criteria=("CC8.1",)),
    company_control("CTL-04", criteria=("CC1.5",)),
    company_control("CTL-05", "CHG-03", criteria=("CC8.1",), until=date(2026, 6, 30)),
)
"""deviating (and naming a test that is not loaded), deviating, without deviations, untested, out of force"""


_OWN_PAIRS = Crosswalk(
    origin="ours.csv",
    sha256=hashlib.sha256(b"ours.csv").hexdigest(),
    pairs=(
        Pair(
            criterion="CC6.1",
            framework="pci-dss",
            requirement="8.4.2",
            reason="a second factor",
            strength="partial",
            origin="ours.csv",
        ),
        Pair(criterion=None, framework="pci-dss", requirement="9.5.1", reason="", strength="loose", origin="ours.csv"),
    ),
)


@cache
def demo_run() -> Run:
    """The run; nobody changes a record."""
    controls = tuple(result(row) for row in sorted(CONTROLS))
    categories = ("availability", "confidentiality", "privacy")
    rows = criteria_rows(
        controls,
        categories,
        statements=(_STATEMENT,),
        not_relevant={"P3.2": "no sensitive personal data is collected"},
        not_tested=NOT_TESTED,
        organisations={"CC6.4": ("aws",), "A1.2": ("aws",), "CC6.5": ("macrent",)},
    )
    return Run(
        complete=True,
        incomplete_because=None,
        as_of=AsOf(AS_OF, "option"),
        tool=Tool(
            "0.1.0",
            tuple(Pack(name, "0.1.0", f"sha256:{_digest(name)}") for name in ("aws", "github", "okta", "registers")),
            (
                Pack("soc2test", "0.1.0", f"sha256:{_digest('pack')}"),
                Pack("programme", None, f"sha256:{_digest('own')}"),
            ),
        ),
        programme=Programme("Acme Payments Platform", categories, _digest("soc2.yaml")),
        criteria=rows,
        controls=controls,
        sources=(
            SourceNature("aws", "system"),
            SourceNature("okta", "system"),
            SourceNature("pager", "system", "plugins/pager.py"),
            SourceNature("registers", "record"),
        ),
        evidence=tuple(sorted((_entry(*file) for file in _FILES), key=lambda entry: (entry.path, entry.id))),
        unclaimed=(
            Unclaimed("aws/012345678901/eu-west-1/notes.txt", "no source reads it"),
            Unclaimed("okta/acme/users.old.json", "no operation of source okta is called users.old"),
        ),
        statements=(_STATEMENT,),
        frameworks=framework_rows((shipped("iso27001"), _OWN_PAIRS), rows),
        company_controls=company_controls(_COMPANY, controls, _lookups(), scope=categories),
        subservice=subservice_of_demo(),
        documents=(
            DocumentEntry("documents/information-security.pdf", _digest("policy")),
            DocumentEntry("documents/restore-2026-08.pdf", _digest("restore")),
        ),
    )


def _lookups() -> Lookups:
    """Registers in which everybody who is named is found."""
    everybody = ("ada.byron@acme.example", "grace.hopper@acme.example")
    long_ago = datetime(2021, 1, 4, tzinfo=UTC)
    spells = (Spell(started_at=long_ago, ended_at=None),)
    persons = [resource(Person, email, email=email, active=True, spells=spells) for email in everybody]
    risks = Population(Risk, [resource(Risk, "R-17")])
    return Lookups(today=AS_OF.date(), people=People(Population(Person, persons), AS_OF), risks=risks)


def result(row: tuple[str, str, str, str, str, int]) -> ControlResult:
    """One control of the demo, its numbers tied out."""
    id, title, criterion, severity, source, population = row
    findings = [finding(id, each, "deviation", _evidence(source)) for each in _DEVIATING.get(id, ())]
    findings += [finding(id, table[id], outcome, _evidence(source)) for table, outcome in _SINGLE if id in table]
    count = {outcome: sum(each.outcome == outcome for each in findings) for outcome in get_args(Outcome)}
    missing = _MISSING.get(id)
    reliance = id.startswith("EVD")
    return ControlResult(
        id=id,
        title=title,
        criteria=() if reliance else _criteria(id, criterion),
        supports={criterion: "the exports are whole"} if reliance else _SUPPORTS.get(id, {}),
        verdict=_verdict(id, count),
        reason=missing or _reason(id, count),
        severity=severity,
        operates="per event" if id.startswith(("CHG", "INC")) else "continuously",
        limits=_LIMITS.get(id, {}),
        population=population,
        population_digest=_digest(id) if population else None,
        passed=population - len(findings) + count["exempt"],
        deviations=count["deviation"] + count["waived"],
        waived=count["waived"],
        unknown=count["unknown"],
        errors=count["error"],
        findings=tuple(sorted(findings, key=lambda each: (each.kind, each.resource))),
        evidence=(_evidence(source),) if population else (),
        declared=id != "CAP-01",
        gaps=(missing,) if missing else (),
        nature=_nature(id),
        rests_on=_RESTS_ON.get(id, ("record",) if source == "registers" else ("system",)),
        pending=count["pending"],
        exempt=count["exempt"],
        exemptions=(_EXEMPTIONS[id],) if id in _EXEMPTIONS else (),
        waivers=(_WAIVER,) if id in _ACCEPTED else (),
        taken_out=_TAKEN_OUT.get(id),
        reliance=reliance,
    )


_SUPPORTS = {"IAM-01": {"CC6.6": "a stolen password alone opens nothing"}}


def _criteria(id: str, criterion: str) -> tuple[str, ...]:
    return (criterion, "CC6.3") if id == "IAM-07" else (criterion,)


def _nature(id: str) -> str:
    if id.startswith(("CHG", "INC", "VUL-01", "IAM-07")):
        return "event"
    return "occurrence" if id in ("IAM-06", "GOV-01", "BAK-02") else "state"


_SINGLE: tuple[tuple[dict[str, tuple[str, str, str]], Outcome], ...] = (
    (_ACCEPTED, "waived"),
    (_ERRORS, "error"),
    (_UNKNOWN, "unknown"),
    (_PENDING, "pending"),
    (_EXEMPT, "exempt"),
)


def finding(control: str, told: tuple[str, str, str], outcome: Outcome, evidence: str | None = None) -> Finding:
    """A finding with its stable id; `told` is resource, kind and message."""
    resource, kind, message = told
    waiver = "WVR-3" if outcome == "waived" else None
    id = _digest(f"{control}/{kind}/{resource}")[:16]
    source = resource.partition(":")[0] if ":" in resource else "registers"
    return Finding(id, resource, kind, source, outcome, None, message, evidence, waiver)


def _verdict(id: str, count: dict[str, int]) -> Verdict:
    if id in _TAKEN_OUT:
        return Verdict.NOT_APPLICABLE
    if id in _NO_OCCURRENCES:
        return Verdict.NO_OCCURRENCES
    if id in _MISSING:
        return Verdict.NOT_EVALUATED
    order = {
        "deviation": Verdict.FAIL,
        "error": Verdict.ERROR,
        "unknown": Verdict.NOT_EVALUATED,
        "waived": Verdict.ACCEPTED,
    }
    return next((verdict for outcome, verdict in order.items() if count[outcome]), Verdict.PASS)


def _reason(id: str, count: dict[str, int]) -> Reason | None:
    if id in _TAKEN_OUT:
        return Reason("taken_out", "taken out in soc2.yaml")
    if id in _NO_OCCURRENCES:
        return Reason("no_occurrences", "the complete population of the period is empty")
    if count["unknown"]:
        return Reason("unknown_fact", f"{count['unknown']} resource of the population can't be told")
    if count["error"]:
        return Reason("raised", "the control raised for 1 resource")
    return Reason("waived", "every deviation is under a waiver") if count["waived"] else None


def _evidence(source: str) -> str:
    return next((_entry(*file).id for file in _FILES if file[0] == source), "e-none")


def _entry(source: str, operation: str, path: str, records: int) -> EvidenceEntry:
    dated = COLLECTED if source != "registers" else datetime(2026, 11, 2, tzinfo=UTC)
    return EvidenceEntry(
        f"e-{_digest(path)[:8]}", path, source, operation, _digest(path), dated, records, source != "github"
    )


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
