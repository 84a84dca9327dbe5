"""Words that AWS does not document, and values of another type, are unknown: never the side that passes."""

import json
from pathlib import Path
from typing import Any

import pytest
from aws_reading import gap_codes, load, read, told

from soc2test import UnknownFact
from soc2test.testing import check, resource
from soc2test_plugins.aws.kinds import Ec2Instance, S3Bucket, SecurityGroupRule
from soc2test_plugins.aws.s3_access import public
from soc2test_policies.cc6.network import test_admin_ports_are_not_open_to_the_world as admin_control

WRONG: list[Any] = [None, True, 0, {}, [], "other", "ENABLED "]
PERMISSION: dict[str, Any] = {
    "IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "IpRanges": [{"CidrIp": "0.0.0.0/0"}], "Ipv6Ranges": [],
    "UserIdGroupPairs": [], "PrefixListIds": [],
}  # fmt: skip
KEY = {
    "KeyMetadata": {
        "Arn": "arn:aws:kms:eu-west-1:111122223333:key/1", "KeyManager": "CUSTOMER", "KeySpec": "SYMMETRIC_DEFAULT",
        "Origin": "AWS_KMS", "Enabled": True, "KeyState": "Enabled",
    }
}  # fmt: skip


@pytest.mark.parametrize("wrong", WRONG)
@pytest.mark.parametrize(
    ("key", "fact"),
    [
        ("KeyManager", "customer_managed"),
        ("KeySpec", "symmetric"),
        ("Origin", "symmetric"),
        ("KeyState", "deletion_pending"),
    ],
)
def test_keys(key: str, fact: str, wrong: Any) -> None:
    body = {"KeyMetadata": {**KEY["KeyMetadata"], key: wrong}}
    assert fact in told("kms describe-key", KEY, key="1")
    assert fact not in told("kms describe-key", body, key="1")


@pytest.mark.parametrize("wrong", WRONG)
def test_the_state_of_a_machine(tmp_path: Path, wrong: Any) -> None:
    machine = {"InstanceId": "i-1", "State": {"Code": 16, "Name": wrong}, "NetworkInterfaces": []}
    files = {"ec2.describe-instances": {"Reservations": [{"Instances": [machine]}]}}
    assert gap_codes(load(tmp_path, files), Ec2Instance) == {"unreadable"}


@pytest.mark.parametrize("logging", [False, True, {}, 0, "", [], {"TargetBucket": None}, {"TargetBucket": ""}])
def test_access_is_logged_where_a_bucket_takes_the_logs(logging: Any) -> None:
    assert told("s3api get-bucket-logging", {"LoggingEnabled": logging}, bucket="b") == {}
    named = {"LoggingEnabled": {"TargetBucket": "logs"}}
    assert told("s3api get-bucket-logging", named, bucket="b") == {"server_logged": True}
    assert told("s3api get-bucket-logging", {}, bucket="b") == {"server_logged": False}


@pytest.mark.parametrize("wrong", ["enabled", None, True, {}])
def test_a_lifecycle_rule_of_an_unknown_status_is_not_off(wrong: Any) -> None:
    rules = {"Rules": [{"Status": wrong, "Expiration": {"Days": 30}}]}
    assert told("s3api get-bucket-lifecycle-configuration", rules, bucket="b") == {}


@pytest.mark.parametrize("wrong", [None, True, 0, {}, []])
def test_a_tag_that_is_no_text_names_no_owner(wrong: Any) -> None:
    tags = {"TagSet": [{"Key": "owner", "Value": wrong}, {"Key": "classification", "Value": "internal"}]}
    assert told("s3api get-bucket-tagging", tags, bucket="b") == {"classification": "internal"}


@pytest.mark.parametrize("wrong", [[None], [{}], [{"SerialNumber": None}], [True], None])
def test_a_device_that_has_no_number_is_no_second_factor(wrong: Any) -> None:
    with pytest.raises(UnknownFact):
        read("iam list-mfa-devices", {"MFADevices": wrong}, user="ann")


@pytest.mark.parametrize("wrong", [[None], [{}], [""], [True]])
def test_an_alarm_whose_actions_are_none_tells_nobody_for_certain(wrong: Any) -> None:
    alarm = {"AlarmArn": "arn:aws:cloudwatch:eu-west-1:111122223333:alarm:a", "AlarmName": "a", "ActionsEnabled": True}
    body = {"MetricAlarms": [{**alarm, "AlarmActions": wrong}], "CompositeAlarms": []}
    assert "actions" not in told("cloudwatch describe-alarms", body)


