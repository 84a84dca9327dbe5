"""Workbooks that are cut, damaged, huge or made to harm: refused before anything of them is parsed, never read in part."""

import io
import random
import re
import tracemalloc
import zipfile

import pytest
from examples import examples
from hypothesis import given, settings
from hypothesis import strategies as st
from spreadsheets import SHEET, STRINGS, body, cell, refused, rows, workbook
from workbook_parts import WORKBOOK, changed, packed
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from soc2test.errors import EvidenceError
from soc2test.evidence import sheet_marks
from soc2test.evidence.read_limits import ReadLimits
from soc2test.evidence.sheet_marks import marks_of
from soc2test.evidence.sheets import parse_sheet

PLAIN = rows(["ann@acme.example", "Ann", "x"], ["bob@acme.example", "Bob", "y"])


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {info.filename: package.read(info) for info in package.infolist()}


@pytest.mark.parametrize("cut", range(40, len(PLAIN) - 1, 97))
def test_a_workbook_that_is_cut_is_none(cut: int) -> None:
    assert "is damaged: no whole zip file" in refused(PLAIN[:cut])


@pytest.mark.parametrize("part", [SHEET, STRINGS, WORKBOOK])
def test_so_is_one_of_which_a_part_is_cut(part: str) -> None:
    """calamine and openpyxl say so too; that a reader might not is why it is asked before."""
    whole = parts(PLAIN)
    for share in (0.3, 0.6, 0.99):
        content = whole[part][: int(len(whole[part]) * share)]
        assert "is no whole XML" in refused(packed({**whole, part: content}))


def test_a_changed_byte_of_what_is_packed_is_seen() -> None:
    data = bytearray(packed({**parts(PLAIN), "xl/worksheets/sheet1.xml": parts(PLAIN)[SHEET]}))
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as package:
        at = package.getinfo(SHEET).header_offset + 30 + len(SHEET) + 20
    data[at] ^= 0xFF
    assert "is damaged" in refused(bytes(data))


def far(row: int, column: int) -> bytes:
    return workbook(lambda _, sheet: sheet.write(row, column, "x"))


