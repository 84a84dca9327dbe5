"""Cron jobs and their runs as a cluster tells them."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from kubernetes_reading import every, gap_codes, listing, load, only, planned, pod, thing

from soc2test import JobRun, ScheduledJob, UnknownFact
from soc2test_plugins.kubernetes.kinds import CronJob, Job

TEMPLATE = {"template": {"spec": pod()["spec"]}}


def cron_job(template: Any = None, status: Any = None, **spec: Any) -> dict[str, Any]:
    body = {"schedule": "15 2 * * *", "jobTemplate": {"spec": {**TEMPLATE, **(template or {})}}, **spec}
    made = {"creationTimestamp": "2025-06-16T13:20:11Z"}
    return thing("CronJob", "reports", "batch/v1", namespace="shop", metadata=made, spec=body, status=status or {})


def job(*conditions: tuple[str, str], owner: Any = None, **status: Any) -> dict[str, Any]:
    told = [{"type": name, "status": said, "lastTransitionTime": "2026-11-12T02:24:41Z"} for name, said in conditions]
    metadata = {} if owner is None else {"ownerReferences": [owner]}
    return thing("Job", "reports-1", "batch/v1", namespace="shop", metadata=metadata, spec=TEMPLATE,
                 status={"conditions": told, **status})  # fmt: skip


def owner(kind: str = "CronJob", api: str = "batch/v1", **more: Any) -> dict[str, Any]:
    return {"apiVersion": api, "kind": kind, "name": "reports", **more}


def scheduled(tmp_path: Path, body: dict[str, Any]) -> ScheduledJob:
    return only(load(tmp_path, {"get.cronjobs": listing(body)}), ScheduledJob)


def ran(tmp_path: Path, body: dict[str, Any]) -> JobRun:
    return only(load(tmp_path, {"get.jobs": listing(body)}), JobRun)


def test_a_cron_job_says_when_it_is_due_and_last_ran(tmp_path: Path) -> None:
    status = {"lastScheduleTime": "2026-11-20T02:15:00Z", "lastSuccessfulTime": "2026-11-20T02:17:31Z"}
    found = scheduled(tmp_path, cron_job(status=status, timeZone="Europe/Berlin", suspend=True))
    assert found.id == "prod/CronJob/shop/reports"
    assert (found.schedule, found.time_zone, found.suspended) == ("15 2 * * *", "Europe/Berlin", True)
    assert found.made_at == datetime(2025, 6, 16, 13, 20, 11, tzinfo=UTC)
    assert found.last_started_at == datetime(2026, 11, 20, 2, 15, tzinfo=UTC)
    assert found.last_succeeded_at == datetime(2026, 11, 20, 2, 17, 31, tzinfo=UTC)


def test_a_cron_job_that_never_ran_says_so(tmp_path: Path) -> None:
    found = scheduled(tmp_path, cron_job())
    assert (found.time_zone, found.suspended, found.last_started_at, found.last_succeeded_at) == (
        None, False, None, None
    )  # fmt: skip


def test_without_a_status_nothing_is_known_of_runs(tmp_path: Path) -> None:
    body = cron_job()
    del body["status"]
    found = scheduled(tmp_path, body)
    with pytest.raises(UnknownFact):
        _ = found.last_succeeded_at
    assert found.schedule == "15 2 * * *"


@pytest.mark.parametrize(
    ("template", "spec", "kept"),
    [
        ({}, {}, True),
        ({}, {"failedJobsHistoryLimit": 3}, True),
        ({}, {"failedJobsHistoryLimit": None}, False),
        ({}, {"failedJobsHistoryLimit": 0}, False),
        ({"ttlSecondsAfterFinished": 3600}, {}, False),
    ],
)
def test_failed_runs_are_kept_unless_somebody_set_otherwise(
    tmp_path: Path, template: Any, spec: Any, kept: bool
) -> None:
    found = scheduled(tmp_path, cron_job(template, **spec))
    if spec.get("failedJobsHistoryLimit", 1) is None:
        with pytest.raises(UnknownFact):
            _ = found.failures_kept
    else:
        assert found.failures_kept is kept


@pytest.mark.parametrize(
    ("conditions", "status", "outcome"),
    [
        ([("FailureTarget", "True"), ("Failed", "True")], {}, "failed"),
        ([("SuccessCriteriaMet", "True"), ("Complete", "True")], {"completionTime": "2026-11-12T02:24:41Z"},
         "succeeded"),
        ([], {"active": 1}, "running"),
        ([("Failed", "False")], {}, "running"),
        ([("Suspended", "True")], {}, "running"),
    ],
)  # fmt: skip
def test_a_job_says_how_it_ended(tmp_path: Path, conditions: Any, status: Any, outcome: str) -> None:
    found = ran(tmp_path, job(*conditions, **status))
    assert found.outcome == outcome
    assert found.ended_at == (None if outcome == "running" else datetime(2026, 11, 12, 2, 24, 41, tzinfo=UTC))


@pytest.mark.parametrize(
    ("owned", "of"),
    [
        (None, None),
        (owner(controller=True), "prod/CronJob/shop/reports"),
        (owner(), "prod/CronJob/shop/reports"),
        (owner("CronWorkflow", "argoproj.io/v1alpha1"), None),
        (owner(api="batch.volcano.sh/v1alpha1"), None),
    ],
)
def test_a_job_is_of_the_cron_job_that_owns_it(tmp_path: Path, owned: Any, of: str | None) -> None:
    assert ran(tmp_path, job(owner=owned)).job == of


def test_what_a_cron_job_started_is_a_run_and_no_workload(tmp_path: Path) -> None:
    inventory = load(tmp_path, {"get.jobs": listing(job(("Failed", "True"), owner=owner(controller=True)))})
    assert [each.id for each in every(inventory, JobRun)] == ["prod/Job/shop/reports-1"]
    assert every(inventory, Job) == []


def test_a_manifest_has_not_run(tmp_path: Path) -> None:
    inventory = planned(tmp_path, cron_job(), job())
    assert [each.id for each in every(inventory, CronJob)] == ["prod/manifests/CronJob/shop/reports"]
    assert (every(inventory, ScheduledJob), every(inventory, JobRun)) == ([], [])


def test_a_list_that_is_cut_leaves_runs_and_schedules_partial(tmp_path: Path) -> None:
    inventory = load(
        tmp_path, {"get.jobs": listing(remainingItemCount=3), "get.cronjobs": listing(remainingItemCount=1)}
    )
    assert gap_codes(inventory, JobRun)
    assert gap_codes(inventory, ScheduledJob)
