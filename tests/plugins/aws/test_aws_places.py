"""An export in another region's or account's folder is not that region's or account's list."""

from pathlib import Path
from typing import Any

import pytest
from aws_reading import ACCOUNT, REGION, gap_codes, load

from soc2test import Resource
from soc2test_plugins.aws import (
    AccessAnalyzer,
    AwsSecret,
    ClassicListener,
    CloudWatchAlarm,
    EbsSnapshot,
    EbsVolume,
    Ec2Instance,
    KmsKey,
    LoadBalancer,
    LogGroup,
    RdsClusterSnapshot,
    RdsInstance,
    RdsSnapshot,
    RedshiftCluster,
    SecurityGroupRule,
    SecurityHub,
    SnsSubscription,
)

ELSEWHERE = "ap-south-1"
Call = tuple[str, type[Resource], Any]


def arn(service: str, region: str, rest: str) -> str:
    return f"arn:aws:{service}:{region}:{ACCOUNT}:{rest}"


def watched(region: str, account: str) -> list[Call]:
    """Lists whose items have the region and the account in their ARNs."""

    def name(service: str, rest: str) -> str:
        return f"arn:aws:{service}:{region}:{account}:{rest}"

    alarm = {"AlarmName": "a", "AlarmArn": name("cloudwatch", "alarm:a"), "ActionsEnabled": True, "AlarmActions": []}
    analyzer = {"arn": name("access-analyzer", "analyzer/x"), "type": "ACCOUNT", "status": "ACTIVE"}
    group = {"logGroupName": "g", "arn": name("logs", "log-group:g:*")}
    return [
        ("cloudwatch.describe-alarms", CloudWatchAlarm, {"MetricAlarms": [alarm], "CompositeAlarms": []}),
        ("accessanalyzer.list-analyzers", AccessAnalyzer, {"analyzers": [analyzer]}),
        ("logs.describe-log-groups", LogGroup, {"logGroups": [group]}),
        ("securityhub.describe-hub", SecurityHub, {"HubArn": name("securityhub", "hub/default")}),
        (
            "secretsmanager.list-secrets",
            AwsSecret,
            {"SecretList": [{"ARN": name("secretsmanager", "secret:s-1"), "Name": "s"}]},
        ),
    ]


def bodies(region: str) -> list[Call]:
    instance = {"InstanceId": "i-1", "State": {"Name": "running"}, "Placement": {"AvailabilityZone": f"{region}a"}}
    volume = {"VolumeId": "vol-1", "Encrypted": True, "AvailabilityZone": f"{region}b"}
    group = {"GroupId": "sg-1", "SecurityGroupArn": arn("ec2", region, "security-group/sg-1"), "IpPermissions": []}
    balancer = {"LoadBalancerArn": arn("elasticloadbalancing", region, "loadbalancer/app/x/1"), "Scheme": "internal"}
    database = {"DBInstanceArn": arn("rds", region, "db:x"), "DBInstanceIdentifier": "x"}
    warehouse = {"ClusterIdentifier": "x", "AvailabilityZone": f"{region}a"}
    classic = {"LoadBalancerName": "x", "AvailabilityZones": [f"{region}a"], "ListenerDescriptions": []}
    topic = arn("sns", region, "x")
    return [
        ("ec2.describe-instances", Ec2Instance, {"Reservations": [{"Instances": [instance]}]}),
        ("ec2.describe-volumes", EbsVolume, {"Volumes": [volume]}),
        ("ec2.describe-security-groups", SecurityGroupRule, {"SecurityGroups": [{**group, "IpPermissionsEgress": []}]}),
        ("elbv2.describe-load-balancers", LoadBalancer, {"LoadBalancers": [balancer]}),
        ("kms.list-keys", KmsKey, {"Keys": [{"KeyId": "k", "KeyArn": arn("kms", region, "key/k")}]}),
        ("rds.describe-db-instances", RdsInstance, {"DBInstances": [database]}),
        ("redshift.describe-clusters", RedshiftCluster, {"Clusters": [warehouse]}),
        ("elb.describe-load-balancers", ClassicListener, {"LoadBalancerDescriptions": [classic]}),
        ("sns.list-subscriptions", SnsSubscription, {"Subscriptions": [{"SubscriptionArn": "x", "TopicArn": topic}]}),
        *watched(region, ACCOUNT),
    ]


@pytest.mark.parametrize("place", range(len(bodies(REGION))))
@pytest.mark.parametrize("region", [REGION, ELSEWHERE])
def test_what_lies_in_another_regions_folder_is_no_list_of_this_one(tmp_path: Path, place: int, region: str) -> None:
    name, kind, body = bodies(region)[place]
    codes = gap_codes(load(tmp_path, {name: body}), kind)
    assert bool(codes & {"unreadable", "identity"}) is (region == ELSEWHERE)


OTHER = "999988887777"


def of_account(account: str) -> list[Call]:
    def name(service: str, rest: str) -> str:
        return f"arn:aws:{service}:{REGION}:{account}:{rest}"

    database = {"DBInstanceArn": name("rds", "db:x"), "DBInstanceIdentifier": "x"}
    copy = {"DBSnapshotArn": name("rds", "snapshot:x"), "DBSnapshotIdentifier": "x"}
    of_cluster = {"DBClusterSnapshotArn": name("rds", "cluster-snapshot:x"), "DBClusterSnapshotIdentifier": "x"}
    balancer = {"LoadBalancerArn": name("elasticloadbalancing", "loadbalancer/app/x/1"), "Scheme": "internal"}
    disk = {"SnapshotId": "snap-1", "OwnerId": account, "Encrypted": True}
    return [
        ("kms.list-keys", KmsKey, {"Keys": [{"KeyId": "k", "KeyArn": name("kms", "key/k")}]}),
        ("rds.describe-db-instances", RdsInstance, {"DBInstances": [database]}),
        ("rds.describe-db-snapshots", RdsSnapshot, {"DBSnapshots": [copy]}),
        ("rds.describe-db-cluster-snapshots", RdsClusterSnapshot, {"DBClusterSnapshots": [of_cluster]}),
        ("elbv2.describe-load-balancers", LoadBalancer, {"LoadBalancers": [balancer]}),
        ("ec2.describe-snapshots", EbsSnapshot, {"Snapshots": [disk]}),
        *watched(REGION, account),
    ]


@pytest.mark.parametrize("place", range(len(of_account(ACCOUNT))))
@pytest.mark.parametrize("account", [ACCOUNT, OTHER])
def test_what_lies_in_another_accounts_folder_is_no_list_of_this_one(tmp_path: Path, place: int, account: str) -> None:
    name, kind, body = of_account(account)[place]
    codes = gap_codes(load(tmp_path, {name: body}), kind)
    assert bool(codes & {"unreadable", "identity"}) is (account == OTHER)


def test_a_security_group_may_be_another_accounts(tmp_path: Path) -> None:
    arn = f"arn:aws:ec2:{REGION}:{OTHER}:security-group/sg-1"
    group = {"GroupId": "sg-1", "SecurityGroupArn": arn, "IpPermissions": [], "IpPermissionsEgress": []}
    assert (
        gap_codes(load(tmp_path, {"ec2.describe-security-groups": {"SecurityGroups": [group]}}), SecurityGroupRule)
        == set()
    )
