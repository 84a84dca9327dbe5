"""Storage accounts, disks and vaults, in both dialects, and what the shipped controls say of them."""

from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from azure_reading import GROUP, SUBSCRIPTION, arm, every, flat, gap_codes, load, only

from soc2test import DataStore, UnknownFact
from soc2test.testing import check
from soc2test_plugins.azure.kinds import (
    AzureBlobContainer,
    AzureDisk,
    AzureKeyVault,
    AzureSnapshot,
    AzureStorageAccount,
    AzureVaultKey,
)
from soc2test_policies.a1.stores import test_stores_are_backed_up as backed_up_control
from soc2test_policies.cc6.encryption_keys import test_encryption_keys_rotate as rotate_control
from soc2test_policies.cc6.stores import test_stores_are_encrypted as encrypted_control
from soc2test_policies.cc6.stores import test_stores_are_not_public as public_control
from soc2test_policies.cc6.stores import test_stores_demand_tls as tls_control

ACCOUNT: dict[str, Any] = {
    "supportsHttpsTrafficOnly": True,
    "minimumTlsVersion": "TLS1_2",
    "allowBlobPublicAccess": True,
    "networkAcls": {"defaultAction": "Allow", "ipRules": []},
    "encryption": {"keySource": "Microsoft.Storage"},
    "primaryEndpoints": {"blob": "https://logs.blob.core.windows.net/", "dfs": "x", "file": None},
}


def account(name: str = "logs", **change: Any) -> dict[str, Any]:
    found = arm("Microsoft.Storage/storageAccounts", name, **{**ACCOUNT, **change})
    return {**found, "sku": {"name": "Standard_ZRS"}, "tags": {"Owner": "data", "classification": "confidential"}}


def container(public: Any) -> dict[str, Any]:
    return arm("Microsoft.Storage/storageAccounts/logs/blobServices/default/containers", "c", publicAccess=public)


def read(folder: Path, public: Any = "None", **change: Any) -> AzureStorageAccount:
    id = f"{GROUP}/providers/Microsoft.Storage/storageAccounts/logs/blobServices/default/containers/c"
    files = {
        "storage.account.list": {"value": [account(**change)]},
        "storage.container-rm.list.logs": {"value": [{**container(public), "id": id}]},
    }
    return only(load(folder, files), AzureStorageAccount)


def test_an_account(tmp_path: Path) -> None:
    found = read(tmp_path)
    assert (found.name, found.owner, found.classification) == ("logs", "data", "confidential")
    assert (found.public, found.encrypted, found.customer_key, found.tls_only) == (False, True, False, True)
    assert (found.min_tls, found.multi_zone, found.services) == ("TLS1_2", True, ("blob",))
    for control in (public_control, encrypted_control, tls_control):
        assert check(control, found).verdict == "pass"
    assert check(backed_up_control, found).verdict == "not_evaluated"


@pytest.mark.parametrize("public", ["Blob", "Container"])
def test_a_public_container(tmp_path: Path, public: str) -> None:
    assert check(public_control, read(tmp_path, public)).verdict == "fail"


@pytest.mark.parametrize(
    "change",
    [
        {"allowBlobPublicAccess": False},
        {"publicNetworkAccess": "Disabled"},
        {"networkAcls": {"defaultAction": "Deny", "ipRules": [{"value": "192.0.2.0/24"}]}},
    ],
)
def test_what_keeps_a_public_container_from_the_world(tmp_path: Path, change: dict[str, Any]) -> None:
    assert read(tmp_path, "Blob", **change).public is False


def test_address_rules_that_let_half_the_world_in(tmp_path: Path) -> None:
    rules = {"defaultAction": "Deny", "ipRules": [{"value": "128.0.0.0/1"}]}
    assert read(tmp_path, "Blob", networkAcls=rules).public is True


def test_containers_must_be_listed_for_each_account(tmp_path: Path) -> None:
    files = {"storage.account.list": [account(), account("other")], "storage.container-rm.list.logs": []}
    inventory = load(tmp_path, files)
    assert gap_codes(inventory, AzureBlobContainer) == {"missing"}
    assert gap_codes(inventory, AzureStorageAccount) == set()
    with pytest.raises(UnknownFact, match="--storage-account other"):
        _ = every(inventory, AzureStorageAccount)[0].public


