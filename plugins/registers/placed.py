"""Where what is unknown of an entry stands, in words that name the file: whoever reads them has only them."""

from collections.abc import Mapping, Sequence
from typing import Any

from soc2test import Context, Unknown
from soc2test_plugins.registers.schemas import IDS, entry_schema, mapped

__all__ = ["places", "with_place"]


class _Entry(dict[str, Any]):
    """An entry that tells where a key is that it lacks."""

    __slots__ = ("_place",)

    def __init__(self, keys: Mapping[str, Any], place: str) -> None:
        super().__init__(keys)
        self._place = place

    def __missing__(self, key: str) -> Unknown:
        return Unknown(f"{key} ({self._place}) is not filled in: write what is known", what=key)


def places(count: int, rows: Sequence[int], numbers: Sequence[int] = ()) -> list[str]:
    """Where each entry stands, as people find it."""
    if len(rows) == count:
        return [f"row {row}" for row in rows]
    return [f"entries[{number}]" for number in numbers or range(count)]


def with_place(register: str, entry: Mapping[str, Any], place: str, context: Context) -> dict[str, Any]:
    """The entry with file and place in the words of what it lacks and of what is a placeholder."""
    steps = [context.file, f"sheet {context.sheet}" if context.sheet else "", place]
    whole = ", ".join(step for step in steps if step)
    said = mapped(entry, entry_schema(register), lambda path, key, value: _in_file(value, place, whole))
    id = "" if context.rows else _id(register, entry)
    return _Entry(said, f"{whole}, {id}" if id else whole)


def _id(register: str, entry: Mapping[str, Any]) -> str:
    parts = [entry.get(key) for key in IDS.get(register, ("id",))]
    # a secret is another type, and its content raises
    return "/".join(part for part in parts if type(part) is str) if all(type(part) is str for part in parts) else ""


def _in_file(value: Any, place: str, whole: str) -> Any:
    if type(value) is not Unknown:
        return value
    return Unknown(value.reason.replace(f"({place})", f"({whole})", 1), what=value.what, code=value.code)
