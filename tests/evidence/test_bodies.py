"""JSON, NDJSON, CSV and YAML: what is read exactly, and what is refused with its place."""

import gzip
import json
import os
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import zstandard
from archiving import octal
from examples import examples
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from reading import CANARY, parsed, parsed_bytes

from soc2test.errors import EvidenceError
from soc2test.evidence.csv_text import parse_csv
from soc2test.evidence.json_text import parse, parse_many
from soc2test.evidence.read_limits import ReadLimits
from soc2test.evidence.record import EMPTY
from soc2test.evidence.secret_fields import holds_secrets
from soc2test.evidence.tables import as_seen
from soc2test.evidence.yaml_text import parse_yaml

SAME_FOLDER = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])

ENCODED: list[tuple[str, str, Any]] = [
    ("a.json", '{"\u00e9":\r\n "\u65e5"}\r\n', {"\u00e9": "\u65e5"}),
    ("a", '{"\u00e9": 1}', {"\u00e9": 1}),
    ("a.ndjson", '{"a": "\u00e9"}\r\n{"a": 2}\r\n', [{"a": "\u00e9"}, {"a": 2}]),
    ("a.csv", "id;\u00e9\r\n1;x\r\n", {"entries": [{"id": "1", "\u00e9": "x"}], "columns": ["id", "\u00e9"], "rows": [2]}),
    ("a.yaml", "\u00e9: x\r\nb:\r\n  - 1\r\n", {"\u00e9": "x", "b": [1]}),
    ("a.js", 'a =\r\n{"\u00e9": 1}', {"\u00e9": 1}),
]  # fmt: skip
"""Each is read with a byte order mark in UTF-8 and in UTF-16 of both orders."""

EXACT: list[tuple[str, bytes, Any]] = [
    ("a.json", b'{"a": [1, true, null]}', {"a": [1, True, None]}),
    ("a.json", b'\xef\xbb\xbf{"a": 1}', {"a": 1}),
    ("a.json", '{"a": "\u00e9"}'.encode("utf-16"), {"a": "\u00e9"}),
    ("a.json", b'{"a": 12345678901234567890123}', {"a": 12345678901234567890123}),
    ("a.json", b'{"a": 1.10}', {"a": Decimal("1.10")}),
    ("a.json", b"[9007199254740993, 18446744073709551617, -18446744073709551617]",
     [2**53 + 1, 2**64 + 1, -(2**64) - 1]),
    ("a.ndjson", b"9007199254740993\n18446744073709551617", [2**53 + 1, 2**64 + 1]),
    ("a.yaml", b"[9007199254740993, 18446744073709551617]", [2**53 + 1, 2**64 + 1]),
    ("a.json", b"[1e400, -1e400]", [Decimal("1E+400"), Decimal("-1E+400")]),
    ("a.ndjson", b"1e400", [Decimal("1E+400")]),
    *((name, text.encode("utf-8-sig"), body) for name, text, body in ENCODED),
    *((name, b"\xfe\xff" + text.encode("utf-16-be"), body) for name, text, body in ENCODED),
    *((name, b"\xff\xfe" + text.encode("utf-16-le"), body) for name, text, body in ENCODED),
    ("a.js", b'scoutsuite_results =\n{"a": 1}\n', {"a": 1}),
    ("a.js", b" $x_1={\"a\": 1};\n", {"a": 1}),
    ("a.js", b'[{"a": "b = {"}]', [{"a": "b = {"}]),
    ("a.yaml", b"---\n# nothing\n---\na: 1\n---\n", {"a": 1}),
    ("a.yaml", b"- [1]\n- [2]\n", [[1], [2]]),
    ("a.yaml", b"soc2test: evidence/1\n---\nsoc2test: evidence/1\n", [{"soc2test": "evidence/1"}] * 2),
    ("a.yaml", b"# nothing\n", None),
    ("a.json", b'[{"id": 1}]\n[{"id": 2}]\n', [{"id": 1}, {"id": 2}]),
    ("a.json", b'[[{"id": 1}], [{"id": 2}]]', [{"id": 1}, {"id": 2}]),
    ("a.json", b"[[], []]", []),
    ("a.JSON", b"[]", []),
    ("a", b"[]", []),
    ("a.ndjson", b'{"a": 1}\r\n\r\n{"a": "\xe2\x80\xa8"}', [{"a": 1}, {"a": "\u2028"}]),
    ("a.jsonl", b"1\n", [1]),
    ("a.csv", b"id;name\n1;a,b\n", {"entries": [{"id": "1", "name": "a,b"}], "columns": ["id", "name"], "rows": [2]}),
    (
        "a.csv", b'id,name\r\n1,"x\r\ny"\r\n\r\n2,\r\n',
        {"entries": [{"id": "1", "name": "x\r\ny"}, {"id": "2", "name": ""}], "columns": ["id", "name"], "rows": [2, 4]},
    ),
    ("a.csv", b"id,name\n", {"entries": [], "columns": ["id", "name"], "rows": []}),
    (
        "a.csv", b'id,name\n,\n1,x\n , \n,,,,\n"",""\n,\n2,\n,\n,\n ,,\n',
        {"entries": [{"id": "1", "name": "x"}, {"id": "2", "name": ""}], "columns": ["id", "name"], "rows": [3, 8]},
    ),
    ("a.csv", b"id;name\n;\n;;;;\n", {"entries": [], "columns": ["id", "name"], "rows": []}),
    ("a.csv", b" id , name\n1,x\n", {"entries": [{"id": "1", "name": "x"}], "columns": ["id", "name"], "rows": [2]}),
    ("a.yaml", b"on: no\naccount: 012345678901\nat: 2026-01-01\nn: 3\nf: 1.5\nz:\nq: '5'\n",
     {"on": "no", "account": "012345678901", "at": "2026-01-01", "n": 3, "f": 1.5, "z": None, "q": "5"}),
    ("a.yml", b"- 0x1F\n- 1_000\n- 22:22\n- .inf\n- .nan\n- 1e999\n- -1e999\n- ~\n- True\n",
     ["0x1F", "1_000", "22:22", ".inf", ".nan", "1e999", "-1e999", None, True]),
]  # fmt: skip


