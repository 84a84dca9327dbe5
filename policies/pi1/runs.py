"""That jobs ran when they were due, and what became of runs that failed."""

from datetime import datetime, timedelta
from operator import call
from typing import Any

from soc2test import JobRun, Population, ProcessingJob, ScheduledJob, UnknownFact, any_of, control
from soc2test_policies._ages import day, due_in_window, late
from soc2test_policies._processing import is_specified, run_name
from soc2test_policies._schedules import is_due_at, last_due


def _should_run(job: ScheduledJob, jobs: Population[ProcessingJob], limits: Any, as_of: datetime) -> bool:
    """What is started, or should be by the register, and was due since it is there."""
    if job.suspended and not is_specified(job, jobs):
        return False
    due = last_due(job.schedule, job.time_zone, as_of - timedelta(hours=limits.late_hours))
    return due is None or due >= job.made_at


@control(
    "PRC-05",
    criteria=["PI1.3"],
    nature="state",
    severity="high",
    operates="continuously",
    where=_should_run,
    limits={"late_hours": 24},
    looser={"late_hours": "higher"},
)
def test_jobs_run_when_they_are_due(
    job: ScheduledJob, jobs: Population[ProcessingJob], limits: Any, as_of: datetime
) -> None:
    """Every job that a system starts by a schedule ended well since it was last due, `late_hours` ago or longer.

    That a run ended well says nothing of what it processed: PRC-07 and PRC-08 test that.

    PI1.3: what is not processed in its time is missing wherever its results are used.
    """
    assert not job.suspended, "is suspended, and in use by the register of processing jobs"
    due = last_due(job.schedule, job.time_zone, as_of - timedelta(hours=limits.late_hours))
    assert due is not None, f"is never due by its schedule {job.schedule!r}"
    done, started = job.last_succeeded_at, job.last_started_at
    assert done is not None, f"never ended well, and {run_name(due)} is over"
    assert done <= as_of, f"ended well on {day(done)}, which lies after {day(as_of)}"
    assert done >= due, f"last ended well on {done:%Y-%m-%d %H:%M}, before {run_name(due)}"
    if job.time_zone is None and started is not None and not is_due_at(job.schedule, None, started):
        text = f"was due at {started:%H:%M} UTC, which is not in its schedule: its system's clock is of another zone"
        raise UnknownFact("time_zone", f"{text}; set the zone of the schedule")


def _failures_would_show(schedules: Population[ScheduledJob]) -> None:
    """Each system keeps the newest failed run of each of its jobs, so that none is listed where none failed."""
    jobs = list(schedules)
    if not jobs:
        raise UnknownFact("", "no system lists a job: whether runs failed is nowhere told")
    for job in jobs:
        assert job.failures_kept, f"failed runs of {job.id} are deleted: none is listed whatever failed"


def _failed_lately(run: JobRun, limits: Any, as_of: datetime) -> bool:
    if run.outcome != "failed" or run.job is None:
        return False
    return due_in_window(run.ended_at, timedelta(hours=limits.retry_hours), limits.since_days, as_of)


@control(
    "PRC-06",
    criteria=["PI1.3"],
    nature="event",
    dated="ended_at",
    supports={"CC7.3": "a job that failed is an event that somebody has to act on"},
    severity="high",
    operates="per event",
    where=_failed_lately,
    limits={"retry_hours": 24, "since_days": 365},
    looser={"retry_hours": "higher", "since_days": "lower"},
    least={"since_days": 1},
    on_empty="no_occurrences",
    agrees=_failures_would_show,
    blind_spots={
        "JobRun.job": "a run that no schedule started has no next one; its failure is somebody's who waits for it",
        "runs": "a run that is listed shows a success too, where the schedule tells of none",
    },
)
def test_failed_runs_are_made_good(
    run: JobRun, runs: Population[JobRun], schedules: Population[ScheduledJob], limits: Any, as_of: datetime
) -> None:
    """Every run of a job that failed was followed by one that ended well, or may be yet within the allowed hours.

    A system tells its newest success alone: one that came too late is seen while it is awaited, not afterwards.

    PI1.3: what a failed run left undone is done by the next one, or by a retry.
    """
    failed, job = run.ended_at, run.job
    assert failed is not None, "failed at no time that its system tells"

    def well(other: JobRun) -> bool:
        return other.outcome == "succeeded" and other.ended_at is not None and other.ended_at > failed

    def since(schedule: ScheduledJob) -> bool:
        return schedule.last_succeeded_at is not None and schedule.last_succeeded_at > failed

    shown = (lambda: any_of(schedules.all("id", job), since)), (lambda: any_of(runs.all("job", job), well))
    if any_of(shown, call):
        return
    problem = late("followed by a run that ended well", None, failed, timedelta(hours=limits.retry_hours), as_of)
    assert not problem, problem
