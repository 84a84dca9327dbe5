"""People whom a register names: who answers for something now, and who signed for it then."""

from datetime import datetime

from soc2test import Person, Population, UnknownFact
from soc2test_policies._joins import exists
from soc2test_policies._people import named_problem, works_here

__all__ = ["owner_now", "signer_problem"]


def owner_now(email: str | None, persons: Population[Person], as_of: datetime) -> str:
    """What is wrong with an owner; "" where the address is that of a person who works here at the moment."""
    if email is None:
        return "nobody is named as owner"
    found = persons.all("email", email)
    if exists(found, lambda person: works_here(person, as_of)):
        return ""
    if found.hits:
        return f"its owner {email} has left, or has not begun"
    return f"its owner {email} is not in the register of people"


def signer_problem(role: str, name: str | None, moment: datetime, persons: Population[Person]) -> str:
    """What is wrong with who signed for something; "" where it is the address of a person who worked here then.

    Raises `UnknownFact` for what is no address: a board or a bare name may well have signed, and can't be looked up.
    """
    if name is not None and "@" not in name:
        raise UnknownFact(
            "", f"its {role} is told without an address: name the person who signed, as in the register of people"
        )
    return named_problem(role, name, moment, persons)
