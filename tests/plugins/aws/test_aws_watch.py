"""What watches an account and keeps it: keys, trails, Config, GuardDuty, backups."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from aws_reading import ACCOUNT, every, known, load, load_folder, only, read, told

from soc2test import UnknownFact
from soc2test.testing import check
from soc2test_plugins.aws import (
    AwsBackupPlan,
    ConfigRecorder,
    GuardDutyDetector,
    KmsKey,
    Trail,
)
from soc2test_policies.cc7.audit_logs import test_audit_logs_are_delivered as delivered
from soc2test_policies.cc7.audit_logs import test_audit_logs_are_kept as kept
from soc2test_policies.cc7.audit_logs import test_audit_logs_cover_everything as complete
from soc2test_policies.cc7.audit_logs import test_audit_logs_show_tampering as tampering

KEY = f"arn:aws:kms:eu-west-1:{ACCOUNT}:key/k"


def metadata(**more: Any) -> dict[str, Any]:
    base = {
        "KeyId": "k",
        "Arn": KEY,
        "Enabled": True,
        "KeyState": "Enabled",
        "KeyManager": "CUSTOMER",
        "Origin": "AWS_KMS",
    }
    return {"KeyMetadata": {**base, "KeySpec": "SYMMETRIC_DEFAULT", **more}}


def test_a_key() -> None:
    assert told("kms describe-key", metadata(), key="k") == {
        "customer_managed": True, "enabled": True, "symmetric": True, "deletion_pending": False,
    }  # fmt: skip
    gone = told("kms describe-key", metadata(Enabled=False, KeyState="PendingDeletion", KeyManager="AWS"), key="k")
    assert gone == {"customer_managed": False, "enabled": False, "symmetric": True, "deletion_pending": True}
    assert told("kms describe-key", metadata(KeySpec="RSA_2048"), key="k")["symmetric"] is False
    assert told("kms describe-key", metadata(Origin="EXTERNAL"), key="k")["symmetric"] is False
    older = metadata(CustomerMasterKeySpec="SYMMETRIC_DEFAULT")
    del older["KeyMetadata"]["KeySpec"]
    assert told("kms describe-key", older, key="k")["symmetric"] is True
    del older["KeyMetadata"]["CustomerMasterKeySpec"]
    assert "symmetric" not in told("kms describe-key", older, key="k")


@pytest.mark.parametrize(
    ("body", "rotates"),
    [
        ({"KeyRotationEnabled": True, "RotationPeriodInDays": 365}, True),
        ({"KeyRotationEnabled": True}, True),
        ({"KeyRotationEnabled": True, "RotationPeriodInDays": 2560}, False),
        ({"KeyRotationEnabled": False}, False),
        (None, False),
    ],
)
def test_rotation(body: Any, rotates: bool) -> None:
    (said,) = read("kms get-key-rotation-status", body, key="k")
    assert (said.id, said.told) == (KEY, {"rotates": rotates, "next_rotation_at": None})
    (said,) = read("kms get-key-rotation-status", body, key=KEY)
    assert said.id == KEY


def test_aws_rotates_its_own_keys_and_no_others(tmp_path: Path) -> None:
    files = {
        "kms.list-keys": {"Keys": [{"KeyId": "k", "KeyArn": KEY}]},
        "kms.describe-key.k": metadata(KeyManager="AWS"),
    }
    assert only(load(tmp_path, files), KmsKey).rotates is True
    denied = {"Error": {"Code": "AccessDeniedException", "Message": "no"}}
    files |= {"kms.describe-key.k": metadata(), "kms.get-key-rotation-status.k": denied}
    with pytest.raises(UnknownFact, match="AccessDeniedException"):
        assert only(load(tmp_path, files), KmsKey).rotates


TRAIL_ARN = f"arn:aws:cloudtrail:eu-west-1:{ACCOUNT}:trail/t"
TRAIL = {
    "Name": "t", "TrailARN": TRAIL_ARN, "S3BucketName": "logs", "IsMultiRegionTrail": True, "HomeRegion": "eu-west-1",
    "LogFileValidationEnabled": True, "KmsKeyId": KEY, "IsOrganizationTrail": False,
}  # fmt: skip


def test_a_trail() -> None:
    facts = told("cloudtrail describe-trails", {"trailList": [TRAIL]})
    assert (facts["all_regions"], facts["validates"], facts["encrypted"], facts["bucket"]) == (
        True,
        True,
        True,
        "logs",
    )
    bare = {
        "Name": "t",
        "TrailARN": TRAIL_ARN,
        "S3BucketName": "logs",
        "IsMultiRegionTrail": False,
        "LogFileValidationEnabled": False,
    }
    facts = told("cloudtrail describe-trails", {"trailList": [bare]})
    assert (facts["all_regions"], facts["validates"], facts["encrypted"]) == (False, False, False)


@pytest.mark.parametrize("control", [delivered, complete, tampering, kept])
def test_a_region_that_no_trail_records_is_a_deviation_to_be_and_not_nothing(tmp_path: Path, control: Any) -> None:
    none = only(load(tmp_path, {"cloudtrail.describe-trails": {"trailList": []}}), Trail)
    assert none.id == f"{ACCOUNT}/eu-west-1/cloudtrail"
    result = check(control, none)
    assert (result.verdict.value, result.deviations, result.unknown) == ("fail", 1, 0)


def test_what_a_trail_does_is_asked_for_by_its_own_call(tmp_path: Path) -> None:
    found = only(load(tmp_path, {"cloudtrail.describe-trails": {"trailList": [TRAIL]}}), Trail)
    for fact, call in (("delivering", "get-trail-status"), ("management_events", "get-event-selectors")):
        with pytest.raises(UnknownFact, match=f"export `aws cloudtrail {call} "):
            getattr(found, fact)


def test_the_trail_of_one_account_is_not_that_of_another(tmp_path: Path) -> None:
    load(tmp_path, {"cloudtrail.describe-trails": {"trailList": [TRAIL]}})
    other = tmp_path / "aws" / "999988887777" / "eu-west-1"
    other.mkdir(parents=True)
    (other / "cloudtrail.describe-trails.json").write_text('{"trailList": []}')
    assert [each.id for each in every(load_folder(tmp_path), Trail)] == ["999988887777/eu-west-1/cloudtrail", TRAIL_ARN]


@pytest.mark.parametrize(
    ("body", "delivering"),
    [
        ({"IsLogging": True, "LatestDeliveryTime": 1479888591.481}, True),
        ({"IsLogging": True, "LatestDeliveryTime": "2026-11-20T07:56:31Z", "LatestDeliveryError": ""}, True),
        (
            {"IsLogging": True, "LatestDeliveryTime": "2026-11-20T07:56:31Z", "LatestDeliveryError": "NoSuchBucket"},
            False,
        ),
        ({"IsLogging": False, "LatestDeliveryTime": "2026-11-20T07:56:31Z"}, False),
        ({"IsLogging": True}, False),
    ],
)
def test_delivery(body: Any, delivering: bool) -> None:
    for name in ("t", TRAIL_ARN):
        (said,) = read("cloudtrail get-trail-status", body, trail=name)
        assert (said.id, said.told["delivering"]) == (TRAIL_ARN, delivering)
    assert "delivering" not in told("cloudtrail get-trail-status", {}, trail="t")


STARTED, STOPPED = datetime(2026, 11, 18, tzinfo=UTC), "2026-02-01T00:00:00+00:00"


@pytest.mark.parametrize(
    ("body", "since"),
    [
        ({"IsLogging": True, "StartLoggingTime": "2026-11-18T00:00:00+00:00"}, STARTED),
        ({"IsLogging": True, "StartLoggingTime": "2026-11-18T00:00:00+00:00", "StopLoggingTime": STOPPED}, STARTED),
        ({"IsLogging": True, "StartLoggingTime": STARTED.timestamp(), "StopLoggingTime": 1446834996.933}, STARTED),
        ({"IsLogging": False, "StartLoggingTime": STOPPED, "StopLoggingTime": "2026-11-18T00:00:00+00:00"}, None),
    ],
)
def test_since_when_a_trail_records(body: Any, since: datetime | None) -> None:
    assert told("cloudtrail get-trail-status", body, trail="t")["recording_since"] == since


@pytest.mark.parametrize(
    "body",
    [
        {"IsLogging": True},
        {"IsLogging": True, "StartLoggingTime": STOPPED, "StopLoggingTime": "2026-11-18T00:00:00+00:00"},
        {"IsLogging": True, "StartLoggingTime": "2026-11-18T00:00:00+00:00", "StopLoggingTime": "some day"},
        {"StartLoggingTime": "2026-11-18T00:00:00+00:00"},
    ],
)
def test_a_trail_whose_times_do_not_agree_is_unknown(body: Any) -> None:
    assert "recording_since" not in told("cloudtrail get-trail-status", body, trail="t")


def basic(kind: str = "All", **more: Any) -> dict[str, Any]:
    return {"ReadWriteType": kind, "IncludeManagementEvents": True, "DataResources": [], **more}


def advanced(**fields: list[str]) -> dict[str, Any]:
    return {"FieldSelectors": [{"Field": name.replace("__", "."), "Equals": value} for name, value in fields.items()]}


@pytest.mark.parametrize(
    ("body", "all_of_them"),
    [
        ({"EventSelectors": [basic()]}, True),
        ({"EventSelectors": [basic("ReadOnly"), basic("WriteOnly")]}, True),
        ({"EventSelectors": [basic("WriteOnly")]}, False),
        ({"EventSelectors": [basic(IncludeManagementEvents=False)]}, False),
        ({"EventSelectors": [basic(ExcludeManagementEventSources=["kms.amazonaws.com"])]}, False),
        ({"EventSelectors": []}, False),
        ({"AdvancedEventSelectors": [advanced(eventCategory=["Management"])]}, True),
        ({"AdvancedEventSelectors": [advanced(eventCategory=["Management"], readOnly=["false"])]}, False),
        ({"AdvancedEventSelectors": [advanced(eventCategory=["Management"], eventSource=["s3.amazonaws.com"])]}, False),
        ({"AdvancedEventSelectors": [advanced(eventCategory=["Data"], resources__type=["AWS::S3::Object"])]}, False),
    ],
)
def test_management_events(body: Any, all_of_them: bool) -> None:
    assert told("cloudtrail get-event-selectors", body, trail="t")["management_events"] is all_of_them
    assert told("cloudtrail get-event-selectors", {"TrailARN": TRAIL_ARN}, trail="t") == {}


def deleting(days: int, **more: Any) -> dict[str, Any]:
    return {"Status": "Enabled", "Expiration": {"Days": days}, **more}


def below(prefix: str) -> dict[str, Any]:
    return deleting(30, Filter={"Prefix": prefix})


@pytest.mark.parametrize(
    ("rules", "days"),
    [
        ([deleting(400)], 400),
        ([], None),
        ([deleting(400), below("tmp/")], 400),
        ([below("AWSLogs/111122223333/Config/")], None),
        ([below("AWSLogs/111122223333/elasticloadbalancing/eu-west-1/")], None),
        ([below("AWSLogs/999988887777/")], None),
        ([below("AWSLogs/111122223333/CloudTrail/eu-west-1/")], 30),
        ([below("AWSLogs/111122223333/CloudTrail-Digest/")], 30),
        ([below("AWSLogs/1111")], 30),
        ([below("AWS")], 30),
        ([deleting(30, Prefix="AWSLogs/o-a1b2c3d4e5/111122223333/CloudTrail/")], 30),
        ([deleting(30, Filter={"And": {"Prefix": "AWSLogs/", "ObjectSizeLessThan": 9}})], 30),
        ([deleting(30, Filter={"And": {"Prefix": "tmp/", "Tags": [{"Key": "k", "Value": "v"}]}})], None),
    ],
)
def test_a_trail_is_kept_as_its_bucket_is(tmp_path: Path, rules: Any, days: int | None) -> None:
    files = {
        "cloudtrail.describe-trails": {"trailList": [TRAIL]},
        "s3api.list-buckets": {"Buckets": [{"Name": "logs"}]},
        "s3api.get-bucket-lifecycle-configuration.logs": {"Rules": rules},
    }
    assert only(load(tmp_path, files), Trail).retention_days == days


@pytest.mark.parametrize(
    "rule",
    [deleting(30, Filter={"Tag": {"Key": "k", "Value": "v"}}), {**deleting(1), "Expiration": {"Date": "2030-01-01"}}],
)
def test_when_a_trails_files_go_is_not_told(tmp_path: Path, rule: Any) -> None:
    files = {
        "cloudtrail.describe-trails": {"trailList": [TRAIL]},
        "s3api.list-buckets": {"Buckets": [{"Name": "logs"}]},
        "s3api.get-bucket-lifecycle-configuration.logs": {"Rules": [deleting(400), rule]},
    }
    with pytest.raises(UnknownFact, match="lifecycle rule"):
        assert only(load(tmp_path, files), Trail).retention_days


def test_a_trail_in_a_foreign_bucket_is_kept_for_an_unknown_time(tmp_path: Path) -> None:
    files = {"cloudtrail.describe-trails": {"trailList": [TRAIL]}, "s3api.list-buckets": {"Buckets": []}}
    with pytest.raises(UnknownFact, match="bucket logs"):
        assert only(load(tmp_path, files), Trail).retention_days


ALL = {
    "allSupported": True,
    "includeGlobalResourceTypes": True,
    "recordingStrategy": {"useOnly": "ALL_SUPPORTED_RESOURCE_TYPES"},
}
SOME = {"allSupported": False, "resourceTypes": ["AWS::EC2::Instance"]}
SPARED = {"allSupported": False, "recordingStrategy": {"useOnly": "EXCLUSION_BY_RESOURCE_TYPES"}}
STATUS = "configservice.describe-configuration-recorder-status"
RECORDERS = "configservice.describe-configuration-recorders"


@pytest.mark.parametrize(
    ("recorders", "statuses", "enabled", "covers"),
    [
        ([{"name": "default", "recordingGroup": ALL}], [{"recording": True, "lastStatus": "SUCCESS"}], True, True),
        (
            [{"name": "default", "recordingGroup": {"allSupported": True, "includeGlobalResourceTypes": False}}],
            [{"recording": True, "lastStatus": "PENDING"}],
            True,
            False,
        ),
        ([{"name": "default", "recordingGroup": SOME}], [{"recording": True}], True, False),
        ([{"name": "default", "recordingGroup": SPARED}], [{"recording": False}], False, False),
        ([{"name": "default", "recordingGroup": ALL}], [{"recording": True, "lastStatus": "Failure"}], False, True),
        (
            [{"name": "x", "servicePrincipal": "securityhub.amazonaws.com"}],
            [{"servicePrincipal": "x", "recording": True}],
            False,
            False,
        ),
        ([], [], False, False),
    ],
)
def test_the_recorder_of_a_region(tmp_path: Path, recorders: Any, statuses: Any, enabled: bool, covers: bool) -> None:
    files = {RECORDERS: {"ConfigurationRecorders": recorders}, STATUS: {"ConfigurationRecordersStatus": statuses}}
    recorder = only(load(tmp_path, files), ConfigRecorder)
    assert (recorder.enabled, recorder.covers_all) == (enabled, covers)
    assert (recorder.id, recorder.scope, recorder.category) == (
        f"{ACCOUNT}/eu-west-1/config", f"{ACCOUNT}/eu-west-1", "configuration",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("home", "further", "covers"),
    [
        (ALL, {"allSupported": True, "includeGlobalResourceTypes": False}, True),
        ({**ALL, "includeGlobalResourceTypes": False}, {**ALL, "includeGlobalResourceTypes": False}, False),
        ({**SOME, "includeGlobalResourceTypes": True}, {**ALL, "includeGlobalResourceTypes": False}, False),
        ({"allSupported": True}, {**ALL, "includeGlobalResourceTypes": False}, None),
        (ALL, {**SOME, "includeGlobalResourceTypes": False}, False),
        (None, {**ALL, "includeGlobalResourceTypes": False}, None),
        (None, ALL, True),
    ],
)
def test_iam_is_recorded_in_one_region_of_an_account(
    tmp_path: Path, home: Any, further: Any, covers: bool | None
) -> None:
    other: dict[str, Any] = {
        "configservice.describe-configuration-recorder-status": {"ConfigurationRecordersStatus": []}
    }
    load(tmp_path, other if home is None else {RECORDERS: {"ConfigurationRecorders": [{"recordingGroup": home}]}})
    body = {"ConfigurationRecorders": [{"recordingGroup": further}]}
    place = tmp_path / "aws" / ACCOUNT / "us-east-1" / f"{RECORDERS}.json"
    place.parent.mkdir()
    place.write_text(json.dumps(body))
    for region in ("eu-west-1", "us-east-1"):
        elsewhere = tmp_path / "aws" / "999988887777" / region / f"{RECORDERS}.json"
        elsewhere.parent.mkdir(parents=True)
        elsewhere.write_text(json.dumps({"ConfigurationRecorders": [{"recordingGroup": ALL}]}))
    (second,) = [
        each for each in every(load_folder(tmp_path), ConfigRecorder) if each.id == f"{ACCOUNT}/us-east-1/config"
    ]
    if covers is None:
        with pytest.raises(UnknownFact):
            assert second.covers_all
    else:
        assert second.covers_all is covers


def test_since_when_a_recorder_is_on(tmp_path: Path) -> None:
    """`lastStartTime` and `lastStopTime`, as a trail's."""
    status = {"recording": True, "lastStartTime": "2026-11-18T00:00:00+00:00", "lastStopTime": STOPPED}
    files = {RECORDERS: {"ConfigurationRecorders": [{"recordingGroup": ALL}]}}
    told_of = [{**status}, {**status, "recording": False}]
    sinces = [
        only(load(tmp_path, {**files, STATUS: {"ConfigurationRecordersStatus": [each]}}), ConfigRecorder).on_since
        for each in told_of
    ]
    assert sinces == [STARTED, None]
    late = {**status, "lastStopTime": "2026-11-19T00:00:00+00:00"}
    recorder = only(load(tmp_path, {**files, STATUS: {"ConfigurationRecordersStatus": [late]}}), ConfigRecorder)
    with pytest.raises(UnknownFact, match="it was stopped after"):
        _ = recorder.on_since
    assert recorder.enabled


