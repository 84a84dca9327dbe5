"""The JSON Schemas of the registers: for validation, and for editors and docs to point at."""

import json
import re
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

__all__ = ["IDS", "REGISTERS", "Key", "entry_schema", "is_date", "load_schema", "mapped", "schema_path", "types_of"]

_SCHEMAS = Path(__file__).parent / "schemas"
_SUFFIX = ".schema.json"

REGISTERS = tuple(sorted(path.name.removesuffix(_SUFFIX) for path in _SCHEMAS.glob(f"*{_SUFFIX}")))
"""The names of all registers: of their files below exports/registers/, and of their schemas."""

IDS: Mapping[str, tuple[str, ...]] = {
    "people": ("email",),
    "training": ("person_email", "course"),
    "devices": ("serial",),
    "access_decisions": ("review", "account"),
    "processors": ("vendor",),
    "stored_fields": ("store", "table_schema", "table_name", "column_name"),
    "declared_fields": ("store", "field"),
    "acknowledgements": ("person_email", "policy", "version"),
}
"""The keys that tell one entry of a register from the others, where it is not `id`."""

Key = Mapping[str, Any]
"""The schema of one key."""
Change = Callable[[tuple[str | int, ...], Key, Any], Any]
"""Gets the key path within an entry, the key's schema and the value, and gives the value to put there."""

_DAY_FIRST = re.compile(r"\^\(19\|20\)")


def schema_path(register: str) -> Path:
    """The file of a register's JSON Schema (draft 2020-12). Raises `ValueError` where there is no such register."""
    if register not in REGISTERS:
        raise ValueError(f"there is no register {register!r}; there are {', '.join(REGISTERS)}")
    return _SCHEMAS / f"{register}{_SUFFIX}"


@cache
def load_schema(register: str) -> dict[str, Any]:
    """A register's JSON Schema, read once: not to be changed. Raises `ValueError` as `schema_path` does."""
    schema: dict[str, Any] = json.loads(schema_path(register).read_text(encoding="utf-8"))
    return schema


@cache
def entry_schema(register: str) -> dict[str, Any]:
    """The schema of one entry, with what it refers to in its place: not to be changed."""
    schema = load_schema(register)
    entry: dict[str, Any] = _resolved(schema["properties"]["entries"]["items"], schema)
    return entry


def _resolved(part: Any, whole: Mapping[str, Any]) -> Any:
    if isinstance(part, list):
        return [_resolved(each, whole) for each in part]
    if not isinstance(part, dict):
        return part
    name = str(part.get("$ref", "")).removeprefix("#/$defs/")
    referred = _resolved(whole["$defs"][name], whole) if name else {}
    own = {key: _resolved(inner, whole) for key, inner in part.items() if key != "$ref"}
    return {**referred, **own}


def types_of(key: Key) -> list[str]:
    """The JSON types that a key may have."""
    types = key.get("type", [])
    return [types] if isinstance(types, str) else types


def is_date(key: Key) -> bool:
    """True for the keys of days and moments."""
    return key.get("format") == "date" or _DAY_FIRST.match(key.get("pattern", "")) is not None


def mapped(value: Any, schema: Key, change: Change, path: tuple[str | int, ...] = ()) -> Any:
    """A copy of an entry in which `change` was asked for each value that the schema has a key for.

    Lists of plain values are asked for as one; objects, and those in lists, are gone into.
    """
    if isinstance(value, dict) and "properties" in schema:
        known = schema["properties"]
        return {
            name: mapped(inner, known[name], change, (*path, name)) if name in known else inner
            for name, inner in value.items()
        }
    if isinstance(value, list) and "properties" in schema.get("items", {}):
        return [mapped(inner, schema["items"], change, (*path, number)) for number, inner in enumerate(value)]
    return change(path, schema, value)
