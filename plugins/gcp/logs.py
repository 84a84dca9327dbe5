"""Cloud Logging: sinks that take in audit logs, and the buckets they write to."""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from soc2test import (
    Facts,
    Item,
    Population,
    Said,
    Unknown,
    UnknownFact,
    facts,
    flag,
    items_of,
    known,
    number,
    or_unknown,
    skip,
    text,
)
from soc2test_plugins.gcp.kinds import GcpLogDestination, GcpLogSink
from soc2test_plugins.gcp.shapes import Asset, has_key, reader, section
from soc2test_plugins.gcp.source import gcp

_AUDIT = "cloudaudit.googleapis.com"
_ACTIVITY = re.compile(
    r"(?:LOG_ID\(\"|logName\s*[:=]\s*\"(?:[\w/.-]*/logs/)?)cloudaudit\.googleapis\.com(?:(?:/|%2F)activity)?\"\)?",
    re.ASCII | re.IGNORECASE,
)
_TERM = re.compile(r"(?:NOT\s+|-)?(?:LOG_ID\(\"[^\"]*\"\)|[\w.]+\s*[:=]\s*\"?[^\s\"()]+\"?)", re.ASCII | re.IGNORECASE)
_REQUIRED_DAYS = 400


@reader("logging.googleapis.com/LogSink")
def sink(asset: Asset) -> Iterator[Said]:
    """A sink whose filter lets audit logs in; its logs come from all regions."""
    data = asset.data
    takes = or_unknown(lambda: _management(text(data.or_else("filter", "")), _excludes(data)))
    if takes is False:
        yield skip("a sink that takes in no audit log")
        return
    yield facts(
        asset.name,
        GcpLogSink,
        name=data["name"],
        scope=_own(asset.name),
        of_organization=or_unknown(lambda: _aggregated(asset)),
        organization=or_unknown(lambda: _organization(asset)),
        destination=data["destination"],
        all_regions=True,
        management_events=takes,
        delivering=or_unknown(lambda: _delivering(asset.name, data)),
        recording_since=or_unknown(lambda: _recording_since(data)),
    )


def _aggregated(asset: Asset) -> bool:
    """A sink of the organisation that takes in what its folders and projects log; one of a folder takes in parts."""
    children = flag(asset.data.or_else("includeChildren", False))
    return children and _own(asset.name).startswith("organizations/")


def _organization(asset: Asset) -> str | None:
    """The last of those that it lies in; a project may belong to none."""
    above = known(asset.parents)[-1].rpartition("googleapis.com/")[2]
    return above if above.startswith("organizations/") else None


def _excludes(data: Item) -> bool:
    """One of its exclusion filters is on."""
    return any(not flag(entry.or_else("disabled", False)) for entry in items_of(data.or_else("exclusions", [])))


def _management(written: str, excludes: bool) -> bool:
    """Whether admin activity gets in. Raises `UnknownFact` where a filter says more than is read here."""
    only = " ".join(written.split())
    alternatives = only.split(" OR ")
    if only and _AUDIT not in only:
        return False
    if only and all(_TERM.fullmatch(each) and _negated(each) for each in only.split(" AND ")):
        return False  # the sink _Default: all but what goes to _Required
    if only and not any(_ACTIVITY.fullmatch(each) for each in alternatives):
        raise UnknownFact("management_events", "whether the sink's filter lets admin activity in is not read")
    if excludes:
        raise UnknownFact("management_events", "what the sink's exclusions leave out is not read")
    return True


def _negated(term: str) -> bool:
    return term.upper().startswith(("NOT ", "-"))


def _own(name: str) -> str:
    """What a sink belongs to: "projects/acme-prod", "organizations/1234"."""
    return name.rpartition("logging.googleapis.com/")[2].partition("/sinks/")[0]


def _delivering(name: str, data: Item) -> Any:
    if flag(data.or_else("disabled", False)):
        return False
    if text(data["destination"]).startswith(f"logging.googleapis.com/{_own(name)}/"):
        return True
    return Unknown("Cloud Asset Inventory does not tell whether a sink's deliveries succeed", what="delivering")


def _recording_since(data: Item) -> datetime | None:
    """A sink that nobody changed since it was made was never off. Those of old sinks are not told (API: LogSink)."""
    if flag(data.or_else("disabled", False)):
        return None
    made: datetime | None = known(data.time("createTime"))
    changed = known(data.time("updateTime"))
    if made != changed:
        raise UnknownFact("recording_since", "it was changed since it was made, and nothing tells whether it was off")
    return made


@reader("logging.googleapis.com/LogBucket")
def log_bucket(asset: Asset) -> Iterator[Facts]:
    """A bucket of Cloud Logging. Nobody can change or shorten what is in _Required."""
    data = asset.data
    required = asset.name.endswith("/buckets/_Required")
    yield facts(
        asset.name.removeprefix("//"),
        GcpLogDestination,
        locked=required or or_unknown(lambda: flag(data.or_else("locked", False))),
        customer_key=or_unknown(lambda: has_key(section(data, "cmekSettings"), "kmsKeyName")),
        retention_days=or_unknown(
            lambda: number(data.or_else("retentionDays", _REQUIRED_DAYS) if required else data["retentionDays"])
        ),
    )


def _target(sink: GcpLogSink, destinations: Population[GcpLogDestination]) -> GcpLogDestination:
    found = destinations.one("id", sink.destination)
    if found is None:
        raise UnknownFact("destination", f"what the sink writes to ({sink.destination}) is not in the export")
    return found


@gcp.derives(GcpLogSink, "integrity_checked", joins=GcpLogDestination)
def integrity_checked(sink: GcpLogSink, destinations: Population[GcpLogDestination]) -> bool:
    """Its records can't be changed where they lie."""
    return _target(sink, destinations).locked


@gcp.derives(GcpLogSink, "encrypted", joins=GcpLogDestination)
def encrypted(sink: GcpLogSink, destinations: Population[GcpLogDestination]) -> bool:
    """With a key of the company's own."""
    return _target(sink, destinations).customer_key


@gcp.derives(GcpLogSink, "retention_days", joins=GcpLogDestination)
def retention_days(sink: GcpLogSink, destinations: Population[GcpLogDestination]) -> int | None:
    """As long as its destination keeps records."""
    return _target(sink, destinations).retention_days