def test_a_recorder_of_unknown_state(tmp_path: Path) -> None:
    files = {RECORDERS: {"ConfigurationRecorders": [{"name": "default", "recordingGroup": {}}]}}
    recorder = only(load(tmp_path, files), ConfigRecorder)
    for fact in ("enabled", "covers_all"):
        with pytest.raises(UnknownFact):
            getattr(recorder, fact)


def feature(name: str, on: bool = True) -> dict[str, str]:
    return {"Name": name, "Status": "ENABLED" if on else "DISABLED"}


@pytest.mark.parametrize(
    ("body", "enabled", "covers"),
    [
        ({"Status": "ENABLED", "Features": [feature("CLOUD_TRAIL"), feature("S3_DATA_EVENTS")]}, True, True),
        ({"Status": "ENABLED", "Features": [feature("CLOUD_TRAIL"), feature("S3_DATA_EVENTS", False)]}, True, False),
        (
            {
                "Status": "ENABLED",
                "Features": [feature("RUNTIME_MONITORING"), feature("EKS_RUNTIME_MONITORING", False)],
            },
            True,
            True,
        ),
        ({"Status": "ENABLED", "Features": [feature("FLOW_LOGS", False), feature("DNS_LOGS")]}, False, False),
        ({"Status": "DISABLED", "Features": []}, False, False),
        ({"Status": "ENABLED"}, True, None),
    ],
)
def test_guardduty(body: Any, enabled: bool, covers: bool | None) -> None:
    facts = told("guardduty get-detector", body, detector="d")
    assert (facts["enabled"], facts.get("covers_all")) == (enabled, covers)


