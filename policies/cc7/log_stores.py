"""Logs of workloads, beside the audit logs of tenants."""

from typing import Any

from soc2test import LogStore, control


@control(
    "LOG-09",
    criteria=["CC7.2"],
    nature="state",
    supports={"CC7.4": "there is something to look into when an incident is noticed late"},
    severity="low",
    operates="continuously",
    limits={"retention_days": 90},
    looser={"retention_days": "lower"},
    least={"retention_days": 1},
    on_empty="no_occurrences",
)
def test_workload_logs_are_kept(store: LogStore, limits: Any) -> None:
    """Every store of logs keeps them for the required days, or for ever.

    CC7.2: what was recorded can be searched for anomalies only as long as it is kept.
    """
    days = store.retention_days
    assert days is None or days >= limits.retention_days, f"keeps {days} days, limit {limits.retention_days}"
