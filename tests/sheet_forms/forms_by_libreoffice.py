"""Forms by LibreOffice Calc without a window: a spreadsheet of OpenDocument by hand, saved in the formats that it offers."""

import atexit
import os
import shutil
import subprocess
import tempfile
from functools import cache, lru_cache
from pathlib import Path

from forms_by_xlsxwriter import FORMS as CELLS_BY_XLSXWRITER
from layouts_by_xlsxwriter import FORMS as LAYOUTS_BY_XLSXWRITER
from sheet_form import ANN, BOB, Forms, entry

__all__ = ["FORMS", "install_office"]

FORMS = Forms()
BY_XLSXWRITER = {**CELLS_BY_XLSXWRITER, **LAYOUTS_BY_XLSXWRITER}
PACKAGE = "libreoffice-calc-nogui"
XLSX, XLS, ODS = "xlsx:Calc MS Excel 2007 XML", "xls:MS Excel 97", "ods:calc8"
CSV_FILTER = "csv:Text - txt - csv (StarCalc)"
COMMA_UTF_8 = f"{CSV_FILTER}:44,34,76,1,,0,false,true,true"
"""Separator, quote, character set, first row, formats of columns, language, quotes around all texts, none around numbers,
cells as they are shown; a tenth would ask for formulas (help.libreoffice.org, csv_params; tried with 7.4.7)."""
STARTED, ENDED = "column G (started_at)", "column H (ended_at)"
NO_DAY = "write a day as 2026-11-20"
NOT_READ = "is a spreadsheet of a format that is not read: save it as Excel Workbook (.xlsx), or as CSV (people.xlsx)"

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0" xmlns:xlink="http://www.w3.org/1999/xlink"
 xmlns:of="urn:oasis:names:tc:opendocument:xmlns:of:1.2" office:version="1.3"
 office:mimetype="application/vnd.oasis.opendocument.spreadsheet">
