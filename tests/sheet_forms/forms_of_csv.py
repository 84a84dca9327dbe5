"""Forms of CSV as files: encodings, separators, quotes and rows, as programs of several countries write them."""

from sheet_form import ANN, BOB, Forms, entry

__all__ = ["ANN_ROW", "BOB_ROW", "BOM", "FORMS", "HEADER", "NO_DAY", "PLAIN", "STARTED"]

FORMS = Forms()
NO_DAY = "write a day as 2026-11-20"
HEADER = "email,name,employment,active,role,manager_email,started_at"
ANN_ROW = "ann@acme.eu,Ann Lee,employee,TRUE,engineer,bob@acme.eu,2024-02-01"
BOB_ROW = "bob@acme.eu,Bob Ray,employee,TRUE,CEO,,2020-04-03"
PLAIN = f"{HEADER}\n{ANN_ROW}\n{BOB_ROW}\n"
SEMICOLONS = PLAIN.replace(",", ";")
WINDOWS = SEMICOLONS.replace("\n", "\r\n")
BOM = "\ufeff"
STARTED = "column G (started_at)"


@FORMS.form("people.csv", reads=(ANN, BOB))
def of_Google_Sheets() -> bytes:
    return PLAIN.replace("\n", "\r\n").removesuffix("\r\n").encode()


@FORMS.form("people.csv", reads=(ANN, BOB))
def CSV_UTF_8_of_Excel() -> bytes:
    return (BOM + PLAIN.replace("\n", "\r\n")).encode()


@FORMS.form("people.csv", reads=(ANN, BOB))
def CSV_UTF_8_of_Excel_in_Germany() -> bytes:
    return (BOM + WINDOWS).encode()


@FORMS.form(
    "people.csv",
    refuses='line 2: is not UTF-8 but perhaps cp1252, in which Excel saves "CSV": save it as "CSV UTF-8", or as .xlsx',
)  # fmt: skip
def CSV_of_Excel_in_Germany() -> bytes:
    return WINDOWS.replace("Ann", "Änn").encode("cp1252")


@FORMS.form("people.csv", reads=(ANN, BOB))
def CSV_of_Excel_in_Germany_without_a_letter_that_differs() -> bytes:
    return WINDOWS.encode("cp1252")


@FORMS.form(
    "people.csv",
    refuses='line 2: is not UTF-8 but perhaps cp1252, in which Excel saves "CSV": save it as "CSV UTF-8", or as .xlsx',
)  # fmt: skip
def CSV_of_Excel_for_the_Mac() -> bytes:
    """Its letters are of Mac Roman, which can't be told from cp1252: the way out is the same."""
    return SEMICOLONS.replace("Ann", "Änn").encode("mac_roman")


@FORMS.form("people.csv", reads=(ANN, BOB))
def Unicode_text_of_Excel() -> bytes:
    return (BOM + PLAIN.replace(",", "\t").replace("\n", "\r\n")).encode("utf-16-le")


@FORMS.form("people.tsv", reads=(ANN, BOB))
def tabs_in_a_file_named_after_them() -> bytes:
    return PLAIN.replace(",", "\t").encode()


@FORMS.form("people.csv", refuses="byte 1: looks like UTF-16 without byte order mark; save as UTF-8")
def UTF_16_without_a_mark() -> bytes:
    return PLAIN.encode("utf-16-le")


@FORMS.form("people.csv", reads=(ANN, BOB))
def a_first_line_that_says_which_sign_separates() -> bytes:
    return (BOM + "sep=;\r\n" + WINDOWS).encode()


@FORMS.form("people.csv", reads=(ANN, BOB))
def lines_of_old_Macs() -> bytes:
    return PLAIN.replace("\n", "\r").encode()


@FORMS.form("people.csv", reads=(ANN, BOB))
def bars() -> bytes:
    return PLAIN.replace(",", "|").encode()


@FORMS.form("people.csv", reads=(ANN, entry(BOB, name='Bob "Bobby" Ray')))
def of_LibreOffice_with_all_texts_in_quotes() -> bytes:
    rows = [",".join(f'"{cell}"' for cell in line.split(",")) for line in PLAIN.splitlines()]
    return "\n".join(rows).replace("Bob Ray", 'Bob ""Bobby"" Ray').encode()


@FORMS.form("people.csv", reads=(entry(ANN, name="Ann\nLee"), BOB))
def a_line_break_in_a_cell() -> bytes:
    return PLAIN.replace("Ann Lee", '"Ann\nLee"').encode()


@FORMS.form("people.csv", reads=(ANN, BOB))
def separators_behind_the_last_cell_of_every_row() -> bytes:
    return PLAIN.replace("\n", ",,,\n").encode()


@FORMS.form("people.csv", reads=(ANN, BOB))
def blank_rows_between_and_behind() -> bytes:
    return (PLAIN.replace(ANN_ROW, f",,,,,,\n{ANN_ROW}\n\n  \n") + ",,,,,,\n\n").encode()


