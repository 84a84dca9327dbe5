"""Forms of .xlsx by hand, part by part: what Google Sheets, Excel for the web, Numbers and libraries of other languages write, and what is no .xlsx."""

from collections.abc import Mapping, Sequence

from sheet_form import ANN, BOB, HEADER, Forms, entry
from workbook_parts import packed

__all__ = ["FORMS"]

FORMS = Forms()
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
SHEET, STRINGS, WORKBOOK = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml"
STYLES = (
    f'<styleSheet xmlns="{MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts>'
    '<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="164" applyNumberFormat="1"/></cellXfs></styleSheet>'
)
ANN_CELLS = ("ann@acme.eu", "Ann Lee", "employee", True, "engineer", "bob@acme.eu", 45_323)
BOB_CELLS = ("bob@acme.eu", "Bob Ray", "employee", True, "CEO", None, 43_924)
Cell = str | int | bool | None
DAMAGED = "open it in Excel, LibreOffice or Google Sheets and save it again"
STARTED = "column G (started_at)"


def inline(value: Cell, place: str = "") -> str:
    """A cell with its text in it; `place` is its reference, "" where the writer says none."""
    at = f' r="{place}"' if place else ""
    match value:
        case None:
            return f"<c{at}/>"
        case bool():
            return f'<c{at} t="b"><v>{value:d}</v></c>'
        case int():
            return f'<c{at} s="1"><v>{value}</v></c>'
        case str():
            return f'<c{at} t="inlineStr"><is><t xml:space="preserve">{value}</t></is></c>'


def row(number: int, cells: Sequence[Cell], *, places: bool = True) -> str:
    letters = "ABCDEFGH"
    written = [inline(cell, f"{letters[column]}{number}" if places else "") for column, cell in enumerate(cells)]
    return f'<row r="{number}">{"".join(written)}</row>' if places else f"<row>{''.join(written)}</row>"


def sheet(*rows: str, before: str = "", after: str = "", attributes: str = "") -> str:
    data = f"<sheetData>{''.join(rows)}</sheetData>"
    return f'<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="{MAIN}"{attributes}>{before}{data}{after}</worksheet>'


PLAIN = (row(1, HEADER), row(2, ANN_CELLS), row(3, BOB_CELLS))


def book(sheet_xml: str, more: Mapping[str, str] = {}, *, workbook: str = "", strings: bool = False) -> bytes:
    """A package of one sheet called People; `more` are parts beside, or in the place of, those that every one has."""
    links = (
        f'<Relationship Id="rId1" Type="{LINKS}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{LINKS}/styles" Target="styles.xml"/>'
    )
    if strings:
        links += f'<Relationship Id="rId3" Type="{LINKS}/sharedStrings" Target="sharedStrings.xml"/>'
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{TYPES}"><Default Extension="xml" ContentType="application/xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1" Type="{LINKS}/officeDocument" Target="{WORKBOOK}"/></Relationships>',
        WORKBOOK: workbook or f'<workbook xmlns="{MAIN}" xmlns:r="{LINKS}"><sheets><sheet name="People" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}">{links}</Relationships>',
        "xl/styles.xml": STYLES,
        SHEET: sheet_xml,
    }
    return packed({name: content.encode() for name, content in {**parts, **more}.items()})


@FORMS.form("people.xlsx", reads=(ANN, BOB))
def texts_in_the_cells() -> bytes:
    return book(sheet(*PLAIN))


@FORMS.form("people.xlsx", reads=(ANN, BOB))
def neither_rows_nor_cells_say_where_they_are() -> bytes:
    return book(sheet(*(row(0, cells, places=False) for cells in (HEADER, ANN_CELLS, BOB_CELLS))))


@FORMS.form("people.xlsx", reads=(ANN, BOB))
def cells_that_hold_nothing_are_left_out() -> bytes:
    """As Google Sheets does: the next cell says where it is."""
    without_manager = [inline(cell, f"{'ABCDEFG'[number]}3") for number, cell in enumerate(BOB_CELLS) if cell is not None]
    return book(sheet(*PLAIN[:2], f'<row r="3">{"".join(without_manager)}</row>'))


@FORMS.form("people.xlsx", reads=(ANN, BOB))
def a_dimension_that_is_too_small() -> bytes:
    return book(sheet(*PLAIN, before='<dimension ref="A1:B2"/>'))