@pytest.mark.parametrize(("name", "data", "body"), EXACT, ids=[f"{name} {data[:30]!r}" for name, data, _ in EXACT])
def test_it_is_read_exactly(name: str, data: bytes, body: Any, tmp_path: Path) -> None:
    read = parsed_bytes(tmp_path, name, data)
    assert read == body
    assert repr(read) == repr(body)  # types too: 1 is not True, nor 1.0


@pytest.mark.parametrize("name", ["a.json", "a.ndjson", "a.csv", "a.yaml"])
@pytest.mark.parametrize("data", [b"", b" \n\t\n", b"\xef\xbb\xbf"])
def test_nothing_at_all_is_no_body(name: str, data: bytes, tmp_path: Path) -> None:
    assert parsed_bytes(tmp_path, name, data) is EMPTY


C = CANARY.encode()
REFUSED: list[tuple[str, bytes, str]] = [
    ("a.json", b'{"a": 1, "' + C + b'": 1, "' + C + b'": 2}', "line 1"),
    ("a.json", b'{"' + C + b'\\"x": 1, "' + C + b'\\"x": 2}', "line 1"),
    ("a.json", b'[{"x": "' + C + b'"},\n {"y": ' + C + b"}]", "line 2"),
    ("a.json", b'["' + C + b'", NaN]', "line 1"),
    ("a.json", b'["' + C + b'", -Infinity]', "line 1"),
    ("a.json", b'["' + C + b'\\ud800"]', "line 1"),
    ("a.json", b'["' + C + b'\xff"]', "line 1"),
    ("a.json", b'["' + C + b'"', "line 1"),
    ("a.json", b'["' + C + b'"] ["' + C + b'", ]', "column"),
    ("a.json", b'["' + C + b'"]\n["' + C + b'", NaN]', "document 2"),
    ("a.json", b'["' + C + b'"]\n[{"' + C + b'": 1, "' + C + b'": 1}]', "document 2"),
    ("a.json", b'["' + C + b'"]\n[' + b"1" * 4301 + b"]", "byte"),
    ("a.json", b'{"a": "' + C + b'"} {"b": 1}', "document 2"),
    ("a.json", b'["' + C + b'"]\n' + C, "line 2"),
    ("a.json", b"[" + b"1" * 4301 + b"]", "line 1"),
    ("a.json", b"[" * 201, "line 1"),
    ("a.json", b"[1]" + b"[" * 201, ""),
    ("a.json", b"\xff\xfe" + C, "byte 0"),
    ("a.json", "[1]".encode("utf-16-le"), "byte 1"),
    ("a.ndjson", b'{"a": 1}\n{"a": "' + C + b'"', "line 2"),
    ("a.ndjson", b'{"a": 1}\n\n{"' + C + b'": 1, "' + C + b'": 2}\n', "line 3"),
    ("a.ndjson", b'{"a": 1}{"b": "' + C + b'"}', "line 1 column 9"),
    ("a.csv", b"id," + C + b"," + C + b"\n", "line 1"),
    ("a.csv", b"id,,x\n" + C + b",1,2\n", "line 1"),
    ("a.csv", C + b", " + C + b"\n", "line 1"),
    ("a.csv", b"id,x\n,,,\n,," + C + b"\n", "line 3"),
    ("a.csv", b"id,x\n" + C + b"\n", "line 2"),
    ("a.csv", b"id,x\n" + C + b",1,2\n", "line 2"),
    ("a.csv", b'id,x\n1,"' + C + b'"y\n', "line 2"),
    ("a.csv", b'id,x\n1,"' + C, "line 2"),
    ("a.csv", b"id,x\n1," + C + b"\0\n", "line 2"),
    ("a.csv", b"id,x\n1," + C + b"\xe9\n", "line 2"),
    ("a.csv", b"id,x\n1," + C * (131_072 // len(C) + 1) + b"\n", "line 2"),
    ("a.yaml", b"a: 1\n" + C + b": 1\n" + C + b": 2\n", "line 3"),
    ("a.yaml", b"a: &x " + C + b"\nb: *x\n", "line 1"),
    ("a.yaml", b"a:\n  <<: {" + C + b": 1}\n", "line 2"),
    ("a.yaml", b"a: !!python/name:" + C + b"\n", "line 1"),
    ("a.yaml", b"a: !" + C + b" 1\n", "line 1"),
    ("a.yaml", b"a: 1\n---\nb: " + C + b"\n", "line 2"),
    ("a.yaml", b"- 1\n---\nb: " + C + b"\n---\n- 2\n", "line 2"),
    ("a.yaml", b"a: 1\n---\nb: [" + C + b"\n", "line"),
    ("a.js", b"x =\n{'" + C + b"': 1}", "line 2"),
    ("a.js", b"x = y = {\"" + C + b"\": 1}", "line 1"),
    ("a.js", b'x = {"a": 1}; y = {"' + C + b'": 1}', "line 1"),
    ("a.json", b'x = {"' + C + b'": 1}', "line 1"),
    ("a.yaml", b"a: 1\npassword: " + C + b": x\n", "line 2"),
    ("a.yaml", b"a: '" + C + b"\n", "line"),
    ("a.yaml", b"a: [" + C + b"\n", "line"),
    ("a.yaml", b"? [" + C + b"]\n: 1\n", "line 1"),
    ("a.yaml", b"a:\n\t" + C + b": 1\n", "line 2"),
    ("a.yaml", b'a: "' + C + b'\x07"\n', "line 1"),
    ("a.yaml", b"a: " + C + b"\xe9\n", "byte"),
    ("a.yaml", b"%" + C + b" x\n", ""),
    ("a.yaml", b"[" * 102 + b"]" * 102, "line 1"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "data", "place"), REFUSED, ids=[f"{name} {data[:45]!r}" for name, data, _ in REFUSED])
def test_it_is_refused_with_its_place_and_without_its_content(
    name: str, data: bytes, place: str, tmp_path: Path
) -> None:
    with pytest.raises(EvidenceError) as caught:
        parsed_bytes(tmp_path, name, data)
    error = caught.value
    assert error.file == name
    assert error.place.startswith(place) or place in error.place
    assert str(error).startswith(f"{name}: ")
    assert CANARY not in str(error)
    assert not error.text[:1].isupper()


def test_nesting_ends_at_the_limit_that_was_set_and_never_in_a_crash() -> None:
    def nested(levels: int) -> bytes:
        return b"[" * levels + b"1" + b"]" * levels

    assert parse_yaml(nested(90), "a")
    for depth in (100, 500):  # 500 is the most that soc2.yaml allows
        with pytest.raises(EvidenceError) as caught:
            parse_yaml(nested(depth + 2), "a", ReadLimits(yaml_depth=depth))
        assert caught.value.code == "limit"


def test_lines_of_yaml_are_told_by_key_path() -> None:
    _, lines = parse_yaml(b"a:\n  b:\n    - x\n    - y\nc: 1\n", "a")
    assert {path: lines[path] for path in [("a",), ("a", "b"), ("a", "b", 1), ("c",)]} == {
        ("a",): 1, ("a", "b"): 2, ("a", "b", 1): 4, ("c",): 5,
    }  # fmt: skip


# compression


def lines_of(count: int) -> bytes:
    return b"".join(b'{"id": "%s"}\n' % os.urandom(8).hex().encode() for _ in range(count))


def cut_without_length(data: bytes) -> bytes:
    """Whole blocks of a zstandard stream that never ends: its reader gives them without error."""
    packer = zstandard.ZstdCompressor(write_content_size=False).compressobj()
    return packer.compress(data) + packer.flush(zstandard.COMPRESSOBJ_FLUSH_BLOCK)


PACKED = lines_of(500)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.ndjson.gz", gzip.compress(PACKED)),
        ("a.ndjson.gz", gzip.compress(PACKED[: len(PACKED) // 2]) + gzip.compress(PACKED[len(PACKED) // 2 :])),
        ("a.ndjson.zst", zstandard.compress(PACKED)),
        ("a.ndjson.zst", zstandard.compress(PACKED[:40]) + zstandard.compress(PACKED[40:])),
    ],
    ids=["gz", "gz of two members", "zst", "zst of two frames"],
)
def test_compressed_files_are_read_whole(name: str, data: bytes, tmp_path: Path) -> None:
    assert len(parsed_bytes(tmp_path, name, data)) == 500


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.ndjson.gz", gzip.compress(PACKED)[:-8]),
        ("a.ndjson.gz", gzip.compress(PACKED)[:200]),
        ("a.ndjson.gz", gzip.compress(PACKED) + b"rubbish"),
        ("a.ndjson.gz", b"rubbish"),
        ("a.ndjson.gz", b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\xff\xff\xff"),
        ("a.ndjson.zst", zstandard.compress(PACKED)[:-3]),
        ("a.ndjson.zst", cut_without_length(PACKED)),
        ("a.ndjson.zst", zstandard.compress(PACKED) + zstandard.compress(PACKED)[:-3]),
        ("a.ndjson.zst", zstandard.compress(PACKED) + b"rubbish"),
        ("a.ndjson.zst", b"rubbish"),
        ("a.ndjson.zst", b""),
    ],
)
def test_a_damaged_archive_gives_no_part_of_its_content(name: str, data: bytes, tmp_path: Path) -> None:
    with pytest.raises(EvidenceError, match="damaged"):
        parsed_bytes(tmp_path, name, data)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a: &x 1", "limit"),
        ("<<: {a: 1}", "limit"),
        ("a: !x 1", "unreadable"),
        ("{a: 1, a: 2}", "unreadable"),
        ("{[a]: 1}", "unreadable"),
    ],
)
def test_yaml_that_is_not_read_by_choice_is_told_from_what_is_wrong(text: str, code: str, tmp_path: Path) -> None:
    with pytest.raises(EvidenceError) as caught:
        parsed_bytes(tmp_path, "a.yaml", text.encode())
    assert caught.value.code == code


