"""Ways of keeping a register in a spreadsheet that are read, each to the same entries as a CSV of it."""

import datetime as dt
import io
import subprocess
import sys
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from reading import parsed_bytes
from spreadsheets import COLUMNS, DAY, SHEET, STRINGS, body, cell, entries, rows, started, workbook
from workbook_parts import WORKBOOK, calculated, changed
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from soc2test.evidence.csv_text import parse_csv
from soc2test.evidence.tables import Head, cell_place, letters

ANN = {"email": "ann@acme.example", "name": "Ann", "started_at": "2026-11-20"}
BOB = {"email": "bob@acme.example", "name": "Bob", "started_at": ""}
CSV = b"email,name,started_at\nann@acme.example,Ann,2026-11-20\nbob@acme.example,Bob,\n"
THE_DAY = dt.datetime(2026, 11, 20)
SERIAL = 46_346


def people(book: Workbook, sheet: Worksheet, first: int = 1) -> None:
    sheet.write_row(first, 0, ["ann@acme.example", "Ann"])
    sheet.write_datetime(first, 2, THE_DAY, book.add_format({"num_format": DAY}))
    sheet.write_row(first + 1, 0, ["bob@acme.example", "Bob"])


def plain() -> bytes:
    return workbook(people)


def with_more(*steps: Callable[[Workbook, Worksheet], Any]) -> bytes:
    def fill(book: Workbook, sheet: Worksheet) -> None:
        for step in (people, *steps):
            step(book, sheet)

    return workbook(fill)


def by_openpyxl(change: Callable[[Any], None] = lambda sheet: None) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "People"
    sheet.append(COLUMNS)
    sheet.append(["ann@acme.example", "Ann", THE_DAY.date()])
    sheet.append(["bob@acme.example", "Bob"])
    change(sheet)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def with_sheets(*names: str, hidden: str = "", header: Mapping[str, tuple[str, ...]] = {}) -> bytes:
    """People in the sheet that has their columns in `header`, else in the one called People; something in the others."""
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        for name in names:
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, header.get(name, COLUMNS if name == "People" else ("a", "b")))
            if name == "People" or header.get(name) == COLUMNS:
                people(book, sheet)
                sheet.activate()
            if name == hidden:
                sheet.hide()
    return calculated(made.getvalue())


def empty_text(data: bytes) -> bytes:
    """As Excel saves a formula that gives a text without a sign; XlsxWriter says of none that it is a text."""
    end = b"</row></sheetData>"
    return changed(data, SHEET, end, b'<c r="C3" t="str"><f>IF(1,"","x")</f><v></v></c>' + end)


def hidden_sheet(sheet: Any) -> None:
    other = sheet.parent.create_sheet("people", 0)
    other.append(["email", "note"])
    other.sheet_state = "veryHidden"


def table_of_excel(book: Workbook, sheet: Worksheet) -> None:
    sheet.add_table(0, 0, 2, 2, {"columns": [{"header": name} for name in COLUMNS]})


def from_1904() -> bytes:
    return workbook(people, date_1904=True)


def without_references(data: bytes) -> bytes:
    """Some writers say of no cell where it is, since each follows the one before."""
    for reference in (b"A1", b"B1", b"C1", b"A2", b"B2", b"C2"):
        data = changed(data, SHEET, b'<c r="' + reference + b'"', b"<c")
    return changed(data, SHEET, b'<row r="2"', b"<row")


def with_prefix(data: bytes) -> bytes:
    """Some writers name the namespace of the elements, rather than to make it the default."""
    for begin in (b"<worksheet ", b"<sheetData>", b"<row ", b"<c ", b"<v>"):
        name = begin[1:].strip(b" >")
        data = changed(data, SHEET, begin, b"<x:" + begin[1:])
        data = changed(data, SHEET, b"</" + name + b">", b"</x:" + name + b">")
    space = b'="http://schemas.openxmlformats.org/spreadsheetml'
    return changed(data, SHEET, b"xmlns" + space, b"xmlns:x" + space)


