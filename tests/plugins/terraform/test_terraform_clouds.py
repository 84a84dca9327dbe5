"""Google Cloud and Azure."""

import json
from pathlib import Path
from typing import Any

import pytest
from terraform_reading import SAMPLES, Made, every, load, made, only, plan, state

from soc2test import DataStore, EncryptionKey, NetworkRule, UnknownFact
from soc2test.testing import check
from soc2test_policies.cc6.network import test_admin_ports_are_not_open_to_the_world as ports_control


def told(resource: Any, fact: str) -> Any:
    try:
        return getattr(resource, fact)
    except UnknownFact:
        return "?"


GCS = "google_storage_bucket"
SHUT = {"public_access_prevention": "enforced"}
OPEN = {"public_access_prevention": "inherited"}


def grant(kind: str, **after: Any) -> Made:
    return made(f"{GCS}_{kind}.g", after, ["bucket"], refs={"bucket": [f"{GCS}.b.name", f"{GCS}.b"]})


DATA = json.dumps({"bindings": [{"role": "roles/storage.objectViewer", "members": ["allUsers"]}]})


@pytest.mark.parametrize(
    ("after", "grants", "public"),
    [
        (SHUT, [grant("iam_member", member="allUsers")], False),
        (OPEN, [grant("iam_member", member="allUsers")], True),
        (OPEN, [grant("iam_binding", members=["user:a@acme.example", "allAuthenticatedUsers"])], True),
        (OPEN, [grant("iam_policy", policy_data=DATA)], True),
        (OPEN, [grant("acl", role_entity=["READER:allUsers"])], True),
        (OPEN, [grant("acl", role_entity=[], predefined_acl="publicRead")], True),
        (OPEN, [grant("iam_member", member="user:a@acme.example")], "?"),
        (OPEN, [], "?"),
        ({}, [], "?"),
    ],
)
def test_google_buckets(tmp_path: Path, after: Any, grants: Any, public: Any) -> None:
    bucket = made(
        f"{GCS}.b",
        {"name": "b", "versioning": [{"enabled": True}], "encryption": [], **after},
        [] if after else ["public_access_prevention"],
    )
    found = only(load(tmp_path, plan(bucket, *grants)), DataStore)
    assert told(found, "public") == public
    assert (found.versioned, found.customer_key, found.encrypted) == (True, False, True)


FIREWALL = {"name": "f", "allow": [{"protocol": "tcp", "ports": ["22", "8000-9000"]}], "disabled": None}


@pytest.mark.parametrize(
    ("after", "later", "outcomes"),
    [
        ({"source_ranges": ["0.0.0.0/0"], "direction": "INGRESS"}, [], ["deviation"]),
        ({"source_ranges": ["10.0.0.0/8"]}, ["direction"], []),
        ({"source_tags": ["web"]}, ["direction", "source_ranges"], []),
        ({"source_tags": None, "source_service_accounts": None}, ["direction", "source_ranges"], ["deviation"]),
        ({"source_ranges": ["0.0.0.0/0"], "direction": "EGRESS", "destination_ranges": []}, [], []),
        (
            {"source_ranges": ["0.0.0.0/0"], "direction": "INGRESS", "allow": [{"protocol": "all", "ports": []}]},
            [],
            ["deviation"],
        ),
        ({"source_ranges": ["0.0.0.0/0"], "direction": "INGRESS", "allow": [], "deny": [{"protocol": "all"}]}, [], []),
        ({"source_ranges": ["0.0.0.0/0"], "direction": "INGRESS", "disabled": True}, [], []),
    ],
)
def test_google_firewalls(tmp_path: Path, after: Any, later: Any, outcomes: Any) -> None:
    rules = every(load(tmp_path, plan(made("google_compute_firewall.f", {**FIREWALL, **after}, later))), NetworkRule)
    assert [each.outcome for each in check(ports_control, *rules).findings] == outcomes


def test_google_ranges_that_are_known_after_apply(tmp_path: Path) -> None:
    rule = made(
        "google_compute_firewall.f", {**FIREWALL, "direction": "INGRESS"}, ["source_ranges"], sets=["source_ranges"]
    )
    rules = every(load(tmp_path, plan(rule)), NetworkRule)
    assert [each.outcome for each in check(ports_control, *rules).findings] == [
        "unknown"
    ]  # of the range that covers no port of administration nobody asks


