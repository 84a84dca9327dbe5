"""The fast parser gives what the careful one gives, and refuses what it refuses."""

import json
from typing import Any

import pytest
from examples import examples
from hypothesis import given, settings
from hypothesis import strategies as st

from soc2test.errors import EvidenceError
from soc2test.evidence.json_fast import Parser
from soc2test.evidence.json_text import parse, parse_line

TEXT = st.text(st.characters(codec="utf-8"), max_size=6)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXT,
    lambda each: st.lists(each, max_size=3) | st.dictionaries(TEXT, each, max_size=3),
    max_leaves=12,
)
STYLES: dict[str, dict[str, Any]] = {
    "compact": {"separators": (",", ":"), "ensure_ascii": False},
    "escaped": {"separators": (",", ":")},
    "spaced": {},
    "indented": {"indent": 2},
}


def careful(data: bytes) -> str:
    try:
        return repr(parse(data, "file"))
    except EvidenceError as error:
        return str(error)


def fast(parser: Parser, data: bytes) -> str:
    try:
        return repr(parser.member(data))
    except EvidenceError as error:
        return str(error)


@given(values=st.lists(VALUES, min_size=1, max_size=4), style=st.sampled_from(sorted(STYLES)))
@settings(deadline=None)
def test_a_file_of_any_style_is_read_alike(values: list[Any], style: str) -> None:
    parser = Parser("file")
    for value in values:
        data = json.dumps(value, **STYLES[style]).encode()
        assert fast(parser, data) == careful(data)


@given(value=VALUES, cut=st.integers(0, 40), put=st.sampled_from([b"", b'"', b"{", b",", b"0", b"\\", b"\xff", b"1e9"]))
@settings(deadline=None, max_examples=examples(300))
def test_a_damaged_value_is_read_alike(value: Any, cut: int, put: bytes) -> None:
    whole = json.dumps(value, separators=(",", ":")).encode()
    at = min(cut, len(whole))
    data = whole[:at] + put + whole[at + 1 :]
    assert fast(Parser("file"), data) == careful(data)


REFUSED = {
    "equal keys": b'{"mfa":false,"mfa":true}',
    "equal keys within": b'[{"a":{"b":1,"c":[{"d":1,"d":1}]}}]',
    "equal keys, one escaped": b'{"mfa":false,"\\u006dfa":true}',
    "equal keys, made up for by a longer number": b'{"a":1,"a":1,"b":1e2,"c":1e2,"d":1e2}',
    "equal keys beside a blank": b'{"a" :1,"b":1,"b":2}',
    "keys that blanks alone tell apart, and one twice": b'{"a": 1, "a ": 2, " a": 3, "a ": 2}',
    "equal keys, spaced": b'{"a": 1, "a": 1}',
    "a blank within a number": b'{"a": 1 2}',
    "a blank within a word": b'{"a": tr ue}',
    "a blank behind a backslash": b'{"a": "\\ n"}',
    "a line feed in a string": b'{"a": "x\ny"}',
    "NaN": b'{"a":NaN}',
    "infinity": b"[-Infinity]",
    "lone surrogate": b'["\\ud800"]',
    "invalid UTF-8": b'["\xff"]',
    "surrogate in UTF-8": b'["\xed\xa0\x80"]',
    "trailing": b'{"a":1}{"a":2}',
    "cut": b'{"a":',
    "nothing": b"",
    "too deep": b"[" * 1000 + b"]" * 1000,
}


@pytest.mark.parametrize("data", REFUSED.values(), ids=REFUSED)
def test_what_other_parsers_let_pass_is_refused(data: bytes) -> None:
    with pytest.raises(EvidenceError) as caught:
        Parser("file").line(data, 7)
    with pytest.raises(EvidenceError) as expected:
        parse_line(data, "file", 7)
    assert (caught.value.text, caught.value.place) == (expected.value.text, expected.value.place)
    assert caught.value.place.startswith("line 7")


@pytest.mark.parametrize(
    "number",
    ["123456789012345678901234567890", "0.1", "1.50", "1e2", "1E+2", "-0", "-0.0", "1e400", "9007199254740993"],
)
def test_numbers_keep_their_digits(number: str) -> None:
    data = f'{{"n":{number}}}'.encode()
    assert fast(Parser("file"), data) == careful(data)


PIECES = st.lists(
    st.sampled_from(['{', '}', '[', ']', ' ', '  ', '\n', '"', '"a"', '"a "', '" a"', '"b"', ':', ': ', ',', ', ', '1', '-0', '1e2',
                     '1.0', 'true', 'null', '\\', '\\"', '\\u0061', '"a": 1', '"a":1', '"b": {"a": 2, "a": 2}', '\t']),
    max_size=14,
).map("".join)  # fmt: skip


@given(inner=PIECES, object_=st.booleans())
@settings(deadline=None, max_examples=examples(1500))
def test_nothing_is_accepted_for_its_blanks_that_the_careful_parser_refuses(inner: str, object_: bool) -> None:
    for text in (inner, f"{{{inner}}}" if object_ else f"[{inner}]"):
        assert fast(Parser("file"), text.encode()) == careful(text.encode())


def many(data: list[bytes], comma: bytes, parser: Parser | None = None) -> str:
    """A run's values, each as `fast` tells it; "alone" where the run is not taken together."""
    parser = parser or Parser("file")
    if comma == b"\n":
        values = parser.lines(b"".join(each + comma for each in data))
    else:
        values = parser.members(b"[%b]" % comma.join(data), comma)
    return "alone" if values is None else repr(values)


