"""Errors in all their dialects, and the layouts in which AWS exports are found."""

import gzip
import json
from pathlib import Path, PurePosixPath
from typing import Any

import pytest
from aws_reading import every, gap_codes, load_folder, only

from soc2test import Claim, ErrorInfo, Export, UnknownFact
from soc2test_plugins.aws import (
    EbsVolume,
    GuardDutyDetector,
    IamUser,
    RdsInstance,
    S3Bucket,
    SecurityGroupRule,
    aws,
    soc2_claim,
)
from soc2test_plugins.aws.source import error

CLI = "\nAn error occurred (NoSuchBucketPolicy) when calling the GetBucketPolicy operation: There is none\n"


@pytest.mark.parametrize(
    ("body", "info"),
    [
        (
            {"Error": {"Code": "NoSuchTagSet", "Message": "x"}, "ResponseMetadata": {"HTTPStatusCode": 404}},
            ErrorInfo("NoSuchTagSet", 404),
        ),
        ({"Error": {"Code": "AccessDenied"}}, ErrorInfo("AccessDenied")),
        (
            {"__type": "com.amazonaws.dynamodb#PolicyNotFoundException", "message": "x"},
            ErrorInfo("PolicyNotFoundException"),
        ),
        ({"__type": "AccessDeniedException"}, ErrorInfo("AccessDeniedException")),
        (CLI, ErrorInfo("NoSuchBucketPolicy")),
        ({"Error": "text"}, None),
        ({"Users": []}, None),
        ([], None),
        ("text", None),
    ],
)
def test_error_bodies(body: Any, info: ErrorInfo | None) -> None:
    assert error(body) == info


def test_what_is_an_answer_is_not_denied() -> None:
    answers = {code for operation in aws.operations.values() for code in operation.absent}
    assert "NoSuchBucketPolicy" in answers
    assert not answers & aws.denied


def test_every_call_has_a_command_that_names_it() -> None:
    for name, operation in aws.operations.items():
        service, call, *looked_for = name.split()
        if call != "delivered-file":  # no call answers with one: it is copied from the trail's bucket
            assert f"aws {service} {call}" in operation.command
            assert all(each in operation.command for each in looked_for)
        assert "region" in operation.command or "region" not in operation.scope


def claimed(path: str, head: bytes = b"") -> Claim | None:
    return soc2_claim(Export(PurePosixPath(path), len(head), lambda: head))


DELIVERED = Claim("aws", "configservice deliver-config-snapshot", {"account": "012345678901", "region": "eu-west-1"})
GOV = Claim("aws", "iam list-users", {"account": "x", "region": "us-gov-west-1"})
SCOPE = {"account": "demo", "region": "us-east-1"}
REPORT = b"user,arn,user_creation_time,password_enabled,\n<root_account>,arn:aws:iam::012345678901:root,"
SNAPSHOT = "012345678901_Config_eu-west-1_ConfigSnapshot_20261120T080000Z_0b7fd7dd-bac6-4ef2-8907-413567cad8c8.json"


@pytest.mark.parametrize(
    ("path", "claim"),
    [
        ("demo/us-east-1/iam-list-users.json", Claim("aws", "iam list-users", SCOPE)),
        ("aws/demo/us-east-1/s3-list-buckets.json", Claim("aws", "s3api list-buckets", SCOPE)),
        ("x/us-gov-west-1/iam-list-users.json", GOV),
        ("demo/us-east-1/s3-get-bucket-acl/a.b", Claim("aws", "s3api get-bucket-acl", {**SCOPE, "bucket": "a.b"})),
        ("demo/us-east-1/kms-describe-key/a%2Fb", Claim("aws", "kms describe-key", {**SCOPE, "key": "a/b"})),
        ("iam-list-users.json", Claim("aws", "iam list-users")),
        ("docs/kms-describe-key.3.json", Claim("aws", "kms describe-key")),
        (SNAPSHOT, DELIVERED),
        (f"x/{SNAPSHOT}.gz", DELIVERED),
        ("demo/us-east-1/sqs-list-queues.json", Claim("aws", "sqs list-queues", SCOPE)),
        ("demo/us-east-1/sqs-get-queue-attributes/x", Claim("aws", "sqs get-queue-attributes")),
        ("demo/us-east-1/ecs-list-tasks/a%2Fb/c", Claim("aws", "ecs list-tasks")),
        ("cli/wafv2-list-web-acls.2.json", Claim("aws", "wafv2 list-web-acls")),
        ("demo/us-east-1/nosuch-list-things.json", None),
        ("wafv2-list-web-acls.txt", None),
        ("demo/us-east-1/s3-get-bucket-acl/a/b", None),
        ("notes.csv", None),
    ],
)  # fmt: skip
def test_layouts(path: str, claim: Claim | None) -> None:
    assert claimed(path) == claim