@FORMS.form(
    "people.csv", refuses="line 3: 6 cells where the header has 7; line 4 has 8",
)  # fmt: skip
def rows_of_another_width() -> bytes:
    return f"{HEADER}\n{ANN_ROW}\n{BOB_ROW.replace(',,', ',')}\n{ANN_ROW},2026-01-01\n".encode()


@FORMS.form(
    "people.csv",
    refuses="line 2: holds a quote that is never closed: put a text that holds quotes into quotes and write each within "
    "twice, or take the quotes away",
)  # fmt: skip
def a_quote_that_nobody_closed() -> bytes:
    return PLAIN.replace("Ann Lee", '"Ann Lee').encode()


@FORMS.form(
    "people.csv",
    refuses="line 2: holds text behind a closing quote: put a text that holds quotes into quotes and write each within "
    "twice, or take the quotes away",
)  # fmt: skip
def text_behind_a_closing_quote() -> bytes:
    return PLAIN.replace("Ann Lee", '"Ann" Lee').encode()


@FORMS.form("people.csv", reads=(entry(ANN, name="Lee, Ann"), BOB))
def blanks_behind_the_separators() -> bytes:
    return PLAIN.replace(",", ", ").replace("ann@acme.eu, Ann Lee", '"ann@acme.eu", "Lee, Ann"').encode()


@FORMS.form(
    "people.csv",
    refuses="line 3: closes a quote of line 2 before other text, and all between them is one cell: put a text that holds "
    "quotes into quotes and write each within twice, or take the quotes away",
)  # fmt: skip
def a_quote_that_the_next_one_closed() -> bytes:
    return PLAIN.replace("Ann Lee", '"Ann Lee').replace("Bob Ray", '"Bob Ray"').encode()


@FORMS.form("people.csv", reads=(entry(ANN, name='Ann "Annie" Lee'), BOB))
def quotes_within_a_text() -> bytes:
    return PLAIN.replace("Ann Lee", 'Ann "Annie" Lee').encode()


@FORMS.form("people.csv", refuses="line 2: holds a NUL character")
def a_NUL() -> bytes:
    return PLAIN.replace("Ann Lee", "Ann\0Lee").encode()


@FORMS.form("people.csv", refuses="line 1: is empty: not even a header")
def nothing_but_separators() -> bytes:
    return b",,,\n,,,\n"


@FORMS.form("people.csv", refuses="line 1: is not the row with the columns' names, which is row 3: delete the 2 rows above it (titles, groups of columns)")
def blank_rows_above() -> bytes:
    return f",,\n\n{PLAIN}".encode()


@FORMS.form("people.csv", refuses="line 1: is not the row with the columns' names, which is row 3: delete the 2 rows above it (titles, groups of columns)")
def a_title_above() -> bytes:
    return f"People of Acme\n\n{PLAIN}".encode()


@FORMS.form("people.csv", refuses="line 1: is not the row with the columns' names, which is row 3: delete the 2 rows above it (titles, groups of columns)")
def a_title_above_as_wide_as_the_table() -> bytes:
    return f"People of Acme,,,,,,\n,,,,,,\n{PLAIN}".encode()


@FORMS.form("people.csv", refuses="line 1: is not the row with the columns' names, which is row 2: delete the row above it (titles, groups of columns)")
def a_row_of_groups_above() -> bytes:
    return f"Who,,,,,,When\n{PLAIN}".encode()


@FORMS.form("people.csv", refuses="line 1: is not the row with the columns' names, which is row 2: delete the row above it (titles, groups of columns)")
def a_title_with_another_separator_above() -> bytes:
    return f"People of Acme, as of November\r\n{WINDOWS}".encode()


@FORMS.form(
    "people.csv",
    refuses="line 1: column H has the name of column B: give each its own",
)  # fmt: skip
def two_columns_of_one_name() -> bytes:
    return PLAIN.replace("\n", ",name\n").encode()


@FORMS.form(
    "people.csv", reads=(ANN, BOB),
    refuses="row 3, column A (email): is no e-mail address: write it as ann@company.example; row 3, column C (employment): "
    "must be one of employee, contractor; did you mean 'employee'?; row 3, column D (active): is neither yes nor no: write "
    "yes or no (or true, false), or say under registers.people in soc2.yaml which words mean them (`yes: [...]`, `no: "
    f"[...]`); row 3, column F (manager_email): is no e-mail address: write it as ann@company.example; row 3, {STARTED}: is no date: "
    f"{NO_DAY}",
)  # fmt: skip
def two_files_one_behind_the_other() -> bytes:
    return f"{HEADER}\n{ANN_ROW}\n{HEADER}\n{BOB_ROW}\n".encode()


@FORMS.form("people.csv", refuses="is a web page, perhaps one to sign in: sign in, and export `registers/people.yaml`")
def a_web_page() -> bytes:
    return b"<!DOCTYPE html><html><body>Sign in</body></html>"


@FORMS.form("people.csv", refuses="line 1: is a zip file or a spreadsheet under another name: name it .xlsx, or .zip")
def a_workbook_under_another_name() -> bytes:
    from forms_by_hand import FORMS as BY_HAND

    return BY_HAND["texts in the cells"].make()
