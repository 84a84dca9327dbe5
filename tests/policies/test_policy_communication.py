"""What a company may set otherwise for policies and lines for reports, and what makes them unknown."""

from datetime import timedelta
from typing import Any

import pytest
from policy_case import Made, before, made
from policy_cases_accountability import CHAIR
from policy_cases_communication import ANN, BOB, LINE, LINES, NEW, READ, SECURITY, TEST, USE

from soc2test import Acknowledgement, LineTest, Spell
from soc2test.testing import check
from soc2test_policies.cc2.acknowledgements import test_policies_in_force_are_acknowledged as acknowledged
from soc2test_policies.cc2.reporting import test_lines_for_reports_are_tried_each_year as tried
from soc2test_policies.cc2.reporting import test_people_can_report as lines


def _verdict(control: Any, *makes: Made, **limits: Any) -> str:
    return check(control, *(each.build() for each in makes), limits=limits).verdict.value


@pytest.mark.parametrize(("days", "verdict"), [(30, "pass"), (31, "pass"), (32, "fail")])
def test_what_was_confirmed_too_long_before_joining_is_for_other_work(days: int, verdict: str) -> None:
    start = before(days=40)
    joined = ANN.but(started_at=start, spells=(Spell(started_at=start, ended_at=None),))
    early = READ.but(acknowledged_at=start - timedelta(days=days))
    early_days = 31 if days == 31 else 30
    assert _verdict(acknowledged, joined, SECURITY, USE, early, early_days=early_days) == verdict


def test_the_first_confirmation_counts() -> None:
    again = made(Acknowledgement, "again", **READ.but(acknowledged_at=before(days=9)).facts)
    assert _verdict(acknowledged, ANN, SECURITY, USE, READ, again) == "pass"
    assert _verdict(acknowledged, ANN, SECURITY, USE, again) == "fail"


def test_a_confirmation_that_may_be_in_time_leaves_a_late_one_open() -> None:
    late = READ.but(acknowledged_at=before(days=9))
    unknown = made(Acknowledgement, "unknown", **READ.facts).build(without="acknowledged_at")
    result = check(acknowledged, *(each.build() for each in (ANN, SECURITY, USE, late)), unknown)
    assert result.verdict.value == "not_evaluated"


def test_which_policies_are_for_all_is_the_companys() -> None:
    assert _verdict(acknowledged, ANN, SECURITY, READ) == "fail"
    assert _verdict(acknowledged, ANN, SECURITY, READ, topics=("information-security",)) == "pass"


def test_who_came_back_after_long_has_time_to_read() -> None:
    spells = (
        Spell(started_at=before(days=900), ended_at=before(days=500)),
        Spell(started_at=before(days=29), ended_at=None),
    )
    back = NEW.but(started_at=before(days=29), spells=spells)
    result = check(acknowledged, *(each.build() for each in (ANN, back, SECURITY, USE, READ)))
    assert (result.verdict.value, result.population) == ("pass", 1)
    at_once = (Spell(started_at=before(days=900), ended_at=before(days=40)), spells[1])
    assert _verdict(acknowledged, ANN, back.but(spells=at_once), SECURITY, USE, READ) == "fail"


def test_a_company_without_lines_deviates() -> None:
    assert check(lines, ANN.build()).verdict.value == "fail"


def test_one_of_several_lines_for_a_purpose_is_enough() -> None:
    nobodys = made(LINES[0].kind, "phone", **LINES[0].but(owner_email=None).facts)
    assert _verdict(lines, *LINES, nobodys, ANN) == "pass"


def test_one_good_try_of_several_is_enough_and_the_last_is_named() -> None:
    failed = made(LineTest, "t2", **TEST.but(sent_at=before(days=9), arrived_at=None).facts)
    assert _verdict(tried, LINE, TEST, failed, ANN, BOB, CHAIR) == "pass"
    old = TEST.but(sent_at=before(days=400))
    result = check(tried, *(each.build() for each in (LINE, old, failed, ANN, BOB, CHAIR)))
    assert [finding.message for finding in result.findings] == ["the message was never received"]


@pytest.mark.parametrize("fact", ["sent_by", "received_by"])
def test_a_name_without_an_address_can_t_be_looked_up(fact: str) -> None:
    assert _verdict(tried, LINE, TEST.but(**{fact: "Ann"}), ANN, BOB, CHAIR) == "not_evaluated"


def test_two_addresses_of_one_person_are_perhaps_one() -> None:
    assert _verdict(tried, LINE, TEST, ANN, BOB.but(name="Reader, Ann"), CHAIR) == "not_evaluated"


def test_a_day_without_a_time_does_not_say_how_many_hours_it_took() -> None:
    midnight = before(days=100).replace(hour=0)
    by_day = TEST.but(
        sent_at=midnight, arrived_at=midnight + timedelta(days=1), answered_at=midnight + timedelta(days=2)
    )
    assert _verdict(tried, LINE, by_day, ANN, BOB, CHAIR) == "not_evaluated"
