"""Owner, classification and e-mail address as resources are tagged with them."""

from collections.abc import Iterable, Mapping
from typing import Any

from soc2test import Item, or_unknown, text

__all__ = ["tag", "tags_of"]


def tags_of(listed: Iterable[Any]) -> dict[str, Any]:
    """Tags as a mapping, from a list of {Key, Value}, also as AWS Config spells it."""
    return {text(each.first("Key", "key")): each.first("Value", "value") for each in listed}


def tag(tags: Mapping[str, Any] | Item, *names: str) -> Any:
    """The value of the first of the tags `names` that is there, whatever its case; None where none is, or it is empty.

    A tag in exactly the written case goes before others. `Unknown` where a value is no text.
    """
    return or_unknown(lambda: _tag(tags, names))


def _tag(tags: Mapping[str, Any] | Item, names: tuple[str, ...]) -> str | None:
    pairs = [(key, text(value)) for key, value in tags.items() if key.casefold() in names]
    for name in names:
        hits = sorted((key != name, value) for key, value in pairs if key.casefold() == name and value.strip())
        if hits:
            return hits[0][1].strip()
    return None
