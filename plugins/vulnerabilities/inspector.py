"""Amazon Inspector: findings with the day of first sight, and the resources that it covers."""

import re
from collections.abc import Iterator
from functools import partial
from typing import Any

import msgspec

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
    meaning,
    missed,
    or_unknown,
    skip,
    translated,
)
from soc2test_plugins.aws.source import COLLECTING, DENIED, error
from soc2test_plugins.vulnerabilities.aws_places import INSPECTOR_PLACES
from soc2test_plugins.vulnerabilities.kinds import InspectorFinding, ScannedAsset
from soc2test_plugins.vulnerabilities.rights import INSPECTOR
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
    collecting=msgspec.structs.replace(COLLECTING, rights=INSPECTOR),
    url="https://docs.aws.amazon.com/inspector/v2/APIReference/API_Finding.html",
    identity=INSPECTOR_PLACES,
)
_STATES = {"ACTIVE": "open", "CLOSED": "fixed", "SUPPRESSED": "dismissed"}
_BY_TYPE = {"CODE_VULNERABILITY": "code", "NETWORK_REACHABILITY": "configuration", "PACKAGE_VULNERABILITY": None}
"""Types of findings; of a weak package the category is that of the resource which holds it."""
_DEPENDENCIES = (
    "AWS_ECR_REPOSITORY", "AWS_LAMBDA_FUNCTION", "MACHINE_IMAGE", "Microsoft.Compute/virtualMachines",
    "Microsoft.ContainerRegistry/registry/containerImage", "Microsoft.Web/sites",
    "artifactregistry.googleapis.com/DockerImage", "cloudfunctions.googleapis.com/Function",
    "compute.googleapis.com/Instance",
)  # fmt: skip
_ASSETS = {
    "AWS_ECR_CONTAINER_IMAGE": "image",
    "AWS_EC2_INSTANCE": "host",
    "CODE_REPOSITORY": "code",
    **dict.fromkeys(_DEPENDENCIES, "dependency"),
}
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
            category=or_unknown(partial(_category, item, resource)),
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
    return meaning(item["type"], _BY_TYPE) or meaning(resource["type"], _ASSETS)


def _weakness(item: Item) -> Any:
    named = dig(item, "packageVulnerabilityDetails", "vulnerabilityId")
    return named if isinstance(named, str) else item["title"]


_LOOKED_AT = ("SUCCESSFUL", "SCAN_IN_PROGRESS", "PENDING_REVIVAL_SCAN")
"""Reasons of a scan status after which the findings of a resource are those of a scan."""
_NOTHING_THERE = ("RESOURCE_TERMINATED", "EC2_INSTANCE_STOPPED", "NO_RESOURCES_FOUND")
"""Reasons why a resource that is not scanned hides no weakness: it is gone, or does not run and keeps its findings."""


_NOT_LOOKED_AT = (
    "ACCESS_DENIED", "ACCESS_DENIED_TO_ENCRYPTION_KEY", "AGENTLESS_INSTANCE_COLLECTION_TIME_LIMIT_EXCEEDED",
    "AGENTLESS_INSTANCE_STORAGE_LIMIT_EXCEEDED", "DEEP_INSPECTION_COLLECTION_TIME_LIMIT_EXCEEDED",
    "DEEP_INSPECTION_DAILY_SSM_INVENTORY_LIMIT_EXCEEDED", "DEEP_INSPECTION_NO_INVENTORY",
    "DEEP_INSPECTION_PACKAGE_COLLECTION_LIMIT_EXCEEDED", "EXCLUDED_BY_TAG", "EXTRACTION_COLLECTION_TIME_LIMIT_EXCEEDED",
    "IMAGE_ARCHIVED", "IMAGE_SIZE_EXCEEDED", "INTEGRATION_CONNECTION_LOST", "INTERNAL_ERROR", "INVALID_ARTIFACT",
    "NO_INVENTORY", "NO_SCAN_CONFIGURATION_ASSOCIATED", "PENDING_DISABLE", "PENDING_INITIAL_SCAN", "RESOURCE_STOPPED",
    "RESOURCE_UNMANAGED", "SCAN_ELIGIBILITY_EXPIRED", "SCAN_FREQUENCY_MANUAL", "SCAN_FREQUENCY_SCAN_ON_PUSH",
    "STALE_INVENTORY", "STORAGE_LIMIT_EXCEEDED", "UNMANAGED_EC2_INSTANCE", "UNSUPPORTED_CODE_ARTIFACTS",
    "UNSUPPORTED_CONFIG_FILE", "UNSUPPORTED_LANGUAGE", "UNSUPPORTED_MEDIA_TYPE", "UNSUPPORTED_OS",
    "UNSUPPORTED_RUNTIME",
)  # fmt: skip
"""The other reasons: what was found before, if anything, is no longer the whole. Of a few the API's reference says
nothing (RESOURCE_STOPPED, RESOURCE_UNMANAGED), so that they stand here too."""
_REASONS = frozenset((*_LOOKED_AT, *_NOTHING_THERE, *_NOT_LOOKED_AT))
_SCANNING = {"ACTIVE": True, "INACTIVE": False}


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
        scanning=translated(dig(item, "scanStatus", "statusCode"), _SCANNING),
        last_scanned_at=item.time("lastScannedAt"),
    )
    yield from _not_looked_at(item)


def _not_looked_at(item: Item) -> Iterator[Missed]:
    """Source: https://docs.aws.amazon.com/inspector/v2/APIReference/API_ScanStatus.html."""
    status, reason = (text_at(item, "scanStatus", key) for key in ("statusCode", "reason"))
    if reason in _NOTHING_THERE or (status == "ACTIVE" and reason in _LOOKED_AT):
        return
    if reason not in _REASONS or status not in _SCANNING:
        yield missed("whether Inspector scans a resource it says by a word that is not known here", InspectorFinding)
        return
    yield missed(
        f"Inspector does not scan a resource, status {named_as(status)}, reason {named_as(reason)}: it has no findings "
        "of it, whatever is there",
        InspectorFinding,
    )


_ACCOUNT = re.compile(r"\d{12}", re.ASCII)
_BOTH = (InspectorFinding, ScannedAsset)
_ON = {"ENABLED": True, **dict.fromkeys(("DISABLED", "DISABLING", "ENABLING", "SUSPENDED", "SUSPENDING"), False)}


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
    on = translated(status, _ON)
    if isinstance(on, Unknown):
        return missed("whether Inspector is on in an account it says by a word that is not known here", *_BOTH)
    if on:
        return skip("an account in which Inspector is on")
    return missed(f"Inspector is not on in the account, status {named_as(status)}", *_BOTH)