@pytest.mark.parametrize(
    ("address", "backups", "expected"),
    [
        (
            {"ipv4_enabled": True, "authorized_networks": [{"value": "0.0.0.0/0"}], "ssl_mode": "ENCRYPTED_ONLY"},
            {},
            (True, True, False),
        ),
        (
            {"ipv4_enabled": False, "authorized_networks": [], "require_ssl": None},
            {"enabled": True},
            (False, False, True),
        ),
        ({"ipv4_enabled": True, "authorized_networks": [], "ssl_mode": "NEW"}, {}, (False, "?", False)),
    ],
)
def test_google_databases(tmp_path: Path, address: Any, backups: Any, expected: Any) -> None:
    kept = {"enabled": False, "point_in_time_recovery_enabled": None, **backups}
    settings = {
        "ip_configuration": [address], "backup_configuration": [kept], "availability_type": "REGIONAL",
        "user_labels": {"owner": "data"}, "deletion_protection_enabled": True,
    }  # fmt: skip
    found = only(
        load(tmp_path, plan(made("google_sql_database_instance.d", {"name": "d", "settings": [settings]}))), DataStore
    )
    assert tuple(told(found, fact) for fact in ("public", "tls_only", "backed_up")) == expected
    assert (found.multi_zone, found.owner, found.deletion_protected) == (True, "data", True)


def test_a_google_database_of_a_word_that_nobody_documents(tmp_path: Path) -> None:
    settings = {"ip_configuration": [], "backup_configuration": [], "availability_type": "OTHER"}
    made_of = plan(made("google_sql_database_instance.d", {"name": "d", "settings": [settings]}))
    assert told(only(load(tmp_path, made_of), DataStore), "multi_zone") == "?"


def test_google_databases_without_settings_are_unknown(tmp_path: Path) -> None:
    found = only(load(tmp_path, plan(made("google_sql_database_instance.d", {"name": "d"}, ["settings"]))), DataStore)
    assert {told(found, fact) for fact in ("public", "tls_only", "backed_up", "multi_zone")} == {"?"}


@pytest.mark.parametrize(("period", "rotates"), [("7776000s", True), ("63072000s", False), (None, False)])
def test_google_keys(tmp_path: Path, period: Any, rotates: bool) -> None:
    values = {"name": "k", "purpose": "ENCRYPT_DECRYPT", "rotation_period": period}
    key = only(load(tmp_path, plan(made("google_kms_crypto_key.k", values, ["version_template"]))), EncryptionKey)
    assert (key.rotates, key.symmetric, key.enabled) == (rotates, True, True)


@pytest.mark.parametrize("period", ["-1s", "0s", "-7776000s"])
def test_a_period_of_no_time_is_no_rotation_of_a_google_key(tmp_path: Path, period: str) -> None:
    values = {"name": "k", "purpose": "ENCRYPT_DECRYPT", "rotation_period": period}
    key = only(load(tmp_path, plan(made("google_kms_crypto_key.k", values, ["version_template"]))), EncryptionKey)
    assert told(key, "rotates") == "?"


ACCOUNT = {
    "name": "acme", "account_replication_type": "ZRS", "https_traffic_only_enabled": True,
    "public_network_access_enabled": True, "tags": None,
}  # fmt: skip


def account(*, public: Any = True, **after: Any) -> Made:
    given = {**ACCOUNT, "allow_nested_items_to_be_public": public, **after}
    return made(
        "azurerm_storage_account.a",
        given,
        [key for key in ("id", "network_rules", "blob_properties") if key not in after],
    )


def container(access: Any) -> Made:
    refs = {"storage_account_id": ["azurerm_storage_account.a.id", "azurerm_storage_account.a"]}
    return made(
        "azurerm_storage_container.c",
        {"container_access_type": access, "storage_account_name": None},
        ["storage_account_id"],
        refs=refs,
    )


DENY = [{"default_action": "Deny", "ip_rules": ["10.0.0.0/24"]}]


@pytest.mark.parametrize(
    ("resources", "public"),
    [
        ([account(public=False), container("blob")], False),
        ([account(), container("blob")], True),
        ([account(), container("private")], False),
        ([account(network_rules=DENY), container("blob")], False),
        ([account(public=None), container("container")], True),
        ([account(), container("other")], "?"),
    ],
)
def test_azure_accounts(tmp_path: Path, resources: Any, public: Any) -> None:
    found = only(load(tmp_path, plan(*resources)), DataStore)
    assert told(found, "public") == public
    assert (found.tls_only, found.multi_zone, found.versioned, found.customer_key) == (True, True, False, False)


def test_azure_accounts_that_stand_already(tmp_path: Path) -> None:
    values = {
        **ACCOUNT,
        "id": "x",
        "allow_nested_items_to_be_public": True,
        "network_rules": [],
        "blob_properties": [{"versioning_enabled": True}],
    }
    found = only(load(tmp_path, state(("azurerm_storage_account.a", values))), DataStore)
    assert (told(found, "public"), told(found, "customer_key"), found.versioned) == ("?", "?", True)


def test_an_older_provider_s_account(tmp_path: Path) -> None:
    found = only(load(tmp_path, json.loads((SAMPLES / "test_issue-285__plan.out.json").read_text())), DataStore)
    assert (found.tls_only, found.multi_zone, told(found, "public")) == (True, True, "?")


