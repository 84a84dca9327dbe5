"""Pages, errors, role assignments, logs, and the samples."""

import json
import shutil
from pathlib import Path, PurePosixPath
from typing import Any

import pytest
from azure_reading import GROUP, SAMPLES, SUBSCRIPTION, arm, every, gap_codes, load, load_folder, only

from soc2test import Claim, ErrorInfo, Export, UnknownFact
from soc2test.testing import check
from soc2test_plugins.azure import soc2_claim
from soc2test_plugins.azure.kinds import (
    AzureActivityLog,
    AzureFlowLog,
    AzureKeyVault,
    AzureRoleAssignment,
    AzureRoleDefinition,
    AzureSecurityGroup,
)
from soc2test_plugins.azure.source import error_info
from soc2test_policies.cc7.audit_logs import test_audit_logs_are_delivered as delivered_control
from soc2test_policies.cc7.audit_logs import test_audit_logs_cover_everything as cover_control

VAULT = arm("Microsoft.KeyVault/vaults", "v")


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"value": [VAULT], "nextLink": "https://management.azure.com/next"}, "partial"),
        ({"vaults": []}, "unreadable"),
        (VAULT, "unreadable"),
        ({"value": [{"name": "v"}]}, "unreadable"),
        ({"error": {"code": "AuthorizationFailed", "message": "m"}}, "denied"),
        ({"error": {"code": "SubscriptionNotFound", "message": "m"}}, "failed"),
        ("", "empty"),
    ],
)
def test_what_is_not_all_is_a_gap(tmp_path: Path, body: Any, code: str) -> None:
    assert gap_codes(load(tmp_path, {"keyvault.list": body}), AzureKeyVault) == {code}


@pytest.mark.parametrize("body", [{"value": [VAULT]}, {"value": [VAULT], "nextLink": None}, [VAULT], []])
def test_what_is_all(tmp_path: Path, body: Any) -> None:
    assert gap_codes(load(tmp_path, {"keyvault.list": body}), AzureKeyVault) == set()


def test_pages(tmp_path: Path) -> None:
    files = {"keyvault.list.page1": {"value": [VAULT], "nextLink": "x"}, "keyvault.list.page2": {"value": []}}
    assert gap_codes(load(tmp_path, files), AzureKeyVault) == set()


def test_errors() -> None:
    assert error_info("ERROR: (AuthorizationFailed) The client x") == ErrorInfo("AuthorizationFailed")
    assert error_info([VAULT]) is None
    assert error_info({"error": "x"}) is None


def test_role_assignments(tmp_path: Path) -> None:
    owner = "8E3AF657-a8ff-443c-a75c-2fe8c4bcb635"
    told = {"principalId": "p", "principalType": "User", "scope": GROUP}
    rows = [
        arm("Microsoft.Authorization/roleAssignments", name, **told, roleDefinitionId=f"/x/roleDefinitions/{role}")
        for name, role in (("a", owner), ("b", "acdd72a7-3385-48ef-bd42-f606fba81ae7"))
    ]
    found = every(load(tmp_path, {"role.assignment.list": rows}), AzureRoleAssignment)
    assert [(each.owner, each.principal_type, each.scope) for each in found] == [
        (True, "User", GROUP.lower()), (False, "User", GROUP.lower()),
    ]  # fmt: skip


def role(name: str, *actions: str, **permission: Any) -> dict[str, Any]:
    held = {"actions": list(actions), "notActions": [], **permission}
    return {"id": f"/x/roleDefinitions/{name}", "name": name, "permissions": [held]}


@pytest.mark.parametrize(
    ("definition", "administers"),
    [
        (role("r", "*"), True),
        (role("r", "Microsoft.Authorization/roleAssignments/*"), True),
        (role("r", "*/write"), True),
        (role("r", "Microsoft.Authorization/roleDefinitions/write"), True),
        (role("r", "*", notActions=["microsoft.authorization/*/write"]), False),
        (role("r", "Microsoft.Authorization/*/read"), False),
        (role("r", "Microsoft.Compute/*"), False),
        (role("r", "*", condition="@Request[...] ForAnyOfAnyValues:GuidEquals {x}"), None),
    ],
)
def test_roles_that_give_roles(tmp_path: Path, definition: dict[str, Any], administers: bool | None) -> None:
    found = only(load(tmp_path, {"role.definition.list": [definition]}), AzureRoleDefinition)
    if administers is None:
        with pytest.raises(UnknownFact):
            _ = found.administers
    else:
        assert found.administers is administers


