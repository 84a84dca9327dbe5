"""What people write where they have nothing to write is no content, however they write it; real content is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soc2test import is_placeholder
from soc2test.evidence.placeholders import _WORDS

ERRORS = (
    "#REF!", "#N/A", "#NAME?", "#VALUE!", "#DIV/0!", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#FIELD!", "#ERROR!",
    "#BUSY!", "#CONNECT!", "#BLOCKED!", "#GETTING_DATA", "Err:508", "err:502", "#BEZUG!", "#NV", "#WERT!", "#NOM ?",
    "#¡REF!", "#¿NOMBRE?", "#N/D", "########",
)  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        *ERRORS, "TBD", "tba", "ToDo", "to do", "N/A", "n.a.", "n/a", "N / A", "NA", "none", "None.", "null", "nil", "-", "--", "\u2014",
        "?", "??", "x", "xxx", "XX", "...", "\u2026", "to be defined", "To be determined", "<owner>", "[TBD]", "(none)", "'n/a'",
        "unknown", "not applicable", "", "   ", "\u00a0", "=Sheet1!A2", "=VLOOKUP(A2;B:C;2)", "ann@example.com",
        "Ben@mail.example.org", "tbd@acme.example", "T.B.D.@acme.example", "*", "\u2713",
    ],
)  # fmt: skip
def test_a_placeholder_is_no_content(text: str) -> None:
    assert is_placeholder(text)
    assert is_placeholder(f"  {text} ")


@pytest.mark.parametrize(
    "text",
    [
        "Ann Nilsson", "board", "ann@acme.example", "na@acme.example", "x@acme.example", "none-such@acme.example", "2.1", "0", "1",
        "POL-01", "C02AB1001", "xenon", "x86 build host", "Ref", "#12", "A", "N", "Tobias", "example.com outage",
        "ann@example.company.test", "Board of directors (2026-02-02)", "Nothing was found", "a = b",
    ],
)  # fmt: skip
def test_content_is_none(text: str) -> None:
    assert not is_placeholder(text)


@given(
    word=st.sampled_from(sorted(_WORDS)),
    around=st.text(" .([<'\"", max_size=3),
    upper=st.lists(st.booleans(), min_size=20, max_size=20),
)
def test_case_and_signs_around_make_no_difference(word: str, around: str, upper: list[bool]) -> None:
    cased = "".join(sign.upper() if up else sign for sign, up in zip(word, upper, strict=False))
    assert is_placeholder(around + cased + around)
