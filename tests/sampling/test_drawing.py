"""The order in which items are drawn, and how many."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soc2test.sampling.drawing import in_order, spread_by_month
from soc2test.sampling.sizes import default_size

LIST = "0" * 64


def name(item: str) -> tuple[str, ...]:
    return ("Thing", item)


def test_the_order_is_that_of_the_documented_digests() -> None:
    """Whoever has the list and the seed draws the same with any tool: this is the rule of the docs, written out."""
    items = [f"item {n}" for n in range(50)]
    expected = sorted(items, key=lambda item: sha256(f"{LIST}\n7\nThing\n{item}".encode()).hexdigest())
    assert in_order(items, LIST, "7", name) == expected


@given(st.lists(st.text(st.characters(codec="utf-8")), unique=True), st.randoms())
def test_the_order_of_the_list_does_not_matter(items: list[str], random: object) -> None:
    shuffled = [*items]
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert in_order(shuffled, LIST, "1", name) == in_order(items, LIST, "1", name)


@given(st.lists(st.text(st.characters(codec="utf-8")), unique=True))
def test_all_are_drawn_once_in_the_end(items: list[str]) -> None:
    assert sorted(in_order(items, LIST, "1", name)) == sorted(items)


def test_another_seed_or_another_list_gives_another_order() -> None:
    items = [str(n) for n in range(100)]
    orders = {tuple(in_order(items, population, seed, name)) for population in (LIST, "1" * 64) for seed in ("1", "2")}
    assert len(orders) == 4


def test_each_item_comes_first_about_as_often_as_any_other() -> None:
    items = [str(n) for n in range(10)]
    firsts = [in_order(items, LIST, str(seed), name)[0] for seed in range(2000)]
    counts = [firsts.count(item) for item in items]
    assert min(counts) > 150
    assert max(counts) < 250


def test_spread_by_month_takes_the_months_in_turn_and_keeps_the_order_in_each() -> None:
    days = {
        "a": "2026-02-01",
        "b": "2026-01-05",
        "c": "2026-01-09",
        "d": "unknown",
        "e": "2026-02-11",
        "f": "2026-01-01",
    }
    assert spread_by_month(["a", "b", "c", "d", "e", "f"], days.__getitem__) == ["b", "a", "d", "c", "e", "f"]


@given(st.lists(st.tuples(st.integers(), st.sampled_from(["2026-01-02", "2026-02-02", "", "unknown"])), unique=True))
def test_spreading_loses_nothing(items: list[tuple[int, str]]) -> None:
    assert sorted(spread_by_month(items, lambda item: item[1])) == sorted(items)


@pytest.mark.parametrize(
    ("nature", "members", "usual", "higher"),
    [
        ("occurrence", 1, 1, 1),
        ("occurrence", 2, 1, 2),
        ("occurrence", 4, 2, 4),
        ("occurrence", 12, 2, 5),
        ("occurrence", 26, 5, 15),
        ("occurrence", 180, 15, 25),
        ("occurrence", 250, 20, 40),
        ("occurrence", 9000, 25, 60),
        ("event", 1, 1, 1),
        ("event", 4, 2, 4),
        ("event", 12, 3, 5),
        ("event", 52, 5, 10),
        ("event", 250, 20, 25),
        ("event", 251, 25, 60),
        ("state", 30, 5, 10),
    ],
)
def test_the_default_size_follows_the_number_in_the_population(
    nature: str, members: int, usual: int, higher: int
) -> None:
    assert default_size(nature, members) == usual
    assert default_size(nature, members, higher=True) == higher


@given(st.sampled_from(["occurrence", "event", "state"]), st.integers(0, 100_000))
def test_more_is_relied_on_by_no_smaller_sample(nature: str, members: int) -> None:
    assert default_size(nature, members) <= default_size(nature, members, higher=True) <= members
