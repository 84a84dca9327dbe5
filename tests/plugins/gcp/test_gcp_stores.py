"""Buckets and databases, and what the shipped controls say of them."""

from pathlib import Path
from typing import Any

import pytest
from gcp_reading import NODE, asset, load, only, org_policy, policy

from soc2test import UnknownFact
from soc2test.testing import check
from soc2test_plugins.gcp.kinds import CloudSqlInstance, GcpBucket
from soc2test_policies.cc6.stores import test_stores_are_encrypted as encrypted_control
from soc2test_policies.cc6.stores import test_stores_are_not_public as public_control
from soc2test_policies.cc6.stores import test_stores_demand_tls as tls_control

BUCKET = "//storage.googleapis.com/logs"
UNIFORM = {"uniformBucketLevelAccess": {"enabled": True}}
PROJECT = policy(f"{NODE}projects/1", ("roles/owner", "user:ann@acme.example"))


def bucket(**data: Any) -> dict[str, Any]:
    told = {"name": "logs", "iamConfiguration": UNIFORM, **data}
    return asset(BUCKET, "storage.googleapis.com/Bucket", told)


def read(folder: Path, *policies: Any, **data: Any) -> GcpBucket:
    return only(load(folder, [bucket(**data)], [PROJECT, *policies]), GcpBucket)


def test_a_private_bucket(tmp_path: Path) -> None:
    at_the_top = policy(f"{NODE}organizations/3")
    found = read(tmp_path, policy(BUCKET, ("roles/storage.objectViewer", "user:ann@acme.example")), at_the_top)
    assert (found.public, found.customer_key, found.versioned, found.access_logged) == (False, False, False, False)
    assert check(public_control, found).verdict == "pass"


@pytest.mark.parametrize("member", ["allUsers", "allAuthenticatedUsers"])
@pytest.mark.parametrize("place", [BUCKET, f"{NODE}folders/2"])
def test_a_grant_to_anybody_opens_a_bucket(tmp_path: Path, member: str, place: str) -> None:
    found = read(tmp_path, policy(place, ("roles/storage.objectViewer", member)))
    assert found.public is True
    assert check(public_control, found).verdict == "fail"


def test_public_access_prevention_closes_it(tmp_path: Path) -> None:
    grant = policy(BUCKET, ("roles/storage.objectViewer", "allUsers"))
    shut = {**UNIFORM, "publicAccessPrevention": "enforced"}
    assert read(tmp_path, grant, iamConfiguration=shut).public is False


@pytest.mark.parametrize(("node", "enforce", "public"), [("folders/2", True, False), ("projects/1", False, True)])
def test_the_nearest_organisation_policy_decides(tmp_path: Path, node: str, enforce: bool, public: bool) -> None:
    grant = policy(BUCKET, ("roles/storage.objectViewer", "allUsers"))
    above = org_policy("organizations/3", "storage.publicAccessPrevention", enforce=not enforce)
    near = org_policy(node, "storage.publicAccessPrevention", enforce=enforce)
    assert only(load(tmp_path, [bucket(), above, near], [PROJECT, grant]), GcpBucket).public is public


def test_without_iam_policies_nothing_is_known_to_be_private(tmp_path: Path) -> None:
    found = only(load(tmp_path, [bucket()]), GcpBucket)
    with pytest.raises(UnknownFact, match="iam-policy"):
        _ = found.public
    assert check(public_control, found).verdict == "not_evaluated"


@pytest.mark.parametrize("value", ["false", "true", None, 0])
def test_a_switch_that_is_none_is_unknown(tmp_path: Path, value: Any) -> None:
    with pytest.raises(UnknownFact):
        _ = read(tmp_path / "b", iamConfiguration={"uniformBucketLevelAccess": {"enabled": value}}).public
    with pytest.raises(UnknownFact):
        _ = sql(tmp_path / "s", ipConfiguration={"ipv4Enabled": value, "authorizedNetworks": []}).public


def test_objects_may_have_access_lists(tmp_path: Path) -> None:
    with pytest.raises(UnknownFact, match="uniform"):
        _ = read(tmp_path, iamConfiguration={"uniformBucketLevelAccess": {"enabled": False}}).public
    with pytest.raises(UnknownFact):
        _ = read(tmp_path, iamConfiguration={}).public


def test_an_access_list_opens_a_bucket(tmp_path: Path) -> None:
    lists = {"iamConfiguration": {"bucketPolicyOnly": {}}, "acl": [{"entity": "allUsers", "role": "READER"}]}
    assert read(tmp_path, **lists).public is True


@pytest.mark.parametrize(
    ("data", "facts"),
    [
        ({"versioning": {"enabled": True}}, (True, True)),
        ({"softDeletePolicy": {"retentionDurationSeconds": "604800"}}, (True, False)),
        ({"softDeletePolicy": {"retentionDurationSeconds": "0"}}, (False, False)),
        ({}, (False, False)),
    ],
)
def test_versions(tmp_path: Path, data: dict[str, Any], facts: tuple[bool, bool]) -> None:
    found = read(tmp_path, **data)
    assert (found.versioned, found.backed_up) == facts


