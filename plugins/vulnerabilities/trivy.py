"""Trivy's JSON reports: weaknesses, secrets, failed checks, and what an ignore file or VEX document left out."""

from collections.abc import Iterator
from typing import Any

from soc2test import (
    Facts,
    Item,
    Said,
    Source,
    Subject,
    Unknown,
    UnknownFact,
    dig,
    item_of,
    meaning,
    missed,
    number,
    skip,
    unpaged,
)
from soc2test_plugins.vulnerabilities.kinds import ReportedVulnerability, ScannedAsset
from soc2test_plugins.vulnerabilities.severity import severity
from soc2test_plugins.vulnerabilities.shapes import TARGET, TELLS, items_at, reported, scanned, text_at
from soc2test_plugins.vulnerabilities.trivy_coverage import CLASSES, class_of, coverage_gaps

__all__ = ["trivy"]

trivy = Source(
    "trivy",
    title="Trivy",
    scope=TARGET,
    command="trivy image --format json --list-all-pkgs --show-suppressed <image of {target}>",
    dated="CreatedAt",
    paging=unpaged,  # a report is one document
    url="https://trivy.dev/latest/docs/configuration/reporting/",
)
_CATEGORIES = {"container_image": "image", "vm": "host"}
_WEAKNESSES = {"vulnerability": True, "misconfiguration": False, "secret": False, "license": False}
"""Types of findings that were left out; only of a vulnerability it is told here."""
_VERSIONS = ("V40", "V3", "V2")
"""Versions of CVSS: a party that rates gives the score of each beside its vector."""


@trivy.reads("report", kind=(ReportedVulnerability, ScannedAsset), lists=True, tells=TELLS)
def report(body: Any, at: Subject) -> Iterator[Said]:
    """One report. A result of packages without `Vulnerabilities` has none, if Trivy had advisories for them.

    A report without results names nothing that was scanned.
    """
    top = item_of(body)
    asset = text_at(top, "ArtifactName") or at["target"]
    results = items_at(top, "Results", [])
    if not results:
        raise UnknownFact(
            "Results", "the report names nothing that Trivy knew how to scan: scan with --list-all-pkgs, which does"
        )
    gaps = list(coverage_gaps(top, results))
    yield from gaps
    yield scanned(trivy, at, asset, top.time("CreatedAt"), gaps=gaps)
    category = _CATEGORIES.get(text_at(top, "ArtifactType"), "dependency")
    for result in results:
        yield from _result(result, at, {"asset": asset, "category": category})


def _result(result: Item, at: Subject, about: dict[str, str]) -> Iterator[Said]:
    place = text_at(result, "Target")
    if (word := CLASSES.judge(class_of(result))) is not None:
        yield word
    for item in items_at(result, "Vulnerabilities", []):
        yield _weakness(item, at, place, about)
    checks = items_at(result, "Misconfigurations", [])
    for item in checks:
        yield from _check(item, at, place, about)
    yield from _counted(result, checks)
    for item in items_at(result, "Secrets", []):
        yield _secret(item, at, place, about)
    for item in items_at(result, "ExperimentalModifiedFindings", []):
        if meaning(item["Type"], _WEAKNESSES):
            yield _weakness(item_of(item["Finding"]), at, place, about, left_out=item)
        else:
            yield skip("a finding that was left out and is no vulnerability")
    for _ in items_at(result, "Licenses", []):
        yield skip("a licence, which is no weakness")


def _counted(result: Item, checks: list[Item]) -> Iterator[Said]:
    """What the report says of the number of checks that failed is held against those that it lists."""
    summary = result.or_else("MisconfSummary", None)
    if isinstance(summary, Item) and "Failures" in summary:
        failed = sum(text_at(check, "Status") == "FAIL" for check in checks)
        if failed < number(summary["Failures"]):
            yield missed("lists fewer failed checks than its summary counts: export it again", ReportedVulnerability)


def _weakness(item: Item, at: Subject, place: str, about: dict[str, str], left_out: Item | None = None) -> Facts:
    package = f"{text_at(item, 'PkgName')}@{text_at(item, 'InstalledVersion')}"
    return reported(
        trivy,
        at,
        (place, item["VulnerabilityID"], package, text_at(item, "PkgPath")),
        weakness=item["VulnerabilityID"],
        package=package,
        severity=severity(item.or_else("Severity", None), *_scores(item)),
        **about,
        **_dismissal(item, left_out),
    )


def _dismissal(item: Item, left_out: Item | None) -> dict[str, Any]:
    """Status "fixed" means that a fixed version exists, not that it is installed: only "not_affected" closes."""
    if left_out is not None:
        nobody = Unknown("Trivy does not say who left it out: the history of the ignore file or VEX document does")
        return {
            "state": "dismissed",
            "dismissed_by": nobody,
            "dismissed_reason": text_at(left_out, "Statement") or None,
            "closed_at": _WHEN,
        }
    if text_at(item, "Status") == "not_affected":
        vendor = dig(item, "DataSource", "Name")
        return {"state": "dismissed", "dismissed_by": vendor, "dismissed_reason": "not_affected", "closed_at": _WHEN}
    return {}


_WHEN = Unknown("Trivy does not say since when it is left out", what="closed_at")


def _scores(item: Item) -> list[Any]:
    given = item.or_else("CVSS", None)
    ratings = [rating for _, rating in given.items()] if isinstance(given, Item) else []
    return [_score(rating, version) for rating in ratings if isinstance(rating, Item) for version in _VERSIONS]


def _score(rating: Item, version: str) -> Any:
    """None where the party does not rate in this version. A vector without its score rates, and isn't read."""
    score = rating.or_else(f"{version}Score", None)
    return rating.or_else(f"{version}Vector", None) if score is None else score


def _check(item: Item, at: Subject, place: str, about: dict[str, str]) -> Iterator[Said]:
    """A check of a configuration file: one that passed is no weakness, an exception is a dismissed one."""
    status = text_at(item, "Status")
    if status == "PASS":
        yield skip("a check that passed")
        return
    excepted = status == "EXCEPTION"
    line = dig(item, "CauseMetadata", "StartLine")
    where = f"{text_at(item, 'CauseMetadata', 'Resource')}:{line if type(line) is int else ''}"
    nobody = Unknown("Trivy does not say who made the exception", what="dismissed_by")
    yield reported(
        trivy,
        at,
        (place, item["ID"], where),
        weakness=item["ID"],
        package=None,
        severity=severity(item.or_else("Severity", None)),
        state="dismissed" if excepted else "open",
        dismissed_by=nobody if excepted else None,
        dismissed_reason="exception" if excepted else None,
        closed_at=_WHEN if excepted else None,
        **{**about, "category": "configuration"},
    )


def _secret(item: Item, at: Subject, place: str, about: dict[str, str]) -> Facts:
    """A secret that was found; the line that holds it is in the report and never read."""
    line = item["StartLine"]
    return reported(
        trivy,
        at,
        (place, item["RuleID"], line if type(line) is int else ""),
        weakness=item["RuleID"],
        package=None,
        severity=severity(item.or_else("Severity", None)),
        **{**about, "category": "secret"},
    )
