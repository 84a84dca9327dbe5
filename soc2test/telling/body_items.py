"""The items of a body, each with its place, as an operation says where they are."""

from collections.abc import Iterator
from typing import Any

from soc2test.evidence.redacted import Redacted
from soc2test.sources.operation import Operation

__all__ = ["items_of", "misfit", "shells_of", "stray"]


def items_of(operation: Operation, body: Any) -> Iterator[tuple[str, Any]]:
    """The items with their places. Raises `LookupError` with the place where a list should be and is none."""
    if operation.items is None or body is None:
        yield "", body
        return
    yield from _down(body, operation.items.split(".") if operation.items else [], "")


def shells_of(operation: Operation, body: Any) -> Iterator[dict[str, Any]]:
    """What stands around the items: the plain values of each object on the way to them, such as a reservation's."""
    if operation.items:
        yield from _around(body, operation.items.split("."))


def _around(value: Any, steps: list[str]) -> Iterator[dict[str, Any]]:
    if isinstance(value, list):
        for member in value:
            yield from _around(member, steps)
    elif isinstance(value, dict) and steps:
        yield {key: inner for key, inner in value.items() if not isinstance(inner, dict | list)}
        yield from _around(value.get(steps[0].removesuffix("[]")), steps[1:])


def misfit(operation: Operation, item: Any) -> str | None:
    """What is wrong with the type of an item; None where the reading function may see it. Never quotes it."""
    if operation.items is None:  # a call prints objects and lists; what else it is no reader can say
        return f"{_named(item)} stands where an object belongs" if isinstance(item, bool | int | float | str) else None
    if operation.entry == "any":
        return None
    if operation.entry == "text":
        return None if isinstance(item, str) else f"{_named(item)} stands where a name belongs"
    return None if isinstance(item, dict) else f"{_named(item)} stands where an object belongs"


def stray(value: Any, place: str = "") -> str | None:
    """Where within a value an entry that is no object stands among objects, or null in a list; None where none does.

    Asked only where a reading function broke: then the export is at fault and not the plugin.
    """
    if isinstance(value, dict):
        return _first(stray(inner, f"{place}.{key}") for key, inner in value.items())
    if not isinstance(value, list):
        return None
    among_objects = any(isinstance(entry, dict) for entry in value)
    for number, entry in enumerate(value):
        if entry is None or isinstance(entry, bool) or (among_objects and not isinstance(entry, dict)):
            return f"{place}[{number}]: {_named(entry)} stands where an object belongs".lstrip(".")
    return _first(stray(entry, f"{place}[{number}]") for number, entry in enumerate(value))


def _first(found: Iterator[str | None]) -> str | None:
    return next((text for text in found if text is not None), None)


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
