"""Exercises of the response to incidents."""

from datetime import datetime
from typing import Any

from soc2test import AuditFinding, Exercise, Incident, Person, PolicyDocument, Population, control
from soc2test_policies._ages import in_window
from soc2test_policies._exercises import exercise_problem


def _of_the_year(exercise: Exercise, limits: Any, as_of: datetime) -> bool:
    return exercise.category == limits.topic and in_window(exercise.held_at, limits.exercise_days, as_of)


@control(
    "INC-07",
    criteria=["CC7.4"],
    nature="occurrence",
    dated="held_at",
    supports={"CC7.5": "what the plan asks for after an incident is tried before one"},
    severity="medium",
    operates="yearly",
    where=_of_the_year,
    limits={"topic": "incident-response", "exercise_days": 365, "participants": 2},
    looser={"exercise_days": "higher", "participants": "lower"},
    least={"exercise_days": 1, "participants": 1},
    words={"topic": ("incident-response", "business-continuity")},
    on_empty="fail",
    blind_spots={
        "Exercise.held_at": "an older exercise is none of this year; a year without any is what on_empty finds",
        "exercises": "another exercise can only claim the document of this one",
    },
)
def test_the_response_to_incidents_is_exercised(
    exercise: Exercise,
    exercises: Population[Exercise],
    incidents: Population[Incident],
    findings: Population[AuditFinding],
    documents: Population[PolicyDocument],
    persons: Population[Person],
    limits: Any,
    as_of: datetime,
) -> None:
    """The response to incidents was exercised within the year, by the plan, and what came to light is followed up.

    Each exercise of the year has a leader and `participants` beside who worked here then, a document of its own that
    is no policy's text and no incident's, and as many rows in the register of findings as its record counts. It names
    the plan that it tried, which is approved. Where its scenario says that it was put off or called off, it is unknown
    whether it was held.

    CC7.4: a plan that was never tried is found not to work in the hour that it is needed.
    """
    texts = [*documents.members, *incidents.members]
    problem = exercise_problem(exercise, exercises, findings, persons, texts, limits.participants, as_of)
    assert not problem, problem
    tried = [each for each in documents.all("topic", limits.topic) if each.id in exercise.plans and each.approved_at]
    assert tried, f"names no approved plan of {limits.topic} that it tried"
