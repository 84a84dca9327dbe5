"""Redshift, OpenSearch and classic load balancers."""

import json
from pathlib import Path
from typing import Any

import pytest
from aws_reading import ACCOUNT, every, gap_codes, known, load, load_folder, only, read, told

from soc2test import DataStore, Endpoint, UnknownFact
from soc2test_plugins.aws import ClassicListener, RedshiftCluster, SearchDomain

CLUSTER = {
    "ClusterIdentifier": "dw", "AvailabilityZone": "eu-west-1a", "PubliclyAccessible": False, "Encrypted": True,
    "MultiAZ": "Disabled", "AutomatedSnapshotRetentionPeriod": 1, "Tags": [{"Key": "owner", "Value": "bi"}],
    "ClusterParameterGroups": [{"ParameterGroupName": "tls"}],
}  # fmt: skip
PARAMETERS, LOGGING = "redshift.describe-cluster-parameters.tls", "redshift.describe-logging-status.dw"


def demand(value: str) -> dict[str, Any]:
    return {"Parameters": [{"ParameterName": "require_ssl", "ParameterValue": value}]}


def cluster(folder: Path, files: dict[str, Any] | None = None, **more: Any) -> RedshiftCluster:
    body = {"Clusters": [{**CLUSTER, **more}]}
    return only(load(folder, {"redshift.describe-clusters": body, **(files or {})}), RedshiftCluster)


def test_a_cluster(tmp_path: Path) -> None:
    found = cluster(tmp_path, {PARAMETERS: demand("true"), LOGGING: {"LoggingEnabled": True}})
    assert found.id == f"arn:aws:redshift:eu-west-1:{ACCOUNT}:cluster:dw"
    assert (found.public, found.encrypted, found.customer_key, found.multi_zone) == (False, True, False, False)
    assert (found.tls_only, found.access_logged, found.backed_up, found.copy) == (True, True, True, False)
    assert (found.owner, found.classification) == ("bi", None)


def test_what_a_cluster_does_not_demand(tmp_path: Path) -> None:
    assert cluster(tmp_path / "off", {PARAMETERS: demand("false")}).tls_only is False
    for place, files in enumerate(
        ({}, {PARAMETERS: {"Parameters": []}}, {"redshift.describe-cluster-parameters.x": demand("true")})
    ):
        with pytest.raises(UnknownFact):
            assert cluster(tmp_path / str(place), files).tls_only


def test_a_cluster_without_snapshots_may_be_in_a_vault(tmp_path: Path) -> None:
    arn = f"arn:aws:redshift:eu-west-1:{ACCOUNT}:cluster:dw"
    vault = {"backup.list-protected-resources": {"Results": [{"ResourceArn": arn}]}}
    assert cluster(tmp_path / "in", vault, AutomatedSnapshotRetentionPeriod=0).backed_up is True
    none: dict[str, Any] = {"backup.list-protected-resources": {"Results": []}}
    assert cluster(tmp_path / "out", none, AutomatedSnapshotRetentionPeriod=0).backed_up is False


