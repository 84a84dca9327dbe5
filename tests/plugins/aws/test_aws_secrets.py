"""Secrets Manager: how old a value is, and what does not tell it."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from aws_reading import ACCOUNT, every, gap_codes, load, only

from soc2test import Resource, UnknownFact
from soc2test_plugins.aws import AccessKey, AwsSecret, CloudWatchAlarm, LogGroup

ARN = f"arn:aws:secretsmanager:eu-west-1:{ACCOUNT}:secret:db-Ab1Cd2"
LIST, VERSIONS = "secretsmanager.list-secrets", "secretsmanager.list-secret-version-ids.db"
ROTATED, MADE = "2026-11-01T08:00:00Z", "2026-10-01T08:00:00Z"


def entry(**more: Any) -> dict[str, Any]:
    return {"ARN": ARN, "Name": "db", "CreatedDate": "2020-01-01T08:00:00Z", "LastChangedDate": ROTATED, **more}


def version(*stages: str, made: str = MADE) -> dict[str, Any]:
    return {"VersionId": made, "VersionStages": list(stages), "CreatedDate": made}


def versions(*found: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"ARN": ARN, "Name": "db", "Versions": list(found), **more}


def secret(folder: Path, files: dict[str, Any], **more: Any) -> AwsSecret:
    return only(load(folder, {LIST: {"SecretList": [entry(**more)]}, **files}), AwsSecret)


def test_a_rotation_tells_the_age(tmp_path: Path) -> None:
    assert secret(tmp_path, {}, LastRotatedDate=ROTATED).replaced_at == datetime(2026, 11, 1, 8, tzinfo=UTC)


def test_a_secret_about_to_be_deleted_is_none_and_one_that_is_not_is_one(tmp_path: Path) -> None:
    assert secret(tmp_path / "kept", {}, DeletedDate=None, LastRotatedDate=ROTATED).name == "db"
    gone = load(tmp_path / "gone", {LIST: {"SecretList": [entry(DeletedDate=ROTATED)]}})
    assert every(gone, AwsSecret) == []


def test_the_version_in_use_tells_the_age_better(tmp_path: Path) -> None:
    body = versions(version("AWSPREVIOUS", made="2026-01-01T08:00:00Z"), version("AWSCURRENT"))
    found = secret(tmp_path, {VERSIONS: body}, LastRotatedDate="2025-01-01T08:00:00Z")
    assert found.replaced_at == datetime(2026, 10, 1, 8, tzinfo=UTC)


@pytest.mark.parametrize("place", ["us-east-1:" + ACCOUNT, "eu-west-1:999988887777"])
def test_versions_of_a_secret_of_elsewhere_are_none_of_this_ones(tmp_path: Path, place: str) -> None:
    elsewhere = ARN.replace(f"eu-west-1:{ACCOUNT}", place)
    files = {LIST: {"SecretList": [entry()]}, VERSIONS: {**versions(version("AWSCURRENT")), "ARN": elsewhere}}
    inventory = load(tmp_path, files)
    assert every(inventory, AwsSecret) == []  # whoever made this export made the list too
    assert gap_codes(inventory, AwsSecret) == {"identity"}


def test_a_change_of_a_tag_makes_no_secret_young(tmp_path: Path) -> None:
    with pytest.raises(UnknownFact, match="list-secret-version-ids --secret-id db"):
        assert secret(tmp_path, {}).replaced_at


@pytest.mark.parametrize(
    "body",
    [
        versions(version("AWSPENDING")),
        versions(version("AWSCURRENT"), version("AWSCURRENT", made=ROTATED)),
        versions({"VersionStages": ["AWSCURRENT"]}),
        versions(version("AWSCURRENT"), NextToken="more"),
        {"Error": {"Code": "AccessDeniedException"}},
    ],
)
def test_versions_that_do_not_tell_leave_it_unknown(tmp_path: Path, body: Any) -> None:
    with pytest.raises(UnknownFact):
        assert secret(tmp_path, {VERSIONS: body}).replaced_at


def test_a_secret_that_goes_is_none(tmp_path: Path) -> None:
    inventory = load(tmp_path, {LIST: {"SecretList": [entry(DeletedDate=ROTATED)]}})
    assert (every(inventory, AwsSecret), gap_codes(inventory, AwsSecret)) == ([], set())


@pytest.mark.parametrize(
    ("kind", "file", "body"),
    [
        (AwsSecret, LIST, {"SecretList": [entry()], "NextToken": "more"}),
        (LogGroup, "logs.describe-log-groups", {"logGroups": [], "nextToken": "more"}),
        (CloudWatchAlarm, "cloudwatch.describe-alarms", {"MetricAlarms": [], "NextToken": "more"}),
    ],
)
def test_a_page_that_is_missing(tmp_path: Path, kind: type[Resource], file: str, body: Any) -> None:
    assert gap_codes(load(tmp_path, {file: body}), kind) == {"partial"}


KEYS = {"UserName": "ann", "AccessKeyId": "AKIAEXAMPLE", "Status": "Active", "CreateDate": "2026-09-01T08:00:00Z"}
USERS = {"Users": [{"UserName": "ann", "CreateDate": "2022-05-02T08:00:00Z"}]}
USED = {"Region": "us-east-1", "ServiceName": "iam", "LastUsedDate": ROTATED}


@pytest.mark.parametrize(
    ("use", "when"), [(USED, datetime(2026, 11, 1, 8, tzinfo=UTC)), ({"Region": "N/A", "ServiceName": "N/A"}, None)]
)
def test_a_key_is_asked_when_it_was_used(tmp_path: Path, use: Any, when: datetime | None) -> None:
    files = {"iam.list-users": USERS, "iam.list-access-keys.ann": {"AccessKeyMetadata": [KEYS]}}
    answer = {"iam.get-access-key-last-used.AKIAEXAMPLE": {"UserName": "ann", "AccessKeyLastUsed": use}}
    key = only(load(tmp_path / "asked", {**files, **answer}), AccessKey)
    assert key.last_used_at == when
    with pytest.raises(UnknownFact, match="get-credential-report"):
        assert only(load(tmp_path / "not", files), AccessKey).last_used_at
