"""Amazon Inspector: findings with the day of first sight, and the resources that it covers."""

import re
from collections.abc import Iterator
from typing import Any

from soc2test import (
    Item,
    Missed,
    Said,
    Skip,
    Source,
    Subject,
    Unknown,
    by_token,
    dig,
    facts,
    id_text,
    item_of,
    missed,
    skip,
    translated,
)
from soc2test_plugins.aws.source import COLLECTING, DENIED, error
from soc2test_plugins.vulnerabilities.aws_places import INSPECTOR_PLACES
from soc2test_plugins.vulnerabilities.kinds import InspectorFinding, ScannedAsset
from soc2test_plugins.vulnerabilities.severity import severity
from soc2test_plugins.vulnerabilities.shapes import items_at, moment, named_as, text_at

__all__ = ["inspector"]

inspector = Source(
    "inspector",
    title="Amazon Inspector",
    hosted_by=["AWS", "Amazon Web Services"],
    sold_by=["Amazon"],
    scope=("account", "region"),
    command="aws {operation} --region {region}",
    error=error,
    denied=DENIED,
    paging=by_token("nextToken"),
    collecting=COLLECTING,
    url="https://docs.aws.amazon.com/inspector/v2/APIReference/API_Finding.html",
    identity=INSPECTOR_PLACES,
)
_STATES = {"ACTIVE": "open", "CLOSED": "fixed", "SUPPRESSED": "dismissed"}
_ASSETS = {"AWS_ECR_CONTAINER_IMAGE": "image", "AWS_EC2_INSTANCE": "host", "CODE_REPOSITORY": "code"}
_BY_RULE = Unknown(
    "Inspector suppresses by rules and does not say which one matched: `aws inspector2 list-filters` lists them",
    what="dismissed_by",
)


@inspector.reads("inspector2 list-findings", kind=InspectorFinding, items="findings", lists=True)
def finding(item: Item, at: Subject) -> Iterator[Said]:
    """A finding about one resource, or about several."""
    resources = items_at(item, "resources")
    if not resources:
        yield missed("a finding that names no resource", InspectorFinding)
    state = translated(item["status"], _STATES)
    dismissed = state if isinstance(state, Unknown) else _BY_RULE if state == "dismissed" else None
    for resource in resources:
        yield facts(
            id_text(item["findingArn"]) + (f"#{id_text(resource['id'])}" if len(resources) > 1 else ""),
            category=_category(item, resource),
            asset=resource["id"],
            severity=severity(item.or_else("severity", None), item.or_else("inspectorScore", None)),
            state=state,
            first_seen_at=item.time("firstObservedAt"),
            closed_at=_closed(item, state),
            dismissed_by=dismissed,
            dismissed_reason=dismissed,
            weakness=_weakness(item),
        )


def _closed(item: Item, state: Any) -> Any:
    """A closed finding is updated for the last time when Inspector sees the weakness gone."""
    if isinstance(state, Unknown):
        return state
    return None if state == "open" else moment(item, "updatedAt")


def _category(item: Item, resource: Item) -> str:
    if text_at(item, "type") == "CODE_VULNERABILITY":
        return "code"
    if text_at(item, "type") == "NETWORK_REACHABILITY":
        return "configuration"
    return _ASSETS.get(text_at(resource, "type"), "dependency")


def _weakness(item: Item) -> Any:
    named = dig(item, "packageVulnerabilityDetails", "vulnerabilityId")
    return named if isinstance(named, str) else item["title"]


_LOOKED_AT = ("SUCCESSFUL", "SCAN_IN_PROGRESS", "PENDING_REVIVAL_SCAN")
"""Reasons of a scan status after which the findings of a resource are those of a scan."""
_NOTHING_THERE = ("RESOURCE_TERMINATED", "EC2_INSTANCE_STOPPED", "NO_RESOURCES_FOUND")
"""Reasons why a resource that is not scanned hides no weakness: it is gone, or does not run and keeps its findings."""


@inspector.reads("inspector2 list-coverage", kind=ScannedAsset, items="coveredResources", lists=True)
def covered(item: Item, at: Subject) -> Iterator[Said]:
    """A resource that Inspector knows; with another status than ACTIVE it is not scanned.

    What is not scanned has no findings, whatever is there: of such a resource the list of findings is not whole.
    """
    kind, scan = id_text(item["resourceId"]), text_at(item, "scanType")
    yield facts(
        "/".join(("inspector", id_text(item["accountId"]), kind, scan)),
        scanner="inspector",
        asset=kind,
        scanning=translated(dig(item, "scanStatus", "statusCode"), {"ACTIVE": True, "INACTIVE": False}),
        last_scanned_at=item.time("lastScannedAt"),
    )
    yield from _not_looked_at(item)


def _not_looked_at(item: Item) -> Iterator[Missed]:
    """Source: https://docs.aws.amazon.com/inspector/v2/APIReference/API_ScanStatus.html."""
    status, reason = (text_at(item, "scanStatus", key) for key in ("statusCode", "reason"))
    if reason in _NOTHING_THERE or (status == "ACTIVE" and reason in _LOOKED_AT):
        return
    yield missed(
        f"Inspector does not scan a resource, status {named_as(status)}, reason {named_as(reason)}: it has no findings "
        "of it, whatever is there",
        InspectorFinding,
    )


_ACCOUNT = re.compile(r"\d{12}", re.ASCII)
_BOTH = (InspectorFinding, ScannedAsset)


@inspector.reads("inspector2 batch-get-account-status", kind=InspectorFinding)
def account_statuses(body: Any, at: Subject) -> Iterator[Said]:
    """Whether Inspector is on in each account; of one where it is off an empty list of findings says nothing.

    Which types of resources it scans is not judged here: a company without functions leaves theirs off.
    """
    top = item_of(body)
    accounts, failed = items_at(top, "accounts"), items_at(top, "failedAccounts", [])
    for account in failed:
        reason = named_as(text_at(account, "errorCode"))
        yield missed(f"whether Inspector is on in an account was not answered, {reason}", *_BOTH)
    answered = {text_at(account, "accountId") for account in (*accounts, *failed)}
    if not answered:
        yield missed("the answer names no account: whether Inspector is on is not known", *_BOTH)
    elif _ACCOUNT.fullmatch(at["account"]) and at["account"] not in answered:
        yield missed("the answer is about other accounts than that of its folder, where Inspector may be off", *_BOTH)
    yield from map(_account_status, accounts)


def _account_status(item: Item) -> Missed | Skip:
    status = text_at(item, "state", "status")
    if status == "ENABLED":
        return skip("an account in which Inspector is on")
    return missed(f"Inspector is not on in the account, status {named_as(status)}", *_BOTH)
