"""An .xlsx file as the body that a CSV has (`tables`): the one sheet that is the register, every cell read right.

A cell that can't be read is a fault of its entry; what spoils the names of the columns, or the file, refuses all of it.
python-calamine reads the values; what it does not tell stands in `sheet_marks` (errors, formulas) and in the formats,
whose codes openpyxl knows.
"""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec

from soc2test.errors import EvidenceError
from soc2test.evidence.mapped_tables import applied, plan_of
from soc2test.evidence.read_limits import ReadLimits
from soc2test.evidence.sheet_cells import Unreadable, cell_text
from soc2test.evidence.sheet_choice import Candidate, chosen, misplaced_header
from soc2test.evidence.sheet_formats import Look, Shape, looks
from soc2test.evidence.sheet_marks import Cell, Marks, check_strings, marks_of
from soc2test.evidence.sizes import too_many
from soc2test.evidence.tables import CellFault, Head, as_seen, letters, refusal
from soc2test.evidence.xlsx_package import Book, damaged, open_book

__all__ = ["header_of", "parse_sheet"]

_NO_LIMITS = ReadLimits()
_PLAIN = Look(Shape.NUMBER)
_KNOWN_ERRORS = frozenset(("#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"))
_LOOKED_AT = 20
"""rows in which the names of the columns are looked for, to say that they stand too low"""

_Grid = list[list[Any]]
Merged = tuple[tuple[int, int], tuple[int, int]]
"""The first and the last cell of a merged range, as row and column from 1."""


class _Sheet(msgspec.Struct):
    """One visible sheet: its values without formats, from A1 on, and what is known of its cells beside them."""

    name: str
    grid: _Grid
    marks: Marks
    merged: list[Merged]


def parse_sheet(data: bytes, file: str, limits: ReadLimits = _NO_LIMITS, head: Head | None = None) -> dict[str, Any]:
    """The body of the sheet that `head` is of: `entries`, `columns`, `rows`, `sheet` and `faults`.

    The names of the columns stand in its first row. Dates are ISO 8601 text, whole numbers have no fraction, yes and no
    are `true` and `false`; the value of a formula is the one that was saved. Hidden rows and columns are read, since a
    filter hides and takes nothing away; hidden sheets are not. Where `head` maps the columns, those alone are read that
    it names. Raises `EvidenceError` with all that is wrong at once.
    """
    head = head or Head()
    book = open_book(data, file, limits)
    sheets = _visible(book, file)
    sheet = sheets[chosen([_candidate(sheet) for sheet in sheets], head, file)]
    names = _columns(sheet, head, file)
    plan = None if head.map is None else plan_of(names, head.map, file, f"sheet {sheet.name}, row 1")
    rows = _filled_rows(sheet)
    if len(rows) > limits.entries:
        raise too_many(file, limits, f"sheet {sheet.name}, row {rows[limits.entries]}")
    read = frozenset(names) if plan is None else plan.read
    reader = _Rows(book=book, sheet=sheet, looks=looks(book, sheet.marks, file), names=names, read=read)
    entries = [reader.entry(number, row) for number, row in enumerate(rows)]
    faults = reader.all_faults(rows)
    body = {"entries": entries, "columns": names, "rows": rows, "sheet": sheet.name, "faults": faults}
    return body if plan is None else applied(body, plan)


def header_of(data: bytes, file: str, limits: ReadLimits = _NO_LIMITS) -> list[list[str]]:
    """The texts in the first row of each visible sheet: what tells of which register a file is.

    Raises `EvidenceError` as `parse_sheet` does for a file that is no workbook.
    """
    return [_texts(_first(sheet)) for sheet in _visible(open_book(data, file, limits), file)]


def _visible(book: Book, file: str) -> list[_Sheet]:
    """The sheets that people see. Raises `EvidenceError` where there is none, or calamine sees other ones."""
    from python_calamine import CalamineError, CalamineWorkbook  # noqa: PLC0415  # most runs read no spreadsheet

    marks = {
        part.name: marks_of(book.parts[part.part], file, f"sheet {part.name}") for part in book.sheets if part.visible
    }
    if not marks:
        raise EvidenceError(file, "has no sheet that is not hidden: hidden sheets are not read, show the one to read")
    if book.strings in book.parts:
        check_strings(book.parts[book.strings], file)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(_for_calamine(book, marks))) as workbook:
            return [_read(workbook, name, its_marks) for name, its_marks in marks.items()]
    except CalamineError as error:
        raise damaged(file, f"python-calamine can't read it ({type(error).__name__})") from None


