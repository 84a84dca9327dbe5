"""Weaknesses that scanners found."""

from datetime import datetime, timedelta
from typing import Any

from soc2test import UnknownFact, Vulnerability, control
from soc2test_policies._ages import late
from soc2test_policies._joins import allowed


def _must_be_fixed(vulnerability: Vulnerability, limits: Any, as_of: datetime) -> bool:
    """Open ones, and those fixed within the window; secrets and dismissed ones have controls of their own."""
    if vulnerability.category == "secret" or vulnerability.state == "dismissed" or vulnerability.severity == "low":
        return False
    closed = vulnerability.closed_at
    return closed is None or as_of - closed <= timedelta(days=limits.window_days)


@control(
    "VUL-01",
    criteria=["CC7.1"],
    severity="high",
    operates="continuously",
    where=_must_be_fixed,
    limits={"critical_days": 15, "high_days": 30, "medium_days": 90, "window_days": 365},
    least={"window_days": 1},
    on_empty="no_occurrences",
)
def test_vulnerabilities_are_fixed_in_time(vulnerability: Vulnerability, limits: Any, as_of: datetime) -> None:
    """Every vulnerability is fixed within the days that its severity allows, counted from when it was first seen."""
    days = allowed(
        "severity",
        vulnerability.severity,
        {"critical": limits.critical_days, "high": limits.high_days, "medium": limits.medium_days},
    )
    problem = late("fixed", vulnerability.closed_at, vulnerability.first_seen_at, timedelta(days=days), as_of)
    assert not problem, f"{vulnerability.severity}, {problem}"


@control(
    "VUL-02",
    criteria=["CC7.1"],
    severity="medium",
    operates="per event",
    where=lambda vulnerability: vulnerability.state == "dismissed",
    on_empty="no_occurrences",
)
def test_dismissals_are_justified(vulnerability: Vulnerability) -> None:
    """Every vulnerability that was dismissed says by whom and why."""
    assert vulnerability.dismissed_by is not None, "was dismissed by nobody named"
    assert vulnerability.dismissed_reason, "was dismissed without a reason"


@control(
    "VUL-07",
    criteria=["CC7.1"],
    severity="high",
    operates="continuously",
    where=lambda vulnerability: vulnerability.severity == "critical" and vulnerability.category != "secret",
    limits={"open_days": 15},
    on_empty="no_occurrences",
)
def test_critical_vulnerabilities_are_not_left_open(vulnerability: Vulnerability, limits: Any, as_of: datetime) -> None:
    """Every critical vulnerability is closed, or known to be open for no longer than the allowed days.

    A scanner's report does not tell since when it finds something: what is critical there must be gone.
    """
    if vulnerability.state != "open":
        return
    try:
        open_for = as_of - vulnerability.first_seen_at
    except UnknownFact:  # no excuse for what is open, and a deviation is never green
        open_for = None
    assert open_for is not None, "is open, and nothing tells since when"
    assert open_for <= timedelta(days=limits.open_days), f"is open for {open_for.days} days, limit {limits.open_days}"
