"""Redshift, OpenSearch and classic load balancers."""

import json
from pathlib import Path
from typing import Any

import pytest
from aws_reading import ACCOUNT, demo_account, every, gap_codes, known, load, load_folder, only, read, told

from soc2test import DataStore, Endpoint, UnknownFact
from soc2test_plugins.aws import ClassicListener, RedshiftCluster, SearchDomain

CLUSTER = {
    "ClusterIdentifier": "dw", "AvailabilityZone": "eu-west-1a", "PubliclyAccessible": False, "Encrypted": True,
    "MultiAZ": "Disabled", "AutomatedSnapshotRetentionPeriod": 1, "Tags": [{"Key": "owner", "Value": "bi"}],
    "ClusterParameterGroups": [{"ParameterGroupName": "tls", "ParameterApplyStatus": "in-sync"}],
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


def test_each_parameter_group_has_to_tell_once(tmp_path: Path) -> None:
    twice = {"Parameters": [*demand("true")["Parameters"], *demand("false")["Parameters"]]}
    with pytest.raises(UnknownFact):
        assert cluster(tmp_path / "twice", {PARAMETERS: twice}).tls_only
    groups = [{"ParameterGroupName": name, "ParameterApplyStatus": "in-sync"} for name in ("tls", "other")]
    with pytest.raises(UnknownFact):
        assert cluster(tmp_path / "other", {PARAMETERS: demand("true")}, ClusterParameterGroups=groups).tls_only
    other = {"redshift.describe-cluster-parameters.other": demand("false")}
    both = cluster(tmp_path / "both", {PARAMETERS: demand("true"), **other}, ClusterParameterGroups=groups)
    assert both.tls_only is False


def waiting(*states: str, group: str = "pending-reboot") -> dict[str, Any]:
    told = [{"ParameterName": "require_ssl", "ParameterApplyStatus": each} for each in states]
    other = {"ParameterName": "statement_timeout", "ParameterApplyStatus": "pending-reboot"}
    return {"ParameterGroupName": "tls", "ParameterApplyStatus": group, "ClusterParameterStatusList": [*told, other]}


@pytest.mark.parametrize(
    ("group", "tls"),
    [
        (waiting("in-sync"), True),
        (waiting("pending-reboot"), None),
        (waiting("in-sync", "apply-error"), None),
        (waiting(), None),
        (waiting(group="in-sync"), True),
        ({"ParameterGroupName": "tls"}, None),
    ],
)
def test_what_waits_for_a_restart_is_not_in_force(tmp_path: Path, group: Any, tls: bool | None) -> None:
    found = cluster(tmp_path, {PARAMETERS: demand("true")}, ClusterParameterGroups=[group])
    if tls is None:
        with pytest.raises(UnknownFact):
            assert found.tls_only
    else:
        assert found.tls_only is tls


BEFORE, AFTER = "2026-11-19T08:00:00Z", "2026-11-20T08:00:00Z"


@pytest.mark.parametrize(
    ("body", "logged"),
    [
        ({"LoggingEnabled": False}, False),
        ({}, None),
        ({"LoggingEnabled": True, "LastFailureTime": None}, True),
        ({"LoggingEnabled": True, "LastSuccessfulDeliveryTime": AFTER, "LastFailureTime": BEFORE}, True),
        ({"LoggingEnabled": True, "LastSuccessfulDeliveryTime": BEFORE, "LastFailureTime": AFTER}, False),
        ({"LoggingEnabled": True, "LastFailureTime": AFTER}, False),
        ({"LoggingEnabled": True, "LastFailureTime": "soon"}, None),
        ({"LoggingEnabled": True, "LogExports": ["connectionlog", "userlog"]}, True),
        ({"LoggingEnabled": True, "LogExports": ["userlog"]}, False),
    ],
)
def test_the_audit_log_has_to_arrive(body: Any, logged: bool | None) -> None:
    assert told("redshift describe-logging-status", body, cluster="dw").get("access_logged") is logged


@pytest.mark.parametrize(("word", "several"), [("Enabled", True), ("true", True), ("Disabled", False), ("soon", None)])
def test_several_zones(word: str, several: bool | None) -> None:
    facts = told("redshift describe-clusters", {**CLUSTER, "MultiAZ": word})
    assert facts.get("multi_zone", "unknown") == ("unknown" if several is None else several)


def test_a_cluster_without_snapshots_may_be_in_a_vault(tmp_path: Path) -> None:
    arn = f"arn:aws:redshift:eu-west-1:{ACCOUNT}:cluster:dw"
    vault = {
        "backup.list-protected-resources": {"Results": [{"ResourceArn": arn, "LastBackupTime": "2026-11-19T05:00:00Z"}]}
    }
    assert cluster(tmp_path / "in", vault, AutomatedSnapshotRetentionPeriod=0).backed_up is True
    none: dict[str, Any] = {"backup.list-protected-resources": {"Results": []}}
    assert cluster(tmp_path / "out", none, AutomatedSnapshotRetentionPeriod=0).backed_up is False


OPEN = {"Statement": [{"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "es:*", "Resource": "*"}]}
STATUS = {
    "DomainName": "d", "ARN": f"arn:aws:es:eu-west-1:{ACCOUNT}:domain/d", "AccessPolicies": "", "ClusterConfig": {"ZoneAwarenessEnabled": True},
    "EncryptionAtRestOptions": {"Enabled": True, "KmsKeyId": "k"}, "DomainEndpointOptions": {"EnforceHTTPS": True},
}  # fmt: skip


def settings(**more: Any) -> dict[str, Any]:
    return told("opensearch describe-domain", {"DomainStatus": {**STATUS, **more}}, domain="d")


def test_a_domain() -> None:
    assert settings() == {
        "public": False, "outsiders": (), "encrypted": True, "kms_key": "k", "tls_only": True, "access_logged": False, "multi_zone": True,
        "backed_up": True, "backup_days": 14,
    }  # fmt: skip
    published = {"AUDIT_LOGS": {"Enabled": True}}
    fine_grained = {"AdvancedSecurityOptions": {"Enabled": True}}
    assert (
        settings(LogPublishingOptions=published, AdvancedSecurityOptions={"Enabled": False})["access_logged"] is False
    )
    assert settings(LogPublishingOptions={"AUDIT_LOGS": {"Enabled": False}}, **fine_grained)["access_logged"] is False
    assert "access_logged" not in settings(
        LogPublishingOptions=published, **fine_grained
    )  # Dashboards has the last word
    assert settings(LogPublishingOptions={"AUDIT_LOGS": {"Enabled": False}})["access_logged"] is False
    assert "access_logged" not in settings(LogPublishingOptions={"AUDIT_LOGS": {}})
    older = {key: value for key, value in STATUS.items() if key != "DomainEndpointOptions"}
    assert "tls_only" not in told("opensearch describe-domain", {"DomainStatus": older}, domain="d")


@pytest.mark.parametrize(
    ("more", "public"),
    [
        ({"AccessPolicies": json.dumps(OPEN)}, True),
        ({"AccessPolicies": json.dumps(OPEN), "VPCOptions": {"VPCId": "vpc-1"}}, False),
        ({"AccessPolicies": json.dumps(OPEN), "VPCOptions": None}, True),
        ({"AccessPolicies": json.dumps(OPEN), "VPCOptions": {}}, True),
        ({"AccessPolicies": json.dumps(OPEN), "VPCOptions": {"VPCId": None, "SubnetIds": []}}, True),
        ({"AccessPolicies": "{"}, None),
    ],
)
def test_a_domain_that_anybody_reaches(more: Any, public: bool | None) -> None:
    assert settings(**more).get("public") is public


@pytest.mark.parametrize(
    ("pause", "backed_up"),
    [
        ({"Enabled": True, "State": "Active"}, False),
        ({"Enabled": True, "State": "Scheduled"}, True),
        ({"Enabled": True, "State": "Completed"}, True),
        ({"Enabled": False}, True),
        (None, True),
        ({"Enabled": True}, None),
        ({"Enabled": True, "State": "Sleeping"}, None),
        ({}, None),
    ],
)
def test_a_domain_whose_snapshots_are_paused(pause: Any, backed_up: bool | None) -> None:
    assert settings(AutomatedSnapshotPauseOptions=pause).get("backed_up") is backed_up


def test_a_domain_of_another_region(tmp_path: Path) -> None:
    files = {
        "opensearch.list-domain-names": {"DomainNames": [{"DomainName": "d"}]},
        "opensearch.describe-domain.d": {"DomainStatus": {**STATUS, "ARN": f"arn:aws:es:us-west-1:{ACCOUNT}:domain/d"}},
    }
    assert every(load(tmp_path, files), SearchDomain) == []  # whoever made this export made the list too


def test_another_domains_answer_says_nothing_of_either(tmp_path: Path) -> None:
    files = {
        "opensearch.list-domain-names": {"DomainNames": [{"DomainName": "d"}, {"DomainName": "e"}]},
        "opensearch.describe-domain.e": {"DomainStatus": STATUS},
    }
    d, e = every(load(tmp_path, files), SearchDomain)
    for domain in (d, e):
        with pytest.raises(UnknownFact, match="is of domain d by its content, and of e by its place"):
            assert domain.encrypted


@pytest.mark.parametrize("call", ["es.list-domain-names", "opensearch.list-domain-names"])
def test_either_name_of_the_service_lists_the_domains(tmp_path: Path, call: str) -> None:
    files = {call: {"DomainNames": [{"DomainName": "d"}]}, "opensearch.list-tags.d": {"TagList": []}}
    inventory = load(tmp_path, files)
    found = only(inventory, SearchDomain)
    assert (gap_codes(inventory, SearchDomain), found.owner) == (set(), None)
    with pytest.raises(UnknownFact, match="opensearch describe-domain --domain-name d"):
        assert found.encrypted


def listener(protocol: str, *policies: str, **more: Any) -> Any:
    port = {"Listener": {"LoadBalancerPort": 443, "Protocol": protocol}, "PolicyNames": list(policies)}
    return {
        "LoadBalancerName": "web", "Scheme": "internet-facing", "AvailabilityZones": ["eu-west-1a"],
        "ListenerDescriptions": [port], **more,
    }  # fmt: skip


OWN = "k8s-SSLNegotiationPolicy-2017-01"
NAMED = "ELBSecurityPolicy-TLS-1-2-2017-01"
CLASSIC = f"arn:aws:elasticloadbalancing:eu-west-1:{ACCOUNT}:loadbalancer/web:443"
POLICIES = "elb.describe-load-balancer-policies.web"


def negotiation(name: str, *protocols: str, kind: str = "SSLNegotiationPolicyType") -> dict[str, Any]:
    told = [{"AttributeName": f"Protocol-{each}", "AttributeValue": "true"} for each in protocols]
    off = [
        {"AttributeName": "Protocol-TLSv1", "AttributeValue": "false"},
        {"AttributeName": "AES128-SHA", "AttributeValue": "true"},
    ]
    return {"PolicyName": name, "PolicyTypeName": kind, "PolicyAttributeDescriptions": [*told, *off]}


def classic(folder: Path, item: Any, *policies: Any) -> ClassicListener:
    asked = {POLICIES: {"PolicyDescriptions": list(policies)}} if policies else {}
    return only(
        load(folder, {"elb.describe-load-balancers": {"LoadBalancerDescriptions": [item]}, **asked}), ClassicListener
    )


def test_a_classic_listener_without_tls(tmp_path: Path) -> None:
    found = classic(tmp_path, listener("HTTP"))
    assert (found.id, found.name, found.public) == (CLASSIC, "web:443", True)
    assert (found.tls, found.tls_policy, found.min_tls) == (False, None, None)
    with pytest.raises(UnknownFact, match="passes on"):
        assert classic(tmp_path / "tcp", listener("TCP")).tls


STICKY = {"PolicyName": "sticky", "PolicyTypeName": "AppCookieStickinessPolicyType", "PolicyAttributeDescriptions": []}


@pytest.mark.parametrize(
    ("item", "policies", "lowest"),
    [
        (listener("HTTPS", "sticky", NAMED), [], (NAMED, "1.2")),
        (listener("SSL", "ELBSecurityPolicy-2016-08"), [], ("ELBSecurityPolicy-2016-08", "1.0")),
        (listener("SSL", "ELBSecurityPolicy-2014-01"), [], ("ELBSecurityPolicy-2014-01", "0")),
        (listener("HTTPS", OWN), [], None),
        (listener("HTTPS", "ELBSecurityPolicy-TLS-1-2-Ours"), [], None),
        (listener("HTTPS", OWN), [negotiation(OWN, "TLSv1.2")], (OWN, "1.2")),
        (listener("HTTPS", OWN), [negotiation(OWN, "TLSv1.2", "TLSv1.1")], (OWN, "1.1")),
        (listener("HTTPS", OWN), [negotiation(OWN, "TLSv1.2", "SSLv3")], (OWN, "0")),
        (listener("HTTPS", "sticky", OWN), [STICKY, negotiation(OWN, "TLSv1.2")], (OWN, "1.2")),
        (listener("HTTPS", NAMED), [negotiation(NAMED, "TLSv1", "TLSv1.2")], (NAMED, "1.0")),
        (listener("HTTPS", OWN), [negotiation(OWN)], None),
        (listener("HTTPS", OWN), [negotiation(OWN, "TLSv2", "TLSv1.2")], None),
        (listener("HTTPS", OWN), [STICKY], None),
        (listener("HTTPS", "sticky", NAMED), [STICKY], None),
        (listener("HTTPS", "sticky", OWN), [negotiation(OWN, "TLSv1.2")], None),
        (listener("HTTPS", OWN), [negotiation(OWN, "SSLv2", "TLSv1.2")], (OWN, "0")),
        (listener("HTTPS", "sticky"), [STICKY], None),
    ],
)
def test_what_a_classic_listener_speaks(tmp_path: Path, item: Any, policies: Any, lowest: Any) -> None:
    found = classic(tmp_path, item, *policies)
    assert found.tls is True
    if lowest is None:
        for fact in ("tls_policy", "min_tls"):
            with pytest.raises(UnknownFact):
                getattr(found, fact)
    else:
        assert (found.tls_policy, found.min_tls) == lowest


@pytest.mark.parametrize(
    ("name", "lowest"),
    [
        ("TLS-1-2-2017-01", "1.2"), ("TLS-1-1-2017-01", "1.1"), ("2016-08", "1.0"), ("2015-05", "1.0"), ("2015-03", "1.0"),
        ("2015-02", "1.0"), ("2014-10", "1.0"), ("2014-01", "0"), ("2011-08", "0"),
    ],
)  # fmt: skip
def test_what_awss_own_sets_of_protocols_allow(tmp_path: Path, name: str, lowest: str) -> None:
    assert classic(tmp_path, listener("HTTPS", f"ELBSecurityPolicy-{name}")).min_tls == lowest


def test_a_protocol_that_nobody_knows(tmp_path: Path) -> None:
    (said,) = read("elb describe-load-balancer-policies", negotiation(OWN, "TLSv2", "TLSv1.2"), balancer="web")
    assert (known(said)["negotiates"], "min_tls" in known(said)) == (True, False)


def test_a_set_of_protocols_that_is_asked_for(tmp_path: Path) -> None:
    with pytest.raises(UnknownFact, match="describe-load-balancer-policies --load-balancer-name web"):
        assert classic(tmp_path, listener("HTTPS", OWN)).min_tls


def test_a_classic_balancer_of_another_region(tmp_path: Path) -> None:
    body = {"LoadBalancerDescriptions": [listener("HTTP", AvailabilityZones=["us-east-1a"])]}
    assert gap_codes(load(tmp_path, {"elb.describe-load-balancers": body}), ClassicListener) == {"identity"}


def test_what_the_demo_account_leaves_open(tmp_path: Path) -> None:
    inventory = demo_account(tmp_path)
    (warehouse,) = every(inventory, RedshiftCluster)
    assert (warehouse.public_address, warehouse.encrypted) == (True, False)
    with pytest.raises(UnknownFact, match="describe-security-groups"):  # who comes through was not exported
        assert warehouse.public
    assert [(each.public, each.encrypted) for each in every(inventory, SearchDomain)] == [(False, False)]
    assert [(each.public, each.tls) for each in every(inventory, ClassicListener)] == [(True, False)]


NONE: dict[str, Any] = {
    "s3api.list-buckets": {"Buckets": []}, "ec2.describe-volumes": {"Volumes": []},
    "ec2.describe-snapshots": {"Snapshots": []}, "dynamodb.list-tables": {"TableNames": []},
    "rds.describe-db-instances": {"DBInstances": []}, "rds.describe-db-clusters": {"DBClusters": []},
    "rds.describe-db-snapshots": {"DBSnapshots": []},
    "rds.describe-db-cluster-snapshots": {"DBClusterSnapshots": []}, "redshift.describe-clusters": {"Clusters": []},
    "opensearch.list-domain-names": {"DomainNames": []}, "elbv2.describe-load-balancers": {"LoadBalancers": []},
    "elb.describe-load-balancers": {"LoadBalancerDescriptions": []},
}  # fmt: skip
"""What an account exports that has no store and no endpoint."""


def gaps(inventory: Any) -> list[str]:
    return [gap.text for kind in (DataStore, Endpoint) for gap in inventory.gaps(kind)]


def test_empty_lists_say_that_there_is_none(tmp_path: Path) -> None:
    inventory = load(tmp_path, NONE)
    assert gaps(inventory) == []
    assert [*inventory.members(DataStore), *inventory.members(Endpoint)] == []


@pytest.mark.parametrize("file", NONE)
def test_stores_and_endpoints_are_all_only_with_each_list(tmp_path: Path, file: str) -> None:
    found = gaps(load(tmp_path, {name: body for name, body in NONE.items() if name != file}))
    place = f"for account {ACCOUNT}" + ("" if file.startswith("s3api") else ", region eu-west-1")
    assert found
    assert all(each.startswith(f"export `aws {file.replace('.', ' ', 1)}") and each.endswith(place) for each in found)


@pytest.mark.parametrize("file", NONE)
def test_an_empty_page_of_more_says_nothing(tmp_path: Path, file: str) -> None:
    (each,) = set(gaps(load(tmp_path, {**NONE, file: {**NONE[file], "NextToken": "more"}})))
    assert "names a further page" in each


@pytest.mark.parametrize("region", ["eu-west-1", "us-east-1"])
def test_the_lists_of_one_region_are_not_those_of_all(tmp_path: Path, region: str) -> None:
    load(tmp_path, NONE)
    declared = {"aws": {"account": [ACCOUNT], "region": ["eu-west-1", region]}}
    asked = gaps(load_folder(tmp_path, declared))
    assert bool(asked) is (region != "eu-west-1")
    assert all(f"--region {region}" in each for each in asked)
