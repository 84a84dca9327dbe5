"""Who comes through to a store: networks, prefix lists, security groups and the address of the store."""

from pathlib import Path
from typing import Any

import pytest
from aws_reading import load, only

from soc2test import UnknownFact
from soc2test_plugins.aws import RdsInstance, SecurityGroup
from soc2test_plugins.networks import weighed

DB = {
    "DBInstanceIdentifier": "main", "DBInstanceArn": "arn:aws:rds:eu-west-1:111122223333:db:main",
    "PubliclyAccessible": True, "Endpoint": {"Port": 5432}, "VpcSecurityGroups": [{"VpcSecurityGroupId": "sg-1"}],
}  # fmt: skip


def public(folder: Path, *permissions: dict[str, Any], db: Any = None, **files: Any) -> bool:
    groups = [{"GroupId": "sg-1", "IpPermissions": list(permissions), "IpPermissionsEgress": []}]
    exports = {
        "rds.describe-db-instances": {"DBInstances": [{**DB, **(db or {})}]},
        "ec2.describe-security-groups": {"SecurityGroups": groups},
        **files,
    }
    return only(load(folder, exports), RdsInstance).public


def tcp(low: Any, high: Any, *networks: str) -> dict[str, Any]:
    return {"IpProtocol": "tcp", "FromPort": low, "ToPort": high, "IpRanges": [{"CidrIp": each} for each in networks]}


WORLD = "0.0.0.0/0"


@pytest.mark.parametrize(
    ("permissions", "expected"),
    [
        ([], False),
        ([tcp(5432, 5432, WORLD)], True),
        ([tcp(5000, 6000, "192.0.2.0/24", WORLD)], True),
        ([tcp(5432, 5432, "192.0.2.7/32")], False),
        ([tcp(5433, 6000, WORLD)], False),
        ([{**tcp(0, 0, WORLD), "IpProtocol": "-1"}], True),
        ([{**tcp(5432, 5432, WORLD), "IpProtocol": "udp"}], False),
        ([{**tcp(5432, 5432, WORLD), "IpProtocol": "58"}], False),
        ([{**tcp(5432, 5432), "UserIdGroupPairs": [{"GroupId": "sg-2"}]}], False),
    ],
)
def test_the_rules_decide(tmp_path: Path, permissions: Any, expected: bool) -> None:
    assert public(tmp_path, *permissions) is expected
    assert public(tmp_path / "private", *permissions, db={"PubliclyAccessible": False}) is False


@pytest.mark.parametrize(
    ("permissions", "db"),
    [
        ([tcp(5432, 5432, "office")], {}),
        ([tcp(None, 5432, WORLD)], {}),
        ([{"IpProtocol": "tcp", "FromPort": 5432, "ToPort": 5432}], {}),
        ([{**tcp(5432, 5432), "PrefixListIds": [{"PrefixListId": "pl-1"}]}], {}),
        ([{**tcp(5432, 5432, WORLD), "IpProtocol": "every"}], {"Endpoint": None}),
        ([tcp(5432, 5432, WORLD)], {"VpcSecurityGroups": [{"VpcSecurityGroupId": "sg-9"}]}),
        ([tcp(5432, 5432, WORLD)], {"VpcSecurityGroups": []}),
        ([tcp(5432, 5432, WORLD)], {"Endpoint": {"Port": "5432"}}),
        ([tcp(5432, 5432, WORLD)], {"PubliclyAccessible": None}),
    ],
)
def test_what_is_not_told_is_no_closed_door(tmp_path: Path, permissions: Any, db: Any) -> None:
    with pytest.raises(UnknownFact):
        assert public(tmp_path, *permissions, db=db)


def test_one_group_that_is_open_is_enough(tmp_path: Path) -> None:
    both = {"VpcSecurityGroups": [{"VpcSecurityGroupId": "sg-9"}, {"VpcSecurityGroupId": "sg-1"}]}
    assert public(tmp_path, tcp(5432, 5432, WORLD), db=both)


def test_a_group_with_a_rule_that_cannot_be_read_is_not_told(tmp_path: Path) -> None:
    groups = [{"GroupId": "sg-1", "IpPermissions": [{"FromPort": 1}], "IpPermissionsEgress": []}]
    inventory = load(tmp_path, {"ec2.describe-security-groups": {"SecurityGroups": groups}})
    assert list(inventory.members(SecurityGroup)) == []


@pytest.mark.parametrize(
    ("cidrs", "expected"),
    [(["192.0.2.0/24"], False), (["192.0.2.0/24", "::/0"], True), (["0.0.0.0/1", "128.0.0.0/1"], True), ([], False)],
)
def test_the_entries_of_a_prefix_list(tmp_path: Path, cidrs: Any, expected: bool) -> None:
    rule = {**tcp(5432, 5432), "PrefixListIds": [{"PrefixListId": "pl-1"}]}
    entries = {"Entries": [{"Cidr": each} for each in cidrs]}
    assert public(tmp_path, rule, **{"ec2.get-managed-prefix-list-entries.pl-1": entries}) is expected
    more = {"ec2.get-managed-prefix-list-entries.pl-1": {**entries, "NextToken": "x"}}
    with pytest.raises(UnknownFact):
        assert public(tmp_path / "more", rule, **more)


@pytest.mark.parametrize(
    ("written", "found"),
    [
        (["10.0.0.0/8", "192.0.2.0/24"], set()),
        (["192.0.2.0/24", "0.0.0.0/0"], {"0.0.0.0/0"}),
        (["8.0.0.0/8", "9.0.0.0/8"], {"8.0.0.0/8", "9.0.0.0/8"}),
        (["2000::/12", "2010::/12", "fd00::/8"], {"2000::/12", "2010::/12"}),
        (["0.0.0.0/0", "::/0"], {"0.0.0.0/0", "::/0"}),
    ],
)
def test_networks_that_are_the_internet_in_parts(written: list[str], found: set[str]) -> None:
    assert {each for each, world in zip(written, weighed(written), strict=True) if world} == found
