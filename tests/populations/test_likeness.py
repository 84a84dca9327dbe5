"""Addresses and logins: one normal form for both sides of a join; a false match is as bad as a miss."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soc2test.errors import UnknownFact
from soc2test.populations import Population, normal_email
from soc2test.populations.likeness import looks_like
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
