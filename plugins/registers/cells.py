"""The cells of a CSV as the values that a YAML register has, by the types of the schema; blanks around mean nothing."""

import re
from collections.abc import Mapping
from typing import Any

from soc2test import yes_or_no
from soc2test_plugins.registers.schemas import Key, entry_schema, mapped, types_of

__all__ = ["document_in", "entry_of", "tidied"]

_INTEGER = re.compile(r"(-?[0-9]{1,18})(?:[.,]0{1,2})?")
"""with a fraction of 0, as it is shown or written where the column may hold others; 1,000 may be a thousand"""
_DOCUMENT = re.compile(r"(\S|\S.*\S)\s+sha256:([0-9A-Fa-f]{64})", re.DOTALL)


def entry_of(register: str, row: Mapping[str, str]) -> dict[str, Any]:
    """One row as an entry. An empty cell says none; where the key can't say none it says nothing, and is left out."""
    schema = entry_schema(register)
    keys, required = schema["properties"], schema["required"]
    cells = {name: _value(text, keys.get(name, {})) for name, text in row.items()}
    silent = {name for name, value in cells.items() if value is None and name in keys and not _may_be_none(keys[name])}
    return {name: value for name, value in cells.items() if name not in silent or name in required}


def tidied(register: str, entry: Any) -> Any:
    """An entry of a YAML register without the blanks around its texts, as those around cells mean nothing."""
    return mapped(entry, entry_schema(register), lambda path, key, value: _stripped(value))


def _stripped(value: Any) -> Any:
    if isinstance(value, list):
        return [_stripped(part) for part in value]
    return value.strip() if type(value) is str else value  # a secret is another type, and stays


def document_in(text: str) -> dict[str, str] | None:
    """The file and digest of a cell such as `documents/report.pdf sha256:<64 hex digits>`; None where it is no such."""
    named = _DOCUMENT.fullmatch(text.strip())
    return None if named is None else {"file": named[1], "sha256": named[2].lower()}


def _value(cell: str, key: Key) -> Any:
    """What a cell means; a text that is not of the key's type stays as it is, for the schema to refuse."""
    if type(cell) is not str:  # a secret stands there: a look at its content would raise
        return cell
    text, types = cell.strip(), types_of(key)
    if "array" in types:
        return [part.strip() for part in text.split(";")] if text else []
    if not text:
        return None
    if "object" in types:
        return document_in(text) or text
    if "boolean" in types:
        said = yes_or_no(text)
        return text if said is None else said
    if "integer" in types:
        whole = _INTEGER.fullmatch(text)
        return text if whole is None else int(whole[1])
    return _word(text, key)


def _word(text: str, key: Key) -> str:
    """A word of the key's list in the list's own case: sheets write a cell's first letter large by themselves."""
    words: dict[str, str] = {word.casefold(): word for word in key.get("enum", ()) if word is not None}
    return words.get(text.casefold(), text)


def _may_be_none(key: Key) -> bool:
    return "null" in types_of(key)
