"""Restores: edges of limits, and what is unknown."""

from typing import Any

import pytest
from policy_case import Made, before, made
from policy_cases_restores import (
    AGAIN,
    ANN,
    BY_PERSON,
    BY_PROGRAM,
    CHECK,
    COUNTED,
    DIFFERS,
    FAILED,
    LATER,
    OTHER,
    RIGHT_DATA,
    STORE,
    TIMED,
    WRONG_DATA,
)

from soc2test import DataStore, RestoreCheck, RestoreTest
from soc2test.testing import check
from soc2test.verdicts import ControlResult, Verdict
from soc2test_policies.a1.restores import test_failed_restores_are_repeated as repeated
from soc2test_policies.a1.restores import test_important_stores_were_restored as restored
from soc2test_policies.a1.restores import test_restores_end_in_time as in_time

SHOWN = (STORE, BY_PERSON, CHECK, ANN)


def over(control: Any, *makes: Made, **more: Any) -> ControlResult:
    return check(control, *(each.build() for each in {(one.kind, one.id): one for one in makes}.values()), **more)


def test_a_company_without_any_restore_deviates_by_each_of_its_stores() -> None:
    result = over(restored, STORE, OTHER)
    assert (result.verdict, result.deviations) == (Verdict.FAIL, 2)
    assert over(in_time, STORE).verdict is Verdict.FAIL
    assert over(repeated, STORE).verdict is Verdict.FAIL


def test_a_row_of_the_register_is_no_restore() -> None:
    assert over(restored, STORE, CHECK, ANN).verdict is Verdict.FAIL


@pytest.mark.parametrize("partial", [RestoreTest, RestoreCheck])
def test_what_may_not_be_all_leaves_open_what_it_does_not_show(partial: type[Any]) -> None:
    unseen = (STORE, BY_PERSON, ANN) if partial is RestoreCheck else (STORE, CHECK, ANN)
    assert over(restored, *unseen, partial=[partial]).verdict is Verdict.NOT_EVALUATED


def test_a_check_that_differs_may_be_among_those_that_are_not_read() -> None:
    assert over(repeated, FAILED, AGAIN, partial=[RestoreCheck]).verdict is Verdict.NOT_EVALUATED
    failed_alone = over(repeated, FAILED, partial=[RestoreCheck])
    assert failed_alone.verdict is Verdict.FAIL


def test_counts_may_differ_by_the_percentage_that_is_allowed() -> None:
    limits = {"differ_percent": 1}
    assert over(restored, *SHOWN, CHECK.but(restored_count=99), limits=limits).verdict is Verdict.PASS
    assert over(restored, *SHOWN, CHECK.but(restored_count=98), limits=limits).verdict is Verdict.FAIL
    assert over(repeated, FAILED, AGAIN, DIFFERS, limits=limits).verdict is Verdict.PASS


def test_a_check_that_differs_speaks_against_a_program_that_found_nothing() -> None:
    differs = CHECK.but(restore="j2", store="s2", restored_count=1)
    assert over(restored, OTHER, BY_PROGRAM).verdict is Verdict.PASS
    assert over(restored, OTHER, BY_PROGRAM, differs).verdict is Verdict.FAIL


def test_a_restore_shows_nothing_once_the_store_came_back_with_wrong_data() -> None:
    assert over(restored, *SHOWN).verdict is Verdict.PASS
    assert over(restored, *SHOWN, LATER).verdict is Verdict.FAIL
    found = LATER.but(validation=None)
    wrong = made(RestoreCheck, "c9", restore="j9", store="s1", expected_count=100, restored_count=5, document=None)
    assert over(restored, *SHOWN, found).verdict is Verdict.PASS
    assert over(restored, *SHOWN, found, wrong).verdict is Verdict.FAIL


@pytest.mark.parametrize(
    ("facts", "verdict"),
    [
        ({"status": "failed", "validation": None}, Verdict.PASS),  # RST-03 asks that it was repeated
        ({"validation": "timed_out"}, Verdict.PASS),
        ({"started_at": before(days=91)}, Verdict.PASS),  # before the one that shows it
        ({"started_at": before(days=90)}, Verdict.FAIL),  # which of both was later is not told
        ({"stores": ("s7",)}, Verdict.PASS),
    ],
)
def test_what_a_later_restore_says_of_an_earlier_one(facts: dict[str, Any], verdict: Verdict) -> None:
    assert over(restored, *SHOWN, LATER.but(**facts)).verdict is verdict


