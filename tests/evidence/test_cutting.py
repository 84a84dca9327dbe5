"""Large files cut into their items: all of them, in their order, and none where the file is broken."""

import io
import json
from hashlib import sha256
from typing import Any

import pytest
from examples import examples
from hypothesis import given, settings
from hypothesis import strategies as st

from soc2test.errors import EvidenceError
from soc2test.evidence import cutting
from soc2test.evidence.cutting import (
    Hashed,
    NoArray,
    Piece,
    Together,
    array_pieces,
    line_runs,
    lines_of,
    listed_members,
)
from soc2test.evidence.read_limits import ReadLimits

LIMITS = ReadLimits()
BLOCK = 64
"""bytes of a block in these tests: every file is cut many times"""

LEAF = st.none() | st.booleans() | st.integers(-9, 9) | st.text('ab"\\,{}[]: \n', max_size=6)
MEMBER = st.dictionaries(
    st.sampled_from(["id", "a", "b"]),
    LEAF | st.lists(st.dictionaries(st.sampled_from(["id", "a"]), LEAF, max_size=2), max_size=3),
    max_size=3,
)
ARRAY = st.lists(MEMBER, max_size=12) | st.lists(LEAF | MEMBER, max_size=12)
STYLE = st.sampled_from([{"separators": (",", ":")}, {}, {"indent": 1}])


@pytest.fixture(autouse=True)
def _small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cutting, "_BLOCK", BLOCK)
    monkeypatch.setattr(cutting, "_TOGETHER", BLOCK // 2)


def one_by_one(array: bytes, comma: bytes) -> None:
    """Takes no members together: each is parsed alone."""


def all_at_once(array: bytes, comma: bytes) -> list[Any] | None:
    try:
        values: list[Any] = json.loads(array)
    except ValueError:
        return None
    return values


def cut(data: bytes, together: Together = one_by_one, limits: ReadLimits = LIMITS) -> tuple[list[Any], str]:
    file = Hashed(io.BytesIO(data))
    pieces = array_pieces(file, "file", limits, together)
    values = [value for piece in pieces for value in values_of(piece)]
    return values, file.sha256()


def values_of(piece: Piece) -> list[Any]:
    return [json.loads(bytes(member)) for member in piece.members] if piece.values is None else piece.values


def members(data: bytes) -> tuple[list[Any], str]:
    """The members of an array; the same where they are taken together as where each is parsed alone."""
    alone = cut(data)
    assert cut(data, all_at_once) == alone
    return alone


def lines(file: io.RawIOBase, limits: ReadLimits = LIMITS) -> list[bytes]:
    return [line for run in line_runs(file, "file", limits) for line in lines_of(run)]


@given(array=ARRAY, style=STYLE, blanks=st.sampled_from(["", " \n", "\ufeff"]))
@settings(deadline=None, max_examples=examples(300))
def test_an_array_is_cut_into_all_its_members(array: list[Any], style: dict[str, Any], blanks: str) -> None:
    data = (blanks + json.dumps(array, **style)).encode()
    assert members(data) == (array, sha256(data).hexdigest())


@given(array=st.lists(MEMBER, min_size=1, max_size=8), style=STYLE, at=st.floats(0, 1, exclude_max=True))
@settings(deadline=None, max_examples=examples(300))
def test_an_array_that_is_cut_short_is_refused(array: list[Any], style: dict[str, Any], at: float) -> None:
    data = json.dumps(array, **style).encode()
    with pytest.raises((EvidenceError, NoArray)):
        members(data[: int(at * len(data))])


@pytest.mark.parametrize("after", ["]", "[]", ",", "x", "{}", ', {"id": 1}'])
def test_what_follows_the_array_is_refused(after: str) -> None:
    with pytest.raises(EvidenceError):
        members((json.dumps([{"id": number} for number in range(50)]) + after).encode())


def test_the_place_is_that_in_the_file() -> None:
    rows = [f'{{"id": {number}, "note": "line {number}"}}' for number in range(2, 90)]
    rows[60] = '{"id": nonsense}'
    with pytest.raises(EvidenceError) as caught:
        members(("[\n" + ",\n".join(rows) + "\n]").encode())
    assert caught.value.place.startswith("line 62")


def test_a_line_that_was_cut_is_told_without_a_column() -> None:
    rows = [f'{{"id": {number}, "note": "line 2"}}' for number in range(90)]
    rows[-1] = '{"id": nonsense}'
    with pytest.raises(EvidenceError) as caught:
        members(("[\n" + ",".join(rows) + "]").encode())
    assert caught.value.place == "line 2"


def test_an_array_without_a_place_to_cut_keeps_to_the_limit_of_a_document() -> None:
    with pytest.raises(EvidenceError, match="export it as NDJSON"):
        cut(b"[" + b"1," * (1 << 20) + b"1]", limits=ReadLimits(document_mib=1))


@pytest.mark.parametrize("data", [b"", b" ", b'{"a": []}', b'"[]"', b"1"])
def test_what_is_no_array_is_left_to_others(data: bytes) -> None:
    with pytest.raises(NoArray):
        members(data)


@given(texts=st.lists(st.text("ab \r\u2028\x85", max_size=90), max_size=8), end=st.booleans())
@settings(deadline=None)
def test_only_a_line_feed_ends_a_line(texts: list[str], end: bool) -> None:
    data = ("\n".join(texts) + ("\n" if end else "")).encode()
    expected = [line.strip(b" \t\r\n") for line in io.BytesIO(data)]
    assert lines(Hashed(io.BytesIO(data))) == expected


def test_a_line_without_end_is_refused() -> None:
    file = Hashed(io.BytesIO(b'"' + b"a" * (1 << 20) + b'"\n'))
    with pytest.raises(EvidenceError, match="larger than a document"):
        lines(file, ReadLimits(document_mib=1))


def test_a_wrapped_list_is_cut_out_of_its_document() -> None:
    found, around = listed_members(
        b'{"next": "x", "all": [{"a": [1]}, 2], "n": {"all": [{"a": [1]}, 2]}}', "all", "file"
    )
    assert [bytes(each) for each in found] == [b'{"a": [1]}', b"2"]
    assert around == {"next": "x", "all": [], "n": {"all": [{"a": [1]}, 2]}}


@pytest.mark.parametrize("before", [b'"n": {"x": [1]}', b'"n": "see [1]"', b'"n": [1]'])
def test_the_same_text_before_the_list_stays(before: bytes) -> None:
    _, around = listed_members(b'{%b, "all": [1]}' % before, "all", "file")
    assert around == {**json.loads(b"{%b}" % before), "all": []}


@pytest.mark.parametrize(
    "data", [b'{"all": [1], "all": []}', b'{"all": [], "all": []}', b'{"all": [1], "a": 1, "a": 2}']
)
def test_a_list_that_stands_twice_is_refused(data: bytes) -> None:
    with pytest.raises(EvidenceError):
        listed_members(data, "all", "file")


def test_each_run_is_whole_lines() -> None:
    data = b"".join(b"%d\n" % number for number in range(10_000)) + b"end"
    runs = list(line_runs(Hashed(io.BytesIO(data)), "file", LIMITS))
    assert b"".join(runs) == data + b"\n"
    assert all(run.endswith(b"\n") and len(run) <= BLOCK for run in runs)


def test_members_larger_than_a_block_are_cut_once_a_place_is_known() -> None:
    array = [{"id": number, "note": "x" * (40 if number % 2 else 1)} for number in range(60)]
    assert members(json.dumps(array).encode())[0] == array
