"""Azure: storage accounts and their containers."""

from collections.abc import Iterator

from soc2test import Facts, Item, UnknownFact, facts, known, meaning, number, or_unknown
from soc2test_plugins.azure.addresses import anybody_of
from soc2test_plugins.terraform.documents import Record
from soc2test_plugins.terraform.kinds import TerraformStore
from soc2test_plugins.terraform.labels import labelled
from soc2test_plugins.terraform.values import blocks, flag_at, listed_at, only, text_at
from soc2test_plugins.terraform.workspace import Workspace, reader

_PUBLIC = {"private": False, "blob": True, "container": True}

_SEVERAL_ZONES = {"LRS": False, **dict.fromkeys(("ZRS", "GRS", "RAGRS", "GZRS", "RAGZRS"), True)}
_PUBLIC_SWITCHES = ("allow_nested_items_to_be_public", "allow_blob_public_access")
_TLS_SWITCHES = ("https_traffic_only_enabled", "enable_https_traffic_only")
"""The provider renamed its switches with version 3 and 4."""


@reader("azurerm_storage_account")
def account(record: Record, workspace: Workspace) -> Iterator[Facts]:
    """A storage account; Azure encrypts each."""
    values = record.values
    yield facts(
        workspace.id(record),
        TerraformStore,
        name=values["name"],
        type=record.type,
        planned=record.planned,
        copy=False,
        public=or_unknown(lambda: _public(record, workspace)),
        encrypted=True,
        customer_key=or_unknown(lambda: _customer_key(record, workspace)),
        tls_only=or_unknown(lambda: flag_at(values, _named(values, _TLS_SWITCHES), default=True)),
        versioned=or_unknown(lambda: _kept(record, workspace, "delete_retention_policy")),
        backed_up=or_unknown(lambda: _kept(record, workspace, "restore_policy")),
        backup_days=or_unknown(lambda: _restore_days(record, workspace)),
        multi_zone=or_unknown(lambda: meaning(values["account_replication_type"], _SEVERAL_ZONES)),
        **labelled(values),
    )


def _named(values: Item, names: tuple[str, ...]) -> str:
    """Which of a switch's names this version of the provider has."""
    return next((name for name in names if name in values), names[0])


def _public(record: Record, workspace: Workspace) -> bool:
    """A container is open to everybody, the account allows that, and any address may ask."""
    values = record.values
    if not flag_at(values, _named(values, _PUBLIC_SWITCHES), default=True) or not _network_open(record, workspace):
        return False
    for argument in ("storage_account_name", "storage_account_id"):
        for each in workspace.attached(record, argument, "azurerm_storage_container"):
            if meaning(text_at(each.values, "container_access_type") or "private", _PUBLIC):
                return True
    if not record.created:
        raise UnknownFact("public", "containers of it may be in other workspaces, and the account lets them be public")
    return False


def _network_open(record: Record, workspace: Workspace) -> bool:
    values = record.values
    switch = "public_network_access_enabled"
    if switch in values and not flag_at(values, switch, default=True):
        return False
    beside = workspace.one(record, "storage_account_id", "azurerm_storage_account_network_rules")
    if beside is None and workspace.left_out(record, "network_rules"):
        return True
    rules = only(values, "network_rules") if beside is None else beside.values
    if rules is None or meaning(rules["default_action"], {"Allow": True, "Deny": False}):
        return True
    return anybody_of(listed_at(rules, "ip_rules"), tags=False)


def _customer_key(record: Record, workspace: Workspace) -> bool:
    for _ in workspace.attached(record, "storage_account_id", "azurerm_storage_account_customer_managed_key"):
        return True
    if "customer_managed_key" in record.values and blocks(record.values, "customer_managed_key"):
        return True
    if not record.created:
        raise UnknownFact("customer_key", "another workspace may have given it a key")
    return False


def _restore_days(record: Record, workspace: Workspace) -> int | None:
    """How far a restore to a point in time reaches back; versions that are kept reach back without an end."""
    blobs = None if workspace.left_out(record, "blob_properties") else only(record.values, "blob_properties")
    if blobs is None or flag_at(blobs, "versioning_enabled", default=False):
        return None
    policy = only(blobs, "restore_policy")
    return None if policy is None else int(number(known(policy["days"])))


def _kept(record: Record, workspace: Workspace, policy: str) -> bool:
    if workspace.left_out(record, "blob_properties"):
        return False
    known(record.values["blob_properties"])
    blobs = only(record.values, "blob_properties")
    if blobs is None:
        return False
    return flag_at(blobs, "versioning_enabled", default=False) or bool(blocks(blobs, policy))
