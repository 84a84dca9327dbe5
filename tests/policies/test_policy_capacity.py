"""Capacity: what is unknown, and what is not asked."""

from policy_cases_capacity import GROWING, SPACE, WATCHED

from soc2test import Alarm, DataStore
from soc2test.testing import check, resource
from soc2test.verdicts import Verdict
from soc2test_policies.a1.capacity import test_important_stores_do_not_fill_up_unseen as room


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
