"""Joins: what is found is found; what is not found over something incomplete is not known to be absent."""

import pickle
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soc2test.errors import AmbiguousJoin, NoSuchFact, UnknownFact
from soc2test.populations import Gap, Population
from soc2test.resources.kinds import Change, Identity, Person
from soc2test.resources.resource import Resource
from soc2test.testing import resource

GAP = Gap("denied", "let the exporter call it", "okta")
ANN = resource(Identity, "1", name="ann", email="Ann@Acme.example", active=True)
BOB = resource(Identity, "2", name="bob", email="bob@acme.example", active=True)
BOB_TOO = resource(Identity, "3", name="bob", email=None, active=False)
NAMELESS = resource(Identity, "4", active=False)

WHOLE = Population(Identity, [ANN, BOB, BOB_TOO])
PARTIAL = Population(Identity, [ANN, BOB, BOB_TOO], [GAP])
EMPTY_PARTIAL: Population[Identity] = Population(Identity, [], [GAP])
BLURRED = Population(Identity, [ANN, BOB, BOB_TOO, NAMELESS])


def test_a_complete_population_counts_iterates_and_joins() -> None:
    assert list(WHOLE) == [ANN, BOB, BOB_TOO]
    assert len(WHOLE) == 3
    assert WHOLE
    assert WHOLE.complete
    assert WHOLE.one("name", "ann") == ANN
    assert WHOLE.one("name", "eve") is None
    assert list(WHOLE.all("name", "bob")) == [BOB, BOB_TOO]
    assert len(WHOLE.all("name", "bob")) == 2
    assert list(WHOLE.all("name", "eve")) == []
    assert not WHOLE.all("name", "eve")
    assert ANN in WHOLE
    assert NAMELESS not in WHOLE
    assert not Population(Identity, [])


SILENT_MISSES: dict[str, Callable[[], object]] = {
    "one": lambda: PARTIAL.one("name", "eve"),
    "one by id": lambda: PARTIAL.one("id", "9"),
    "all": lambda: list(PARTIAL.all("name", "eve")),
    "all that finds some": lambda: list(PARTIAL.all("name", "bob")),
    "len of all": lambda: len(PARTIAL.all("name", "bob")),
    "bool of all": lambda: bool(PARTIAL.all("name", "eve")),
    "not all": lambda: not PARTIAL.all("name", "eve"),
    "all() over a join": lambda: all(each.active for each in PARTIAL.all("name", "ann")),
    "any() over a join": lambda: any(each.active for each in PARTIAL.all("name", "eve")),
    "for": lambda: [each.name for each in PARTIAL],
    "list": lambda: list(PARTIAL),
    "set": lambda: set(PARTIAL),
    "sorted": lambda: sorted(PARTIAL, key=lambda each: each.id),
    "sum": lambda: sum(1 for _ in PARTIAL),
    "len": lambda: len(PARTIAL),
    "bool of none": lambda: bool(EMPTY_PARTIAL),
    "not none": lambda: not EMPTY_PARTIAL,
    "next with default": lambda: next(iter(EMPTY_PARTIAL), None),
    "in": lambda: NAMELESS in PARTIAL,
    "not in": lambda: NAMELESS not in PARTIAL,
    "max with default": lambda: max((each.id for each in EMPTY_PARTIAL), default=None),
}


@pytest.mark.parametrize("look", SILENT_MISSES.values(), ids=SILENT_MISSES)
def test_over_a_partial_population_no_miss_is_silent(look: Callable[[], object]) -> None:
    with pytest.raises(UnknownFact, match="not all of Identity is known: let the exporter call it") as caught:
        look()
    assert caught.value.code == "denied"


def test_over_a_partial_population_what_is_there_is_there() -> None:
    assert PARTIAL.one("name", "ann") == ANN
    assert ANN in PARTIAL
    assert bool(PARTIAL)
    assert bool(PARTIAL.all("name", "bob"))
    assert any(each.name == "bob" for each in PARTIAL)
    seen = []
    with pytest.raises(UnknownFact):
        for each in PARTIAL.all("name", "bob"):
            seen.append(each)  # noqa: PERF402  # what is known is given out before it raises
    assert seen == [BOB, BOB_TOO]


BLURRED_MISSES: dict[str, Callable[[], object]] = {
    "one": lambda: BLURRED.one("name", "eve"),
    "all": lambda: list(BLURRED.all("name", "bob")),
    "bool": lambda: bool(BLURRED.all("name", "eve")),
    "len": lambda: len(BLURRED.all("name", "bob")),
}


@pytest.mark.parametrize("look", BLURRED_MISSES.values(), ids=BLURRED_MISSES)
def test_a_member_whose_key_is_unknown_might_be_the_one(look: Callable[[], object]) -> None:
    with pytest.raises(UnknownFact, match=r"Identity\(4\)\.name is unknown"):
        look()


def test_an_unknown_key_spoils_only_joins_by_it() -> None:
    assert BLURRED.one("name", "ann") == ANN
    assert list(BLURRED.all("active", False)) == [BOB_TOO, NAMELESS]
    assert BLURRED.one("id", "9") is None
    assert len(BLURRED) == 4


