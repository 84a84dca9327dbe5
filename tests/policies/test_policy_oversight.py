"""What a company may set otherwise for the tests of its board, and what makes them unknown."""

from typing import Any

import pytest
from policy_case import Made, before, made
from policy_cases_oversight import ANN, IDA, JOAN, MEETING, MEETINGS, SAT

from soc2test import BodyMember, Meeting, Person, Spell
from soc2test.testing import check
from soc2test_policies.cc1.oversight import test_a_board_meets_on_security_each_quarter as quarterly
from soc2test_policies.cc1.oversight import test_meetings_of_the_board_are_minuted as minuted
from soc2test_policies.cc1.oversight import test_somebody_independent_oversees as independent


def _verdict(control: Any, *makes: Made, **limits: Any) -> str:
    return check(control, *(each.build() for each in makes), limits=limits).verdict.value


def test_a_company_without_meetings_deviates() -> None:
    assert check(quarterly).verdict.value == "fail"


@pytest.mark.parametrize(("days", "verdict"), [(98, "pass"), (97, "fail")])
def test_a_policy_may_ask_for_less_time_between_meetings(days: int, verdict: str) -> None:
    assert _verdict(quarterly, *MEETINGS.values(), gap_days=days) == verdict


def test_a_meeting_of_unknown_topics_may_fill_a_gap() -> None:
    between = made(Meeting, "between", held_at=before(days=200), minutes="between.txt")
    assert _verdict(quarterly, *MEETINGS.values(), between, gap_days=97) == "not_evaluated"


def test_fewer_quarters_are_asked_for_where_the_company_says_so() -> None:
    assert _verdict(quarterly, MEETINGS[66], MEETINGS[164], quarters=2) == "pass"
    assert _verdict(quarterly, MEETINGS[66], MEETINGS[164], quarters=3) == "fail"


@pytest.mark.parametrize(
    ("control", "days", "population"),
    [(independent, 457, 1), (independent, 458, 0), (minuted, 458, 1), (minuted, 517, 1), (minuted, 518, 0)],
)
def test_each_meeting_that_may_stand_for_a_quarter_is_looked_at(control: Any, days: int, population: int) -> None:
    old = MEETING.but(held_at=before(days=days), topics=("security",))
    assert check(control, old.build(), JOAN.build(), IDA.build()).population == population


@pytest.mark.parametrize("day", [91, 90])
def test_minutes_of_one_meeting_show_no_other(day: int) -> None:
    second = made(Meeting, "m2", **MEETING.but(held_at=before(days=day)).facts)
    result = check(minuted, *(each.build() for each in (MEETING, second, JOAN, IDA)))
    assert result.deviations == (2 if day == 91 else 0)  # of one day they may be one meeting of two bodies


def test_a_quarter_whose_minutes_may_be_those_of_another_is_open() -> None:
    built = [each.build() for each in MEETINGS.values()]
    other = made(Meeting, "other", held_at=before(days=700), topics=(), minutes="x.txt")
    assert check(quarterly, *built, other.build()).verdict.value == "pass"
    assert check(quarterly, *built, other.build(without="minutes")).verdict.value == "not_evaluated"
    assert check(quarterly, *built, other.but(minutes="66.txt").build()).verdict.value == "fail"


def test_a_tie_of_a_term_that_was_over_is_none_of_who_determines() -> None:
    managed = made(BodyMember, "ida-2024", **IDA.but(started_at=before(days=900), ties=("management",)).facts)
    assert _verdict(independent, SAT, JOAN, IDA, managed.but(ended_at=before(days=100))) == "pass"
    assert _verdict(independent, SAT, JOAN, IDA, managed.but(ended_at=before(days=98))) == "fail"


@pytest.mark.parametrize("name", ["Joan Chair", "the board"])
def test_a_signature_without_an_address_is_unknown(name: str) -> None:
    assert _verdict(minuted, MEETING.but(signed_by=name), JOAN, IDA) == "not_evaluated"