@FORMS.form("people.xlsx", reads=(ANN, BOB))
def a_dimension_of_a_million_rows() -> bytes:
    return book(sheet(*PLAIN, before='<dimension ref="A1:XFD1048576"/>'))


@FORMS.form("people.xlsx", reads=(ANN, BOB))
def rows_with_a_height_and_no_cell_to_the_end() -> bytes:
    empty = "".join(f'<row r="{number}" ht="15" customHeight="1"><c r="A{number}" s="1"/></row>' for number in range(4, 3000))
    return book(sheet(*PLAIN, empty))


@FORMS.form("people.xlsx", reads=(ANN, BOB))
def a_sheet_of_Excel_for_the_web() -> bytes:
    """With names of its own, what another program may leave out, and who was where in it."""
    spaces = (
        ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" mc:Ignorable="x14ac xr" '
        'xmlns:x14ac="http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac" '
        'xmlns:xr="http://schemas.microsoft.com/office/spreadsheetml/2014/revision" xr:uid="{00000000-0001-0000-0000-000000000000}"'
    )
    after = (
        '<extLst><ext uri="{78C0D931-6437-407d-A8EE-F0AAD7539E65}" '
        'xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"><x14:conditionalFormattings>'
        '<x14:conditionalFormatting xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main"><x14:cfRule type="expression">'
        "<xm:f>$D2=FALSE</xm:f></x14:cfRule><xm:sqref>A2:H9</xm:sqref></x14:conditionalFormatting>"
        "</x14:conditionalFormattings></ext></extLst>"
    )
    return book(sheet(*PLAIN, attributes=spaces, after=after))


@FORMS.form("people.xlsx", reads=(ANN, BOB))
def a_workbook_with_alternatives_for_older_programs() -> bytes:
    alternative = (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice Requires="x15">'
        '<x15ac:absPath xmlns:x15ac="http://schemas.microsoft.com/office/spreadsheetml/2010/11/ac" url="/home/ann/"/></mc:Choice>'
        "</mc:AlternateContent>"
    )
    workbook = (
        f'<workbook xmlns="{MAIN}" xmlns:r="{LINKS}">{alternative}<sheets><sheet name="People" sheetId="7" r:id="rId1"/></sheets>'
        '<calcPr calcId="191029"/></workbook>'
    )
    return book(sheet(*PLAIN), workbook=workbook)


@FORMS.form("people.xlsx", reads=(ANN, BOB))
def texts_that_the_cells_share() -> bytes:
    texts = [*HEADER, "ann@acme.eu", "Ann Lee", "employee", "engineer", "bob@acme.eu", "Bob Ray", "CEO"]
    return book(_by_numbers(texts), {STRINGS: _strings(texts)}, strings=True)


def _strings(texts: Sequence[str]) -> str:
    return f'<sst xmlns="{MAIN}">{"".join(f"<si><t>{text}</t></si>" for text in texts)}</sst>'


def _by_numbers(texts: Sequence[str]) -> str:
    def shared(value: Cell, place: str) -> str:
        return f'<c r="{place}" t="s"><v>{texts.index(value)}</v></c>' if isinstance(value, str) else inline(value, place)

    def whole(number: int, cells: Sequence[Cell]) -> str:
        return f'<row r="{number}">{"".join(shared(cell, f"{letter}{number}") for letter, cell in zip("ABCDEFGH", cells, strict=False))}</row>'

    return sheet(*(whole(number, cells) for number, cells in enumerate((HEADER, ANN_CELLS, BOB_CELLS), 1)))


TEXTS = (*HEADER, "ann@acme.eu", "Ann Lee", "employee", "engineer", "bob@acme.eu", "Bob Ray", "CEO")


@FORMS.form("people.xlsx", refuses=f"is damaged: python-calamine can't read it (CalamineError); {DAMAGED}")
def texts_that_the_cells_share_and_no_list_of_them() -> bytes:
    return book(_by_numbers(TEXTS))


@FORMS.form("people.xlsx", refuses=f"is damaged: python-calamine can't read it (CalamineError); {DAMAGED}")
def a_list_of_texts_that_ends_too_early() -> bytes:
    return book(_by_numbers(TEXTS), {STRINGS: _strings(TEXTS[:-2])}, strings=True)


