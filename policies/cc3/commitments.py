"""What the company promised, and what it needs for that."""

from datetime import datetime
from typing import Any

from soc2test import Commitment, Person, Population, Risk, any_of, control
from soc2test_policies._ages import overdue
from soc2test_policies._people import owner_problem
from soc2test_policies._signed_off import approval_problem


@control(
    "OBJ-01",
    criteria=["CC3.1"],
    nature="state",
    severity="medium",
    operates="yearly",
    limits={"review_days": 365},
    looser={"review_days": "higher"},
)
def test_commitments_are_approved_and_reviewed(
    commitment: Commitment, persons: Population[Person], limits: Any, as_of: datetime
) -> None:
    """Every commitment and requirement is written down, owned, approved by another person and reviewed each year.

    CC3.1: risks can be judged only against objectives that somebody with the authority to do so has set.
    """
    problem = owner_problem(commitment.owner_email, persons, as_of)
    problem = problem or ("" if commitment.document is not None else "its wording stands in no document")
    problem = problem or approval_problem(
        commitment.approved_by, commitment.approved_at, commitment.owner_email, persons, as_of
    )
    problem = problem or overdue("last reviewed", commitment.reviewed_at, limits.review_days, as_of)
    assert not problem, problem


@control("OBJ-02", criteria=["CC3.1"], nature="state", severity="medium", operates="yearly",
         supports={"CC3.2": "risks are found by what they keep the company from"})  # fmt: skip
def test_commitments_are_tied_to_risks(commitment: Commitment, risks: Population[Risk]) -> None:
    """Every commitment and requirement names a risk of the register that may keep the company from meeting it.

    CC3.1: an objective is specific enough where somebody could say what endangers it.
    """
    assert commitment.risks, "names no risk"
    unknown = [id for id in commitment.risks if not risks.all("id", id)]
    assert not unknown, f"names {', '.join(unknown)}, which the register of risks does not hold"


@control(
    "OBJ-03",
    criteria=["CC3.1"],
    nature="state",
    severity="medium",
    operates="yearly",
    limits={"categories": ("security", "availability", "confidentiality")},
    looser={"categories": "fewer"},
    on_empty="fail",
)
def test_each_category_has_commitments_and_requirements(commitments: Population[Commitment], limits: Any) -> None:
    """Each category in scope has a service commitment and a system requirement.

    CC3.1: what the criteria of a category are judged against is what the company promised in it, and needs for that.
    """

    def is_there(type_: str, category: str) -> bool:
        return any_of(commitments, lambda one: one.type == type_ and one.category == category)

    wanted = [(type_, category) for category in limits.categories for type_ in ("commitment", "requirement")]
    missing = [f"no {type_} on {category}" for type_, category in wanted if not is_there(type_, category)]
    assert not missing, ", ".join(missing)
