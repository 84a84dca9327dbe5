"""Each entry of a plan or state becomes a resource, a skip with its reason or a gap; types stand in one list."""

import re
from pathlib import Path
from typing import Any

import pytest
from terraform_reading import HEAD, every, gap_codes, load, made, plan, shown, state

from soc2test import DataStore, NetworkRule
from soc2test_plugins.terraform.belonging import ALONE, PARTS
from soc2test_plugins.terraform.known_types import HARMLESS, KINDS, provider_of, sections
from soc2test_plugins.terraform.workspace import READERS

LISTED = {name: (providers, word) for providers, types in sections() for name, word in types.items()}
VOLUME = ("aws_ebs_volume.good", {"encrypted": True})


def test_every_word_of_the_list_is_known() -> None:
    words = {each for _, word in LISTED.values() for each in word.split("+")}
    assert words - {*KINDS, *HARMLESS, "any"} == set()


@pytest.mark.parametrize(
    ("provider", "least"), [("hashicorp/aws", 1500), ("hashicorp/azurerm", 1100), ("hashicorp/google", 1200)]
)
def test_the_list_holds_the_providers_whole(provider: str, least: int) -> None:
    assert sum(provider in providers for providers, _ in LISTED.values()) > least


@pytest.mark.parametrize("type_", [*READERS, *PARTS, *ALONE])
def test_what_is_read_is_a_type_of_its_provider(type_: str) -> None:
    """A reader for a name that no provider has would read nothing, and say so nowhere."""
    left = {
        "azurerm_mariadb_server",
        "azurerm_mysql_server",
        "azurerm_sql_firewall_rule",
        "aws_alb",
        "aws_alb_listener",
    }
    assert type_ in LISTED or type_ in left


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("registry.terraform.io/hashicorp/aws", "hashicorp/aws"),
        ("registry.opentofu.org/hashicorp/aws", "hashicorp/aws"),
        ('provider["registry.terraform.io/hashicorp/aws"]', "hashicorp/aws"),
        ('provider["registry.terraform.io/hashicorp/aws"].west', "hashicorp/aws"),
        ('module.a.provider["registry.terraform.io/hashicorp/aws"]', "hashicorp/aws"),
        ("localhost:8080/example/own", "example/own"),
        ("registry.terraform.io/-/aws", ""),
        ("provider.aws", ""),
        ("module.a.provider.aws.west", ""),
        ("aws", ""),
        ("", ""),
    ],
)
def test_a_provider_is_known_by_namespace_and_name(written: str, name: str) -> None:
    assert provider_of(written) == name


def _skipped(folder: Path, body: Any) -> dict[str, int]:
    (export,) = load(folder, body).exports()
    return dict(export.skipped)


def test_what_is_no_resource_is_skipped_with_its_reason(tmp_path: Path) -> None:
    gone, _ = made("aws_ebs_volume.gone", {}, actions=["delete"])
    deposed, _ = made("aws_ebs_volume.old", {}, actions=["delete"], deposed="1")
    data, _ = made("aws_ami.looked", {}, actions=["read"])
    nothing, _ = made("aws_ebs_volume.nothing", {}, actions=["no-op"])
    data["mode"], nothing["change"]["after"] = "data", None
    changes = [gone, deposed, data, nothing]
    assert _skipped(tmp_path, {**plan(made("random_id.a", {})), "resource_changes": changes}) == {
        "aws_ebs_volume: the plan takes it away": 1,
        "aws_ebs_volume: its successor stands already, and the plan takes it away": 1,
        "aws_ami: is only looked up: whoever makes it tells of it": 1,
        "aws_ebs_volume: a change of nothing to nothing: it is not there, and is not made": 1,
    }


def test_a_state_file_tells_what_it_passes_over(tmp_path: Path) -> None:
    resources = [
        {"mode": "data", "type": "aws_ami", "name": "a", "instances": [{"attributes": {}}]},
        {"mode": "managed", "type": "aws_ebs_volume", "name": "b", "instances": []},
        {"mode": "managed", "type": "aws_subnet", "name": "c", "instances": [{"attributes": {}}]},
    ]
    assert sorted(_skipped(tmp_path, {"version": 4, "serial": 1, "resources": resources})) == [
        "aws_ami: is only looked up: whoever makes it tells of it",
        "aws_ebs_volume: it has no instances",
        f"aws_subnet: {HARMLESS['-net']}",
    ]


def test_a_firewall_without_allowances_says_so(tmp_path: Path) -> None:
    off = ("google_compute_firewall.a", {"name": "a", "disabled": True})
    assert _skipped(tmp_path, state(off)) == {"google_compute_firewall: allows nothing": 1}


def test_a_known_type_is_a_gap_of_its_kinds_alone(tmp_path: Path) -> None:
    inventory = load(tmp_path, state(VOLUME, ("aws_elasticache_cluster.a", {})))
    assert gap_codes(inventory, DataStore) == {"unread"}
    assert gap_codes(inventory, NetworkRule) == set()


@pytest.mark.parametrize("type_", ["acmecloud_bucket", "aws_quantum_vault", "bucket"])
def test_an_unknown_type_is_a_gap_of_all_that_is_listed(tmp_path: Path, type_: str) -> None:
    inventory = load(tmp_path, state(VOLUME, (f"{type_}.a", {})))
    assert gap_codes(inventory, DataStore) == gap_codes(inventory, NetworkRule) == {"unknown_type"}


def test_of_many_one_address_is_named(tmp_path: Path) -> None:
    caches: list[tuple[str, dict[str, Any]]] = [(f"aws_elasticache_cluster.c{number}", {}) for number in range(3)]
    (gap,) = load(tmp_path, state(VOLUME, *caches)).gaps(DataStore)
    assert re.search(r"aws_elasticache_cluster\.c0 and 2 more: type aws_elasticache_cluster is known", gap.text)


def test_a_part_is_told_with_its_owner(tmp_path: Path) -> None:
    bucket = ("aws_s3_bucket.a", {"bucket": "a", "id": "a"})
    assert gap_codes(load(tmp_path, state(bucket, ("aws_s3_bucket_policy.a", {"bucket": "a"}))), DataStore) == set()


def test_a_part_whose_owner_is_known_after_apply_is_told_with_it(tmp_path: Path) -> None:
    bucket = made("aws_s3_bucket.a", {"bucket": "a"}, ["id"])
    block = made("aws_s3_bucket_public_access_block.a", {}, ["bucket"], refs={"bucket": ["aws_s3_bucket.a.id"]})
    assert gap_codes(load(tmp_path, plan(bucket, block)), DataStore) == set()


def test_resources_of_modules_and_of_changes_are_judged_once(tmp_path: Path) -> None:
    inner = shown(
        "module.a.aws_ebs_volume.good", {"encrypted": True}, provider_name="registry.terraform.io/hashicorp/aws"
    )
    change, _ = made("aws_ebs_volume.good", {"encrypted": True})
    change["address"] = "module.a.aws_ebs_volume.good"
    body = {
        **HEAD,
        "planned_values": {"root_module": {"child_modules": [{"address": "module.a", "resources": [inner]}]}},
        "resource_changes": [change],
    }
    assert [store.id for store in every(load(tmp_path, body), DataStore)] == ["prod/plan/module.a.aws_ebs_volume.good"]
