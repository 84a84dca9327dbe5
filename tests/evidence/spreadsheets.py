"""How these tests make spreadsheets: by XlsxWriter and openpyxl in memory, with parts that are changed afterwards."""

import io
from collections.abc import Callable, Sequence
from typing import Any

import xlsxwriter
from workbook_parts import calculated
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from soc2test.errors import EvidenceError
from soc2test.evidence.read_limits import ReadLimits
from soc2test.evidence.sheets import parse_sheet
from soc2test.evidence.tables import Head

SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"
STYLES = "xl/styles.xml"
COLUMNS = ("email", "name", "started_at")
PEOPLE = Head(name="people", columns=("email",))
DAY = "yyyy-mm-dd"

Fill = Callable[[Workbook, Worksheet], None]


def workbook(fill: Fill, *, name: str = "People", header: Sequence[str] = COLUMNS, **options: Any) -> bytes:
    """A workbook with one sheet, whose first row is `header`, and what `fill` writes into it."""
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True, **options}) as book:
        sheet = book.add_worksheet(name)
        sheet.write_row(0, 0, header)
        fill(book, sheet)
    return calculated(made.getvalue())


def cell(value: Any, code: str = "General", **options: Any) -> bytes:
    """A workbook with this value in C2 (started_at), in the format of this code."""

    def fill(book: Workbook, sheet: Worksheet) -> None:
        sheet.write_row(1, 0, ["ann@acme.example", "Ann"])
        sheet.write(1, 2, value, book.add_format({"num_format": code}))

    return workbook(fill, **options)


def rows(*cells: Sequence[Any], **options: Any) -> bytes:
    """A workbook with these rows below the header, without formats."""
    return workbook(lambda _, sheet: _write(sheet, cells), **options)


def _write(sheet: Worksheet, cells: Sequence[Sequence[Any]]) -> None:
    for number, row in enumerate(cells, 1):
        sheet.write_row(number, 0, row)


def body(data: bytes, limits: ReadLimits | None = None, head: Head = PEOPLE) -> dict[str, Any]:
    return parse_sheet(data, "registers/people.xlsx", limits or ReadLimits(), head)


def entries(data: bytes, head: Head = PEOPLE) -> list[dict[str, str]]:
    """The entries; asserts that every cell was read."""
    parsed = body(data, head=head)
    assert parsed["faults"] == []
    told: list[dict[str, str]] = parsed["entries"]
    return told


def started(data: bytes) -> str:
    """What was read of C2."""
    (entry,) = entries(data)
    return entry["started_at"]


def fault(data: bytes) -> tuple[int, str, str]:
    """The only cell that could not be read: row, column and what is said."""
    parsed = body(data)
    ((number, column, text),) = parsed["faults"]
    return parsed["rows"][number], column, text


def refused(data: bytes, limits: ReadLimits | None = None, head: Head = PEOPLE) -> str:
    """What is said of a workbook that can't be read at all, with the place."""
    try:
        parsed = body(data, limits, head)
    except EvidenceError as error:
        assert error.file == "registers/people.xlsx"
        return str(error).removeprefix("registers/people.xlsx: ")
    raise AssertionError(f"it was read: {parsed}")
