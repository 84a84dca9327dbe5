"""AWS but for S3: networks, machines and disks, databases, keys, trails; and the shipped controls over them."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from terraform_reading import SAMPLES, Made, every, load, made, only, plan, state

from soc2test import Credential, DataStore, EncryptionKey, Endpoint, Host, LogSink, NetworkRule, UnknownFact
from soc2test.testing import check
from soc2test_policies.cc6.encryption_keys import test_encryption_keys_rotate as rotation_control
from soc2test_policies.cc6.endpoints import test_public_endpoints_speak_modern_tls as endpoints_control
from soc2test_policies.cc6.hosts import test_hosts_guard_their_metadata as hosts_control
from soc2test_policies.cc6.keys import test_keys_are_rotated as keys_control
from soc2test_policies.cc6.network import test_admin_ports_are_not_open_to_the_world as ports_control
from soc2test_policies.cc6.stores import test_stores_are_encrypted as encrypted_control
from soc2test_policies.cc7.audit_logs import test_audit_logs_are_delivered as logs_control


def told(resource: Any, fact: str) -> Any:
    """The fact; "?" where it is unknown."""
    try:
        return getattr(resource, fact)
    except UnknownFact:
        return "?"


def ingress(*cidr: str, low: int = 22, high: int = 22, **more: Any) -> dict[str, Any]:
    empty: dict[str, Any] = {"ipv6_cidr_blocks": [], "prefix_list_ids": [], "security_groups": [], "self": False}
    return {"protocol": "tcp", "from_port": low, "to_port": high, "cidr_blocks": list(cidr), **empty, **more}


def group(*rules: dict[str, Any], later: Any = ("id", "egress"), **more: Any) -> Made:
    return made(
        "aws_security_group.g",
        {"ingress": list(rules)} if rules else {},
        [*later, *([] if rules else ["ingress"])],
        **more,
    )


RULE = {
    "type": "ingress",
    "protocol": "tcp",
    "from_port": 22,
    "to_port": 22,
    "cidr_blocks": ["0.0.0.0/0"],
    "self": False,
}
OWN = {"security_group_id": ["aws_security_group.g.id", "aws_security_group.g"]}
APART = made("aws_security_group_rule.r", RULE, ["security_group_id", "source_security_group_id"], refs=OWN)
NEWER = made(
    "aws_vpc_security_group_ingress_rule.r", {"ip_protocol": "-1", "cidr_ipv6": "::/0", "from_port": None, "to_port": None},
    ["security_group_id"], refs=OWN,
)  # fmt: skip
PEER = made(
    "aws_security_group_rule.p",
    {**RULE, "cidr_blocks": None},
    ["security_group_id", "source_security_group_id"],
    refs=OWN,
)
LATER_CIDR = made(
    "aws_security_group_rule.c", {**RULE, "cidr_blocks": None}, ["security_group_id", "cidr_blocks"], refs=OWN
)


@pytest.mark.parametrize(
    ("resources", "outcomes"),
    [
        ([group(ingress("10.0.0.0/8"))], []),
        ([group(ingress("10.0.0.0/8", "0.0.0.0/0"))], ["deviation"]),
        ([group(ingress("0.0.0.0/1"))], ["deviation"]),
        ([group(ingress("fc00::/7"))], []),
        ([group(ingress("0.0.0.0/0", low=443, high=443))], []),
        ([group(ingress("0.0.0.0/0", low=0, high=65535))], ["deviation"]),
        ([group(ingress("0.0.0.0/0", low=443, high=22))], ["unknown"]),
        ([group(ingress(security_groups=["sg-1"]))], []),
        ([group(ingress(prefix_list_ids=["pl-1"]))], ["unknown"]),
        ([group(ingress(self=True))], []),
        ([group(), APART], ["deviation"]),
        ([group(), NEWER], ["deviation"]),
        ([group(), PEER], []),
        ([group(), LATER_CIDR], ["unknown"]),
        ([group()], ["unknown"]),
    ],
)
def test_rules_of_security_groups(tmp_path: Path, resources: Any, outcomes: Any) -> None:
    rules = [each for each in every(load(tmp_path, plan(*resources)), NetworkRule) if told(each, "inbound") is True]
    assert rules
    assert [each.outcome for each in check(ports_control, *rules).findings] == outcomes


def test_a_rule_apart_and_in_its_group_is_one(tmp_path: Path) -> None:
    shown = ("aws_security_group.g", {"id": "sg-1", "ingress": [ingress("0.0.0.0/0")], "egress": []})
    apart = ("aws_security_group_rule.r", {**RULE, "security_group_id": "sg-1", "source_security_group_id": None})
    rule = only(load(tmp_path, state(shown, apart)), NetworkRule)
    assert rule.id == "prod/aws_security_group.g/in/tcp/22-22/0.0.0.0/0"
    assert rule.group == "prod/aws_security_group.g"


def test_outbound_rules_are_told_apart(tmp_path: Path) -> None:
    shown = ("aws_security_group.g", {"id": "sg-1", "ingress": [], "egress": [ingress("0.0.0.0/0", protocol="-1")]})
    rule = only(load(tmp_path, state(shown)), NetworkRule)
    assert (rule.inbound, rule.protocol, rule.from_port, rule.world) == (False, "all", None, True)


def test_a_sample_s_rule_that_refers_to_a_module(tmp_path: Path) -> None:
    body = json.loads((SAMPLES / "test_issue-190__plan.out.json").read_text())
    result = check(ports_control, *every(load(tmp_path, body), NetworkRule))
    assert [each.resource for each in result.findings] == [
        "prod/plan/module.mysg.aws_security_group.alb/in/tcp/22-22/0.0.0.0/0"
    ]


BALANCER = made("aws_lb.b", {"name": "b", "internal": False}, ["arn", "id"])
TO_BALANCER = {"load_balancer_arn": ["aws_lb.b.arn", "aws_lb.b"]}
REDIRECT = [{"type": "redirect", "redirect": [{"protocol": "HTTPS"}]}]
FORWARD = [{"type": "forward", "redirect": []}]


def listener(**after: Any) -> Made:
    return made("aws_lb_listener.l", after, ["arn", "load_balancer_arn"], refs=TO_BALANCER)


def listener_rule(action: Any) -> Made:
    refs = {"listener_arn": ["aws_lb_listener.l.arn", "aws_lb_listener.l"]}
    return made("aws_lb_listener_rule.r", {"action": action}, ["listener_arn"], refs=refs)


@pytest.mark.parametrize(
    ("resources", "outcomes"),
    [
        ([listener(protocol="HTTPS", ssl_policy="ELBSecurityPolicy-TLS13-1-2-2021-06")], []),
        ([listener(protocol="HTTPS", ssl_policy="ELBSecurityPolicy-2016-08")], ["deviation"]),
        ([listener(protocol="HTTPS", ssl_policy="Own")], ["unknown"]),
        ([listener(protocol="HTTP", default_action=REDIRECT)], []),
        ([listener(protocol="HTTP", default_action=REDIRECT), listener_rule(FORWARD)], ["deviation"]),
        ([listener(protocol="HTTP", default_action=FORWARD)], ["deviation"]),
        ([listener(protocol="TCP", default_action=FORWARD)], ["unknown"]),
    ],
)
def test_listeners(tmp_path: Path, resources: Any, outcomes: Any) -> None:
    endpoint = only(load(tmp_path, plan(BALANCER, *resources)), Endpoint)
    assert endpoint.public
    assert [each.outcome for each in check(endpoints_control, endpoint).findings] == outcomes


def test_listeners_of_balancers_elsewhere(tmp_path: Path) -> None:
    given = made("aws_lb_listener.l", {"protocol": "HTTP", "load_balancer_arn": "arn:x", "default_action": REDIRECT})
    assert told(only(load(tmp_path, plan(given)), Endpoint), "public") == "?"


def test_redirects_of_a_listener_that_stands_already_may_not_be_all(tmp_path: Path) -> None:
    values = {"protocol": "HTTP", "load_balancer_arn": "arn:x", "default_action": REDIRECT}
    assert told(only(load(tmp_path, state(("aws_lb_listener.l", values))), Endpoint), "tls") == "?"


def machine(options: Any = None, *, root: Any = None, **after: Any) -> Made:
    told = {"metadata_options": options, "root_block_device": root, **after}
    given = {key: value for key, value in told.items() if value is not None}
    later = [
        key for key in ("metadata_options", "root_block_device", "ebs_block_device", "public_ip") if key not in given
    ]
    return made("aws_instance.m", given, later)


@pytest.mark.parametrize(
    ("options", "outcomes"),
    [
        ([{"http_endpoint": "enabled", "http_tokens": "required"}], []),
        ([{"http_endpoint": "enabled", "http_tokens": "optional"}], ["deviation"]),
        ([{"http_endpoint": "disabled", "http_tokens": "optional"}], []),
        ([{"http_endpoint": "enabled", "http_tokens": "other"}], ["unknown"]),
        ([{"http_endpoint": "other", "http_tokens": "optional"}], ["unknown"]),
        (None, ["unknown"]),
    ],
)
def test_machines(tmp_path: Path, options: Any, outcomes: Any) -> None:
    host = only(load(tmp_path, plan(machine(options, associate_public_ip_address=False))), Host)
    assert (host.running, host.public_address) == (True, False)
    assert [each.outcome for each in check(hosts_control, host).findings] == outcomes


def test_machines_of_a_state(tmp_path: Path) -> None:
    values = {"instance_state": "stopped", "public_ip": "", "ipv6_addresses": [], "metadata_options": []}
    host = only(load(tmp_path, state(("aws_instance.m", values))), Host)
    assert (host.running, host.public_address, host.metadata_token_required) == (False, False, False)


@pytest.mark.parametrize(
    ("root", "outcomes"),
    [([{"encrypted": True, "kms_key_id": ""}], []), ([{"encrypted": False}], ["deviation"]), (None, ["unknown"])],
)
def test_each_machine_has_a_root_disk(tmp_path: Path, root: Any, outcomes: Any) -> None:
    disk = only(load(tmp_path, plan(machine(root=root))), DataStore)
    assert disk.id == "prod/plan/aws_instance.m/root_block_device[0]"
    assert [each.outcome for each in check(encrypted_control, disk).findings] == outcomes


def test_disks(tmp_path: Path) -> None:
    key = made("aws_kms_key.k", {}, ["arn"])
    refs = {"kms_key_id": ["aws_kms_key.k.arn"]}
    volume = made("aws_ebs_volume.v", {"encrypted": True, "tags": None}, ["kms_key_id"], refs=refs)
    disk = only(load(tmp_path, plan(key, volume)), DataStore)
    assert (disk.encrypted, disk.customer_key, disk.public, disk.tls_only) == (True, True, False, True)
    assert told(disk, "backed_up") == "?"


def database(**after: Any) -> Made:
    given = {"identifier": "db", "engine": "postgres", "engine_version": "16.3", **after}
    later = ["kms_key_id", "backup_retention_period", "multi_az", "parameter_group_name"]
    refs = after.pop("refs", None)
    given.pop("refs", None)
    return made("aws_db_instance.d", given, [key for key in later if key not in after], refs=refs)


GROUP = made("aws_db_parameter_group.g", {"name": "own", "parameter": [{"name": "rds.force_ssl", "value": "1"}]})


@pytest.mark.parametrize(
    ("resources", "fact", "value"),
    [
        ([database(publicly_accessible=True)], "public", "?"),
        ([database(publicly_accessible=None)], "public", False),
        ([database()], "public", "?"),
        ([database(storage_encrypted=None)], "encrypted", False),
        ([database(storage_encrypted=None, snapshot_identifier="s")], "encrypted", "?"),
        ([database()], "customer_key", False),
        ([database(backup_retention_period=0)], "backed_up", False),
        ([database()], "backed_up", "?"),
        ([database()], "multi_zone", False),
        ([database(multi_az=True)], "multi_zone", True),
        ([database(parameter_group_name="own"), GROUP], "tls_only", True),
        ([database(parameter_group_name="default.postgres16")], "tls_only", True),
        ([database(parameter_group_name="default.postgres16", engine_version="14.1")], "tls_only", False),
        ([database(parameter_group_name="other")], "tls_only", "?"),
        ([database()], "tls_only", "?"),
        ([database(enabled_cloudwatch_logs_exports=["audit"])], "access_logged", "?"),
        ([database(enabled_cloudwatch_logs_exports=None)], "access_logged", False),
        ([database(enabled_cloudwatch_logs_exports=["postgresql"])], "access_logged", "?"),
        ([database(replicate_source_db="x")], "copy", True),
    ],
)
def test_databases(tmp_path: Path, resources: Any, fact: str, value: Any) -> None:
    assert told(only(load(tmp_path, plan(*resources)), DataStore), fact) == value


def member(public: bool) -> Made:
    refs = {"cluster_identifier": ["aws_rds_cluster.c.id"]}
    return made("aws_rds_cluster_instance.i", {"publicly_accessible": public}, ["cluster_identifier"], refs=refs)


BEHIND = {"vpc_security_group_ids": ["aws_security_group.g.id"]}
OFFICE, EVERYWHERE = "192.0.2.0/24", "0.0.0.0/0"


@pytest.mark.parametrize("public", [True, False])
def test_a_cluster_is_as_public_as_its_instances(tmp_path: Path, public: bool) -> None:
    told_ = {"cluster_identifier": "c", "storage_encrypted": True, "engine": "aurora-postgresql", "port": 5432}
    cluster = made("aws_rds_cluster.c", told_, ["id", "vpc_security_group_ids"], refs=BEHIND)
    opened = group(ingress(EVERYWHERE, low=5432, high=5432))
    found = only(load(tmp_path, plan(cluster, member(public), opened)), DataStore)
    assert found.public is public


@pytest.mark.parametrize(
    ("rules", "public"),
    [
        ([ingress(EVERYWHERE, low=5432, high=5432)], True),
        ([ingress(OFFICE, low=5432, high=5432)], False),
        ([ingress(EVERYWHERE, low=443, high=443), ingress(OFFICE, low=5432, high=5432)], False),
        ([ingress(low=0, high=0, protocol="-1", ipv6_cidr_blocks=["::/0"])], True),
        ([ingress(EVERYWHERE, low=5432, high=5432, protocol="udp")], False),
        ([ingress(low=5432, high=5432, prefix_list_ids=["pl-1"])], "?"),
        ([ingress(low=22, high=22, prefix_list_ids=["pl-1"])], False),
        ([ingress("10.0.0.0/8", "0.0.0.0/1", "128.0.0.0/1", low=5432, high=5432)], True),
    ],
)
def test_a_public_address_is_exposure_where_the_rules_let_the_world_in(tmp_path: Path, rules: Any, public: Any) -> None:
    known_: dict[str, Any] = {"identifier": "d", "engine": "postgres", "publicly_accessible": True}
    base = made("aws_db_instance.d", known_, ["id", "port", "vpc_security_group_ids"], refs=BEHIND)
    assert told(only(load(tmp_path, plan(base, group(*rules))), DataStore), "public") == public


def test_a_group_of_another_workspace_is_not_known(tmp_path: Path) -> None:
    values = {"identifier": "d", "engine": "postgres", "port": 5432, "publicly_accessible": True}
    body = state(("aws_db_instance.d", {**values, "vpc_security_group_ids": ["sg-1"]}))
    assert told(only(load(tmp_path, body), DataStore), "public") == "?"


TABLE_POLICY = json.dumps(
    {"Statement": {"Effect": "Allow", "Principal": "*", "Action": "dynamodb:GetItem", "Resource": "*"}}
)


def test_tables(tmp_path: Path) -> None:
    later = ["point_in_time_recovery", "server_side_encryption", "arn"]
    plain = made("aws_dynamodb_table.t", {"name": "t", "deletion_protection_enabled": None}, later)
    refs = {"resource_arn": ["aws_dynamodb_table.t.arn"]}
    open_ = made("aws_dynamodb_resource_policy.p", {"policy": TABLE_POLICY}, ["resource_arn"], refs=refs)
    facts = ("public", "encrypted", "customer_key", "versioned", "deletion_protected", "tls_only")
    found = only(load(tmp_path, plan(plain)), DataStore)
    assert [told(found, fact) for fact in facts] == [False, True, False, False, False, False]
    assert only(load(tmp_path, plan(plain, open_)), DataStore).public
    values = {"name": "t", "point_in_time_recovery": [{"enabled": True}], "server_side_encryption": []}
    found = only(load(tmp_path, state(("aws_dynamodb_table.t", values))), DataStore)
    assert [told(found, fact) for fact in facts] == ["?", True, False, True, "?", "?"]


def test_a_policy_that_may_be_any_table_s_leaves_each_unknown(tmp_path: Path) -> None:
    table = made("aws_dynamodb_table.t", {"name": "t"}, ["arn"])
    policy = made(
        "aws_dynamodb_resource_policy.p",
        {"policy": TABLE_POLICY},
        ["resource_arn"],
        refs={"resource_arn": ["local.arn"]},
    )
    assert told(only(load(tmp_path, plan(table, policy)), DataStore), "public") == "?"


@pytest.mark.parametrize(
    ("after", "outcomes"),
    [
        ({"enable_key_rotation": True, "rotation_period_in_days": 365}, []),
        ({"enable_key_rotation": True, "rotation_period_in_days": 2000}, ["deviation"]),
        ({"enable_key_rotation": False}, ["deviation"]),
        ({"enable_key_rotation": None}, ["deviation"]),
        ({}, ["unknown"]),
    ],
)
def test_keys(tmp_path: Path, after: Any, outcomes: Any) -> None:
    common = {"is_enabled": True, "customer_master_key_spec": "SYMMETRIC_DEFAULT", "key_usage": "ENCRYPT_DECRYPT"}
    key = only(load(tmp_path, plan(made("aws_kms_key.k", {**common, **after}))), EncryptionKey)
    assert [each.outcome for each in check(rotation_control, key).findings] == outcomes


def test_a_new_key_rotates_yearly_unless_told_otherwise(tmp_path: Path) -> None:
    key = made("aws_kms_key.k", {"enable_key_rotation": True}, ["rotation_period_in_days"])
    assert only(load(tmp_path, plan(key)), EncryptionKey).rotates


def test_access_keys(tmp_path: Path) -> None:
    values = {
        "user": "ci",
        "status": "Active",
        "create_date": "2025-01-01T00:00:00Z",
        "secret": "hunter2",
        "id": "AKIA1",
    }
    key = only(load(tmp_path, state(("aws_iam_access_key.k", values))), Credential)
    assert key.created_at == datetime(2025, 1, 1, tzinfo=UTC)
    assert [each.outcome for each in check(keys_control, key).findings] == ["deviation"]
    assert "hunter2" not in str(key.__reduce__())
    planned = made("aws_iam_access_key.k", {"user": "ci", "status": "Active"}, ["create_date"])
    assert [each.outcome for each in check(keys_control, only(load(tmp_path, plan(planned)), Credential)).findings] == [
        "unknown"
    ]


TRAIL = {
    "name": "all", "enable_logging": True, "is_multi_region_trail": True, "enable_log_file_validation": True,
    "kms_key_id": None, "event_selector": [], "advanced_event_selector": [],
}  # fmt: skip


@pytest.mark.parametrize(
    ("more", "fact", "value"),
    [
        ({}, "delivering", "?"),
        ({"enable_logging": False}, "delivering", False),
        ({}, "management_events", True),
        (
            {"event_selector": [{"include_management_events": True, "read_write_type": "WriteOnly"}]},
            "management_events",
            False,
        ),
        (
            {"event_selector": [{"include_management_events": True, "read_write_type": "All"}]},
            "management_events",
            True,
        ),
        ({"advanced_event_selector": [{"name": "x"}]}, "management_events", "?"),
        ({}, "encrypted", False),
        ({"kms_key_id": "arn:x"}, "encrypted", True),
        ({"is_multi_region_trail": None}, "all_regions", False),
    ],
)
def test_trails(tmp_path: Path, more: Any, fact: str, value: Any) -> None:
    trail = only(load(tmp_path, plan(made("aws_cloudtrail.t", {**TRAIL, **more}))), LogSink)
    assert told(trail, fact) == value
    expected = "deviation" if more.get("enable_logging") is False else "unknown"
    assert [each.outcome for each in check(logs_control, trail).findings] == [expected]