OPEN = {"Statement": [{"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "es:*", "Resource": "*"}]}
STATUS = {
    "ARN": f"arn:aws:es:eu-west-1:{ACCOUNT}:domain/d", "AccessPolicies": "", "ClusterConfig": {"ZoneAwarenessEnabled": True},
    "EncryptionAtRestOptions": {"Enabled": True, "KmsKeyId": "k"}, "DomainEndpointOptions": {"EnforceHTTPS": True},
}  # fmt: skip


def settings(**more: Any) -> dict[str, Any]:
    return told("opensearch describe-domain", {"DomainStatus": {**STATUS, **more}}, domain="d")


def test_a_domain() -> None:
    assert settings() == {
        "public": False, "encrypted": True, "kms_key": "k", "tls_only": True, "access_logged": False, "multi_zone": True,
    }  # fmt: skip
    assert settings(LogPublishingOptions={"AUDIT_LOGS": {"Enabled": True}})["access_logged"] is True
    older = {key: value for key, value in STATUS.items() if key != "DomainEndpointOptions"}
    assert "tls_only" not in told("opensearch describe-domain", {"DomainStatus": older}, domain="d")


@pytest.mark.parametrize(
    ("more", "public"),
    [
        ({"AccessPolicies": json.dumps(OPEN)}, True),
        ({"AccessPolicies": json.dumps(OPEN), "VPCOptions": {"VPCId": "vpc-1"}}, False),
        ({"AccessPolicies": "{"}, None),
    ],
)
def test_a_domain_that_anybody_reaches(more: Any, public: bool | None) -> None:
    assert settings(**more).get("public") is public


@pytest.mark.parametrize("call", ["es.list-domain-names", "opensearch.list-domain-names"])
def test_either_name_of_the_service_lists_the_domains(tmp_path: Path, call: str) -> None:
    files = {call: {"DomainNames": [{"DomainName": "d"}]}, "opensearch.list-tags.d": {"TagList": []}}
    inventory = load(tmp_path, files)
    found = only(inventory, SearchDomain)
    assert (gap_codes(inventory, SearchDomain), found.owner, found.backed_up) == (set(), None, True)
    with pytest.raises(UnknownFact, match="opensearch describe-domain --domain-name d"):
        assert found.encrypted


def listener(protocol: str, *policies: str, **more: Any) -> Any:
    port = {"Listener": {"LoadBalancerPort": 443, "Protocol": protocol}, "PolicyNames": list(policies)}
    return {
        "LoadBalancerName": "web", "Scheme": "internet-facing", "AvailabilityZones": ["eu-west-1a"],
        "ListenerDescriptions": [port], **more,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("item", "facts"),
    [
        (listener("HTTP"), {"tls": False, "tls_policy": None, "min_tls": None}),
        (listener("TCP"), {"tls_policy": None, "min_tls": None}),
        (
            listener("HTTPS", "sticky", "ELBSecurityPolicy-TLS-1-2-2017-01"),
            {"tls": True, "tls_policy": "ELBSecurityPolicy-TLS-1-2-2017-01", "min_tls": "1.2"},
        ),
        (
            listener("SSL", "ELBSecurityPolicy-2016-08"),
            {"tls": True, "tls_policy": "ELBSecurityPolicy-2016-08", "min_tls": "1.0"},
        ),
        (listener("HTTPS", "our-own"), {"tls": True}),
    ],
)
def test_a_classic_listener(item: Any, facts: dict[str, Any]) -> None:
    (said,) = read("elb describe-load-balancers", item)
    assert said.id == f"arn:aws:elasticloadbalancing:eu-west-1:{ACCOUNT}:loadbalancer/web:443"
    assert known(said) == {"name": "web:443", "public": True, **facts}


def test_a_classic_balancer_of_another_region(tmp_path: Path) -> None:
    body = {"LoadBalancerDescriptions": [listener("HTTP", AvailabilityZones=["us-east-1a"])]}
    assert "unreadable" in gap_codes(load(tmp_path, {"elb.describe-load-balancers": body}), ClassicListener)


def test_what_the_demo_account_leaves_open() -> None:
    inventory = load_folder(Path(__file__).parent / "samples")
    assert [(each.public, each.encrypted) for each in every(inventory, RedshiftCluster)] == [(True, False)]
    assert [(each.public, each.encrypted) for each in every(inventory, SearchDomain)] == [(False, False)]
    assert [(each.public, each.tls) for each in every(inventory, ClassicListener)] == [(True, False)]


def test_stores_and_endpoints_are_all_only_with_these(tmp_path: Path) -> None:
    inventory = load(tmp_path, {"s3api.list-buckets": {"Buckets": []}})
    texts = " ".join(gap.text for kind in (DataStore, Endpoint) for gap in inventory.gaps(kind))
    for command in ("redshift describe-clusters", "opensearch list-domain-names", "elb describe-load-balancers"):
        assert command in texts
