"""Written policies and procedures."""

from datetime import datetime
from typing import Any

from soc2test import Person, PolicyDocument, Population, control
from soc2test_policies._ages import day, overdue
from soc2test_policies._people import owner_problem

_TOPICS = (
    "acceptable-use",
    "access-control",
    "business-continuity",
    "change-management",
    "code-of-conduct",
    "data-classification",
    "incident-response",
    "information-security",
    "risk-management",
    "vendor-management",
)


@control(
    "POL-01",
    criteria=["CC5.3"],
    nature="state",
    severity="medium",
    operates="yearly",
    limits={"topics": _TOPICS},
    looser={"topics": "fewer"},
    on_empty="fail",
)
def test_required_policies_exist(documents: Population[PolicyDocument], limits: Any) -> None:
    """There is a written policy for every topic that the company requires."""
    missing = [topic for topic in limits.topics if not documents.all("topic", topic)]
    assert not missing, f"no policy for {', '.join(missing)}"


@control("POL-02", criteria=["CC5.3"], nature="state", severity="medium", operates="per event")
def test_policies_are_approved(document: PolicyDocument, as_of: datetime) -> None:
    """The version in force of every policy was approved by somebody who is named."""
    assert document.approved_by is not None, f"nobody approved version {document.version}"
    assert document.approved_at is not None, f"version {document.version} has no date of approval"
    assert document.approved_at <= as_of, (
        f"version {document.version} is approved on {day(document.approved_at)}, which lies after {day(as_of)}"
    )


@control(
    "POL-03",
    criteria=["CC5.3"],
    nature="state",
    severity="medium",
    operates="yearly",
    limits={"review_days": 365},
    looser={"review_days": "higher"},
)
def test_policies_are_reviewed_each_year(document: PolicyDocument, limits: Any, as_of: datetime) -> None:
    """Every policy was reviewed within the year."""
    problem = overdue("last reviewed", document.reviewed_at, limits.review_days, as_of)
    assert not problem, problem


@control(
    "POL-04",
    criteria=["CC5.3"],
    nature="state",
    supports={"CC2.2": "people can read the rules that bind them"},
    severity="low",
    operates="per event",
)
def test_policies_are_published(document: PolicyDocument) -> None:
    """Every policy is published where its readers can reach it."""
    assert document.published, f"version {document.version} is not published"


@control(
    "POL-05",
    criteria=["CC5.3"],
    nature="state",
    supports={"CC1.3": "somebody answers for each policy"},
    severity="low",
    operates="continuously",
)
def test_policies_have_an_active_owner(document: PolicyDocument, persons: Population[Person]) -> None:
    """Every policy is owned by an active person."""
    problem = owner_problem(document.owner_email, persons)
    assert not problem, problem
