"""What of a spreadsheet can't be read right is named by sheet, row and column, with what to write; all at once."""

import datetime as dt
import io
import zipfile
from collections.abc import Callable, Sequence
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from spreadsheets import COLUMNS, DAY, PEOPLE, SHEET, STYLES, body, cell, fault, refused, rows, workbook
from workbook_parts import calculated, changed, packed
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from soc2test.evidence.read_limits import ReadLimits
from soc2test.evidence.tables import Head

SECRET = "hunter2-Ann-Nilsson"  # noqa: S105  # what stands in a cell is never repeated
THE_DAY = dt.datetime(2026, 11, 20)


def formula(text: str, value: Any) -> bytes:
    """C2 holds this formula with its saved value."""

    def fill(book: Workbook, sheet: Worksheet) -> None:
        sheet.write_row(1, 0, ["ann@acme.example", "Ann"])
        sheet.write_formula(1, 2, text, None, value)

    return workbook(fill)


def never_calculated() -> bytes:
    """As programs write formulas that can't calculate them."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "People"
    sheet.append(COLUMNS)
    sheet.append(["ann@acme.example", "Ann", "=TODAY()"])
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def to_calculate() -> bytes:
    """XlsxWriter writes 0 as the value of each formula, and asks to calculate them."""
    return changed(formula("=TODAY()", 0), "xl/workbook.xml", b"<calcPr ", b'<calcPr fullCalcOnLoad="1" ')


CELLS: dict[str, tuple[Callable[[], bytes], str]] = {
    "#REF!": (lambda: formula("=#REF!", "#REF!"), "holds the error #REF!"),
    "#N/A": (lambda: formula("=NA()", "#N/A"), "holds the error #N/A"),
    "#DIV/0!": (lambda: formula("=1/0", "#DIV/0!"), "holds the error #DIV/0!"),
    "#NAME?": (lambda: formula("=x()", "#NAME?"), "holds the error #NAME?"),
    "an error of Excel since 2019": (
        lambda: changed(formula("=1/0", "#DIV/0!"), SHEET, b"#DIV/0!", b"#SPILL!"), "holds the error #SPILL!",
    ),
    "a formula that nobody calculated": (never_calculated, "holds a formula whose value is not in the file"),
    "a formula with a value that is nobody's": (to_calculate, "holds a formula whose value is not in the file"),
    "a percentage": (lambda: cell(0.12, "0%"), "holds a percentage"),
    "a percentage with fractions": (lambda: cell(0.125, "0.0%"), "holds a percentage"),
    "a long number": (lambda: cell(1234567890123456, "0"), "holds a number of more than 15 digits"),
    "a number that is filled up": (lambda: cell(123, "00000"), "shows zeros before its number"),
    "a time": (lambda: cell(dt.time(16, 30), "hh:mm"), "holds a time without a day"),
    "a duration": (lambda: cell(dt.timedelta(hours=30), "[h]:mm"), "holds a duration"),
    "the date 0": (lambda: cell(0, DAY), "holds a time without a day, or the date 0"),
    "a day that Excel alone has": (lambda: cell(60, DAY), "holds a date before March 1900"),
    "a day before it": (lambda: cell(59, DAY), "holds a date before March 1900"),
    "a negative day": (lambda: cell(-1, DAY), "holds a date before March 1900"),
    "a day after all": (lambda: cell(2_958_466, DAY), "holds a number that is no date"),
    "NaN": (lambda: changed(cell(5), SHEET, b"<v>5</v>", b"<v>NaN</v>"), "holds what is no number"),
    "a NUL": (lambda: changed(cell("xy"), "xl/sharedStrings.xml", b"xy", b"x_x0000_y"), "holds a NUL character"),
}  # fmt: skip


@pytest.mark.parametrize("what", CELLS)
def test_a_cell_that_can_not_be_read_right_is_refused_by_its_place(what: str) -> None:
    make, said = CELLS[what]
    row, column, text = fault(make())
    assert (row, column) == (2, "started_at")
    assert text.startswith(said)
    assert ": " in text or "as 00123" in text
    assert SECRET not in text


def test_what_stands_in_its_place_says_nothing() -> None:
    assert body(formula("=#REF!", "#REF!"))["entries"] == [
        {"email": "ann@acme.example", "name": "Ann", "started_at": ""}
    ]


@pytest.mark.parametrize(("value", "said"), [("#N/A", "holds the error #N/A"), ("", "holds a formula whose value")])
def test_one_in_the_last_row_and_column_alone_is_refused_too(value: str, said: str) -> None:
    """calamine ends the sheet before a formula without a value."""

    def fill(book: Workbook, sheet: Worksheet) -> None:
        sheet.write_row(1, 0, ["ann@acme.example", "Ann"])
        sheet.write_formula(4, 2, "=NA()", None, value)

    parsed = body(workbook(fill))
    assert parsed["rows"] == [2, 5]
    ((number, column, text),) = parsed["faults"]
    assert (number, column) == (1, "started_at")
    assert text.startswith(said)


def test_every_cell_that_is_wrong_is_told_and_the_others_are_read() -> None:
    def fill(book: Workbook, sheet: Worksheet) -> None:
        for number in range(1, 40):
            sheet.write_row(number, 0, [f"p{number}@acme.example", "Ann"])
            sheet.write(number, 2, 0.5, book.add_format({"num_format": "0%" if number % 2 else "hh:mm"}))

    parsed = body(workbook(fill))
    assert [number for number, _, _ in parsed["faults"]] == list(range(39))
    assert [entry["email"] for entry in parsed["entries"]] == [f"p{number}@acme.example" for number in range(1, 40)]


def merged(*ranges: tuple[int, int, int, int]) -> bytes:
    def fill(book: Workbook, sheet: Worksheet) -> None:
        for number in range(1, 6):
            sheet.write_row(number, 0, [f"p{number}@acme.example", "Ann", "2026-01-01"])
        for first, left, last, right in ranges:
            sheet.merge_range(first, left, last, right, "Ann", book.add_format())

    return workbook(fill)


def test_merged_cells_spoil_each_row_that_they_are_in() -> None:
    parsed = body(merged((1, 1, 3, 1), (4, 0, 4, 2)))
    told = [(parsed["rows"][number], column, text.partition(":")[0]) for number, column, text in parsed["faults"]]
    assert told == [
        (2, "name", "is merged with others (B2"),
        (3, "name", "is merged with others (B2"),
        (4, "name", "is merged with others (B2"),
        (5, "email", "is merged with others (A5"),
    ]


def test_merged_cells_in_the_header_refuse_all() -> None:
    said = refused(merged((0, 1, 0, 2)))
    assert "sheet People, row 1, B1:C1: is merged: unmerge it" in said


def header(*names: Any, fill: Callable[[Workbook, Worksheet], None] = lambda book, sheet: None) -> bytes:
    def all_of(book: Workbook, sheet: Worksheet) -> None:
        sheet.write_row(1, 0, ["ann@acme.example", "Ann", "2026-01-01", "x"])
        fill(book, sheet)

    return workbook(all_of, header=names)


def low(above: Sequence[Sequence[Any]]) -> bytes:
    """The columns' names below these rows."""

    def fill(book: Workbook, sheet: Worksheet) -> None:
        for number, row in enumerate([*above, COLUMNS, ["ann@acme.example", "Ann"]]):
            sheet.write_row(number, 0, row)

    return workbook(fill, header=())


