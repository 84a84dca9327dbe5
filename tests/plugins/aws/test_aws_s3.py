"""S3: encryption, versions, logs, labels, and who may read a bucket."""

import json
from pathlib import Path
from typing import Any

import pytest
from aws_reading import gap_codes, load, only, read, told
from hypothesis import given
from hypothesis import strategies as st

from soc2test import UnknownFact
from soc2test.testing import resource
from soc2test_plugins.aws import S3Bucket
from soc2test_plugins.aws.s3_access import outsiders, public

KEY = "arn:aws:kms:eu-west-1:111122223333:key/7d1c0f5e"
BUCKETS = {"Buckets": [{"Name": "b", "CreationDate": "2021-06-14T07:20:41Z"}], "Owner": {"ID": "9f"}}


def sse(algorithm: str, key: str | None = None) -> dict[str, Any]:
    default = {"SSEAlgorithm": algorithm, **({"KMSMasterKeyID": key} if key else {})}
    return {"ServerSideEncryptionConfiguration": {"Rules": [{"ApplyServerSideEncryptionByDefault": default}]}}


@pytest.mark.parametrize(
    ("body", "key"),
    [
        (sse("AES256"), None),
        (None, None),
        (sse("aws:kms"), "alias/aws/s3"),
        (sse("aws:kms", KEY), KEY),
        (sse("aws:kms:dsse", KEY), KEY),
    ],
)
def test_every_bucket_is_encrypted_by_some_key(body: Any, key: str | None) -> None:
    assert told("s3api get-bucket-encryption", body, bucket="b") == {"encrypted": True, "kms_key": key}


@pytest.mark.parametrize("body", [{}, {"ServerSideEncryptionConfiguration": {}}, sse("aws:fsx")])
def test_encryption_that_is_not_told(body: Any) -> None:
    with pytest.raises(UnknownFact):
        read("s3api get-bucket-encryption", body, bucket="b")


def describe(manager: str) -> dict[str, Any]:
    return {
        "KeyMetadata": {"KeyId": "7d1c0f5e", "Arn": KEY, "KeyManager": manager, "Enabled": True, "KeyState": "Enabled"}
    }


@pytest.mark.parametrize(
    ("written", "manager", "own"),
    [
        (KEY, "CUSTOMER", True), (KEY, "AWS", False), ("7d1c0f5e", "CUSTOMER", True), ("7d1c0f5e", "AWS", False),
        ("arn:aws:kms:eu-west-1:111122223333:alias/aws/s3", "AWS", False), ("alias/acme", "AWS", True),
    ],
)  # fmt: skip
def test_whose_key_it_is(tmp_path: Path, written: str, manager: str, own: bool) -> None:
    files = {
        "s3api.list-buckets": BUCKETS,
        "s3api.get-bucket-encryption.b": sse("aws:kms", written),
        "kms.list-keys": {"Keys": [{"KeyId": "7d1c0f5e", "KeyArn": KEY}]},
        "kms.describe-key.7d1c0f5e": describe(manager),
    }
    assert only(load(tmp_path, files), S3Bucket).customer_key is own


@pytest.mark.parametrize(
    ("written", "id"),
    [
        (KEY, KEY), ("7d1c0f5e", KEY), ("alias/aws/s3", None), (None, None),
        ("arn:aws:kms:eu-west-1:111122223333:alias/aws/s3", None), ("alias/acme", "unknown"), ("0d0d0d0d", "unknown"),
    ],
)  # fmt: skip
def test_which_key_it_is(tmp_path: Path, written: str | None, id: str | None) -> None:
    files = {
        "s3api.list-buckets": BUCKETS,
        "s3api.get-bucket-encryption.b": sse("AES256", None) if written is None else sse("aws:kms", written),
        "kms.list-keys": {"Keys": [{"KeyId": "7d1c0f5e", "KeyArn": KEY}]},
        "kms.describe-key.7d1c0f5e": describe("CUSTOMER"),
    }
    bucket = only(load(tmp_path, files), S3Bucket)
    if id == "unknown":
        with pytest.raises(UnknownFact, match=r"leads to no export tells|in no account and region"):
            _ = bucket.encryption_key
    else:
        assert bucket.encryption_key == id


def test_a_key_that_nobody_exported_is_unknown(tmp_path: Path) -> None:
    files = {"s3api.list-buckets": BUCKETS, "s3api.get-bucket-encryption.b": sse("aws:kms", KEY)}
    with pytest.raises(UnknownFact):
        assert only(load(tmp_path, files), S3Bucket).customer_key