def one_by_one(data: list[bytes]) -> str:
    return f"[{', '.join(map(careful, data))}]"


COMMAS = st.sampled_from([b"\n", b",", b", ", b",\n", b" ,\r\n "])


@given(texts=st.lists(PIECES, min_size=1, max_size=4), comma=COMMAS)
@settings(deadline=None, max_examples=examples(1500))
def test_no_run_is_accepted_of_which_the_careful_parser_refuses_a_part(texts: list[str], comma: bytes) -> None:
    data = [text.encode() for text in texts]
    as_one = careful(b"[%b]" % comma.join(data))
    if comma == b"\n":
        data = b"\n".join(data).split(b"\n")
        as_one = one_by_one(data)
    assert many(data, comma) in ("alone", as_one)


@given(values=st.lists(VALUES, min_size=1, max_size=4), style=st.sampled_from(["compact", "spaced"]), comma=COMMAS)
@settings(deadline=None)
def test_a_plain_run_is_read_as_one_by_one(values: list[Any], style: str, comma: bytes) -> None:
    data = [json.dumps(value, **STYLES[style]).encode() for value in values]
    assert many(data, comma) in ("alone", one_by_one(data))


@pytest.mark.parametrize("data", REFUSED.values(), ids=REFUSED)
@pytest.mark.parametrize("comma", [b"\n", b","])
def test_what_is_refused_alone_is_not_taken_together(data: bytes, comma: bytes) -> None:
    assert many([b'{"a":1}', data, b'{"a":2}'], comma) == "alone"


@pytest.mark.parametrize("comma", [b"\n", b",", b",\n"])
@pytest.mark.parametrize("style", ["compact", "spaced"])
def test_plain_runs_are_taken_together(style: str, comma: bytes) -> None:
    data = [json.dumps({"a": number, "b": ["x, y", {}]}, **STYLES[style]).encode() for number in range(9)]
    assert many(data, comma) == one_by_one(data)


@pytest.mark.parametrize("comma", [b"\n", b","])
@pytest.mark.parametrize(
    "value", ["1.50", "1e2", "9007199254740993", "123456789012345678901234567890", '"2026-01-01"', "true"]
)
def test_numbers_keep_their_digits_in_a_run_too(value: str, comma: bytes) -> None:
    data = [b'{"a":1}', f'{{"n":[{value}]}}'.encode(), b'{"a":2}']
    assert many(data, comma) in ("alone", one_by_one(data))


@pytest.mark.parametrize("comma", [b"\n", b","])
def test_a_run_is_no_deeper_than_allowed(comma: bytes) -> None:
    values = [b"[" * depth + b"]" * depth for depth in (1, 5, 2)]
    for most in (3, 4, 5, 6, 7, 13):
        assert (many(values, comma, Parser("file", most)) == "alone") is (most < 5)


@pytest.mark.parametrize(("depth", "taken"), [(200, True), (201, False)])
def test_a_run_with_a_deep_value_is_read_one_by_one(depth: int, taken: bool) -> None:
    deep = b"[" * depth + b"]" * depth
    assert (many([b"[]", deep, b"[]"], b"\n") != "alone") is taken
    assert (many([b"[]", deep, b"[]"], b",") != "alone") is taken


@pytest.mark.parametrize("run", [b"1\n\n2\n", b"1 2\n", b"[1,\n2]\n", b"[1\n2]\n", b"[1,\n2] 3\n", b'{"a":1}{"b":2}\n'])
def test_a_run_has_a_value_a_line(run: bytes) -> None:
    assert Parser("file").lines(run) is None


BLANK = st.sampled_from(["", " ", "  ", "\n", "\t", "\r\n"])
SPACED_KEYS = st.sampled_from(["a", "a ", " a", "b", ": ", ', "', "\\ "])


@given(pairs=st.lists(st.tuples(SPACED_KEYS, VALUES, BLANK, BLANK, BLANK, BLANK), max_size=5))
@settings(deadline=None, max_examples=examples(500))
def test_an_object_with_blanks_anywhere_is_read_alike(pairs: list[tuple[Any, ...]]) -> None:
    """Its keys differ by blanks alone, or are there twice."""
    told = [f"{a}{json.dumps(key)}{b}:{c}{json.dumps(value)}{d}" for key, value, a, b, c, d in pairs]
    data = ("{" + ",".join(told) + "}").encode()
    assert fast(Parser("file"), data) == careful(data)


@pytest.mark.parametrize("style", sorted(STYLES))
def test_the_fast_way_is_taken_for_files_of_every_style_without_escapes(
    style: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("soc2test.evidence.json_fast.parse", None)  # the careful one would raise
    value = {"a": [1, 2, {"b": "x, y: z"}], "policy": json.dumps({"Version": "2012"}), "c": None, "d": []}
    assert Parser("file").member(json.dumps(value, **STYLES[style]).encode()) == value


def test_equal_keys_are_seen_in_every_line_of_a_mixed_file() -> None:
    parser = Parser("file")
    for number in range(1, 3000):
        style = STYLES["compact" if number % 3 else "spaced"]
        assert parser.line(json.dumps({"a": number}, **style).encode(), number) == {"a": number}
        with pytest.raises(EvidenceError):
            parser.line(b'{"a":1,"a":2}', number)
