"""`DigestSet`: equal populations have equal digests, whatever their order; duplicates are seen."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soc2test.evaluation.digests import DigestSet

IDS = st.lists(st.text(max_size=6), max_size=40)


def made(ids: list[str]) -> DigestSet:
    digests = DigestSet()
    for id in ids:
        digests.add(id)
    return digests


@given(IDS, st.randoms())
def test_order_does_not_matter(ids: list[str], shuffle: random.Random) -> None:
    other = list(ids)
    shuffle.shuffle(other)
    assert made(ids).digest() == made(other).digest()


@given(IDS, IDS)
def test_other_ids_give_another_digest(first: list[str], second: list[str]) -> None:
    assert (made(first).digest() == made(second).digest()) == (sorted(first) == sorted(second))


@given(IDS, st.text(max_size=6))
def test_it_counts_and_knows_its_members(ids: list[str], other: str) -> None:
    digests = made(ids)
    assert len(digests) == len(ids)
    assert digests.repeated == len(ids) - len(set(ids))
    assert all(id in digests for id in ids)
    assert (other in digests) == (other in ids)


def test_it_may_grow_after_it_was_asked() -> None:
    digests = made(["a"])
    before = digests.digest()
    digests.add("a")
    assert digests.digest() != before
    assert digests.repeated == 1


@pytest.mark.parametrize("id", ["\ud800", "\0", "a" * 100_000])
def test_any_text_is_an_id(id: str) -> None:
    assert id in made([id])
