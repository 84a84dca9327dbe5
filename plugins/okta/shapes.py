"""Small readers of JSON shapes that hand unknown values on."""

from collections.abc import Callable
from typing import Any

from soc2test import Item, Unknown, UnknownFact

__all__ = ["as_items", "dig", "or_unknown", "translated"]


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
    if isinstance(value, Unknown):
        return value
    return known.get(str(value), Unknown("Okta says something here that this plugin does not know"))


def as_items(body: Any) -> list[Item]:
    """A body that must be an array of objects. Raises `UnknownFact` where it is none."""
    if isinstance(body, list) and all(isinstance(each, Item) for each in body):
        return body
    raise UnknownFact("body", "the body is no array of objects")
