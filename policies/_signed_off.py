"""Approvals of what somebody owns: by another person, who worked here then."""

from datetime import datetime

from soc2test import Person, Population, normal_email
from soc2test_policies._ages import disorder
from soc2test_policies._named import signer_problem
from soc2test_policies._one_person import must_be_two

__all__ = ["approval_problem", "somebody_else"]


def approval_problem(
    by: str | None, at: datetime | None, owner: str | None, persons: Population[Person], as_of: datetime
) -> str:
    """What is wrong with an approval; "" where a person who worked here then gave it, and does not own it.

    Raises `UnknownFact` where approver and owner may be one person.
    """
    if at is None:
        return "it was never approved"
    problem = disorder(as_of, ("approved", at)) or signer_problem("approver", by, at, persons)
    return problem or somebody_else("approver", by, owner, persons)


def somebody_else(role: str, one: str | None, other: str | None, persons: Population[Person]) -> str:
    """What is wrong where two people are asked for and one is both. Raises `UnknownFact` where that can't be told."""
    if one is None or other is None:
        return ""
    if normal_email(one) == normal_email(other):
        return f"its {role} {one} owns it"
    must_be_two(one, other, persons)
    return ""
