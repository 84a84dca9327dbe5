"""Snyk's JSON reports (`snyk test`, `snyk container test`), of one project or of several."""

from collections.abc import Iterator
from typing import Any

from soc2test import (
    ErrorInfo,
    Item,
    Missed,
    Said,
    Source,
    Subject,
    Unknown,
    UnknownFact,
    id_text,
    item_of,
    missed,
    number,
    skip,
    unpaged,
)
from soc2test_plugins.vulnerabilities.kinds import PACKAGES, ReportedVulnerability, ScannedAsset
from soc2test_plugins.vulnerabilities.severity import severity
from soc2test_plugins.vulnerabilities.shapes import (
    TARGET,
    TELLS,
    items_at,
    moment,
    named_as,
    reported,
    scanned,
    text_at,
)

__all__ = ["snyk"]


def error(body: Any) -> ErrorInfo | None:
    """A project that could not be tested: `{"ok": false, "error": ..., "path": ...}`, alone or among others."""
    each = body if isinstance(body, list) else [body]
    failed = any(isinstance(one, dict) and "error" in one and "vulnerabilities" not in one for one in each)
    return ErrorInfo("snyk test failed") if failed else None


snyk = Source(
    "snyk",
    title="Snyk",
    scope=TARGET,
    command="snyk test --all-projects --json",
    error=error,
    paging=unpaged,  # a report is one document
    url="https://docs.snyk.io/snyk-cli/commands/test",
)


@snyk.reads("report", kind=(ReportedVulnerability, ScannedAsset), lists=True, tells=TELLS)
def report(body: Any, at: Subject) -> Iterator[Said]:
    """One project's result, or a list of them."""
    projects = body if isinstance(body, list) else [body]
    if not projects:
        raise UnknownFact("", "the list of tested projects is empty")
    for project in projects:
        yield from _project(item_of(project), at)


def _project(project: Item, at: Subject) -> Iterator[Said]:
    """One project; the applications that `snyk container test` found in an image are projects within the image's."""
    found = items_at(project, "vulnerabilities")
    asset = text_at(project, "projectName") or at["target"]
    about = {"asset": asset, "category": "image" if "docker" in project else "dependency"}
    place = text_at(project, "displayTargetFile") or text_at(project, "targetFile")
    gaps = list(_left_out(project))
    yield from gaps
    yield scanned(snyk, at, asset, Unknown("a Snyk report does not say when it was made"), asset, place, gaps=gaps)
    for item in found:
        yield from _weakness(item, at, (asset, place), about)
    counted = project.or_else("uniqueCount", None)  # issues by their id, however often each is listed
    if counted is not None and len({id_text(item["id"]) for item in found}) < number(counted):
        yield missed("holds fewer issues than the report counts: export it again", ReportedVulnerability)
    filtered = project.or_else("filtered", None)
    for item in items_at(filtered, "ignore", []) if isinstance(filtered, Item) else []:
        yield from _weakness(item, at, (asset, place), {**about, **_ignored(item)})
    for application in items_at(project, "applications", []):
        yield from _application(application, at)


def _application(application: Item, at: Subject) -> Iterator[Said]:
    """An application in an image; one without a list of weaknesses could not be tested."""
    if "vulnerabilities" in application:
        yield from _project(application, at)
    else:
        yield missed("an application in the image has no list of weaknesses: it was not tested", *PACKAGES)


def _left_out(project: Item) -> Iterator[Missed]:
    """What the report says that it leaves out: weaknesses below a severity."""
    threshold = project.or_else("severityThreshold", None)
    if threshold is not None and text_at(threshold) not in ("", "low"):
        yield missed(
            f"weaknesses below severity {named_as(text_at(threshold))} are left out: test without --severity-threshold",
            *PACKAGES,
        )


def _weakness(item: Item, at: Subject, place: tuple[str, str], about: dict[str, Any]) -> Iterator[Said]:
    """A weakness in a package; the dates beside it are the advisory's. A licence is no weakness."""
    if text_at(item, "type") == "license":
        yield skip("a licence, which is no weakness")
        return
    package = f"{text_at(item, 'packageName') or text_at(item, 'name')}@{text_at(item, 'version')}"
    yield reported(
        snyk,
        at,
        (*place, item["id"], package),
        weakness=item["id"],
        package=package,
        severity=severity(
            item.or_else("severityWithCritical", None) or item.or_else("severity", None),
            item.or_else("cvssScore", None),
        ),
        **about,
    )


def _ignored(item: Item) -> dict[str, Any]:
    """Who ignored it, when and why: Snyk repeats its policy beside each; the first in force is told."""
    filtered = item.or_else("filtered", None)
    given = items_at(filtered, "ignored", []) if isinstance(filtered, Item) else []
    if not given:
        raise UnknownFact("filtered.ignored", "the report has an ignored weakness without saying by which rule")
    rule = given[0]
    return {
        "state": "dismissed",
        "dismissed_by": _person(rule["ignoredBy"]) if "ignoredBy" in rule else None,
        "dismissed_reason": text_at(rule, "reason") or None,
        "closed_at": moment(rule, "created"),
    }


def _person(value: Any) -> str | None:
    return text_at(value, "email") or text_at(value, "name") or None