def test_a_region_without_guardduty_is_a_deviation_to_be_and_not_nothing(tmp_path: Path) -> None:
    detector = only(load(tmp_path, {"guardduty.list-detectors": {"DetectorIds": []}}), GuardDutyDetector)
    assert (detector.enabled, detector.scope, detector.category) == (False, f"{ACCOUNT}/eu-west-1", "threat")
    detector = only(load(tmp_path, {"guardduty.list-detectors": {"DetectorIds": ["d"]}}), GuardDutyDetector)
    with pytest.raises(UnknownFact):
        assert detector.enabled


PLAN = f"arn:aws:backup:eu-west-1:{ACCOUNT}:backup-plan:p"
PLANS = {
    "backup.list-backup-plans": {
        "BackupPlansList": [{"BackupPlanArn": PLAN, "BackupPlanId": "p", "BackupPlanName": "daily"}]
    }
}


def job(day: int, state: str = "COMPLETED", plan: str | None = PLAN) -> dict[str, Any]:
    base: dict[str, Any] = {"ResourceArn": "arn:aws:rds:eu-west-1:1:db:x", "State": state}
    base |= {"CreationDate": f"2026-11-{day}T05:00:00Z", "CompletionDate": f"2026-11-{day}T05:30:00Z"}
    return {**base, **({"CreatedBy": {"BackupPlanArn": plan}} if plan else {})}


