"""Storage accounts, their containers and the protection of their blobs."""

from collections.abc import Iterator
from typing import Any

from soc2test import (
    Facts,
    Item,
    Population,
    Said,
    Subject,
    UnknownFact,
    facts,
    flag,
    id_text,
    item_of,
    items_of,
    known,
    meaning,
    number,
    or_unknown,
    text,
)
from soc2test_plugins.azure.about import within
from soc2test_plugins.azure.addresses import anybody_of
from soc2test_plugins.azure.arm_types import whose
from soc2test_plugins.azure.key_ids import key_id
from soc2test_plugins.azure.kinds import AzureBlobContainer, AzureStorageAccount, AzureStorageName
from soc2test_plugins.azure.source import (
    CLASSIFICATION,
    arm_id,
    as_value,
    azure,
    inner,
    public_network,
    tag,
)

__all__ = ["network_open"]

_SERVICES = ("blob", "file", "queue", "table")
_KEY_SOURCE = {"microsoft.keyvault": True, "microsoft.storage": False}
_ALLOWS = {"Allow": True, "Deny": False}
_SEVERAL_ZONES = ("_ZRS", "_GRS", "_RAGRS", "_GZRS", "_RAGZRS")
_PUBLIC = {"none": False, "blob": True, "container": True}


@azure.reads(
    "storage account list",
    kind=(AzureStorageAccount, AzureStorageName),
    items="value",
    lists=True,
    prepare=as_value,
)
def account(item: Item, at: Subject) -> Iterator[Facts]:
    """A storage account."""
    own = inner(item)
    yield facts(arm_id(item), AzureStorageName, name=item["name"])
    yield facts(
        arm_id(item),
        AzureStorageAccount,
        name=item["name"],
        copy=False,
        encrypted=True,  # Azure encrypts all storage accounts, and can't be told not to
        customer_key=or_unknown(lambda: meaning(text(own["encryption"]["keySource"]).lower(), _KEY_SOURCE)),
        encryption_key=or_unknown(lambda: _vault_key(own["encryption"])),
        tls_only=own.first("supportsHttpsTrafficOnly", "enableHttpsTrafficOnly"),
        min_tls=own["minimumTlsVersion"],
        blob_public_allowed=own["allowBlobPublicAccess"],
        network_open=or_unknown(lambda: network_open(own)),
        multi_zone=or_unknown(lambda: _several_zones(text(item["sku"]["name"]).upper())),
        services=or_unknown(
            lambda: tuple(each for each in _SERVICES if known(own["primaryEndpoints"]).or_else(each, None))
        ),
        classification=tag(item, *CLASSIFICATION),
        owner=tag(item, "owner"),
    )


def _vault_key(encryption: Item) -> str | None:
    if not meaning(text(encryption["keySource"]).lower(), _KEY_SOURCE):
        return None
    named = item_of(encryption["keyVaultProperties"])
    return key_id(f"{id_text(named['keyVaultUri']).rstrip('/')}/keys/{id_text(named['keyName'])}")


def _several_zones(sku: str) -> bool:
    """Standard_LRS keeps all copies in one place; zones or a second region must be named."""
    if not sku.endswith(("_LRS", *_SEVERAL_ZONES)):
        raise UnknownFact("multi_zone", "the redundancy of the account is none that this plugin knows")
    return sku.endswith(_SEVERAL_ZONES)


def network_open(own: Item) -> bool:
    """Any address may ask: public network access is on, and the network rules let all in."""
    if not public_network(own.or_else("publicNetworkAccess", None)):
        return False
    rules = known(own.first("networkAcls", "networkRuleSet"))
    if meaning(rules["defaultAction"], _ALLOWS):
        return True
    ranges = (
        each.first("value", "ipAddressOrRange", "iPAddressOrRange") for each in items_of(rules.or_else("ipRules", []))
    )
    return anybody_of(ranges, tags=False)


@azure.reads(
    "storage container-rm list",
    kind=AzureBlobContainer,
    items="value",
    lists=True,
    per=AzureStorageName,
    subject="account",
    about={"account": within("storageAccounts")},
    prepare=as_value,
    command="az {operation} --storage-account {account} --subscription {subscription} --output json",
)
def container(item: Item, at: Subject) -> Iterator[Said]:
    """A container; null means that it is not public."""
    public = or_unknown(lambda: _public(known(inner(item)["publicAccess"])))
    account = arm_id(item, below="blobServices")
    yield facts(arm_id(item), account=account, public=public, website=or_unknown(lambda: text(item["name"]) == "$web"))
    yield from whose(account)


def _public(told: Any) -> bool:
    return told is not None and meaning(text(told).lower(), _PUBLIC)


@azure.derives(AzureStorageAccount, "public", joins=AzureBlobContainer)
def public(store: AzureStorageAccount, containers: Population[AzureBlobContainer]) -> bool:
    """A container is open to everybody, the account allows that, and any address may ask."""
    if _shut(store):
        return False
    mine = containers.all("account", store.id)
    if store.blob_public_allowed and any(container.public for container in mine):
        return store.network_open
    if any(container.website for container in mine):
        raise UnknownFact("public", "whether its static website, which anybody may read, is on is not told")
    return False


def _shut(store: AzureStorageAccount) -> bool:
    """Certainly no address from outside may ask; what is not told of it matters only to an open container."""
    try:
        return not store.network_open
    except UnknownFact:
        return False


@azure.reads(
    "storage account blob-service-properties show",
    kind=AzureStorageAccount,
    subject="account",
    about={"account": within("storageAccounts")},
    command="az {operation} --account-name {account} --subscription {subscription} --output json",
)
def blob_service(item: Item, at: Subject) -> Facts:
    """How blobs are kept. Azure leaves out what was never set."""
    own = inner(item)
    versions = or_unknown(lambda: flag(own.or_else("isVersioningEnabled", None) or False))
    return facts(
        arm_id(item, below="blobServices"),
        versioned=or_unknown(lambda: known(versions) or _on(own, "deleteRetentionPolicy")),
        backed_up=or_unknown(lambda: known(versions) or _on(own, "restorePolicy")),
        backup_days=or_unknown(lambda: None if known(versions) else _restore_days(own)),
    )


def _restore_days(own: Item) -> int | None:
    """How far back blobs can be restored; nothing says so where the policy is off."""
    return number(item_of(own["restorePolicy"])["days"]) if _on(own, "restorePolicy") else None


def _on(own: Item, key: str) -> bool:
    policy: Any = own.or_else(key, None)
    return isinstance(policy, Item) and policy.or_else("enabled", False) is True


@azure.derives(AzureStorageAccount, "access_logged")
def access_logged(store: AzureStorageAccount) -> bool:
    """Reads, writes and deletions of each service that the account has leave a record."""
    return bool(store.services) and all(getattr(store, f"logged_{each}") for each in store.services)
