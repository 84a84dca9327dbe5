"""Whether two addresses may be one person's, where two people are asked for: nobody decides for himself that way."""

from itertools import product

from soc2test import Person, Population, UnknownFact, normal_email, one_mailbox, one_name
from soc2test_policies._joins import told
from soc2test_policies._likeness import called_as

__all__ = ["are_two", "must_be_two"]


def are_two(one: str, other: str, persons: Population[Person]) -> bool:
    """False where both are one address. Raises `UnknownFact` where two addresses may be one person's."""
    if normal_email(one) == normal_email(other):
        return False
    must_be_two(one, other, persons)
    return True


def must_be_two(one: str, other: str, persons: Population[Person]) -> None:
    """Raises `UnknownFact` where two addresses may be one person's: whether they are is not for a program to say."""
    if normal_email(one) != normal_email(other) and (why := _alike(one, other, persons)):
        raise UnknownFact("email", f"{one} and {other} {why}: perhaps one person")


def _alike(one: str, other: str, persons: Population[Person]) -> str:
    if one_mailbox(one, other):
        return "look like one address"
    first, second = persons.all("email", one).hits, persons.all("email", other).hits
    if first and second:
        alike = any(one_name(_name(person), _name(again)) for person, again in product(first, second))
        return "are people of one name in the register" if alike else ""
    # the register knows one of both alone: the other's name is what its address says
    unlisted = other if first else one
    known = [*first, *second]
    return "are alike, and only one is in the register" if any(called_as(unlisted, each) for each in known) else ""


def _name(person: Person) -> str:
    return told(lambda: person.name, otherwise="")