@FORMS.form("people.xlsx", reads=(entry(ANN, name="Ann Lee"), BOB))
def a_text_with_the_signs_of_how_it_is_spoken() -> bytes:
    spoken = inline("Ann Lee", "B2").replace("</is>", '<rPh sb="0" eb="3"><t>ANN</t></rPh></is>')
    return book(sheet(PLAIN[0], PLAIN[1].replace(inline("Ann Lee", "B2"), spoken), PLAIN[2]))


@FORMS.form("people.xlsx", reads=(entry(ANN, name="Ann\tLee"), BOB))
def signs_that_XML_can_not_hold_in_the_way_of_Excel() -> bytes:
    return book(sheet(PLAIN[0], PLAIN[1].replace("Ann Lee", "Ann_x0009_Lee"), PLAIN[2]))


@FORMS.form("people.xlsx", reads=(ANN, BOB))
def numbers_in_scientific_notation() -> bytes:
    return book(sheet(PLAIN[0], PLAIN[1].replace("<v>45323</v>", "<v>4.5323E4</v>"), PLAIN[2]))


@FORMS.form("people.xlsx", reads=(ANN, BOB))
def days_as_texts_of_ISO_8601_in_date_cells() -> bytes:
    day = PLAIN[1].replace('<c r="G2" s="1"><v>45323</v></c>', '<c r="G2" s="1" t="d"><v>2024-02-01</v></c>')
    return book(sheet(PLAIN[0], day, PLAIN[2]))


@FORMS.form(
    "people.xlsx", reads=(BOB,),
    refuses=f"sheet People, row 2, {STARTED}: is no date: write a day as 2026-11-20",
)  # fmt: skip
def a_moment_with_a_zone_in_a_date_cell() -> bytes:
    day = PLAIN[1].replace('<c r="G2" s="1"><v>45323</v></c>', '<c r="G2" s="1" t="d"><v>2024-02-01T00:00:00Z</v></c>')
    return book(sheet(PLAIN[0], day, PLAIN[2]))


@FORMS.form(
    "people.xlsx", reads=(BOB,),
    refuses="sheet People, row 2, column B (name): holds a formula whose value is not in the file: open it in Excel, "
    "LibreOffice or Google Sheets and save it again, or write the value itself",
)  # fmt: skip
def a_formula_alone() -> bytes:
    return book(sheet(PLAIN[0], PLAIN[1].replace(inline("Ann Lee", "B2"), '<c r="B2"><f>A9</f></c>'), PLAIN[2]))


@FORMS.form("people.xlsx", reads=(ANN, BOB))
def a_formula_that_other_cells_share() -> bytes:
    shared = '<c r="B2" t="str"><f t="shared" ref="B2:B3" si="0">J2</f><v>Ann Lee</v></c>'
    follows = '<c r="B3" t="str"><f t="shared" si="0"/><v>Bob Ray</v></c>'
    return book(sheet(PLAIN[0], PLAIN[1].replace(inline("Ann Lee", "B2"), shared), PLAIN[2].replace(inline("Bob Ray", "B3"), follows)))


@FORMS.form(
    "people.xlsx", reads=(BOB,),
    refuses="sheet People, row 2, column B (name): holds the error #SPILL!: mend the formula, or write the value itself",
)  # fmt: skip
def an_error_of_Excel_since_2019() -> bytes:
    return book(sheet(PLAIN[0], PLAIN[1].replace(inline("Ann Lee", "B2"), '<c r="B2" t="e"><f>J2:J9</f><v>#SPILL!</v></c>'), PLAIN[2]))


@FORMS.form("people.xlsx", refuses=f"is damaged: the rows of sheet People are in no order; {DAMAGED}")
def rows_in_no_order() -> bytes:
    return book(sheet(PLAIN[0], PLAIN[2], PLAIN[1]))


@FORMS.form("people.xlsx", refuses=f"is damaged: the rows of sheet People are in no order; {DAMAGED}")
def a_row_after_the_last_that_there_is() -> bytes:
    return book(sheet(*PLAIN, row(1_048_577, ANN_CELLS)))


@FORMS.form(
    "people.xlsx",
    refuses="sheet People, row 1, column B: has no name: write one, or delete the column if it is empty",
)  # fmt: skip
def a_name_that_is_a_blank() -> bytes:
    return book(sheet(PLAIN[0].replace(">name<", ">\u00a0 <"), *PLAIN[1:]))