@pytest.mark.parametrize(("name", "pack"), [("a.json.gz", gzip.compress), ("a.json.zst", zstandard.compress)])
def test_what_expands_to_more_than_its_limit_is_not_unpacked(name: str, pack: Any, tmp_path: Path) -> None:
    packed = pack(b'["' + octal(1 << 21) + b'"]')  # to a little more than twice its size
    with pytest.raises(EvidenceError) as caught:
        parsed_bytes(tmp_path, name, packed, ReadLimits(ratio=2))
    assert caught.value.code == "limit"
    assert parsed_bytes(tmp_path, name, packed, ReadLimits(ratio=3))


def test_a_document_over_the_limit_is_refused_by_its_size_alone(tmp_path: Path) -> None:
    with (tmp_path / "a.json").open("wb") as file:
        file.truncate((2 << 20) + 1)
    with pytest.raises(EvidenceError, match="larger than 2 MiB") as caught:
        parsed(tmp_path / "a.json", ReadLimits(document_mib=2))
    assert caught.value.code == "limit"
    assert parsed_bytes(tmp_path, "b.json", b" " * (1 << 20) + b"[]", ReadLimits(document_mib=2)) == []


# whatever comes

JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), inner, max_size=4),
    max_leaves=12,
)  # fmt: skip


