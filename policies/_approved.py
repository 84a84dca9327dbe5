"""What somebody owns and somebody else approved: texts, plans, rules."""

from datetime import datetime

from soc2test import BodyMember, Person, Population, normal_email
from soc2test_policies._ages import disorder
from soc2test_policies._bodies import decided_problem, signed_problem
from soc2test_policies._named import signer_problem
from soc2test_policies._one_person import must_be_two

__all__ = ["approval_problem"]


def approval_problem(
    owner: str | None,
    approved_by: str | None,
    approved_at: datetime | None,
    as_of: datetime,
    persons: Population[Person],
    members: Population[BodyMember] | None = None,
    *,
    has_board: bool = True,
) -> str:
    """What is wrong with who approved something and when; "" where somebody did who is not its owner.

    Who approved worked here then, or sat on a board where `members` are given; without `has_board` a company that has
    none need not say so. Raises `UnknownFact` where owner and
    approver may be one person.
    """
    if approved_at is None:
        return "was not approved"
    if problem := disorder(as_of, ("approved", approved_at)):
        return f"was {problem}"
    if owner is not None and approved_by is not None and normal_email(owner) == normal_email(approved_by):
        return "was approved by its owner alone"  # whoever is in the register
    if members is None:
        problem = signer_problem("approver", approved_by, approved_at, persons)
    elif has_board:
        problem = signed_problem("approver", approved_by, approved_at, persons, members)
    else:
        problem = decided_problem("approver", approved_by, approved_at, persons, members)
    if not problem and owner is not None and approved_by is not None:
        must_be_two(owner, approved_by, persons)
    return problem
