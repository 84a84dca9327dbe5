"""A control that soc2.yaml takes out for a part of a period: it is judged over its own days, and nothing reaches back."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from soc2test.coverage.statuses import status_of
from soc2test.run import AsOf
from soc2test.verdicts import ControlPeriod, ControlResult

from .half_year import HOURS, HalfYear, at, days

OPEN = {"id": "logs", "public": True}
SHUT = {"id": "logs", "public": False}
PEOPLE = "\n".join(
    f"  - {{name: {name} x, email: {name}@own.example, employment: employee, role: chief, manager_email: null, "
    "started_at: 2020-01-01, active: true}"
    for name in ("ada", "bob")
)
MORE = '''
from datetime import datetime, timedelta
from typing import Any

from plugins.cloud import Bucket, Exercise, Leaver, Review
from soc2test import Population, any_of, control


@control("OWN-11", criteria=["CC6.1"], nature="state")
def test_a_program_looks_at_buckets(bucket: Bucket) -> None:
    """A program finds no bucket public."""
    assert not bucket.public, "is public"


@control("OWN-12", criteria=["CC6.2"], nature="state")
def test_a_program_looks_at_leavers(leaver: Leaver) -> None:
    """A program looks at leavers."""
    assert leaver.left_at.year > 2000, "left long ago"


@control("OWN-13", criteria=["CC6.3"], nature="state")
def test_a_program_looks_at_reviews(review: Review) -> None:
    """A program looks at reviews."""
    assert review.done_at.year > 2000, "was done long ago"
'''
BY_PROGRAM = {"OWN-01": "OWN-11", "OWN-02": "OWN-12", "OWN-03": "OWN-13"}


@pytest.fixture
def company(tmp_path: Path) -> HalfYear:
    made = HalfYear(tmp_path)
    made.write("policies/more.py", MORE)
    made.export("cloud", "one", "buckets", [SHUT])
    return made


def out(control: str, since: str, approver: str = "bob", form: str = "", reason: str = "a program does it") -> str:
    """soc2.yaml's lines of an entry."""
    form = form or f"replaced_by: [{BY_PROGRAM[control]}]"
    return (
        f"{HOURS}\nnot_applicable: {{{control}: {{{form}, reason: {reason}, owner: ada@own.example, "
        f"approver: {approver}@own.example, since: {since}, review_by: 2026-12-31}}}}"
    )


def people_of(company: HalfYear, day: str) -> None:
    """The register of people of a day, who may approve."""
    company.write("exports/registers/people.yaml", f"register: people\nas_of: {day}\nentries:\n{PEOPLE}\n")


def record(company: HalfYear, *moments: datetime) -> None:
    """Record what lies there on each of these days, with a register of people of that day."""
    for moment in moments:
        people_of(company, f"{moment:%Y-%m-%d}")
        company.record(moment)


def period_of(result: ControlResult) -> ControlPeriod:
    assert result.period is not None
    return result.period


def out_days(result: ControlResult) -> list[tuple[str, str, str]]:
    return [(each.first, each.last, each.by.found) for each in period_of(result).not_applicable]


def test_what_another_test_replaces_is_judged_over_its_own_days(company: HalfYear) -> None:
    record(company, *days("2026-01-01", "2026-04-14", every=1))
    company.promise(out("OWN-01", "2026-04-15"))
    record(company, *days("2026-04-15", "2026-06-30", without=[f"2026-05-{day}" for day in range(10, 26)], every=1))
    found = company.evaluate()
    result = found.results["OWN-01"]
    period = period_of(result)
    assert (result.verdict, period.observed, period.not_evidenced, period.bridged) == ("pass", 104, (), ())
    assert out_days(result) == [("2026-04-15", "2026-06-30", "pass")]
    assert period.sentence == (
        "no deviations noted on the 104 of 104 days observed on which it applied; between snapshots not tested; "
        "not applicable on 77 days (2026-04-15 to 2026-06-30)"
    )
    assert period.notes == (
        "not applicable from 2026-04-15 to 2026-06-30: replaced by OWN-11 (a program does it): approved by "
        "bob@own.example for ada@own.example; evaluated all the same, and what was found is counted for none of it",
    )
    assert "OWN-01" not in found.in_force.scope_outs
    by_program = period_of(found.results["OWN-11"])
    assert by_program.verdict == "not_evidenced"  # who stands in for it lacks the days that nobody saw


def test_the_row_of_its_criterion_says_that_a_test_was_out_for_a_part(company: HalfYear) -> None:
    record(company, *days("2026-01-01", "2026-04-14", every=4))
    company.promise(out("OWN-01", "2026-04-15"))
    record(company, *days("2026-04-15", "2026-06-30", every=4))
    results = company.evaluate().results
    assert status_of([results["OWN-01"], results["OWN-11"]]) == "no_deviations_partial"


