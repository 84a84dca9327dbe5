"""The documents that Terraform prints: which are read, what is a member, what is unknown, and what is refused."""

import json
import shutil
from pathlib import Path, PurePosixPath
from typing import Any

import pytest
from terraform_reading import (
    HEAD,
    SAMPLES,
    every,
    gap_codes,
    load,
    load_folder,
    made,
    only,
    plan,
    shown,
    state,
)

from soc2test import Claim, DataStore, ErrorInfo, Export, UnknownFact
from soc2test_plugins.terraform import soc2_claim
from soc2test_plugins.terraform.kinds import TerraformStore
from soc2test_plugins.terraform.source import error_info

DB = {
    "identifier": "db", "publicly_accessible": False, "storage_encrypted": True, "kms_key_id": "", "multi_az": True,
    "backup_retention_period": 7, "deletion_protection": True, "enabled_cloudwatch_logs_exports": None,
    "replicate_source_db": "", "tags": {"Owner": "data@acme.example"}, "password": "hunter2",
}  # fmt: skip
FILE = {
    "version": 4, "terraform_version": "1.9.0", "serial": 3, "lineage": "x", "outputs": {},
    "resources": [
        {"mode": "managed", "type": "aws_db_instance", "name": "db", "instances": [{"attributes": DB}]},
        {"mode": "data", "type": "aws_db_instance", "name": "other", "instances": [{"attributes": DB}]},
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("body", "id"),
    [
        (plan(made("aws_db_instance.db", DB)), "prod/plan/aws_db_instance.db"),
        (plan(made("aws_db_instance.db", DB, actions=["no-op"])), "prod/plan/aws_db_instance.db"),
        (state(("aws_db_instance.db", DB)), "prod/aws_db_instance.db"),
        (FILE, "prod/aws_db_instance.db"),
    ],
)
def test_plan_state_and_state_file_tell_the_same(tmp_path: Path, body: Any, id: str) -> None:
    inventory = load(tmp_path, body)
    store = only(inventory, TerraformStore)
    assert gap_codes(inventory, TerraformStore) == set()
    assert (store.id, store.name, store.type) == (id, "db", "aws_db_instance")
    assert (store.public, store.encrypted, store.customer_key, store.backed_up) == (False, True, False, True)
    assert (store.multi_zone, store.owner, store.classification) == (True, "data@acme.example", None)
    assert "hunter2" not in str(store.__reduce__())


@pytest.mark.parametrize(
    ("actions", "members"),
    [
        (["create"], 1),
        (["update"], 1),
        (["no-op"], 1),
        (["delete", "create"], 1),
        (["create", "delete"], 1),
        (["delete"], 0),
    ],
)
def test_actions(tmp_path: Path, actions: list[str], members: int) -> None:
    inventory = load(tmp_path, plan(made("aws_db_instance.db", DB, actions=actions)))
    assert len(every(inventory, DataStore)) == members
    assert gap_codes(inventory, DataStore) == set()


def test_what_a_plan_forgets_stays_as_it_was(tmp_path: Path) -> None:
    forgotten = made("aws_db_instance.db", DB, actions=["forget"])
    change = forgotten[0]["change"]
    inventory = load(tmp_path / "untold", plan(forgotten))
    assert every(inventory, DataStore) == []
    assert gap_codes(inventory, DataStore) != set()
    change["before"], change["after"] = change["after"], None
    inventory = load(tmp_path / "told", plan(forgotten))
    assert only(inventory, TerraformStore).encrypted is True
    assert gap_codes(inventory, DataStore) == set()


def test_what_is_replaced_and_forgotten_stays_beside_its_successor(tmp_path: Path) -> None:
    inventory = load(tmp_path, plan(made("aws_db_instance.db", DB, actions=["create", "forget"])))
    assert len(every(inventory, DataStore)) == 1
    assert gap_codes(inventory, DataStore) != set()


def test_data_and_what_was_replaced_are_no_resources(tmp_path: Path) -> None:
    data = made("aws_db_instance.a", DB, actions=["read"])
    data[0]["mode"] = "data"
    left = made("aws_db_instance.b", DB, deposed="00000001")
    assert every(load(tmp_path, plan(data, left)), DataStore) == []


def test_planned_values_that_no_change_names_are_members(tmp_path: Path) -> None:
    child = {"address": "module.a", "resources": [shown("module.a.aws_db_instance.db", DB)]}
    body = {**plan(), "planned_values": {"root_module": {"child_modules": [child]}}}
    assert only(load(tmp_path, body), DataStore).id == "prod/plan/module.a.aws_db_instance.db"


def test_modules_and_instances_of_a_state_file(tmp_path: Path) -> None:
    instances = [
        {"index_key": 0, "attributes": DB},
        {"index_key": "a", "attributes": DB},
        {"deposed": "1", "attributes": DB},
    ]
    resource = {
        "module": 'module.m["x"]',
        "mode": "managed",
        "type": "aws_db_instance",
        "name": "db",
        "instances": instances,
    }
    found = every(load(tmp_path, {**FILE, "resources": [resource]}), DataStore)
    prefix = 'prod/module.m["x"].aws_db_instance.db'
    assert [each.id for each in found] == [f"{prefix} (deposed 1)", f'{prefix}["a"]', f"{prefix}[0]"]


def test_what_is_known_after_apply_is_unknown(tmp_path: Path) -> None:
    later = {key: value for key, value in DB.items() if key not in ("storage_encrypted", "tags")}
    store = only(load(tmp_path, plan(made("aws_db_instance.db", later, ["storage_encrypted", "tags"]))), DataStore)
    with pytest.raises(UnknownFact, match="storage_encrypted: Terraform knows it only after apply"):
        assert store.encrypted
    with pytest.raises(UnknownFact):
        assert store.owner is None


def hidden_plan() -> dict[str, Any]:
    return plan(made("aws_db_instance.db", DB, sensitive={"publicly_accessible": True, "password": True}))


def hidden_state() -> dict[str, Any]:
    return state(("aws_db_instance.db", DB), sensitive_values={"publicly_accessible": True})


def hidden_file() -> dict[str, Any]:
    path = [{"type": "get_attr", "value": "publicly_accessible"}]
    instance = {"attributes": DB, "sensitive_attributes": [path]}
    return {**FILE, "resources": [{**FILE["resources"][0], "instances": [instance]}]}  # type: ignore[index]


@pytest.mark.parametrize("body", [hidden_plan(), hidden_state(), hidden_file()])
def test_what_is_sensitive_is_unknown(tmp_path: Path, body: Any) -> None:
    store = only(load(tmp_path, body), DataStore)
    with pytest.raises(UnknownFact, match="sensitive"):
        assert not store.public


def test_an_absent_argument_is_unknown(tmp_path: Path) -> None:
    store = only(load(tmp_path, state(("aws_db_instance.db", {"identifier": "db"}))), DataStore)
    for fact in ("public", "encrypted", "backed_up"):
        with pytest.raises(UnknownFact):
            getattr(store, fact)


LOG = '{"@level":"info","@message":"Terraform 1.9.0","@module":"terraform.ui"}'


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"format_version": "1.0", "provider_schemas": {}}, "terraform providers schema -json"),
        ([json.loads(LOG)], "is the log of `terraform plan -json`"),
        ({"format_version": "1.0"}, "holds neither plan nor state"),
        ({"version": 3, "modules": []}, "before 4"),
        ({"Buckets": []}, "terraform show -json PLANFILE"),
        ([1], "neither plan nor state"),
    ],
)
def test_other_outputs_are_refused_by_name(tmp_path: Path, body: Any, words: str) -> None:
    (gap,) = load(tmp_path, body).gaps(TerraformStore)
    assert gap.code == "unreadable"
    assert words in gap.text


