"""Scheduled backups."""

from datetime import datetime, timedelta
from operator import call
from typing import Any

from soc2test import BackupPlan, EncryptionKey, Population, control
from soc2test_policies._ages import day
from soc2test_policies._joins import problems
from soc2test_policies._keys import lost

_CLOCKS_DIFFER = timedelta(hours=1)
"""A job may end between the moment of the evidence and its collection."""
_STARTS_LATE = timedelta(hours=1)
"""Providers begin within the hour of a start, so that two runs lie that much further apart."""


@control(
    "BCK-01",
    criteria=["A1.2"],
    nature="state",
    severity="high",
    operates="daily",
    limits={"rpo_hours": 24, "backup_days": 7},
    looser={"rpo_hours": "higher", "backup_days": "lower"},
    least={"backup_days": 1},
    on_empty="fail",
)
def test_backups_succeed_in_time(plan: BackupPlan, limits: Any, as_of: datetime) -> None:
    """Every backup plan runs by schedule and completed a recovery point within the recovery point objective.

    So it did all the while that its jobs are listed, and its schedule leaves no more time between two starts. Each of
    its rules keeps what it made for `backup_days` or for ever: a slip is often seen days later.

    A1.2: what was lost since the last completed backup can't be brought back.
    """
    assert plan.scheduled, "runs by hand alone"
    asked = (
        lambda: _age_problem(plan, limits.rpo_hours, as_of),
        lambda: _schedule_problem(plan, limits.rpo_hours),
        lambda: _gap_problem(plan, limits.rpo_hours),
        lambda: _kept_problem(plan, limits.backup_days),
    )
    problem = problems(call, asked)
    assert not problem, problem


def _age_problem(plan: BackupPlan, hours: float, as_of: datetime) -> str:
    last = plan.last_success_at
    if last is None:
        return "never completed a recovery point"
    age = as_of - last
    if age < -_CLOCKS_DIFFER:
        return f"completed a recovery point on {day(last)}, which lies after {day(as_of)}"
    if age <= timedelta(hours=hours):
        return ""
    return (
        f"last completed a recovery point on {day(last)}, {age / timedelta(hours=1):.1f} hours "
        f"before {as_of:%Y-%m-%d %H:%M}, limit {hours}"
    )


def _schedule_problem(plan: BackupPlan, hours: float) -> str:
    interval = plan.interval_hours
    return f"starts every {interval:g} hours by its schedule, limit {hours}" if interval > hours else ""


def _gap_problem(plan: BackupPlan, hours: float) -> str:
    gap = plan.longest_gap_hours
    if gap <= hours + _STARTS_LATE / timedelta(hours=1):
        return ""
    return f"was once without a new recovery point for {gap:.1f} hours, limit {hours}"


def _kept_problem(plan: BackupPlan, days: int) -> str:
    kept = plan.retention_days
    return f"keeps recovery points {kept} days, limit {days}" if kept is not None and kept < days else ""


@control("BCK-02", criteria=["A1.2"], nature="state", severity="medium", operates="daily", on_empty="fail")
def test_no_backup_failed_last(plan: BackupPlan) -> None:
    """The last job of every backup plan did not fail.

    A1.2: a job that failed leaves no recovery point behind, and nobody misses it until it is needed.
    """
    assert not plan.last_job_failed, "its last job failed"


@control("BCK-06", criteria=["A1.2"], nature="state", severity="high", operates="continuously", on_empty="fail")
def test_keys_of_backups_can_be_used(plan: BackupPlan, keys: Population[EncryptionKey]) -> None:
    """The keys of the recovery points that a backup plan made are on, and none is on its way to deletion.

    They are those of its completed jobs that are listed.

    A1.2: a recovery point opens only with the key that it was made with, which may be another one than the store's.
    """
    problem = problems(lambda id: lost(id, keys), plan.encryption_keys)
    assert not problem, problem
