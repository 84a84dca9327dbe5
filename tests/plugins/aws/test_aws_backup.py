"""AWS Backup: which job of a plan was the last."""

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