<office:automatic-styles>
<number:date-style style:name="N1"><number:year number:style="long"/><number:text>-</number:text><number:month number:style="long"/>
<number:text>-</number:text><number:day number:style="long"/></number:date-style>
<number:date-style style:name="N2" number:language="de" number:country="DE"><number:day number:style="long"/><number:text>.</number:text>
<number:month number:style="long"/><number:text>.</number:text><number:year number:style="long"/></number:date-style>
<number:percentage-style style:name="N3"><number:number number:decimal-places="0" number:min-integer-digits="1"/><number:text>%</number:text></number:percentage-style>
<number:number-style style:name="N4"><number:number number:decimal-places="0" number:min-integer-digits="5"/></number:number-style>
<style:style style:name="day" style:family="table-cell" style:data-style-name="N1"/>
<style:style style:name="tag" style:family="table-cell" style:data-style-name="N2"/>
<style:style style:name="percent" style:family="table-cell" style:data-style-name="N3"/>
<style:style style:name="padded" style:family="table-cell" style:data-style-name="N4"/>
</office:automatic-styles><office:body><office:spreadsheet>
"""
END = "</office:spreadsheet></office:body></office:document>"


def text(value: str, more: str = "") -> str:
    lines = "".join(f"<text:p>{line}</text:p>" for line in value.split("\n"))
    return f'<table:table-cell office:value-type="string"{more}>{lines}</table:table-cell>'


def day(value: str, style: str = "day") -> str:
    return f'<table:table-cell table:style-name="{style}" office:value-type="date" office:date-value="{value}"/>'


def number(value: str, style: str = "") -> str:
    named = f' table:style-name="{style}"' if style else ""
    return f'<table:table-cell{named} office:value-type="float" office:value="{value}"/>'


def percentage(value: str) -> str:
    return f'<table:table-cell table:style-name="percent" office:value-type="percentage" office:value="{value}"/>'


def formula(value: str, style: str = "") -> str:
    named = f' table:style-name="{style}"' if style else ""
    return f'<table:table-cell{named} table:formula="of:={value}"/>'


TRUE = '<table:table-cell office:value-type="boolean" office:boolean-value="true"/>'
FALSE = TRUE.replace('"true"', '"false"')
NONE = "<table:table-cell/>"


def row(*cells: str, more: str = "") -> str:
    return f"<table:table-row{more}>{''.join(cells)}</table:table-row>"


def sheet(*rows: str, name: str = "People") -> str:
    return f'<table:table table:name="{name}">{"".join(rows)}</table:table>'


PEOPLE_HEADER = row(*map(text, ("email", "name", "employment", "active", "role", "manager_email", "started_at", "ended_at")))
ANN_CELLS = (text("ann@acme.eu"), text("Ann Lee"), text("employee"), TRUE, text("engineer"), text("bob@acme.eu"), day("2024-02-01"), NONE)
BOB_CELLS = (text("bob@acme.eu"), text("Bob Ray"), text("employee"), TRUE, text("CEO"), NONE, day("2020-04-03"), NONE)
DEVICE_HEADER = row(*map(text, ("serial", "name", "status", "disk_encrypted")))


def people(*more: str, ann: tuple[str, ...] = ANN_CELLS, between: str = "", name: str = "People") -> str:
    return sheet(PEOPLE_HEADER, row(*ann), between, row(*BOB_CELLS), *more, name=name)


def ann(**cells: str) -> tuple[str, ...]:
    """Ann with other cells, by the letters of their columns."""
    return tuple(cells.get(letter, cell) for letter, cell in zip("ABCDEFGH", ANN_CELLS, strict=True))


def install_office() -> None:
    """LibreOffice from Debian's package, where it is not there yet. Raises where that can't be installed."""
    if not _has_office():
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "update", "-qq"], check=True, capture_output=True)
        command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", PACKAGE]
        subprocess.run(command, check=True, capture_output=True, env=environment)


def _has_office() -> bool:
    return any((Path(folder) / "soffice").exists() for folder in os.environ["PATH"].split(os.pathsep))


def saved(*sheets: str, as_: str = XLSX) -> bytes:
    return converted((HEAD + "".join(sheets) + END).encode(), "people.fods", as_)


@lru_cache(maxsize=1)
def _profile() -> str:
    """A folder for what LibreOffice keeps of its user: to make one takes longer than to convert a file."""
    folder = tempfile.mkdtemp()
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


@cache
def converted(data: bytes, name: str, as_: str) -> bytes:
    """The file as LibreOffice saves it; `as_` is a suffix with a filter, as its --convert-to takes them."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / name
        source.write_bytes(data)
        out = Path(folder) / "out"
        command = ["soffice", f"-env:UserInstallation=file://{_profile()}", "--headless", "--convert-to", as_, "--outdir", str(out), str(source)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
        made = list(out.glob("*"))
        assert len(made) == 1, done.stdout + done.stderr
        return made[0].read_bytes()


def again(form: str, through: str = XLSX) -> bytes:
    """What LibreOffice saves of a form by XlsxWriter."""
    return converted(BY_XLSXWRITER[form].make(), "people.xlsx", through)


@FORMS.form("people.xlsx", reads=(ANN, BOB))
def days_as_date_cells() -> bytes:
    return saved(people())


@FORMS.form("people.xlsx", reads=(ANN, BOB))
def days_as_Germans_show_them() -> bytes:
    return saved(people(ann=ann(G=day("2024-02-01", "tag"))))


@FORMS.form(
    "people.xlsx", reads=(BOB,),
    refuses=f"sheet People, row 2, {STARTED}: holds a date before March 1900, which programs read in two ways: write it as "
    "text (1899-12-31)",
)  # fmt: skip
def a_day_before_March_1900() -> bytes:
    return saved(people(ann=ann(G=day("1900-01-31"))))


@FORMS.form("people.xlsx", reads=(entry(ANN, name="Ann Lee"), BOB))
def formulas_that_it_calculated() -> bytes:
    return saved(people(ann=ann(B=formula('&quot;Ann&quot;&amp;&quot; Lee&quot;'), G=formula("DATE(2024;2;1)", "day"), D=formula("TRUE()"))))


@FORMS.form(
    "people.xlsx", reads=(BOB,),
    refuses="sheet People, row 2, column B (name): holds the error #N/A: mend the formula, or write the value itself; sheet "
    "People, row 2, column E (role): holds the error #DIV/0!: mend the formula, or write the value itself",
)  # fmt: skip
def errors_of_formulas() -> bytes:
    return saved(people(ann=ann(B=formula("NA()"), E=formula("1/0"))))


@FORMS.form(
    "people.xlsx", reads=(BOB,),
    refuses="sheet People, row 2, column B (name): holds the error #VALUE!: mend the formula, or write the value itself",
)  # fmt: skip
def a_circle_of_formulas() -> bytes:
    """LibreOffice shows Err:522, for which .xlsx has no word."""
    return saved(people(ann=ann(B=formula("[.B2]&amp;&quot;x&quot;"))))


@FORMS.form(
    "people.xlsx", reads=(BOB,),
    refuses=f"sheet People, row 2, {STARTED}: holds a percentage, which the file keeps as a fraction of 1: take the % format "
    "away and write the number that the column asks for, as 12",
)  # fmt: skip
def a_percentage() -> bytes:
    return saved(people(ann=ann(G=percentage("0.5"))))


@FORMS.form(
    "people.xlsx", reads=(entry(ANN, name="Ann\nLee"), BOB))
def texts_with_a_note_a_link_and_a_line_break() -> bytes:
    note = '<table:table-cell office:value-type="string"><office:annotation><dc:creator>x</dc:creator><text:p>left?</text:p></office:annotation><text:p>engineer</text:p></table:table-cell>'
    link = '<table:table-cell office:value-type="string"><text:p><text:a xlink:href="mailto:ann@acme.eu">ann@acme.eu</text:a></text:p></table:table-cell>'
    return saved(people(ann=ann(A=link, B=text("Ann\nLee"), E=note)))


@FORMS.form("people.xlsx", reads=(ANN, BOB))
def hidden_and_blank_rows() -> bytes:
    hidden = row(*BOB_CELLS, more=' table:visibility="collapse"')
    return saved(sheet(PEOPLE_HEADER, row(*ANN_CELLS), row(NONE, more=' table:number-rows-repeated="3"'), hidden))


@FORMS.form(
    "people.xlsx", reads=(BOB,),
    refuses="sheet People, row 2, column B (name): is merged with others (B2:C2): unmerge them, and write into each what holds "
    "for it; sheet People, row 2, column C (employment): is not filled in: write what is known",
)  # fmt: skip
def two_cells_of_a_row_merged() -> bytes:
    merged = text("Ann Lee", ' table:number-columns-spanned="2" table:number-rows-spanned="1"')
    return saved(people(ann=ann(B=merged, C="<table:covered-table-cell/>")))


@FORMS.form(
    "people.xlsx",
    refuses="has 2 sheets (People, Leavers), and Leavers has its columns beside the one of its name: put their rows into one "
    "sheet, or hide the one that is not to be read",
)  # fmt: skip
def leavers_in_a_sheet_of_their_own() -> bytes:
    return saved(people(), people(name="Leavers"))


@FORMS.form(
    "devices.xlsx", reads=(("00124", "b", "stock", "False"),),
    refuses="sheet Devices, row 2, column A (serial): shows zeros before its number that the file does not hold: format the "
    "column as text and write it again, as 00123",
)  # fmt: skip
def ids_with_zeros() -> bytes:
    rows = (row(number("123", "padded"), text("a"), text("stock"), TRUE), row(text("00124"), text("b"), text("stock"), FALSE))
    return saved(sheet(DEVICE_HEADER, *rows, name="Devices"))


@FORMS.form("people.csv", reads=(ANN, BOB))
def CSV_as_it_offers_it() -> bytes:
    return saved(people(), as_=COMMA_UTF_8)


@FORMS.form("people.csv", reads=(entry(ANN, name="Ann\nLee"), BOB))
def CSV_with_semicolons_and_all_texts_in_quotes() -> bytes:
    return saved(people(ann=ann(B=text("Ann\nLee"))), as_=f"{CSV_FILTER}:59,34,76,1,,0,true,true,true")


@FORMS.form("people.csv", reads=(ANN, BOB))
def CSV_in_UTF_16_with_tabs() -> bytes:
    return saved(people(), as_=f"{CSV_FILTER}:9,34,65535,1,,0,false,true,true")


@FORMS.form(
    "people.csv",
    refuses='line 2: is not UTF-8 but perhaps cp1252, in which Excel saves "CSV": save it as "CSV UTF-8", or as .xlsx',
)  # fmt: skip
def CSV_in_the_encoding_of_Windows() -> bytes:
    return saved(people(ann=ann(B=text("Änn Lee"))), as_=f"{CSV_FILTER}:59,34,1,1,,0,false,true,true")


@FORMS.form(
    "people.csv", reads=(BOB,),
    refuses=f'row 2, {STARTED}: may be two days, by the order of day and month: say `dates: "%d.%m.%Y"` or `dates: "%m.%d.%Y"` '
    f"under registers.people in soc2.yaml, or {NO_DAY}",
)  # fmt: skip
def CSV_of_a_day_as_Germans_show_it() -> bytes:
    return saved(people(ann=ann(G=day("2024-02-01", "tag"))), as_=COMMA_UTF_8)


@FORMS.form(
    "people.csv", reads=(ANN, BOB),
)  # fmt: skip
def CSV_of_what_cells_hold_and_not_of_what_they_show() -> bytes:
    """With "Save cell content as shown" taken away."""
    return saved(people(), as_=f"{CSV_FILTER}:44,34,76,1,,0,false,true,false")


@FORMS.form("people.csv", reads=(ANN, BOB))
def CSV_with_quotes_around_numbers_and_days() -> bytes:
    return saved(people(), as_=f"{CSV_FILTER}:44,34,76,1,,0,false,false,true")


@FORMS.form("people.csv", reads=(entry(ANN, name="?", role="?"), BOB))
def CSV_of_errors() -> bytes:
    return saved(people(ann=ann(B=formula("NA()"), E=formula("[.E2]&amp;1"))), as_=COMMA_UTF_8)


@FORMS.form("people.csv", reads=(entry(ANN, name="?"), BOB))
def CSV_of_formulas() -> bytes:
    """With "Save cell formulas instead of calculated values"."""
    return saved(people(ann=ann(B=formula("[.E9]"))), as_=f"{COMMA_UTF_8},true")


@FORMS.form("people.xls", refuses=NOT_READ)
def a_spreadsheet_of_Excel_97() -> bytes:
    return saved(people(), as_=XLS)


@FORMS.form(
    "people.xlsx",
    refuses="is a spreadsheet of Excel 97 (.xls) under another name: save it as Excel Workbook (.xlsx), without a password",
)  # fmt: skip
def a_spreadsheet_of_Excel_97_under_another_name() -> bytes:
    return saved(people(), as_=XLS)


@FORMS.form("people.ods", refuses=NOT_READ)
def a_spreadsheet_of_OpenDocument() -> bytes:
    return saved(people(), as_=ODS)


@FORMS.form("people.xlsx", reads=(ANN, BOB))
def Excel_97_that_it_saved_as_xlsx() -> bytes:
    return converted(saved(people(), as_=XLS), "people.xls", XLSX)


@FORMS.form("people.xlsx", reads=(ANN, BOB))
def days_since_1904_that_Excel_wrote() -> bytes:
    return again("days since 1904")


@FORMS.form("people.xlsx", reads=(ANN, BOB))
def a_filter_and_a_hidden_column_that_Excel_wrote() -> bytes:
    return again("a filter that hides a row and a hidden column")


@FORMS.form("people.xlsx", reads=(ANN, BOB))
def a_table_that_Excel_wrote() -> bytes:
    return again("a table of Excel")


@FORMS.form("people.xlsx", refuses=BY_XLSXWRITER["a title above"].refuses)
def a_title_above_that_Excel_wrote() -> bytes:
    return again("a title above")