@pytest.mark.parametrize(("row", "column"), [(300, 40), (300, 2), (2, 40)])
def test_a_cell_far_away_is_refused_before_room_is_made_for_all_between(
    row: int, column: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By a limit of some cells, in which all of this fits a hundred times."""
    data = far(row, column)
    monkeypatch.setattr(sheet_marks, "_ROOM", 100)
    said = refused(data)
    assert f"row {row + 1}, column " in said
    assert "holds something far away from all the rest: delete what stands there" in said


def test_a_dense_sheet_may_be_as_large_as_it_is() -> None:
    row = b'<row r="%d">' + b'<c r="A%d"><v>1</v></c>' * 1 + b"</row>"
    content = b"<worksheet><sheetData>" + b"".join(row % (n, n) for n in range(1, 2000)) + b"</sheetData></worksheet>"
    assert marks_of(content, "a", "sheet a").bottom == 1999


def test_a_bomb_is_not_expanded() -> None:
    bomb = packed({**parts(PLAIN), "xl/media.xml": b"<a>" + b" " * (64 << 20) + b"</a>"})
    tracemalloc.start()
    assert "expands to over 200 times its size; save it again" in refused(bomb)
    assert "expands to over 8 MiB; split it, or raise reading.document_mib" in refused(bomb, ReadLimits(document_mib=8))
    assert tracemalloc.get_traced_memory()[1] < 8 << 20
    tracemalloc.stop()


def test_a_picture_counts_as_well_though_it_is_not_read() -> None:
    bomb = packed({**parts(PLAIN), "xl/media/image1.png": bytes(64 << 20)})
    assert "expands to over 8 MiB" in refused(bomb, ReadLimits(document_mib=8))


def test_a_part_that_holds_more_than_it_says_is_damaged() -> None:
    data = packed({**parts(PLAIN), SHEET: parts(PLAIN)[SHEET]})
    size = len(parts(PLAIN)[SHEET]).to_bytes(4, "little")
    assert data.count(size) >= 2
    assert "is damaged" in refused(data.replace(size, (300).to_bytes(4, "little")))


TWO_OF_ONE_NAME = b"<?xml version='1.0'?><a/>"


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_parts_of_one_name_are_refused() -> None:
    made = io.BytesIO(PLAIN)
    with zipfile.ZipFile(made, "a") as package:
        package.writestr(SHEET, TWO_OF_ONE_NAME)
    assert "two of its parts have one name" in refused(made.getvalue())


def test_a_workbook_of_ten_thousand_parts_is_refused() -> None:
    many = {f"a{number}.xml": b"<a/>" for number in range(10_001)}
    assert "has over 10000 parts" in refused(packed(many))


ODD: dict[str, tuple[str, bytes, bytes, str]] = {
    "a document type": (SHEET, b"<worksheet ", b'<!DOCTYPE a [<!ENTITY b "c">]><worksheet ', "declares a document type"),
    "CDATA in a cell": (SHEET, b'<c r="A2" t="s"><v>3</v></c>', b'<c r="A2" t="str"><v><![CDATA[ann]]>x</v></c>', "not read (CDATA"),
    "a comment in a value": (SHEET, b"<v>3</v>", b"<v>3<!-- -->4</v>", "not read (CDATA or a comment"),
    "an instruction in a value": (SHEET, b"<v>3</v>", b"<v>3<?a b?>4</v>", "not read (CDATA or a comment"),
    "a comment in a shared text": (STRINGS, b"<t>Ann</t>", b"<t>A<!-- -->nn</t>", "not read (CDATA or a comment"),
    "another encoding": (SHEET, b'encoding="UTF-8"', b'encoding="ISO-8859-1"', "is not in UTF-8"),
    "bytes that are not UTF-8": (STRINGS, b"<t>Ann</t>", b"<t>\xe4nn</t>", "is no whole XML"),
    "rows in no order": (SHEET, b'<row r="3"', b'<row r="2"', "the rows of sheet People are in no order"),
    "row 0": (SHEET, b'<row r="1"', b'<row r="0"', "are in no order"),
    "a row after the last": (SHEET, b'<row r="3"', b'<row r="1048577"', "are in no order"),
    "a cell that is there twice": (SHEET, b'<c r="B2"', b'<c r="A2"', "the cells in row 2 of sheet People are in no order"),
    "a cell of another row": (SHEET, b'<c r="B2"', b'<c r="B7"', "the cells in row 2 of sheet People are in no order"),
    "a cell that is nowhere": (SHEET, b'<c r="B2"', b'<c r="b2"', "a cell in row 2 of sheet People is nowhere"),
    "a text that is not there": (SHEET, b"<v>3</v>", b"<v>99</v>", "python-calamine can't read it"),
    "a kind of cell that nobody knows": (SHEET, b'r="A2" t="s"', b'r="A2" t="x"', "python-calamine can't read it"),
    "a sheet that is not there": (
        "xl/_rels/workbook.xml.rels", b"worksheets/sheet1.xml", b"worksheets/sheet9.xml", "1 of its sheets have no part",
    ),
    "no link to a workbook": ("_rels/.rels", b"/officeDocument\"", b"/other\"", "it has no workbook"),
}  # fmt: skip


@pytest.mark.parametrize("what", ODD)
def test_what_readers_differ_on_is_refused(what: str) -> None:
    part, old, new, said = ODD[what]
    assert said in refused(changed(PLAIN, part, old, new))


TOKENS = [
    b"<", b">", b'"', b"0", b"-1", b"99999999999", b' r="A1"', b' t="e"', b' t="s"', b' s="99"', b"<v/>", b"<c/>", b"</c>",
    b"&amp;", b"\xff", b"", b"<row/>", b"1e999", b"NaN", b"xlsx", b"hidden",
]  # fmt: skip


def rich() -> bytes:
    def fill(book: Workbook, sheet: Worksheet) -> None:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for number in range(1, 5):
            sheet.write_row(number, 0, ["ann@acme.example", number])
            sheet.write(number, 2, 45_000 + number, day)
        sheet.merge_range(6, 0, 7, 1, "x", day)
        sheet.write_formula(3, 1, "=1", None, 1)

    return workbook(fill)


RICH = parts(rich())
CHANGED = [SHEET, STRINGS, WORKBOOK, "xl/styles.xml", "xl/_rels/workbook.xml.rels", "_rels/.rels", "[Content_Types].xml"]


@given(seed=st.integers(0, 1 << 32))
@settings(max_examples=examples(300), deadline=None)
def test_of_a_workbook_changed_anywhere_only_evidence_errors_come_out(seed: int) -> None:
    draw = random.Random(seed)  # noqa: S311  # a place in a file
    content = dict(RICH)
    for _ in range(draw.choice((1, 1, 2))):
        name = draw.choice(CHANGED)
        values = list(re.finditer(rb'(?<==")[^"]*|(?<=>)[^<]*', content[name]))
        if draw.random() < 0.5:
            begin, end = draw.choice(values).span()
        else:
            begin = draw.randrange(len(content[name]))
            end = begin + draw.choice((0, 1, 5, 40))
        content[name] = content[name][:begin] + draw.choice(TOKENS) + content[name][end:]
    try:
        parsed = parse_sheet(packed(content), "people.xlsx")
    except EvidenceError as error:
        assert error.file == "people.xlsx"
        assert len(str(error)) < 3000
    else:
        assert all(set(entry) == set(parsed["columns"]) for entry in parsed["entries"])


def test_no_content_is_repeated_in_what_is_said() -> None:
    data = cell("hunter2", "General")
    assert "hunter2" not in refused(changed(data, SHEET, b'<row r="2"', b'<row r="1"'))
    assert body(data)["entries"][0]["started_at"] == "hunter2"
