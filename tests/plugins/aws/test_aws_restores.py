"""AWS Backup: its restore jobs, in the form that the API documents."""

from pathlib import Path
from typing import Any

import pytest
from aws_reading import ACCOUNT, REGION, gap_codes, load, only, told

from soc2test import Population, UnknownFact
from soc2test.testing import resource
from soc2test_plugins.aws.kinds import AwsRestoreJob, AwsStore, EbsVolume, RdsInstance
from soc2test_plugins.aws.restores import stores

HOME = f"{REGION}:{ACCOUNT}"
CLUSTER = f"arn:aws:rds:{HOME}:cluster:shop"
MACHINE = f"arn:aws:ec2:{HOME}:instance/i-0a1b2c3d4e5f60002"
JOB = {
    "AccountId": ACCOUNT,
    "RestoreJobId": "7B1E0C52-8D3F-4A96-B0E7-52A7C0DE6003",
    "RecoveryPointArn": f"arn:aws:backup:{HOME}:recovery-point:data-20261006050000-52a7c0de",
    "SourceResourceArn": "arn:aws:s3:::data",
    "CreationDate": "2026-10-06T09:00:11.402000+00:00",
    "CompletionDate": "2026-10-06T10:47:52.918000+00:00",
    "Status": "COMPLETED",
    "PercentDone": "100.00%",
    "CreatedResourceArn": "arn:aws:s3:::awsbackup-restore-test",
    "ResourceType": "S3",
    "RecoveryPointCreationDate": "2026-10-06T05:00:00+00:00",
    "IsParent": False,
    "CreatedBy": {"RestoreTestingPlanArn": f"arn:aws:backup:{HOME}:restore-testing-plan:tests-52a7c0de"},
    "ValidationStatus": "SUCCESSFUL",
    "DeletionStatus": "SUCCESSFUL",
}


def job(**changed: Any) -> dict[str, Any]:
    return {key: value for key, value in {**JOB, **changed}.items() if value is not None}


def read(**changed: Any) -> dict[str, Any]:
    return told("backup list-restore-jobs", job(**changed))


def test_the_job_tells_its_own_times() -> None:
    facts = read()
    assert f"{facts['point_made_at']:%H:%M}" == "05:00"
    assert f"{facts['started_at']:%H:%M}" == "09:00"
    assert f"{facts['completed_at']:%H:%M}" == "10:47"
    assert (facts["status"], facts["validation"]) == ("completed", "passed")


@pytest.mark.parametrize(
    ("word", "status"),
    [("ABORTED", "failed"), ("FAILED", "failed"), ("PENDING", "running"), ("RUNNING", "running")],
)
def test_each_status_has_its_meaning(word: str, status: str) -> None:
    assert read(Status=word)["status"] == status


@pytest.mark.parametrize(
    ("word", "validation"),
    [("FAILED", "failed"), ("TIMED_OUT", "timed_out"), ("VALIDATING", "running"), (None, None)],
)
def test_each_validation_has_its_meaning(word: str | None, validation: str | None) -> None:
    assert read(ValidationStatus=word)["validation"] == validation


def test_what_runs_has_no_end_and_what_ended_has_one() -> None:
    assert read(Status="RUNNING", CompletionDate=None)["completed_at"] is None
    assert "completed_at" not in read(CompletionDate=None)


def test_words_that_nobody_knows_are_unknown() -> None:
    facts = read(Status="HALF_DONE", ValidationStatus="PERHAPS")
    assert not {"status", "validation", "completed_at"} & set(facts)


def test_older_answers_do_not_name_what_was_restored(tmp_path: Path) -> None:
    jobs = {"backup.list-restore-jobs": {"RestoreJobs": [job(SourceResourceArn=None)]}}
    restored = only(load(tmp_path, jobs), AwsRestoreJob)
    with pytest.raises(UnknownFact):
        _ = restored.stores


def test_a_bucket_is_restored_by_itself_whatever_else_is_not_exported(tmp_path: Path) -> None:
    restored = only(load(tmp_path, {"backup.list-restore-jobs": {"RestoreJobs": [job()]}}), AwsRestoreJob)
    assert restored.stores == ("arn:aws:s3:::data",)


@pytest.mark.parametrize("whole", [CLUSTER, MACHINE])
def test_what_belongs_to_a_cluster_or_machine_is_unknown_without_the_lists(tmp_path: Path, whole: str) -> None:
    jobs = {"backup.list-restore-jobs": {"RestoreJobs": [job(SourceResourceArn=whole)]}}
    restored = only(load(tmp_path, jobs), AwsRestoreJob)
    with pytest.raises(UnknownFact):
        _ = restored.stores


def test_a_page_that_is_not_the_last_leaves_a_gap(tmp_path: Path) -> None:
    found = load(tmp_path, {"backup.list-restore-jobs": {"RestoreJobs": [job()], "NextToken": "more"}})
    assert gap_codes(found, AwsRestoreJob)


def test_a_cluster_brings_back_its_databases_and_a_machine_its_disks() -> None:
    listed = Population(
        AwsStore,
        [
            resource(RdsInstance, "db-1", cluster=CLUSTER),
            resource(RdsInstance, "db-2", cluster=None),
            resource(EbsVolume, "vol-1", attached_to=(MACHINE,)),
            resource(EbsVolume, "vol-2", attached_to=()),
        ],
    )
    assert stores(resource(AwsRestoreJob, "j1", resource=CLUSTER), listed) == (CLUSTER, "db-1")
    assert stores(resource(AwsRestoreJob, "j2", resource=MACHINE), listed) == (MACHINE, "vol-1")
