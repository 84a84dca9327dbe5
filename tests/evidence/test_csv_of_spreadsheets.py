"""CSV as Excel, Google Sheets and LibreOffice write it in any country: read to the same entries, or refused by its place."""

from pathlib import Path

import pytest
from reading import parsed_bytes

from soc2test.errors import EvidenceError
from soc2test.evidence.csv_text import header_of, parse_csv
from soc2test.evidence.tables import Head

ENTRIES = [{"id": "1", "näme": "a, b; c", "at": ""}, {"id": "2", "näme": "d", "at": "x"}]
COMMA = 'id,näme,at\n1,"a, b; c",\n2,d,x\n'
SEMICOLON = 'id;näme;at\r\n1;"a, b; c";\r\n2;d;x\r\n'
TAB = "id\tnäme\tat\r\n1\ta, b; c\t\r\n2\td\tx\r\n"

WAYS = {
    "Google Sheets": COMMA.encode(),
    "CSV UTF-8 of Excel": b"\xef\xbb\xbf" + COMMA.replace("\n", "\r\n").encode(),
    "CSV UTF-8 of Excel in Germany": b"\xef\xbb\xbf" + SEMICOLON.encode(),
    "Unicode text of Excel": b"\xff\xfe" + TAB.encode("utf-16-le"),
    "UTF-16 of the other order": b"\xfe\xff" + COMMA.encode("utf-16-be"),
    "tabs": TAB.encode(),
    "bars": SEMICOLON.replace(";", "|").replace("b| c", "b; c").encode(),
    "a first line that names the semicolon": b"sep=;\r\n" + SEMICOLON.encode(),
    "one that names the comma, which the header holds less often": 'sep=,\r\n"id",näme,at\r\n1,"a, b; c",\r\n2,d,x\r\n'.encode(),
    "one in quotes": b'"sep=;"\n' + SEMICOLON.encode(),
    "a separator in a quoted name": 'id,"näme",at\n1,"a, b; c",\n2,d,x\n'.encode(),
    "old Macs": COMMA.replace("\n", "\r").encode(),
    "no line break at the end": COMMA.rstrip().encode(),
    "blank rows behind": (COMMA + ",,\n,,\n \n").encode(),
    "blank columns behind": 'id,näme,at,,\n1,"a, b; c",,,\n2,d,x,,\n'.encode(),
    "blank columns behind the rows alone": 'id,näme,at\n1,"a, b; c",,,\n2,d,x, ,\n'.encode(),
    "all in quotes": '"id","näme","at"\n"1","a, b; c",""\n"2","d","x"\n'.encode(),
    "blanks behind the separators": 'id, näme, at\n1, "a, b; c",\n2, d, x\n'.encode(),
    "texts in the way that keeps Excel from reading numbers": 'id,näme,at\n="1","a, b; c",\n"=""2""",d,x\n'.encode(),
    "signs that nobody sees": '\ufeff\ufeffid,näme\u200b,at\n\u200b1,"a, b; c",\u2060\n2,\u200ed\u00a0\u200b,x\n\u200b,,\n'.encode(),
    "blanks around names": COMMA.replace("id,näme,at", " id , näme,at ").encode(),
}


@pytest.mark.parametrize("name", ["a.csv", "a.tsv"])
@pytest.mark.parametrize("way", WAYS)
def test_each_way_of_saving_is_read_to_the_same_entries(way: str, name: str, tmp_path: Path) -> None:
    body = parsed_bytes(tmp_path, name, WAYS[way])
    assert body["entries"] == ENTRIES
    assert body["rows"] == [2, 3]


@pytest.mark.parametrize("way", WAYS)
def test_the_header_is_told_from_the_beginning_of_a_file(way: str) -> None:
    names = header_of(WAYS[way][:60])
    assert [name for name in names if name] == ["id", "näme", "at"]


@pytest.mark.parametrize("data", [b"", b"\n", b'"', b"\0", b"\xff\xfe\x00"])
def test_what_has_no_header_breaks_nobody_who_asks_for_it(data: bytes) -> None:
    assert isinstance(header_of(data), list)