@given(JSON_VALUES)
def test_json_values_come_back(value: Any) -> None:
    assert parse(json.dumps(value).encode(), "a") == value
    assert parse(json.dumps(value, ensure_ascii=False, indent=1).encode(), "a") == value


@given(st.lists(JSON_VALUES, min_size=1, max_size=4))
def test_concatenated_documents_are_those_one_by_one(values: list[Any]) -> None:
    for between in ("\n", " ", "\r\n\n"):
        assert parse_many(between.join(map(json.dumps, values)).encode(), "a") == values


@given(values=st.lists(JSON_VALUES, max_size=4))
@SAME_FOLDER
def test_lines_are_read_one_by_one(values: list[Any], tmp_path: Path) -> None:
    assume(not any(map(holds_secrets, values)))  # a key that names a secret is drawn now and then
    data = b"".join(json.dumps(each).encode() + b"\n" for each in values)
    assert parsed_bytes(tmp_path, "a.ndjson", data) == (values or EMPTY)


CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8)


@given(st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=5), st.sampled_from(",;"))
def test_cells_come_back(rows: list[tuple[str, str]], delimiter: str) -> None:
    import csv
    import io

    assume(not any(cell.startswith('="') for row in rows for cell in row))  # how Excel is told that it is a text
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, quoting=csv.QUOTE_ALL)
    writer.writerows([("id", "name"), *rows])
    read = parse_csv(out.getvalue().encode(), "a")["entries"]
    seen = [tuple(map(as_seen, row)) for row in rows]
    assert [(row["id"], row["name"]) for row in read] == [row for row in seen if any(cell.strip() for cell in row)]


