"""The risk register."""

from datetime import datetime
from typing import Any

from soc2test import BodyMember, Person, Population, Risk, any_of, control
from soc2test_policies._ages import disorder, overdue
from soc2test_policies._bodies import decided_problem, sits_somewhere
from soc2test_policies._people import left, owner_problem

_SCALE = range(1, 6)
_TREATMENTS = ("mitigate", "accept", "transfer", "avoid")


@control(
    "RSK-01",
    criteria=["CC3.2"],
    nature="state",
    supports={"CC1.3": "somebody answers for each risk"},
    severity="medium",
    operates="continuously",
)
def test_risks_have_an_active_owner(risk: Risk, persons: Population[Person], as_of: datetime) -> None:
    """Every risk is owned by an active person.

    CC3.2: a risk is watched and treated only where somebody who works here answers for it.
    """
    problem = owner_problem(risk.owner_email, persons, as_of)
    assert not problem, problem


@control(
    "RSK-02",
    criteria=["CC3.2"],
    nature="state",
    severity="medium",
    operates="per event",
    limits={"accept_days": 365},
    looser={"accept_days": "higher"},
    beside=["members"],
)
def test_risks_are_rated_and_treated(
    risk: Risk, persons: Population[Person], members: Population[BodyMember], limits: Any, as_of: datetime
) -> None:
    """Every risk has a likelihood, an impact and a treatment; one that is accepted was so within the year.

    Who accepted it is named, worked here or sat on a board then, and still does: nobody answers for what a leaver was
    ready to bear.

    CC3.2: to analyse a risk is to say how likely and how bad it is, and what is done about it.
    """
    assert risk.likelihood in _SCALE, f"likelihood is {risk.likelihood}, the scale goes from 1 to 5"
    assert risk.impact in _SCALE, f"impact is {risk.impact}, the scale goes from 1 to 5"
    assert risk.treatment is not None, "its treatment is undecided"
    assert risk.treatment in _TREATMENTS, f"its treatment is none of {', '.join(_TREATMENTS)}"
    if risk.treatment == "accept":
        assert risk.accepted_by is not None, "is accepted, but by nobody named"
        # without a day of its own it is accepted anew at each review
        accepted = risk.accepted_at or risk.reviewed_at or as_of
        problem = disorder(as_of, ("accepted", accepted))
        problem = problem or overdue("last accepted", accepted, limits.accept_days, as_of)
        assert not problem, f"was {problem}"
        problem = decided_problem("acceptor", risk.accepted_by, accepted, persons, members)
        assert not problem, problem
        by = risk.accepted_by
        stays = sits_somewhere(by, as_of, members)
        stays = stays or any_of(persons.all("email", by), lambda person: not left(person, as_of))
        assert stays, f"was accepted by {by}, who has left"


@control(
    "RSK-03",
    criteria=["CC3.2"],
    nature="state",
    severity="medium",
    operates="yearly",
    limits={"review_days": 365},
    looser={"review_days": "higher"},
)
def test_risks_are_reviewed_each_year(risk: Risk, limits: Any, as_of: datetime) -> None:
    """Every risk was reviewed within the year.

    CC3.2: an analysis that is older than a year is of other threats and of another system.
    """
    problem = overdue("last reviewed", risk.reviewed_at, limits.review_days, as_of)
    assert not problem, problem
