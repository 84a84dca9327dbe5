"""CSV as a body: `{"entries": [{column: text}], "columns": [...], "rows": [...]}`; nothing is guessed or filled up."""

import codecs
import csv
import io
import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, NamedTuple

from soc2test.errors import EvidenceError
from soc2test.evidence.read_limits import ReadLimits
from soc2test.evidence.sheet_choice import misplaced_header
from soc2test.evidence.sizes import too_many
from soc2test.evidence.tables import Head, as_seen, letters

__all__ = ["TABLES", "header_of", "parse_csv"]

TABLES = (".csv", ".tsv")
"""suffixes of what is read as CSV: which sign stands between the cells the file itself tells"""

_NO_LIMITS = ReadLimits()
_DELIMITERS = (",", ";", "\t")
_SEPARATOR = re.compile(r'"?sep=([,;\t|])"?', re.IGNORECASE)
_QUOTED = re.compile(r'"[^"]*"')
_AS_FORMULA = re.compile(r'="([^"]*)"')
"""how Excel is kept from making a number of a text such as 00123"""
_LOOKED_AT = 20
"""lines in which the names of the columns are looked for, to say that they stand too low"""
_TOLD_AT_ONCE = 20
"""so many rows of another width are named: who corrects a file wants to see all of them, not a log of thousands"""


class _Row(NamedTuple):
    """One row that holds cells: its number as a spreadsheet counts (the header's is 1), and the line where it ends."""

    number: int
    line: int
    cells: list[str]


def parse_csv(data: bytes, file: str, limits: ReadLimits = _NO_LIMITS, head: Head | None = None) -> dict[str, Any]:
    """The rows by the names in the header, as Excel and Google Sheets write them in any country.

    The delimiter is the one of a first line such as `sep=;`, else whichever of comma, semicolon and tab the header
    holds most often outside of quotes, else a bar.

    `columns` are the names in the header: an error text that was saved as CSV is a header too, and who reads a file
    without rows must be able to tell it from an empty list. `rows` are the numbers of the entries' rows as a
    spreadsheet counts them, the header's being 1 and blank ones counting, for whoever has to correct one.
    Rows of blank cells, which spreadsheets leave behind, are none, however many cells they have, and so are columns of
    blank cells at the end; blanks around a column's name are no part of it, nor blanks before a cell and signs that
    nobody sees of one. `="00123"` is the text in it. Raises `EvidenceError` with row and line for columns
    that stand in a lower row, where `head` tells which are needed, rows of another width, all columns without a name or
    with an earlier one's, NUL, stray quotes, fields over 131,072 characters, and bytes that are not UTF-8.
    """
    text, skipped, delimiter = _begun(_decoded(data, file))
    reader = _reader(io.StringIO(text, newline=""), delimiter)
    records = _records(reader, skipped, file, plain=text.isascii() and '="' not in text)
    header = _without_blank_end([name.strip() for name in next(records, [])], 0)
    _check_place(header, text, skipped, file, head)
    rows = list(islice(_rows(records, reader, skipped, len(header)), limits.entries + 1))
    _check_header(header, file, skipped + 1)
    if len(rows) > limits.entries:
        raise too_many(file, limits, f"line {rows[-1].line}")
    _check_widths(header, rows, file)
    entries = [dict(zip(header, row.cells, strict=True)) for row in rows]
    return {"entries": entries, "columns": header, "rows": [row.number for row in rows]}


def header_of(head: bytes) -> list[str]:
    """The names in the first row of a file that begins so; none where that can't be read."""
    coding = "utf-16" if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8-sig"
    text, _, delimiter = _begun(head.decode(coding, "replace"))
    try:
        cells: list[str] = next(_reader(io.StringIO(text, newline=""), delimiter, strict=False), [])
    except csv.Error:
        return []
    return [as_seen(name).strip() for name in cells]


def _reader(lines: Iterable[str], delimiter: str, *, strict: bool = True) -> Any:
    return csv.reader(lines, delimiter=delimiter, skipinitialspace=True, strict=strict)


def _decoded(data: bytes, file: str) -> str:
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise EvidenceError(file, f"is not UTF-8{_as_excel_wrote_it(data)}", place=f"line {line}") from None
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        raise EvidenceError(file, "holds a NUL character", place=f"line {line}")
    return text


