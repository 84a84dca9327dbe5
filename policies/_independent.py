"""Whether somebody is of another company, or at least answers for nothing of what was looked at."""

from soc2test import Person, Population, System, any_of, normal_email
from soc2test_policies._one_person import must_be_two

__all__ = ["inside_problem", "of_another_company", "of_one_firm", "owns_any"]

_ANYBODYS = frozenset(
    (
        "aol.com", "fastmail.com", "gmail.com", "gmx.com", "gmx.de", "gmx.net", "googlemail.com", "hey.com",
        "hotmail.com", "icloud.com", "live.com", "mac.com", "mail.com", "mail.ru", "me.com", "msn.com", "outlook.com",
        "pm.me", "posteo.de", "proton.me", "protonmail.com", "qq.com", "t-online.de", "tutanota.com", "web.de",
        "yahoo.com", "yandex.com", "ymail.com", "zoho.com", "163.com",
    )
)  # fmt: skip
"""Domains at which anybody may have a mailbox: two of these are of no one firm."""
_SPREAD = ("gmx.", "hotmail.", "live.", "outlook.", "yahoo.", "yandex.")
"""How those begin that have one for each country."""


def of_another_company(email: str, persons: Population[Person]) -> bool:
    """True where an address is that of nobody in the register of people, and of no domain that an employee's is of."""
    domain = _domain(email)

    def is_ours(person: Person) -> bool:
        if normal_email(person.email) == normal_email(email):
            return True
        own = _domain(person.email)
        return (domain == own or domain.endswith(f".{own}")) and person.employment == "employee"

    return not any_of(persons, is_ours)


def of_one_firm(email: str, other: str) -> bool:
    """True where two addresses are of one domain that is some firm's, and no provider's of mailboxes for everybody."""
    domain = _domain(email)
    anybodys = domain in _ANYBODYS or domain.startswith(_SPREAD)
    return domain != "" and domain == _domain(other) and not anybodys


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
