"""The parts of a proof: other values of a type, where an outcome turns, and the smallest world that shows it."""

from datetime import UTC, datetime, timedelta
from typing import Literal

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from weak_controls import Account, Keeper

from soc2test.proving.edges import edges_in
from soc2test.proving.smallest import in_words, shrunk, value_text
from soc2test.proving.values import Hints, other_values
from soc2test.proving.world import Nothing, World, known_facts, with_fact, without_fact
from soc2test.testing import AS_OF, resource


class Part(msgspec.Struct, frozen=True):
    name: str
    on: bool


TYPES = [
    (bool, True), (str, "a"), (int, 3), (float, 0.5), (datetime, AS_OF), (str | None, None), (datetime | None, AS_OF),
    (tuple[str, ...], ("a", "b")), (tuple[Part, ...], (Part("a", on=True),)), (Part, Part("a", on=False)),
    (Literal["a", "b"], "a"), (tuple[tuple[str, bool], ...], (("a", True),)), (dict[str, int], {"a": 1}),
]  # fmt: skip
HINTS = Hints(as_of=AS_OF, numbers=(90.0,), words=("critical",), seen=("z", 7, AS_OF - timedelta(days=3)))


@pytest.mark.parametrize(("type_", "value"), TYPES, ids=str)
def test_other_values_are_of_the_type_and_each_is_another(type_: object, value: object) -> None:
    others = other_values(type_, value, HINTS)
    assert others
    assert value not in others
    assert all(msgspec.convert(other, type_) == other for other in others)
    assert all(others.count(other) == 1 for other in others)


@pytest.mark.parametrize(
    ("type_", "value", "among"),
    [
        (bool, True, [False]),
        (str, "Ann", ["", "TODO", "aNN", "critical"]),
        (int, 5, [4, 6, 0, 89, 90, 91]),
        (str | None, "a", [None, ""]),
        (tuple[str, ...], ("a", "b"), [(), ("a",), ("b",)]),
        (tuple[str, ...], ("a", "b", "c"), [("b", "c"), ("a", "c"), ("a", "b"), ("a", "b", "c", "critical"), ("a", "", "c")]),
        (tuple[str, bool], ("a", True), [("", True), ("a", False)]),
        (Part, Part("a", on=True), [Part("a", on=False)]),
    ],
)
def test_among_them_are_those_that_controls_take_amiss(type_: object, value: object, among: list[object]) -> None:
    assert [each for each in among if each not in other_values(type_, value, HINTS)] == []


def test_a_long_value_is_cut_where_it_is_printed() -> None:
    assert value_text("x" * 46) == repr("x" * 46)
    assert value_text("x" * 47) == "'" + "x" * 44 + "..."


@given(st.integers(-(10**9), 10**9), st.integers(1, 10**9), st.integers(1, 10**9))
def test_the_edge_of_a_number_is_found(turn: int, below: int, above: int) -> None:
    tried = [(turn - below, False), (turn + above, True)]
    (edge,) = edges_in(tried, lambda number: number >= turn, lambda *_: True)
    assert (edge.below, edge.at_below, edge.above, edge.at_above) == (turn - 1, False, turn, True)


@given(st.datetimes(datetime(2000, 1, 1), datetime(2040, 1, 1)), st.integers(1, 10**14))  # made aware below
def test_the_edge_of_a_moment_is_found_to_the_microsecond(moment: datetime, before: int) -> None:
    turn = moment.replace(tzinfo=UTC)
    tried = [(turn - timedelta(microseconds=before), False), (turn + timedelta(days=1), True)]
    (edge,) = edges_in(tried, lambda value: value >= turn, lambda *_: True)
    assert (edge.below, edge.above) == (turn - timedelta(microseconds=1), turn)


def test_edges_that_do_not_matter_are_not_looked_for() -> None:
    asked: list[int] = []

    def ask(value: int) -> str:
        asked.append(value)
        return "a"

    assert list(edges_in([(0, "a"), (100, "b")], ask, lambda *_: False)) == []
    assert asked == []


def test_the_smallest_world_holds_what_is_needed_and_no_more() -> None:
    account = resource(Account, "a", owner="ann", mfa=True, active=True, tries=3)
    keepers = tuple(resource(Keeper, name, email=name, active=True) for name in ("ann", "ben", "cem"))
    world = World(account, {Keeper: keepers}, Nothing())

    def shows(less: World) -> bool:
        emails = {known_facts(keeper).get("email") for keeper in less.lists[Keeper]}
        return less.subject is not None and known_facts(less.subject).get("owner") in emails - {None}

    small = shrunk(world, shows, {account: "tries"})
    assert in_words(small) == "Account(owner='ann', tries=3), Keeper(email='ann')"
    assert [member.id for member in small.resources()] == ["a", "ann"]


def test_a_change_of_a_world_shares_all_else_and_leaves_the_world_as_it_was() -> None:
    account = resource(Account, "a", mfa=True)
    keeper = resource(Keeper, "k", email="k", active=True)
    world = World(account, {Keeper: (keeper,), Account: (account,)}, Nothing())
    kept = world.population(Keeper)
    changed = world.changed(account, with_fact(account, "mfa", False))
    assert changed.population(Keeper) is kept
    assert known_facts(changed.population(Account).members[0]) == {"mfa": False}
    assert known_facts(next(iter(changed.members(Account)))) == {"mfa": False}
    assert known_facts(next(iter(world.members(Account)))) == {"mfa": True}
    assert known_facts(without_fact(account, "mfa")) == {}
    assert changed.without(Keeper).population(Keeper).members == ()