@pytest.mark.parametrize("key", ["allowBlobPublicAccess", "networkAcls", "supportsHttpsTrafficOnly", "encryption"])
def test_absent_settings_are_unknown(tmp_path: Path, key: str) -> None:
    cut = account()
    del cut["properties"][key]
    public = {**container("Blob"), "id": f"{cut['id']}/blobServices/default/containers/c"}
    files = {"storage.account.list": [cut], "storage.container-rm.list.logs": [public]}
    found = only(load(tmp_path, files), AzureStorageAccount)
    fact = {"supportsHttpsTrafficOnly": "tls_only", "encryption": "customer_key"}.get(key, "public")
    with pytest.raises(UnknownFact):
        getattr(found, fact)


def test_null_is_no_permission(tmp_path: Path) -> None:
    found = read(tmp_path, None, allowBlobPublicAccess=None)
    with pytest.raises(UnknownFact):
        _ = found.public  # older accounts read null as allowed, newer as forbidden


def test_the_flattened_dialect(tmp_path: Path) -> None:
    cli = flat(account())
    cli["networkRuleSet"] = {"defaultAction": "Deny", "ipRules": [{"ipAddressOrRange": "0.0.0.0/0"}]}
    cli["enableHttpsTrafficOnly"] = False
    del cli["networkAcls"], cli["supportsHttpsTrafficOnly"]
    inventory = load(tmp_path, {"storage.account.list": [cli], "storage.container-rm.list.logs": []})
    found = only(inventory, AzureStorageAccount)
    assert found.id == account()["id"].lower()
    assert (found.tls_only, found.network_open, found.public) == (False, True, False)


def test_how_blobs_are_kept(tmp_path: Path) -> None:
    service = f"{GROUP}/providers/Microsoft.Storage/storageAccounts/LOGS/blobServices/default"
    for told, expected in (
        ({"isVersioningEnabled": True}, (True, True)),
        ({"deleteRetentionPolicy": {"enabled": True, "days": 7}}, (True, False)),
        ({"deleteRetentionPolicy": {"enabled": False}}, (False, False)),
    ):
        body = {"id": service, "name": "default", "properties": told}
        files = {"storage.account.list": [account()], "storage.account.blob-service-properties.show.logs": body}
        found = only(load(tmp_path, files), AzureStorageAccount)
        assert (found.versioned, found.backed_up) == expected


@pytest.mark.parametrize(
    ("logs", "logged"),
    [
        ([{"category": "StorageRead", "enabled": True}], False),
        ([{"category": f"Storage{each}", "enabled": True} for each in ("Read", "Write", "Delete")], True),
        ([{"category": f"Storage{each}", "enabled": False} for each in ("Read", "Write", "Delete")], False),
        ([{"categoryGroup": "allLogs", "enabled": True}], True),
        (None, False),
    ],
)
def test_access_logs(tmp_path: Path, logs: Any, logged: bool) -> None:
    settings = {"value": [] if logs is None else [{"id": "/x", "name": "d", "properties": {"logs": logs}}]}
    service = quote(f"{account()['id']}/blobServices/default", safe="")
    files = {"storage.account.list": [account()], f"monitor.diagnostic-settings.list.{service}": settings}
    assert only(load(tmp_path, files), AzureStorageAccount).access_logged is logged


def test_locks(tmp_path: Path) -> None:
    lock = {"id": f"{GROUP}/providers/Microsoft.Authorization/locks/keep", "name": "keep", "level": "CanNotDelete"}
    files = {"storage.account.list": [account()], "lock.list": [lock]}
    assert only(load(tmp_path, files), AzureStorageAccount).deletion_protected is True
    other = {**lock, "id": lock["id"].replace("Acme-Prod", "Acme")}
    assert only(load(tmp_path, {**files, "lock.list": [other]}), AzureStorageAccount).deletion_protected is False
    (tmp_path / "azure" / SUBSCRIPTION / "lock.list.json").unlink()
    with pytest.raises(UnknownFact, match="az lock list"):
        _ = only(load(tmp_path, {}), AzureStorageAccount).deletion_protected