def sheets(*names: str, with_columns: Sequence[str] = (), visible: bool = True) -> bytes:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        book.add_worksheet("Start").write(0, 0, "x")
        for name in names:
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, COLUMNS if name in with_columns else ["a"])
        book.worksheets()[0].hide()
        book.worksheets()[1].activate()
        book.worksheets()[1].set_first_sheet()
    return calculated(made.getvalue())


def all_hidden() -> bytes:
    return changed(rows(), "xl/workbook.xml", b'<sheet name="People"', b'<sheet state="hidden" name="People"')


def strict() -> bytes:
    return changed(
        rows(), "xl/workbook.xml", b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        b"http://purl.oclc.org/ooxml/spreadsheetml/main",
    )  # fmt: skip


def compound(*streams: str) -> bytes:
    """The names of a compound file's streams, as its directory has them."""
    names = b"".join(name.encode("utf-16-le").ljust(128, b"\0") for name in streams)
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + names


FILES: dict[str, tuple[Callable[[], bytes], str]] = {
    "a title above": (
        lambda: low([["People of Acme"], []]),
        "sheet People, row 1: is not the row with the columns' names, which is row 3: delete the 2 rows above it",
    ),
    "groups of columns above": (
        lambda: low([["Who", "", "When"]]),
        "sheet People, row 1: is not the row with the columns' names, which is row 2: delete the row above it",
    ),
    "a blank row above": (lambda: low([[]]), "is not the row with the columns' names, which is row 2"),
    "nothing in it": (
        lambda: workbook(lambda book, sheet: None, header=()),
        "sheet People: is empty: write the columns' names into its first row",
    ),
    "a column without a name": (
        lambda: header("email", "", "started_at"),
        "sheet People, row 1, column B: has no name: write one, or delete the column if it is empty",
    ),
    "a column without a name at the end": (
        lambda: header("email", "name", "started_at"), "sheet People, row 1, column D: has no name",
    ),
    "two columns of one name": (
        lambda: header("email", "name", "email", "x"),
        "sheet People, row 1, column C: has the name of column A: give each its own",
    ),
    "a number as a name": (lambda: header("email", 7, "a", "b"), "sheet People, row 1, column B: holds no text"),
    "an error as a name": (
        lambda: header("email", "name", "a", "b", fill=lambda _, sheet: sheet.write_formula(0, 1, "=NA()", None, "#N/A")),
        "sheet People, row 1, column B: holds the error #N/A where the name of the column should be",
    ),
    "a formula without a value as a name": (
        lambda: header("email", "name", "a", "b", fill=lambda _, sheet: sheet.write_formula(0, 1, "=A1", None, "")),
        "sheet People, row 1, column B: holds a formula without a value",
    ),
    "several faults of the header": (
        lambda: header("email", "", "email", ""),
        "sheet People, row 1, column B: has no name: write one, or delete the column if it is empty; "
        "sheet People, row 1, column C: has the name of column A: give each its own; "
        "sheet People, row 1, column D: has no name: write one, or delete the column if it is empty",
    ),
    "several sheets and none fits": (
        lambda: sheets("Staff", "Leavers"),
        "has 2 sheets (Staff, Leavers), and none of them has its name and columns: call the one to read 'people', or "
        "hide the others",
    ),
    "several sheets with its columns": (
        lambda: sheets("Staff", "Leavers", with_columns=["Staff", "Leavers"]),
        "has 2 sheets (Staff, Leavers), and 2 of them have its columns",
    ),
    "one of its name and another with its columns": (
        lambda: sheets("People", "Contractors", with_columns=["People", "Contractors"]),
        "has 2 sheets (People, Contractors), and Contractors has its columns beside the one of its name: put their rows "
        "into one sheet, or hide the one that is not to be read",
    ),
    "two sheets of its name": (
        lambda: sheets("People", "people ", with_columns=["People", "people "]), "and 2 of them have its columns",
    ),
    "no sheet that is seen": (all_hidden, "has no sheet that is not hidden"),
    "a password or Excel 97": (
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "has a password, or is a spreadsheet of Excel 97",
    ),
    "a password": (
        lambda: compound("EncryptionInfo", "EncryptedPackage"), "has a password: save it as Excel Workbook (.xlsx), without",
    ),
    "Excel 97": (
        lambda: compound("Workbook", "\x05SummaryInformation"), "is a spreadsheet of Excel 97 (.xls) under another name: save",
    ),
    "another file": (lambda: b"email,name\n", "is no .xlsx file, whatever its name says"),
    "a zip of something else": (lambda: packed({"a.txt": b"x"}), "is damaged: it has no workbook"),
    "Strict Open XML": (strict, "is a Strict Open XML Spreadsheet, whose formats are not read: save it as Excel Workbook"),
    "an error that is none": (
        lambda: changed(formula("=1/0", "#DIV/0!"), SHEET, b"#DIV/0!", SECRET.encode()),
        "is damaged: python-calamine can't read it (CalamineError)",
    ),
    "formats that are missing": (
        lambda: changed(cell(5, "0%"), SHEET, b's="1"', b's="9"'), "is damaged: its numbers have formats",
    ),
    "a format that has no number": (
        lambda: changed(cell(5, "0%"), SHEET, b's="1"', b's="x"'), "is damaged: its numbers have formats",
    ),
    "no table of formats": (lambda: without(cell(5, "0%"), STYLES), "is damaged: its numbers have formats"),
}  # fmt: skip


def without(data: bytes, part: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return packed({info.filename: package.read(info) for info in package.infolist() if info.filename != part})


@pytest.mark.parametrize("what", FILES)
def test_a_file_that_can_not_be_read_at_all_says_why_and_what_to_do(what: str) -> None:
    make, said = FILES[what]
    told = refused(make())
    assert said in told
    assert SECRET not in told


def test_rows_over_the_limit_are_refused_with_the_first_that_is_too_many() -> None:
    data = rows(*([f"p{number}@acme.example", "Ann", ""] for number in range(5)))
    assert len(body(data, ReadLimits(entries=5))["entries"]) == 5
    assert "sheet People, row 6: holds over 4 entries" in refused(data, ReadLimits(entries=4))


def test_without_needed_columns_no_row_is_taken_for_the_header() -> None:
    data = low([["People of Acme"]])
    assert "row 1, column B: has no name" in refused(data, head=Head())
    assert "which is row 2" in refused(data, head=PEOPLE)