WAYS: dict[str, Callable[[], bytes]] = {
    "XlsxWriter": plain,
    "openpyxl": by_openpyxl,
    "openpyxl with dates as ISO texts": lambda: changed(
        plain(), SHEET, b'<c r="C2" s="1"><v>46346</v></c>', b'<c r="C2" s="1" t="d"><v>2026-11-20T00:00:00</v></c>'
    ),
    "constant memory, with texts in the cells": lambda: workbook(
        lambda book, sheet: people(book, sheet), constant_memory=True
    ),
    "a day that was typed as text": lambda: rows(
        ["ann@acme.example", "Ann", "2026-11-20"], ["bob@acme.example", "Bob", ""]
    ),
    "days since 1904": from_1904,
    "a table of Excel": lambda: with_more(table_of_excel),
    "a filter that hides Bob": lambda: with_more(
        lambda _, sheet: sheet.autofilter(0, 0, 2, 2), lambda _, sheet: sheet.set_row(2, None, None, {"hidden": True})
    ),
    "a hidden column": lambda: with_more(lambda _, sheet: sheet.set_column(2, 2, None, None, {"hidden": True})),
    "grouped rows and a frozen header": lambda: with_more(
        lambda _, sheet: sheet.freeze_panes(1, 0), lambda _, sheet: sheet.set_row(1, None, None, {"level": 1})
    ),
    "formats of empty cells far below": lambda: with_more(
        lambda book, sheet: sheet.write_blank(1_048_575, 16_383, None, book.add_format({"bold": True}))
    ),
    "blank rows and columns behind": lambda: with_more(
        lambda _, sheet: sheet.write_string(9, 0, "  "), lambda _, sheet: sheet.write_string(9, 5, " ")
    ),
    "blanks around the names of columns": lambda: workbook(people, header=(" email ", "name\n", " started_at")),
    "comments and links": lambda: with_more(
        lambda _, sheet: sheet.write_comment(1, 1, "left?"),
        lambda _, sheet: sheet.write_url(1, 0, "mailto:ann@acme.example", None, "ann@acme.example"),
    ),
    "a picture of text in bold and not": lambda: with_more(
        lambda book, sheet: sheet.write_rich_string(1, 1, "A", book.add_format({"bold": True}), "n", "n")
    ),
    "formulas with values": lambda: with_more(
        lambda _, sheet: sheet.write_formula(1, 1, '="An"&"n"', None, "Ann"),
        lambda book, sheet: sheet.write_formula(1, 2, "=TODAY()", book.add_format({"num_format": DAY}), SERIAL),
    ),
    "a formula whose value is a text of no signs": lambda: empty_text(plain()),
    "array formulas": lambda: with_more(lambda _, sheet: sheet.write_array_formula(1, 1, 1, 1, "{=A2}", None, "Ann")),
    "a hidden sheet before it": lambda: with_sheets("Lists", "People", hidden="Lists"),
    "a very hidden sheet of its name": lambda: by_openpyxl(hidden_sheet),
    "a chart before it": lambda: with_more(lambda book, sheet: book.add_chartsheet("Chart").set_chart(_chart(book))),
    "several sheets, one with the register's name": lambda: with_sheets("Notes", "People", "Lists"),
    "several sheets, one with the register's name in capitals": lambda: with_sheets(
        "Notes", "PEOPLE", header={"PEOPLE": COLUMNS, "Notes": ("remark",)}
    ),
    "several sheets, one with its columns": lambda: with_sheets("Sheet1", "Sheet2", header={"Sheet2": COLUMNS}),
    "one sheet under any name": lambda: with_sheets("Tabelle1", header={"Tabelle1": COLUMNS}),
    "cells merged below all content": lambda: with_more(
        lambda book, sheet: sheet.merge_range(20, 0, 21, 2, "", book.add_format())
    ),
    "cells and rows without references": lambda: without_references(plain()),
    "elements with a prefix": lambda: with_prefix(plain()),
    "line breaks between the elements": lambda: changed(
        changed(empty_text(plain()), SHEET, b"<v>", b"\n <v>"), SHEET, b"</c>", b"\n</c>"
    ),
    "parts named from the root": lambda: changed(
        plain(), "xl/_rels/workbook.xml.rels", b'Target="worksheets/sheet1.xml"', b'Target="/xl/worksheets/sheet1.xml"'
    ),
    "a sheet without a word on its size": lambda: changed(plain(), SHEET, b'<dimension ref="A1:C3"/>', b""),
    "a sheet with a wrong word on its size": lambda: changed(plain(), SHEET, b"A1:C3", b"A1:A1"),
    "phonetic signs beside a text": lambda: changed(
        plain(), STRINGS, b"<t>Ann</t>", b'<r><t>Ann</t></r><rPh sb="0" eb="1"><t>AN</t></rPh><phoneticPr fontId="1"/>'
    ),
    "signs that XML can't hold, in the way of Excel": lambda: changed(plain(), STRINGS, b"<t>Ann</t>", b"<t>A_x006E_n</t>"),
    "a part that is no XML": lambda: _with_member(plain(), "xl/printerSettings/printerSettings1.bin"),
}


