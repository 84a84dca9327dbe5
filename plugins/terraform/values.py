"""Values of a resource as readers get them: what is known only after apply, or is sensitive, is unknown."""

from collections.abc import Iterable, Mapping
from itertools import zip_longest
from typing import Any, TypeVar

from soc2test import Item, Unknown, UnknownFact, known

__all__ = ["blocks", "flag_at", "listed_at", "masked", "only", "port_range", "text_at"]

T = TypeVar("T")

_LATER = "Terraform knows it only after apply"
_SENSITIVE = "Terraform marks it as sensitive, and what is sensitive is not read"


def masked(value: Any, unknown: Any, sensitive: Any, name: str = "") -> Any:
    """`value` with `Unknown` wherever one of the two masks, which have its shape, says true."""
    if sensitive is True:
        return Unknown(f"{name}: {_SENSITIVE}", what=name)
    if unknown is True or (value is None and _somewhere(unknown)):
        return Unknown(f"{name}: {_LATER}", what=name)
    if isinstance(value, Mapping):
        later, hidden = _keys(unknown), _keys(sensitive)
        keys = dict.fromkeys([*value, *(key for key, mask in later.items() if key not in value and _somewhere(mask))])
        return {
            key: masked(value.get(key), later.get(key), hidden.get(key), f"{name}.{key}".lstrip(".")) for key in keys
        }
    if isinstance(value, list):
        triples = zip_longest(value, _items(unknown), _items(sensitive))
        return [masked(*each, name) for each in triples]
    return value


def _somewhere(mask: Any) -> bool:
    inner: Iterable[Any] = mask.values() if isinstance(mask, Mapping) else mask if isinstance(mask, list) else ()
    return mask is True or any(_somewhere(each) for each in inner)


def _keys(mask: Any) -> Mapping[str, Any]:
    return mask if isinstance(mask, Mapping) else {}


def _items(mask: Any) -> list[Any]:
    return mask if isinstance(mask, list) else []


def flag_at(item: Item, key: str, default: bool | None = None) -> bool:
    """A switch; null means the provider's documented default. Raises `UnknownFact` where it is not told."""
    value = known(item[key])
    value = default if value is None else value
    if not isinstance(value, bool):
        raise UnknownFact(key, f"{key} is not set, and what the provider then does is not told")
    return value


def text_at(item: Item, key: str) -> str | None:
    """A text; None where it is null or empty. Raises `UnknownFact` where it is not told."""
    value = known(item[key])
    if value is not None and not isinstance(value, str):
        raise UnknownFact(key, f"{key} is no text")
    return value or None


def listed_at(item: Item, key: str) -> list[Any]:
    """A list, each value in it known; null means an empty one. Raises `UnknownFact` where it is not told."""
    value = known(item[key])
    if value is not None and not isinstance(value, list):
        raise UnknownFact(key, f"{key} is no list")
    return [known(each) for each in value or []]


def blocks(item: Item, key: str) -> list[Item]:
    """The nested blocks of a name; none where the key is absent, as before a provider knew the block."""
    return listed_at(item, key) if key in item else []


def only(item: Item, key: str) -> Item | None:
    """The nested block that stands once at most; None where it does not stand. Raises `UnknownFact` if not told."""
    found = blocks(item, key)
    return found[0] if found else None


def port_range(written: str) -> tuple[Any, Any]:
    """The first and the last port of "22" or "20-25"; both unknown where it is none, or ends before it begins."""
    low, _, high = written.partition("-")
    if not low.isdecimal() or not (high or low).isdecimal() or int(low) > int(high or low):
        odd = Unknown("a port range is none", what="ports")
        return odd, odd
    return int(low), int(high or low)
