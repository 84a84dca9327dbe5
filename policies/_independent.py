"""Whether somebody is of another company, or at least answers for nothing of what was looked at."""

from soc2test import Person, Population, System, any_of, normal_email
from soc2test_policies._one_person import must_be_two

__all__ = ["inside_problem", "of_another_company", "owns_any"]


def of_another_company(email: str, persons: Population[Person]) -> bool:
    """True where an address is that of nobody in the register of people, and of no domain that an employee's is of."""
    domain = _domain(email)

    def is_ours(person: Person) -> bool:
        if normal_email(person.email) == normal_email(email):
            return True
        own = _domain(person.email)
        return (domain == own or domain.endswith(f".{own}")) and person.employment == "employee"

    return not any_of(persons, is_ours)


def inside_problem(role: str, email: str, persons: Population[Person]) -> str:
    """What is wrong with somebody who must be of another company; "" where nothing is."""
    if of_another_company(email, persons):
        return ""
    return f"its {role} {email} is of the company itself"


def owns_any(email: str, scope: tuple[str, ...], systems: Population[System], persons: Population[Person]) -> str:
    """The first system of those that somebody owns; "" where it is none of them.

    Raises `UnknownFact` where an owner may be that person by another address.
    """

    def is_own(system: System) -> bool:
        return system.owner_email is not None and normal_email(system.owner_email) == normal_email(email)

    owned = next((id for id in scope if any_of(systems.all("id", id), is_own)), "")
    if owned:
        return owned
    for id in scope:
        for system in systems.all("id", id):
            if system.owner_email is not None:
                must_be_two(system.owner_email, email, persons)
    return ""


def _domain(email: str) -> str:
    return normal_email(email).rpartition("@")[2]