def test_what_deviates_while_it_does_not_apply_counts_for_none_of_it_and_is_said(company: HalfYear) -> None:
    record(company, *days("2026-01-01", "2026-04-14"))
    company.promise(out("OWN-01", "2026-04-15"))
    company.export("cloud", "one", "buckets", [OPEN])
    record(company, *days("2026-04-15", "2026-06-30"))
    results = company.evaluate().results
    result = results["OWN-01"]
    assert (result.verdict, result.deviations, period_of(result).noted) == ("pass", 0, ())
    assert out_days(result) == [("2026-04-15", "2026-06-30", "fail")]
    assert period_of(result).notes[0].endswith("counted for none of it: it was fail then")
    assert results["OWN-11"].verdict == "fail"
    assert status_of([result]) == "accepted_deviation"


def test_a_deviation_of_before_stands_and_ends_without_having_been_seen_to_hold(company: HalfYear) -> None:
    company.export("cloud", "one", "buckets", [OPEN])
    record(company, *days("2026-01-01", "2026-04-14"))
    company.promise(out("OWN-01", "2026-04-15"))
    company.export("cloud", "one", "buckets", [SHUT])
    record(company, *days("2026-04-15", "2026-06-30"))
    result = company.result("OWN-01")
    assert (result.verdict, result.deviations) == ("fail", 1)
    (noted,) = period_of(result).noted
    assert (noted.ended, noted.until) == ("not_applicable", "2026-04-15T01:00:00Z")
    assert result.findings[0].message == (
        "is public (by 2026-01-01 02:00 UTC in record 1, until 2026-04-15 01:00 UTC: the control is no longer applicable)"
    )


def test_what_deviates_again_when_it_applies_again_is_a_second_interval_and_had_not_held(company: HalfYear) -> None:
    company.export("cloud", "one", "buckets", [OPEN])
    record(company, *days("2026-01-01", "2026-02-14"))
    company.promise(out("OWN-01", "2026-02-15"))
    record(company, *days("2026-02-15", "2026-03-14"))
    company.promise()
    record(company, *days("2026-03-15", "2026-06-30"))
    first, second = period_of(company.result("OWN-01")).noted
    assert (first.ended, second.by, second.after, second.recurred, second.ended) == (
        "not_applicable", "2026-03-15T02:00:00Z", None, False, "open",
    )  # fmt: skip


def test_an_entry_does_not_reach_back_and_one_that_is_dated_back_neither(company: HalfYear) -> None:
    company.export("cloud", "one", "buckets", [OPEN])
    record(company, *days("2026-01-01", "2026-04-14"))
    company.promise(out("OWN-01", "2026-01-01"))
    record(company, *days("2026-04-15", "2026-06-30"))
    result = company.result("OWN-01")
    assert result.verdict == "fail"
    assert out_days(result) == [("2026-04-15", "2026-06-30", "fail")]


def test_the_days_before_the_first_snapshot_that_shows_an_entry_are_its_own(company: HalfYear) -> None:
    record(company, *days("2026-01-01", "2026-04-04"))
    company.promise(out("OWN-01", "2026-04-05"))
    record(company, *days("2026-04-15", "2026-06-30"))
    result = company.result("OWN-01")
    assert out_days(result) == [("2026-04-15", "2026-06-30", "pass")]
    assert [(each.first, each.last) for each in period_of(result).not_evidenced] == [("2026-04-05", "2026-04-14")]
    assert result.verdict == "not_evaluated"


def test_a_snapshot_that_was_recorded_late_takes_nothing_out(company: HalfYear) -> None:
    record(company, *days("2026-01-01", "2026-03-05", without=["2026-03-03"]))
    company.export("cloud", "one", "buckets", [OPEN])
    company.promise(out("OWN-01", "2026-01-01"))
    people_of(company, "2026-03-03")
    company.write("exports/manifest.yaml", "collected_at: 2026-03-03T01:00:00Z\n")
    company.record_as(at("2026-03-03 03:00"), at("2026-03-05 20:00"), AsOf(at("2026-03-03 03:00"), "option"))
    company.export("cloud", "one", "buckets", [SHUT])
    company.promise()
    record(company, *days("2026-03-06", "2026-06-30"))
    result = company.result("OWN-01")
    assert (out_days(result), result.deviations) == ([], 1)


def test_one_whose_stand_in_was_not_evaluated_takes_nothing_out_that_day(company: HalfYear) -> None:
    record(company, *days("2026-01-01", "2026-04-14", every=1))
    company.promise(out("OWN-01", "2026-04-15"))
    record(company, *days("2026-04-15", "2026-05-31", every=1))
    company.export("cloud", "one", "buckets", None)
    record(company, *days("2026-06-01", "2026-06-10", every=1))
    company.export("cloud", "one", "buckets", [SHUT])
    record(company, *days("2026-06-11", "2026-06-30", every=1))
    result = company.result("OWN-01")
    assert out_days(result) == [("2026-04-15", "2026-05-31", "pass"), ("2026-06-11", "2026-06-30", "pass")]
    assert [(each.first, each.last) for each in period_of(result).not_evidenced] == [("2026-06-01", "2026-06-10")]
    assert result.verdict == "not_evaluated"
    refused = period_of(result).notes[-1]
    (lacking,) = period_of(result).lacking
    assert "OWN-11 is not evaluated in this run, and stands in for nothing" in refused
    assert lacking.startswith("not seen whole in records 152 to 161: export `cloud buckets` as exports/cloud/one/")


