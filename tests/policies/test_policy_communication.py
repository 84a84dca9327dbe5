"""What a company may set otherwise for policies and lines for reports, and what makes them unknown."""

from datetime import timedelta
from typing import Any

import pytest
from policy_case import Made, before, made
from policy_cases_accountability import CHAIR
from policy_cases_communication import ANN, BOB, LINE, LINES, NEW, READ, READ_USE, SECURITY, TEST, USE

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
    assert _verdict(acknowledged, joined, SECURITY, USE, READ_USE, early, early_days=early_days) == verdict


def test_the_first_confirmation_counts() -> None:
    again = made(Acknowledgement, "again", **READ.but(acknowledged_at=before(days=9)).facts)
    assert _verdict(acknowledged, ANN, SECURITY, USE, READ, READ_USE, again) == "pass"
    assert _verdict(acknowledged, ANN, SECURITY, USE, READ_USE, again) == "fail"


def test_a_confirmation_that_may_be_in_time_leaves_a_late_one_open() -> None:
    late = READ.but(acknowledged_at=before(days=9))
    unknown = made(Acknowledgement, "unknown", **READ.facts).build(without="acknowledged_at")
    result = check(acknowledged, *(each.build() for each in (ANN, SECURITY, USE, READ_USE, late)), unknown)
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
    result = check(acknowledged, *(each.build() for each in (ANN, back, SECURITY, USE, READ, READ_USE)))
    assert (result.verdict.value, result.population) == ("pass", 1)
    at_once = (Spell(started_at=before(days=900), ended_at=before(days=40)), spells[1])
    assert _verdict(acknowledged, ANN, back.but(spells=at_once), SECURITY, USE, READ, READ_USE) == "fail"


def _just_published(*others: Made, **facts: Any) -> str:
    """What is found of ANN where a version of the policy for all is as old as people have to confirm it."""
    fresh = SECURITY.but(published_at=before(days=30), version="5.0")
    topics = ("information-security",)
    return _verdict(acknowledged, ANN.but(**facts), fresh, *others, topics=topics)


def test_a_version_that_is_just_published_leaves_open_who_never_confirmed_any() -> None:
    assert _just_published() == "not_evaluated"
    assert _just_published(READ.but(version="4.0")) == "pass"
    assert _just_published(READ.but(version="5.0", acknowledged_at=before(days=1))) == "pass"


@pytest.mark.parametrize(
    "facts",
    [
        {"policy": "P2"},
        {"person_email": "bob@acme.example"},
        {"acknowledged_at": None},
        {"acknowledged_at": before(days=-1)},
        {"acknowledged_at": before(days=999 + 31)},  # for other work
    ],
)
def test_what_confirms_no_earlier_version(facts: dict[str, Any]) -> None:
    assert _just_published(READ.but(version="4.0", **facts)) == "not_evaluated"


@pytest.mark.parametrize(("days", "verdict"), [(31, "pass"), (60, "pass"), (61, "not_evaluated")])
def test_who_joined_shortly_before_a_version_had_no_earlier_one_to_confirm(days: int, verdict: str) -> None:
    started = before(days=days)
    assert _just_published(started_at=started, spells=(Spell(started_at=started, ended_at=None),)) == verdict


def test_an_earlier_version_may_have_been_another_document_of_the_topic() -> None:
    former = made(SECURITY.kind, "P0", **SECURITY.but(approved_at=before(days=400)).facts)
    assert _just_published(former, READ.but(policy="P0", version="3.0")) == "pass"


def test_who_confirmed_no_version_deviates_once_the_days_are_over() -> None:
    topics = ("information-security",)
    late = SECURITY.but(published_at=before(days=31))
    assert _verdict(acknowledged, ANN, late, READ.but(version="3.0"), topics=topics) == "fail"


def test_an_earlier_confirmation_of_an_unknown_day_leaves_it_open() -> None:
    fresh = SECURITY.but(published_at=before(days=30), version="5.0")
    unknown = READ.build(without="acknowledged_at")
    limits = {"topics": ("information-security",)}
    assert check(acknowledged, ANN.build(), fresh.build(), unknown, limits=limits).verdict.value == "not_evaluated"


def test_a_company_without_lines_deviates() -> None:
    assert check(lines, ANN.build()).verdict.value == "fail"


def test_one_of_several_lines_for_a_purpose_is_enough() -> None:
    nobodys = made(LINES[0].kind, "phone", **LINES[0].but(owner_email=None).facts)
    assert _verdict(lines, *LINES, nobodys, ANN) == "pass"