def test_an_empty_answer_means_off(tmp_path: Path) -> None:
    files = {"s3api.list-buckets": BUCKETS, "s3api.get-bucket-versioning.b": None, "s3api.get-bucket-logging.b": None}
    bucket = only(load(tmp_path, files), S3Bucket)
    assert (bucket.versioned, bucket.backed_up, bucket.server_logged) == (False, False, False)


def test_an_empty_answer_of_another_call_is_a_broken_export(tmp_path: Path) -> None:
    inventory = load(tmp_path, {"s3api.list-buckets": BUCKETS, "s3api.get-bucket-policy.b": None})
    with pytest.raises(UnknownFact, match="empty"):
        assert only(inventory, S3Bucket).tls_only


def test_denied_is_unknown_and_says_so(tmp_path: Path) -> None:
    denied = {"Error": {"Code": "AccessDenied"}, "ResponseMetadata": {"HTTPStatusCode": 403}}
    bucket = only(load(tmp_path, {"s3api.list-buckets": BUCKETS, "s3api.get-bucket-policy.b": denied}), S3Bucket)
    with pytest.raises(UnknownFact, match="AccessDenied") as caught:
        assert bucket.tls_only
    assert caught.value.code == "denied"


def test_a_list_that_goes_on_is_partial(tmp_path: Path) -> None:
    inventory = load(tmp_path, {"s3api.list-buckets": {**BUCKETS, "ContinuationToken": "abc"}})
    assert gap_codes(inventory, S3Bucket) == {"partial"}


@pytest.mark.parametrize(("body", "on"), [({"Status": "Enabled"}, True), ({"Status": "Suspended"}, False), ({}, False)])
def test_versions(body: Any, on: bool) -> None:
    assert told("s3api get-bucket-versioning", body, bucket="b") == {"versioned": on, "backed_up": on}


def test_access_logs() -> None:
    target = {"LoggingEnabled": {"TargetBucket": "logs", "TargetPrefix": ""}}
    assert told("s3api get-bucket-logging", target, bucket="b") == {"server_logged": True}


RETAIN = {"DefaultRetention": {"Mode": "GOVERNANCE", "Days": 30}}


BY_YEARS = {"DefaultRetention": {"Mode": "COMPLIANCE", "Years": 2}}


@pytest.mark.parametrize(
    ("body", "locked", "days"),
    [
        ({"ObjectLockConfiguration": {"ObjectLockEnabled": "Enabled", "Rule": RETAIN}}, True, 30),
        ({"ObjectLockConfiguration": {"ObjectLockEnabled": "Enabled", "Rule": BY_YEARS}}, True, 730),
        ({"ObjectLockConfiguration": {"ObjectLockEnabled": "Enabled", "Rule": {}}}, False, None),
        ({"ObjectLockConfiguration": {"ObjectLockEnabled": "Enabled"}}, False, None),
        (None, False, None),
    ],
)
def test_object_lock(body: Any, locked: bool, days: int | None) -> None:
    said = told("s3api get-object-lock-configuration", body, bucket="b")
    assert said == {"deletion_protected": locked, "protected_days": days}


def test_a_lock_without_a_time_is_of_no_known_time() -> None:
    rule = {"DefaultRetention": {"Mode": "GOVERNANCE"}}
    body = {"ObjectLockConfiguration": {"ObjectLockEnabled": "Enabled", "Rule": rule}}
    assert told("s3api get-object-lock-configuration", body, bucket="b") == {"deletion_protected": True}


def test_labels() -> None:
    tags = [
        {"Key": "Owner", "Value": "data"},
        {"Key": "owner", "Value": "web"},
        {"Key": "Classification", "Value": "internal"},
    ]
    assert told("s3api get-bucket-tagging", {"TagSet": tags}, bucket="b") == {
        "owner": "web",
        "classification": "internal",
    }
    assert told("s3api get-bucket-tagging", None, bucket="b") == {"owner": None, "classification": None}


def expiring(**when: Any) -> dict[str, Any]:
    return {"Status": "Enabled", "Expiration": when}


