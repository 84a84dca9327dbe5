"""Security rules, machines, databases and who may connect to them."""

from pathlib import Path
from typing import Any

import pytest
from azure_reading import GROUP, arm, every, flat, gap_codes, load, only

from soc2test import UnknownFact
from soc2test.testing import check
from soc2test_plugins.azure.kinds import (
    AzurePostgresFirewallRule,
    AzurePostgresServer,
    AzureSecurityRule,
    AzureSqlDatabase,
    AzureSqlFirewallRule,
    AzureVm,
)
from soc2test_policies.cc6.hosts import test_hosts_guard_their_metadata as metadata_control
from soc2test_policies.cc6.network import test_admin_ports_are_not_open_to_the_world as admin_control
from soc2test_policies.cc6.network import test_database_ports_are_not_open_to_the_world as database_control
from soc2test_policies.cc6.stores import test_stores_are_not_public as public_control

LOWEST, HIGHEST = "0.0.0.0", "255.255.255.255"  # addresses of a rule, nothing listens

RULE: dict[str, Any] = {
    "protocol": "Tcp", "access": "Allow", "direction": "Inbound", "destinationPortRange": "22",
    "sourceAddressPrefix": "*", "destinationAddressPrefix": "*",
}  # fmt: skip


def group(*rules: dict[str, Any]) -> dict[str, Any]:
    named = [
        arm("Microsoft.Network/networkSecurityGroups/web/securityRules", f"r{place}", **each)
        for place, each in enumerate(rules)
    ]
    return arm("Microsoft.Network/networkSecurityGroups", "web", securityRules=named, defaultSecurityRules=[])


def rules(folder: Path, **change: Any) -> list[AzureSecurityRule]:
    return every(load(folder, {"network.nsg.list": {"value": [group({**RULE, **change})]}}), AzureSecurityRule)


@pytest.mark.parametrize(
    ("source", "world"),
    [
        ({"sourceAddressPrefix": "*"}, True),
        ({"sourceAddressPrefix": "Internet"}, True),
        ({"sourceAddressPrefix": "0.0.0.0/0"}, True),
        ({"sourceAddressPrefix": "", "sourceAddressPrefixes": ["10.0.0.0/8", "::/0"]}, True),
        ({"sourceAddressPrefix": "VirtualNetwork"}, False),
        ({"sourceAddressPrefix": "192.0.2.1"}, False),
        ({"sourceAddressPrefix": None, "sourceApplicationSecurityGroups": [{"id": "/x"}]}, False),
    ],
)
def test_who_is_let_in(tmp_path: Path, source: dict[str, Any], world: bool) -> None:
    (rule,) = rules(tmp_path, **source)
    assert (rule.world, rule.inbound, rule.protocol, rule.from_port) == (world, True, "tcp", 22)
    assert check(admin_control, rule).verdict == ("fail" if world else "pass")


def test_ports(tmp_path: Path) -> None:
    found = rules(tmp_path, protocol="*", destinationPortRange=None, destinationPortRanges=["5000-6000", "80", "*"])
    ports = {(each.protocol, each.from_port, each.to_port) for each in found}
    assert ports == {("all", 5000, 6000), ("all", 80, 80), ("all", None, None)}
    assert check(database_control, *found).verdict == "fail"


def test_denials_and_outbound_rules(tmp_path: Path) -> None:
    assert rules(tmp_path, access="Deny") == []
    (out,) = rules(
        tmp_path, direction="Outbound", sourceAddressPrefix="10.0.0.0/8", destinationAddressPrefix="Internet"
    )
    assert (out.inbound, out.world) == (False, True)


def test_an_odd_rule_is_unknown_or_unreadable(tmp_path: Path) -> None:
    (rule,) = rules(tmp_path, sourceAddressPrefix="1.2.3", destinationPortRange="ssh")
    for fact in ("world", "from_port"):
        with pytest.raises(UnknownFact):
            getattr(rule, fact)
    cut = group(RULE)
    del cut["properties"]["securityRules"]
    assert gap_codes(load(tmp_path, {"network.nsg.list": [cut]}), AzureSecurityRule) == {"unreadable"}


def test_the_flattened_dialect(tmp_path: Path) -> None:
    told = flat(group(RULE))
    told["securityRules"] = [flat(each) for each in told["securityRules"]]
    (rule,) = every(load(tmp_path, {"network.nsg.list": [told]}), AzureSecurityRule)
    assert rule.world is True
    assert rule.group == told["id"].lower()


def test_machines(tmp_path: Path) -> None:
    vm = flat(arm("Microsoft.Compute/virtualMachines", "web", powerState="VM running", publicIps="192.0.2.1"))
    host = only(load(tmp_path, {"vm.list": [vm]}), AzureVm)
    assert (host.running, host.public_address) == (True, True)
    assert check(metadata_control, host).verdict == "pass"
    plain = only(load(tmp_path, {"vm.list": {"value": [arm("Microsoft.Compute/virtualMachines", "web")]}}), AzureVm)
    assert check(metadata_control, plain).verdict == "not_evaluated"