def test_disks(tmp_path: Path) -> None:
    keys = {"type": "EncryptionAtRestWithPlatformAndCustomerKeys"}
    disk = {**arm("Microsoft.Compute/disks", "d", encryption=keys), "sku": {"name": "Premium_ZRS"}}
    copy = {**flat(disk), "id": f"{disk['id']}-copy"}
    inventory = load(tmp_path, {"disk.list": [disk], "snapshot.list": [copy]})
    found = only(inventory, AzureDisk)
    assert (found.customer_key, found.multi_zone, found.copy, found.public) == (True, True, False, False)
    assert only(inventory, AzureSnapshot).copy is True
    with pytest.raises(UnknownFact, match="disk encryption set"):
        _ = found.encryption_key
    assert check(public_control, *every(inventory, DataStore)).verdict == "pass"


@pytest.mark.parametrize(
    ("named", "id"),
    [
        ({"keyVaultUri": "https://V.vault.azure.net/", "keyName": "K"}, "https://v.vault.azure.net/keys/k"),
        ({"keyVaultUri": "https://v.vault.azure.net", "keyName": "k", "keyVersion": "1"}, "https://v.vault.azure.net/keys/k"),
        ({"keyVaultUri": "https://v.vault.azure.net"}, None),
        ({"keyVaultUri": "v.vault", "keyName": "k"}, None),
    ],
)
def test_the_key_of_an_account(tmp_path: Path, named: dict[str, str], id: str | None) -> None:
    found = read(tmp_path, encryption={"keySource": "Microsoft.Keyvault", "keyVaultProperties": named})
    if id is None:
        with pytest.raises(UnknownFact):
            _ = found.encryption_key
    else:
        assert found.encryption_key == id
    assert read(tmp_path, encryption={"keySource": "Microsoft.Storage"}).encryption_key is None


def test_vaults_and_their_keys(tmp_path: Path) -> None:
    vault = arm("Microsoft.KeyVault/vaults", "v", enablePurgeProtection=True, networkAcls={"defaultAction": "Allow"})
    key = {"kid": "https://v.vault.azure.net/keys/k", "attributes": {"enabled": True}}
    policy = {"lifetimeActions": [{"trigger": {"timeAfterCreate": "P90D"}, "action": {"type": "Rotate"}}]}
    files = {"keyvault.list": [vault], "keyvault.key.list.v": [key], "keyvault.key.rotation-policy.show.v~k": policy}
    inventory = load(tmp_path, {**files, "lock.list": []})
    found = only(inventory, AzureKeyVault)
    assert (found.public, found.network_open, found.deletion_protected) == (False, True, True)
    assert gap_codes(inventory, AzureVaultKey) == set()
    assert check(rotate_control, only(inventory, AzureVaultKey)).verdict == "pass"


@pytest.mark.parametrize(
    ("actions", "rotates"),
    [
        ([{"timeAfterCreate": "P1Y", "action": "Rotate"}], True),
        ([{"timeAfterCreate": "P2Y", "action": "Rotate"}], False),
        ([{"timeBeforeExpiry": "P30D", "action": "Notify"}], False),
        ([], False),
    ],
)
def test_rotation(tmp_path: Path, actions: list[Any], rotates: bool) -> None:
    key = {"kid": "https://v.vault.azure.net/keys/k", "attributes": {"enabled": True}}
    told = {"lifetimeActions": actions}
    files = {"keyvault.key.list.v": [key], "keyvault.key.rotation-policy.show.v~k": told}
    assert only(load(tmp_path, files), AzureVaultKey).rotates is rotates


def test_the_cli_lists_vaults_without_their_settings(tmp_path: Path) -> None:
    bare = {"id": f"{GROUP}/providers/Microsoft.KeyVault/vaults/v", "name": "v", "type": "Microsoft.KeyVault/vaults"}
    found = only(load(tmp_path, {"keyvault.list": [bare], "lock.list": []}), AzureKeyVault)
    for fact in ("purge_protected", "network_open", "deletion_protected"):
        with pytest.raises(UnknownFact):
            getattr(found, fact)
    full = {**bare, "properties": {"networkAcls": {"defaultAction": "Deny"}}}
    shown = only(load(tmp_path, {"keyvault.show.v": full}), AzureKeyVault)
    assert (shown.purge_protected, shown.network_open, shown.deletion_protected) == (False, False, False)
