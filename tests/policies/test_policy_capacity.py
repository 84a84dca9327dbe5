"""Capacity: what is unknown, and what is not asked."""

import pytest
from policy_case import before
from policy_cases_capacity import GROWING, KNOWN, OWN, RISK, SPACE, WATCHED

from soc2test import Alarm, DataStore
from soc2test.testing import check, resource
from soc2test.verdicts import Verdict
from soc2test_policies.a1.capacity import test_important_stores_do_not_fill_up_unseen as room
from soc2test_policies.cc5.answers import test_risks_to_mitigate_name_their_controls as answered


def test_an_alarm_makes_up_for_what_is_not_known_of_the_store() -> None:
    unknown = WATCHED.build(without="grows")
    assert check(room, unknown, SPACE.build()).verdict is Verdict.PASS
    assert check(room, unknown).verdict is Verdict.NOT_EVALUATED


def test_what_is_not_known_of_an_alarm_leaves_its_store_open() -> None:
    assert check(room, WATCHED.build(), SPACE.build(without="space_of")).verdict is Verdict.NOT_EVALUATED
    assert check(room, WATCHED.build(), SPACE.build(without="answered")).verdict is Verdict.NOT_EVALUATED
    assert check(room, WATCHED.build(), partial=[Alarm]).verdict is Verdict.NOT_EVALUATED


def test_copies_and_stores_without_the_label_are_not_asked() -> None:
    copy = resource(DataStore, "s8", copy=True, classification="confidential", grows=False)
    plain = resource(DataStore, "s9", name="s9", copy=False, classification="internal", grows=False)
    assert check(room, copy, plain, GROWING.build()).population == 1


@pytest.mark.parametrize(("days", "verdict"), [(0, "pass"), (1, "fail"), (-1, "pass")])
def test_a_control_is_in_force_to_the_end_of_its_last_day(days: int, verdict: str) -> None:
    ended = OWN.but(last_day=before(days=days, hours=12))  # a day begins at midnight
    assert check(answered, *(each.build() for each in (RISK, KNOWN, ended))).verdict.value == verdict


@pytest.mark.parametrize(("days", "verdict"), [(0, "pass"), (-1, "fail")])
def test_a_control_answers_nothing_before_its_first_day(days: int, verdict: str) -> None:
    begins = OWN.but(first_day=before(days=days, hours=12))
    assert check(answered, *(each.build() for each in (RISK, KNOWN, begins))).verdict.value == verdict