@pytest.mark.parametrize(("enabled", "verdicts"), [(True, ("pass", "not_evaluated")), (False, ("fail", "fail"))])
def test_the_activity_log(tmp_path: Path, enabled: bool, verdicts: tuple[str, str]) -> None:
    id = f"/subscriptions/{SUBSCRIPTION}/providers/microsoft.insights/diagnosticSettings/audit"
    setting = {"id": id, "name": "audit", "logs": [{"category": "Administrative", "enabled": enabled}]}
    found = only(load(tmp_path, {"monitor.diagnostic-settings.subscription.list": [setting]}), AzureActivityLog)
    assert (check(cover_control, found).verdict, check(delivered_control, found).verdict) == verdicts


def test_flow_logs(tmp_path: Path) -> None:
    for name in ("0", "1"):
        file = f"NetworkSecurityGroupFlowLogsFilterTest.test_flow_log_filter_matching.{name}.json"
        shutil.copy(SAMPLES / file, tmp_path / file)
    inventory = load_folder(tmp_path).inventory
    log, group = only(inventory, AzureFlowLog), only(inventory, AzureSecurityGroup)
    assert (log.enabled, log.retention_days, log.target, group.flow_logs) == (True, 90, group.id, (log.id,))
    assert gap_codes(inventory, AzureFlowLog) == set()


@pytest.mark.parametrize(
    ("name", "kind", "count", "complete"),
    [
        ("AccessControlTest.test_find_assignments_by_resources.0", "AzureRoleAssignment", 74, True),
        ("AccessControlTest.test_find_assignments_by_resources.1", "AzureVm", 1, True),
        ("KeyVaultTest.common.0", "AzureKeyVault", 1, False),
        ("NetworkSecurityGroupFlowLogsFilterTest.test_flow_log_filter_matching.0", "AzureSecurityRule", 9, True),
        ("NetworkSecurityGroupFlowLogsFilterTest.test_flow_log_filter_matching.1", "AzureFlowLog", 1, True),
        ("NetworkSecurityGroupTest.test_icmp_protocol.0", "AzureSecurityRule", 4, True),
        ("StorageTest.test_diagnostic_settings_queue_storage_type.0", "AzureStorageAccount", 1, True),
    ],
)
def test_samples(tmp_path: Path, name: str, kind: str, count: int, complete: bool) -> None:
    shutil.copy(SAMPLES / f"{name}.json", tmp_path / f"{name}.json")
    loaded = load_folder(tmp_path)
    assert loaded.unclaimed == ()
    assert loaded.inventory.kinds()[kind] == count
    assert [each.complete for each in loaded.inventory.entries()] == [complete]


def test_an_empty_page_says_nothing_of_what_it_is(tmp_path: Path) -> None:
    shutil.copy(SAMPLES / "KeyVaultTest.common.1.json", tmp_path / "KeyVaultTest.common.1.json")
    (unclaimed,) = load_folder(tmp_path).unclaimed
    assert unclaimed.reason


def test_a_vault_whose_rules_let_most_of_the_world_in(tmp_path: Path) -> None:
    shutil.copy(SAMPLES / "KeyVaultTest.common.0.json", tmp_path / "v.json")
    found = only(load_folder(tmp_path).inventory, AzureKeyVault)
    assert (found.network_open, found.purge_protected) == (True, False)
    with pytest.raises(UnknownFact, match="az lock list"):
        _ = found.deletion_protected


TEMPLATE = {"$schema": "https://schema.management.azure.com/x#", "resources": [VAULT]}


@pytest.mark.parametrize(
    "body", [{"value": []}, TEMPLATE, [{"type": "Microsoft.KeyVault/vaults"}], [arm("Microsoft.X/y", "z")]]
)
def test_other_files_are_not_claimed(body: Any) -> None:
    assert soc2_claim(Export(PurePosixPath("x.json"), 1, lambda: json.dumps(body).encode())) is None


def test_a_claim_names_the_subscription() -> None:
    export = Export(PurePosixPath("x.json"), 1, lambda: json.dumps([VAULT]).encode())
    assert soc2_claim(export) == Claim("azure", "keyvault list", {"subscription": SUBSCRIPTION})
