"""Customers: what holds between them and the company, and what they are told."""

from datetime import datetime, timedelta
from typing import Any

from soc2test import Commitment, Customer, control
from soc2test_policies._ages import disorder, late


def _served(customer: Customer, as_of: datetime) -> bool:
    return customer.started_at <= as_of and (customer.ended_at is None or customer.ended_at > as_of)


@control("CUS-01", criteria=["CC2.3"], nature="state", severity="medium", operates="per event", where=_served)
def test_customers_have_agreed_to_terms(customer: Customer, as_of: datetime) -> None:
    """Every customer agreed to terms that name what is promised on security, in an agreement that is on file.

    CC2.3: what outsiders may rely on is what was agreed with them.
    """
    assert customer.terms_version is not None, "agreed to no terms"
    assert customer.security_terms, f"its terms {customer.terms_version} name nothing on security"
    assert customer.document is not None, "its agreement is not on file"
    assert customer.agreed_at is not None, "its terms have no day on which it agreed"
    problem = disorder(as_of, ("agreed to", customer.agreed_at))
    assert not problem, f"its terms were {problem}"


@control(
    "CUS-02",
    criteria=["CC2.3"],
    nature="state",
    severity="medium",
    operates="yearly",
    limits={"days": 30},
    looser={"days": "higher"},
)
def test_commitments_are_told(commitment: Commitment, limits: Any, as_of: datetime) -> None:
    """The version in force of every commitment and requirement was told to those concerned within days of its approval.

    CC2.3: customers know what they were promised, and those who run the system what follows from it.
    """
    approved = commitment.approved_at
    assert approved is not None, "is not approved, so that there is nothing to tell"
    problem = disorder(as_of, ("approved", approved), ("told", commitment.told_at))
    assert commitment.told_at is not None, "was told to nobody"
    problem = problem or late("told", commitment.told_at, approved, timedelta(days=limits.days), as_of)
    assert not problem, f"was {problem}"
    assert commitment.told_where is not None, "was told at no place that is named"
