"""What a Grype report says of what it could not see: its database, the distribution, the alerts on packages.

Sources: https://oss.anchore.com/docs/guides/vulnerability/database/, https://oss.anchore.com/docs/capabilities/all-os/
and the report's models in Grype's source (`presenter/models`).
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from soc2test import Item, Missed, UnknownFact, dig, flag, known, missed
from soc2test_plugins.vulnerabilities.kinds import PACKAGES
from soc2test_plugins.vulnerabilities.shapes import items_at, named_as, text_at

__all__ = ["coverage_gaps"]

_OLDEST = timedelta(hours=120)
"""Grype's own bound (`db.max-allowed-built-age`): it refuses to scan with an older database unless it was told to."""
_UPDATE = "run `grype db update` and scan again"

_DISTRIBUTIONS = frozenset((
    "almalinux", "alpine", "amazonlinux", "azurelinux", "centos", "chainguard", "debian", "echo", "mariner", "minimos",
    "oraclelinux", "redhat", "rockylinux", "sles", "ubuntu", "windows", "wolfi",
    # the ids of /etc/os-release, which some versions print instead
    "amzn", "ol", "rhel", "rocky",
))  # fmt: skip
"""Distributions for which Grype has advisories. Others it detects, and finds nothing in packages of: Arch, Gentoo."""
_WITHOUT_PACKAGES = ("busybox",)
"""Distributions that have no packages of their own."""

_ALERTS = {
    "distro-eol": "its distribution is at the end of its support, and advisories are published for it no more",
    "distro-disabled": "its distribution is one that Grype holds against no advisories",
    "distro-unknown": "its distribution is not known to Grype",
}


def coverage_gaps(top: Item) -> Iterator[Missed]:
    """What the report itself says that was not looked at, or was looked at with data that is no good."""
    yield from _database_gaps(top)
    yield from _distribution_gaps(top)
    yield from _alert_gaps(top)
    yield from _excluded(top)


def _excluded(top: Item) -> Iterator[Missed]:
    """What it was told to leave out: paths, and archives. Rules (`ignore`, `only-fixed`) leave out what they list."""
    configuration = dig(top, "descriptor", "configuration")
    if dig(configuration, "search", "indexed-archives") is False:
        yield missed("archives were left out of the scan (search.indexed-archives): scan with the default", *PACKAGES)
    paths = configuration.or_else("exclude", None) if isinstance(configuration, Item) else None
    if paths:
        text = "paths were left out of the scan (descriptor.configuration.exclude): scan without --exclude"
        yield missed(text, *PACKAGES)


def _database_gaps(top: Item) -> Iterator[Missed]:
    """Since version 0.88 (database schema 6) the status stands in an object of its own, with `valid`."""
    database = dig(top, "descriptor", "db")
    if not isinstance(database, Item):
        yield missed("the report does not say which database it was made with (descriptor.db)", *PACKAGES)
        return
    status = database.or_else("status", database)
    if not isinstance(status, Item):
        yield missed(f"the state of the database is not told (descriptor.db.status): {_UPDATE}", *PACKAGES)
        return
    if status.or_else("error", None):
        yield missed(f"the database has an error (descriptor.db): {_UPDATE}", *PACKAGES)
    if not _valid(status, stated="status" in database):
        yield missed(f"the database is not valid (descriptor.db): {_UPDATE}", *PACKAGES)
    yield from _age_gaps(status.time("built"), _scanned_at(top))


def _valid(status: Item, *, stated: bool) -> bool:
    """Whether the database was valid; reports before 0.88 have no such switch, only an error."""
    if not stated and "valid" not in status:
        return True
    try:
        return flag(status["valid"])
    except UnknownFact:
        return False


def _scanned_at(top: Item) -> Any:
    descriptor = top["descriptor"]
    return descriptor.time("timestamp") if isinstance(descriptor, Item) else None


def _age_gaps(built: Any, scanned_at: Any) -> Iterator[Missed]:
    if not isinstance(built, datetime) or not isinstance(scanned_at, datetime):
        yield missed(
            "the report does not say how old its database was (descriptor.db built, descriptor.timestamp)",
            *PACKAGES,
        )
    elif scanned_at - built > _OLDEST:
        yield missed(
            f"the database was {(scanned_at - built).days} days old at the scan: Grype itself allows 5, and weaknesses "
            f"published since are not in it: {_UPDATE}",
            *PACKAGES,
        )


def _distribution_gaps(top: Item) -> Iterator[Missed]:
    """None is named for a folder, or for an image without one."""
    distribution = top.or_else("distro", None)
    if distribution is None:
        return
    name = text_at(known(distribution), "name")
    if name and name.casefold() not in {*_DISTRIBUTIONS, *_WITHOUT_PACKAGES}:
        yield missed(
            f"the distribution is {named_as(name)}, for which this scanner is not known to have advisories: its "
            "packages were held against nothing. Scan it with a scanner that supports it",
            *PACKAGES,
        )


def _alert_gaps(top: Item) -> Iterator[Missed]:
    """One gap for each kind of alert, however many packages have it."""
    by_package = items_at(top, "alertsByPackage", [])
    kinds = {text_at(alert, "type") for package in by_package for alert in items_at(package, "alerts", [])}
    for kind in sorted(kinds):
        meant = _ALERTS.get(kind, "which may say that it was not looked at")
        yield missed(f"a package has the alert {named_as(kind)}: {meant}", *PACKAGES)
