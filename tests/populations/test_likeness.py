"""Addresses and logins: one normal form for both sides of a join; a false match is as bad as a miss."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soc2test.errors import UnknownFact
from soc2test.populations import Population, normal_email
from soc2test.populations.likeness import looks_like, one_mailbox, one_name
from soc2test.resources.kinds import Identity
from soc2test.testing import resource

SAME = [
    ("Ann@Acme.example", "ann@acme.EXAMPLE"),
    (" a@b.c\n", "a@b.c"),
    ("J\u00d6RG@x.de", "jo\u0308rg@X.de"),
    ("\u00c5@x", "a\u030a@x"),
]
OTHERS = [
    ("ann+aws@x.y", "ann@x.y"), ("a.nn@x.y", "ann@x.y"), ("stra\u00dfe@x.y", "strasse@x.y"), ("\u212aim@x.y", "kim@x.y"),
    ("\u017fam@x.y", "sam@x.y"), ("\u0131@x.y", "i@x.y"), ("\u0130@x.y", "i@x.y"), ("\uff41nn@x.y", "ann@x.y"), ("a\u200bnn@x.y", "ann@x.y"),
]  # fmt: skip
LOOKALIKES = OTHERS[2:5] + OTHERS[7:]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_one_mailbox(one: str, other: str) -> None:
    assert normal_email(one) == normal_email(other)


@pytest.mark.parametrize(("one", "other"), OTHERS)
def test_two_mailboxes(one: str, other: str) -> None:
    assert normal_email(one) != normal_email(other)


@pytest.mark.parametrize(("one", "other"), [*LOOKALIKES, *((b, a) for a, b in LOOKALIKES)])
def test_what_only_looks_the_same_is_no_certain_miss(one: str, other: str) -> None:
    population = Population(Identity, [resource(Identity, "1", email=one)])
    assert population.all("email", other).hits == ()
    for look in (lambda: population.one("email", other), lambda: list(population.all("email", other))):
        with pytest.raises(UnknownFact, match="write both alike") as caught:
            look()
        assert one not in str(caught.value)


@given(st.text())
def test_the_normal_form_is_its_own(text: str) -> None:
    assert normal_email(normal_email(text)) == normal_email(text)
    assert looks_like(looks_like(text)) == looks_like(text)


@given(st.text(), st.text())
def test_one_mailbox_has_one_look(one: str, other: str) -> None:
    if normal_email(one) == normal_email(other):
        assert looks_like(one) == looks_like(other)


@given(st.text(alphabet="aAkK\u212a\u017fs\u0131\u0130i\u00df@. +"), st.text(alphabet="aksi@. +"))
def test_nothing_but_ascii_is_the_same_as_ascii(one: str, other: str) -> None:
    if normal_email(one) == normal_email(other):
        assert one.strip().isascii()


@pytest.mark.parametrize(
    ("one", "other", "may_be"),
    [
        ("ann@x.y", "ANN@x.y", True),
        ("a.nn+aws@x.y", "ann@x.y", True),
        ("\uff41nn@x.y", "ann@x.y", True),
        ("\u0430nn@x.y", "ann@x.y", True),  # a Cyrillic letter
        ("ann@x.y", "ann@z.y", False),
        ("ann@x.y", "ben@x.y", False),
        ("ann+ben@x.y", "ben@x.y", False),
        ("ann@x.y", "ann@xy", False),  # dots of a domain count
    ],
)
def test_addresses_that_may_be_one_mailbox(one: str, other: str, may_be: bool) -> None:
    assert one_mailbox(one, other) is may_be
    assert one_mailbox(other, one) is may_be


@pytest.mark.parametrize(
    ("one", "other", "may_be"),
    [
        ("Ann Nilsson", "nilsson, ann", True),
        ("Ann Nilsson", "A. Nilsson", True),
        ("Ann Nilsson", "Ann Maria Nilsson", True),
        ("J\u00f6rg M\u00fcller", "Jorg Muller", True),
        ("An\u200bn Nilsson", "Ann Nilsson", True),
        ("\u0410nn Nilsson", "Ann Nilsson", True),  # a Cyrillic letter
        ("Ann", "ANN", True),
        ("Ann", "Ben", False),
        ("Ann", "Ann Nilsson", False),
        ("Ann", "A", False),
        ("", "", False),
        ("7", "7", False),
        ("A. N.", "Ann Nilsson", False),  # initials alone are many people's
        ("Ann Nilsson", "Ben Nilsson", False),
        ("Ann Nilsson", "Anna Nilsson", False),
        ("Ann Nilsson", "Ann Berg", False),
    ],
)
def test_names_that_may_be_one_person_s(one: str, other: str, may_be: bool) -> None:
    assert one_name(one, other) is may_be
    assert one_name(other, one) is may_be
