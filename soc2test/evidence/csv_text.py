"""CSV as a body: `{"entries": [{column: text}]}`; nothing is guessed, cut or filled up."""

import csv
import io
from itertools import islice
from typing import Any

from soc2test.errors import EvidenceError
from soc2test.evidence.limits import ReadLimits
from soc2test.evidence.sizes import too_many

__all__ = ["parse_csv"]

_NO_LIMITS = ReadLimits()


def parse_csv(data: bytes, file: str, limits: ReadLimits = _NO_LIMITS) -> dict[str, Any]:
    """The rows by the names in the header; the delimiter is "," or ";", whichever the header holds more often.

    Where there is no row, `columns` holds the names beside the empty `entries`: an error text that was saved as CSV is
    a header too, and who reads the file must be able to tell it from an empty list.
    Raises `EvidenceError` with row and line for rows of another width, empty or repeated column names, NUL,
    stray quotes and fields over 131,072 characters.
    """
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        row = data[: error.start].count(b"\n") + 1
        raise EvidenceError(file, "is not UTF-8", place=f"line {row}") from None
    if "\0" in text:
        row = text[: text.index("\0")].count("\n") + 1
        raise EvidenceError(file, "holds a NUL character", place=f"line {row}")
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    try:
        header = next(rows, [])
        _check_header(header, file)
        entries = [_row(header, cells, rows.line_num, file) for cells in islice(rows, limits.entries) if cells]
        if next(rows, None) is not None:
            raise too_many(file, limits, f"line {rows.line_num}")
    except csv.Error as error:
        raise EvidenceError(file, f"invalid CSV: {error}", place=f"line {rows.line_num}") from None
    return {"entries": entries} if entries else {"entries": [], "columns": header}


def _delimiter(text: str) -> str:
    header = text.split("\n", 1)[0].split("\r", 1)[0]
    return ";" if header.count(";") > header.count(",") else ","


def _check_header(header: list[str], file: str) -> None:
    if not header:
        raise EvidenceError(file, "is empty: not even a header", place="line 1")
    for place, name in enumerate(header, 1):
        if not name.strip():
            raise EvidenceError(file, f"column {place} has no name", place="line 1")
        if name in header[: place - 1]:
            raise EvidenceError(file, f"column {place} has the name of an earlier one", place="line 1")


def _row(header: list[str], cells: list[str], line: int, file: str) -> dict[str, str]:
    if len(cells) != len(header):
        raise EvidenceError(file, f"{len(cells)} cells where the header has {len(header)}", place=f"line {line}")
    return dict(zip(header, cells, strict=True))
