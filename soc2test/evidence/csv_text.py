"""CSV as a body: `{"entries": [{column: text}], "columns": [...], "rows": [...]}`; nothing is guessed or filled up."""

import csv
import io
from collections.abc import Iterator
from itertools import islice
from typing import Any, NamedTuple

from soc2test.errors import EvidenceError
from soc2test.evidence.read_limits import ReadLimits
from soc2test.evidence.sizes import too_many

__all__ = ["parse_csv"]

_NO_LIMITS = ReadLimits()
_TOLD_AT_ONCE = 20
"""so many rows of another width are named: who corrects a file wants to see all of them, not a log of thousands"""


class _Row(NamedTuple):
    """One row that holds cells: its number as a spreadsheet counts (the header's is 1), and the line where it ends."""

    number: int
    line: int
    cells: list[str]


def parse_csv(data: bytes, file: str, limits: ReadLimits = _NO_LIMITS) -> dict[str, Any]:
    """The rows by the names in the header; the delimiter is "," or ";", whichever the header holds more often.

    `columns` are the names in the header: an error text that was saved as CSV is a header too, and who reads a file
    without rows must be able to tell it from an empty list. `rows` are the numbers of the entries' rows as a
    spreadsheet counts them, the header's being 1 and blank ones counting, for whoever has to correct one.
    Rows of blank cells, which spreadsheets leave behind, are none, however many cells they have; blanks around the name
    of a column are no part of it. Raises `EvidenceError` with row and line for rows of another width, empty or repeated
    column names, NUL, stray quotes and fields over 131,072 characters.
    """
    text = _decoded(data, file)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    try:
        header = [name.strip() for name in next(reader, [])]
        _check_header(header, file)
        rows = list(islice(_rows(reader), limits.entries + 1))
    except csv.Error as error:
        raise EvidenceError(file, f"invalid CSV: {error}", place=f"line {reader.line_num}") from None
    if len(rows) > limits.entries:
        raise too_many(file, limits, f"line {rows[-1].line}")
    _check_widths(header, rows, file)
    entries = [dict(zip(header, row.cells, strict=True)) for row in rows]
    return {"entries": entries, "columns": header, "rows": [row.number for row in rows]}


def _decoded(data: bytes, file: str) -> str:
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise EvidenceError(file, "is not UTF-8", place=f"line {line}") from None
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        raise EvidenceError(file, "holds a NUL character", place=f"line {line}")
    return text


def _rows(reader: Any) -> Iterator[_Row]:
    """The rows below the header; blank ones are left out and counted."""
    for number, cells in enumerate(reader, 2):
        if any(cell and not cell.isspace() for cell in cells):
            yield _Row(number=number, line=reader.line_num, cells=cells)


def _delimiter(text: str) -> str:
    header = text.split("\n", 1)[0].split("\r", 1)[0]
    return ";" if header.count(";") > header.count(",") else ","


def _check_header(header: list[str], file: str) -> None:
    if not header:
        raise EvidenceError(file, "is empty: not even a header", place="line 1")
    for place, name in enumerate(header, 1):
        if not name:
            raise EvidenceError(file, f"column {place} has no name", place="line 1")
        if name in header[: place - 1]:
            raise EvidenceError(file, f"column {place} has the name of an earlier one", place="line 1")


def _check_widths(header: list[str], rows: list[_Row], file: str) -> None:
    odd = [row for row in rows if len(row.cells) != len(header)]
    if not odd:
        return
    told = [f"{_place(row)} has {len(row.cells)}" for row in odd[1:_TOLD_AT_ONCE]]
    more = [f"and {len(odd) - _TOLD_AT_ONCE} more rows"] if len(odd) > _TOLD_AT_ONCE else []
    text = f"{len(odd[0].cells)} cells where the header has {len(header)}"
    raise EvidenceError(file, "; ".join([text, *told, *more]), place=_place(odd[0]))


def _place(row: _Row) -> str:
    """Where an editor and a spreadsheet find it: they count otherwise once a cell holds a line break."""
    return f"line {row.line}" if row.line == row.number else f"line {row.line} (row {row.number})"
