"""AWS Backup: which job of a plan was the last."""

from datetime import datetime
from typing import Any

import pytest
from aws_reading import told

PLAN = "arn:aws:backup:eu-west-1:012345678901:backup-plan:daily"


def job(resource: str, day: int, state: str) -> dict[str, Any]:
    """A job of the plan, at the same minute for all resources of a run."""
    return {
        "ResourceArn": f"arn:aws:s3:::{resource}",
        "CreationDate": f"2026-11-{day}T05:00:00+00:00",
        "CompletionDate": f"2026-11-{day}T05:25:00+00:00",
        "State": state,
        "CreatedBy": {"BackupPlanArn": PLAN},
    }


def failed(*jobs: dict[str, Any]) -> object:
    return told("backup list-backup-jobs", {"BackupJobs": list(jobs)}).get("last_job_failed", "unknown")


def succeeded(*jobs: dict[str, Any]) -> object:
    found = told("backup list-backup-jobs", {"BackupJobs": list(jobs)}).get("last_success_at", "unknown")
    return found.day if isinstance(found, datetime) else found


@pytest.mark.parametrize("turn", [1, -1])
def test_a_plan_succeeded_last_when_the_resource_did_that_is_longest_without(turn: int) -> None:
    jobs = [job("data", 18, "COMPLETED"), job("data", 20, "COMPLETED"), job("logs", 19, "COMPLETED")]
    assert succeeded(*jobs[::turn]) == 19
    assert succeeded(*jobs[::turn], job("logs", 20, "FAILED")) == 19
    assert succeeded(*jobs[::turn], job("logs", 20, "COMPLETED")) == 20


@pytest.mark.parametrize("state", ["ABORTED", "EXPIRED", "FAILED", "PARTIAL"])
def test_a_resource_that_never_succeeded_leaves_its_plan_without_success(state: str) -> None:
    assert succeeded(job("data", 20, "COMPLETED"), job("logs", 20, state)) is None


@pytest.mark.parametrize("state", ["ABORTING", "CREATED", "PENDING", "RUNNING"])
def test_a_first_job_of_a_resource_that_has_not_ended_is_no_failure(state: str) -> None:
    assert succeeded(job("data", 20, "COMPLETED"), job("logs", 20, state)) == 20
    assert succeeded(job("data", 19, "COMPLETED"), job("data", 20, state)) == 19
    assert succeeded(job("logs", 20, state)) is None


def test_a_job_in_a_state_that_nobody_knows_leaves_the_last_success_open() -> None:
    assert succeeded(job("data", 20, "COMPLETED"), job("logs", 20, "PAUSED")) == "unknown"


@pytest.mark.parametrize("turn", [1, -1])
def test_no_job_of_the_last_run_hides_one_that_failed(turn: int) -> None:
    run = [job("data", 20, "COMPLETED"), job("logs", 20, "FAILED")]
    assert failed(*run[::turn])


@pytest.mark.parametrize("state", ["ABORTED", "EXPIRED", "FAILED", "PARTIAL"])
def test_a_failure_counts_until_the_next_success(state: str) -> None:
    assert failed(job("data", 19, "COMPLETED"), job("data", 20, state)) is True
    assert failed(job("data", 19, state), job("data", 20, "COMPLETED")) is False


def test_jobs_that_still_run_decide_nothing() -> None:
    assert failed(job("data", 19, "FAILED"), job("data", 20, "RUNNING")) is True
    assert failed(job("data", 20, "RUNNING")) == "unknown"


def test_keys_are_those_of_jobs_that_completed() -> None:
    jobs = [
        {**job("a", 19, "COMPLETED"), "EncryptionKeyArn": "arn:k1"},
        {**job("a", 18, "COMPLETED"), "EncryptionKeyArn": "arn:k1"},
        {**job("a", 17, "FAILED"), "EncryptionKeyArn": "arn:k2"},
        {**job("a", 20, "RUNNING"), "EncryptionKeyArn": "arn:k3"},
        job("a", 16, "COMPLETED"),
    ]
    assert told("backup list-backup-jobs", {"BackupJobs": jobs})["encryption_keys"] == ("arn:k1",)