NSR = {
    "name": "r", "access": "Allow", "direction": "Inbound", "protocol": "Tcp", "destination_port_range": "22",
    "source_address_prefix": "*", "network_security_group_name": "g",
}  # fmt: skip


@pytest.mark.parametrize(
    ("more", "outcomes"),
    [
        ({}, ["deviation"]),
        ({"access": "Deny"}, []),
        ({"direction": "Outbound", "destination_address_prefix": "*"}, []),
        ({"source_address_prefix": "Internet", "protocol": "*", "destination_port_range": "*"}, ["deviation"]),
        ({"source_address_prefix": "VirtualNetwork"}, []),
        ({"source_address_prefix": None, "source_address_prefixes": ["10.0.0.0/8", "0.0.0.0/0"]}, ["deviation"]),
        ({"destination_port_range": None, "destination_port_ranges": ["443", "20-25"]}, ["deviation"]),
    ],
)
def test_azure_rules(tmp_path: Path, more: Any, outcomes: Any) -> None:
    apart = every(load(tmp_path / "a", plan(made("azurerm_network_security_rule.r", {**NSR, **more}))), NetworkRule)
    inside = made("azurerm_network_security_group.g", {"name": "g", "security_rule": [{**NSR, **more}]})
    for rules in (apart, every(load(tmp_path / "b", plan(inside)), NetworkRule)):
        assert [each.outcome for each in check(ports_control, *rules).findings] == outcomes


def test_azure_rules_that_are_known_after_apply(tmp_path: Path) -> None:
    later = made("azurerm_network_security_group.g", {"name": "g"}, ["security_rule"])
    rules = every(load(tmp_path / "a", plan(later)), NetworkRule)
    assert [each.outcome for each in check(ports_control, *rules).findings] == ["unknown"]
    apart = made("azurerm_network_security_rule.r", NSR)
    rules = every(load(tmp_path / "b", plan(later, apart)), NetworkRule)
    assert [each.outcome for each in check(ports_control, *rules).findings] == ["deviation"]


def sql(last: str, *, reachable: bool = True) -> list[Made]:
    refs = {"server_id": ["azurerm_mssql_server.s.id", "azurerm_mssql_server.s"]}
    rule = {"start_ip_address": "0.0.0.0", "end_ip_address": last}
    return [
        made("azurerm_mssql_server.s", {"name": "s", "public_network_access_enabled": reachable}, ["id"]),
        made("azurerm_mssql_database.d", {"name": "d", "transparent_data_encryption_enabled": None, "zone_redundant": None}, ["server_id"], refs=refs),
        made("azurerm_mssql_firewall_rule.f", rule, ["server_id"], refs=refs),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("resources", "public", "world"),
    [
        (sql("255.255.255.255"), True, True),
        (sql("0.0.0.9"), False, False),
        (sql("255.255.255.255", reachable=False), False, True),
    ],
)
def test_azure_sql(tmp_path: Path, resources: Any, public: bool, world: bool) -> None:
    inventory = load(tmp_path, plan(*resources))
    found, rule = only(inventory, DataStore), only(inventory, NetworkRule)
    assert (found.public, found.encrypted, found.tls_only) == (public, True, True)
    assert (rule.world, rule.from_port, rule.group) == (world, 1433, "prod/plan/azurerm_mssql_server.s")


def postgres(*more: Made, mode: Any = None, zones: str = "ZoneRedundant") -> list[Made]:
    values = {
        "name": "p",
        "public_network_access_enabled": True,
        "customer_managed_key": [],
        "high_availability": [{"mode": zones}],
        "create_mode": mode,
    }
    return [made("azurerm_postgresql_flexible_server.p", values, ["id"]), *more]


@pytest.mark.parametrize(
    ("mode", "zones", "expected"),
    [(None, "SameZone", (False, False)), ("Replica", "ZoneRedundant", (True, True)), ("other", "other", ("?", "?"))],
)
def test_words_of_azure_postgres(tmp_path: Path, mode: Any, zones: str, expected: Any) -> None:
    found = only(load(tmp_path, plan(*postgres(mode=mode, zones=zones))), DataStore)
    assert (told(found, "copy"), told(found, "multi_zone")) == expected


def test_azure_postgres(tmp_path: Path) -> None:
    refs = {"server_id": ["azurerm_postgresql_flexible_server.p.id"]}
    off = made(
        "azurerm_postgresql_flexible_server_configuration.c",
        {"name": "require_secure_transport", "value": "off"},
        ["server_id"],
        refs=refs,
    )
    found = only(load(tmp_path / "a", plan(*postgres())), DataStore)
    assert (found.public, found.tls_only, found.customer_key, found.multi_zone) == (False, True, False, True)
    assert only(load(tmp_path / "b", plan(*postgres(off))), DataStore).tls_only is False
