"""A realistic run for the tests of the reports: 45 controls, every verdict, all numbers tied out."""

import hashlib
from datetime import UTC, datetime

from soc2test.coverage.criteria import criteria_rows
from soc2test.run import AsOf, EvidenceEntry, Pack, Programme, Run, Tool, Unclaimed
from soc2test.verdicts import ControlResult, Finding, Limit, Outcome, Reason, Verdict

__all__ = ["CONTROLS", "demo_run", "finding", "result"]

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
    "BAK-01": {"max_age_hours": Limit(26, True)},
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
_ERRORS = {"RSK-01": ("R-17", "Risk", "TypeError in test_risks_are_reviewed, line 41")}
_UNKNOWN = {
    "DAT-01": ("arn:aws:s3:::acme-legacy", "S3Bucket", "export `aws s3api get-bucket-encryption --bucket acme-legacy`"),
    "LOG-02": ("trail/acme-org", "LogSink", "AccessDenied: allow cloudtrail:GetTrailStatus to the collector"),
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
_NOT_APPLICABLE = {"PHY-01": Reason("scoped_out", "no office and no data centre of our own; carved out to AWS")}


def demo_run() -> Run:
    """The run; a new, equal record at each call."""
    controls = tuple(result(row) for row in sorted(CONTROLS))
    categories = ("availability", "confidentiality", "privacy")
    return Run(
        True,
        None,
        AsOf(AS_OF, "option"),
        Tool(
            "0.1.0",
            tuple(Pack(name, "0.1.0", f"sha256:{_digest(name)}") for name in ("aws", "github", "okta", "registers")),
            (
                Pack("soc2test", "0.1.0", f"sha256:{_digest('pack')}"),
                Pack("programme", None, f"sha256:{_digest('own')}"),
            ),
        ),
        Programme("Acme Payments Platform", categories, _digest("soc2.yaml")),
        criteria_rows(controls, categories),
        controls,
        tuple(sorted((_entry(*file) for file in _FILES), key=lambda entry: (entry.path, entry.id))),
        (
            Unclaimed("aws/012345678901/eu-west-1/notes.txt", "no source reads it"),
            Unclaimed("okta/acme/users.old.json", "no operation of source okta is called users.old"),
        ),
    )


def result(row: tuple[str, str, str, str, str, int]) -> ControlResult:
    """One control of the demo, its numbers tied out."""
    id, title, criterion, severity, source, population = row
    findings = [finding(id, each, "deviation", _evidence(source)) for each in _DEVIATING.get(id, ())]
    findings += [finding(id, table[id], outcome, _evidence(source)) for table, outcome in _SINGLE if id in table]
    count = {
        outcome: sum(each.outcome == outcome for each in findings)
        for outcome in ("deviation", "unknown", "error", "waived")
    }
    missing = _MISSING.get(id)
    return ControlResult(
        id,
        title,
        (criterion, "CC6.3") if id == "IAM-07" else (criterion,),
        {"CC6.6": "a stolen password alone opens nothing"} if id == "IAM-01" else {},
        _verdict(id, count),
        missing or _NOT_APPLICABLE.get(id) or _reason(id, count),
        severity,
        "per event" if id.startswith(("CHG", "INC")) else "continuously",
        _LIMITS.get(id, {}),
        population,
        _digest(id) if population else None,
        population - len(findings),
        count["deviation"] + count["waived"],
        count["waived"],
        count["unknown"],
        count["error"],
        tuple(sorted(findings, key=lambda each: (each.kind, each.resource))),
        (_evidence(source),) if population else (),
        declared=id != "CAP-01",
        gaps=(missing,) if missing else (),
    )


_SINGLE: tuple[tuple[dict[str, tuple[str, str, str]], Outcome], ...] = (
    (_ACCEPTED, "waived"),
    (_ERRORS, "error"),
    (_UNKNOWN, "unknown"),
)


def finding(control: str, told: tuple[str, str, str], outcome: Outcome, evidence: str | None = None) -> Finding:
    """A finding with its stable id; `told` is resource, kind and message."""
    resource, kind, message = told
    waiver = "WVR-3" if outcome == "waived" else None
    id = _digest(f"{control}/{kind}/{resource}")[:16]
    return Finding(id, resource, kind, resource.partition(":")[0], outcome, None, message, evidence, waiver)


def _verdict(id: str, count: dict[str, int]) -> Verdict:
    if id in _NOT_APPLICABLE:
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
