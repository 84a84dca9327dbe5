"""EC2: rules of security groups, instances, disks and snapshots."""

from pathlib import Path
from typing import Any

import pytest
from aws_reading import ACCOUNT, gap_codes, known, load, only, read, told
from hypothesis import given
from hypothesis import strategies as st

from soc2test import UnknownFact
from soc2test.testing import resource
from soc2test_plugins.aws import EbsSnapshot, EbsVolume, Ec2Instance, SecurityGroupRule
from soc2test_plugins.aws.ebs import snapshot_public

GROUP = "arn:aws:ec2:eu-west-1:111122223333:security-group/sg-1"


def rules(*permissions: dict[str, Any], **more: Any) -> list[dict[str, Any]]:
    group = {"GroupId": "sg-1", "IpPermissions": list(permissions), "IpPermissionsEgress": [], **more}
    said = [each for each in read("ec2 describe-security-groups", group) if each.kind is SecurityGroupRule]
    return [{"id": each.id, **known(each)} for each in said]


def tcp(low: int, high: int, **peers: Any) -> dict[str, Any]:
    return {"IpProtocol": "tcp", "FromPort": low, "ToPort": high, **peers}


def test_a_rule_for_each_peer() -> None:
    permission = tcp(
        22, 22,
        IpRanges=[{"CidrIp": "0.0.0.0/0"}, {"CidrIp": "192.0.2.0/24"}],
        Ipv6Ranges=[{"CidrIpv6": "::/0"}],
        UserIdGroupPairs=[{"GroupId": "sg-2", "UserId": ACCOUNT}],
        PrefixListIds=[{"PrefixListId": "pl-1"}],
    )  # fmt: skip
    found = rules(permission)
    assert [(each["peer"], each.get("world")) for each in found] == [
        ("0.0.0.0/0", True), ("192.0.2.0/24", False), ("::/0", True), ("sg-2", False), ("pl-1", None),
    ]  # fmt: skip
    assert found[0] == {
        "id": f"{GROUP}/in/tcp/22-22/0.0.0.0/0", "group": GROUP, "inbound": True, "protocol": "tcp", "from_port": 22,
        "to_port": 22, "peer": "0.0.0.0/0", "prefix_list": None, "world": True,
    }  # fmt: skip