@pytest.mark.parametrize(
    ("jobs", "last", "failed"),
    [
        ([job(18), job(20), job(19)], 20, False),
        ([job(19), job(20, "FAILED")], 19, True),
        ([job(19, "EXPIRED"), job(20)], 20, False),
        ([job(19), job(20, "RUNNING")], 19, False),
        ([job(20, "PARTIAL")], None, True),
    ],
)
def test_backup_jobs(tmp_path: Path, jobs: Any, last: int | None, failed: bool) -> None:
    plan = only(load(tmp_path, {**PLANS, "backup.list-backup-jobs": {"BackupJobs": jobs}}), AwsBackupPlan)
    assert plan.last_success_at == (None if last is None else datetime(2026, 11, last, 5, 30, tzinfo=UTC))
    assert plan.last_job_failed is failed


@pytest.mark.parametrize(
    ("jobs", "hours"),
    [
        ([job(18), job(20), job(19)], 24),
        ([job(18, "FAILED"), job(19, "FAILED"), job(20)], 48),
        ([job(17), job(18, "FAILED"), job(20)], 72),
        ([job(20)], 0),
        ([job(18), job(20, "RUNNING"), job(20), {**job(18), "ResourceArn": "y"}, {**job(19), "ResourceArn": "y"}], 48),
    ],
)
def test_how_long_a_resource_was_without_a_backup(tmp_path: Path, jobs: Any, hours: float) -> None:
    plan = only(load(tmp_path, {**PLANS, "backup.list-backup-jobs": {"BackupJobs": jobs}}), AwsBackupPlan)
    assert plan.longest_gap_hours == hours


