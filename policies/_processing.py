"""Processing jobs and what systems run: which runs were due, and who has to be in the register."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from soc2test import (
    Delivery,
    InputBatch,
    Population,
    ProcessingJob,
    Reconciliation,
    ScheduledJob,
    UnknownFact,
    any_of,
    deviation,
)
from soc2test_policies._ages import day
from soc2test_policies._joins import known, problems, told
from soc2test_policies._schedules import due_between, is_due_at

__all__ = [
    "Told",
    "due_runs",
    "is_specified",
    "jobs_told",
    "lacking",
    "minute",
    "run_name",
    "specified",
    "untimely",
    "version_of",
]


def specified(job: ScheduledJob, jobs: Population[ProcessingJob]) -> Iterator[ProcessingJob]:
    """The entries of the register that are of a system's job. Raises `UnknownFact` last where further ones may be."""
    yield from jobs.all("runs_as", f"{job.source}:{job.id}")


def is_specified(job: ScheduledJob, jobs: Population[ProcessingJob]) -> bool:
    """Whether the register has an entry of a system's job. Raises `UnknownFact` where that can't be told."""
    return any_of(specified(job, jobs), lambda entry: True)


def version_of(job: ProcessingJob) -> str:
    """How messages name the specification in force."""
    return told(lambda: f"version {job.version}", "the version in force")


def jobs_told(schedules: Population[ScheduledJob], jobs: Population[ProcessingJob]) -> None:
    """The register of processing jobs has each job that a system starts."""
    for job in schedules.members:
        runs = told(lambda job=job: not job.suspended, True)  # type: ignore[misc]
        if runs and not is_specified(job, jobs):
            deviation(job, f"{job.source} starts {job.id}, and no entry runs_as it: enter the job")


def due_runs(job: ProcessingJob, settle: timedelta, days: int, as_of: datetime) -> Iterator[datetime]:
    """The runs of the last `days` that were due at least `settle` ago. Raises `UnknownFact` where none was."""
    since = max(job.in_use_since, as_of - timedelta(days=days))
    runs = due_between(job.schedule, job.time_zone, since, as_of - settle)
    if not runs:
        raise UnknownFact("", "no run of it was due in the window and is over by now", kind="ProcessingJob")
    yield from runs


class Told(NamedTuple):
    """What is told of the runs of jobs."""

    batches: Population[InputBatch]
    totals: Population[Reconciliation]
    deliveries: Population[Delivery]

    def of(self, job: ProcessingJob) -> tuple[Iterable[InputBatch | Reconciliation | Delivery], ...]:
        """The rows of one job."""
        return self.batches.all("job", job.id), self.totals.all("job", job.id), self.deliveries.all("job", job.id)


def untimely(job: ProcessingJob, told_of_runs: Told, days: int, as_of: datetime) -> str:
    """What is wrong where something is told of a run that was before the job is in use by its row, or that was never
    due.

    The day shortens the window of runs that are asked for, and where no system starts the job nothing else tells it. A
    run that was not due is none that is asked for, so that nothing else would look at it; the schedule of today is held
    against those of the last `days` alone.
    """
    since, lately = job.in_use_since, as_of - timedelta(days=days)

    def early(rows: Iterable[InputBatch | Reconciliation | Delivery]) -> str:
        first = _first_of(rows, lambda row: row.run_due < since)
        return first and f"its row says in use since {day(since)}, and {first}"

    def never_due(rows: Iterable[InputBatch | Reconciliation | Delivery]) -> str:
        first = _first_of(
            rows, lambda row: row.run_due >= lately and not is_due_at(job.schedule, job.time_zone, row.run_due)
        )
        return first and f"{first}, and none is due then by its schedule"

    return problems(lambda look: problems(look, told_of_runs.of(job)), (early, never_due))


def _first_of(
    rows: Iterable[InputBatch | Reconciliation | Delivery],
    test: Callable[[InputBatch | Reconciliation | Delivery], bool],
) -> str:
    """Which of the rows for which a test holds is of the first run; "" where it holds for none.

    Raises `UnknownFact` where that is unknown of one, and it holds for none that is known.
    """
    found, unknown = known(rows, test)
    if unknown is not None and not found:
        raise unknown
    first = min(found, key=lambda row: row.run_due, default=None)
    return "" if first is None else f"{first.id} is of {run_name(first.run_due)}"


def minute(moment: datetime) -> datetime:
    """A moment without its seconds, as schedules tell them."""
    return moment.replace(second=0, microsecond=0) if moment.second or moment.microsecond else moment


def run_name(moment: datetime) -> str:
    """How messages name a run."""
    return f"the run due {moment:%Y-%m-%d %H:%M}"


def lacking(done: Callable[[datetime], bool], runs: Iterable[datetime]) -> str:
    """Which of the runs are not `done`: how many, and the first; "" where all are.

    Raises `UnknownFact` where that is unknown of one and none is known to be not.
    """
    asked = list(runs)
    missing, unknown = known(asked, lambda run: not done(run))
    if missing:
        return f"{len(missing)} of {len(asked)} runs, first {run_name(missing[0])}"
    if unknown is not None:
        raise unknown
    return ""
