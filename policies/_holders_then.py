"""Whose an account was that is closed: by its address, else by a row of the register of people that may be right.

A row that gives it to a colleague would hide somebody who left and is not in the register.
"""

from collections.abc import Iterable
from datetime import datetime

from soc2test import AccountEvent, Identity, Person, Population
from soc2test_policies._committers import of_somebody_else
from soc2test_policies._joins import told
from soc2test_policies._likeness import may_be_called
from soc2test_policies._people import works_here

__all__ = ["holders_of", "login_of", "nobodys"]

_ENTER = "enter who left with the last day"
_NAME = "or name it with whose it is (accounts)"
_EXEMPT = "or exempt it (exemptions.yaml) with who approved that it was theirs"


def holders_of(account: Identity | AccountEvent, persons: Population[Person], as_of: datetime) -> list[Person]:
    """Who had it: whom its address names, and whom a row names unless its address or its login speak against it.

    Somebody who works here has an account of another name there, and so has who left with a second one: a login is
    then asked as an address is.
    """
    by_address = [person for address in _addresses(account) for person in persons.all("email", address).hits]
    return by_address or [person for person in _named(account, persons) if _may_be_right(account, person, as_of)]


def nobodys(account: Identity | AccountEvent, persons: Population[Person]) -> str:
    """In words, that nobody had it, with the way out."""
    named = ", ".join(sorted({person.email for person in _named(account, persons)}))
    if not named:
        return f"nobody in the register of people has it: {_ENTER}, {_NAME}"
    return f"only a row gives it to {named}, who is called otherwise: {_ENTER}, {_EXEMPT}"


def login_of(account: Identity | AccountEvent) -> str:
    """The login, as its source writes it."""
    return account.account if isinstance(account, AccountEvent) else account.name


def _named(account: Identity | AccountEvent, persons: Population[Person]) -> Iterable[Person]:
    return persons.all("accounts", f"{account.source}:{login_of(account)}").hits


def _addresses(account: Identity | AccountEvent) -> list[str]:
    email = None if isinstance(account, AccountEvent) else told(lambda: account.email, otherwise=None)
    return [text for text in dict.fromkeys((email, login_of(account))) if text is not None]


def _may_be_right(account: Identity | AccountEvent, person: Person, as_of: datetime) -> bool:
    login = login_of(account)
    others = [text for text in _addresses(account) if "@" in text]
    if any(of_somebody_else(address, [person], login=address == login) for address in others):
        return False
    return may_be_called(login, person) or not (_stays(person, as_of) or _has_two(person, account.source))


def _stays(person: Person, as_of: datetime) -> bool:
    return told(lambda: works_here(person, as_of), otherwise=True)


def _has_two(person: Person, source: str) -> bool:
    """Whether the register names two accounts of one source for somebody."""
    none: tuple[str, ...] = ()
    named = told(lambda: person.accounts, otherwise=none)
    return len([account for account in named if account.startswith(f"{source}:")]) > 1
