"""From what was parsed to the body that is validated: texts of a CSV by the schema's types, dates that can't be."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from soc2test import yes_or_no
from soc2test_plugins.registers.schemas import load_schema

__all__ = ["prepare"]

Row = dict[str, Any]

_INTEGER = re.compile(r"-?[0-9]{1,18}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_PLANNED = ("ended_at", "onboarded_at")
"""keys of moments that may lie ahead; whatever else is dated is said to have happened"""


def prepare(register: str, body: Any) -> Any:
    """The body to validate. A CSV's rows become entries under the head that a YAML register has.

    Raises `ValueError` where the columns of a CSV without rows are not the register's: then it is no empty register.
    Raises it too where an entry says that something happened after the day of the register: a planned date would
    read as done. It names number and key of the entry, never its content.
    """
    if _without_rows(body):
        _check_columns(register, body["columns"])
        return _with_head(register, [])
    if _from_csv(body):
        return _with_head(register, body["entries"])
    for place in _later_than_register(body):
        raise ValueError(f"{place} lies after the register's as_of: only what has happened has a date")
    return body


def _without_rows(body: Any) -> bool:
    return isinstance(body, dict) and body.keys() == {"entries", "columns"} and body["entries"] == []


def _check_columns(register: str, columns: list[str]) -> None:
    """An error text or a cut header is a CSV without rows too; a register that is empty has its columns at least."""
    entry = load_schema(register)["properties"]["entries"]["items"]
    if missing := [name for name in entry["required"] if name not in columns]:
        raise ValueError(f"has no rows, and no column {missing[0]}: not an empty register of {register}")
    if unknown := [place for place, name in enumerate(columns, 1) if name not in entry["properties"]]:
        raise ValueError(f"has no rows, and column {unknown[0]} is none of the register of {register}")


def _from_csv(body: Any) -> bool:
    """A CSV has no head and nothing but texts."""
    return isinstance(body, dict) and body.keys() == {"entries"} and all(map(_all_texts, body["entries"] or ()))


def _all_texts(row: Any) -> bool:
    return isinstance(row, dict) and all(isinstance(text, str) for text in row.values())


def _with_head(register: str, rows: list[dict[str, str]] | None) -> Row:
    entry = load_schema(register)["properties"]["entries"]["items"]
    # as_of is null, not left out: manifest.yaml dates a CSV
    return {"register": register, "as_of": None, "entries": rows and [_entry(row, entry) for row in rows]}


def _entry(row: Mapping[str, str], schema: Mapping[str, Any]) -> Row:
    keys, required = schema["properties"], schema["required"]
    cells = {name: _value(text.strip(), keys.get(name, {})) for name, text in row.items()}
    # An empty cell says none. Where the key can't say none it says nothing: left out it is unknown.
    silent = {name for name, value in cells.items() if value is None and name in keys and not _may_be_none(keys[name])}
    return {name: value for name, value in cells.items() if name not in silent or name in required}


def _value(text: str, key: Mapping[str, Any]) -> Any:
    """What a cell means; a text that is not of the key's type stays as it is, for the schema to refuse."""
    types = _types(key)
    if "array" in types:
        return [part.strip() for part in text.split(";")] if text else []
    if not text:
        return None
    if "boolean" in types:
        said = yes_or_no(text)
        return text if said is None else said
    if "integer" in types:
        return int(text) if _INTEGER.fullmatch(text) else text
    return text


def _types(key: Mapping[str, Any]) -> list[str]:
    types = key.get("type", [])
    return [types] if isinstance(types, str) else types


def _may_be_none(key: Mapping[str, Any]) -> bool:
    return "null" in _types(key)


def _later_than_register(body: Any) -> Iterator[str]:
    as_of, entries = (body.get("as_of"), body.get("entries")) if isinstance(body, dict) else (None, None)
    if not isinstance(as_of, str) or not isinstance(entries, list):
        return  # the schema says what is wrong
    for number, entry in enumerate(entries):
        for key, value in entry.items() if isinstance(entry, dict) else ():
            if _happened(key) and isinstance(value, str) and _DAY.match(value) and value[:10] > as_of[:10]:
                yield f"entries[{number}].{key}"


def _happened(key: Any) -> bool:
    return isinstance(key, str) and (key.endswith("_at") or key == "report_period_end") and key not in _PLANNED
