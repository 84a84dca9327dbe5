"""What the company wants to keep, and how much risk it takes for it."""

from datetime import datetime
from typing import Any

from soc2test import BodyMember, Commitment, Person, Population, Risk, RiskAppetite, any_of, control
from soc2test_policies._ages import overdue
from soc2test_policies._approved import approval_problem
from soc2test_policies._joins import problems
from soc2test_policies._people import owner_problem


@control(
    "OBJ-01",
    criteria=["CC3.1"],
    nature="state",
    severity="high",
    operates="yearly",
    limits={"review_days": 365},
    looser={"review_days": "higher"},
    on_empty="fail",
)
def test_commitments_are_approved_and_reviewed(
    commitment: Commitment, persons: Population[Person], members: Population[BodyMember], limits: Any, as_of: datetime
) -> None:
    """Every service commitment and system requirement is written, owned, approved by another, and reviewed yearly.

    Who approved worked here then, or sat on the board.

    CC3.1: risks can be judged only by what is to be kept, as those who answer for it wrote it down and stand by it.
    """
    problem = owner_problem(commitment.owner_email, persons, as_of)
    assert not problem, problem
    assert commitment.document is not None, f"no text of version {commitment.version} is kept"
    problem = overdue("last reviewed", commitment.reviewed_at, limits.review_days, as_of)
    assert not problem, problem
    approved = commitment.approved_by, commitment.approved_at
    problem = approval_problem(commitment.owner_email, *approved, as_of, persons, members)
    assert not problem, f"version {commitment.version}: {problem}"


@control("OBJ-02", criteria=["CC3.1"], nature="state", severity="medium", operates="continuously", on_empty="fail")
def test_commitments_are_tied_to_requirements_and_risks(
    commitment: Commitment, commitments: Population[Commitment], risks: Population[Risk]
) -> None:
    """Every commitment is served by a requirement, every requirement serves one, and each has risks of the register.

    CC3.1: what is to be kept is specific enough to find risks by where it was taken apart, and risks were found.
    """
    if commitment.kind == "commitment":
        served = any_of(commitments.all("serves", commitment.id), lambda other: other.kind == "requirement")
        assert served, "no requirement serves this commitment"
    else:
        assert commitment.kind == "requirement", f"it is neither commitment nor requirement but {commitment.kind!r}"
        assert commitment.serves, "this requirement serves no commitment"
        problem = problems(lambda id: _not_served(id, commitments), commitment.serves)
        assert not problem, problem
    assert commitment.risks, "no risk is named that may keep it from being met"
    problem = problems(lambda id: "" if risks.all("id", id) else f"{id} is no risk of the register", commitment.risks)
    assert not problem, problem


def _not_served(id: str, commitments: Population[Commitment]) -> str:
    promised = any_of(commitments.all("id", id), lambda other: other.kind == "commitment")
    return "" if promised else f"{id}, which it serves, is no commitment of the register"


@control(
    "OBJ-03",
    criteria=["CC3.1"],
    nature="state",
    supports={"CC3.2": "who accepts a risk does so within bounds that somebody else set"},
    severity="medium",
    operates="yearly",
    limits={"approval_days": 365},
    looser={"approval_days": "higher"},
    on_empty="fail",
)
def test_risks_lie_within_a_stated_appetite(
    risk: Risk,
    appetites: Population[RiskAppetite],
    persons: Population[Person],
    members: Population[BodyMember],
    limits: Any,
    as_of: datetime,
) -> None:
    """For every risk it is stated how much of its kind is taken, and one that was accepted lies within that.

    The appetite for its category was approved in the year by somebody who does not own the risk, in a document.

    CC3.1: objectives say how much may go wrong; who owns a risk can't be the one who says how much of it is enough.
    """
    stated = appetites.all("category", risk.category)
    assert stated, f"nothing states how much risk of category {risk.category} is taken"
    problem = problems(lambda appetite: _appetite_problem(appetite, risk, persons, members, limits, as_of), stated)
    assert not problem, problem


def _appetite_problem(
    appetite: RiskAppetite,
    risk: Risk,
    persons: Population[Person],
    members: Population[BodyMember],
    limits: Any,
    as_of: datetime,
) -> str:
    if appetite.document is None:
        return f"no text of {appetite.id} is kept"
    approved = appetite.approved_by, appetite.approved_at
    if problem := approval_problem(risk.owner_email, *approved, as_of, persons, members):
        return f"{appetite.id}: {problem.replace('its owner', 'the owner of the risk')}"
    if problem := overdue("last approved", appetite.approved_at, limits.approval_days, as_of):
        return f"{appetite.id} was {problem}"
    if risk.treatment != "accept":
        return ""
    rating = risk.likelihood * risk.impact
    return f"is accepted at {rating}, and {appetite.id} allows {appetite.most}" if rating > appetite.most else ""
