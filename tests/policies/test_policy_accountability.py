"""Who may judge somebody else, whom an evaluation is due of, and what makes both unknown."""

from typing import Any

import pytest
from policy_case import Made, before, made
from policy_cases_accountability import ANN, BOB, BREACH, CHAIR, EVE, NOBODYS, NOTED, TALK

from soc2test import Evaluation, ReportingLine, Spell
from soc2test.testing import check
from soc2test_policies.cc1.breaches import test_breaches_of_conduct_have_consequences as consequences
from soc2test_policies.cc1.evaluations import test_evaluations_look_at_duties_for_security as security
from soc2test_policies.cc1.evaluations import test_people_are_evaluated_each_year as evaluated


def _verdict(control: Any, *makes: Made, **limits: Any) -> str:
    return check(control, *(each.build() for each in makes), limits=limits).verdict.value


SPEAK_UP = made(
    ReportingLine, "speak-up", purpose="conduct", received=0, counted_since=before(days=365),
    counted_until=before(days=92), count="count.txt",
)  # fmt: skip
MAIL = made(ReportingLine, "mail", purpose="incidents")


def test_an_empty_register_of_breaches_is_no_green() -> None:
    assert _verdict(consequences, ANN, BOB, CHAIR) == "not_evaluated"
    assert _verdict(consequences, ANN, BOB, CHAIR, MAIL) == "not_evaluated"
    assert _verdict(consequences, ANN, BOB, CHAIR, MAIL, SPEAK_UP) == "no_occurrences"


@pytest.mark.parametrize(
    "other",
    [
        {"received": 1},
        {"received": None},
        {"count": None},
        {"counted_since": None},
        {"counted_since": before(days=364)},
        {"counted_until": before(days=93)},
        {"counted_until": None},
    ],
)
def test_a_line_that_does_not_count_none_shows_nothing_of_an_empty_register(other: dict[str, Any]) -> None:
    assert _verdict(consequences, ANN, BOB, CHAIR, SPEAK_UP.but(**other)) == "not_evaluated"


def test_each_line_for_conduct_has_to_count() -> None:
    second = made(ReportingLine, "phone", purpose="conduct")
    assert _verdict(consequences, ANN, BOB, CHAIR, SPEAK_UP, second) == "not_evaluated"


@pytest.mark.parametrize(("received", "verdict"), [(1, "pass"), (2, "not_evaluated")])
def test_a_register_that_lacks_reports_of_a_line_is_not_whole(received: int, verdict: str) -> None:
    line = SPEAK_UP.but(received=received, counted_until=before(days=60))
    assert _verdict(consequences, ANN, BOB, CHAIR, BREACH, line) == verdict


def test_only_reports_of_the_time_that_a_line_counts_are_held_against_it() -> None:
    assert _verdict(consequences, ANN, BOB, CHAIR, BREACH, SPEAK_UP.but(received=1)) == "not_evaluated"
    assert _verdict(consequences, ANN, BOB, CHAIR, BREACH, SPEAK_UP.but(received=1, purpose="incidents")) == "pass"


def test_a_deviation_stands_whatever_a_line_counts() -> None:
    own = BREACH.but(decided_by="bob@acme.example")
    assert _verdict(consequences, ANN, BOB, CHAIR, own, SPEAK_UP.but(received=9)) == "fail"


def test_a_report_that_names_nobody_is_decided_by_somebody() -> None:
    assert _verdict(consequences, ANN, CHAIR, NOBODYS) == "pass"
    assert _verdict(consequences, ANN, CHAIR, NOBODYS.but(decided_by="max@acme.example")) == "fail"


@pytest.mark.parametrize("control", [evaluated, consequences])
@pytest.mark.parametrize("judge", ["Ann Head", "the board"])
def test_a_judge_without_an_address_can_t_be_looked_up(control: Any, judge: str) -> None:
    makes = (ANN, BOB, CHAIR, TALK.but(evaluator_email=judge), BREACH.but(decided_by=judge))
    assert _verdict(control, *makes) == "not_evaluated"


@pytest.mark.parametrize("control", [evaluated, consequences])
def test_a_judge_of_the_same_name_is_perhaps_the_person(control: Any) -> None:
    makes = (ANN.but(name="Engineer, Bob"), BOB, CHAIR, TALK, BREACH)
    assert _verdict(control, *makes) == "not_evaluated"


@pytest.mark.parametrize("control", [evaluated, consequences])
def test_reporting_lines_are_followed_upwards_and_end_where_they_turn(control: Any) -> None:
    far = made(EVE.kind, "far", **EVE.but(name="Far Below", email="far@acme.example").facts)
    far = far.but(manager_email="eve@acme.example", spells=BOB.facts["spells"])
    judged = (TALK.but(evaluator_email="far@acme.example"), BREACH.but(decided_by="far@acme.example"))
    assert _verdict(control, ANN, BOB, EVE, far, CHAIR, *judged) == "fail"
    turning = EVE.but(manager_email="far@acme.example")
    assert _verdict(control, ANN, BOB, turning, far, CHAIR, *judged) == "pass"
    lost = EVE.but(manager_email="nobody@acme.example")
    assert _verdict(control, ANN, BOB, lost, far, CHAIR, *judged) == "pass"


def test_any_evaluation_within_the_year_is_enough_and_the_latest_is_named() -> None:
    old = made(Evaluation, "2025-bob", **TALK.but(held_at=before(days=455), document="2025-bob.txt").facts)
    assert _verdict(evaluated, ANN, BOB, CHAIR, TALK, old) == "pass"
    wrong = TALK.but(evaluator_email="bob@acme.example")
    result = check(evaluated, *(each.build() for each in (ANN, BOB, CHAIR, old, wrong)))
    assert [finding.message for finding in result.findings] == ["its evaluator bob@acme.example is the very person"]


def test_contractors_are_evaluated_where_the_company_says_so() -> None:
    assert _verdict(evaluated, ANN, BOB, CHAIR, TALK) == "pass"
    assert _verdict(evaluated, ANN, BOB, CHAIR, TALK, left_out=()) == "fail"


def test_an_employment_of_another_word_leaves_nobody_out() -> None:
    assert _verdict(evaluated, ANN.but(employment="intern"), BOB, CHAIR, TALK) == "fail"


def test_a_contractor_who_became_an_employee_joined_once() -> None:
    spells = (
        Spell(started_at=before(days=800), ended_at=before(days=100)),
        Spell(started_at=before(days=80), ended_at=None),
    )
    again = BOB.but(started_at=before(days=80), spells=spells)
    assert _verdict(evaluated, ANN, again, CHAIR) == "fail"


@pytest.mark.parametrize(("topics", "verdict"), [(("goals",), "pass"), (("goals", "skills"), "fail")])
def test_which_topics_are_looked_at_is_the_companys(topics: tuple[str, ...], verdict: str) -> None:
    assert _verdict(security, NOTED, topics=topics) == verdict


def test_an_evaluation_that_is_told_twice_may_name_one_file_and_those_of_two_people_may_not() -> None:
    twice = made(Evaluation, "2026-bob-2", **NOTED.but(person_email="Bob@acme.example").facts)
    assert _verdict(security, NOTED, twice) == "pass"
    assert _verdict(security, NOTED, twice.but(held_at=before(days=91))) == "fail"
    assert _verdict(security, NOTED, twice.but(person_email="eve@acme.example")) == "fail"
    assert _verdict(security, NOTED, twice.but(person_email="eve@acme.example", document="eve.txt")) == "pass"
