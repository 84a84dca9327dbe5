"""The roles that somebody holds, whether two texts name the same role, and which description of one holds now."""

import re
import unicodedata
from collections.abc import Iterator
from datetime import datetime

from soc2test import Person, Population, RoleDescription, UnknownFact
from soc2test_policies._joins import known

__all__ = ["latest_of", "roles_of", "same_role"]

_BRACKETED = re.compile(r"(?P<before>[^()]+)\((?P<within>[^()]+)\)")
_WORDS = re.compile(r"[^\W_]+")


def roles_of(person: Person) -> Iterator[str]:
    """Each role of a person: the register writes several with commas between."""
    for part in person.role.replace(";", ",").split(","):
        if role := part.strip():
            yield role


def same_role(one: str, other: str) -> bool:
    """Whether two texts are one role: in any case and width, whatever blanks and signs stand between the words.

    A role may bear its abbreviation in brackets, and be called by the words or by the abbreviation as well.
    """
    return not _names(one).isdisjoint(_names(other))


def _names(role: str) -> set[str]:
    """What a role is called: "Head of Security (HoS)" is "HoS" as well, and "engineer (web)" is no other engineer."""
    bracketed = _BRACKETED.fullmatch(unicodedata.normalize("NFKC", role).strip())
    if bracketed is None:
        return {_letters(role)}
    before, within = bracketed["before"], bracketed["within"]
    if _letters(within) == _initials(before) or _letters(before) == _initials(within):
        return {_letters(role), _letters(before), _letters(within)}
    return {_letters(role)}


def _initials(words: str) -> str:
    """Of several words: one alone has no abbreviation."""
    first = [word[0] for word in _WORDS.findall(words)]
    return "".join(first).casefold() if len(first) > 1 else ""


def latest_of(role: str, descriptions: Population[RoleDescription]) -> list[RoleDescription]:
    """The rows that describe a role now: of several the last that was approved or reviewed, or all of that day.

    An older one that was properly approved does not stand in for a newer one that was not. Raises `UnknownFact` where
    there may be further rows, and where one of several bears no day.
    """
    own, unknown = known(descriptions, lambda description: same_role(description.title, role))
    if unknown is not None:
        raise unknown
    if len(own) == 1:
        return own
    days = [_last_day(description) for description in own]
    return [description for description, day in zip(own, days, strict=True) if day == max(days)]


def _last_day(description: RoleDescription) -> datetime:
    days = [day for day in (description.approved_at, description.reviewed_at) if day is not None]
    if not days:
        raise UnknownFact("approved_at", f"nothing tells whether {description.id} is newer than others of its title")
    return max(days)


def _letters(text: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFKC", text).casefold() if sign.isalnum())
