"""The items of a body, each with its place, as an operation says where they are."""

from collections.abc import Iterator
from typing import Any

from soc2test.evidence.redacted import Redacted
from soc2test.sources.source import Operation

__all__ = ["items_of", "misfit"]


def items_of(operation: Operation, body: Any) -> Iterator[tuple[str, Any]]:
    """The items with their places. Raises `LookupError` with the place where a list should be and is none."""
    if operation.items is None or body is None:
        yield "", body
        return
    yield from _down(body, operation.items.split(".") if operation.items else [], "")


def misfit(operation: Operation, item: Any) -> str | None:
    """What is wrong with the type of an item; None where the reading function may see it. Never quotes it."""
    if operation.items is None or operation.entry == "any":
        return None
    if operation.entry == "text":
        return None if isinstance(item, str) else f"{_named(item)} stands where a name belongs"
    return None if isinstance(item, dict) else f"{_named(item)} stands where an object belongs"


_TYPES = {type(None): "null", bool: "true or false", str: "a text", list: "a list", dict: "an object"}


def _named(item: Any) -> str:
    return "a secret" if isinstance(item, Redacted) else _TYPES.get(type(item), "a number")


def _down(value: Any, steps: list[str], place: str) -> Iterator[tuple[str, Any]]:
    """Down one step of "Reservations[].Instances[]" after the other; each list on the way must be there."""
    if not steps:
        if not isinstance(value, list):
            raise LookupError(place.lstrip(".") or "its top")
        yield from ((f"{place.lstrip('.')}[{number}]", item) for number, item in enumerate(value))
        return
    key, over, rest = steps[0].removesuffix("[]"), steps[0].endswith("[]"), steps[1:]
    here = f"{place}.{key}" if key else place
    if key and (not isinstance(value, dict) or key not in value):
        raise LookupError(here.lstrip("."))
    inner = value[key] if key else value
    if not over or not rest:
        yield from _down(inner, rest, here)
    elif not isinstance(inner, list):
        raise LookupError(here.lstrip("."))
    else:
        for number, each in enumerate(inner):
            yield from _down(each, rest, f"{here}[{number}]")