def _chart(book: Workbook) -> Any:
    chart = book.add_chart({"type": "line"})
    assert chart is not None
    chart.add_series({"values": "=People!$C$2:$C$3"})
    return chart


def _with_member(data: bytes, name: str) -> bytes:
    made = io.BytesIO(data)
    with zipfile.ZipFile(made, "a") as package:
        package.writestr(name, b"\0\xff" * 20)
    return made.getvalue()


@pytest.mark.parametrize("way", WAYS)
def test_each_way_of_keeping_people_is_read_as_the_csv_of_them(way: str) -> None:
    by_csv = parse_csv(CSV, "people.csv")
    parsed = body(WAYS[way]())
    assert parsed["faults"] == []
    assert {key: parsed[key] for key in by_csv} == by_csv
    assert parsed["entries"] == [ANN, BOB]


VALUES: dict[str, tuple[Any, str, str]] = {
    "a day": (THE_DAY, DAY, "2026-11-20"),
    "a day as another country shows it": (THE_DAY, "dd/mm/yyyy", "2026-11-20"),
    "a day with the weekday": (THE_DAY, r"[$-F800]dddd\,\ mmmm\ dd\,\ yyyy", "2026-11-20"),
    "a moment": (dt.datetime(2026, 11, 20, 16, 30), "yyyy-mm-dd hh:mm", "2026-11-20T16:30:00"),
    "a moment of which the day is shown": (dt.datetime(2026, 11, 20, 16, 30), DAY, "2026-11-20T16:30:00"),
    "the end of a year": (46_022.99999999999, "yyyy-mm-dd hh:mm", "2025-12-31T23:59:59"),
    "the first day that all programs agree on": (61, DAY, "1900-03-01"),
    "a whole number": (30, "0", "30"),
    "a number with a fraction": (0.3, "General", "0.3"),
    "money": (1234.5, '"$"#,##0.00', "1234.5"),
    "a number with its unit": (5, '0 "days"', "5"),
    "yes": (True, "General", "true"),
    "no": (False, "General", "false"),
    "a text of digits": ("00123", "@", "00123"),
    "a long text of digits": ("12345678901234567890", "@", "12345678901234567890"),
    "a text with a line break": ("a\nb", "General", "a\nb"),
    "letters of every script": ("Søren Ødegård 山田", "General", "Søren Ødegård 山田"),
    "signs that XML escapes": ('<&>"', "General", '<&>"'),
    "a text that looks like a formula": ("'=1+1", "General", "'=1+1"),
}


