"""Audit logs of every tenant."""

from datetime import datetime, timedelta
from operator import call
from typing import Any

from soc2test import LogSink, Population, UnknownFact, control
from soc2test_policies._ages import WINDOW, disorder, stop_problem
from soc2test_policies._joins import problems
from soc2test_policies._whole_logs import aside, done_by_another


@control("LOG-01", criteria=["CC7.2"], nature="state", severity="critical", operates="continuously", on_empty="fail")
def test_audit_logs_are_delivered(sink: LogSink, sinks: Population[LogSink]) -> None:
    """Every audit log is on and its last delivery succeeded, unless another one records all of its scope.

    CC7.2: what happens in a scope can be watched only while its audit log records and delivers.
    """
    if not _surely_done(sink, sinks):
        assert sink.delivering or done_by_another(sink, sinks), "is off, or its last delivery failed"


@control("LOG-02", criteria=["CC7.2"], nature="state", severity="high", operates="continuously", on_empty="fail")
def test_audit_logs_cover_everything(sink: LogSink, sinks: Population[LogSink]) -> None:
    """Every audit log takes in management events of all regions, unless another one records all of its scope.

    CC7.2: an intruder changes rights and settings, in regions that nobody uses too: a log without these events misses
    it.
    """
    if not _surely_done(sink, sinks):
        assert sink.all_regions or done_by_another(sink, sinks), "leaves regions out"
        assert sink.management_events or done_by_another(sink, sinks), "leaves management events out"


def _surely_done(sink: LogSink, sinks: Population[LogSink]) -> bool:
    try:
        return done_by_another(sink, sinks)
    except UnknownFact:
        return False


@control("LOG-03", criteria=["CC7.2"], nature="state", severity="medium", operates="continuously")
def test_audit_logs_show_tampering(sink: LogSink, sinks: Population[LogSink]) -> None:
    """Tampering with any audit log that its scope relies on can be detected afterwards.

    CC7.2: a log that can be altered unseen tells what an intruder lets it tell.
    """
    assert aside(sink, sinks) or sink.integrity_checked, "a changed or deleted record would not be noticed"


@control(
    "LOG-04",
    criteria=["CC7.2"],
    nature="state",
    severity="medium",
    operates="continuously",
    limits={"retention_days": 365},
    looser={"retention_days": "lower"},
    least={"retention_days": 1},
)
def test_audit_logs_are_kept(sink: LogSink, sinks: Population[LogSink], limits: Any) -> None:
    """Every audit log that its scope relies on is kept for the required days, or for ever.

    CC7.2: an intrusion is often noticed months later, and its traces have to be there still.
    """
    if aside(sink, sinks):
        return
    days = sink.retention_days
    assert days is None or days >= limits.retention_days, f"is kept {days} days, limit {limits.retention_days}"


@control(
    "LOG-11",
    criteria=["CC7.2"],
    nature="state",
    severity="high",
    operates="continuously",
    limits={"delivery_hours": 24, "recorded_days": WINDOW},
    looser={"delivery_hours": "higher", "recorded_days": "lower"},
    least={"recorded_days": 1},
)
def test_audit_logs_delivered_lately(sink: LogSink, sinks: Population[LogSink], limits: Any, as_of: datetime) -> None:
    """Every audit log that its scope relies on delivered within the allowed hours, and was never off in the year.

    `recorded_days` is how far back it must have been on without a stop, unless another log took in all of its scope
    meanwhile. One that is younger deviates, also where its tenant is.

    CC7.2: a log may be on and deliver nothing, which its settings do not show; what happened while it was off is lost.
    """
    if aside(sink, sinks):
        return
    asked = (
        lambda: _delivery_problem(sink, timedelta(hours=limits.delivery_hours), as_of),
        lambda: _stop_problem(sink, sinks, limits.recorded_days, as_of),
    )
    problem = problems(call, asked)
    assert not problem, problem


def _delivery_problem(sink: LogSink, limit: timedelta, as_of: datetime) -> str:
    last = sink.last_delivered_at
    if last is None:
        return "never delivered anything"
    ahead = disorder(as_of, ("last delivered", last))
    age = as_of - last
    if ahead or age <= limit:
        return ahead
    hours = timedelta(hours=1)
    return f"last delivered {age / hours:.1f} hours before {as_of:%Y-%m-%d %H:%M}, limit {limit / hours:g}"


def _stop_problem(sink: LogSink, sinks: Population[LogSink], days: int, as_of: datetime) -> str:
    """What is wrong where a log was off in the last `days`, and no other one stood in for it all the while."""
    problem = stop_problem(sink.recording_since, days, as_of)
    if problem and done_by_another(
        sink, sinks, also=lambda other: not stop_problem(other.recording_since, days, as_of)
    ):
        return ""
    return problem