def _as_excel_wrote_it(data: bytes) -> str:
    """What to do about a file that may be in the encoding in which Excel for Windows saves its plain CSV."""
    try:
        data.decode("cp1252")
    except UnicodeDecodeError:
        return ": save it as CSV UTF-8"
    return ' but perhaps cp1252, in which Excel saves "CSV": save it as "CSV UTF-8", or as .xlsx'


def _begun(text: str) -> tuple[str, int, str]:
    """The text from the header on, how many lines are before it, and the delimiter."""
    first, _, rest = text.partition("\n")
    told = _SEPARATOR.fullmatch(first.strip("\r"))
    if told is not None:  # a line of Excel's, which shows it to nobody
        return rest, 1, told[1]
    return text, 0, _delimiter(first.split("\r", 1)[0])


def _delimiter(header: str) -> str:
    plain = _QUOTED.sub("", header)
    most = max(_DELIMITERS, key=plain.count)
    return "|" if most not in plain and "|" in plain else most


def _records(reader: Any, skipped: int, file: str, *, plain: bool) -> Iterator[list[str]]:
    """The cells of each row as people see them. A `plain` text holds none that they see otherwise."""
    begin = skipped
    try:
        for cells in reader:
            begin = reader.line_num + skipped
            yield cells if plain else [_seen(cell) for cell in cells]
    except csv.Error as error:
        raise _misquoted(str(error), begin + 1, reader.line_num + skipped, file) from None


def _seen(cell: str) -> str:
    kept = _AS_FORMULA.fullmatch(cell)
    return as_seen(cell if kept is None else kept[1])


def _misquoted(error: str, begin: int, line: int, file: str) -> EvidenceError:
    """What Python's csv module finds wrong, in words for who sees the file in a spreadsheet or an editor.

    `begin` is the line in which the row begins: a quote that nobody closed takes in all that follows it.
    """
    way_out = "put a text that holds quotes into quotes and write each within twice, or take the quotes away"
    if error == "unexpected end of data":
        return EvidenceError(file, f"holds a quote that is never closed: {way_out}", place=f"line {begin}")
    if "expected after" in error:
        text = "holds text behind a closing quote"
        if begin < line:
            text = f"closes a quote of line {begin} before other text, and all between them is one cell"
        return EvidenceError(file, f"{text}: {way_out}", place=f"line {line}")
    return EvidenceError(file, f"invalid CSV: {error}", place=f"line {line}")


def _check_place(header: list[str], text: str, skipped: int, file: str, head: Head | None) -> None:
    """Raise `EvidenceError` where the columns' names stand below titles or blank rows, whatever separates them."""
    if head is None:
        return
    lines = islice(io.StringIO(text, newline=None), 1, _LOOKED_AT)
    wrong = misplaced_header(header, ((number, _names(line)) for number, line in enumerate(lines, 2)), head)
    if wrong is not None:
        raise EvidenceError(file, wrong, place=f"line {skipped + 1}")


def _names(line: str) -> list[str]:
    """The cells of a line by itself; none where a quote goes on into the next one."""
    try:
        cells: list[str] = next(_reader([line.strip("\n")], _delimiter(line)), [])
    except csv.Error:
        return []
    return [as_seen(cell).strip() for cell in cells]


def _rows(records: Iterator[list[str]], reader: Any, skipped: int, width: int) -> Iterator[_Row]:
    """The rows below the header; blank ones are left out and counted."""
    for number, cells in enumerate(records, 2):
        if any(cell and not cell.isspace() for cell in cells):
            whole = _without_blank_end(cells, width)
            yield _Row(number=number, line=reader.line_num + skipped, cells=whole)


def _without_blank_end(cells: list[str], least: int) -> list[str]:
    """The cells without blank ones behind the last that is not, down to `least`."""
    end = len(cells)
    while end > least and not cells[end - 1].strip():
        end -= 1
    return cells[:end] if end < len(cells) else cells


def _check_header(header: list[str], file: str, line: int) -> None:
    if not header:
        raise EvidenceError(file, "is empty: not even a header", place=f"line {line}")
    faults = []
    for place, name in enumerate(header, 1):
        if not name:
            faults.append(f"column {letters(place)} has no name: write one, or delete the column if it is empty")
        elif (first := header.index(name) + 1) < place:
            faults.append(f"column {letters(place)} has the name of column {letters(first)}: give each its own")
    if faults:
        raise EvidenceError(file, "; ".join(faults[:_TOLD_AT_ONCE]), place=f"line {line}")


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
