"""Exercises of the plans for continuity."""

from datetime import datetime
from typing import Any

from soc2test import AuditFinding, ContinuityPlan, Exercise, Person, Population, control
from soc2test_policies._ages import overdue
from soc2test_policies._exercises import exercise_problem


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

    The last exercise of a plan counts: one that failed is made again. Where nothing was stopped there is no time to
    compare. A leader and `participants` beside worked here then; its findings are in the register of findings.

    A1.3: that a process comes back by its plan is known from having tried it.
    """
    newest = max(exercises.all("plans", plan.id), key=lambda exercise: exercise.held_at, default=None)
    assert newest is not None, "no exercise names it"
    problem = overdue("last exercised", newest.held_at, limits.exercise_days, as_of)
    assert not problem, problem
    problem = exercise_problem(newest, findings, persons, limits.participants, as_of)
    assert not problem, f"{newest.id}: {problem}"
    took, allowed = newest.downtime_hours, plan.rto_hours
    if took is not None:
        assert allowed is not None, "says not how long its process may be down"
        assert took <= allowed, f"{newest.id}: its process was down {took} hours, and may be {allowed}"
