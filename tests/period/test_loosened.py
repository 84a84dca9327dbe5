"""Limits that were looser for a part of a period: told with who approved them then, and what they judged."""

from pathlib import Path

import pytest

from soc2test.coverage.causes import causes
from soc2test.coverage.statuses import status_of
from soc2test.reports.left_out import left_out
from soc2test.reports.view import limit_text
from soc2test.run import AsOf
from soc2test.verdicts import ControlResult, LooserDays

from .half_year import HalfYear, at, days
from .test_events import Leavers
from .test_waivers import keep_people, people

LOOSER = 'limits: {OWN-02: {hours: {value: 96, clause: "Access policy, section 4", approved_by: bob@own.example}}}'


@pytest.fixture
def company(tmp_path: Path) -> HalfYear:
    company = HalfYear(tmp_path)
    company.write("people.txt", people())
    return company


@pytest.fixture
def leavers(company: HalfYear) -> Leavers:
    """Three who kept their access for 80 hours, of whom one left while 96 were allowed, and one on its first day."""
    company.promise("")
    leavers = Leavers(company)
    leavers.leaves("april", "2026-04-14 09:00", 80)
    leavers.leaves("first day", "2026-04-01 09:00", 60)
    leavers.leaves("june", "2026-06-09 09:00", 40)
    record(company, leavers, "2026-01-01", "2026-03-31")
    company.promise(LOOSER)
    record(company, leavers, "2026-04-01", "2026-05-31")
    company.promise("")
    record(company, leavers, "2026-06-01", "2026-06-30")
    return leavers


def record(company: HalfYear, leavers: Leavers, first: str, last: str) -> None:
    for moment in days(first, last, every=3):
        keep_people(company, moment)
        leavers.record(moment)


def looser(result: ControlResult) -> LooserDays:
    assert result.period is not None
    (then,) = result.period.looser
    return then


@pytest.mark.usefixtures("leavers")
def test_it_is_told_with_its_days_its_approver_and_the_events_that_it_judged(company: HalfYear) -> None:
    result = company.result("OWN-02")
    assert (result.verdict, result.limits["hours"].value) == ("pass", 72)
    then = looser(result)
    assert (then.name, then.first, then.last, then.judged) == ("hours", "2026-04-01", "2026-05-31", ("april",))
    assert (then.limit.value, then.limit.looser, then.limit.tool_default) == (96, True, 72)
    assert (then.limit.clause, then.limit.approved_by) == ("Access policy, section 4", "bob@own.example")


@pytest.mark.usefixtures("leavers")
def test_it_stands_where_a_looser_limit_of_the_end_stands(company: HalfYear) -> None:
    result = company.result("OWN-02")
    (told,) = left_out(type("Run", (), {"controls": (result,), "ages": ()})())
    assert told.what == (
        "limit hours was 96, looser than the tool default 72, 1.3 times as far, from 2026-04-01 to 2026-05-31; "
        "1 event judged by it: april"
    )
    assert (told.why, told.who) == ("Access policy, section 4", "approved by bob@own.example")
    assert causes([result], {}) == (
        "OWN-02: limit hours 96, looser than the tool default 72 (1.3 times), from 2026-04-01 to 2026-05-31",
    )
    assert status_of([result]) == "no_deviations_partial"
    assert limit_text(result) == [
        "hours 72 (tool default)",
        "hours 96 (LOOSER than the tool default 72, 1.3 times as far; by Access policy, section 4, approved by "
        "bob@own.example) from 2026-04-01 to 2026-05-31",
    ]


@pytest.mark.usefixtures("leavers")
def test_a_period_in_which_it_was_not_in_force_tells_nothing_of_it(company: HalfYear) -> None:
    first, last = at("2026-06-10 00:00").date(), at("2026-06-30 00:00").date()
    result = company.result("OWN-02", first=first, last=last)
    assert result.period is not None
    assert result.period.looser == ()
    early = company.result("OWN-02", first=at("2026-02-01 00:00").date(), last=at("2026-03-20 00:00").date())
    assert early.period is not None
    assert (early.period.looser, early.period.notes) == ((), ())


def test_limits_that_a_late_snapshot_says_change_nothing_and_are_named(company: HalfYear) -> None:
    company.promise("")
    leavers = Leavers(company)
    leavers.leaves("april", "2026-04-14 09:00", 80)
    record(company, leavers, "2026-04-01", "2026-04-22")
    company.promise(LOOSER)
    late = at("2026-04-23 03:00")
    company.write("exports/manifest.yaml", "collected_at: 2026-04-23T01:00:00Z\n")
    company.record_as(late, at("2026-04-25 01:00"), AsOf(late, "option"))
    company.promise("")
    record(company, leavers, "2026-04-25", "2026-04-30")
    first, last = at("2026-04-01 00:00").date(), at("2026-04-30 00:00").date()
    result = company.result("OWN-02", first=first, last=last)
    assert (result.verdict, result.period and result.period.looser) == ("fail", ())
    assert result.period is not None
    assert [each for each in result.period.notes if "late" in each] == [
        "record 9 was recorded late: its limits (hours 96, not 72) were not in force on its day and change nothing"
    ]


def test_one_that_stays_loose_is_told_from_its_first_day_with_what_it_judged(company: HalfYear) -> None:
    company.promise("")
    leavers = Leavers(company)
    leavers.leaves("march", "2026-03-10 09:00", 40)
    leavers.leaves("april", "2026-04-14 09:00", 80)
    record(company, leavers, "2026-01-01", "2026-03-31")
    company.promise(LOOSER)
    record(company, leavers, "2026-04-01", "2026-06-30")
    result = company.result("OWN-02")
    assert (result.verdict, result.limits["hours"].value) == ("pass", 96)
    then = looser(result)
    assert (then.first, then.last, then.judged) == ("2026-04-01", "2026-06-30", ("april",))
    assert (then.limit.clause, then.limit.approved_by) == ("Access policy, section 4", "bob@own.example")
    told = [each.what for each in left_out(type("Run", (), {"controls": (result,), "ages": ()})())]
    assert told[1].endswith("from 2026-04-01 to 2026-06-30; 1 event judged by it: april")
    late = company.result("OWN-02", first=at("2026-04-01 00:00").date())
    assert late.period is not None
    assert late.period.looser == ()  # it was so on all of its days, and the end tells it


def test_one_that_comes_in_two_steps_is_told_for_each(company: HalfYear) -> None:
    company.promise("")
    leavers = Leavers(company)
    leavers.leaves("april", "2026-04-14 09:00", 80)
    leavers.leaves("may", "2026-05-12 09:00", 100)
    record(company, leavers, "2026-01-01", "2026-03-31")
    company.promise(LOOSER)
    record(company, leavers, "2026-04-01", "2026-04-30")
    company.promise(LOOSER.replace("96", "120"))
    record(company, leavers, "2026-05-01", "2026-06-30")
    result = company.result("OWN-02")
    assert result.period is not None
    assert [(each.limit.value, each.first, each.last, each.judged) for each in result.period.looser] == [
        (96, "2026-04-01", "2026-04-30", ("april",)),
        (120, "2026-05-01", "2026-06-30", ("may",)),
    ]
