"""Forms of .xlsx by XlsxWriter: where things stand, from titles and totals to several sheets, and what lies beside them."""

import io
from collections.abc import Sequence

import xlsxwriter
from sheet_form import ANN, BOB, HEADER, Forms, rows_of_people
from workbook_parts import calculated
from xlsxwriter_books import ENDED, NO_DAY, STARTED, at, of_rows, people, write_people

__all__ = ["FORMS"]

FORMS = Forms()


@FORMS.form("people.xlsx", reads=(ANN, BOB))
def what_lies_beside_the_cells() -> bytes:
    return people(
        lambda _, sheet: sheet.write_comment("B2", "left?"),
        lambda _, sheet: sheet.data_validation("C2:C9", {"validate": "list", "source": ["employee", "contractor"]}),
        lambda book, sheet: sheet.conditional_format("D2:D9", {"type": "cell", "criteria": "==", "value": True, "format": book.add_format({"bg_color": "#FF0000"})}),
        lambda _, sheet: sheet.freeze_panes(1, 1),
        lambda _, sheet: sheet.protect("secret"),
        lambda _, sheet: sheet.add_sparkline("J2", {"range": "People!G2:G3"}),
        lambda book, _: book.define_name("team", "=People!$A$2:$A$3"),
        lambda _, sheet: sheet.insert_textbox("J4", "Ann has left"),
    )


@FORMS.form(
    "people.xlsx",
    refuses="sheet People, row 1, column I: has no name: write one, or delete the column if it is empty; sheet People, row 1, "
    "column J: has no name: write one, or delete the column if it is empty",
)  # fmt: skip
def a_checkbox_beside_the_table() -> bytes:
    return people(lambda _, sheet: sheet.insert_checkbox("J9", False))


@FORMS.form("people.xlsx", reads=(ANN, BOB))
def a_table_of_Excel() -> bytes:
    return people(lambda _, sheet: sheet.add_table("A1:H3", {"columns": [{"header": name} for name in HEADER]}))


@FORMS.form("people.xlsx", reads=(ANN, BOB))
def a_filter_that_hides_a_row_and_a_hidden_column() -> bytes:
    return people(
        lambda _, sheet: sheet.autofilter("A1:H3"),
        lambda _, sheet: sheet.filter_column("E", "x == CEO"),
        lambda _, sheet: sheet.set_row(1, None, None, {"hidden": True}),
        lambda _, sheet: sheet.set_column("G:G", None, None, {"hidden": True}),
    )


TOTAL = "sheet People, row 5, column A (email): is no e-mail address: write it as ann@company.example"
EMPTY = "is not filled in: write what is known"
NOTHING_ELSE = "; ".join(
    f"sheet People, row 5, column {letter} ({name}): {EMPTY}" for letter, name in zip("BCDEG", ("name", "employment", "active", "role", "started_at"), strict=True)
)


@FORMS.form(
    "people.xlsx", reads=(ANN, BOB),
    refuses=f"{TOTAL}; {NOTHING_ELSE}; sheet People, row 5, {ENDED}: is no date: {NO_DAY}, or a time with its zone as "
    "2026-11-20T16:30Z",
)  # fmt: skip
def a_total_below() -> bytes:
    return people(at("A5", "Total"), lambda _, sheet: sheet.write_formula("H5", "=SUBTOTAL(103,A2:A3)", None, 2))


@FORMS.form(
    "people.xlsx", reads=(ANN, BOB),
    refuses="sheet People, row 6, column A (email): is merged with others (A6:H6): unmerge them, and write into each what "
    "holds for it; " + NOTHING_ELSE.replace("row 5", "row 6"),
)  # fmt: skip
def a_merged_note_below() -> bytes:
    return people(lambda book, sheet: sheet.merge_range("A6:H6", "Confidential", book.add_format()))


@FORMS.form(
    "people.xlsx",
    refuses="sheet People, row 2, column E (role) (and in row 3): is merged with others (E2:E3): unmerge them, and write "
    "into each what holds for it",
)  # fmt: skip
def one_cell_merged_for_two_people() -> bytes:
    return people(lambda book, sheet: sheet.merge_range("E2:E3", "engineer", book.add_format()))


