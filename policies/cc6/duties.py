"""Duties that must not meet in one hand."""

from collections.abc import Iterable
from datetime import datetime

from soc2test import DutyConflict, Identity, Person, Population, UnknownFact, control
from soc2test_policies._ages import disorder
from soc2test_policies._duties import holders_of_right
from soc2test_policies._named import signer_problem


@control(
    "IAM-22",
    criteria=["CC6.3"],
    nature="state",
    supports={"CC5.1": "duties that must not meet are told apart, and their holders are looked up"},
    severity="high",
)
def test_duties_that_conflict_are_apart(
    conflict: DutyConflict, identities: Population[Identity], persons: Population[Person], as_of: datetime
) -> None:
    """Nobody holds two rights of which the company declared that they must not meet in one person.

    Who holds a right is told by the systems: whose account is an administrator there, or has an account at all. What a
    program may do counts for who answers for it. That the pair is kept apart was approved by somebody who worked here.

    CC6.3: who holds both of two such rights could do alone what was meant to take two.
    """
    assert conflict.one != conflict.other, f"{conflict.one} is declared to conflict with itself"
    approver, approved = conflict.approved_by, conflict.approved_at
    assert approver is not None, "nobody approved that the two are kept apart"
    assert approved is not None, f"nothing says when {approver} approved that the two are kept apart"
    wrong = disorder(as_of, ("approved", approved)) or signer_problem("approver", approver, approved, persons)
    assert not wrong, wrong
    one, unknown = _known(holders_of_right(conflict.one, identities, persons))
    other, also_unknown = _known(holders_of_right(conflict.other, identities, persons))
    both = [f"{email} ({one[email]}, {other[email]})" for email in one if email in other]
    assert not both, f"{conflict.one} and {conflict.other} meet in {', '.join(both)}"
    if (lost := unknown or also_unknown) is not None:
        raise lost


def _known(holders: Iterable[tuple[str, str]]) -> tuple[dict[str, str], UnknownFact | None]:
    """Those that are known before something is not."""
    found: dict[str, str] = {}
    try:
        for email, account in holders:
            found.setdefault(email, account)
    except UnknownFact as unknown:
        return found, unknown
    return found, None