REFUSED = {
    "cp1252": (COMMA.encode("cp1252"), 'line 1: is not UTF-8 but perhaps cp1252, in which Excel saves "CSV": save it as'),
    "cp1252 further down": (b"id,at\n1,a\n2,\xe4\n", "line 3: is not UTF-8 but perhaps cp1252"),
    "another encoding": (b"id,at\n1,\x81\n", "line 2: is not UTF-8: save it as CSV UTF-8"),
    "UTF-16 without a mark": (COMMA.encode("utf-16-le"), "looks like UTF-16 without byte order mark; save as UTF-8"),
    "columns without a name": (
        b"id,,at,\n1,x,y,z\n", "line 1: column B has no name: write one, or delete the column if it is empty",
    ),
    "a column of content without a name at the end": (b"id,at,\n1,x,z\n", "3 cells where the header has 2"),
    "several faults of the header": (
        b"id,,id,at,at\n1,x,y,z,a\n",
        "column B has no name: write one, or delete the column if it is empty; column C has the name of column A: give each "
        "its own; column E has the name of column D: give each its own",
    ),
    "a short row": (b"id,at\n1\n", "1 cells where the header has 2"),
    "a title above": (b"People\nid,at\n1,2\n", "2 cells where the header has 1"),
    "nothing": (b",,\n,,\n", "is empty: not even a header"),
    "a quote that nobody closed": (b'id,at\n1,a\n2,"b\n3,c\n', "line 3: holds a quote that is never closed: put a text"),
    "one that the next one closed": (
        b'id,at\n1,"a\n2,"b"\n', "line 3: closes a quote of line 2 before other text, and all between them is one cell: put",
    ),
    "text behind a closing quote": (b'id,at\n1,"a" b\n', "line 2: holds text behind a closing quote: put a text that holds"),
    "a row below a first line that names the separator": (b"sep=;\nid;at\n1\n", "line 3 (row 2): 1 cells"),
}  # fmt: skip


@pytest.mark.parametrize("what", REFUSED)
def test_what_can_not_be_read_right_is_refused_by_its_place(what: str, tmp_path: Path) -> None:
    data, said = REFUSED[what]
    with pytest.raises(EvidenceError) as caught:
        parsed_bytes(tmp_path, "a.csv", data)
    assert said in str(caught.value)


NEEDS = Head(name="things", columns=("id", "at"))


@pytest.mark.parametrize(
    ("above", "row"),
    [(b"Things\n", 2), (b"Things;of;Acme\n\n", 3), (b",,\n", 2), (b"\n\n\n", 4), (b"Who,,When\n", 2), (b"a,b\n" * 18, 19)],
)
def test_names_of_columns_below_others_are_told_by_their_row(above: bytes, row: int) -> None:
    with pytest.raises(EvidenceError) as caught:
        parse_csv(above + COMMA.encode(), "a.csv", head=NEEDS)
    assert caught.value.place == "line 1"
    assert f"is not the row with the columns' names, which is row {row}: delete the " in caught.value.text


def test_a_first_line_that_names_the_separator_is_no_row_of_them() -> None:
    with pytest.raises(EvidenceError) as caught:
        parse_csv(b"sep=;\r\nThings\r\n" + SEMICOLON.encode(), "a.csv", head=NEEDS)
    assert caught.value.place == "line 2"
    assert "which is row 2: delete the row above it" in caught.value.text


def test_but_not_where_the_first_row_has_them_or_none_has() -> None:
    assert parse_csv(COMMA.encode() + COMMA.encode(), "a.csv", head=NEEDS)["rows"] == [2, 3, 4, 5, 6]
    assert parse_csv(b"a,b\n1,2\n", "a.csv", head=NEEDS)["columns"] == ["a", "b"]
    with pytest.raises(EvidenceError) as without_head:
        parse_csv(b"Things\n" + COMMA.encode(), "a.csv")
    assert without_head.value.place == "line 2"
