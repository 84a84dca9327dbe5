"""Whether a trail records each access to the objects of a bucket: both forms of selectors, whose trail, and where."""

from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from aws_reading import ACCOUNT, load, only, told

from soc2test import UnknownFact
from soc2test_plugins.aws import S3Bucket

CALL = "cloudtrail get-event-selectors"
ARN = f"arn:aws:cloudtrail:eu-west-1:{ACCOUNT}:trail/t"
TRAIL: dict[str, Any] = {
    "Name": "t", "TrailARN": ARN, "S3BucketName": "logs", "IsMultiRegionTrail": True, "HomeRegion": "eu-west-1",
    "LogFileValidationEnabled": True, "IsOrganizationTrail": False,
}  # fmt: skip
ON = {"IsLogging": True, "LatestDeliveryTime": "2026-11-20T07:56:31Z", "StartLoggingTime": "2026-01-01T00:00:00Z"}
BOTH = {"reads", "writes"}


def basic(*values: str, kind: str = "All", sort: str = "AWS::S3::Object") -> dict[str, Any]:
    resources = [{"Type": sort, "Values": list(values)}] if values else []
    return {"ReadWriteType": kind, "IncludeManagementEvents": True, "DataResources": resources}


def advanced(names: dict[str, list[str]] | None = None, **more: list[str]) -> dict[str, Any]:
    """A selector of objects, the ARNs of which are asked for by operators, with further fields."""
    equal = {"eventCategory": ["Data"], "resources.type": ["AWS::S3::Object"], **more}
    fields: list[dict[str, Any]] = [{"Field": field, "Equals": value} for field, value in equal.items()]
    return {"FieldSelectors": [*fields, *([{"Field": "resources.ARN", **names}] if names else [])]}


def of(*selectors: dict[str, Any]) -> dict[str, Any]:
    form = "AdvancedEventSelectors" if any("FieldSelectors" in each for each in selectors) else "EventSelectors"
    return {"TrailARN": ARN, form: list(selectors)}


def bucket(
    folder: Path, selectors: Any, *, trail: Any = TRAIL, status: Any = ON, logging: Any = None, **more: Any
) -> S3Bucket:
    """A bucket called "data" of an account with one trail."""
    files = {
        "s3api.list-buckets": {"Buckets": [{"Name": "data"}]}, "s3api.get-bucket-logging.data": logging,
        "cloudtrail.describe-trails": {"trailList": [] if trail is None else [trail]}, **more,
    }  # fmt: skip
    if trail is not None:
        arn = quote(trail["TrailARN"], safe="")
        files[f"cloudtrail.get-trail-status.{arn}"] = status
        files[f"cloudtrail.get-event-selectors.{arn}"] = {**selectors, "TrailARN": trail["TrailARN"]}
    return only(load(folder, files), S3Bucket)


DATA = "arn:aws:s3:::data/"
RECORDED: list[tuple[dict[str, Any], bool]] = [
    (of(basic(DATA)), True),
    (of(basic("arn:aws:s3")), True),
    (of(basic("arn:aws:s3:::")), True),
    (of(basic(DATA, kind="ReadOnly"), basic(DATA, kind="WriteOnly")), True),
    (of(basic()), False),
    (of(basic("arn:aws:s3:::data")), False),  # no empty prefix: AWS does not say that it is all of it
    (of(basic("arn:aws:s3:::dat")), False),
    (of(basic("arn:aws:s3:::data2/")), False),
    (of(basic(f"{DATA}some/")), False),
    (of(basic(DATA, kind="WriteOnly")), False),
    (of(basic(DATA, kind="ReadOnly")), False),
    (of(basic("arn:aws:lambda", sort="AWS::Lambda::Function")), False),
    (of(advanced()), True),
    (of(advanced({"StartsWith": [DATA]})), True),
    (of(advanced({"StartsWith": ["arn:aws:s3:::da"]})), True),
    (of(advanced({"StartsWith": ["arn:aws:s3:::other/", DATA]})), True),
    (
        of(advanced({"StartsWith": [DATA]}, readOnly=["true"]), advanced({"StartsWith": [DATA]}, readOnly=["false"])),
        True,
    ),
    (of(advanced({"NotStartsWith": ["arn:aws:s3:::logs/"]})), True),
    (of(advanced({"NotEquals": ["arn:aws:s3:::dat"]})), True),
    (of(advanced({"StartsWith": ["arn:aws:s3:::"], "NotStartsWith": ["arn:aws:s3:::logs/"]})), True),
    (of(advanced({"StartsWith": [f"{DATA}some/"]})), False),
    (of(advanced({"StartsWith": ["arn:aws:s3:::data2/"]})), False),
    (of(advanced({"Equals": [DATA]})), False),
    (of(advanced({"Equals": [f"{DATA}one"], "StartsWith": [DATA]})), False),
    (of(advanced({"EndsWith": [".csv"]})), False),
    (of(advanced({"NotEndsWith": [".tmp"]})), False),
    (of(advanced({"NotStartsWith": [DATA]})), False),
    (of(advanced({"NotStartsWith": ["arn:aws:s3:::da"]})), False),
    (of(advanced({"NotStartsWith": [f"{DATA}tmp/"]})), False),
    (of(advanced({"NotEquals": [f"{DATA}one"]})), False),
    (of(advanced({"NotEquals": ["arn:aws:s3:::data"]})), False),
    (of(advanced({"StartsWith": [DATA]}, readOnly=["true"])), False),
    (of(advanced({"StartsWith": [DATA]}, readOnly=["false"])), False),
    (of(advanced({"StartsWith": [DATA]}, eventName=["GetObject"])), False),
    (of(advanced({"StartsWith": [DATA]}, **{"userIdentity.arn": ["arn:aws:iam::1:user/a"]})), False),
    (of(advanced(eventCategory=["Management"])), False),
    (of(advanced(None, **{"resources.type": ["AWS::DynamoDB::Table"]})), False),
]


