"""Systems of artificial intelligence among the risks."""

from datetime import datetime
from typing import Any

from soc2test import AISystem, Person, Population, Risk, control, normal_email
from soc2test_policies._ages import overdue
from soc2test_policies._ai import all_told
from soc2test_policies._named import signer_problem
from soc2test_policies._one_person import must_be_two
from soc2test_policies._people import owner_problem


@control(
    "AI-01",
    criteria=["CC3.2"],
    nature="state",
    supports={
        "CC3.4": "a new system is a change whose risk is found",
        "CC2.1": "what artificial intelligence is used for is written down",
        "C1.1": "it is decided which classes of data a model may be given",
    },
    severity="medium",
    operates="yearly",
    limits={"review_days": 365},
    looser={"review_days": "higher"},
    complete=all_told,
)
def test_ai_systems_are_reviewed_and_among_the_risks(
    system: AISystem,
    persons: Population[Person],
    risks: Population[Risk],
    limits: Any,
    as_of: datetime,
) -> None:
    """Every AI system has an active owner, classes of data it may be given, a review by another, and a risk naming it.

    CC3.2: what a model may leak or make up is a risk of whoever relies on it, and is looked at anew each year.
    """
    problem = owner_problem(system.owner_email, persons, as_of)
    assert not problem, problem
    assert system.purpose is not None, "nobody wrote down what it is used for"
    assert system.data_classes, "no class of data is named that it may be given"
    reviewed = system.reviewed_at
    problem = overdue("last reviewed", reviewed, limits.review_days, as_of)
    assert not problem, f"its use was {problem}"
    assert reviewed is not None
    problem = signer_problem("reviewer", system.reviewed_by, reviewed, persons)
    assert not problem, problem
    by_another = normal_email(str(system.reviewed_by)) != normal_email(str(system.owner_email))
    assert by_another, f"was reviewed by its own owner {system.owner_email}"
    assert risks.all("concerns", system.id), "no risk of the register concerns it"
    must_be_two(str(system.reviewed_by), str(system.owner_email), persons)