def sql(folder: Path, first: str, last: str, network: str = "Enabled") -> dict[str, Any]:
    place = f"{GROUP}/providers/Microsoft.Sql/servers/S"
    rule = {"id": f"{place}/firewallRules/r", "name": "r", "startIpAddress": first, "endIpAddress": last}
    return {
        "sql.server.list": [{"id": place, "name": "S", "publicNetworkAccess": network, "minimalTlsVersion": "1.2"}],
        "sql.server.firewall-rule.list.S": [rule],
        "sql.server.ipv6-firewall-rule.list.S": [],
        "sql.db.list.S": [
            {"id": f"{place}/databases/{name}", "name": name, "zoneRedundant": False} for name in ("app", "master")
        ],
        "sql.db.tde.show.S~app": {"id": f"{place}/databases/app/transparentDataEncryption/current", "state": "Enabled"},
        "sql.server.audit-policy.show.S": {"id": f"{place}/auditingSettings/Default", "state": "Disabled"},
        "sql.server.tde-key.show.S": {"id": f"{place}/encryptionProtector/current", "serverKeyType": "AzureKeyVault"},
    }


@pytest.mark.parametrize(
    ("first", "last", "network", "public"),
    [
        (LOWEST, HIGHEST, "Enabled", True),
        ("1.0.0.0", "200.0.0.0", "Enabled", True),
        (LOWEST, LOWEST, "Disabled", False),
        ("192.0.2.0", "192.0.2.255", "Enabled", False),
        (LOWEST, HIGHEST, "Disabled", False),
    ],
)
def test_who_reaches_a_database(tmp_path: Path, first: str, last: str, network: str, public: bool) -> None:
    inventory = load(tmp_path, sql(tmp_path, first, last, network))
    found = only(inventory, AzureSqlDatabase)
    assert found.public is public
    assert check(public_control, found).verdict == ("fail" if public else "pass")
    assert gap_codes(inventory, AzureSqlDatabase) == set()
    assert only(inventory, AzureSqlFirewallRule).from_port == 1433


def test_what_its_server_tells_of_a_database(tmp_path: Path) -> None:
    found = only(load(tmp_path, sql(tmp_path, "192.0.2.0", "192.0.2.1")), AzureSqlDatabase)
    assert (found.encrypted, found.access_logged, found.customer_key) == (True, False, True)
    assert (found.tls_only, found.backed_up, found.multi_zone, found.copy) == (True, True, False, False)


@pytest.mark.parametrize(("status", "is_known"), [("Online", True), ("Inaccessible", False)])
def test_a_database_that_can_t_be_opened_may_lack_its_key(status: str, is_known: bool, tmp_path: Path) -> None:
    files = sql(tmp_path, "192.0.2.0", "192.0.2.1")
    files["sql.server.tde-key.show.S"]["uri"] = "https://v.vault.azure.net/keys/k/0123"
    files["sql.db.list.S"][0]["status"] = status
    found = only(load(tmp_path, files), AzureSqlDatabase)
    if is_known:
        assert found.encryption_key == "https://v.vault.azure.net/keys/k"
        return
    with pytest.raises(UnknownFact, match="for want of its key"):
        _ = found.encryption_key


def test_a_server_without_its_rules_is_not_known_to_be_shut(tmp_path: Path) -> None:
    files = sql(tmp_path, "192.0.2.0", "192.0.2.1")
    del files["sql.server.firewall-rule.list.S"]
    found = only(load(tmp_path, files), AzureSqlDatabase)
    with pytest.raises(UnknownFact, match="firewall-rule"):
        _ = found.public


def test_postgres(tmp_path: Path) -> None:
    server = {
        "id": f"{GROUP}/providers/Microsoft.DBforPostgreSQL/flexibleServers/P", "name": "P", "replicationRole": "Primary",
        "network": {"publicNetworkAccess": "Enabled"}, "backup": {"backupRetentionDays": 7},
        "highAvailability": {"mode": "ZoneRedundant"}, "dataEncryption": {"type": "SystemManaged"}, "state": "Ready",
    }  # fmt: skip
    rule = {"id": f"{server['id']}/firewallRules/r", "startIpAddress": LOWEST, "endIpAddress": HIGHEST}
    setting = {"id": f"{server['id']}/configurations/require_secure_transport", "name": "require_secure_transport"}
    files = {
        "postgres.flexible-server.list": [server],
        "postgres.flexible-server.firewall-rule.list.P": [rule],
        "postgres.flexible-server.parameter.show.P~require_secure_transport": {**setting, "value": "ON"},
    }
    inventory = load(tmp_path, files)
    found = only(inventory, AzurePostgresServer)
    assert (found.public, found.tls_only, found.multi_zone, found.backed_up) == (True, True, True, True)
    assert (found.customer_key, found.copy, found.encrypted) == (False, False, True)
    assert (found.encryption_key, found.protected_days) == (None, None)
    key = {"type": "AzureKeyVault", "primaryKeyUri": "https://V.vault.azure.net/keys/K/0123"}
    files["postgres.flexible-server.list"] = [{**server, "dataEncryption": key}]
    assert only(load(tmp_path, files), AzurePostgresServer).encryption_key == "https://v.vault.azure.net/keys/k"
    files["postgres.flexible-server.list"] = [{**server, "dataEncryption": key, "state": "Inaccessible"}]
    with pytest.raises(UnknownFact, match="can't use its key"):
        _ = only(load(tmp_path, files), AzurePostgresServer).encryption_key
    assert check(database_control, only(inventory, AzurePostgresFirewallRule)).verdict == "fail"
