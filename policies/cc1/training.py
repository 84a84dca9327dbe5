"""Security training, on hire and each year."""

from datetime import datetime, timedelta
from typing import Any

from soc2test import Person, Population, TrainingRecord, control
from soc2test_policies._ages import day
from soc2test_policies._joins import exists


def _joined_lately(person: Person, limits: Any, as_of: datetime) -> bool:
    """Those whose training on hire fell due within the window; one who left before that owed none."""
    due = person.started_at + timedelta(days=limits.hire_days)
    stayed = person.ended_at is None or person.ended_at > due
    return stayed and timedelta() <= as_of - due <= timedelta(days=limits.window_days)


@control(
    "PPL-04",
    criteria=["CC1.4"],
    nature="event",
    supports={"CC2.2": "people hear of their security duties when they start"},
    severity="medium",
    operates="per event",
    where=_joined_lately,
    limits={"course": "security-awareness", "hire_days": 30, "window_days": 365},
    looser={"hire_days": "higher", "window_days": "lower"},
    least={"window_days": 1},
    on_empty="no_occurrences",
)
def test_people_are_trained_on_hire(person: Person, records: Population[TrainingRecord], limits: Any) -> None:
    """Everybody who joined within the year, contractors and leavers too, passed the training within days of joining."""
    due = person.started_at + timedelta(days=limits.hire_days)
    assert exists(records.all("person_email", person.email), lambda each: _passed(each, limits.course, due)), (
        f"started on {day(person.started_at)} and did not pass {limits.course} by {day(due)}, limit {limits.hire_days}"
    )


@control(
    "PPL-05",
    criteria=["CC1.4"],
    nature="state",
    supports={"CC2.2": "security awareness is kept up"},
    severity="medium",
    operates="yearly",
    where=lambda person: person.active,
    limits={"course": "security-awareness", "hire_days": 30, "yearly_days": 365},
    looser={"hire_days": "higher", "yearly_days": "higher"},
)
def test_people_are_trained_each_year(
    person: Person, records: Population[TrainingRecord], limits: Any, as_of: datetime
) -> None:
    """Every active person passed the security training within the year, or joined only lately."""
    if as_of - person.started_at <= timedelta(days=limits.hire_days):
        return
    since = as_of - timedelta(days=limits.yearly_days + 1)
    own = records.all("person_email", person.email)
    assert exists(own, lambda each: _passed(each, limits.course, as_of, since)), (
        f"did not pass {limits.course} in the {limits.yearly_days} days before {day(as_of)}"
    )


def _passed(record: TrainingRecord, course: str, until: datetime, since: datetime | None = None) -> bool:
    at = record.completed_at if record.course == course else None
    return at is not None and record.passed and at <= until and (since is None or at > since)
