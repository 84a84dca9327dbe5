"""Small readers of JSON shapes that hand unknown values on."""

from collections.abc import Callable
from typing import Any

from soc2test import Item, Unknown, UnknownFact

__all__ = ["as_items", "dig", "flag", "known_login", "login", "or_unknown"]


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
    reason = value.reason if isinstance(value, Unknown) else "a switch of a setting is neither true nor false"
    raise UnknownFact("setting", reason)


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