@pytest.mark.parametrize(("selectors", "logged"), RECORDED)
def test_what_records_each_access_to_a_bucket(tmp_path: Path, selectors: dict[str, Any], logged: bool) -> None:
    assert bucket(tmp_path, selectors).access_logged is logged


@pytest.mark.parametrize(
    ("change", "logged"),
    [
        ({"status": {**ON, "IsLogging": False}}, False),
        ({"status": {**ON, "LatestDeliveryError": "NoSuchBucket"}}, False),
        ({"trail": {**TRAIL, "TrailARN": ARN.replace(ACCOUNT, "999988887777")}}, False),
        ({"trail": None}, False),
        ({"trail": {**TRAIL, "IsMultiRegionTrail": False}}, None),
    ],
)
def test_only_a_trail_that_delivers_for_the_bucket_counts(
    tmp_path: Path, change: dict[str, Any], logged: bool | None
) -> None:
    found = bucket(tmp_path, of(basic(DATA)), **change)
    if logged is None:
        with pytest.raises(UnknownFact, match="records one region"):
            assert found.access_logged
    else:
        assert found.access_logged is logged


@pytest.mark.parametrize(("member", "logged"), [("o-1", True), (None, False)])
def test_a_trail_of_the_organisation_counts_for_its_accounts(tmp_path: Path, member: str | None, logged: bool) -> None:
    trail = {**TRAIL, "TrailARN": ARN.replace(ACCOUNT, "999988887777"), "IsOrganizationTrail": True}
    none = {"Error": {"Code": "AWSOrganizationsNotInUseException"}}
    own = {"Organization": {"Id": member}} if member else none
    files = {"organizations.describe-organization": own}
    assert bucket(tmp_path / "1", of(basic("arn:aws:s3")), trail=trail, **files).access_logged is logged
    with pytest.raises(UnknownFact, match="describe-organization"):
        assert bucket(tmp_path / "2", of(basic("arn:aws:s3")), trail=trail).access_logged


def test_its_own_log_is_enough(tmp_path: Path) -> None:
    on = {"LoggingEnabled": {"TargetBucket": "logs", "TargetPrefix": ""}}
    assert bucket(tmp_path / "1", of(basic()), logging=on).access_logged
    files = {"s3api.list-buckets": {"Buckets": [{"Name": "data"}]}, "s3api.get-bucket-logging.data": on}
    assert only(load(tmp_path / "2", files), S3Bucket).access_logged
    del files["s3api.get-bucket-logging.data"]
    with pytest.raises(UnknownFact, match="get-bucket-logging"):
        assert only(load(tmp_path / "3", files), S3Bucket).access_logged


def test_trails_that_nobody_exported_may_record_it(tmp_path: Path) -> None:
    files = {"s3api.list-buckets": {"Buckets": [{"Name": "data"}]}, "s3api.get-bucket-logging.data": None}
    with pytest.raises(UnknownFact):
        assert only(load(tmp_path, files), S3Bucket).access_logged


@pytest.mark.parametrize(
    "broken",
    [
        {"EventSelectors": [{"ReadWriteType": "Some"}]},
        {"AdvancedEventSelectors": [{"Name": "x"}]},
        {"EventSelectors": None},
    ],
)
def test_a_selector_that_nobody_can_read_tells_nothing(broken: dict[str, Any]) -> None:
    assert not {"object_reads", "object_writes"} & told(CALL, broken, trail="t").keys()


def test_what_is_left_out_stands_behind_what_is_recorded() -> None:
    body = of(
        advanced({"StartsWith": ["arn:aws:s3:::"], "NotStartsWith": ["arn:aws:s3:::logs/old/", "arn:aws:s3:::tmp"]})
    )
    assert told(CALL, body, trail="t")["object_reads"] == ("arn:aws:s3::: but arn:aws:s3:::logs/ arn:aws:s3:::tmp",)