def test_a_credential_report_is_known_by_its_header() -> None:
    assert claimed("r.csv", REPORT) == Claim("aws", "iam get-credential-report", {"account": "012345678901"})
    assert claimed("r.csv", b"\xef\xbb\xbf" + REPORT) == claimed("r.csv", REPORT)
    assert claimed("r.csv", b"name,email\nann,ann@acme.example") is None
    assert claimed("r.csv", REPORT.split(b"\n")[0]) is None


def test_folders_by_account_region_and_call(tmp_path: Path) -> None:
    below = tmp_path / "demo" / "us-east-1"
    (below / "s3-get-bucket-acl").mkdir(parents=True)
    (below / "s3-list-buckets.json").write_text('{"Buckets": [{"Name": "b"}]}')
    (below / "s3-get-bucket-acl" / "b").write_text('{"Grants": []}')
    (below / "guardduty-list-detectors.json").write_text('{"DetectorIds": []}')
    inventory = load_folder(tmp_path)
    assert gap_codes(inventory, S3Bucket) == set()
    assert only(inventory, S3Bucket).acl_public is False
    assert only(inventory, GuardDutyDetector).scope == "demo/us-east-1"


def test_an_export_without_account_tells_nothing(tmp_path: Path) -> None:
    (tmp_path / "iam-list-users.json").write_text(
        '{"Users": [{"UserName": "ann", "CreateDate": "2022-05-02T08:00:00Z"}]}'
    )
    inventory = load_folder(tmp_path)
    assert every(inventory, IamUser) == []
    assert "unreadable" in gap_codes(inventory, IamUser)


def item(kind: str, configuration: Any, **more: Any) -> dict[str, Any]:
    return {
        "version": "1.3", "configurationItemStatus": "OK", "resourceType": kind, "awsRegion": "eu-west-1",
        "configuration": configuration, "supplementaryConfiguration": {}, "tags": {}, **more,
    }  # fmt: skip


