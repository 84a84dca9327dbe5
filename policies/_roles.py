"""The roles that somebody holds, and whether two texts name the same role."""

import unicodedata
from collections.abc import Iterator

from soc2test import Person

__all__ = ["roles_of", "same_role"]


def roles_of(person: Person) -> Iterator[str]:
    """Each role of a person: the register writes several with commas between."""
    for part in person.role.replace(";", ",").split(","):
        if role := part.strip():
            yield role


def same_role(one: str, other: str) -> bool:
    """Whether two texts are one role: in any case and width, whatever blanks and signs stand between the words."""
    return _letters(one) == _letters(other)


def _letters(text: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFKC", text).casefold() if sign.isalnum())
