"""Accounts of machines: nobody signs in with them, so that what they decide is nobody's, whoever answers for them.

A host of code calls a machine user a user, as it does a person: only the register of people tells it.
"""

from soc2test import Person, Population

__all__ = ["is_machine", "own_accounts", "raise_if_perhaps_machine"]


def is_machine(source: str, login: str, persons: Population[Person]) -> bool:
    """Whether the register of people says that nobody signs in with an account; one row that says so is enough."""
    account = f"{source}:{login}"
    return bool(persons.all("machine_accounts", account).hits or persons.alike("machine_accounts", account))


def raise_if_perhaps_machine(source: str, login: str, persons: Population[Person]) -> None:
    """Raises `UnknownFact` where the register may lack a row, or can't be read in one, that says so."""
    len(persons.all("machine_accounts", f"{source}:{login}"))


def own_accounts(person: Person) -> tuple[str, ...]:
    """The accounts that somebody signs in with, of those that the register of people names."""
    machines = set(person.machine_accounts)
    return tuple(account for account in person.accounts if account not in machines)