PEOPLE = (ANN, BOB, CHAIR)
LATER = made(LineTest, "t2", **TEST.but(document="t2.eml").facts)


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        ({"sent_at": before(days=9), "arrived_at": None, "answered_at": None}, "the message was never received"),
        ({"sent_at": before(days=9), "arrived_at": before(days=9), "answered_at": None}, "was never answered"),
        ({"sent_at": before(days=9), "arrived_at": before(days=9), "answered_at": before(days=1)}, "answered 8 days"),
        ({"arrived_at": None, "answered_at": None}, "was never received"),  # which of both was later is not told
        # before the other one
        ({"sent_at": before(days=400), "arrived_at": None, "answered_at": None}, ""),
        # they may still arrive, or be answered
        ({"sent_at": before(hours=24), "arrived_at": None, "answered_at": None}, ""),
        ({"sent_at": before(hours=24.1), "arrived_at": None, "answered_at": None}, "was never received"),
        ({"sent_at": before(days=7.1), "arrived_at": before(days=7), "answered_at": None}, ""),
        ({"sent_at": before(days=7.1), "arrived_at": before(days=7.01), "answered_at": None}, "was never answered"),
        ({"sent_at": before(days=-1), "arrived_at": None, "answered_at": None}, ""),
    ],
)
def test_the_last_message_whose_hours_are_over_counts(facts: dict[str, Any], says: str) -> None:
    result = check(tried, *(each.build() for each in (LINE, TEST, LATER.but(**facts), *PEOPLE)))
    assert [says in finding.message for finding in result.findings] == ([True] if says else [])
    assert result.verdict.value == ("fail" if says else "pass")


def test_a_day_without_a_time_ends_at_its_end() -> None:
    midnight = before(hours=36)  # of the day before: that day ended twelve hours ago
    failed = LATER.but(sent_at=midnight, arrived_at=None, answered_at=None)
    assert midnight.hour == 0
    assert _verdict(tried, LINE, TEST, failed, *PEOPLE) == "pass"
    assert _verdict(tried, LINE, TEST, failed.but(sent_at=midnight + timedelta(minutes=1)), *PEOPLE) == "fail"
    arrived = midnight - timedelta(days=6)
    unanswered = LATER.but(sent_at=arrived, arrived_at=arrived, answered_at=None)
    assert _verdict(tried, LINE, TEST, unanswered, *PEOPLE) == "pass"
    assert _verdict(tried, LINE, TEST, unanswered.but(arrived_at=arrived + timedelta(minutes=1)), *PEOPLE) == "fail"


def test_a_first_message_that_may_still_be_answered_is_no_try_yet() -> None:
    first = TEST.but(sent_at=before(hours=2), arrived_at=before(hours=1), answered_at=None)
    result = check(tried, *(each.build() for each in (LINE, first, *PEOPLE)))
    assert [finding.message for finding in result.findings] == [
        "never tried, or its only message may still be answered"
    ]


def test_a_message_of_which_nothing_is_told_may_be_the_last() -> None:
    built = [each.build() for each in (LINE, TEST, *PEOPLE)]
    later = LATER.but(sent_at=before(days=9), arrived_at=None, answered_at=None)
    for fact in ("sent_at", "answered_at", "arrived_at"):
        assert check(tried, *built, later.build(without=fact)).verdict.value == "not_evaluated"


def test_who_owns_a_line_does_not_try_it() -> None:
    assert _verdict(tried, LINE.but(owner_email="ANN@acme.example"), TEST, *PEOPLE) == "fail"
    assert _verdict(tried, LINE.but(owner_email=None), TEST, *PEOPLE) == "pass"
    alike = made(ANN.kind, "eve", **ANN.but(name="Reader, Ann", email="eve@acme.example").facts)
    assert _verdict(tried, LINE.but(owner_email="eve@acme.example"), TEST, *PEOPLE, alike) == "not_evaluated"


def test_the_record_of_one_message_shows_no_other() -> None:
    earlier = LATER.but(sent_at=before(days=700), arrived_at=before(days=700), document="t1.eml")
    result = check(tried, *(each.build() for each in (LINE, TEST, earlier, *PEOPLE)))
    assert [finding.message for finding in result.findings] == [
        "its document is that of t2 too, and one document shows one event"
    ]
    other_line = LATER.but(line="page", document="t1.eml")
    assert _verdict(tried, LINE, TEST, other_line, *PEOPLE) == "fail"  # both were tried that day, by two messages


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
