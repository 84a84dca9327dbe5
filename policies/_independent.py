"""Whether somebody is of another company, or at least answers for nothing of what was looked at."""

from soc2test import Person, Population, System, any_of, normal_email

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


def owns_any(email: str, scope: tuple[str, ...], systems: Population[System]) -> str:
    """The first system of those that an address owns; "" where it owns none of them."""

    def is_own(system: System) -> bool:
        return system.owner_email is not None and normal_email(system.owner_email) == normal_email(email)

    return next((id for id in scope if any_of(systems.all("id", id), is_own)), "")


def _domain(email: str) -> str:
    return normal_email(email).rpartition("@")[2]