def _read(workbook: Any, name: str, marks: Marks) -> _Sheet:
    sheet = workbook.get_sheet_by_name(name)
    ranges = sheet.merged_cell_ranges or ()
    merged = [((top + 1, left + 1), (bottom + 1, right + 1)) for (top, left), (bottom, right) in ranges]
    grid = _whole_grid(sheet.to_python(skip_empty_area=False), marks)
    return _Sheet(name=name, grid=grid, marks=marks, merged=merged)


def _whole_grid(grid: _Grid, marks: Marks) -> _Grid:
    """The values, with the rows and columns at the end in which calamine sees nothing: formulas without a value."""
    missing = marks.bottom - len(grid)
    rows = [*grid, *([] for _ in range(missing))]
    return [[*row, *[""] * (marks.right - len(row))] for row in rows]


def _for_calamine(book: Book, marks: Mapping[str, Marks]) -> bytes:
    """The workbook again, without its formats: then calamine gives a date as the number that it is."""
    errors = {part.part: marks[part.name].errors for part in book.sheets if part.name in marks}
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        for name, content in book.parts.items():
            if name != book.styles:
                package.writestr(name, _with_known_errors(content, {*errors.get(name, {}).values()}))
    return made.getvalue()


def _with_known_errors(content: bytes, words: set[str]) -> bytes:
    """calamine 0.9.1 gives nothing of a sheet in which one cell holds an error of Excel since 2019, such as #SPILL!."""
    for word in sorted(words - _KNOWN_ERRORS):
        value = re.compile(rb"(<(?:[A-Za-z0-9_]+:)?v(?:\s[^<>]*)?>\s*)" + re.escape(word.encode()) + rb"(\s*</)")
        content = value.sub(rb"\g<1>#VALUE!\g<2>", content)
    return content


def _candidate(sheet: _Sheet) -> Candidate:
    return Candidate(name=sheet.name, columns=tuple(_texts(_first(sheet))))


def _first(sheet: _Sheet) -> Sequence[Any]:
    return sheet.grid[0] if sheet.grid else ()


def _texts(values: Sequence[Any]) -> list[str]:
    """Names of columns without the blanks around them; what is no text is told as such by `_columns`."""
    return [as_seen(value).strip() if isinstance(value, str) else str(value) for value in values]


def _columns(sheet: _Sheet, head: Head, file: str) -> list[str]:
    """The names in the first row, as far as there is anything. Raises `EvidenceError` with all that is wrong there."""
    place = f"sheet {sheet.name}"
    if not sheet.marks.filled:
        raise EvidenceError(file, "is empty: write the columns' names into its first row", place=place)
    names = _named(sheet)
    lower = ((number, _texts(row)) for number, row in enumerate(sheet.grid[1:_LOOKED_AT], 2))
    if (text := misplaced_header(names, lower, head)) is not None:
        raise EvidenceError(file, text, place=f"{place}, row 1")
    if faults := [*_header_faults(sheet, names), *_merged_header(sheet)]:
        raise refusal(file, [(f"{place}, row 1{where}", text) for where, text in faults])
    return names


def _named(sheet: _Sheet) -> list[str]:
    """The texts of the first row, without columns at the end of which no cell says anything."""
    names = _texts(_first(sheet))
    marked = {column for _, column in (*sheet.marks.errors, *sheet.marks.uncounted)}
    while names and not names[-1] and len(names) not in marked and not _column_says(sheet, len(names)):
        names.pop()
    return names


def _column_says(sheet: _Sheet, column: int) -> bool:
    return any(_says(row[column - 1]) for row in sheet.grid)


