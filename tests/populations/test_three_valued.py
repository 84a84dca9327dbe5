"""`any_of` and `all_of`: Kleene's tables over facts, over populations that may not be all, over values."""

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import soc2test
from soc2test.errors import NoSuchFact, Pending, UnknownFact
from soc2test.populations import Gap, Population, all_of, any_of
from soc2test.resources.kinds import Identity
from soc2test.resources.unknown import Unknown
from soc2test.testing import resource

GAP = Gap("denied", "let the exporter call it", "okta")
ON = resource(Identity, "1", name="ann", mfa=True)
OFF = resource(Identity, "2", name="bob", mfa=False)
UNTOLD = resource(Identity, "3", name="cid")

OPEN = "?"
"""an answer that is not known"""
ANSWERS = st.lists(st.sampled_from([True, False, OPEN]))
Fold = Callable[..., bool]


def has_mfa(identity: Identity) -> bool:
    return identity.mfa


def told(answer: Any) -> Any:
    """The answer; raises for one that is open."""
    if answer == OPEN:
        raise UnknownFact("mfa", "no export tells it")
    return answer


def outcome(fold: Fold, *args: Any, **kwargs: Any) -> Any:
    try:
        return fold(*args, **kwargs)
    except UnknownFact:
        return OPEN


def kleene_or(answers: Iterable[Any]) -> Any:
    answers = list(answers)
    return True if True in answers else OPEN if OPEN in answers else False


def kleene_and(answers: Iterable[Any]) -> Any:
    answers = list(answers)
    return False if False in answers else OPEN if OPEN in answers else True


TABLE = [
    ((True, True), True, True), ((True, False), True, False), ((True, OPEN), True, OPEN),
    ((False, True), True, False), ((False, False), False, False), ((False, OPEN), OPEN, False),
    ((OPEN, True), True, OPEN), ((OPEN, False), OPEN, False), ((OPEN, OPEN), OPEN, OPEN),
    ((True,), True, True), ((False,), False, False), ((OPEN,), OPEN, OPEN), ((), False, True),
]  # fmt: skip


@pytest.mark.parametrize(("answers", "either", "both"), TABLE)
def test_they_are_kleenes_tables(answers: tuple[Any, ...], either: Any, both: Any) -> None:
    assert outcome(any_of, answers, told) is either
    assert outcome(all_of, answers, told) is both


@given(ANSWERS)
def test_any_number_of_answers_folds_as_the_tables_say(answers: list[Any]) -> None:
    assert outcome(any_of, answers, test=told) is kleene_or(answers)
    assert outcome(all_of, answers, test=told) is kleene_and(answers)


@given(ANSWERS, st.randoms())
def test_order_changes_no_answer(answers: list[Any], random: Any) -> None:
    mixed = random.sample(answers, len(answers))
    assert outcome(any_of, mixed, told) is outcome(any_of, answers, told)
    assert outcome(all_of, mixed, told) is outcome(all_of, answers, told)


@given(ANSWERS)
def test_one_is_the_others_opposite(answers: list[Any]) -> None:
    opposite = outcome(any_of, answers, lambda answer: not told(answer))
    assert outcome(all_of, answers, told) is (OPEN if opposite is OPEN else not opposite)


@given(ANSWERS)
def test_values_are_asked_themselves_where_no_test_is_given(answers: list[Any]) -> None:
    values = [Unknown("no export tells it") if answer == OPEN else answer for answer in answers]
    assert outcome(any_of, values) is kleene_or(answers)
    assert outcome(all_of, values) is kleene_and(answers)


@given(ANSWERS)
def test_a_test_may_give_an_unknown_value(answers: list[Any]) -> None:
    def value(answer: Any) -> Any:
        return Unknown("no export tells it") if answer == OPEN else answer

    assert outcome(any_of, answers, value) is kleene_or(answers)
    assert outcome(all_of, answers, value) is kleene_and(answers)


@given(st.lists(st.sampled_from([ON, OFF, UNTOLD])), st.booleans())
def test_a_population_that_may_not_be_all_counts_as_one_more_unknown(members: list[Identity], whole: bool) -> None:
    population = Population(Identity, members, [] if whole else [GAP])
    by_id = {"1": True, "2": False, "3": OPEN}
    answers = [by_id[member.id] for member in members] + ([] if whole else [OPEN])
    assert outcome(any_of, population, has_mfa) is kleene_or(answers)
    assert outcome(all_of, population, has_mfa) is kleene_and(answers)


def test_a_join_that_may_not_be_all_counts_as_one_more_unknown() -> None:
    partial = Population(Identity, [ON, OFF], [GAP])
    assert any_of(partial.all("name", "ann"), has_mfa) is True
    assert all_of(partial.all("name", "bob"), has_mfa) is False
    for fold, name in ((any_of, "bob"), (all_of, "ann"), (any_of, "eve"), (all_of, "eve")):
        with pytest.raises(UnknownFact, match="let the exporter call it"):
            fold(partial.all("name", name), has_mfa)


def test_an_unknown_in_the_place_of_the_list_is_unknown() -> None:
    for fold in (any_of, all_of):
        with pytest.raises(UnknownFact, match="no export tells the groups"):
            fold(Unknown("no export tells the groups"))


def test_the_first_unknown_is_told() -> None:
    def why(reason: str) -> bool:
        raise UnknownFact("mfa", reason)

    for fold in (any_of, all_of):
        with pytest.raises(UnknownFact, match="first"):
            fold(["first", "second"], why)
        with pytest.raises(UnknownFact, match="its own"):
            fold(Population(Identity, [UNTOLD], [GAP]), lambda identity: why("its own"))


@pytest.mark.parametrize("fold", [any_of, all_of])
@pytest.mark.parametrize(
    "error",
    [ValueError("x"), NoSuchFact("Identity", "mfaa", ["mfa"]), Pending("soon", datetime(2026, 1, 1, tzinfo=UTC))],
)
@pytest.mark.parametrize("before", [[], [OPEN]])
def test_an_exception_of_another_kind_passes_through(fold: Fold, error: BaseException, before: list[str]) -> None:
    def broken(answer: object) -> Any:
        if answer is error:
            raise error
        return told(answer)

    with pytest.raises(type(error)) as caught:
        fold([*before, error], broken)
    assert caught.value is error


def test_nothing_behind_what_decides_is_asked() -> None:
    def ends() -> Iterator[bool]:
        yield True
        pytest.fail("asked further")

    assert any_of(ends())
    assert not all_of(ends(), lambda answer: not answer)


@given(st.lists(st.sampled_from([0, 1, "", "x", None, (), (1,)])))
def test_without_unknowns_they_are_pythons_own(values: list[Any]) -> None:
    assert any_of(values) is any(values)
    assert all_of(iter(values)) is all(values)


def test_they_stand_in_the_contract() -> None:
    assert soc2test.any_of is any_of
    assert soc2test.all_of is all_of