def test_minutes_that_are_not_due_are_pending() -> None:
    new = MEETING.but(held_at=before(days=9), signed_at=None, signed_by=None)
    assert check(minuted, *(each.build() for each in (new, JOAN, IDA))).pending == 1


def test_somebody_of_the_company_may_sign_a_determination() -> None:
    by_ann = JOAN.but(determined_by="ann@acme.example")
    assert _verdict(independent, SAT, by_ann, IDA, ANN) == "pass"
    gone = ANN.but(spells=(Spell(started_at=before(days=999), ended_at=before(days=100)),))
    assert _verdict(independent, SAT, by_ann, IDA, gone) == "fail"


@pytest.mark.parametrize("name", ["Joan Chair", "CHAIR, Joan M.", "J. Chair"])
def test_a_member_with_the_name_of_an_employee_is_unknown(name: str) -> None:
    employee = ANN.but(name=name, email="jc@acme.example")
    assert _verdict(independent, SAT, JOAN, IDA, employee) == "not_evaluated"


def test_an_employee_of_that_name_who_left_long_ago_says_nothing() -> None:
    spell = Spell(started_at=before(days=2999), ended_at=before(days=90 + 1095))
    former = made(Person, "jc", name="Joan Chair", email="jc@acme.example", active=False, spells=(spell,))
    assert _verdict(independent, SAT, JOAN, IDA, former) == "pass"


def test_an_address_that_may_be_the_members_own_signs_nothing() -> None:
    other = IDA.but(email="jo.an@overseers.example")
    own = JOAN.but(determined_by="jo.an@overseers.example")
    assert _verdict(independent, SAT.but(attendees=("joan@overseers.example",)), own, other) == "not_evaluated"


def test_a_company_says_which_ties_it_allows() -> None:
    held = IDA.but(determined_at=before(days=99), determined_by="joan@overseers.example", determination="ida.txt")
    alone = SAT.but(attendees=("ida@fund.example",))
    assert _verdict(independent, alone, JOAN, held) == "fail"
    assert _verdict(independent, alone, JOAN, held, allowed_ties=("shareholder",)) == "pass"


def test_two_independent_members_may_be_asked_for() -> None:
    second = made(
        BodyMember, "max", **{**JOAN.facts, "name": "Max Outside", "email": "max@x.example"}
    )  # fmt: skip
    both = SAT.but(attendees=("joan@overseers.example", "max@x.example", "MAX@x.example"))
    assert _verdict(independent, both, JOAN, IDA, independent=2) == "fail"
    assert _verdict(independent, both, JOAN, IDA, second, independent=2) == "pass"
    assert _verdict(independent, both, JOAN, IDA, second, independent=3) == "fail"


def test_an_earlier_term_counts_for_its_own_meetings() -> None:
    earlier = JOAN.but(started_at=before(days=800), ended_at=before(days=99), determined_at=before(days=460))
    before_that = made(BodyMember, "joan-2025", **earlier.facts)
    old = SAT.but(held_at=before(days=100))
    ida = IDA.but(started_at=before(days=800))
    assert _verdict(independent, old, JOAN, ida, before_that) == "pass"
    assert _verdict(independent, old, JOAN, ida) == "fail"


def test_of_two_terms_of_a_time_the_last_determination_counts() -> None:
    tied = made(BodyMember, "joan-2", **JOAN.but(ties=("supplier",), determined_at=before(days=95)).facts)
    alone = SAT.but(attendees=("joan@overseers.example",))
    assert _verdict(independent, alone, JOAN, tied, IDA) == "fail"
    assert _verdict(independent, alone, JOAN, tied, IDA, allowed_ties=("supplier",)) == "pass"


@pytest.mark.parametrize("days", [99, 150])
def test_terms_of_a_time_that_disagree_show_nothing(days: int) -> None:
    tied = made(BodyMember, "joan-2", **JOAN.but(ties=("supplier",), determined_at=before(days=days)).facts)
    alone = SAT.but(attendees=("joan@overseers.example",))
    assert _verdict(independent, alone, JOAN, tied, IDA) == "not_evaluated"
