"""Who works here, who left, and whether whoever is named as owner is one of them."""

from datetime import datetime

from soc2test import Identity, Person, Population
from soc2test_policies._joins import exists

__all__ = ["keeper_problem", "left", "owner_problem"]


def left(person: Person, as_of: datetime) -> bool:
    """True for everybody whose work has ended, as the register's flag or its date says."""
    return not person.active or (person.ended_at is not None and person.ended_at <= as_of)


def owner_problem(email: str | None, persons: Population[Person]) -> str:
    """What is wrong with an owner; empty where the address is that of an active person."""
    if email is None:
        return "nobody is named as owner"
    known = False
    for person in persons.all("email", email):
        if person.active:
            return ""
        known = True
    return f"its owner {email} has left" if known else f"its owner {email} is not in the register of people"


def keeper_problem(identity: Identity, persons: Population[Person]) -> str:
    """What is wrong with who answers for a program's account: an active person must, as owner or by the register."""
    listed = persons.all("accounts", f"{identity.source}:{identity.name}")
    if any(person.active for person in listed.hits):
        return ""
    problem = owner_problem(identity.owner, persons)
    return problem if problem and not exists(listed, lambda person: person.active) else ""