@pytest.mark.parametrize(
    ("rules", "days"),
    [
        (
            [expiring(Days=400), {**expiring(Days=30), "Prefix": "tmp/"}, {**expiring(Days=9), "Filter": {}}],
            ("400:", "30:tmp/", "9:"),
        ),
        ([{**expiring(Days=3), "Filter": {"And": {"Prefix": "a", "ObjectSizeGreaterThan": 9}}}], ("3:a",)),
        ([{**expiring(Days=3), "Filter": {"Tag": {"Key": "k", "Value": "v"}}}], ("?:",)),
        ([{**expiring(Days=3), "Filter": {"And": {"Prefix": "a", "Tags": [{"Key": "k"}]}}}], ("?:a",)),
        ([expiring(Date="2027-01-01T00:00:00Z")], ("?:",)),
        ([{**expiring(Days=1), "Status": "Disabled"}], ()),
        ([expiring(ExpiredObjectDeleteMarker=True)], ()),
        ([{"Status": "Enabled", "AbortIncompleteMultipartUpload": {"DaysAfterInitiation": 7}}], ()),
    ],
)
def test_when_objects_go(rules: Any, days: Any) -> None:
    assert told("s3api get-bucket-lifecycle-configuration", {"Rules": rules}, bucket="b") == {
        "expirations": days, "version_days": None,
    }  # fmt: skip


def test_when_objects_never_go() -> None:
    assert told("s3api get-bucket-lifecycle-configuration", None, bucket="b") == {
        "expirations": (), "version_days": None,
    }  # fmt: skip


def versions(days: int, **more: Any) -> dict[str, Any]:
    return {"Status": "Enabled", "NoncurrentVersionExpiration": {"NoncurrentDays": days}, **more}


@pytest.mark.parametrize(
    ("rules", "days"),
    [
        ([versions(1)], 1),
        ([versions(30), versions(90, Prefix="logs/")], 30),
        ([versions(30), versions(9, Filter={"Prefix": "tmp/"})], 9),
        ([versions(2), versions(3, Filter={"Prefix": "tmp/"})], 2),
        ([versions(1, Status="Disabled")], None),
    ],
)
def test_when_versions_go(rules: Any, days: int | None) -> None:
    found = told("s3api get-bucket-lifecycle-configuration", {"Rules": rules}, bucket="b")
    assert found["version_days"] == days


@pytest.mark.parametrize(
    "rules",
    [
        [versions(1, Filter={"Prefix": "tmp/"})],
        [versions(30), versions(1, Filter={"Tag": {"Key": "k", "Value": "v"}})],
        [{"Status": "Enabled", "NoncurrentVersionExpiration": {}}],
        [{"Status": "Paused", "NoncurrentVersionExpiration": {"NoncurrentDays": 30}}],
    ],
)
def test_when_it_is_not_told_which_versions_go(rules: Any) -> None:
    assert "version_days" not in told("s3api get-bucket-lifecycle-configuration", {"Rules": rules}, bucket="b")


OWNER: dict[str, Any] = {"Grantee": {"ID": "9f", "Type": "CanonicalUser"}, "Permission": "FULL_CONTROL"}


@pytest.mark.parametrize("group", ["AllUsers", "AuthenticatedUsers"])
def test_grants_to_everybody(group: str) -> None:
    grant = {
        "Grantee": {"Type": "Group", "URI": f"http://acs.amazonaws.com/groups/global/{group}"},
        "Permission": "READ",
    }
    assert told("s3api get-bucket-acl", {"Grants": [OWNER, grant]}, bucket="b") == {"acl_public": True}


def test_grants_to_few() -> None:
    logs = {
        "Grantee": {"Type": "Group", "URI": "http://acs.amazonaws.com/groups/s3/LogDelivery"},
        "Permission": "WRITE",
    }
    assert told("s3api get-bucket-acl", {"Grants": [OWNER, logs]}, bucket="b") == {"acl_public": False}
    with pytest.raises(UnknownFact):
        read("s3api get-bucket-acl", {"Owner": {}}, bucket="b")


OTHER: dict[str, Any] = {"Grantee": {"Type": "CanonicalUser", "ID": "other"}, "Permission": "READ"}
BY_MAIL = {"Grantee": {"Type": "AmazonCustomerByEmail", "EmailAddress": "a@x.example"}, "Permission": "READ"}


def test_whom_an_access_list_names() -> None:
    def named(*grants: dict[str, Any], **more: Any) -> Any:
        body = {"Owner": {"ID": OWNER["Grantee"]["ID"]}, "Grants": [OWNER, *grants], **more}
        return told("s3api get-bucket-acl", body, bucket="b").get("acl_outsiders")

    assert named() == ()
    assert named(OTHER, BY_MAIL) == ("a@x.example", "other")
    assert named(Owner=None) is None
    assert named({"Grantee": {"Type": "CanonicalUser"}, "Permission": "READ"}) is None


