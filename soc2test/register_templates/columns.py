"""The columns of a register as somebody who fills it in needs them, from its JSON Schema."""

import re
from collections.abc import Mapping
from typing import Any, Literal

import msgspec

from soc2test.evidence.example_rows import EXAMPLE

__all__ = ["Column", "Form", "columns_of", "example_row"]

Form = Literal["text", "email", "day", "moment", "time", "yes or no", "number", "list", "document"]
_HOW: Mapping[Form, str] = {
    "text": "A text.",
    "email": "An e-mail address.",
    "day": "A day: 2026-01-31.",
    "moment": "A day or a time with its zone: 2026-01-31 or 2026-01-31T16:30Z.",
    "time": "A time with its zone: 2026-01-31T16:30Z.",
    "yes or no": "yes or no.",
    "number": "A number.",
    "list": "Several with ; between them.",
    "document": "A file below the folder of soc2.yaml with its digest: documents/report.pdf sha256:<64 hex digits>.",
}
_SHOWN: Mapping[Form, str] = {
    "text": "a text",
    "email": "ann@example.com",
    "day": "2026-01-31",
    "moment": "2026-01-31",
    "time": "2026-01-31T16:30Z",
    "yes or no": "yes",
    "number": "1",
    "list": "one; two",
    "document": "",
}


class Column(msgspec.Struct, frozen=True, kw_only=True):
    """A key of an entry: its name, what it means, what may stand there, and whether it may be left out."""

    name: str
    title: str
    description: str
    form: Form
    words: tuple[str, ...]
    required: bool
    empty: bool
    """no value may stand there: an empty cell says none"""
    example: str

    @property
    def how(self) -> str:
        """What may stand in a cell, in a sentence or two."""
        said = _HOW[self.form]
        if self.words:
            several = "Several with ; between them, of" if self.form == "list" else "One of"
            said = f"{several}: {', '.join(self.words)}."
        if not self.required:
            return f"{said} The column may be left out."
        return f"{said} Empty where there is none." if self.empty else f"{said} Needed in each row."


def columns_of(schema: Mapping[str, Any]) -> list[Column]:
    """The columns of a register's schema (draft 2020-12), those that are needed first."""
    entry: Mapping[str, Any] = schema["properties"]["entries"]["items"]
    required = set(entry.get("required", ()))
    keys = {name: _resolved(key, schema) for name, key in entry["properties"].items()}
    columns = [_column(name, key, name in required) for name, key in keys.items()]
    return sorted(columns, key=lambda column: not column.required)


def example_row(columns: list[Column]) -> list[str]:
    """A row that shows what to write; its first cell says that it is one, and it does not count."""
    return [f"{EXAMPLE} {columns[0].example}", *(column.example for column in columns[1:])]


def _resolved(key: Mapping[str, Any], schema: Mapping[str, Any]) -> Mapping[str, Any]:
    name = str(key.get("$ref", "")).removeprefix("#/$defs/")
    return {**schema["$defs"][name], **key} if name else key


def _column(name: str, key: Mapping[str, Any], required: bool) -> Column:  # what it says of the key
    form = _form(key)
    listed = key.get("items", {}) if form == "list" else key
    words = tuple(str(word) for word in listed.get("enum", ()) if word is not None)
    shown = key.get("examples") or listed.get("examples")
    return Column(
        name=name,
        title=str(key.get("title", name)),
        description=str(key.get("description", "")),
        form=form,
        words=words,
        required=required,
        empty="null" in _types(key),
        example=str(shown[0]) if shown else (words[0] if words else _shown(form, key)),
    )


def _form(key: Mapping[str, Any]) -> Form:
    types = _types(key)
    by_type: Mapping[str, Form] = {
        "array": "list", "object": "document", "boolean": "yes or no", "integer": "number", "number": "number",
    }  # fmt: skip
    for name, form in by_type.items():
        if name in types:
            return form
    if key.get("format") == "date":
        return "day"
    pattern = str(key.get("pattern", ""))
    if "(19|20)" in pattern:
        return "moment" if re.search(pattern, _SHOWN["day"]) else "time"
    return "email" if re.search(pattern, _SHOWN["email"]) and "@" in pattern else "text"


def _shown(form: Form, key: Mapping[str, Any]) -> str:
    if form == "text" and str(key.get("pattern", "")).startswith("^[A-Za-z0-9]"):
        return "id-1"
    if form == "list" and _form(key.get("items", {})) == "email":
        return "ann@example.com; ben@example.com"
    return str(key["minimum"]) if form == "number" and key.get("minimum", 0) > 1 else _SHOWN[form]


def _types(key: Mapping[str, Any]) -> list[str]:
    types = key.get("type", [])
    return [types] if isinstance(types, str) else list(types)