@FORMS.form("people.xlsx", reads=(ANN, BOB))
def blank_rows_between_and_formats_behind() -> bytes:
    """Bob stands in row 7."""
    header, ann, bob = rows_of_people()
    return of_rows(
        {0: header, 2: ann, 6: bob},
        at("B5", "  "),
        lambda book, sheet: sheet.write_blank(1_048_575, 16_383, None, book.add_format({"bold": True})),
    )


@FORMS.form(
    "people.xlsx",
    refuses="sheet People, row 1: is not the row with the columns' names, which is row 4: delete the 3 rows above it "
    "(titles, groups of columns)",
)  # fmt: skip
def a_title_above() -> bytes:
    return people(at("A1", "People of Acme"), at("A2", "as of 20 November 2026"), first=3)


@FORMS.form(
    "people.xlsx",
    refuses="sheet People, row 1: is not the row with the columns' names, which is row 2: delete the row above it (titles, "
    "groups of columns)",
)  # fmt: skip
def a_merged_row_of_groups_above() -> bytes:
    return people(
        lambda book, sheet: sheet.merge_range("A1:F1", "Who", book.add_format()),
        lambda book, sheet: sheet.merge_range("G1:H1", "When", book.add_format()),
        first=1,
    )


@FORMS.form(
    "people.xlsx", reads=(ANN, BOB),
    refuses="sheet People, row 2, column A (email): is no e-mail address: write it as ann@company.example; sheet People, "
    "row 2, column C (employment): must be one of employee, contractor; sheet People, row 2, column D (active): is neither "
    "yes nor no: write yes or no (or true, false), or say under registers.people in soc2.yaml which words mean them (`yes: "
    "[...]`, `no: [...]`); sheet People, row 2, column F (manager_email): is no e-mail address: "
    f"write it as ann@company.example; sheet People, row 2, {STARTED}: is no date: {NO_DAY}; sheet People, row 2, {ENDED}: is "
    f"no date: {NO_DAY}, or a time with its zone as 2026-11-20T16:30Z",
)  # fmt: skip
def a_second_row_of_names_below() -> bytes:
    german = ["E-Mail", "Name", "Anstellung", "Aktiv", "Funktion", "Vorgesetzte", "Beginn", "Ende"]
    header, ann, bob = rows_of_people()
    return of_rows({0: header, 1: german, 2: ann, 3: bob})


@FORMS.form("people.xlsx", refuses="sheet People, row 1, column A: has no name: write one, or delete the column if it is empty")
def a_table_that_begins_in_column_B() -> bytes:
    return of_rows(dict(enumerate(rows_of_people())), column=1)


def several(*sheets: tuple[str, bool, bool], hidden: Sequence[str] = ()) -> bytes:
    """Sheets by name: whether they hold people; else a note."""
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        for name, with_people, active in sheets:
            sheet = book.add_worksheet(name)
            if with_people:
                write_people(book, sheet)
            else:
                sheet.write_row(0, 0, ["note", "by"])
            if active:
                sheet.activate()
            if name in hidden:
                sheet.hide()
    return calculated(made.getvalue())


@FORMS.form("people.xlsx", reads=(ANN, BOB))
def a_sheet_of_its_name_among_others() -> bytes:
    return several(("Notes", False, True), ("PEOPLE ", True, False), ("Lists", False, False), hidden=["Lists"])


@FORMS.form(
    "people.xlsx",
    refuses="has 2 sheets (People, Leavers), and Leavers has its columns beside the one of its name: put their rows into one "
    "sheet, or hide the one that is not to be read",
)  # fmt: skip
def leavers_in_a_sheet_of_their_own() -> bytes:
    return several(("People", True, True), ("Leavers", True, False))


@FORMS.form(
    "people.xlsx",
    refuses="sheet People, row 1048576, column XFD: holds something far away from all the rest: delete what stands there, or "
    "copy the table into a new sheet",
)  # fmt: skip
def a_sign_in_the_last_cell_of_all() -> bytes:
    return people(at("XFD1048576", "x"))


@FORMS.form(
    "people.xlsx", reads=(ANN, BOB),
    refuses="sheet People, row 400001, column A (email): is no e-mail address: write it as ann@company.example; "
    + NOTHING_ELSE.replace("row 5", "row 400001"),
)  # fmt: skip
def a_sign_far_below() -> bytes:
    return people(at("A400001", "x1"))
