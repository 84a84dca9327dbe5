"""Exercises of the response to incidents."""

from datetime import datetime
from functools import partial
from typing import Any

from soc2test import AuditFinding, Exercise, Person, PolicyDocument, Population, control, normal_email
from soc2test_policies._ages import day, disorder, in_window
from soc2test_policies._counted import lacking
from soc2test_policies._joins import problems
from soc2test_policies._named import signer_problem
from soc2test_policies._people import named_problem


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
        "Exercise.category": "an exercise of another plan is none of this one",
        "Exercise.held_at": "an older exercise is none of this year; a year without any is what on_empty finds",
    },
)
def test_the_response_to_incidents_is_exercised(
    exercise: Exercise,
    findings: Population[AuditFinding],
    documents: Population[PolicyDocument],
    persons: Population[Person],
    limits: Any,
    as_of: datetime,
) -> None:
    """The response to incidents was exercised within the year, by the plan, and what came to light is followed up.

    Each exercise of the year has a leader and `participants` beside who worked here then, a document, and as many rows
    in the register of findings as its record counts. A plan that was approved must have been there.

    CC7.4: a plan that was never tried is found not to work in the hour that it is needed.
    """
    held = exercise.held_at
    problem = disorder(as_of, ("held", held))
    problem = problem and f"was {problem}"
    assert not problem, problem
    assert exercise.document is not None, "of it there is no document"
    assert exercise.findings is not None, "its record does not say what came to light"
    problem = signer_problem("leader", exercise.led_by, held, persons)
    assert not problem, problem
    others = {normal_email(email) for email in exercise.participants} - {normal_email(exercise.led_by or "")}
    assert len(others) >= limits.participants, (
        f"{len(others)} took part beside its leader, at least {limits.participants}"
    )
    problem = problems(partial(_was_here, held, persons), sorted(others))
    assert not problem, problem
    plans = [each for each in documents.all("topic", limits.topic) if each.approved_at is not None]
    assert plans, f"there is no approved plan of {limits.topic} that it could have tried on {day(held)}"
    problem = lacking(exercise.id, exercise.findings, findings)
    assert not problem, problem


def _was_here(held: datetime, persons: Population[Person], email: str) -> str:
    return named_problem("participant", email, held, persons)
