"""How the business goes on where something fails, and who pays for the damage."""

from datetime import datetime
from typing import Any

from soc2test import BodyMember, ContinuityPlan, Exercise, Insurance, Person, Population, any_of, control, deviation
from soc2test_policies._ages import day, overdue
from soc2test_policies._approved import approval_problem
from soc2test_policies._documents import of_another, of_other_kind
from soc2test_policies._joins import problems
from soc2test_policies._people import owner_problem


@control(
    "CON-01",
    criteria=["CC9.1"],
    nature="state",
    supports={"A1.3": "what a recovery has to reach is decided before it is tried"},
    severity="medium",
    operates="yearly",
    limits={"review_days": 365, "rto_hours": 72, "rpo_hours": 24},
    looser={"review_days": "higher", "rto_hours": "higher", "rpo_hours": "higher"},
    on_empty="fail",
    beside=["members"],
)
def test_processes_have_a_continuity_plan(
    plan: ContinuityPlan, persons: Population[Person], members: Population[BodyMember], limits: Any, as_of: datetime
) -> None:
    """Every process has an approved plan with an analysis of its impact, times to recover within, and a yearly review.

    `rto_hours` and `rpo_hours` are the longest that a process may be down, and the most data that it may lose.

    CC9.1: what would stop the business was analysed, and how it goes on is written down and decided.
    """
    assert plan.document is not None, "analysis and plan stand in no document"
    rto, rpo = plan.rto_hours, plan.rpo_hours
    assert rto is not None, "says not how long it may be down"
    assert rpo is not None, "says not how much data may be lost"
    assert rto <= limits.rto_hours, f"may be down {rto} hours, limit {limits.rto_hours}"
    assert rpo <= limits.rpo_hours, f"may lose {rpo} hours of data, limit {limits.rpo_hours}"
    problem = owner_problem(plan.owner_email, persons, as_of)
    approved = plan.approved_by, plan.approved_at
    problem = problem or approval_problem(plan.owner_email, *approved, as_of, persons, members, has_board=False)
    problem = problem or overdue("last reviewed", plan.reviewed_at, limits.review_days, as_of)
    assert not problem, problem


@control(
    "CON-02",
    criteria=["CC9.1"],
    nature="state",
    severity="low",
    operates="yearly",
    limits={"kinds": ("cyber",)},
    looser={"kinds": "fewer"},
    against=["plans", "exercises"],
    on_empty="fail",
    blind_spots={
        "insurances": "one in force is enough, and a further one can but claim its certificate",
        "plans": "a plan can but claim the certificate",
        "exercises": "an exercise can but claim the certificate",
    },
)
def test_insurance_is_in_force(
    insurances: Population[Insurance],
    plans: Population[ContinuityPlan],
    exercises: Population[Exercise],
    limits: Any,
    as_of: datetime,
) -> None:
    """An insurance of each kind that the company wants is in force, with its certificate on file.

    Two insurances that begin together may have one certificate. It is not that of another term, nor the file of a plan
    for continuity or of an exercise.

    CC9.1: what is left of a risk after all else is done is carried by somebody who can.
    """

    def elsewhere(insurance: Insurance) -> str:
        problem = of_other_kind(insurance.document, plans.members, exercises.members)
        return problem or of_another(insurance, insurances, _document, _starts)

    def in_force(insurance: Insurance) -> bool:
        return insurance.document is not None and _runs(insurance, as_of) and not elsewhere(insurance)

    def missing(kind: str) -> str:
        of_kind = [*insurances.all("covers", kind)]
        if any_of(of_kind, in_force):
            return ""
        for insurance in of_kind:
            deviation(insurance, _wrong(insurance, as_of) or elsewhere(insurance))
        return f"no {kind} insurance is in force on {day(as_of)}"

    problem = problems(missing, limits.kinds)
    assert not problem, problem


def _document(insurance: Insurance) -> str | None:
    return insurance.document


def _starts(insurance: Insurance) -> datetime:
    return insurance.starts_at


def _runs(insurance: Insurance, as_of: datetime) -> bool:
    return insurance.starts_at <= as_of < insurance.ends_at


def _wrong(insurance: Insurance, as_of: datetime) -> str:
    if insurance.document is None:
        return "has no certificate on file"
    runs = f"runs from {day(insurance.starts_at)} to {day(insurance.ends_at)}"
    return "" if _runs(insurance, as_of) else runs
