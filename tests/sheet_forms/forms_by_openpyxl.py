"""Forms of .xlsx by openpyxl, with which scripts and exports of web applications write them."""

import datetime as dt
import io
from collections.abc import Callable
from typing import Any

import openpyxl
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table
from sheet_form import ANN, BOB, Forms, entry, rows_of_people

__all__ = ["FORMS"]

FORMS = Forms()
ANN_DAY, BOB_DAY = dt.date(2024, 2, 1), dt.date(2020, 4, 3)
NO_DAY = "write a day as 2026-11-20"
STARTED, ENDED = "column G (started_at)", "column H (ended_at)"


def people(change: Callable[[Any], Any] = lambda sheet: None, *, epoch: dt.datetime | None = None, iso: bool = False) -> bytes:
    """Ann and Bob with days as date cells, and what a change makes of their sheet."""
    book = openpyxl.Workbook()
    if epoch is not None:
        book.epoch = epoch
    book.iso_dates = iso
    sheet: Any = book.active
    sheet.title = "People"
    for row in rows_of_people():
        sheet.append(row)
    sheet["G2"], sheet["G3"] = ANN_DAY, BOB_DAY
    change(sheet)
    return saved(book)


def saved(book: Any) -> bytes:
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def put(**cells: Any) -> Callable[[Any], None]:
    def change(sheet: Any) -> None:
        for name, value in cells.items():
            sheet[name] = value

    return change


@FORMS.form("people.xlsx", reads=(ANN, BOB))
def days_as_date_cells() -> bytes:
    return people()


@FORMS.form("people.xlsx", reads=(ANN, BOB))
def days_since_1904() -> bytes:
    return people(epoch=CALENDAR_MAC_1904)


@FORMS.form("people.xlsx", reads=(ANN, BOB))
def days_as_texts_of_ISO_8601_in_date_cells() -> bytes:
    return people(iso=True)


@FORMS.form("people.xlsx", reads=(ANN, BOB))
def days_as_moments_at_midnight() -> bytes:
    return people(put(G2=dt.datetime(2024, 2, 1)))


@FORMS.form("people.xlsx", reads=(BOB,), refuses=f"sheet People, row 2, {STARTED}: is no date: {NO_DAY}")
def a_moment_where_a_day_belongs() -> bytes:
    return people(put(G2=dt.datetime(2024, 2, 1, 9)))


@FORMS.form(
    "people.xlsx", reads=(BOB,),
    refuses=f"sheet People, row 2, {STARTED}: holds a time without a day, or the date 0: {NO_DAY}, or leave the cell empty",
)  # fmt: skip
def a_time_of_day() -> bytes:
    return people(put(G2=dt.time(9, 30)))


@FORMS.form(
    "people.xlsx", reads=(BOB,),
    refuses=f"sheet People, row 2, {STARTED}: holds a time or a duration without a day: {NO_DAY}",
)  # fmt: skip
def a_time_of_day_as_text_of_ISO_8601() -> bytes:
    return people(put(G2=dt.time(9, 30)), iso=True)


@FORMS.form(
    "people.xlsx", reads=(BOB,),
    refuses=f"sheet People, row 2, {STARTED}: holds a date before March 1900, which programs read in two ways: write it as "
    "text (1899-12-31)",
)  # fmt: skip
def a_day_before_March_1900() -> bytes:
    return people(put(G2=dt.date(1900, 1, 31)))


@FORMS.form(
    "people.xlsx", reads=(BOB,), refuses=f"sheet People, row 2, {STARTED}: holds a date before 1904, which programs read in two ways: write it as text (1899-12-31)"
)  # fmt: skip
def a_day_before_1904_in_days_since_then() -> bytes:
    return people(put(G2=dt.date(1903, 12, 31)), epoch=CALENDAR_MAC_1904)


@FORMS.form("people.xlsx", reads=(entry(ANN, started_at="?"), BOB))
def a_day_before_March_1900_as_text_of_ISO_8601() -> bytes:
    """1899-12-30 is what programs write for the date 0: nobody says when it was."""
    return people(put(G2=dt.date(1899, 12, 30)), iso=True)


NOT_CALCULATED = (
    "holds a formula whose value is not in the file: open it in Excel, LibreOffice or Google Sheets and save it again, or "
    "write the value itself"
)


@FORMS.form(
    "people.xlsx",
    refuses=f"sheet People, row 2, column B (name): {NOT_CALCULATED}; sheet People, row 3, {STARTED}: {NOT_CALCULATED}",
)  # fmt: skip
def formulas_that_nobody_calculated() -> bytes:
    return people(put(B2='="Ann"&" Lee"', G3="=TODAY()"))


