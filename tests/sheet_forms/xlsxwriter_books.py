"""Workbooks of registers by XlsxWriter, for the forms that it makes."""

import datetime as dt
import io
from collections.abc import Callable, Sequence
from typing import Any

import xlsxwriter
from sheet_form import rows_of_people
from workbook_parts import calculated
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

__all__ = ["DAY", "DAYS", "ENDED", "NO_DAY", "STARTED", "Fill", "at", "of_rows", "people", "table", "write_people"]

Fill = Callable[[Workbook, Worksheet], Any]

DAY = "yyyy-mm-dd"
DAYS = (dt.datetime(2024, 2, 1), dt.datetime(2020, 4, 3))
NO_DAY = "write a day as 2026-11-20"
STARTED, ENDED = "column G (started_at)", "column H (ended_at)"


def people(*fills: Fill, first: int = 0, name: str = "People", **options: Any) -> bytes:
    """Ann and Bob with the days of their first work as date cells, and what else is written.

    `first` is the number of the header's row, from 0.
    """
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True, **options}) as book:
        sheet = book.add_worksheet(name)
        write_people(book, sheet, first)
        for fill in fills:
            fill(book, sheet)
    return calculated(made.getvalue())


def write_people(book: Workbook, sheet: Worksheet, first: int = 0) -> None:
    for number, row in enumerate(rows_of_people()):
        sheet.write_row(first + number, 0, row)
    for number, day in enumerate(DAYS, 1):
        sheet.write_datetime(first + number, 6, day, book.add_format({"num_format": DAY}))


def at(cell: str, value: Any, code: str = "General") -> Fill:
    """Writes a value into a cell in the format of a code."""
    return lambda book, sheet: sheet.write(cell, value, book.add_format({"num_format": code}))


def table(header: Sequence[str], *rows: Sequence[Any], codes: Sequence[str] = ()) -> bytes:
    """A workbook of one sheet; `codes` are the formats of the columns."""
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, header)
        for number, row in enumerate(rows, 1):
            for column, value in enumerate(row):
                code = codes[column] if column < len(codes) else "General"
                sheet.write(number, column, value, book.add_format({"num_format": code}))
    return calculated(made.getvalue())


def of_rows(rows: dict[int, Sequence[Any]], *fills: Fill, column: int = 0, name: str = "People") -> bytes:
    """A workbook with these rows by their numbers from 0, from a column on, without formats."""
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        sheet = book.add_worksheet(name)
        for number, row in rows.items():
            sheet.write_row(number, column, row)
        for fill in fills:
            fill(book, sheet)
    return calculated(made.getvalue())
