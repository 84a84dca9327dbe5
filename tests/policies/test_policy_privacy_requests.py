"""Requests of people: what a register that is short or empty says, edges of limits, words that nobody knows."""

from typing import Any

import pytest
from policy_case import Made, before
from policy_cases_privacy_requests import (
    ACCESS,
    ACTIVITY,
    ANN,
    CORRECTED,
    DENIED,
    EARLIER,
    LONGER,
    NOTICE,
    OPEN,
    counted,
)

from soc2test.testing import check
from soc2test.verdicts import ControlResult
from soc2test_policies.p.requests import test_corrections_reach_those_who_have_the_data as passed_on
from soc2test_policies.p.requests import test_denied_requests_are_explained as explained
from soc2test_policies.p.requests import test_requests_of_people_are_answered_in_time as answered


def result(control: Any, *makes: Made, **limits: Any) -> ControlResult:
    return check(control, *(each.build() for each in makes), limits=limits)


def reason(found: ControlResult) -> str:
    assert found.reason is not None
    return found.reason.text


def test_a_register_that_is_shorter_than_the_count_shows_nothing() -> None:
    found = result(answered, ACCESS, ANN, NOTICE, counted(2))
    assert found.verdict.value == "not_evaluated"
    assert "tickets counts 2 at privacy@acme.example from 2025-10-16 to 2026-11-15, and the register holds 1" in reason(
        found
    )


def test_a_register_that_is_longer_than_the_count_shows_nothing_either() -> None:
    assert result(answered, ACCESS, ANN, NOTICE, counted(0)).verdict.value == "not_evaluated"


def test_what_was_over_before_the_year_was_another_periods() -> None:
    joined = (ANN, ACTIVITY, NOTICE, counted(0))
    over = ACCESS.but(received_at=before(days=800), answered_at=before(days=366), outcome=None)
    assert result(answered, over, *joined).verdict.value == "no_occurrences"
    assert result(answered, over.but(answered_at=before(days=365)), *joined).verdict.value == "fail"
    turned = over.but(received_at=before(days=400), answered_at=before(days=800))
    assert "before it was received" in result(answered, turned, *joined).findings[0].message
    spread = CORRECTED.but(
        received_at=before(days=800), answered_at=before(days=790), corrected_at=before(days=795),
        passed_on_at=before(days=366), passed_on_to=(),
    )  # fmt: skip
    assert result(passed_on, spread, *joined).verdict.value == "no_occurrences"
    assert result(passed_on, spread.but(passed_on_at=before(days=365)), *joined).verdict.value == "fail"


@pytest.mark.parametrize("control", [answered, explained, passed_on])
def test_no_requests_means_something_only_where_the_systems_counted_none(control: Any) -> None:
    joined = (ANN, ACTIVITY, NOTICE)
    assert result(control, *joined, counted(0)).verdict.value == "no_occurrences"
    assert result(control, *joined, counted(1)).verdict.value == "not_evaluated"
    assert result(control, *joined, counted(0).but(what="privacy_complaints")).verdict.value == "not_evaluated"


def test_no_denial_means_something_where_all_requests_are_counted() -> None:
    open_one = OPEN.but(outcome=None)
    assert result(explained, open_one, NOTICE, counted(1)).verdict.value == "no_occurrences"
    assert result(explained, open_one, NOTICE, counted(2)).verdict.value == "not_evaluated"


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        (counted(1).but(first_day=before(days=364)), "no system counted the privacy requests at privacy@acme.example"),
        (counted(1).but(last_day=before(days=37)), "from 2026-10-15 on"),
        (counted(1).but(counted_at=before(days=5)), "counted on 2026-11-15, before its last day 2026-11-15 was over"),
        (counted(1).but(counted_at=before(days=-3)), "which lies after 2026-11-20"),
        (counted(1).but(channel="other@acme.example"), "no system counted the privacy requests at privacy@acme"),
        (NOTICE.but(contacts=()), "no privacy notice in force on 2026-11-20 names where to turn to"),
        (NOTICE.but(replaced_at=before(days=9)), "no privacy notice in force"),
        (NOTICE.but(published_at=None), "no privacy notice in force"),
        (NOTICE.but(contacts=("privacy@acme.example", "web form")), "counted the privacy requests at web form"),
    ],
)
def test_what_was_not_counted_is_not_known(changed: Made, says: str) -> None:
    base = {"year": counted(1), "customers-3": NOTICE} | {changed.id: changed}
    found = result(answered, ACCESS, ANN, *base.values())
    assert found.verdict.value == "not_evaluated"
    assert says in reason(found)


