"""CSV as Excel, Google Sheets and LibreOffice write it in any country: read to the same entries, or refused by its place."""

from pathlib import Path

import pytest
from reading import parsed_bytes

from soc2test.errors import EvidenceError
from soc2test.evidence.csv_text import header_of

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
    "a row below a first line that names the separator": (b"sep=;\nid;at\n1\n", "line 3 (row 2): 1 cells"),
}  # fmt: skip


@pytest.mark.parametrize("what", REFUSED)
def test_what_can_not_be_read_right_is_refused_by_its_place(what: str, tmp_path: Path) -> None:
    data, said = REFUSED[what]
    with pytest.raises(EvidenceError) as caught:
        parsed_bytes(tmp_path, "a.csv", data)
    assert said in str(caught.value)
