"""Contents are cut so that the pieces are the content, none is too large, and a change changes few of them."""

import csv
import io
import json
import random
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soc2test.store import cutting
from soc2test.store.cutting import WHOLE, pieces

MOST = 64 << 10
Row = dict[str, Any]


def cut(content: bytes) -> list[bytes]:
    return list(pieces(io.BytesIO(content)))


texts = st.lists(
    st.sampled_from([b"},", b"\n", b"a", b"\0", b'{"id": 17}, ', b"x" * 700, b"0123456789" * 300]), max_size=60
).map(b"".join)


@given(texts, st.integers(1, 90))
def test_the_pieces_are_the_content_and_none_is_too_large(text: bytes, times: int) -> None:
    content = text * times
    found = cut(content)
    assert b"".join(found) == content
    assert all(0 < len(piece) <= MOST for piece in found)
    assert len(found) <= 1 + len(content) // (2 << 10)
    assert len(found) == (1 if content else 0) or len(content) > WHOLE


@pytest.mark.parametrize("size", [0, 1, WHOLE, WHOLE + 1, MOST, MOST + 1, 5 * MOST])
@pytest.mark.parametrize("byte", [b"a", b"\n", b"\0"])
def test_contents_of_one_byte_are_cut_as_well(byte: bytes, size: int) -> None:
    found = cut(byte * size)
    assert b"".join(found) == byte * size
    assert all(0 < len(piece) <= MOST for piece in found)


def test_where_a_file_is_read_in_two_parts_it_is_cut_as_in_one(monkeypatch: pytest.MonkeyPatch) -> None:
    content = pretty(rows())
    usual = cut(content)
    monkeypatch.setattr(cutting, "_READ", MOST)
    assert cut(content) == usual


def test_a_short_file_is_one_piece() -> None:
    assert cut(b"},\n" * (WHOLE // 3)) == [b"},\n" * (WHOLE // 3)]


# what a day's change costs


def rows(count: int = 3000) -> list[Row]:
    draw = random.Random(7)  # noqa: S311  # made-up data, no secret
    return [
        {
            "id": f"i-{draw.getrandbits(64):016x}",
            "name": f"host-{number}",
            "tags": {"team": draw.choice("abc"), "env": "prod"},
            "seen": f"2026-11-{draw.randrange(10, 29)}",
            "open": draw.random() < 0.5,
        }
        for number in range(count)
    ]


def pretty(each: list[Row]) -> bytes:
    return json.dumps({"things": each}, indent=2).encode()


def compact(each: list[Row]) -> bytes:
    return json.dumps({"things": each}, separators=(",", ":")).encode()


def as_python_writes_it(each: list[Row]) -> bytes:
    return json.dumps(each).encode()


def ndjson(each: list[Row]) -> bytes:
    return b"".join(json.dumps(row).encode() + b"\n" for row in each)


def table(each: list[Row]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows([row["id"], row["name"], row["seen"], row["open"]] for row in each)
    return text.getvalue().encode()


def names(each: list[Row]) -> bytes:
    return json.dumps([f"{row['id']} {row['name']}" for row in each]).encode()


def columns(each: list[Row]) -> bytes:
    return json.dumps([[row["id"], row["name"], row["seen"]] for row in each], separators=(",", ":")).encode()


def numbers(each: list[Row]) -> bytes:
    return json.dumps([int(row["id"][2:], 16) for row in each]).encode()


def changed(each: list[Row]) -> Iterator[list[Row]]:
    """One member changed, added, or taken away, at the beginning, in the middle and at the end."""
    for place in (0, len(each) // 2, len(each) - 1):
        other = {**each[place], "id": "i-0123456789abcdef0", "name": "an other name"}
        yield [*each[:place], other, *each[place + 1 :]]
        yield [*each[:place], other, *each[place:]]
        yield [*each[:place], *each[place + 1 :]]


FORMS = [pretty, compact, as_python_writes_it, ndjson, table, names, columns, numbers]


@pytest.mark.each(5)
@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.__name__)
def test_a_change_of_one_member_costs_a_few_pieces(form: Callable[[list[Row]], bytes]) -> None:
    before = rows()
    known = set(cut(form(before)))
    assert len(known) > 4
    for after in changed(before):
        new = [piece for piece in cut(form(after)) if piece not in known]
        assert len(new) <= 3
        assert sum(map(len, new)) <= 3 * (16 << 10)


def test_lines_that_are_all_alike_are_still_cut_where_one_changes() -> None:
    lines = [b'{"ok": true}\n'] * 20_000
    known = set(cut(b"".join(lines)))
    lines[10_000:10_000] = [b'{"ok": false}\n']
    assert sum(len(piece) for piece in cut(b"".join(lines)) if piece not in known) <= 4 * MOST
