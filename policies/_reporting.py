"""Reporting lines: whose manager is whose, up to somebody who has none."""

from collections.abc import Iterator

from soc2test import Person, Population, any_of, normal_email

__all__ = ["managers_of", "reports_to"]


def managers_of(person: Person, persons: Population[Person]) -> Iterator[str]:
    """The addresses of a person's managers, the nearest first; ends at one who has none, is not listed or came before.

    Raises `UnknownFact` where whose manager somebody is, or who is listed, is unknown.
    """
    met = {normal_email(person.email)}
    email = person.manager_email
    while email is not None:
        yield email
        if normal_email(email) in met:
            return
        met.add(normal_email(email))
        found = persons.all("email", email)
        if not found:  # asked of the list itself, which raises where there may be more
            return
        email = found.hits[0].manager_email


def reports_to(email: str, boss: str, persons: Population[Person]) -> bool:
    """Whether somebody works under another, directly or through others, by the reporting lines of today."""

    def is_below(person: Person) -> bool:
        return any(normal_email(manager) == normal_email(boss) for manager in managers_of(person, persons))

    return any_of(persons.all("email", email), is_below)