@FORMS.form(
    "people.xlsx", reads=(BOB,),
    refuses="sheet People, row 2, column E (role): holds the error #N/A: mend the formula, or write the value itself",
)  # fmt: skip
def an_error_by_its_word() -> bytes:
    return people(put(E2="#N/A"))


@FORMS.form("people.xlsx", reads=(entry(ANN, role="?"), BOB))
def a_formula_as_text() -> bytes:
    """As a script writes it that guards against formulas: nobody calculates it, and it says nothing."""

    def change(sheet: Any) -> None:
        sheet["E2"].value = "=A9"
        sheet["E2"].data_type = "s"
        sheet["E2"].quotePrefix = True

    return people(change)


@FORMS.form("people.xlsx", reads=(ANN, BOB))
def rich_text() -> bytes:
    return people(put(B2=CellRichText(TextBlock(InlineFont(b=True), "Ann"), " Lee")))


@FORMS.form("people.xlsx", reads=(entry(ANN, name="Ann\nLee"), BOB))
def a_line_break_in_a_cell() -> bytes:
    return people(put(B2="Ann\nLee", E2=" engineer\n"))


@FORMS.form("people.xlsx", reads=(ANN, BOB))
def what_lies_beside_the_cells() -> bytes:
    def change(sheet: Any) -> None:
        sheet["B2"].comment = Comment("left?", "somebody")
        sheet["A2"].hyperlink = "mailto:someone@else.eu"
        rule = DataValidation(type="list", formula1='"employee,contractor"')
        rule.add("C2:C9")
        sheet.add_data_validation(rule)
        sheet.freeze_panes = "B2"
        sheet.auto_filter.ref = "A1:H3"
        sheet.row_dimensions[3].hidden = True
        sheet.column_dimensions["E"].hidden = True
        sheet.protection.set_password("secret")
        sheet.print_title_rows = "1:1"

    return people(change)


@FORMS.form("people.xlsx", reads=(ANN, BOB))
def a_table_of_Excel() -> bytes:
    return people(lambda sheet: sheet.add_table(Table(displayName="people", ref="A1:H3")))


@FORMS.form("people.xlsx", reads=(ANN, BOB))
def rows_written_one_by_one() -> bytes:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("People")
    for number, row in enumerate(rows_of_people()):
        cells: list[Any] = [WriteOnlyCell(sheet, value) for value in row]
        cells[6].value = (row[6], ANN_DAY, BOB_DAY)[number]
        sheet.append(cells)
    return saved(book)


@FORMS.form("people.xlsx", reads=(ANN, BOB))
def a_hidden_sheet_of_leavers() -> bytes:
    def change(sheet: Any) -> None:
        other = sheet.parent.create_sheet("Leavers")
        for row in rows_of_people()[:2]:
            other.append(["eve@acme.eu" if value == "ann@acme.eu" else value for value in row])
        other.sheet_state = "veryHidden"

    return people(change)


@FORMS.form(
    "people.xlsx",
    refuses="sheet People, row 1, B1:C1: is merged: unmerge it, and write a name into the first row of each column",
)  # fmt: skip
def names_of_columns_that_are_merged() -> bytes:
    def change(sheet: Any) -> None:
        sheet["C1"] = "employment"
        sheet.merged_cells.add("B1:C1")

    return people(change)


@FORMS.form(
    "people.xlsx", reads=(BOB,),
    refuses="sheet People, row 2, column B (name): is merged with others (B2:C2): unmerge them, and write into each what "
    "holds for it; sheet People, row 2, column C (employment): is not filled in: write what is known",
)  # fmt: skip
def two_cells_of_a_row_merged() -> bytes:
    return people(lambda sheet: sheet.merge_cells("B2:C2"))


@FORMS.form("people.xlsx", refuses="sheet People: is empty: write the columns' names into its first row")
def nothing_but_formats() -> bytes:
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.title = "People"
    sheet["A1"].number_format = "@"
    return saved(book)


@FORMS.form("people.xlsx", refuses='has no rows, and no column "name": not an empty register of people; `soc2test init --register people` writes one with all columns')
def names_in_other_words() -> bytes:
    def change(sheet: Any) -> None:
        sheet.delete_rows(2, 2)
        sheet["B1"] = "Full name"

    return people(change)


@FORMS.form(
    "people.xlsx",
    refuses="sheet People, row 2 (and in row 3): needs the key name; sheet People, row 2, column B (Full name) (and in row "
    "3): an unknown key; allowed are accounts, active, background_check_at, code_of_conduct_at, code_of_conduct_document, "
    "code_of_conduct_version, email, employment, ended_at, machine_accounts, manager_email, name, nda_document, "
    "nda_signed_at, role, started_at; did you mean 'name'?",
)  # fmt: skip
def names_in_other_words_with_rows() -> bytes:
    return people(put(B1="Full name"))