def test_all_protocols_and_outbound() -> None:
    (found,) = rules(IpPermissionsEgress=[{"IpProtocol": "-1", "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}])
    assert (found["inbound"], found["protocol"], found["from_port"], found["to_port"]) == (False, "all", None, None)


def test_types_of_icmp_are_no_ports() -> None:
    (found,) = rules({"IpProtocol": "icmp", "FromPort": 8, "ToPort": -1, "IpRanges": [{"CidrIp": "0.0.0.0/0"}]})
    assert (found["protocol"], found["from_port"], found["to_port"]) == ("icmp", None, None)


def test_all_ports_and_numbered_protocols() -> None:
    (found,) = rules({"IpProtocol": "6", "FromPort": -1, "ToPort": -1, "IpRanges": [{"CidrIp": "10.0.0.0/8"}]})
    assert (found["protocol"], found["from_port"], found["world"]) == ("tcp", None, False)
    (found,) = rules({"IpProtocol": "TCP", "FromPort": 22, "ToPort": 22, "IpRanges": [{"CidrIp": "0.0.0.0/0"}]})
    assert (found["protocol"], found["from_port"], found["world"]) == ("tcp", 22, True)


@pytest.mark.parametrize(
    "cidr", ["0.0.0.0/0", "0.0.0.0/1", "128.0.0.0/1", "8.0.0.0/7", "::/0", "2000::/3", "2000::/11"]
)
def test_half_the_world_is_the_world(cidr: str) -> None:
    key = ("Ipv6Ranges", "CidrIpv6") if ":" in cidr else ("IpRanges", "CidrIp")
    assert rules(tcp(22, 22, **{key[0]: [{key[1]: cidr}]}))[0]["world"] is True


@pytest.mark.parametrize("cidr", ["10.0.0.0/8", "8.8.8.8/32", "fc00::/7", "2001:db8::/32", "192.0.2.7/24"])
def test_somebodys_network_is_not(cidr: str) -> None:
    key = ("Ipv6Ranges", "CidrIpv6") if ":" in cidr else ("IpRanges", "CidrIp")
    assert rules(tcp(22, 22, **{key[0]: [{key[1]: cidr}]}))[0]["world"] is False


def test_what_a_rule_does_not_say_is_unknown() -> None:
    (no_ports,) = rules({"IpProtocol": "tcp", "IpRanges": [{"CidrIp": "0.0.0.0/0"}]})
    assert "from_port" not in no_ports
    assert no_ports["world"] is True
    (no_network,) = rules(tcp(22, 22, IpRanges=[{"CidrIp": "{{ cidr }}"}]))
    assert "world" not in no_network
    with pytest.raises(UnknownFact):
        read("ec2 describe-security-groups", {"GroupId": "sg-1", "IpPermissionsEgress": []})


@given(st.ip_addresses(), st.integers(min_value=0, max_value=32))
def test_a_rule_is_open_to_the_world_exactly_if_its_network_is_wide(address: Any, prefix: int) -> None:
    key = ("Ipv6Ranges", "CidrIpv6") if address.version == 6 else ("IpRanges", "CidrIp")
    (found,) = rules(tcp(1, 1, **{key[0]: [{key[1]: f"{address}/{prefix}"}]}))
    if prefix == 0:
        assert found["world"] is True
    if prefix >= 12:
        assert found["world"] is False


def instance(**more: Any) -> dict[str, Any]:
    base = {"InstanceId": "i-1", "State": {"Code": 16, "Name": "running"}, "NetworkInterfaces": []}
    return {**base, "MetadataOptions": {"HttpTokens": "required", "HttpEndpoint": "enabled"}, **more}


def test_an_instance() -> None:
    call = "ec2 describe-instances"
    (said,) = read(call, instance(Tags=[{"Key": "Name", "Value": "web-1"}]))
    assert said.id == "arn:aws:ec2:eu-west-1:111122223333:instance/i-1"
    assert known(said) == {"name": "web-1", "running": True, "public_address": False, "metadata_token_required": True}
    assert told(call, instance())["name"] == "i-1"
    assert read(call, instance(State={"Name": "terminated"})) == []
    assert told(call, instance(State={"Name": "stopped"}))["running"] is False


@pytest.mark.parametrize(
    ("options", "required"),
    [
        ({"HttpTokens": "optional", "HttpEndpoint": "enabled"}, False),
        ({"HttpTokens": "optional"}, False),
        ({"HttpTokens": "optional", "HttpEndpoint": "disabled"}, True),
        ({"HttpTokens": "required"}, True),
    ],
)
def test_the_metadata_service(options: Any, required: bool) -> None:
    assert told("ec2 describe-instances", instance(MetadataOptions=options))["metadata_token_required"] is required


def test_absent_metadata_options_are_unknown() -> None:
    bare = instance()
    del bare["MetadataOptions"]
    assert "metadata_token_required" not in told("ec2 describe-instances", bare)
    assert "metadata_token_required" not in told("ec2 describe-instances", instance(MetadataOptions={}))


@pytest.mark.parametrize(
    ("more", "public"),
    [
        ({"PublicIpAddress": "198.51.100.7"}, True),
        ({"NetworkInterfaces": [{"Association": {"PublicIp": "198.51.100.7"}}]}, True),
        ({"NetworkInterfaces": [{"PrivateIpAddresses": [{"Association": {"PublicIp": "198.51.100.7"}}]}]}, True),
        ({"NetworkInterfaces": [{"Ipv6Addresses": [{"Ipv6Address": "2a05:d018::1"}]}]}, True),
        (
            {"NetworkInterfaces": [{"Ipv6Addresses": [{"Ipv6Address": "fd00::1"}], "PrivateIpAddress": "10.0.0.1"}]},
            False,
        ),
        ({"PublicIpAddress": ""}, False),
    ],
)
def test_public_addresses(more: Any, public: bool) -> None:
    assert told("ec2 describe-instances", instance(**more))["public_address"] is public


def test_reservations_are_gone_through(tmp_path: Path) -> None:
    two = [{"Instances": [instance()]}, {"Instances": [instance(InstanceId="i-2"), instance(InstanceId="i-3")]}]
    inventory = load(tmp_path, {"ec2.describe-instances": {"Reservations": two}})
    assert len(list(inventory.members(Ec2Instance))) == 3
    assert gap_codes(inventory, Ec2Instance) == set()


VOLUME = {
    "VolumeId": "vol-1",
    "Encrypted": True,
    "KmsKeyId": "arn:aws:kms:eu-west-1:1:key/k",
    "Attachments": [{"InstanceId": "i-1"}],
}


def test_a_disk() -> None:
    facts = told("ec2 describe-volumes", {**VOLUME, "Tags": [{"Key": "owner", "Value": "web"}]})
    assert facts["encrypted"] is facts["tls_only"] is True
    assert facts["attached_to"] == ("arn:aws:ec2:eu-west-1:111122223333:instance/i-1",)
    assert (facts["owner"], facts["classification"], facts["public"]) == ("web", None, False)
    plain = told("ec2 describe-volumes", {"VolumeId": "vol-1", "Encrypted": False, "Attachments": []})
    assert (plain["encrypted"], plain["kms_key"]) == (False, None)
    assert "encrypted" not in told("ec2 describe-volumes", {"VolumeId": "vol-1"})


@pytest.mark.parametrize(
    ("protected", "backed_up"),
    [
        ("arn:aws:ec2:eu-west-1:111122223333:volume/vol-1", True),
        ("arn:aws:ec2:eu-west-1:111122223333:instance/i-1", True),
        ("arn:aws:ec2:eu-west-1:111122223333:volume/vol-2", False),
    ],
)
def test_a_disk_is_backed_up_alone_or_with_its_machine(tmp_path: Path, protected: str, backed_up: bool) -> None:
    result = {"ResourceArn": protected, "ResourceType": "EC2", "LastBackupTime": "2026-11-19T05:00:00Z"}
    assert volume_beside(tmp_path, result).backed_up is backed_up


def volume_beside(tmp_path: Path, result: dict[str, Any]) -> EbsVolume:
    """The disk, with one result of AWS Backup."""
    files = {"ec2.describe-volumes": {"Volumes": [VOLUME]}, "backup.list-protected-resources": {"Results": [result]}}
    return only(load(tmp_path, files), EbsVolume)


@pytest.mark.parametrize("when", [{}, {"LastBackupTime": "soon"}, {"LastBackupTime": None}])
def test_a_recovery_point_of_no_known_age_is_unknown(tmp_path: Path, when: dict[str, Any]) -> None:
    result = {"ResourceArn": "arn:aws:ec2:eu-west-1:111122223333:instance/i-1", "ResourceType": "EC2", **when}
    with pytest.raises(UnknownFact, match="does not tell when"):
        assert volume_beside(tmp_path, result).backed_up


def test_a_recovery_point_of_last_year_is_none(tmp_path: Path) -> None:
    result = {"ResourceArn": "arn:aws:ec2:eu-west-1:111122223333:instance/i-1", "ResourceType": "EC2"}
    assert volume_beside(tmp_path, {**result, "LastBackupTime": "2025-11-19T05:00:00Z"}).backed_up is False


def test_without_the_backups_nothing_is_known_of_them(tmp_path: Path) -> None:
    volume = only(load(tmp_path, {"ec2.describe-volumes": {"Volumes": [VOLUME]}}), EbsVolume)
    with pytest.raises(UnknownFact, match="list-protected-resources"):
        assert volume.backed_up


def test_snapshots_of_others_are_not_ours() -> None:
    snapshot = {"SnapshotId": "snap-1", "OwnerId": ACCOUNT, "Encrypted": False, "State": "completed"}
    assert told("ec2 describe-snapshots", snapshot)["encrypted"] is False
    with pytest.raises(UnknownFact, match="999988887777"):  # dropped without a word, it would leave an empty list
        read("ec2 describe-snapshots", {**snapshot, "OwnerId": "999988887777"})
    assert read("ec2 describe-snapshots", snapshot, account="demo") != []  # a folder's name is no account id


def test_who_may_read_a_snapshot() -> None:
    call = "ec2 describe-snapshot-attribute"
    shared = {"SnapshotId": "snap-1", "CreateVolumePermissions": [{"UserId": "999988887777"}, {"Group": "all"}]}
    assert told(call, shared, snapshot="snap-1") == {"shared_with_all": True, "outsiders": ("999988887777",)}
    assert told(call, {"CreateVolumePermissions": []}, snapshot="snap-1") == {"shared_with_all": False, "outsiders": ()}
    for odd in ({"UserId": None}, {}, "999988887777"):
        assert "outsiders" not in told(call, {"CreateVolumePermissions": [odd]}, snapshot="snap-1")
    assert told("ec2 get-snapshot-block-public-access-state", {"State": "block-all-sharing"}) == {
        "sharing_blocked": True
    }
    assert told("ec2 get-snapshot-block-public-access-state", {"State": "block-new-sharing"}) == {
        "sharing_blocked": False
    }


def test_a_public_snapshot() -> None:
    assert snapshot_public(resource(EbsSnapshot, "s", shared_with_all=True, sharing_blocked=False)) is True
    assert snapshot_public(resource(EbsSnapshot, "s", sharing_blocked=True)) is False
    assert snapshot_public(resource(EbsSnapshot, "s", shared_with_all=False)) is False
    with pytest.raises(UnknownFact):
        snapshot_public(resource(EbsSnapshot, "s", shared_with_all=True))


def test_a_port_of_null_is_unknown() -> None:
    permission = {"IpProtocol": "tcp", "FromPort": 22, "ToPort": None, "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}
    group = {"GroupId": "sg-1", "IpPermissions": [permission], "IpPermissionsEgress": []}
    rule, _ = read("ec2 describe-security-groups", group)
    assert "to_port" not in known(rule)


@pytest.mark.parametrize(
    ("low", "high", "ports"),
    [(-1, -1, (None, None)), (22, -1, (22, None)), (-1, 22, (None, 22)), (0, 65535, (0, 65535))],
)
def test_minus_one_is_no_port(low: int, high: int, ports: tuple[int | None, int | None]) -> None:
    permission = {"IpProtocol": "tcp", "FromPort": low, "ToPort": high, "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}
    (facts,) = rules(permission)
    assert (facts["from_port"], facts["to_port"]) == ports
    everything = {**permission, "IpProtocol": "-1"}
    (facts,) = rules(everything)
    assert (facts["protocol"], facts["from_port"], facts["to_port"]) == ("all", None, None)