def rules(folder: Path, **change: Any) -> list[Any] | None:
    """The rules of the permission; None where it can't be read, which no control takes for "no rule"."""
    permission = {key: value for key, value in {**PERMISSION, **change}.items() if value != "absent"}
    group = {"GroupId": "sg-1", "IpPermissions": [permission], "IpPermissionsEgress": []}
    inventory = load(folder, {"ec2.describe-security-groups": {"SecurityGroups": [group]}})
    return None if gap_codes(inventory, SecurityGroupRule) else list(inventory.members(SecurityGroupRule))


@pytest.mark.parametrize(
    "change",
    [
        {"IpProtocol": "other"}, {"IpRanges": "absent"}, {"IpRanges": []}, {"FromPort": 22, "ToPort": 0},
        {"IpRanges": [{"CidrIp": True}]}, {"IpRanges": [{"CidrIp": None}]}, {"FromPort": True},
        {"IpProtocol": None}, {"IpProtocol": {}}, {"IpRanges": {}}, {"IpRanges": None},
    ],
)  # fmt: skip
def test_a_rule_that_says_too_little_is_not_closed(tmp_path: Path, change: dict[str, Any]) -> None:
    found = rules(tmp_path, **change)
    assert found is None or (found and check(admin_control, *found).verdict == "not_evaluated")


def test_a_range_of_ports_that_ends_before_it_begins_has_no_end(tmp_path: Path) -> None:
    (rule,) = rules(tmp_path, FromPort=22, ToPort=0) or []
    with pytest.raises(UnknownFact, match="ends before it begins"):
        _ = rule.to_port


@pytest.mark.parametrize("change", [{}, {"IpProtocol": "TCP"}, {"IpProtocol": "6"}])
def test_a_rule_for_anybody_is_open(tmp_path: Path, change: dict[str, Any]) -> None:
    assert check(admin_control, *rules(tmp_path, **change) or []).verdict == "fail"


def test_a_status_that_contradicts_its_policy_is_unknown() -> None:
    closed: dict[str, Any] = {
        "acl_public": False, "object_acls": False, "policy_public": False, "policy_delegates": False,
        "ignores_acls": False, "restricts_policy": False, "account_ignores_acls": False, "account_restricts_policy": False,
    }  # fmt: skip
    assert public(resource(S3Bucket, "b", **closed, policy_open=False)) is False
    with pytest.raises(UnknownFact, match="one is older, or wrong"):
        public(resource(S3Bucket, "b", **closed, policy_open=True))


@pytest.mark.parametrize("effect", ["allow", None, "", {}])
def test_a_statement_that_neither_allows_nor_denies_is_unknown(effect: Any) -> None:
    statement = {"Effect": effect, "Principal": "*", "Action": "s3:*", "Resource": "*"}
    body = {"Policy": json.dumps({"Statement": [statement]})}
    assert "policy_open" not in told("s3api get-bucket-policy", body, bucket="b")


def test_two_words_on_one_thing_are_none() -> None:
    both = [{"name": "a", "recording": True}, {"name": "a", "recording": False}]
    with pytest.raises(UnknownFact):
        read("configservice describe-configuration-recorder-status", {"ConfigurationRecordersStatus": both})
    values = [{"ParameterName": "rds.force_ssl", "ParameterValue": each} for each in ("1", "0")]
    with pytest.raises(UnknownFact, match="two values"):
        read("rds describe-db-parameters", {"Parameters": values}, group="g")


@pytest.mark.parametrize("wrong", ["soon", True, {}, []])
@pytest.mark.parametrize(
    ("operation", "key", "rest"),
    [
        (
            "secretsmanager list-secrets",
            "DeletedDate",
            {"ARN": "arn:aws:secretsmanager:eu-west-1:111122223333:secret:s"},
        ),
        ("backup list-backup-plans", "DeletionDate", {"BackupPlanArn": "arn:aws:backup:eu-west-1:111122223333:plan:p"}),
    ],
)
def test_what_is_deleted_says_when(operation: str, key: str, rest: dict[str, Any], wrong: Any) -> None:
    item = {"Name": "s", "BackupPlanName": "p", "BackupPlanId": "1", **rest}
    assert read(operation, {**item, key: "2026-11-01T00:00:00Z"}) == []
    assert len(read(operation, item)) == 1
    with pytest.raises(UnknownFact):
        read(operation, {**item, key: wrong})


@pytest.mark.parametrize("wrong", ["https", "other", None, {}])
def test_a_listener_speaks_a_protocol_that_is_known(wrong: Any) -> None:
    arn = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:{}/app/web/1"
    item = {"ListenerArn": arn.format("listener"), "LoadBalancerArn": arn.format("loadbalancer"), "Port": 443}
    assert len(read("elbv2 describe-listeners", {**item, "Protocol": "TCP"})) == 1
    with pytest.raises(UnknownFact):
        read("elbv2 describe-listeners", {**item, "Protocol": wrong})
