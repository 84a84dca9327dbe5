"""Tokens for people: stable, keyed, one for all that names a person."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soc2test.reports.personal import Pseudonyms, people
from soc2test.reports.ties import owners_of

ADA = {"name": "Ada Byron", "email": "Ada@Acme.example", "accounts": ("github:ada-acme",)}
KNOWN = Pseudonyms(b"key", people([ADA, {"source": "github", "name": "ada-acme", "email": None}]))
TOKEN = KNOWN.token("ada@acme.example")


@pytest.mark.parametrize(
    "text", ["ada@acme.example", "ADA@ACME.EXAMPLE", "ada byron", "Ada-Acme", "ada%40acme.example"]
)
@pytest.mark.parametrize(
    "around", ["%s", "(%s)", "a/%s.json", "user_%s", "arn:aws:iam::1:user/%s", "'%s'", "mfa of %s, now"]
)
def test_one_token_for_all_that_names_a_person(text: str, around: str) -> None:
    assert KNOWN.text(around % text) == around % TOKEN


@pytest.mark.parametrize("text", [
    "Ada  Byron", "ADA\u00a0BYRON", "Ada\nByron", "Byron, Ada", "ada.byron", "ada_byron", "Ada%20Byron", "Ada+Byron",
    "ada%2540acme.example", "ada&#64;acme.example", "ada\\u0040acme.example",
])  # fmt: skip
def test_other_spellings_and_encodings(text: str) -> None:
    assert KNOWN.text(f"of {text}!") == f"of {TOKEN}!"


@pytest.mark.parametrize("text", [
    "Miles O'Brien", "Miles O\u2019Brien", "Miles O&#x27;Brien", "Miles O&#39;Brien", "Miles%20O%27Brien",
    "Zo\u00eb M\u00fcller", "Zoe\u0308 Mu\u0308ller", "Zo\\u00eb M\\u00fcller", "ZO\u00cb M\u00dcLLER", "Zo%C3%AB%20M%C3%BCller",
])  # fmt: skip
def test_names_with_marks_and_apostrophes(text: str) -> None:
    known = Pseudonyms(b"key", people([{"name": "Miles O'Brien", "email": "m@a.example", "accounts": ()},
                                       {"name": "Zo\u00eb M\u00fcller", "email": "z@a.example", "accounts": ()}]))  # fmt: skip
    token = known.token("m@a.example" if "rien" in text else "z@a.example")
    assert known.text(f"of {text}, now") == f"of {token}, now"


def test_an_address_around_a_name_is_the_tokens_whole() -> None:
    of_another = "ada.byron@other.example"
    assert KNOWN.text(of_another) == KNOWN.token(of_another)


TIES = [
    {"name": "Ada Byron", "email": "ada@acme.example", "accounts": ("github:ada-acme", "okta:00u1")},
    {"source": "okta", "name": "ada.b", "email": "ada.b@acme.example", "owner": "ada@acme.example"},
    {"source": "github", "name": "ada-acme", "email": None, "owner": None},
    {"source": "aws", "name": "abyron", "email": "ada.b@acme.example", "owner": None},
    {"name": "Bo", "email": "bo@acme.example", "accounts": ("github:bo-acme",)},
]


@given(st.permutations(TIES))
def test_the_order_of_records_does_not_count(records: list[dict[str, object]]) -> None:
    known = Pseudonyms(b"key", people(records))
    names = ("ada@acme.example", "Ada Byron", "ada-acme", "ada.b", "ada.b@acme.example", "abyron")
    assert {known.text(name) for name in names} == {known.token("ada@acme.example")}
    assert known.text("ada.b&#64;acme.example") == known.token("ada@acme.example")
    assert known.text("bo-acme") == known.text("Bo") == known.token("bo@acme.example")


def test_an_account_that_two_people_list_ties_nobody() -> None:
    shared = [
        {**ADA, "accounts": ("aws:root-acme",)},
        {"name": "Bo Diddley", "email": "bo@acme.example", "accounts": ("aws:root-acme",)},
    ]
    known = Pseudonyms(b"key", people([*shared, {"source": "aws", "name": "root-acme", "email": None}]))
    assert len({known.text(name) for name in ("Ada Byron", "Bo Diddley", "root-acme")}) == 3


def test_records_that_a_third_one_ties_later() -> None:
    records = [(("a@x", "1"), True), (("b@x", "2"), False), (("1", "2"), False)]
    for order in permutations(records):
        assert owners_of(order) == ["a@x"] * 3


def test_case_does_not_count_in_a_token() -> None:
    assert KNOWN.token("Some Body") == KNOWN.token("SOME BODY")


def test_a_text_is_the_same_when_it_is_hidden_again() -> None:
    known = Pseudonyms(b"key", people([{**ADA, "accounts": ("github:person",)}]))
    once = known.text("of Ada Byron and person")
    assert known.text(once) == once == f"of {TOKEN} and {TOKEN}"


def test_an_address_in_quotes_and_one_letter() -> None:
    assert KNOWN.text("of 'x@acme.example'") == f"of '{KNOWN.token('x@acme.example')}'"
    assert Pseudonyms(b"key", people([{**ADA, "name": "X"}])).text("X marks it") == "X marks it"


def test_a_login_before_an_at_sign() -> None:
    assert KNOWN.text("ada-acme@v2") == f"{TOKEN}@v2"
    assert KNOWN.text("ada-acme@other.example") == KNOWN.token("ada-acme@other.example")


def test_a_digest_is_keyed() -> None:
    assert KNOWN.digest("ab") != Pseudonyms(b"other").digest("ab") != "ab"


@pytest.mark.parametrize(
    "text",
    [
        "canada",
        "ada-acme2",
        "lodash@4.17.21",
        "nginx@sha256",
        "adabyron",
        "Ada, the Byron",
        "Byron and Ada",
        "Ada Byrons",
        TOKEN,
    ],
)
def test_other_words_stay(text: str) -> None:
    assert KNOWN.text(text) == text


def test_another_key_gives_another_token() -> None:
    assert Pseudonyms(b"other").token("ada@acme.example") != TOKEN


def test_a_name_of_two_is_neithers() -> None:
    both = Pseudonyms(b"key", people([ADA, {**ADA, "email": "b@acme.example", "accounts": ()}]))
    assert both.text("Ada Byron") not in (TOKEN, both.token("b@acme.example"))


@given(st.emails())
def test_no_address_is_left(address: str) -> None:
    domain = address.partition("@")[2]
    assert domain not in KNOWN.text(f"of {address}") or not domain.split(".")[-1].isalpha()
