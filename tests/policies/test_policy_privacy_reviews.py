"""Complaints and reviews of privacy: registers that are short or empty, edges of limits, one person twice."""

from typing import Any

from policy_case import Made, before
from policy_cases_privacy_requests import counted
from policy_cases_privacy_reviews import (
    ANN,
    ASKED,
    BEFORE,
    BOB,
    BREACH,
    CHECK,
    FEW,
    NEWS,
    NOTICE,
    OPEN,
    ORDERS,
    REJECTED,
    REVIEW,
    UPHELD,
)

from soc2test.testing import check
from soc2test.verdicts import ControlResult
from soc2test_policies.p.complaints import test_complaints_are_answered_and_remedied as answered
from soc2test_policies.p.complaints import test_privacy_is_reviewed_each_year as reviewed
from soc2test_policies.p.quality import test_personal_data_is_held_against_what_is_right as right

COMPLAINTS = "privacy_complaints"
HELD = (ASKED, UPHELD, REJECTED, BREACH, ANN, BOB)


def result(control: Any, *makes: Made, **limits: Any) -> ControlResult:
    return check(control, *(each.build() for each in makes), limits=limits)


def reason(found: ControlResult) -> str:
    assert found.reason is not None
    return found.reason.text


def again(make: Made, id: str, **facts: Any) -> Made:
    return Made(make.kind, id, "test", {**make.facts, **facts})


def test_no_complaint_means_something_where_the_systems_counted_none() -> None:
    assert result(answered, ANN, NOTICE, counted(0, COMPLAINTS)).verdict.value == "no_occurrences"
    assert "counts 1 at privacy@acme.example" in reason(result(answered, ANN, NOTICE, counted(1, COMPLAINTS)))
    assert "no system counted the privacy complaints" in reason(result(answered, ANN, NOTICE, counted(0)))


def test_a_complaint_that_an_authority_passed_on_is_counted_there_too() -> None:
    passed_on = UPHELD.but(channel="the authority")
    found = result(answered, passed_on, ANN, NOTICE, counted(0, COMPLAINTS))
    assert found.verdict.value == "not_evaluated"
    assert "no system counted the privacy complaints at the authority" in reason(found)


def test_a_complaint_may_be_open_until_its_day() -> None:
    found = result(answered, OPEN, ANN, NOTICE, counted(1, COMPLAINTS))
    assert (found.pending, found.deviations) == (1, 0)
    late = OPEN.but(received_at=before(days=31))
    assert result(answered, late, ANN, NOTICE, counted(1, COMPLAINTS)).verdict.value == "fail"


def test_an_outcome_that_nobody_knows_is_unknown() -> None:
    found = result(answered, UPHELD.but(outcome="noted"), ANN, NOTICE, counted(1, COMPLAINTS))
    assert (found.unknown, found.deviations) == (1, 0)


def test_without_any_review_the_test_fails() -> None:
    assert result(reviewed, *HELD).verdict.value == "fail"
    assert result(reviewed, REVIEW.but(done_at=None), *HELD).verdict.value == "fail"


def test_the_last_review_counts() -> None:
    assert result(reviewed, BEFORE, REVIEW, *HELD).verdict.value == "pass"
    assert result(reviewed, REVIEW, *HELD, review_days=9).verdict.value == "fail"


def test_a_finding_may_stay_open_until_its_day_is_over() -> None:
    waiting = REVIEW.but(correct_by=before(hours=20), corrected_at=None)
    assert result(reviewed, waiting, *HELD).verdict.value == "pass"
    assert result(reviewed, waiting.but(correct_by=before(days=1)), *HELD).verdict.value == "fail"
    assert result(reviewed, REVIEW.but(findings=0, correct_by=None, corrected_at=None), *HELD).verdict.value == "pass"


def test_a_person_of_two_addresses_reports_to_nobody_else() -> None:
    own = again(ANN, "ann2", email="ann+ceo@acme.example")
    found = result(reviewed, REVIEW.but(reported_to="ann+ceo@acme.example"), *HELD, own)
    assert found.verdict.value == "not_evaluated"


def test_data_of_others_is_theirs_to_check() -> None:
    assert result(right, NEWS, ORDERS, CHECK, FEW, ANN).population == 1


def test_what_is_asked_of_data_is_the_companys() -> None:
    assert result(right, NEWS, CHECK, ANN).verdict.value == "fail"
    assert result(right, NEWS, CHECK, ANN, aspects=("accurate", "current", "complete")).verdict.value == "pass"
    assert result(right, NEWS, CHECK, FEW, ANN, records=26).verdict.value == "fail"
    assert result(right, NEWS, CHECK, FEW, ANN, check_days=364).verdict.value == "fail"


def test_faults_of_these_days_may_still_be_corrected() -> None:
    lately = CHECK.but(checked_at=before(days=30), corrected_at=None)
    assert result(right, NEWS, lately, FEW, ANN).verdict.value == "pass"
    assert result(right, NEWS, lately.but(checked_at=before(days=31)), FEW, ANN).verdict.value == "fail"


def test_a_purpose_without_any_check_deviates() -> None:
    assert result(right, NEWS, again(CHECK, "Q9", activity="PA-9"), ANN).verdict.value == "fail"
