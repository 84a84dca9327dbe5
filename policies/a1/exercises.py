"""Exercises of the plans for continuity."""

from datetime import datetime
from typing import Any

from soc2test import AuditFinding, ContinuityPlan, Exercise, Person, Population, control
from soc2test_policies._ages import overdue
from soc2test_policies._exercises import exercise_problem
from soc2test_policies._joins import problems

_CATEGORY = "business-continuity"
"""An exercise of the response to incidents that names a plan for continuity too brought no process back."""


@control(
    "CON-03",
    criteria=["A1.3"],
    nature="state",
    supports={
        "CC7.5": "what is done to come back is tried before it has to be",
        "CC9.1": "a plan for what stops the business is tried",
    },
    severity="medium",
    operates="yearly",
    limits={"exercise_days": 365, "participants": 2},
    looser={"exercise_days": "higher", "participants": "lower"},
    least={"participants": 1},
    on_empty="fail",
)
def test_continuity_plans_are_exercised(
    plan: ContinuityPlan,
    exercises: Population[Exercise],
    findings: Population[AuditFinding],
    persons: Population[Person],
    limits: Any,
    as_of: datetime,
) -> None:
    """Every plan for continuity was exercised within the year, and its process was back in the time it may be down.

    Exercises of continuity count, the last of a plan and the last of them that measured how long its process was down:
    one that took too long is made again, and talking it through is no measure. Where nothing was ever stopped there is
    no time to compare. A leader and `participants` beside worked here then; its document is that of no other exercise
    and not the plan itself, and its findings are in the register of findings. Where its scenario says that it was put
    off or called off, it is unknown whether it was held.

    A1.3: that a process comes back by its plan is known from having tried it.
    """
    own = [exercise for exercise in exercises.all("plans", plan.id) if exercise.category == _CATEGORY]
    newest_first = sorted(own, key=lambda exercise: exercise.held_at, reverse=True)
    assert newest_first, f"no exercise of {_CATEGORY} names it"
    newest = newest_first[0]
    problem = overdue("last exercised", newest.held_at, limits.exercise_days, as_of)
    assert not problem, problem

    def check(exercise: Exercise) -> str:
        problem = _too_long(exercise, plan)
        texts = [plan]
        problem = problem or exercise_problem(exercise, exercises, findings, persons, texts, limits.participants, as_of)
        return problem and f"{exercise.id}: {problem}"

    # of two that were held at one moment nobody knows which was the last
    last = [*_held_with(newest, newest_first), *_last_measured(newest_first)]
    problem = problems(check, last)
    assert not problem, problem


def _too_long(exercise: Exercise, plan: ContinuityPlan) -> str:
    took, allowed = exercise.downtime_hours, plan.rto_hours
    if took is None:
        return ""
    if allowed is None:
        return "its plan says not how long its process may be down"
    return f"its process was down {took} hours, and may be {allowed}" if took > allowed else ""


def _held_with(exercise: Exercise, others: list[Exercise]) -> list[Exercise]:
    return [other for other in others if other.held_at == exercise.held_at]


def _last_measured(newest_first: list[Exercise]) -> list[Exercise]:
    """The last exercise that measured a time, with those of the same moment that did."""
    last = next((exercise for exercise in newest_first if exercise.downtime_hours is not None), None)
    if last is None:
        return []
    return [other for other in _held_with(last, newest_first) if other.downtime_hours is not None]