OPEN = {"Statement": {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"}}
SUPPLEMENT: dict[str, Any] = {
    "AccessControlList": json.dumps({"grantSet": None, "grantList": [{"grantee": "AllUsers", "permission": "Read"}]}),
    "BucketPolicy": {"policyText": json.dumps(OPEN)},
    "PublicAccessBlockConfiguration": {
        "blockPublicAcls": False, "ignorePublicAcls": False, "blockPublicPolicy": False, "restrictPublicBuckets": False,
    },
    "ServerSideEncryptionConfiguration": {
        "rules": [{"applyServerSideEncryptionByDefault": {"sseAlgorithm": "AES256", "kmsMasterKeyID": None}}]
    },
    "BucketVersioningConfiguration": {"status": "Off", "isMfaDeleteEnabled": None},
    "BucketLoggingConfiguration": {"destinationBucketName": None, "logFilePrefix": None},
}  # fmt: skip


def snapshot(folder: Path, *items: dict[str, Any], packed: bool = False) -> Any:
    text = json.dumps({"fileVersion": "1.0", "configSnapshotId": "0b7f", "configurationItems": list(items)})
    file = folder / (f"{SNAPSHOT}.gz" if packed else SNAPSHOT)
    folder.mkdir(parents=True, exist_ok=True)
    file.write_bytes(gzip.compress(text.encode()) if packed else text.encode())
    return load_folder(folder)


@pytest.mark.parametrize("packed", [True, False])
@pytest.mark.parametrize("spell", [lambda value: value, json.dumps])
def test_a_bucket_in_a_config_snapshot(tmp_path: Path, spell: Any, packed: bool) -> None:
    supplement = {key: spell(value) for key, value in SUPPLEMENT.items()}
    found = item("AWS::S3::Bucket", spell({"name": "b"}), supplementaryConfiguration=supplement, tags={"owner": "web"})
    bucket = only(snapshot(tmp_path, found, packed=packed), S3Bucket)
    assert (bucket.id, bucket.acl_public, bucket.policy_open, bucket.tls_only) == ("arn:aws:s3:::b", True, True, False)
    assert (bucket.encrypted, bucket.customer_key, bucket.versioned, bucket.server_logged) == (
        True,
        False,
        False,
        False,
    )
    assert (bucket.owner, bucket.classification, bucket.ignores_acls) == ("web", None, False)


def test_a_bucket_without_policy_and_with_broken_parts(tmp_path: Path) -> None:
    broken = {
        **SUPPLEMENT,
        "BucketPolicy": {"policyText": None},
        "AccessControlList": "{",
        "BucketVersioningConfiguration": {},
    }
    bucket = only(
        snapshot(tmp_path, item("AWS::S3::Bucket", {"name": "b"}, supplementaryConfiguration=broken)), S3Bucket
    )
    assert (bucket.tls_only, bucket.policy_open) == (False, False)
    for fact in ("acl_public", "versioned"):
        with pytest.raises(UnknownFact):
            getattr(bucket, fact)


def test_other_resources_in_a_config_snapshot(tmp_path: Path) -> None:
    rule = {"ipProtocol": "tcp", "fromPort": 22, "toPort": 22, "ipv4Ranges": [{"cidrIp": "0.0.0.0/0"}],
            "ipRanges": ["0.0.0.0/0"], "ipv6Ranges": [], "prefixListIds": [], "userIdGroupPairs": []}  # fmt: skip
    database = {
        "dBInstanceIdentifier": "main", "dBInstanceArn": "arn:aws:rds:eu-west-1:012345678901:db:main", "multiAZ": False,
        "dBInstanceStatus": "available",
        "publiclyAccessible": True, "storageEncrypted": False, "backupRetentionPeriod": 0, "deletionProtection": False,
        "endpoint": {"port": 22}, "vpcSecurityGroups": [{"vpcSecurityGroupId": "sg-1", "status": "active"}],
    }  # fmt: skip
    admin = [{"policyName": "AdministratorAccess", "policyArn": "arn:aws:iam::aws:policy/AdministratorAccess"}]
    user = {
        "userName": "ann",
        "createDate": "2022-05-02T08:00:00.000Z",
        "groupList": [],
        "attachedManagedPolicies": admin,
    }
    inventory = snapshot(
        tmp_path,
        item("AWS::EC2::SecurityGroup", {"groupId": "sg-1", "ipPermissions": [rule], "ipPermissionsEgress": []}),
        item("AWS::RDS::DBInstance", database),
        item("AWS::EC2::Volume", {"volumeId": "vol-1", "encrypted": False}),
        item("AWS::IAM::User", user, tags={"email": "ann@acme.example"}),
        item("AWS::SNS::Topic", {}),
        item("AWS::EC2::Volume", {"volumeId": "vol-2"}, configurationItemStatus="ResourceDeleted"),
    )
    found = only(inventory, SecurityGroupRule)
    assert (found.from_port, found.world, found.inbound) == (22, True, True)
    main = only(inventory, RdsInstance)
    assert (main.public, main.encrypted, main.multi_zone, main.versioned) == (True, False, False, False)
    assert only(inventory, EbsVolume).encrypted is False
    ann = only(inventory, IamUser)
    assert (ann.id, ann.admin, ann.email) == ("arn:aws:iam::012345678901:user/ann", True, "ann@acme.example")


def test_a_snapshot_does_not_show_that_a_user_has_few_rights(tmp_path: Path) -> None:
    user = {
        "userName": "ann",
        "createDate": "2022-05-02T08:00:00.000Z",
        "groupList": ["g"],
        "attachedManagedPolicies": [],
    }
    with pytest.raises(UnknownFact):
        assert not only(snapshot(tmp_path, item("AWS::IAM::User", user)), IamUser).admin


def test_a_snapshot_names_no_population(tmp_path: Path) -> None:
    assert gap_codes(snapshot(tmp_path, item("AWS::S3::Bucket", {"name": "b"})), S3Bucket) == {"missing"}
