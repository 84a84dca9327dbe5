"""Grype's JSON reports: matches, and those that a rule or VEX document ignored."""

from collections.abc import Iterator
from typing import Any

from soc2test import Facts, Item, Said, Source, Subject, Unknown, dig, item_of, unpaged
from soc2test_plugins.vulnerabilities.grype_coverage import coverage_gaps
from soc2test_plugins.vulnerabilities.kinds import ReportedVulnerability, ScannedAsset
from soc2test_plugins.vulnerabilities.severity import severity
from soc2test_plugins.vulnerabilities.shapes import TARGET, TELLS, items_at, reported, scanned, text_at

__all__ = ["grype"]

grype = Source(
    "grype",
    title="Grype",
    scope=TARGET,
    command="grype -o json <image of {target}>",
    dated="descriptor.timestamp",
    paging=unpaged,  # a report is one document
    url="https://github.com/anchore/grype",
)


@grype.reads("report", kind=(ReportedVulnerability, ScannedAsset), lists=True, tells=TELLS)
def report(body: Any, at: Subject) -> Iterator[Said]:
    """One report; one without findings has an empty list of matches, made with a database that was valid and young."""
    top = item_of(body)
    matches = items_at(top, "matches")
    asset = _asset(top) or at["target"]
    category = "image" if text_at(top, "source", "type") == "image" else "dependency"
    descriptor = top["descriptor"]
    when = descriptor.time("timestamp") if isinstance(descriptor, Item) else Unknown("the report is not dated")
    gaps = list(coverage_gaps(top))
    yield from gaps
    yield scanned(grype, at, asset, when, gaps=gaps)
    for match in matches:
        yield _match(match, at, asset, category)
    for match in items_at(top, "ignoredMatches", []):
        yield _match(match, at, asset, category, ignored=True)


def _asset(top: Item) -> str:
    """The image as it was asked for, or the folder that was scanned; an image's id where the name is hidden."""
    target = dig(top, "source", "target")
    if isinstance(target, str):
        return target
    tags = dig(target, "tags")
    return next((tag for tag in tags if tag), "") if isinstance(tags, list) and tags else text_at(target, "userInput")


def _match(match: Item, at: Subject, asset: str, category: str, *, ignored: bool = False) -> Facts:
    weakness, artifact = item_of(match["vulnerability"]), item_of(match["artifact"])
    package = f"{text_at(artifact, 'name')}@{text_at(artifact, 'version')}".replace("\0", "")
    places = items_at(artifact, "locations", [])
    return reported(
        grype,
        at,
        (weakness["id"], package, text_at(places[0], "path") if places else ""),
        weakness=weakness["id"],
        package=package,
        category=category,
        asset=asset,
        severity=severity(weakness.or_else("severity", None), *_scores(weakness)),
        **(_ignored(match) if ignored else {}),
    )


def _scores(weakness: Item) -> list[Any]:
    return [dig(rating, "metrics", "baseScore") for rating in items_at(weakness, "cvss", [])]


def _ignored(match: Item) -> dict[str, Any]:
    rules = items_at(match, "appliedIgnoreRules", [])
    reasons = [text_at(rule, "reason") or text_at(rule, "vex-justification") for rule in rules]
    return {
        "state": "dismissed",
        "dismissed_by": Unknown("Grype does not say who wrote the ignore rule: the history of its file does"),
        "dismissed_reason": next((reason for reason in reasons if reason), None),
        "closed_at": Unknown("Grype does not say since when it is ignored", what="closed_at"),
    }
