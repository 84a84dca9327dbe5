"""Weaknesses that scanners found."""

from datetime import datetime, timedelta
from typing import Any

from soc2test import Person, Population, Vulnerability, control
from soc2test_policies._ages import late
from soc2test_policies._fixes import says_not_yet
from soc2test_policies._joins import allowed
from soc2test_policies._machines import is_machine
from soc2test_policies._second_sources import scanners_watched
from soc2test_policies._states import state_of


def _must_be_fixed(vulnerability: Vulnerability, limits: Any, as_of: datetime) -> bool:
    """Open ones, and those fixed or dismissed within the window; secrets have a control of their own."""
    if vulnerability.category == "secret" or vulnerability.severity == "low":
        return False
    closed = _closed_at(vulnerability)
    return closed is None or as_of - closed <= timedelta(days=limits.window_days)


def _closed_at(vulnerability: Vulnerability) -> datetime | None:
    """When it was fixed or dismissed; None while it is open, whatever else is told of it."""
    return None if state_of(vulnerability) == "open" else vulnerability.closed_at


@control(
    "VUL-01",
    criteria=["CC7.1"],
    nature="event",
    dated="first_seen_at",
    severity="high",
    operates="continuously",
    where=_must_be_fixed,
    limits={"critical_days": 15, "high_days": 30, "medium_days": 90, "window_days": 365},
    looser={"critical_days": "higher", "high_days": "higher", "medium_days": "higher", "window_days": "lower"},
    least={"window_days": 1},
    on_empty="no_occurrences",
    agrees=scanners_watched,
)
def test_vulnerabilities_are_fixed_in_time(vulnerability: Vulnerability, limits: Any, as_of: datetime) -> None:
    """Every vulnerability is fixed, or dismissed, within the days that its severity allows since it was first seen.

    CC7.1: a weakness that was found stays open to attack until it is fixed, the worst for the shortest time; one that
    was dismissed when its days were over had been left open until then.
    """
    days = allowed(
        "severity",
        vulnerability.severity,
        {"critical": limits.critical_days, "high": limits.high_days, "medium": limits.medium_days},
    )
    done = "dismissed" if state_of(vulnerability) == "dismissed" else "fixed"
    problem = late(done, _closed_at(vulnerability), vulnerability.first_seen_at, timedelta(days=days), as_of)
    assert not problem, f"{vulnerability.severity}, {problem}"


@control(
    "VUL-02",
    criteria=["CC7.1"],
    nature="state",
    severity="medium",
    operates="per event",
    where=lambda vulnerability: state_of(vulnerability) == "dismissed",
    on_empty="no_occurrences",
    against=["persons"],
)
def test_dismissals_are_justified(vulnerability: Vulnerability, persons: Population[Person]) -> None:
    """Every vulnerability that was dismissed says by whom and why, and not that its fix is yet to come.

    An account of a machine, by the register of people, is nobody who decided it.

    CC7.1: a finding that was put away without a name and a reason may be a weakness that is still there; one that was
    put away since nobody had time for it, or has only begun, is there for certain.
    """
    by = vulnerability.dismissed_by or ""
    assert _says(by), "was dismissed by nobody named"
    assert not is_machine(vulnerability.source, by, persons), f"was dismissed by {by}, an account of a machine"
    reason = vulnerability.dismissed_reason
    assert _says(reason), "was dismissed without a reason"
    assert not says_not_yet(reason or ""), f"was dismissed while the weakness is still there: {reason}"


def _says(text: str | None) -> bool:
    return text is not None and text.strip() != ""


_CRITICAL = {"critical": True, "high": False, "medium": False, "low": False}


def _critical(vulnerability: Vulnerability) -> bool:
    return allowed("severity", vulnerability.severity, _CRITICAL) and vulnerability.category != "secret"


@control(
    "VUL-07",
    criteria=["CC7.1"],
    nature="state",
    severity="high",
    operates="continuously",
    where=_critical,
    limits={"open_days": 15},
    looser={"open_days": "higher"},
    on_empty="no_occurrences",
)
def test_critical_vulnerabilities_are_not_left_open(vulnerability: Vulnerability, limits: Any, as_of: datetime) -> None:
    """Every critical vulnerability is closed, or known to be open for no longer than the allowed days.

    A scanner's report does not tell since when it finds something: what is critical there and still open is not
    evaluated until a source that does tell names it too.

    CC7.1: a critical weakness that is open today counts today, whatever was fixed in time before.
    """
    if state_of(vulnerability) == "open":
        open_for = as_of - vulnerability.first_seen_at
        limit = timedelta(days=limits.open_days)
        assert open_for <= limit, f"is open for {open_for.days} days, limit {limits.open_days}"
