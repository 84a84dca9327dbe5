"""Tokens for people: stable, keyed, one for all that names a person."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soc2test.reports.personal import Pseudonyms, people

ADA = {"name": "Ada Byron", "email": "Ada@Acme.example", "accounts": ("github:ada-acme",)}
KNOWN = Pseudonyms(b"key", people([ADA, {"source": "github", "name": "ada-acme", "email": None}]))
TOKEN = KNOWN.token("ada@acme.example")


@pytest.mark.parametrize(
    "text", ["ada@acme.example", "ADA@ACME.EXAMPLE", "ada byron", "Ada-Acme", "ada%40acme.example"]
)
@pytest.mark.parametrize("around", ["%s", "(%s)", "a/%s.json", "user_%s", "arn:aws:iam::1:user/%s", "'%s'", "mfa of %s, now"])
def test_one_token_for_all_that_names_a_person(text: str, around: str) -> None:
    assert KNOWN.text(around % text) == around % TOKEN


@pytest.mark.parametrize("text", ["canada", "ada-acme2", "lodash@4.17.21", "nginx@sha256", "adabyron", TOKEN])
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
