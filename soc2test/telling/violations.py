"""What is wrong with a body by its schema and by the checks of its plugin: merged, grouped, and named for people."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from soc2test.evidence.schema_violations import Violation, violations
from soc2test.evidence.tables import CellFault, cell_place, rows_of
from soc2test.sources.context import Context
from soc2test.sources.operation import Operation
from soc2test.telling.pages import NOTHING

__all__ = ["id_of", "told", "without", "wrong_in"]

_TOLD_AT_ONCE = 20
"""so many faults of one file are named: who corrects it wants all of them, and no log of thousands"""
_ENTRY = 2
"""steps of a path that lead to one entry: the key of the list, and the number"""
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:/-]{0,39}")
_ADDRESS = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+-]{0,63}@[A-Za-z0-9.-]{1,63}")
_NAMING = {"id": _ID, "email": _ADDRESS, "person_email": _ADDRESS, "serial": _ID}
"""The keys by which people know an entry, the first that it has, and what such a text looks like."""


def wrong_in(operation: Operation, body: Any, context: Context, cells: Sequence[CellFault] = ()) -> list[Violation]:
    """All that is wrong with a prepared body, in the order of the document, with one text a place.

    `cells` are those of a spreadsheet that could not be read: what the others say of such a cell is of the empty text
    in its place. Of these the plugin knows more than the schema. Raises `PluginError`, `UnknownFact`.
    """
    schema = operation.body_schema()
    by_schema = [] if schema is None else violations(schema, body)
    texts: dict[tuple[str | int, ...], str] = {
        (operation.items or "", number, column): text for number, column, text in cells
    }
    for path, text in [*operation.checked(body, context), *by_schema]:
        texts.setdefault(path, text)
    return sorted(texts.items(), key=lambda violation: [(type(step) is str, step) for step in violation[0]])


def told(operation: Operation, raw: Any, wrong: Sequence[Violation]) -> list[str]:
    """Each fault with its place; one that many entries share is told once, and twenty are enough."""
    groups: dict[tuple[object, ...], list[Violation]] = {}
    for path, text in _in_order_of_cells(operation, raw, wrong):
        within = path[_ENTRY:] if _in_entry(operation, path) else path
        groups.setdefault((_in_entry(operation, path), within, text), []).append((path, text))
    said = [f"{_places(operation, raw, group)}: {group[0][1]}" for group in groups.values()]
    return said[:_TOLD_AT_ONCE] + ([f"and {len(said) - _TOLD_AT_ONCE} more"] if said[_TOLD_AT_ONCE:] else [])


def _in_order_of_cells(operation: Operation, raw: Any, wrong: Sequence[Violation]) -> Sequence[Violation]:
    """The faults of a table from left to right and row by row, as who corrects it goes through it."""
    if not rows_of(raw):
        return wrong
    columns = {column: number for number, column in enumerate(raw["columns"])}

    def cell(violation: Violation) -> tuple[int, int]:
        path = violation[0]
        if not _in_entry(operation, path):
            return -1, -1
        return int(path[1]), columns.get(str(path[_ENTRY]), len(columns)) if len(path) > _ENTRY else -1

    return sorted(wrong, key=cell)


def _places(operation: Operation, raw: Any, group: Sequence[Violation]) -> str:
    first = _place(operation, raw, group[0][0])
    if len(group) == 1:
        return first
    rows = rows_of(raw)
    if not rows:
        return f"{first} (and in {len(group) - 1} more entries)"
    others = [rows[int(path[1])] for path, _ in group[1:] if int(path[1]) < len(rows)]
    return f"{first} (and in {_others(others, len(rows) - 1)})"


def _others(rows: Sequence[int], all_others: int) -> str:
    """The other rows of a table with the same fault: by their numbers, as far as somebody may go through them."""
    if len(rows) == all_others and all_others > 1:
        return "all other rows"
    shown = ", ".join(map(str, rows[:_TOLD_AT_ONCE]))
    more = f" and {len(rows) - _TOLD_AT_ONCE} more" if rows[_TOLD_AT_ONCE:] else ""
    return f"row{'s' if rows[1:] else ''} {shown}{more}"


def _place(operation: Operation, raw: Any, path: Sequence[str | int]) -> str:
    """A key path as people find it: "entries[4] (id V-5).name", or of a table "row 6, column B (email)"."""
    if _in_entry(operation, path) and int(path[1]) < len(rows_of(raw)):
        return cell_place(raw, int(path[1]), str(path[_ENTRY]) if len(path) > _ENTRY else None)
    if _in_entry(operation, path):
        return "".join([*_steps(path[:_ENTRY]), _id_of(raw, path), *_steps(path[_ENTRY:])]).lstrip(".")
    return "".join(_steps(path)).lstrip(".") or "top"


def _id_of(raw: Any, path: Sequence[str | int]) -> str:
    """The id beside the number, since people don't count; nothing where there is none, or it looks like no id."""
    entries = raw.get(path[0]) if isinstance(raw, dict) else None
    return id_of(entries[int(path[1])]) if isinstance(entries, list) and int(path[1]) < len(entries) else ""


def id_of(entry: Any) -> str:
    """The id, address or serial number of an entry in brackets; nothing where there is none, or it looks like none."""
    for key, form in _NAMING.items() if isinstance(entry, dict) else ():
        if key in entry:
            text = entry[key]
            known = type(text) is str and form.fullmatch(text)
            return f" ({'' if form is _ADDRESS else f'{key} '}{text})" if known else ""
    return ""


def _steps(path: Sequence[str | int]) -> Iterator[str]:
    return (f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)


def _in_entry(operation: Operation, path: Sequence[str | int]) -> bool:
    return len(path) >= _ENTRY and path[0] == operation.items and isinstance(path[1], int)


def without(operation: Operation, body: Any, wrong: list[Violation], context: Context) -> tuple[Any, Context]:
    """The body without the entries that violate the schema, and which are left; nothing where it is not in an entry."""
    key = operation.items
    if not key or not isinstance(body, dict) or not isinstance(body.get(key), list):
        return NOTHING, context
    bad = {path[1] for path, _ in wrong if len(path) > 1 and path[0] == key}
    if any(len(path) < 2 or path[0] != key for path, _ in wrong):  # noqa: PLR2004  # key and number
        return NOTHING, context
    entries = body[key]
    numbers = tuple(number for number in range(len(entries)) if number not in bad)
    whole = len(context.rows) == len(entries)
    rows = tuple(context.rows[number] for number in numbers) if whole else context.rows
    left = msgspec.structs.replace(context, rows=rows, numbers=numbers)
    return {**body, key: [entries[number] for number in numbers]}, left
