"""What readers of single values say: words of YAML, moments that no calendar has, lines that are no JSON, templates."""

from functools import partial

import pytest

from soc2test.errors import EvidenceError
from soc2test.evidence import json_text
from soc2test.evidence.json_text import parse_line
from soc2test.evidence.sizes import may_be_deep
from soc2test.evidence.templates import is_template, unrendered
from soc2test.evidence.times import parse_time
from soc2test.evidence.yaml_text import parse_yaml
from soc2test.resources.unknown import Unknown


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("true", True), ("True", True), ("TRUE", True), ("false", False), ("False", False), ("FALSE", False),
        ("null", None), ("Null", None), ("NULL", None), ("~", None), ("", None), ("yes", "yes"), ("nUll", "nUll"),
    ],
)  # fmt: skip
def test_words_of_yaml_are_those_of_its_core_schema(word: str, value: object) -> None:
    (read, _) = parse_yaml(f"key: {word}\n".encode(), "a.yaml")
    assert read == {"key": value}


@pytest.mark.parametrize("text", ["02/30/2026 08:00:00 AM", "Mon Feb 30 08:00:00 2026 UTC"])
def test_a_day_that_no_calendar_has_is_named_as_such(text: str) -> None:
    with pytest.raises(ValueError, match="no such moment in the calendar"):
        parse_time(text)


def test_a_line_that_is_no_json_says_its_place_and_that_it_can_not_be_read() -> None:
    with pytest.raises(EvidenceError) as caught:
        parse_line(b'{"a": }', "a.ndjson", 7)
    assert (caught.value.code, caught.value.place.partition(" column")[0]) == ("unreadable", "line 7")


def test_what_breaks_in_the_reader_is_no_fault_of_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(data: bytes) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(json_text, "_load", breaks)
    readers = (json_text.parse, partial(json_text.parse_line, line=1), json_text.parse_many)
    for read in readers:
        with pytest.raises(ZeroDivisionError):
            read(b"[]", "a.json")


def test_a_template_says_where_it_stands() -> None:
    read = unrendered({"spec": {"hosts": ["a", "{{ host }}"], "name": "{{ name }}"}, "plain": "b"})
    assert read["plain"] == "b"
    for value, place in ((read["spec"]["hosts"][1], ".spec.hosts[1]"), (read["spec"]["name"], ".spec.name")):
        assert isinstance(value, Unknown)
        assert f"a template stands at {place}: export what it renders to" in value.reason
    assert isinstance(unrendered("{{ a }}"), Unknown)


def test_a_sentence_that_quotes_a_template_is_none() -> None:
    assert not is_template("fix {{ x }} in the chart")
    assert is_template("{{ x }}-{{ y }}")


@pytest.mark.parametrize(
    ("text", "most", "deep"),
    [
        (b"[" + b'{"a": []},' * 9 + b"{}]", 3, False),
        (b"[" + b'{"a": []},' * 9 + b"{}]", 2, True),
        (b"[[[]]]", 3, False),
        (b"[[[]]]", 2, True),
        (b'["[[[[", 1]', 2, True),  # a text that holds brackets may be anything
        (b'{"a": 1}', 1, False),
    ],
)
def test_that_a_text_is_not_deep_is_told_by_its_brackets(text: bytes, most: int, deep: bool) -> None:
    assert may_be_deep(text, most) is deep


def test_what_is_wrong_in_yaml_is_unreadable_at_its_line() -> None:
    with pytest.raises(EvidenceError) as caught:
        parse_yaml(b"a: 1\nb: 2\na: 3\n", "a.yaml")
    assert (caught.value.code, caught.value.place) == ("unreadable", "line 3")
    with pytest.raises(EvidenceError, match="a character that it may not hold") as caught:
        parse_yaml(b"a: 1\nb: 2\x07\n", "a.yaml")
    assert caught.value.place == "line 2"
