"""S3: what stands in the bucket, beside it, or nowhere; and the shipped controls over planned buckets."""

import json
from pathlib import Path
from typing import Any

import pytest
from terraform_reading import Made, every, load, made, only, plan, state

from soc2test import DataStore, UnknownFact
from soc2test.testing import check
from soc2test_policies.cc6.stores import test_stores_are_not_public as public_control

BUCKET = "aws_s3_bucket"
LATER = (
    "id", "arn", "acl", "grant", "policy", "versioning", "logging", "server_side_encryption_configuration",
    "object_lock_configuration", "tags_all",
)  # fmt: skip
SHUT = {"ignore_public_acls": True, "restrict_public_buckets": True}
OPEN = {"ignore_public_acls": False, "restrict_public_buckets": False}
ARN = "arn:aws:s3:::acme-a"
ALL = {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": f"{ARN}/*"}
NO_HTTP = {
    "Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": [ARN, f"{ARN}/*"],
    "Condition": {"Bool": {"aws:SecureTransport": "false"}},
}  # fmt: skip


def bucket(**after: Any) -> Made:
    return made(f"{BUCKET}.a", {"bucket": "acme-a", **after}, [key for key in LATER if key not in after])


def beside(kind: str, **after: Any) -> Made:
    return made(f"{BUCKET}_{kind}.x", after, ["id", "bucket"], refs={"bucket": [f"{BUCKET}.a.id", f"{BUCKET}.a"]})


def policy(*statements: Any) -> Made:
    return beside("policy", policy=json.dumps({"Statement": list(statements)}))


def store(tmp_path: Path, *resources: Made) -> DataStore:
    return only(load(tmp_path, plan(bucket(), *resources)), DataStore)


def told(store: DataStore, fact: str) -> Any:
    try:
        return getattr(store, fact)
    except UnknownFact:
        return None


@pytest.mark.parametrize(("status", "versioned"), [("Enabled", True), ("Suspended", False), ("Other", None)])
def test_words_of_versioning(tmp_path: Path, status: str, versioned: bool | None) -> None:
    kept = beside("versioning", versioning_configuration=[{"status": status}])
    assert told(store(tmp_path, kept), "versioned") is versioned


LATER_POLICY = made(
    f"{BUCKET}_policy.x", {}, ["bucket", "policy"], refs={"bucket": [f"{BUCKET}.a.id"], "policy": ["data.x.y.json"]}
)
OWNERS = beside("ownership_controls", rule=[{"object_ownership": "BucketOwnerEnforced"}])
WRITERS = beside("ownership_controls", rule=[{"object_ownership": "ObjectWriter"}])
GRANTS = [{"grant": [{"grantee": [{"uri": "http://acs.amazonaws.com/groups/global/AuthenticatedUsers"}]}]}]


@pytest.mark.parametrize(
    ("resources", "public"),
    [
        ([], None),
        ([beside("public_access_block", **SHUT)], False),
        ([beside("public_access_block", **SHUT), beside("acl", acl="public-read"), policy(ALL)], False),
        ([beside("public_access_block", **OPEN)], None),
        ([beside("acl", acl="public-read")], True),
        ([beside("acl", acl="private")], None),
        ([beside("acl", acl="private"), policy(NO_HTTP)], False),
        ([beside("acl", acl=None, access_control_policy=GRANTS)], True),
        ([beside("acl", acl="private"), policy(ALL)], True),
        ([OWNERS, policy(NO_HTTP)], False),
        ([WRITERS, beside("acl", acl="private"), policy(NO_HTTP)], None),
        ([WRITERS, beside("acl", acl="public-read"), policy(NO_HTTP)], True),
        ([WRITERS, beside("acl", acl="private"), policy(NO_HTTP), beside("public_access_block", **SHUT)], False),
        ([OWNERS, LATER_POLICY], None),
        ([beside("ownership_controls", rule=[{"object_ownership": "Other"}]), policy(NO_HTTP)], None),
        ([OWNERS, LATER_POLICY, beside("public_access_block", **SHUT)], False),
        ([policy({**ALL, "Condition": {"IpAddress": {"aws:SourceIp": "10.0.0.0/8"}}}), OWNERS], False),
        ([policy({**ALL, "Condition": {"IpAddress": {"aws:VpcSourceIp": "10.0.0.0/8"}}}), OWNERS], None),
        (
            [beside("public_access_block", ignore_public_acls=True, restrict_public_buckets=None), OWNERS, policy(ALL)],
            True,
        ),
    ],
)
def test_public(tmp_path: Path, resources: Any, public: Any) -> None:
    found = store(tmp_path, *resources)
    assert told(found, "public") is public
    outcomes = [each.outcome for each in check(public_control, found).findings]
    assert outcomes == {True: ["deviation"], False: [], None: ["unknown"]}[public]


def key_rule(key: Any = None, algorithm: str = "aws:kms") -> list[Any]:
    default = {"sse_algorithm": algorithm, **({} if key is None else {"kms_master_key_id": key})}
    return [{"apply_server_side_encryption_by_default": [default]}]


KMS = made("aws_kms_key.k", {"enable_key_rotation": True}, ["arn", "id", "key_id"])
LATER_KEY = made(
    f"{BUCKET}_server_side_encryption_configuration.x", {"rule": key_rule()}, ["bucket"],
    refs={"bucket": [f"{BUCKET}.a.id"], "rule": ["aws_kms_key.k.arn", "aws_kms_key.k"]},
)  # fmt: skip
LATER_KEY[0]["change"]["after_unknown"]["rule"] = [
    {"apply_server_side_encryption_by_default": [{"kms_master_key_id": True}]}
]


@pytest.mark.parametrize(
    ("resources", "fact", "value"),
    [
        ([], "encrypted", True),
        ([], "customer_key", False),
        ([beside("server_side_encryption_configuration", rule=key_rule("alias/aws/s3"))], "customer_key", False),
        (
            [beside("server_side_encryption_configuration", rule=key_rule("arn:aws:kms:eu-west-1:1:key/2"))],
            "customer_key",
            None,
        ),
        ([beside("server_side_encryption_configuration", rule=key_rule(None, "AES256"))], "customer_key", False),
        ([KMS, LATER_KEY], "customer_key", True),
        ([LATER_KEY], "customer_key", None),
        ([], "tls_only", False),
        ([policy(ALL)], "tls_only", False),
        ([policy(NO_HTTP)], "tls_only", True),
        ([LATER_POLICY], "tls_only", None),
        ([], "versioned", False),
        ([beside("versioning", versioning_configuration=[{"status": "Enabled"}])], "versioned", True),
        ([beside("versioning", versioning_configuration=[{"status": "Suspended"}])], "backed_up", False),
        ([], "access_logged", None),
        ([beside("logging", target_bucket="logs", target_prefix="x")], "access_logged", True),
        ([], "deletion_protected", False),
        (
            [beside("object_lock_configuration", rule=[{"default_retention": [{"days": 1}]}])],
            "deletion_protected",
            True,
        ),
        ([beside("object_lock_configuration", rule=[])], "deletion_protected", False),
    ],
)
def test_settings_beside_a_bucket(tmp_path: Path, resources: Any, fact: str, value: Any) -> None:
    found = next(each for each in every(load(tmp_path, plan(bucket(), *resources)), DataStore))
    assert told(found, fact) is value


@pytest.mark.parametrize(
    ("retention", "days"),
    [([], None), ([{"days": 1}], 1), ([{"days": None, "years": 2}], 730), ([{"mode": "GOVERNANCE"}], "unknown")],
)
def test_how_long_a_lock_lasts(tmp_path: Path, retention: Any, days: Any) -> None:
    lock = beside("object_lock_configuration", rule=[{"default_retention": retention}])
    found = next(each for each in every(load(tmp_path, plan(bucket(), lock)), DataStore))
    if days == "unknown":
        with pytest.raises(UnknownFact, match="neither by days nor by years"):
            _ = found.protected_days
    else:
        assert found.protected_days == days


def test_the_state_of_a_key_is_not_told_here(tmp_path: Path) -> None:
    found = next(each for each in every(load(tmp_path, plan(bucket())), DataStore))
    assert found.encryption_key is None
    keyed = next(each for each in every(load(tmp_path, plan(bucket(), KMS, LATER_KEY)), DataStore))
    with pytest.raises(UnknownFact, match="tells the state of a key"):
        _ = keyed.encryption_key


SHOWN: dict[str, Any] = {
    "id": "acme-a", "bucket": "acme-a", "acl": None, "policy": json.dumps({"Statement": NO_HTTP}),
    "grant": [{"type": "CanonicalUser", "uri": ""}], "versioning": [{"enabled": True}], "logging": [],
    "server_side_encryption_configuration": [{"rule": key_rule("alias/aws/s3")}], "object_lock_configuration": [],
    "tags": {"classification": "confidential"}, "tags_all": {"classification": "confidential", "owner": "data"},
}  # fmt: skip


def test_a_state_shows_it_all_in_the_bucket(tmp_path: Path) -> None:
    found = only(load(tmp_path, state((f"{BUCKET}.a", SHOWN))), DataStore)
    assert (found.public, found.tls_only, found.versioned) == (False, True, True)
    with pytest.raises(UnknownFact, match="whether a trail of CloudTrail records them"):
        _ = found.access_logged
    assert (found.customer_key, found.deletion_protected) == (False, False)
    assert (found.classification, found.owner) == ("confidential", "data")


def test_what_a_plan_takes_away_is_no_longer_told_by_the_bucket(tmp_path: Path) -> None:
    kept = made(f"{BUCKET}.a", SHOWN, actions=["no-op"])
    gone = [
        made(f"{BUCKET}_{kind}.x", {}, actions=["delete"])
        for kind in ("versioning", "policy", "acl", "server_side_encryption_configuration")
    ]
    found = only(load(tmp_path, plan(kept, *gone)), DataStore)
    assert [told(found, fact) for fact in ("versioned", "tls_only", "public", "customer_key")] == [None] * 4


def test_older_providers_set_it_all_in_the_bucket(tmp_path: Path) -> None:
    one = bucket(acl="public-read", policy=None, versioning=[{"enabled": True}], logging=[{"target_bucket": "logs"}])
    found = only(load(tmp_path, plan(one)), DataStore)
    assert (found.public, found.versioned, found.access_logged, found.tls_only) == (True, True, True, False)


def test_labels_that_are_added_later(tmp_path: Path) -> None:
    found = only(load(tmp_path, plan(bucket(tags={"Owner": "data"}))), DataStore)
    assert found.owner == "data"
    with pytest.raises(UnknownFact):
        assert found.classification is None