@FORMS.form(
    "people.xlsx",
    refuses="is a Strict Open XML Spreadsheet, whose formats are not read: save it as Excel Workbook (.xlsx), the first of the list",
)  # fmt: skip
def strict_Open_XML() -> bytes:
    """ISO/IEC 29500-1, as Excel calls it: other namespaces, and days as texts."""
    strict, links = "http://purl.oclc.org/ooxml/spreadsheetml/main", "http://purl.oclc.org/ooxml/officeDocument/relationships"
    rels = f'<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1" Type="{links}/KIND" Target="TARGET"/></Relationships>'
    return book(
        sheet(*PLAIN).replace(MAIN, strict),
        {
            "_rels/.rels": rels.replace("KIND", "officeDocument").replace("TARGET", WORKBOOK),
            "xl/_rels/workbook.xml.rels": rels.replace("KIND", "worksheet").replace("TARGET", "worksheets/sheet1.xml"),
        },
        workbook=f'<workbook xmlns="{strict}" xmlns:r="{links}" conformance="strict"><sheets><sheet name="People" sheetId="1" r:id="rId1"/></sheets></workbook>',
    )


@FORMS.form("people.xlsx", refuses="has no sheet that is not hidden: hidden sheets are not read, show the one to read")
def its_only_sheet_is_hidden() -> bytes:
    workbook = f'<workbook xmlns="{MAIN}" xmlns:r="{LINKS}"><sheets><sheet name="People" sheetId="1" state="hidden" r:id="rId1"/></sheets></workbook>'
    return book(sheet(*PLAIN), workbook=workbook)


UNREAD = "is a spreadsheet of a format that is not read: save it as Excel Workbook (.xlsx), or as CSV (people.xlsx)"


def compound(*streams: str) -> bytes:
    """The beginning of a compound file with names of streams, as its directory has them (MS-CFB 2.6.1: UTF-16)."""
    names = b"".join(name.encode("utf-16-le").ljust(128, b"\0") for name in streams)
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + names + bytes(1024)


@FORMS.form(
    "people.xlsx", refuses="has a password: save it as Excel Workbook (.xlsx), without a password"
)  # fmt: skip
def a_workbook_with_a_password() -> bytes:
    """MS-OFFCRYPTO 2.3.4.4: what is encrypted lies in a stream called EncryptedPackage."""
    return compound("Root Entry", "EncryptionInfo", "EncryptedPackage")


@FORMS.form(
    "people.xlsx",
    refuses="is a spreadsheet of Excel 97 (.xls) under another name: save it as Excel Workbook (.xlsx), without a password",
)  # fmt: skip
def a_spreadsheet_of_Excel_97_under_another_name() -> bytes:
    """MS-XLS 2.1.2: its cells lie in a stream called Workbook."""
    return compound("Root Entry", "Workbook")


@FORMS.form(
    "people.xlsx",
    refuses="is no .xlsx file, whatever its name says: save it as Excel Workbook (.xlsx), without a password, or name it as "
    "what it is",
)  # fmt: skip
def a_table_of_HTML_under_another_name() -> bytes:
    """As some web applications call it an export to Excel."""
    return b"<html><body><table><tr><td>email</td></tr></table></body></html>"


@FORMS.form("people.xlsx", refuses=f"is damaged: it has no workbook; {DAMAGED}")
def a_spreadsheet_of_OpenDocument_under_another_name() -> bytes:
    return packed({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<a/>"})


@FORMS.form("people.xlsm", refuses=UNREAD)
def a_workbook_with_macros() -> bytes:
    return book(sheet(*PLAIN))


@FORMS.form("people.numbers", refuses=UNREAD)
def a_file_of_Numbers() -> bytes:
    return packed({"Index/Document.iwa": b"\0"})


@FORMS.form("people.xlsx", reads=(ANN, BOB))
def a_workbook_with_macros_under_another_name() -> bytes:
    types = f'<Types xmlns="{TYPES}"><Override PartName="/{WORKBOOK}" ContentType="application/vnd.ms-excel.sheet.macroEnabled.main+xml"/></Types>'
    return book(sheet(*PLAIN), {"[Content_Types].xml": types})


@FORMS.form("people.xlsx", refuses=f"is damaged: no whole zip file (BadZipFile); {DAMAGED}")
def a_file_that_was_cut() -> bytes:
    return texts_in_the_cells()[:-40]
