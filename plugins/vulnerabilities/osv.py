"""OSV-Scanner's JSON reports. A scan of its first versions that finds nothing prints nothing at all."""

from collections.abc import Iterator
from typing import Any

from soc2test import Item, Said, Source, Subject, Unknown, dig, item_of, missed, unpaged
from soc2test_plugins.vulnerabilities.kinds import ReportedVulnerability, ScannedAsset
from soc2test_plugins.vulnerabilities.severity import severity
from soc2test_plugins.vulnerabilities.shapes import TARGET, TELLS, items_at, reported, scanned, text_at

__all__ = ["osv"]

osv = Source(
    "osv",
    title="OSV-Scanner",
    scope=TARGET,
    command="osv-scanner --format json <folder of {target}>",
    paging=unpaged,  # a report is one document
    url="https://google.github.io/osv-scanner/",
)
_UNDATED = Unknown("an OSV-Scanner report does not say when it was made", what="last_scanned_at")


@osv.reads(
    "report", kind=(ReportedVulnerability, ScannedAsset), lists=True, tells=TELLS, empty={"results": []}
)  # fmt: skip
def report(body: Any, at: Subject) -> Iterator[Said]:
    """One report over the lockfiles of one target."""
    results = items_at(item_of(body), "results")
    yield scanned(osv, at, at["target"], _UNDATED)
    for result in results:
        place = text_at(result, "source", "path")
        for package in items_at(result, "packages", []):
            yield from _package(package, at, place)


def _package(package: Item, at: Subject, place: str) -> Iterator[Said]:
    name = f"{text_at(package, 'package', 'name')}@{text_at(package, 'package', 'version')}"
    groups = items_at(package, "groups", [])
    weaknesses = items_at(package, "vulnerabilities", [])
    yield from _unlisted(groups, {text_at(item, "id") for item in weaknesses})
    for item in weaknesses:
        yield reported(
            osv,
            at,
            (place, item["id"], name),
            weakness=item["id"],
            package=name,
            category="dependency",
            asset=at["target"],
            severity=_severity(item, groups),
        )


def _unlisted(groups: list[Item], listed: set[str]) -> Iterator[Said]:
    """Each weakness is in a group of those that are the same under other names: a group names none beside."""
    ids = {id for group in groups for id in (dig(group, "ids") if isinstance(dig(group, "ids"), list) else [])}
    if lost := sorted(str(id) for id in ids - listed):
        yield missed(f"groups name {len(lost)} weaknesses that the report does not list", ReportedVulnerability)


def _severity(item: Item, groups: list[Item]) -> Any:
    """The advisory's word, else the CVSS score that OSV-Scanner computed for the group of aliases it is in."""
    own = item["id"]
    scores = [dig(group, "max_severity") for group in groups if _holds(group, own)]
    return severity(dig(item, "database_specific", "severity"), *scores)


def _holds(group: Item, id: Any) -> bool:
    ids = dig(group, "ids")
    return isinstance(ids, list) and isinstance(id, str) and id in ids