def test_labels_keys_and_retention(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        labels={"owner": "data", "classification": "confidential"},
        encryption={"defaultKmsKeyName": "projects/p/k/cryptoKeyVersions/3"},
        retentionPolicy={"retentionPeriod": "31536000", "isLocked": True},
    )
    assert (found.owner, found.classification, found.customer_key) == ("data", "confidential", True)
    assert (found.retention_days, found.retention_locked, found.deletion_protected) == (365, True, True)
    assert (found.protected_days, found.encryption_key) == (365, "//cloudkms.googleapis.com/projects/p/k")
    plain = read(tmp_path)
    assert (plain.protected_days, plain.encryption_key, plain.customer_key) == (None, None, False)


@pytest.mark.parametrize(
    ("types", "logged"), [(["DATA_READ", "DATA_WRITE"], True), ([3, 2], True), (["DATA_READ"], False)]
)
def test_data_access_logs(tmp_path: Path, types: list[Any], logged: bool) -> None:
    config = {"service": "storage.googleapis.com", "auditLogConfigs": [{"logType": each} for each in types]}
    found = read(tmp_path, policy(f"{NODE}organizations/3", auditConfigs=[config]))
    assert found.access_logged is logged


def test_plain_http_needs_an_organisation_policy(tmp_path: Path) -> None:
    with pytest.raises(UnknownFact, match="secureHttpTransport"):
        _ = read(tmp_path).tls_only
    rule = org_policy("organizations/3", "storage.secureHttpTransport", enforce=True)
    assert only(load(tmp_path, [bucket(), rule], [PROJECT]), GcpBucket).tls_only is True


def sql(folder: Path, instance_type: str = "CLOUD_SQL_INSTANCE", **settings: Any) -> CloudSqlInstance:
    backup = {"enabled": True, "pointInTimeRecoveryEnabled": False}
    data = {"name": "db", "instanceType": instance_type, "settings": {"backupConfiguration": backup, **settings}}
    return only(load(folder, [asset("//sql/db", "sqladmin.googleapis.com/Instance", data)]), CloudSqlInstance)


def test_a_database_that_is_suspended_for_its_key_is_not_known_to_be_kept(tmp_path: Path) -> None:
    settings = {"backupConfiguration": {"enabled": True}}
    data = {
        "name": "db", "instanceType": "CLOUD_SQL_INSTANCE", "settings": settings, "state": "SUSPENDED",
        "suspensionReason": ["KMS_KEY_ISSUE"],
    }  # fmt: skip
    found = only(load(tmp_path, [asset("//sql/db", "sqladmin.googleapis.com/Instance", data)]), CloudSqlInstance)
    for fact in ("encryption_key", "backed_up"):
        with pytest.raises(UnknownFact, match="can't use its key"):
            getattr(found, fact)
    data["suspensionReason"] = ["BILLING_ISSUE"]
    found = only(load(tmp_path, [asset("//sql/db", "sqladmin.googleapis.com/Instance", data)]), CloudSqlInstance)
    assert found.backed_up


@pytest.mark.parametrize(
    ("network", "public"),
    [("0.0.0.0/0", True), ("0.0.0.0/1", True), ("::/0", True), ("203.0.113.0/24", False), (None, False)],
)
def test_who_reaches_a_database(tmp_path: Path, network: str | None, public: bool) -> None:
    networks = [] if network is None else [{"value": network}]
    found = sql(tmp_path, ipConfiguration={"ipv4Enabled": True, "authorizedNetworks": networks})
    assert found.public is public
    assert check(public_control, found).verdict == ("fail" if public else "pass")


@pytest.mark.parametrize(
    ("addresses", "tls"),
    [
        ({"sslMode": "ENCRYPTED_ONLY"}, True),
        ({"sslMode": "ALLOW_UNENCRYPTED_AND_ENCRYPTED", "requireSsl": True}, False),
        ({"requireSsl": True}, True),
        ({"requireSsl": False}, False),
    ],
)
def test_tls_to_a_database(tmp_path: Path, addresses: dict[str, Any], tls: bool) -> None:
    found = sql(tmp_path, ipConfiguration=addresses)
    assert found.tls_only is tls
    assert check(tls_control, found).verdict == ("pass" if tls else "fail")


def test_what_a_database_does_not_tell_is_unknown(tmp_path: Path) -> None:
    found = sql(tmp_path, ipConfiguration={"ipv4Enabled": False, "sslMode": "SSL_MODE_UNSPECIFIED"})
    for fact in ("tls_only", "multi_zone", "deletion_protected"):
        with pytest.raises(UnknownFact):
            getattr(found, fact)
    assert (found.public, found.versioned, found.backed_up) == (False, False, True)


def test_a_regional_replica(tmp_path: Path) -> None:
    found = sql(tmp_path, "READ_REPLICA_INSTANCE", availabilityType="REGIONAL", deletionProtectionEnabled=True)
    assert (found.copy, found.multi_zone, found.deletion_protected) == (True, True, True)
    assert check(encrypted_control, found).verdict == "pass"