HOSTILE = st.binary(max_size=60) | st.lists(
    st.sampled_from([b"{", b"}", b"[", b"]", b'"', b":", b",", b"\n", b"a", b"1", b"- ", b"  ", b"&a ", b"*a", b"<<: ",
                     b"!x ", b"\\", b"\xff", b"\0", b"---\n", b"...\n", b"? ", b"| ", b"%", b"e9", b"'", b"#", b"\r",
                     b"NaN", b"-", b"\xef\xbb\xbf", b"\xff\xfe", b"null", b";", b"\t", b"@", b"`", b">\n"]),
    max_size=25,
).map(b"".join)  # fmt: skip


@given(data=HOSTILE, name=st.sampled_from(["a.json", "a.ndjson", "a.csv", "a.yaml", "a.json.gz", "a.ndjson.zst"]))
@settings(parent=SAME_FOLDER, max_examples=examples(400))
def test_only_evidence_errors_come_out(data: bytes, name: str, tmp_path: Path) -> None:
    try:
        parsed_bytes(tmp_path, name, data)
    except EvidenceError as error:
        assert error.file == name
        assert len(str(error)) < 1000  # up to twenty rows of a CSV are named


def test_rows_are_numbered_as_a_spreadsheet_shows_them() -> None:
    assert parse_csv(b'id,x\n1,"a\nb"\n\n2,c\n', "a")["rows"] == [2, 4]


def test_all_rows_of_another_width_are_named_up_to_twenty() -> None:
    with pytest.raises(EvidenceError) as caught:
        parse_csv(b'id,x\n1,"a\nb"\n1\n2,a\n1,2,3\n' + b"1\n" * 30, "a")
    assert caught.value.place == "line 4 (row 3)"
    assert "1 cells where the header has 2; line 6 (row 5) has 3; line 7 (row 6) has 1;" in caught.value.text
    assert caught.value.text.endswith("and 12 more rows")


def test_a_sign_that_yaml_does_not_know_is_told_its_line_also_below_empty_ones(tmp_path: Path) -> None:
    with pytest.raises(EvidenceError) as caught:
        parsed_bytes(tmp_path, "a.yaml", b"\n\na: \x01\nb: 1\nc: 2\n")
    assert caught.value.place == "line 3"
