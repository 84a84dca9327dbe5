"""What a CSV and a spreadsheet have in common once they are parsed: one body, and how people find a cell of it.

The body is `{"entries": [{column: text}], "columns": [...], "rows": [...]}`. That of a spreadsheet has two keys more:
`sheet`, the name of the sheet that was read, and `faults`, the cells that can't be read: `[number, column, text]`, the
number being that of the entry, from 0. That of a table whose columns soc2.yaml maps has `faults` as well, `headers`
(`{key: [[number from 1, header]]}`: which columns of the file a key is of) and `unknown`, the keys of which it says
nothing; its columns have the names of the keys.
"""

from collections.abc import Sequence
from typing import Any

import msgspec

from soc2test.errors import EvidenceError
from soc2test.evidence.table_map import TableMap

__all__ = [
    "CellFault", "Head", "as_seen", "cell_place", "faults_of", "is_table", "letters", "refusal", "rows_of", "sheet_of",
]  # fmt: skip

_CSV = frozenset(("entries", "columns", "rows"))
_MORE = frozenset(("sheet", "faults", "headers", "unknown"))
_TOLD_AT_ONCE = 20
"""so many faults of one file are named: who corrects a file wants to see all of them, not a log of thousands"""
_LETTERS = 26

_UNSEEN = (
    "\u00ad\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2062\u2063\u2064\u2066"
    "\u2067\u2068\u2069\ufeff"
)
"""signs of no width (of Unicode's category Cf), which come along with texts from web pages, chats and other files"""

CellFault = tuple[int, str, str]
"""The number of an entry, from 0, the column's name, and what is wrong with the cell."""


class Head(msgspec.Struct, frozen=True):
    """What tells the table of a call among others: its `name`, and the `columns` that it can't be without.

    With a `map` its columns have other names.
    """

    name: str = ""
    columns: tuple[str, ...] = ()
    map: TableMap | None = None


def is_table(body: Any) -> bool:
    """True for the body of a CSV or a spreadsheet; what is kept in YAML or JSON has other keys."""
    return isinstance(body, dict) and body.keys() >= _CSV and body.keys() <= _CSV | _MORE


def rows_of(body: Any) -> list[int]:
    """The numbers of a table's rows as a spreadsheet counts them; none of any other body."""
    return list(body["rows"]) if is_table(body) else []


def sheet_of(body: Any) -> str:
    """The name of the sheet that a spreadsheet's body is of; "" for any other body."""
    return str(body["sheet"]) if is_table(body) and "sheet" in body else ""


def faults_of(body: Any) -> list[CellFault]:
    """The cells of a table's body that could not be read; none of any other body."""
    if not is_table(body):
        return []
    return [(number, column, text) for number, column, text in body.get("faults", ())]


def cell_place(body: Any, number: int, column: str | None = None) -> str:
    """Where an entry or a cell of it stands: "sheet People, row 5, column C (ended_at)"; of a CSV without a sheet.

    A column with another name than its key has it in quotes: `column C ("Last day")`. One that the table does not have
    is named without a letter.
    """
    sheet = sheet_of(body)
    steps = [f"sheet {sheet}"] if sheet else []
    steps.append(f"row {rows_of(body)[number]}")
    if column is not None:
        steps.append(_column_place(body, column))
    return ", ".join(steps)


def _column_place(body: Any, column: str) -> str:
    if "headers" in body and column in body["headers"]:
        return _mapped_place(column, body["headers"][column])
    known = column in body["columns"]
    return f"column {letters(body['columns'].index(column) + 1)} ({column})" if known else f"column {column}"


def _mapped_place(key: str, columns: Sequence[tuple[int, str]]) -> str:
    which = " and ".join(letters(number) for number, _ in columns)
    named = ", ".join(header if header == key else f'"{header}"' for _, header in columns)
    return f"column{'s' if columns[1:] else ''} {which} ({named})"


def as_seen(text: str) -> str:
    """The text without signs of no width at its ends, nor the blanks beside them; within it they may join letters."""
    if text.isascii():
        return text
    inner = text.strip()
    if not inner or not (inner[0] in _UNSEEN or inner[-1] in _UNSEEN):
        return text
    while (shorter := inner.strip(_UNSEEN).strip()) != inner:
        inner = shorter
    return inner


def letters(number: int) -> str:
    """A column's letters by its number from 1: A, Z, AA."""
    name = ""
    while number > 0:
        number, last = divmod(number - 1, _LETTERS)
        name = chr(ord("A") + last) + name
    return name


def refusal(file: str, faults: Sequence[tuple[str, str]]) -> EvidenceError:
    """The error that names all faults of a table that can't be read at all, each with its place, up to twenty."""
    (place, text), *others = faults
    told = [f"{there}: {said}" if there else said for there, said in others[: _TOLD_AT_ONCE - 1]]
    left = len(faults) - _TOLD_AT_ONCE
    more = [f"and {left} more"] if left > 0 else []
    return EvidenceError(file, "; ".join([text, *told, *more]), place=place)
