"""Small readers of JSON shapes that hand unknown values on."""

from collections.abc import Callable
from typing import Any

from soc2test import Item, Unknown, UnknownFact

__all__ = ["as_items", "dig", "flag", "known_login", "listed", "login", "number", "or_unknown", "text"]


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


def flag(value: Any) -> bool:
    """A switch of a setting. Raises `UnknownFact` for anything but true and false: the text "false" is not false."""
    if isinstance(value, bool):
        return value
    raise UnknownFact("setting", _absent(value) or "a switch of a setting is neither true nor false")


def number(value: Any) -> int:
    """A whole number. Raises `UnknownFact` for anything else: true is not 1, and "1" is a text."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    raise UnknownFact("number", _absent(value) or "what should be a whole number is none")


def text(value: Any) -> str:
    """A text. Raises `UnknownFact` for anything else."""
    if isinstance(value, str):
        return value
    raise UnknownFact("text", _absent(value) or "what should be a text is none")


def listed(value: Any) -> list[Any]:
    """An array. Raises `UnknownFact` for anything else: null is not empty, and a text is no array of letters."""
    if isinstance(value, list):
        return value
    raise UnknownFact("list", _absent(value) or "what should be an array is none")


def or_unknown(make: Callable[[], Any]) -> Any:
    """What `make` gives; `Unknown` for its reason where it reads something absent."""
    try:
        return make()
    except UnknownFact as error:
        return Unknown(error.reason, what=error.fact, code=error.code)


def login(user: Any) -> str | None:
    """The login of a user object; None for a deleted user (null, or an empty object)."""
    if isinstance(user, Item) and "login" in user:
        return str(user["login"])
    if user is None or (isinstance(user, Item) and not list(user)):
        return None
    raise UnknownFact("login", "the evidence names the user without a login")


def known_login(user: Any) -> Any:
    """The login as a fact: `Unknown` where `login` raises."""
    return or_unknown(lambda: login(user))


def as_items(body: Any) -> list[Item]:
    """A body that must be an array of objects. Raises `UnknownFact` where it is none."""
    if isinstance(body, list) and all(isinstance(each, Item) for each in body):
        return body
    raise UnknownFact("body", "the body is no array of objects")


def _absent(value: Any) -> str:
    return value.reason if isinstance(value, Unknown) else ""