def test_a_plan_that_no_job_names_never_succeeded(tmp_path: Path) -> None:
    plan = only(
        load(tmp_path, {**PLANS, "backup.list-backup-jobs": {"BackupJobs": [job(20, plan=None)]}}), AwsBackupPlan
    )
    assert plan.last_success_at is None
    with pytest.raises(UnknownFact):
        assert plan.last_job_failed


def rule(**more: Any) -> dict[str, Any]:
    return {"RuleName": "r", "TargetBackupVaultName": "v", **more}


@pytest.mark.parametrize(
    ("rules", "scheduled", "days"),
    [
        ([rule(ScheduleExpression="cron(0 5 ? * * *)", Lifecycle={"DeleteAfterDays": 35})], True, 35),
        ([rule(Lifecycle={"DeleteAfterDays": 35}), rule(Lifecycle={"DeleteAfterDays": 7})], False, 7),
        ([rule(ScheduleExpression="x", Lifecycle={"DeleteAfterDays": -1})], True, None),
        ([rule(ScheduleExpression="x")], True, None),
    ],
)
def test_backup_plans(rules: Any, scheduled: bool, days: int | None) -> None:
    (said,) = read("backup get-backup-plan", {"BackupPlan": {"BackupPlanName": "daily", "Rules": rules}}, plan="p")
    told_of = {name: value for name, value in known(said).items() if name != "interval_hours"}
    assert (said.id, told_of) == (PLAN, {"scheduled": scheduled, "retention_days": days})


def test_a_deleted_plan_is_none() -> None:
    assert read("backup list-backup-plans", {"BackupPlanArn": PLAN, "DeletionDate": "2026-01-01T00:00:00Z"}) == []