def _header_faults(sheet: _Sheet, names: Sequence[str]) -> Iterator[tuple[str, str]]:
    for number, (value, name) in enumerate(zip(_first(sheet), names, strict=False), 1):
        where = f", column {letters(number)}"
        if (1, number) in sheet.marks.errors:
            yield where, f"holds the error {sheet.marks.errors[1, number]} where the name of the column should be"
        elif (1, number) in sheet.marks.uncounted:
            yield where, "holds a formula without a value where the name of the column should be: write the name"
        elif not name:
            yield where, "has no name: write one, or delete the column if it is empty"
        elif not isinstance(value, str):
            yield where, "holds no text where the name of the column should be"
        elif name in names[: number - 1]:
            yield where, f"has the name of column {letters(names.index(name) + 1)}: give each its own"


def _merged_header(sheet: _Sheet) -> Iterator[tuple[str, str]]:
    for merged in sheet.merged:
        (top, left), _ = merged
        if top == 1 and left <= sheet.marks.right:
            yield f", {_range(merged)}", "is merged: unmerge it, and write a name into the first row of each column"


def _range(merged: Merged) -> str:
    return ":".join(f"{letters(column)}{row}" for row, column in merged)


def _filled_rows(sheet: _Sheet) -> list[int]:
    """The numbers of the rows below the first that hold anything, be it an error, which has no value."""
    odd = {row for row, _ in (*sheet.marks.errors, *sheet.marks.uncounted)}
    return [number for number, row in enumerate(sheet.grid[1:], 2) if number in odd or any(map(_says, row))]


def _says(value: Any) -> bool:
    return not isinstance(value, str) or bool(as_seen(value).strip())


class _Rows(msgspec.Struct):
    """The rows of a sheet as entries; what can't be read of them is kept beside them."""

    book: Book
    sheet: _Sheet
    looks: Mapping[Cell, Look]
    names: Sequence[str]
    read: frozenset[str]
    """the names of the columns whose cells are read"""
    faults: list[CellFault] = msgspec.field(default_factory=list)

    def entry(self, number: int, row: int) -> dict[str, str]:
        """The entry of a row. A cell that can't be read is empty there, and a fault."""
        values = self.sheet.grid[row - 1]
        cells = zip(enumerate(self.names, 1), values, strict=False)
        return {name: self._text(number, (row, column), value) for (column, name), value in cells if name in self.read}

    def _text(self, number: int, cell: Cell, value: Any) -> str:
        try:
            return self._read(cell, value)
        except Unreadable as fault:
            self.faults.append((number, self.names[cell[1] - 1], str(fault)))
            return ""

    def _read(self, cell: Cell, value: Any) -> str:
        marks = self.sheet.marks
        if (word := marks.errors.get(cell)) is not None:
            raise Unreadable(f"holds the error {word}: mend the formula, or write the value itself")
        if cell in marks.uncounted or (self.book.to_calculate and cell in marks.formulas):
            raise Unreadable(
                "holds a formula whose value is not in the file: open it in Excel, LibreOffice or Google Sheets "
                "and save it again, or write the value itself"
            )
        return cell_text(value, self.looks.get(cell, _PLAIN), since_1904=self.book.since_1904)

    def all_faults(self, rows: Sequence[int]) -> list[CellFault]:
        """Those of single cells, and those of rows in which cells are merged; one a cell."""
        numbers = {row: number for number, row in enumerate(rows)}
        told = {(number, column) for number, column, _ in self.faults}
        for merged, row in _rows_of(self.sheet.merged, self.sheet.marks.bottom):
            (_, left), (_, right) = merged
            column = next((name for name in self.names[left - 1 : right] if name in self.read), None)
            if row not in numbers or column is None:
                continue
            if (numbers[row], column) not in told:
                text = f"is merged with others ({_range(merged)}): unmerge them, and write into each what holds for it"
                self.faults.append((numbers[row], column, text))
        return self.faults


def _rows_of(merged: Sequence[Merged], bottom: int) -> Iterator[tuple[Merged, int]]:
    """Each row in which cells are merged, once, with the range; `bottom` is the last row with content."""
    following = 2  # the first row is the names'
    for range_ in sorted(merged):
        (top, _), (last, _) = range_
        for row in range(max(top, following), min(last, bottom) + 1):
            yield range_, row
        following = max(following, last + 1)