def test_one_that_its_owner_approved_takes_nothing_out(company: HalfYear) -> None:
    company.export("cloud", "one", "buckets", [OPEN])
    record(company, *days("2026-01-01", "2026-04-14", every=1))
    company.promise(out("OWN-01", "2026-04-15", approver="ada"))
    record(company, *days("2026-04-15", "2026-06-30", every=1))
    result = company.result("OWN-01")
    assert (out_days(result), period_of(result).observed) == ([], 181)
    assert period_of(result).notes[0].startswith("record 105: it is not taken out: soc2.yaml:")


def test_nobody_knows_that_there_was_nothing_on_days_that_nobody_saw(company: HalfYear) -> None:
    record(company, *days("2026-01-01", "2026-03-31", every=1))
    company.export("cloud", "one", "buckets", [])
    company.promise(out("OWN-01", "2026-04-01", form="no_population: true", reason="we keep no buckets any more"))
    record(company, *days("2026-04-01", "2026-06-30", without=[f"2026-05-{day:02}" for day in range(1, 21)], every=1))
    result = company.result("OWN-01")
    assert out_days(result) == [
        ("2026-04-01", "2026-04-30", "not_evaluated"),
        ("2026-05-21", "2026-06-30", "not_evaluated"),
    ]
    assert [(each.first, each.last) for each in period_of(result).not_evidenced] == [("2026-05-01", "2026-05-20")]


def test_one_that_is_out_throughout_is_that(company: HalfYear) -> None:
    company.export("cloud", "one", "buckets", [OPEN])
    company.promise(out("OWN-01", "2025-12-31"))
    record(company, *days("2026-01-01", "2026-06-30"))
    found = company.evaluate()
    assert found.in_force.scope_outs.keys() == {"OWN-01"}
    assert found.results["OWN-01"].deviations == 1  # what it finds all the same, as in single runs
    assert period_of(found.results["OWN-01"]).not_applicable == ()


def leave(company: HalfYear, **people: tuple[str, str | None]) -> None:
    def text(moment: str | None) -> str | None:
        return None if moment is None else at(moment).astimezone(UTC).isoformat()

    company.export(
        "cloud", "one", "leavers",
        [{"id": name, "left_at": text(left), "removed_at": text(gone)} for name, (left, gone) in people.items()],
    )  # fmt: skip


def test_an_event_is_judged_where_it_happened_while_the_control_applied(company: HalfYear) -> None:
    late = {"before": ("2026-04-14 18:00", "2026-04-17 18:00"), "border": ("2026-04-15 09:00", "2026-04-19 09:00")}
    leave(company, early=("2026-02-01 09:00", "2026-02-01 10:00"))
    record(company, *days("2026-01-01", "2026-04-14"))
    company.promise(out("OWN-02", "2026-04-15"))
    leave(company, early=("2026-02-01 09:00", "2026-02-01 10:00"), **late)
    record(company, *days("2026-04-15", "2026-05-03"))
    leave(
        company, early=("2026-02-01 09:00", "2026-02-01 10:00"), **late,
        beside=("2026-05-04 09:00", "2026-05-09 09:00"),
    )  # fmt: skip
    record(company, *days("2026-05-10", "2026-06-30"))
    result = company.result("OWN-02")
    assert {each.resource for each in result.findings} == {"before", "border"}  # on the first day: perhaps before it
    assert (result.verdict, result.population) == ("fail", 3)
    assert out_days(result) == [("2026-04-15", "2026-06-30", "fail")]


def test_a_quarter_is_due_where_the_control_applied_on_its_last_day(company: HalfYear) -> None:
    company.export(
        "book", "own", "reviews", [{"id": "r1", "done_at": at("2026-03-20 09:00").astimezone(UTC).isoformat()}]
    )
    record(company, *days("2026-01-01", "2026-04-14"))
    company.promise(out("OWN-03", "2026-04-15"))
    record(company, *days("2026-04-15", "2026-06-30"), at("2026-07-02 03:00"))
    result = company.result("OWN-03")
    assert [(each.unit, each.status) for each in period_of(result).due] == [("Q1 2026", "performed")]
    assert result.verdict == "pass"
    assert out_days(result) == [("2026-04-15", "2026-06-30", "fail")]  # the second quarter was not reviewed
    assert period_of(result).sentence == (
        "performed 1 of 1 times that were due; not applicable on 77 days (2026-04-15 to 2026-06-30)"
    )