def test_a_channel_that_no_notice_names_has_to_be_counted_too() -> None:
    found = result(answered, ACCESS, OPEN.but(channel="phone"), ANN, NOTICE, counted(1))
    assert "no system counted the privacy requests at phone" in reason(found)


def test_counts_of_quarters_that_follow_each_other_are_one_year() -> None:
    first = counted(0).but(last_day=before(days=201))
    second = Made(first.kind, "later", "test", {**counted(1).facts, "first_day": before(days=200)})
    assert result(answered, ACCESS, ANN, NOTICE, first, second).verdict.value == "pass"
    gap = Made(first.kind, "later", "test", {**counted(1).facts, "first_day": before(days=199)})
    assert "from 2026-05-04 on" in reason(result(answered, ACCESS, ANN, NOTICE, first, gap))


def test_words_that_nobody_knows_are_no_outcome() -> None:
    assert result(answered, ACCESS.but(outcome="done"), ANN, NOTICE, counted(1)).verdict.value == "not_evaluated"
    assert result(explained, DENIED.but(outcome="done"), NOTICE, counted(1)).verdict.value == "not_evaluated"


def test_of_whom_nothing_is_held_it_is_known_who_asked() -> None:
    told = ACCESS.but(outcome="nothing_held")
    assert result(answered, told, ANN, NOTICE, counted(1)).verdict.value == "pass"
    nobody = told.but(identity_checked_at=None, identity_checked_how=None)
    assert result(answered, nobody, ANN, NOTICE, counted(1)).verdict.value == "fail"
    assert result(explained, told, NOTICE, counted(1)).population == 0


@pytest.mark.parametrize("outcome", ["denied", "forwarded", "taken_back"])
def test_nobody_is_checked_to_whom_nothing_is_given(outcome: str) -> None:
    asked = ACCESS.but(outcome=outcome, activities=("PA-1",), identity_checked_at=None, identity_checked_how=None)
    theirs = ACTIVITY.but(legal_basis="instructions")
    assert result(answered, asked, ANN, NOTICE, theirs, counted(1)).verdict.value == "pass"


def test_a_company_may_answer_sooner() -> None:
    facts = (ACCESS, LONGER, ANN, NOTICE, EARLIER, counted(2))
    assert result(answered, *facts).verdict.value == "pass"
    assert result(answered, *facts, answer_days=29).verdict.value == "fail"
    assert result(answered, *facts, extended_days=89).verdict.value == "fail"


def test_a_correction_that_nobody_else_needs_is_not_passed_on() -> None:
    alone = CORRECTED.but(passed_on_to=(), passed_on_at=None)
    inner = ACTIVITY.but(recipients=())
    assert result(passed_on, alone, inner, NOTICE, counted(1)).verdict.value == "pass"
    assert result(passed_on, alone, ACTIVITY, NOTICE, counted(1)).verdict.value == "fail"


def test_a_correction_of_these_days_may_still_be_passed_on() -> None:
    late = before(days=30)
    facts = {"received_at": late, "corrected_at": late, "answered_at": late, "passed_on_to": (), "passed_on_at": None}
    waiting = CORRECTED.but(**facts)
    found = result(passed_on, waiting, ACTIVITY, NOTICE, counted(1))
    assert (found.pending, found.deviations) == (1, 0)