@pytest.mark.parametrize("what", VALUES)
def test_each_kind_of_value_is_the_text_that_people_mean(what: str) -> None:
    value, code, text = VALUES[what]
    assert started(cell(value, code)) == text


def test_a_day_of_a_workbook_that_counts_from_1904_is_the_same_day() -> None:
    assert started(cell(THE_DAY, DAY, date_1904=True)) == "2026-11-20"


def test_rows_are_numbered_as_the_spreadsheet_shows_them_also_hidden_and_blank_ones() -> None:
    def fill(book: Workbook, sheet: Worksheet) -> None:
        people(book, sheet, first=3)
        sheet.set_row(1, None, None, {"hidden": True})

    assert body(workbook(fill))["rows"] == [4, 5]


def test_an_empty_register_has_its_columns() -> None:
    parsed = body(workbook(lambda book, sheet: None))
    assert (parsed["entries"], parsed["columns"], parsed["sheet"]) == ([], list(COLUMNS), "People")


def test_the_name_of_a_register_may_be_written_in_words() -> None:
    data = with_sheets("Access Reviews", "Notes", header={"Access Reviews": COLUMNS})
    assert body(data, head=Head("access_reviews", ("email",)))["sheet"] == "Access Reviews"


def test_a_file_of_its_name_is_read_through_the_framework(tmp_path: Path) -> None:
    assert parsed_bytes(tmp_path, "people.XLSX", plain())["entries"] == [ANN, BOB]


def test_secrets_in_cells_are_replaced_as_those_of_a_csv(tmp_path: Path) -> None:
    data = workbook(lambda _, sheet: sheet.write_row(1, 0, ["ann", "hunter2"]), header=("id", "password"))
    (entry,) = parsed_bytes(tmp_path, "people.xlsx", data)["entries"]
    by_csv = parsed_bytes(tmp_path, "people.csv", b"id,password\nann,hunter2\n")["entries"]
    assert entry["password"] is by_csv[0]["password"]
    assert entry["id"] == "ann"


def test_a_cell_is_named_as_the_spreadsheet_shows_it() -> None:
    parsed = body(plain())
    assert cell_place(parsed, 1, "started_at") == "sheet People, row 3, column C (started_at)"
    assert cell_place(parsed, 0) == "sheet People, row 2"
    assert cell_place(parse_csv(CSV, "a"), 0, "name") == "row 2, column B (name)"
    assert cell_place(parsed, 0, "role") == "sheet People, row 2, column role"


def test_columns_have_the_letters_of_a_spreadsheet() -> None:
    from openpyxl.utils import get_column_letter

    assert [letters(number) for number in range(1, 16_385)] == [get_column_letter(number) for number in range(1, 16_385)]


def test_who_reads_no_spreadsheet_imports_neither_library(tmp_path: Path) -> None:
    code = """
import sys
from pathlib import Path
sys.path.insert(0, {tests!r})
from reading import parsed_bytes
parsed_bytes(Path({folder!r}), "people.csv", b"a,b\\n1,2\\n")
print([name for name in ("python_calamine", "openpyxl") if name in sys.modules])
parsed_bytes(Path({folder!r}), "people.xlsx", Path({book!r}).read_bytes())
print([name for name in ("python_calamine", "openpyxl") if name in sys.modules])
"""
    book = tmp_path / "book.xlsx"
    book.write_bytes(plain())
    code = code.format(tests=str(Path(__file__).parent), folder=str(tmp_path), book=str(book))
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.splitlines() == ["[]", "['python_calamine', 'openpyxl']"]


def test_entries_are_told_beside_the_columns_in_their_order() -> None:
    assert [list(entry) for entry in entries(plain())] == [list(COLUMNS)] * 2


def test_the_name_of_a_workbook_s_own_part_does_not_matter() -> None:
    data = changed(plain(), WORKBOOK, b'<sheet name="People"', b'<sheet state="visible" name="People"')
    assert entries(data) == [ANN, BOB]
