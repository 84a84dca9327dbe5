"""Scheduled backups."""

from datetime import datetime, timedelta
from typing import Any

from soc2test import BackupPlan, control
from soc2test_policies._ages import day

_CLOCKS_DIFFER = timedelta(hours=1)
"""A job may end between the moment of the evidence and its collection."""


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

    Each of its rules keeps what it made for `backup_days` or for ever: a slip is often seen days later.

    A1.2: what was lost since the last completed backup can't be brought back.
    """
    assert plan.scheduled, "runs by hand alone"
    last = plan.last_success_at
    assert last is not None, "never completed a recovery point"
    age = as_of - last
    assert age >= -_CLOCKS_DIFFER, f"completed a recovery point on {day(last)}, which lies after {day(as_of)}"
    assert age <= timedelta(hours=limits.rpo_hours), (
        f"last completed a recovery point on {day(last)}, {age / timedelta(hours=1):.1f} hours "
        f"before {as_of:%Y-%m-%d %H:%M}, limit {limits.rpo_hours}"
    )
    kept = plan.retention_days
    assert kept is None or kept >= limits.backup_days, f"keeps recovery points {kept} days, limit {limits.backup_days}"


@control("BCK-02", criteria=["A1.2"], nature="state", severity="medium", operates="daily", on_empty="fail")
def test_no_backup_failed_last(plan: BackupPlan) -> None:
    """The last job of every backup plan did not fail.

    A1.2: a job that failed leaves no recovery point behind, and nobody misses it until it is needed.
    """
    assert not plan.last_job_failed, "its last job failed"
