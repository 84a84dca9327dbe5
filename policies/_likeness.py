"""People whose names are like an account's: a hint for whoever reads a deviation, and never a match."""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime

from soc2test import Identity, Person, Population
from soc2test_policies._joins import told
from soc2test_policies._people import left

__all__ = ["called_as", "first_named_as", "leavers_alike", "may_be_called", "of_a_leaver", "shares_a_name"]

_WORDS = re.compile(r"[^\W\d_]+")
_SHORT = 3
"""letters that a name must have to be found in a login by itself"""
_NAMED = 3
"""people that a message names"""


def leavers_alike(identity: Identity, persons: Population[Person], as_of: datetime) -> str:
    """Who has left and is called as the account is, in words: "alike: leo.left@acme.example, who has left"; else ""."""
    logins = [*_logins(identity)]
    gone = [person for person in persons.members if told(lambda person=person: left(person, as_of), otherwise=False)]  # type: ignore[misc]
    close = [person for person in gone if any(_same_name(login, person) for login in logins)]
    alike = close or [person for person in gone if any(_shares_a_name(login, person) for login in logins)]
    named = ", ".join(person.id for person in alike[:_NAMED])
    return f"alike: {named}, who {'has' if len(alike) == 1 else 'have'} left" if alike else ""


def of_a_leaver(
    identity: Identity, holder: Person, persons: Population[Person], as_of: datetime, *, others: bool
) -> str:
    """Who has left and is called as an account that is told to be the holder's, who is not; "" where nobody is.

    One of the leaver's names alone says something only of somebody who has `others` there besides.
    """
    logins = [login for login in _logins(identity) if login != _words(holder.email.partition("@")[0])]
    if any(_same_name(login, holder) or _shares_a_name(login, holder) for login in logins):
        return ""

    def is_it(person: Person) -> bool:
        called = any(_same_name(login, person) or (others and _shares_a_name(login, person)) for login in logins)
        return called and told(lambda: left(person, as_of), otherwise=False)

    return next((person.id for person in persons.members if is_it(person)), "")


def called_as(address: str, person: Person) -> bool:
    """Whether an address, or a login, is made of the person's name."""
    return _same_name(_words(address.partition("@")[0]), person)


def first_named_as(login: str, person: Person) -> bool:
    """Whether a login is made of the person's name, or begins with the first one: "ann-acme". A last name may be any
    word."""
    words = _words(login.partition("@")[0])
    first = {name[0] for name in _names(person) if len(name[0]) >= _SHORT}
    return _same_name(words, person) or not first.isdisjoint(words[:1])


def shares_a_name(login: str, person: Person) -> bool:
    """Whether a login has any of the person's names in it, or is made of them."""
    words = _words(login.partition("@")[0])
    return _same_name(words, person) or _shares_a_name(words, person)


def may_be_called(login: str, person: Person) -> bool:
    """Whether a login, or an address, can be made of the person's name: it holds a part of it, or the initials."""
    words = _words(login.partition("@")[0])
    letters = "".join(words)
    if _same_name(words, person):
        return True
    parts = {part for name in _names(person) for part in name if len(part) >= _SHORT}
    initials = {name[0][0] + name[-1][0] for name in _names(person) if len(name) > 1}
    return any(part in letters for part in parts) or not initials.isdisjoint(words)


def _logins(identity: Identity) -> Iterator[list[str]]:
    """The words of its login and its address, without the domain: "leo.left2" is leo and left."""
    for ask in (lambda: identity.name, lambda: identity.email):
        text = told(ask, otherwise=None)
        if text is not None and (words := _words(text.partition("@")[0])):
            yield words


def _names(person: Person) -> Iterator[list[str]]:
    for ask in (lambda: person.name, lambda: person.email.partition("@")[0]):
        if words := _words(told(ask, otherwise="")):
            yield words


def _words(text: str) -> list[str]:
    return _WORDS.findall(text.casefold())


def _same_name(login: Iterable[str], person: Person) -> bool:
    """First and last name in any order, with others around, or one of both as its first letter."""
    words = [*login]
    letters = "".join(words)
    for name in _names(person):
        first, last = name[0], name[-1]
        if first == last:
            continue
        if {first, last} <= {*words} or first + last in letters or last + first in letters:
            return True
        if letters in (first[0] + last, last + first[0], first + last[0]):
            return True
    return False


def _shares_a_name(login: Iterable[str], person: Person) -> bool:
    names = {word for name in _names(person) for word in name if len(word) >= _SHORT}
    return not names.isdisjoint(login)
