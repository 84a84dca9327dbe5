"""Diagnostic settings of resources and of the subscription, and flow logs."""

from collections.abc import Iterator
from typing import Any

from soc2test import (
    Facts,
    Item,
    Said,
    Subject,
    Unknown,
    facts,
    flag,
    id_text,
    items_of,
    known,
    listed,
    number,
    or_unknown,
    skip,
    text,
)
from soc2test_plugins.azure.about import LOCATION, RESOURCE, within
from soc2test_plugins.azure.arm_types import whose
from soc2test_plugins.azure.kinds import AzureActivityLog, AzureFlowLog, AzureKeyVault, AzureStorageAccount
from soc2test_plugins.azure.source import arm_id, as_value, azure, inner

_STORAGE = {"StorageRead", "StorageWrite", "StorageDelete"}
_ALL = "allLogs"


@azure.reads(
    "monitor diagnostic-settings list",
    kind=(AzureStorageAccount, AzureKeyVault),
    subject="resource",
    about={"resource": RESOURCE},
    prepare=as_value,
    tells=("logged_blob", "logged_file", "logged_queue", "logged_table", "access_logged"),
    command="az {operation} --resource {resource} --output json",
)
def settings(body: Any, at: Subject) -> Iterator[Said]:
    """What of a resource is logged: of a vault, or of one service of a storage account (.../blobServices/default)."""
    resource = at["resource"].lower().rstrip("/")
    logged = {category for each in listed(body["value"]) for category in _enabled(each)}
    account, _, service = resource.partition("services/default")[0].rpartition("/")
    if "/microsoft.storage/storageaccounts/" in resource and service in ("blob", "file", "queue", "table"):
        yield facts(account, AzureStorageAccount, **{f"logged_{service}": _ALL in logged or logged >= _STORAGE})
    elif "/microsoft.keyvault/vaults/" in resource:
        yield facts(resource, AzureKeyVault, access_logged=bool(logged & {_ALL, "audit", "AuditEvent"}))
    else:
        yield skip("settings of a resource of another type")
        yield from whose(resource)


def _enabled(setting: Item) -> set[str]:
    """Categories that are logged, and groups of them."""
    found = set()
    for log in items_of(inner(setting).or_else("logs", [])):
        if flag(log["enabled"]):
            found.add(text(log.or_else("category", None) or log.or_else("categoryGroup", None)))
    return found


@azure.reads(
    "monitor diagnostic-settings subscription list", kind=AzureActivityLog, items="value", lists=True, prepare=as_value
)
def activity_log(item: Item, at: Subject) -> Facts:
    """One setting of the subscription; it holds what happened in all regions."""
    logged = or_unknown(lambda: _enabled(item))
    untold = Unknown("Azure does not tell whether a diagnostic setting's deliveries succeed", what="delivering")
    return facts(
        arm_id(item),
        name=item["name"],
        all_regions=True,
        management_events=logged if isinstance(logged, Unknown) else bool(logged & {"Administrative", _ALL}),
        delivering=False if not isinstance(logged, Unknown) and not logged else untold,
    )


@azure.reads(
    "network watcher flow-log show",
    kind=AzureFlowLog,
    subject=("location", "flow_log"),
    about={"location": LOCATION, "flow_log": within("flowLogs")},
    command="az {operation} --location {location} --name {flow_log} --output json",
)
@azure.reads(
    "network watcher flow-log list",
    kind=AzureFlowLog,
    subject="location",
    about={"location": LOCATION},
    items="value",
    prepare=as_value,
    command="az {operation} --location {location} --output json",
)
def flow_log(item: Item, at: Subject) -> Facts:
    """A flow log, which the list of security groups names."""
    own = inner(item)
    return facts(
        arm_id(item),
        target=or_unknown(lambda: id_text(own["targetResourceId"]).lower()),
        enabled=own["enabled"],
        retention_days=or_unknown(lambda: _days(known(own["retentionPolicy"]))),
    )


def _days(policy: Item) -> int | None:
    """0 days, or a policy that is off: kept until somebody deletes it."""
    return (number(policy["days"]) or None) if flag(policy["enabled"]) else None
