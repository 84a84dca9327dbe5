"""The readers of one shape: what is of another, absent or a new word raises, and is never the harmless answer."""

from collections.abc import Callable
from typing import Any

import pytest

import soc2test
from soc2test import (
    Item,
    Unknown,
    UnknownFact,
    dig,
    flag,
    id_text,
    item_of,
    items_of,
    known,
    listed,
    meaning,
    number,
    or_unknown,
    text,
    translated,
)
from soc2test.sources import shapes

REASON = "the evidence has no key status"
WORDS = {"ACTIVE": True, "INACTIVE": False}
VALUES: dict[str, Any] = {
    "null": None, "true": True, "false": False, "zero": 0, "five": 5, "half": 0.5, "empty": "", "blank": " ",
    "word": "ACTIVE", "list": [], "items": [Item({"a": 1})], "mixed": [Item({"a": 1}), None], "object": Item({}),
}  # fmt: skip
NO_WORDS: list[Any] = ["active", "ACTIVE ", "", "DELETED", None, True, 1, {}, Item({})]
NULL: Any = None
_ODD: list[Callable[[], Any]] = [lambda: NULL["a"], lambda: NULL.a, lambda: int("a"), lambda: WORDS["a"]]
TAKES: dict[Callable[[Any], Any], set[str]] = {
    text: {"empty", "blank", "word"},
    number: {"zero", "five"},
    flag: {"true", "false"},
    id_text: {"zero", "five", "word"},
    listed: {"list", "items", "mixed"},
    item_of: {"object"},
    items_of: {"list", "items"},
}


def absent() -> Any:
    return Unknown(REASON, what="status", code="missing")  # no global: pytest looks into those


@pytest.mark.parametrize("name", VALUES)
@pytest.mark.parametrize("read", TAKES)
def test_one_shape_is_read_and_every_other_refused(read: Callable[[Any], Any], name: str) -> None:
    value = VALUES[name]
    if name in TAKES[read]:
        assert read(value) == (str(value) if read is id_text else value)
    else:
        with pytest.raises(UnknownFact):
            read(value)


@pytest.mark.parametrize("read", [*TAKES, known, lambda value: meaning(value, WORDS)])
def test_what_is_absent_keeps_its_reason(read: Callable[[Any], Any]) -> None:
    with pytest.raises(UnknownFact) as caught:
        read(absent())
    assert (caught.value.fact, caught.value.reason, caught.value.code) == ("status", REASON, "missing")


def test_a_word_means_what_the_table_says_and_nothing_else() -> None:
    assert (meaning("ACTIVE", WORDS), meaning("INACTIVE", WORDS), translated("INACTIVE", WORDS)) == (True, False, False)
    for value in NO_WORDS:
        with pytest.raises(UnknownFact):
            meaning(value, WORDS)
        assert type(translated(value, WORDS)) is Unknown


def test_one_fact_is_unknown_instead_of_the_whole_item() -> None:
    assert or_unknown(lambda: 5) == 5
    told = or_unknown(lambda: text(absent()))
    assert isinstance(told, Unknown)
    assert (told.what, told.reason, told.code) == ("status", REASON, "missing")
    for make in _ODD:
        assert type(or_unknown(make)) is Unknown
    with pytest.raises(ZeroDivisionError):
        or_unknown(lambda: 1 // 0)


def test_a_way_down_ends_where_there_is_no_object() -> None:
    item = Item({"a": {"b": 5, "c": None}})
    assert (dig(item, "a", "b"), dig(item, "a", "c")) == (5, None)
    assert type(dig(item, "x", "b")) is Unknown
    found = dig(item, "a", "c", "d")
    assert isinstance(found, Unknown)
    assert found.what == "d"


def test_plugins_get_all_of_them_from_the_front_door() -> None:
    assert all(getattr(soc2test, name) is getattr(shapes, name) for name in shapes.__all__)
