"""Real answers of AWS: each is claimed where it lies, read, and says what its vendor says."""

import json
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import Any

import pytest
from aws_reading import demo_account, every, gap_codes, known, load, load_folder, read

from soc2test import Export
from soc2test_plugins.aws import AwsSecret, IamUser, Vpc, aws, soc2_claim
from soc2test_plugins.aws.unread import UNREAD

SAMPLES = Path(__file__).parent / "samples"
FILES = [path for path in sorted(SAMPLES.rglob("*")) if path.is_file() and path.suffix != ".md"]


def sample(name: str, item: str = "") -> Any:
    """A sample's body, or the first item of its list."""
    body = json.loads((SAMPLES / "cli" / f"{name}.json").read_text())
    return body[item][0] if item else body


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(SAMPLES)))
def test_each_sample_is_claimed_for_a_call_that_is_read_or_known(file: Path) -> None:
    claim = soc2_claim(Export(PurePosixPath(file.relative_to(SAMPLES)), file.stat().st_size))
    assert claim is not None
    assert (claim.operation in aws.operations) is not (claim.operation in UNREAD)


def test_no_call_is_both_read_and_left() -> None:
    assert not set(UNREAD) & set(aws.operations)
    assert all(reason and not reason.endswith(".") for reason in UNREAD.values())


@pytest.mark.parametrize(
    ("operation", "file", "item", "told"),
    [
        (
            "secretsmanager list-secrets", "secretsmanager-list-secrets.3", "SecretList",
            {"name": "rds!cluster-a1b2c3d4-5678-90ab-cdef-EXAMPLE11111",
             "rotated_at": datetime(2023, 1, 11, 22, 56, 21, 260000, UTC)},
        ),
        (
            "secretsmanager list-secrets", "secretsmanager-list-secrets", "SecretList",
            {"name": "MyTestSecret", "rotated_at": None},
        ),
        ("ssm describe-instance-information", "ssm-describe-instance-information", "InstanceInformationList",
         {"managed": True}),
        (
            "ssm describe-instance-patch-states", "ssm-describe-instance-patch-states", "InstancePatchStates",
            {
                "missing_patches": 3, "untried_patches": 1, "patched_at": datetime(2020, 6, 14, 19, 17, 41, tzinfo=UTC),
                "patch_scan_at": datetime(2021, 5, 3, 18, 1, 9, tzinfo=UTC),
            },
        ),
        ("logs describe-log-groups", "logs-describe-log-groups", "logGroups",
         {"name": "my-logs", "retention_days": 5}),
        ("ec2 describe-flow-logs", "ec2-describe-flow-logs", "", {"traffic_logged": False}),
        ("cloudwatch describe-alarms", "cloudwatch-describe-alarms", "",
         {"name": "myalarm", "actions": ("arn:aws:sns:us-east-1:123456789012:myHighCpuAlarm",), "space_of": (),
          "capacity": True, "watches": ("arn:aws:ec2:us-east-1:demo:instance/i-0c986c72",)}),
        (
            "iam get-access-key-last-used", "iam-get-access-key-last-used", "",
            {"last_used_at": datetime(2015, 6, 16, 22, 45, tzinfo=UTC)},
        ),
    ],
)  # fmt: skip
def test_what_the_clis_examples_say(operation: str, file: str, item: str, told: dict[str, Any]) -> None:
    region = {"ec2": "us-east-1", "cloudwatch": "us-east-1", "ssm": "us-east-2"}.get(operation.split()[0], "us-west-2")
    (said,) = read(operation, sample(file, item), account="demo", region=region, key="AKIAIOSFODNN7EXAMPLE")
    assert known(said) == told


def test_posture_in_the_clis_examples() -> None:
    at = {"account": "111122223333", "region": "us-west-2"}
    *_, said = read("accessanalyzer list-analyzers", sample("accessanalyzer-list-analyzers"), **at)
    scope = {"scope": "111122223333/us-west-2", "region": "us-west-2"}
    assert known(said) == {"category": "external_access", **scope, "own": True}
    at = {"account": "123456789012", "region": "us-west-1"}
    (said,) = read("securityhub describe-hub", sample("securityhub-describe-hub"), **at)
    assert known(said) == {"category": "benchmark", "scope": "123456789012/us-west-1"}


def test_the_demo_account(tmp_path: Path) -> None:
    mixed = load_folder(SAMPLES)
    assert "identity" in gap_codes(mixed, AwsSecret)  # its authors put two accounts' numbers into one folder
    inventory = demo_account(tmp_path)
    (secret,) = [each for each in every(inventory, AwsSecret) if each.name == "demo-secret"]
    assert secret.rotated_at is None
    (vpc,) = every(inventory, Vpc)
    assert (vpc.id, vpc.name) == ("arn:aws:ec2:us-east-1:demo:vpc/vpc-12345678", "Prod")
    assert [user.name for user in every(inventory, IamUser)] == ["USER"]
    assert "missing" in gap_codes(inventory, IamUser)  # one user names no population


def test_a_user_asked_for_alone(tmp_path: Path) -> None:
    body = {
        "User": {"UserName": "ann", "CreateDate": "2022-05-02T08:00:00Z", "Tags": [{"Key": "email", "Value": "a@b.c"}]}
    }
    listed = {"Users": [{"UserName": name, "CreateDate": "2022-05-02T08:00:00Z"} for name in ("ann", "bob")]}
    bare = {"User": {"UserName": "bob", "CreateDate": "2022-05-02T08:00:00Z"}}
    inventory = load(tmp_path, {"iam.list-users": listed, "iam.get-user.ann": body, "iam.get-user.bob": bare})
    ann, bob = every(inventory, IamUser)
    assert (ann.email, ann.owner) == ("a@b.c", "a@b.c")
    assert "email" not in known(read("iam get-user", bare, user="bob")[0])
    assert bob.name == "bob"