def test_a_part_asks_nothing_of_the_others_and_is_as_partial_as_the_whole() -> None:
    active = Population(Identity, [ANN, NAMELESS]).part("active", True)
    assert active.one("name", "ann") == ANN
    assert active.one("name", "bob") is None
    for one_that_may_be_there in (PARTIAL, Population(Identity, [resource(Identity, "9", name="eve")])):
        with pytest.raises(UnknownFact):
            one_that_may_be_there.part("active", True).one("name", "eve")


def test_what_a_part_gives_out_is_given_out_by_the_whole() -> None:
    whole = Population(Identity, [ANN, BOB])
    whole.part("active", True).one("name", "ann")
    assert whole.given == [ANN]


def test_several_matches_are_no_match() -> None:
    with pytest.raises(AmbiguousJoin, match="2 resources of kind Identity share one name") as caught:
        WHOLE.one("name", "bob")
    assert (caught.value.kind, caught.value.fact, caught.value.count) == ("Identity", "name", 2)
    with pytest.raises(AmbiguousJoin):
        PARTIAL.one("name", "bob")


@pytest.mark.parametrize("written", ["ann@acme.example", "ANN@ACME.EXAMPLE", " Ann@Acme.example "])
def test_e_mail_addresses_match_without_case(written: str) -> None:
    assert WHOLE.one("email", written) == ANN


def test_facts_named_for_an_e_mail_match_without_case_and_others_with() -> None:
    people = Population(Person, [resource(Person, "p", name="Ann", manager_email="Grace@acme.example")])
    assert people.one("manager_email", "grace@ACME.example") is not None
    assert people.one("name", "ann") is None


def test_none_is_a_value_to_join_by() -> None:
    assert WHOLE.one("email", None) == BOB_TOO


def test_a_fact_of_several_values_matches_by_each() -> None:
    first = resource(Change, "1", approvers=("ann", "bob"))
    second = resource(Change, "2", approvers=("bob",))
    none = resource(Change, "3", approvers=())
    changes = Population(Change, [first, second, none])
    assert list(changes.all("approvers", "bob")) == [first, second]
    assert changes.one("approvers", "ann") == first
    assert changes.one("approvers", "eve") is None


def test_a_fact_that_the_kind_lacks_is_a_mistake() -> None:
    with pytest.raises(NoSuchFact):
        WHOLE.one("nmae", "ann")


def test_repr_says_partial_and_no_content() -> None:
    assert repr(WHOLE) == "Population[Identity](3)"
    assert repr(PARTIAL) == "Population[Identity](3, partial)"


NAMES = st.sampled_from(["ann", "bob", "Bob", "eve", ""])
MEMBERS = st.lists(st.tuples(NAMES, st.none() | NAMES, st.booleans()), max_size=12)


@given(MEMBERS, NAMES)
def test_all_finds_exactly_what_a_scan_finds(rows: list[tuple[str, str | None, bool]], wanted: str) -> None:
    members = [
        resource(Identity, str(place), name=name, email=email, active=active)
        for place, (name, email, active) in enumerate(rows)
    ]
    population = Population(Identity, members)
    assert list(population.all("name", wanted)) == [each for each in members if each.name == wanted]
    assert list(population.all("active", True)) == [each for each in members if each.active]
    by_mail = [each for each in members if each.email is not None and each.email.casefold() == wanted.casefold()]
    assert list(population.all("email", wanted)) == by_mail


@given(st.lists(st.tuples(NAMES, st.booleans()), max_size=8), NAMES, st.booleans())
def test_a_join_is_sure_only_where_every_key_and_the_whole_population_is_known(
    rows: list[tuple[str, bool]], wanted: str, complete: bool
) -> None:
    told: list[dict[str, Any]] = [{"name": name} if known else {} for name, known in rows]
    members = [resource(Identity, str(place), **facts) for place, facts in enumerate(told)]
    population = Population(Identity, members, [] if complete else [GAP])
    known = [each for each, facts in zip(members, told, strict=True) if facts.get("name") == wanted]
    matches = population.all("name", wanted)
    assert list(matches.hits) == known
    if complete and all(told):
        assert list(matches) == known
    else:
        with pytest.raises(UnknownFact):
            list(matches)


def test_gaps_cross_process_borders() -> None:
    assert pickle.loads(pickle.dumps(PARTIAL.gaps)) == (GAP,)  # noqa: S301


def test_a_misspelt_fact_finds_nothing_for_ever_so_it_is_refused_over_an_empty_population_too() -> None:
    with pytest.raises(NoSuchFact, match="Identity has no fact 'emial'; did you mean 'email'"):
        Population(Identity, ()).one("emial", "ann@acme.example")
    with pytest.raises(NoSuchFact, match="Identity has no fact 'disk_encrypted'"):
        Population(Identity, ()).one("disk_encrypted", True)  # of another kind


class Alone(Resource, frozen=True, gc=False, kw_only=True):
    """A kind without special cases."""

    label: str


def test_a_kind_without_special_cases_is_joined_by_its_own_facts() -> None:
    one = resource(Alone, "1", label="x")
    assert Population(Alone, [one]).one("label", "x") is one