@pytest.mark.parametrize(
    ("facts", "named"),
    [
        ({"policy_outsiders": ("9",), "acl_outsiders": ("x",)}, ("9", "x")),
        ({"policy_outsiders": (), "object_acls": False}, ()),  # lists have no force
        ({"policy_outsiders": (), "acl_outsiders": ("x",), "object_acls": False}, ("x",)),  # which one that names shows
    ],
)
def test_outsiders_of_policy_and_list(facts: dict[str, Any], named: tuple[str, ...]) -> None:
    assert outsiders(resource(S3Bucket, "b", **facts)) == named


@pytest.mark.parametrize("facts", [{"policy_outsiders": ()}, {"acl_outsiders": ()}, {"object_acls": False}])
def test_outsiders_that_are_not_told(facts: dict[str, Any]) -> None:
    with pytest.raises(UnknownFact):
        outsiders(resource(S3Bucket, "b", **facts))


def test_policies_and_their_status() -> None:
    allow = {"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"}
    body = {"Policy": json.dumps({"Version": "2012-10-17", "Statement": allow})}
    assert told("s3api get-bucket-policy", body, bucket="b") == {
        "tls_only": False, "policy_open": True, "policy_delegates": False, "policy_outsiders": (),
    }  # fmt: skip
    assert told("s3api get-bucket-policy", None, bucket="b")["tls_only"] is False
    assert told("s3api get-bucket-policy", {"Policy": "{"}, bucket="b") == {}
    assert told("s3api get-bucket-policy-status", {"PolicyStatus": {"IsPublic": True}}, bucket="b") == {
        "policy_public": True
    }
    assert told("s3api get-bucket-policy-status", None, bucket="b") == {"policy_public": False}
    assert told("s3api get-public-access-block", None, bucket="b") == {"ignores_acls": False, "restricts_policy": False}


CLOSED: dict[str, Any] = {
    "acl_public": False, "object_acls": False, "policy_public": False, "policy_delegates": False,
    "ignores_acls": False, "restricts_policy": False, "account_ignores_acls": False, "account_restricts_policy": False,
}  # fmt: skip


@pytest.mark.parametrize(
    ("facts", "verdict"),
    [
        ({}, False),
        ({"acl_public": True, "object_acls": True}, True),
        ({"acl_public": True, "ignores_acls": True}, False),
        ({"acl_public": True, "account_ignores_acls": True}, False),
        ({"acl_public": True, "object_acls": True, "restricts_policy": True}, True),
        ({"acl_public": True, "object_acls": False}, False),
        ({"policy_public": True}, True),
        ({"policy_public": True, "restricts_policy": True}, False),
        ({"policy_public": True, "account_restricts_policy": True}, False),
        ({"policy_public": True, "account_ignores_acls": True}, True),
        ({"policy_delegates": True, "restricts_policy": True}, False),
    ],
)
def test_public_is_the_union_of_acl_and_policy_behind_both_blocks(facts: dict[str, Any], verdict: bool) -> None:
    assert public(resource(S3Bucket, "b", **(CLOSED | facts))) is verdict


def test_a_policy_that_leaves_it_to_access_points_is_unknown() -> None:
    with pytest.raises(UnknownFact, match="access points"):
        public(resource(S3Bucket, "b", **(CLOSED | {"policy_delegates": True})))


def test_the_accounts_block_alone_is_enough() -> None:
    assert public(resource(S3Bucket, "b", account_ignores_acls=True, account_restricts_policy=True)) is False


@given(st.dictionaries(st.sampled_from(sorted(CLOSED)), st.booleans()))
def test_what_is_not_told_never_makes_a_bucket_private(facts: dict[str, Any]) -> None:
    """Whatever the unknown facts turn out to be, the verdict stands."""
    try:
        verdict = public(resource(S3Bucket, "b", **facts))
    except UnknownFact:
        return
    missing = [name for name in CLOSED if name not in facts]
    for bits in range(2 ** len(missing)):
        rest: dict[str, Any] = {name: bool(bits >> place & 1) for place, name in enumerate(missing)}
        if (facts | rest)["acl_public"] and not (facts | rest)["object_acls"]:
            continue  # where lists have no force S3 shows none that is open
        try:
            assert public(resource(S3Bucket, "b", **facts, **rest)) is verdict
        except UnknownFact:
            assert not verdict
            pytest.fail("a verdict was given where access points still decide")


@pytest.mark.parametrize("expiration", [{}, {"Prefix": "x"}])
def test_an_expiration_that_says_nothing_is_not_kept_for_ever(expiration: dict[str, Any]) -> None:
    body = {"Rules": [{"Status": "Enabled", "Expiration": expiration}]}
    assert told("s3api get-bucket-lifecycle-configuration", body, bucket="b") == {"version_days": None}
