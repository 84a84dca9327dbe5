"""Readers of JSON values that take one shape and refuse every other: null, "false", {} and new words are no answer.

Each raises `UnknownFact` for another type and for an absent key; under `or_unknown` one fact is then unknown instead of
the whole item. `str(value)`, `bool(value)` and `value == "GOOD"` give an answer for anything, often the harmless one.
"""

from collections.abc import Callable, Mapping
from typing import Any, NoReturn, TypeVar

from soc2test.errors import UnknownFact
from soc2test.resources.unknown import Unknown
from soc2test.sources.item import Item

__all__ = [
    "dig",
    "flag",
    "id_text",
    "item_of",
    "items_of",
    "known",
    "listed",
    "meaning",
    "number",
    "or_unknown",
    "text",
    "translated",
]

T = TypeVar("T")
_ODD = (AttributeError, KeyError, TypeError, ValueError)
"""What computing over a value of an undocumented type raises."""


def known(value: Any) -> Any:
    """The value. Raises `UnknownFact` where it is unknown: `is None` and `isinstance` would let it through."""
    return value.raise_() if isinstance(value, Unknown) else value


def text(value: Any) -> str:
    """A text, possibly empty. Raises `UnknownFact` for anything else: null is not "None"."""
    return value if isinstance(value, str) else _refuse(value, "what should be a text is none")


def number(value: Any) -> int:
    """A whole number. Raises `UnknownFact` for anything else: true is not 1, and "1" is a text."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    return _refuse(value, "what should be a whole number is none")


def flag(value: Any) -> bool:
    """A switch. Raises `UnknownFact` for anything but true and false: null is not off, the text "false" not false."""
    return value if isinstance(value, bool) else _refuse(value, "a switch is neither true nor false")


def id_text(value: Any) -> str:
    """A text that is not empty, or a whole number, as a part of an id. Raises `UnknownFact` for anything else."""
    if isinstance(value, str):
        return value if value.strip() else _refuse(value, "what should name something is empty")
    return str(number(value))


def listed(value: Any) -> list[Any]:
    """An array. Raises `UnknownFact` for anything else: null is not empty, and a text is no array of letters."""
    return value if isinstance(value, list) else _refuse(value, "what should be an array is none")


def item_of(value: Any) -> Item:
    """An object. Raises `UnknownFact` for anything else."""
    return value if isinstance(value, Item) else _refuse(value, "what should be an object is none")


def items_of(value: Any) -> list[Item]:
    """An array of objects. Raises `UnknownFact` for anything else, and where one of them is none."""
    return [item_of(each) for each in listed(value)]


def dig(value: Any, *keys: str) -> Any:
    """The value below `keys`; `Unknown` where one is absent or holds no object. Raises nothing."""
    for key in keys:
        if isinstance(value, Unknown):
            return value
        if not isinstance(value, Item):
            return Unknown(f"the evidence has no object that holds {key}", what=key)
        value = value[key]
    return value


def meaning(value: Any, words: Mapping[str, T | Unknown]) -> T:
    """What a vendor's word means by the table of all that it documents.

    A word that is documented and tells nothing stands in the table as an `Unknown` that says why. Raises `UnknownFact`
    for such a one, and where it is no text, or a word that the table does not have: also one in another case.
    """
    word = text(value)
    if word not in words:
        _refuse(word, "the vendor uses a word here that this plugin does not know")
    told: T = known(words[word])
    return told


def translated(value: Any, words: Mapping[str, Any]) -> Any:
    """The same as a fact: `Unknown` where `meaning` raises."""
    return or_unknown(lambda: meaning(value, words))


def or_unknown(make: Callable[[], T]) -> T | Unknown:
    """What `make` gives; `Unknown` with the reason where it reads what is absent or odd. The other facts stay known."""
    try:
        return make()
    except UnknownFact as error:
        return Unknown(error.reason, what=error.fact, code=error.code)
    except _ODD:
        return Unknown("the evidence has null or another type where the vendor documents a value")


def _refuse(value: Any, reason: str) -> NoReturn:
    known(value)
    raise UnknownFact("", reason)
