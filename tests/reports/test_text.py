"""Cleaning of text: whatever comes in, nothing that acts comes out."""

import json
import re
import unicodedata

import jiter
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from soc2test.reports.text import (
    _LONE,
    DATA_LIMIT,
    _notation,
    clip,
    html_text,
    inert,
    json_dump,
    markdown_code,
    markdown_prose,
    markdown_text,
    terminal_text,
    visible,
)

ANY = st.text(st.characters(), max_size=60)  # lone surrogates too
XML = re.compile("[\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]*")


@given(ANY)
def test_visible_text_holds_no_character_that_acts(text: str) -> None:
    shown = visible(text)
    assert not [char for char in shown if unicodedata.category(char) in ("Cc", "Cs")]
    assert not set(shown) & set("\u202a\u202b\u202d\u202e\u2066\u2067\u2068\u2069\u200b\ufeff\ufffe\uffff\u2028")


@given(ANY)
def test_visible_text_is_xml(text: str) -> None:
    shown = visible(text)
    assert XML.fullmatch(shown)
    element = etree.Element("a", b=shown)
    assert etree.fromstring(etree.tostring(element)).get("b") == shown


@given(st.text(st.characters(codec="ascii", categories=("L", "N", "P", "S")), max_size=60))
def test_plain_text_stays_as_it_is(text: str) -> None:
    assert visible(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\x1b[31mb", r"a\x1b[31mb"),
        ("\x9b\x07", r"\x9b\x07"),
        ("user\u202egnp.exe", r"user\u202egnp.exe"),
        ("a\r\n\tb", r"a\r\n\tb"),
        ("\ud800", r"\ud800"),
        ("\ufffe", r"\ufffe"),
        ("\U0001fffe", r"\U0001fffe"),
        ("Grüße, 東京", "Grüße, 東京"),
        ("a" + "\u0301" * 50, "a" + "\u0301" * 4 + "(46 more marks)"),
    ],
)
def test_what_is_hidden_is_shown(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_two_long_names_that_begin_alike_stay_two() -> None:
    one, two = clip("x" * 1_000_000 + "a", 200), clip("x" * 1_000_000 + "b", 200)
    assert one != two
    assert len(one) < 300
    assert "1000001 characters" in one


@given(ANY)
def test_html_text_opens_no_tag_and_ends_no_attribute(text: str) -> None:
    assert not set(html_text(text)) & set("<>\"'")


@given(ANY)
def test_markdown_text_has_no_markup_left(text: str) -> None:
    shown = markdown_text(text)
    assert not set(shown) & set("<>\n\r")
    assert not re.search(r"(?<!\\)(?:\\\\)*[`*_\[\]|~$]", shown.replace("\\\\", ""))
    assert "://" not in shown


@given(ANY)
def test_a_code_span_ends_where_it_should(text: str) -> None:
    shown = markdown_code(text)
    fence = re.match("`+", shown)
    assert fence
    inner = shown[len(fence[0]) : -len(fence[0])]
    assert shown.endswith(fence[0])
    assert fence[0] not in re.findall("`+", inner)
    assert all(len(run) % 2 for run in re.findall(r"(\\*)\|", inner))


def test_commands_in_a_sentence_become_code() -> None:
    assert markdown_prose("export `aws iam list-users` for a|b") == r"export `aws iam list-users` for a\|b"
    assert markdown_prose("an odd ` tick") == r"an odd \` tick"


@pytest.mark.parametrize(
    "text", ["::error file=a::b", "  ::set-output name=a::b", "a\n::stop-commands::t", "\x1b[31m::error::x\x1b[0m"]
)
def test_no_line_is_a_workflow_command(text: str) -> None:
    assert not [line for line in inert(text).splitlines() if re.sub(r"\x1b\[\d*m", "", line).strip().startswith("::")]


def test_logging_commands_of_other_systems_are_broken_up() -> None:
    assert terminal_text("x ##vso[task.setvariable variable=x]y ##[group]z") == (
        "x # #vso[task.setvariable variable=x]y # #[group]z"
    )
    assert terminal_text("##teamcity[testFinished name='x']").startswith("# #teamcity[")


def test_arns_and_node_ids_stay_readable_in_a_terminal() -> None:
    assert terminal_text("arn:aws:s3:::acme") == "arn:aws:s3:::acme"
    assert terminal_text("a::b[c]") == "a::b[c]"


@given(st.recursive(ANY, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(ANY, inner, max_size=3)))
def test_json_is_read_by_a_strict_reader_and_harmless_on_a_terminal(value: object) -> None:
    raw = json_dump(value)
    jiter.from_json(raw.encode(), allow_inf_nan=False)
    assert not [char for char in raw if unicodedata.category(char) in ("Cc", "Cs")]


@given(st.text(st.characters(exclude_categories={"Cs"}), max_size=60))
def test_json_keeps_every_text_exactly(text: str) -> None:
    assert json.loads(json_dump([text])) == [text]


@pytest.mark.parametrize(
    "text", ["plain", "a" * 4_000, "a" * 4_001, 'a"' * 3_000, "\ud800", "®" * 4_001, "a\x7f\u202e"]
)
def test_a_text_is_cleaned_wherever_it_stands_in_json(text: str) -> None:
    expected = _LONE.sub(_notation, clip(text, DATA_LIMIT))
    for value in (text, [text], {"key": text}, {text: 1}, {"before": ["plain"] * 500, "key": [{"in": text}]}):
        holders = json.loads(json_dump(value)), json.loads(json_dump(value, indent=2))
        wanted = json.loads(json.dumps(value).replace(json.dumps(text), json.dumps(expected)))
        assert holders == (wanted, wanted)


def test_no_number_that_json_does_not_know_gets_into_it() -> None:
    with pytest.raises(ValueError, match="JSON"):
        json_dump({"key": float("nan")})