@pytest.mark.parametrize(
    "body",
    [
        plan(made("aws_db_instance.db", DB), errored=True),
        plan(made("aws_db_instance.db", DB), complete=False),
        plan(made("aws_db_instance.db", DB), deferred_changes=[{}]),
    ],
)
def test_a_part_of_a_plan_is_no_plan(tmp_path: Path, body: Any) -> None:
    inventory = load(tmp_path, body)
    assert gap_codes(inventory, TerraformStore) == {"partial"}
    with pytest.raises(UnknownFact):
        assert not only(inventory, DataStore).public


@pytest.mark.parametrize(
    "resources", [[{"mode": "managed"}], [None], "x", [{**FILE["resources"][0], "instances": None}]]  # type: ignore[index]
)  # fmt: skip
def test_odd_shapes_are_unreadable(tmp_path: Path, resources: Any) -> None:
    assert gap_codes(load(tmp_path, {**FILE, "resources": resources}), TerraformStore) == {"unreadable"}


def test_a_resource_that_can_t_be_read_hides_no_other(tmp_path: Path) -> None:
    inventory = load(
        tmp_path, state(("aws_security_group.a", {"ingress": [1], "egress": []}), ("aws_db_instance.db", DB))
    )
    assert len(every(inventory, DataStore)) == 1
    (gap,) = inventory.gaps(DataStore)
    assert "aws_security_group.a" in gap.text


def test_a_plan_beside_a_state_of_the_same_workspace_must_be_whole_too(tmp_path: Path) -> None:
    load(tmp_path, FILE, "prod.tfstate")
    inventory = load(tmp_path, plan(made("aws_db_instance.db", DB), errored=True))
    assert gap_codes(inventory, TerraformStore) == {"partial"}


def test_stores_of_types_that_are_not_read_are_members(tmp_path: Path) -> None:
    store = only(load(tmp_path, state(("aws_redshift_cluster.dw", {"encrypted": True}))), DataStore)
    with pytest.raises(UnknownFact, match="aws_redshift_cluster is not read"):
        assert store.encrypted


def test_errors() -> None:
    assert error_info("╷\n│ Error: No configuration files\n") == ErrorInfo("Error")
    assert error_info({"errored": True}) is None


def export(path: str, body: Any) -> Export:
    text = body if isinstance(body, str) else json.dumps(body, indent=2)
    return Export(PurePosixPath(path), len(text), lambda: text.encode())


@pytest.mark.parametrize(
    ("path", "body", "workspace"),
    [
        ("plans/network.tfplan.json", plan(), "plans/network"),
        ("terraform/prod/terraform.tfstate", FILE, "prod"),
        ("infra.json", state(), "infra"),
        ("schema.json", {"format_version": "1.0", "provider_schemas": {}}, "schema"),
        ("plan.ndjson", LOG, "plan"),
        ("other.json", {"version": "2.1.0", "runs": []}, None),
        ("other.json", {**HEAD, "format_version": 1}, None),
        ("plan.txt", plan(), None),
    ],
)
def test_claims(path: str, body: Any, workspace: str | None) -> None:
    claim = None if workspace is None else Claim("terraform", "show", {"workspace": workspace})
    assert soc2_claim(export(path, body)) == claim


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.json")), ids=lambda path: path.name)
def test_samples_are_read(tmp_path: Path, path: Path) -> None:
    shutil.copy(path, tmp_path / path.name)
    loaded = load_folder(tmp_path)
    assert loaded.unclaimed == ()
    assert all(each.complete and each.operation == "show" for each in loaded.inventory.entries())
