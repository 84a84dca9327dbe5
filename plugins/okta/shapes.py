"""Small readers of JSON shapes that hand unknown values on."""

from collections.abc import Callable
from typing import Any

from soc2test import Item, Unknown, UnknownFact

__all__ = ["LIFECYCLE", "as_items", "dig", "flag", "meaning", "or_unknown", "text", "translated"]

LIFECYCLE = {"ACTIVE": True, "INACTIVE": False}
"""Statuses of policies, their rules and role assignments: is it in force?"""


def dig(item: Item, *keys: str) -> Any:
    """The value below `keys`; `Unknown` where one is absent or holds no object."""
    value: Any = item
    for key in keys:
        if isinstance(value, Unknown):
            return value
        if not isinstance(value, Item):
            return Unknown(f"the evidence has no object that holds {key}", what=key)
        value = value[key]
    return value


def or_unknown(make: Callable[[], Any]) -> Any:
    """What `make` gives; `Unknown` for its reason where it reads something absent."""
    try:
        return make()
    except UnknownFact as error:
        return Unknown(error.reason, what=error.fact, code=error.code)


def translated(value: Any, known: dict[str, bool]) -> Any:
    """What a vendor's word means; `Unknown` where it is absent or a word not known here."""
    return or_unknown(lambda: meaning(value, known))


def meaning(value: Any, known: dict[str, bool]) -> bool:
    """What a vendor's word means, within a computation. Raises `UnknownFact` where it is absent or not known here."""
    word = text(value)
    if word not in known:
        raise UnknownFact("word", "Okta says something here that this plugin does not know")
    return known[word]


def text(value: Any) -> str:
    """A text. Raises `UnknownFact` for anything else."""
    if isinstance(value, str):
        return value
    raise UnknownFact("text", value.reason if isinstance(value, Unknown) else "what should be a text is none")


def flag(value: Any) -> bool:
    """A switch. Raises `UnknownFact` for anything but true and false: the text "false" is not false."""
    if isinstance(value, bool):
        return value
    raise UnknownFact("switch", value.reason if isinstance(value, Unknown) else "a switch is neither true nor false")


def as_items(body: Any) -> list[Item]:
    """A body that must be an array of objects. Raises `UnknownFact` where it is none."""
    if isinstance(body, list) and all(isinstance(each, Item) for each in body):
        return body
    raise UnknownFact("body", "the body is no array of objects")
