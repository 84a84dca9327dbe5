"""What is read of a workbook beside what python-calamine 0.9.1 and openpyxl 3.1.5 read of it.

Where they agree it is read as they do, but for the words of yes and no. Where they don't, or both are wrong, this says
how: should a newer version mend it, these tests fail, and what is done about it here may go.
"""

import datetime as dt
import io
import warnings
from typing import Any

import openpyxl
import pytest
from python_calamine import CalamineError, load_workbook
from spreadsheets import DAY, SHEET, cell, fault, rows, started, workbook
from test_sheets import VALUES, WAYS
from test_sheets_refused import CELLS, formula
from workbook_parts import changed


def calamine(data: bytes) -> list[list[Any]]:
    return load_workbook(io.BytesIO(data)).get_sheet_by_name("People").to_python(skip_empty_area=False)


def by_openpyxl(data: bytes) -> list[list[Any]]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    # all that is not empty: openpyxl goes through every cell up to the last that has a format, for hours
    return [list(row) for row in book["People"].iter_rows(max_row=30, max_col=8, values_only=True)]


def text(value: Any) -> str:
    """A library's value as the text that is read here; a library has no other way to say it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dt.datetime):
        at_midnight = value.time() == dt.time()
        return value.date().isoformat() if at_midnight else value.isoformat(timespec="seconds")
    if isinstance(value, dt.date):
        return value.isoformat()
    return f"{value:.15g}" if isinstance(value, int | float) else str(value).strip()


OF_ANOTHER_NAME = ("capitals", "one with its columns", "under any name")
SAME = [way for way in WAYS if not way.endswith(OF_ANOTHER_NAME)]


@pytest.mark.parametrize("way", SAME)
def test_of_what_is_read_calamine_reads_the_same(way: str) -> None:
    grid = [[text(value) for value in row[:3]] for row in calamine(WAYS[way]())[:3]]
    assert grid[1:] == [["ann@acme.example", "Ann", "2026-11-20"], ["bob@acme.example", "Bob", ""]]


@pytest.mark.parametrize("way", [way for way in SAME if "in the way of Excel" not in way])
def test_and_so_does_openpyxl(way: str) -> None:
    grid = [[text(value) for value in row[:3]] for row in by_openpyxl(WAYS[way]())[:3]]
    assert [row + [""] * (3 - len(row)) for row in grid[1:]] == [
        ["ann@acme.example", "Ann", "2026-11-20"],
        ["bob@acme.example", "Bob", ""],
    ]


@pytest.mark.parametrize("what", [what for what in VALUES if what != "the end of a year"])
def test_values_are_those_of_both(what: str) -> None:
    value, code, wanted = VALUES[what]
    data = cell(value, code)
    assert text(calamine(data)[1][2]) == text(by_openpyxl(data)[1][2]) == started(data) == wanted


def test_both_round_the_end_of_a_year_into_the_next_one() -> None:
    data = cell(46_022.99999999999, "yyyy-mm-dd hh:mm")
    assert calamine(data)[1][2] == by_openpyxl(data)[1][2] == dt.datetime(2026, 1, 1)
    assert started(data) == "2025-12-31T23:59:59"


@pytest.mark.parametrize(
    ("serial", "one", "other"),
    [
        (0, dt.time(0), dt.time(0)),
        (1, dt.date(1900, 1, 1), dt.datetime(1900, 1, 1)),
        (59, dt.date(1900, 2, 28), dt.datetime(1900, 2, 28)),
        (60, dt.date(1900, 2, 28), dt.datetime(1900, 2, 28)),  # no such day: Excel calls it 1900-02-29
        (-1, dt.time(0), dt.datetime(1899, 12, 29)),
        (2_958_466, 2_958_466.0, "#VALUE!"),
    ],
)
def test_numbers_that_are_no_days_are_days_and_times_to_them(serial: float, one: Any, other: Any) -> None:
    data = cell(serial, DAY)
    assert (calamine(data)[1][2], by_openpyxl(data)[1][2]) == (one, other)
    fault(data)


def test_an_error_is_an_empty_cell_to_calamine() -> None:
    data = formula("=NA()", "#N/A")
    assert (calamine(data)[1][2:], by_openpyxl(data)[1][2]) == ([""], "#N/A")


def test_one_error_of_excel_since_2019_and_calamine_reads_nothing() -> None:
    with pytest.raises(CalamineError, match="Unsupported cell error"):
        calamine(CELLS["an error of Excel since 2019"][0]())


def test_calamine_loses_text_in_cdata_and_behind_a_comment() -> None:
    plain = rows(["ann@acme.example", "Ann", 12])
    data = changed(plain, SHEET, b'<c r="C2"><v>12</v>', b'<c r="C2" t="str"><v><![CDATA[not ]]>active</v>')
    assert (calamine(data)[1][2], by_openpyxl(data)[1][2]) == ("active", "not active")
    data = changed(plain, SHEET, b"<v>12</v>", b"<v>1<!-- -->2</v>")
    assert (calamine(data)[1][2], by_openpyxl(data)[1][2]) == (1.0, 12)


def test_what_is_no_number_is_a_text_to_calamine() -> None:
    data = changed(rows(["ann@acme.example", "Ann", 5]), SHEET, b"<v>5</v>", b"<v>active</v>")
    assert calamine(data)[1][2] == "active"


def test_openpyxl_shows_the_escapes_of_excel_as_they_are_written() -> None:
    data = WAYS["signs that XML can't hold, in the way of Excel"]()
    assert (calamine(data)[1][1], by_openpyxl(data)[1][1]) == ("Ann", "A_x006E_n")


def test_openpyxl_leaves_out_rows_that_are_in_no_order() -> None:
    """A row less is a person less."""
    plain = rows(["ann@acme.example", "Ann"], ["bob@acme.example", "Bob"])
    data = changed(plain, SHEET, b'<row r="3"', b'<row r="1"')
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True)
    assert [row[0] for row in book["People"].values] == ["email", "ann@acme.example"]
    assert [row[0] for row in calamine(data)] == ["email", "ann@acme.example", "bob@acme.example"]


@pytest.mark.parametrize("what", ["a percentage", "a number that is filled up", "a long number"])
def test_neither_says_what_a_number_looks_like(what: str) -> None:
    data = CELLS[what][0]()
    assert isinstance(calamine(data)[1][2], float)
    assert isinstance(by_openpyxl(data)[1][2], int | float)


def test_a_formula_that_nobody_calculated_is_an_empty_cell_to_both() -> None:
    data = CELLS["a formula that nobody calculated"][0]()
    assert (calamine(data)[1][2], by_openpyxl(data)[1][2]) == ("", None)


def test_one_with_a_value_that_is_nobody_s_is_0_to_both() -> None:
    data = CELLS["a formula with a value that is nobody's"][0]()
    assert (calamine(data)[1][2], by_openpyxl(data)[1][2]) == (0, 0)


def test_merged_cells_are_empty_but_for_the_first_to_both() -> None:
    data = workbook(lambda book, sheet: sheet.merge_range(1, 0, 2, 0, "ann@acme.example", book.add_format()))
    assert [row[0] for row in calamine(data)[1:]] == ["ann@acme.example"] + [""] * (len(calamine(data)) - 2)
    assert [row[0] for row in by_openpyxl(data)[1:3]] == ["ann@acme.example", None]
