"""A word that a vendor does not document leaves nothing out of a population and switches nothing off."""

import importlib
import json
from pathlib import Path
from typing import Any

import pytest

from soc2test import Resource, UnknownFact
from soc2test.evidence.read_limits import ReadLimits
from soc2test.inventory.dating import Clock
from soc2test.inventory.load import Request, load_inventory
from soc2test.resources.resource import fact_names
from soc2test.testing import AS_OF

NSG = "azure/s-1/network.nsg.list.json"
ASSETS = "gcp/project=p/asset.list.resource.json"
RULE = {
    "id": "/x/securityRules/r", "name": "r", "access": "Allow", "direction": "Inbound", "protocol": "Tcp",
    "destinationPortRange": "22", "sourceAddressPrefix": "*",
}  # fmt: skip


def asset(type_: str, **data: Any) -> dict[str, Any]:
    return {"name": f"//x/{type_}", "assetType": type_, "ancestors": ["projects/1"], "resource": {"data": data}}


FIREWALL = asset(
    "compute.googleapis.com/Firewall",
    direction="INGRESS",
    disabled=False,
    allowed=[{"IPProtocol": "tcp", "ports": ["22"]}],
)
CRYPTO = asset(
    "cloudkms.googleapis.com/CryptoKey",
    name="k",
    purpose="ENCRYPT_DECRYPT",
    versionTemplate={"protectionLevel": "SOFTWARE"},
)
SQL = asset("sqladmin.googleapis.com/Instance", name="db", instanceType="CLOUD_SQL_INSTANCE", settings={})
POLICY = {
    "id": "p", "displayName": "p", "state": "enabled",
    "grantControls": {"operator": "AND", "builtInControls": ["mfa", "compliantDevice"]},
    "conditions": {
        "users": {"includeUsers": ["All"]}, "applications": {"includeApplications": ["All"]}, "clientAppTypes": ["all"],
        "signInRiskLevels": [],
    },
}  # fmt: skip
FLOW_LOG = {"id": "/f", "targetResourceId": "/t", "enabled": True, "retentionPolicy": {"days": 90, "enabled": True}}

CASES: list[tuple[str, str, Any, tuple[str | int, ...], str]] = [
    ("azure", NSG, [{"id": "/x", "name": "x", "securityRules": [RULE], "defaultSecurityRules": []}],
     (0, "securityRules", 0, "access"), ""),
    ("azure", NSG, [{"id": "/x", "name": "x", "securityRules": [RULE], "defaultSecurityRules": []}],
     (0, "securityRules", 0, "direction"), ""),
    ("azure", "azure/s-1/vm.list.json", [{"id": "/v", "name": "v", "powerState": "VM running", "publicIps": ""}],
     (0, "powerState"), "running"),
    ("azure", "azure/s-1/postgres.flexible-server.list.json",
     [{"id": "/p", "name": "p", "replicationRole": "Primary"}], (0, "replicationRole"), "copy"),
    ("azure", "azure/s-1/storage.account.list.json", [{"id": "/a", "name": "a", "sku": {"name": "Standard_ZRS"}}],
     (0, "sku", "name"), "multi_zone"),
    ("gcp", ASSETS, [FIREWALL], (0, "resource", "data", "direction"), ""),
    ("gcp", ASSETS, [FIREWALL], (0, "resource", "data", "disabled"), ""),
    ("gcp", ASSETS, [CRYPTO], (0, "resource", "data", "purpose"), "symmetric"),
    ("gcp", ASSETS, [CRYPTO], (0, "resource", "data", "versionTemplate", "protectionLevel"), "symmetric"),
    ("gcp", ASSETS, [SQL], (0, "resource", "data", "instanceType"), "copy"),
    ("gcp", ASSETS, [asset("cloudresourcemanager.googleapis.com/Project", projectId="p", state="ACTIVE")],
     (0, "resource", "data", "state"), ""),
    ("entra", "entra/t/identity.conditionalAccess.policies.json", {"value": [POLICY]},
     ("value", 0, "grantControls", "operator"), "asks_mfa"),
    ("azure", "azure/s-1/network.watcher.flow-log.list.westeurope.json", [FLOW_LOG], (0, "retentionPolicy", "enabled"),
     "retention_days"),
]  # fmt: skip
UNREAD = ("unreadable", "unread")
"""Codes of gaps: an item that can't be read, and a part of one, beside which the others stand."""
WORDS: list[Any] = ["other", "", None, {}, 7]


def state(folder: Path, plugin: str, file: str, body: Any) -> tuple[dict[Any, Any], bool]:
    """The facts that are known, by kind, id and name; and whether anything could not be read."""
    (folder / file).parent.mkdir(parents=True, exist_ok=True)
    (folder / file).write_text(json.dumps(body))
    module = importlib.import_module(f"soc2test_plugins.{plugin}")
    sources = {source.name: source for source in module.soc2_sources()}
    request = Request(folder, sources, lambda export: [], {}, {}, ReadLimits(), Clock(AS_OF, AS_OF))
    inventory = load_inventory(request).inventory
    kinds = {kind for source in sources.values() for each in source.operations.values() for kind in each.kinds}
    known: dict[Any, Any] = {}
    for kind in kinds:
        told: list[Any] = [*inventory.members(kind), *map(inventory._builder.build, inventory.unlisted(kind))]
        known |= {
            (kind, name): value for each in told for name in fact_names(kind) if (value := _fact(each, name)) != "?"
        }
    codes = {gap.code for kind in kinds for gap in inventory.gaps(kind)}
    return known, not codes.isdisjoint(UNREAD)


def _fact(resource: Resource, name: str) -> Any:
    try:
        return getattr(resource, name)
    except UnknownFact:
        return "?"


@pytest.mark.parametrize("word", WORDS, ids=repr)
@pytest.mark.parametrize(("plugin", "file", "body", "steps", "fact"), CASES)
def test_an_unknown_word_is_unknown(
    tmp_path: Path, plugin: str, file: str, body: Any, steps: tuple[str | int, ...], fact: str, word: Any
) -> None:
    known, unreadable = state(tmp_path, plugin, file, body)
    assert not unreadable
    assert known
    assert not fact or any(name == fact for _, name in known)
    spoilt = json.loads(json.dumps(body))
    holder = spoilt
    for step in steps[:-1]:
        holder = holder[step]
    holder[steps[-1]] = word
    if fact == "copy" and word is None:
        return  # null is Azure's way of saying that it copies nothing
    known, unreadable = state(tmp_path, plugin, file, spoilt)
    assert unreadable if not fact else not any(name == fact for _, name in known)