def test_a_later_restore_whose_validation_is_unknown_leaves_it_open() -> None:
    built = [each.build() for each in SHOWN]
    assert check(restored, *built, LATER.build(without="validation")).verdict is Verdict.NOT_EVALUATED


def test_a_store_that_came_back_right_afterwards_is_shown_again() -> None:
    after = made(
        RestoreTest,
        "j8",
        **BY_PROGRAM.but(stores=("s1",), started_at=before(days=8), point_made_at=before(days=8)).facts,
    )
    assert over(restored, *SHOWN, LATER, after).verdict is Verdict.PASS


@pytest.mark.parametrize(
    ("facts", "verdict"),
    [
        ({}, Verdict.FAIL),
        ({"validation": "running"}, Verdict.FAIL),
        ({"validation": "passed"}, Verdict.PASS),
    ],
)
def test_wrong_data_are_not_mended_by_a_restore_that_nobody_looked_at(facts: dict[str, Any], verdict: Verdict) -> None:
    assert over(repeated, WRONG_DATA, RIGHT_DATA.but(**facts)).verdict is verdict


def test_wrong_data_that_a_person_found_are_mended_where_they_are_seen_to_be_right() -> None:
    found = WRONG_DATA.but(validation=None)
    wrong = made(RestoreCheck, "c5", restore="j5", store="s5", expected_count=100, restored_count=5, document=None)
    assert over(repeated, found, RIGHT_DATA, wrong).verdict is Verdict.FAIL
    assert over(repeated, found, RIGHT_DATA, wrong, COUNTED, ANN).verdict is Verdict.PASS


def test_in_how_many_days_a_repeat_is_compared_is_the_companys() -> None:
    late = COUNTED.but(checked_at=before(days=7))
    assert over(repeated, WRONG_DATA, RIGHT_DATA, late, ANN).verdict is Verdict.FAIL
    assert over(repeated, WRONG_DATA, RIGHT_DATA, late, ANN, limits={"check_days": 9}).verdict is Verdict.PASS


@pytest.mark.parametrize(("days", "verdict"), [(300, Verdict.FAIL), (83, Verdict.PASS)])
def test_the_file_of_one_comparison_shows_no_other(days: int, verdict: Verdict) -> None:
    again = made(
        RestoreCheck, "c0",
        **CHECK.but(restore="j0", store="s9", checked_at=before(days=days, hours=-8)).facts,
    )  # fmt: skip
    assert over(restored, *SHOWN, again).verdict is verdict
    assert over(restored, *SHOWN, again.but(document="documents/c0.txt")).verdict is Verdict.PASS


def test_a_restore_that_runs_is_pending_within_its_hours() -> None:
    runs = TIMED.but(started_at=before(hours=7), point_made_at=before(hours=9), status="running", completed_at=None)
    assert over(in_time, runs, STORE).pending == 1
    assert over(in_time, runs.but(started_at=before(hours=8.5)), STORE).deviations == 1


def test_a_store_without_the_label_has_more_hours() -> None:
    slow = TIMED.but(completed_at=before(days=8))
    assert over(in_time, slow, STORE).deviations == 1
    assert over(in_time, slow, STORE.but(classification="internal")).passed == 1
    assert over(in_time, slow, STORE.but(classification=None)).passed == 1


def test_a_failed_restore_is_pending_while_it_may_be_repeated() -> None:
    lately = FAILED.but(started_at=before(days=13, hours=1), completed_at=before(days=13))
    assert over(repeated, lately).pending == 1
    assert over(repeated, lately.but(completed_at=before(days=14.1))).deviations == 1


def test_each_store_of_a_failed_restore_is_repeated() -> None:
    both = FAILED.but(stores=("s1", "s3"))
    assert over(repeated, both, AGAIN).deviations == 1
    third = made(
        RestoreTest, "j3", stores=("s3",), status="completed", validation="passed", started_at=before(days=29),
        completed_at=before(days=28),
    )  # fmt: skip
    assert over(repeated, both, AGAIN, third).verdict is Verdict.PASS


def test_copies_are_no_stores_to_restore() -> None:
    assert over(restored, *SHOWN, made(DataStore, "s9", copy=True, classification="confidential")).population == 1
