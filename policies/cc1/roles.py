"""Roles: what each asks for, and who is named for security."""

from datetime import datetime
from typing import Any

from soc2test import BodyMember, Person, Population, RoleDescription, any_of, control
from soc2test_policies._ages import disorder, overdue
from soc2test_policies._bodies import signed_problem
from soc2test_policies._joins import problems
from soc2test_policies._one_person import are_two
from soc2test_policies._people import left, works_here
from soc2test_policies._roles import latest_of, roles_of, same_role

_FOR_SECURITY = (
    "security officer",
    "information security officer",
    "chief information security officer",
    "chief security officer",
    "CISO",
    "CSO",
    "head of security",
    "head of information security",
)


@control(
    "PPL-10",
    criteria=["CC1.4"],
    nature="state",
    supports={"CC1.3": "what a role decides on and answers for is written down"},
    severity="low",
    operates="yearly",
    where=lambda person, as_of: not left(person, as_of),
    limits={"review_days": 365},
    looser={"review_days": "higher"},
)
def test_roles_that_people_hold_are_described(
    person: Person,
    descriptions: Population[RoleDescription],
    persons: Population[Person],
    members: Population[BodyMember],
    limits: Any,
    as_of: datetime,
) -> None:
    """Every role of every active person has a description that another approved, is kept and was reviewed in the year.

    Another than who holds the role: nobody says alone what is asked of the own work. Of several descriptions of a role
    the last one counts.

    CC1.4: whether somebody is fit for a role can be told only where it is written down what the role asks for.
    """

    def signed(description: RoleDescription) -> str:
        approved = description.approved_at
        if description.document is None or approved is None:
            return f"its description is {'not approved' if approved is None else 'no document'}"
        problem = disorder(as_of, ("approved", approved))
        problem = problem or signed_problem("approver", description.approved_by, approved, persons, members)
        if problem:
            return f"of its description, {problem}"
        by = description.approved_by
        alone = by is not None and not are_two(by, person.email, persons)
        return f"its description was approved by {by}, who holds it" if alone else ""

    def aged(description: RoleDescription) -> str:
        problem = overdue("last reviewed", description.reviewed_at, limits.review_days, as_of)
        return problem and f"its description was {problem}"

    def described(role: str) -> str:
        latest = latest_of(role, descriptions)
        if not latest:
            return f"the role of {role} is described nowhere"
        problem = problems(lambda description: signed(description) or aged(description), latest)
        return problem and f"{role}: {problem}"

    roles = [*roles_of(person)]
    assert roles, "holds no role"
    problem = problems(described, roles)
    assert not problem, problem


@control(
    "GOV-04",
    criteria=["CC1.3"],
    nature="state",
    severity="high",
    operates="continuously",
    limits={"roles": _FOR_SECURITY},
    looser={"roles": "more"},
    on_empty="fail",
)
def test_somebody_is_named_for_security(
    persons: Population[Person], descriptions: Population[RoleDescription], limits: Any, as_of: datetime
) -> None:
    """Somebody who works here is named for security, in a role whose description somebody else approved.

    `roles` are what such a role is called. Of several descriptions of a role the last one counts.

    CC1.3: who answers for security, and with what authority, is one person whom everybody can name.
    """
    held: dict[str, None] = {}

    def is_named(person: Person) -> bool:
        return works_here(person, as_of) and any_of(roles_of(person), lambda role: gives_the_task(role, person))

    def gives_the_task(role: str, person: Person) -> bool:
        if not any(same_role(role, name) for name in limits.roles):
            return False
        held[f"{person.email}, {role}"] = None
        return any_of(latest_of(role, descriptions), lambda description: _appoints(description, person, persons))

    named = any_of(persons, is_named)
    because = f": no description of the role that somebody else approved is kept of {'; '.join(held)}" if held else ""
    assert named, f"nobody who works here is named for security{because}"


def _appoints(description: RoleDescription, person: Person, persons: Population[Person]) -> bool:
    by = description.approved_by
    if description.document is None or by is None:
        return False
    return are_two(by, person.email, persons)
