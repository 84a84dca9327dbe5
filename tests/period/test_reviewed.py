"""What a reviewer found to be green over a period, or told for more than was evidenced."""

from pathlib import Path
from typing import Any

import pytest

from soc2test.exceptions.judge import InForce
from soc2test.period.promised import throughout
from soc2test.run import AsOf
from soc2test.verdicts import ControlResult

from .half_year import HOURS, HalfYear, at, days
from .test_events import WEEKS, Leavers, outcomes, ticket
from .test_noted_then import noted
from .test_occurrences import done, due


@pytest.fixture
def company(tmp_path: Path) -> HalfYear:
    return HalfYear(tmp_path)


SHUT = {"id": "logs", "public": False}


def test_a_quarter_is_not_shown_in_the_hours_in_which_utc_is_in_another_one(company: HalfYear) -> None:
    rows = done("2025-12-03 09:00", "2026-05-05 09:00")
    for month in range(1, 8):
        for day in (1, 8, 15, 22):
            moment = at(f"2026-{month:02}-{day:02} 00:30")
            seen = [row for row in rows if row["done_at"] <= moment.isoformat()]
            company.export("book", "own", "reviews", seen)
            company.record(moment)
    assert due(company.result("OWN-03")) == {"Q1 2026": "not_performed", "Q2 2026": "performed"}


def test_an_undated_export_that_is_recorded_later_shows_no_earlier_day(company: HalfYear) -> None:
    company.export("cloud", "one", "buckets", [SHUT])
    company.record(*days("2026-01-01", "2026-02-28", every=7), *days("2026-05-01", "2026-06-30", every=7))
    for path in ("exports/manifest.yaml",):
        (company.root / path).unlink()
    for moment in days("2026-03-01", "2026-04-30", every=7):
        company.record_as(moment, at("2026-07-10 09:00"), AsOf(moment, "option"))
    result = company.result("OWN-01")
    assert (result.verdict, result.reason and result.reason.code) == ("not_evaluated", "not_evidenced")


@pytest.mark.parametrize(
    "others", [[], [ticket(detected="2026-02-07 09:00", hours=1) | {"id": "INC-2"}]], ids=["alone", "beside"]
)
def test_a_pending_event_that_vanishes_is_told_by_nobody(company: HalfYear, others: list[dict[str, Any]]) -> None:
    company.record(*WEEKS[:14])
    company.export("book", "own", "tickets", [ticket(hours=None), *others])
    company.record(at("2026-04-07 10:00"))
    company.export("book", "own", "tickets", others)
    company.record(*WEEKS[14:])
    result = company.result("OWN-05")
    assert (result.verdict, outcomes(result), result.pending) == ("not_evaluated", {"INC-1": "unknown"}, 0)
    assert result.findings[0].message == (
        "its limit ended 2026-04-07 11:00 UTC, and no snapshot after record 15 tells of it"
    )


def leaver(company: HalfYear) -> Leavers:
    leavers = Leavers(company)
    leavers.leaves("march", "2026-03-10 09:00", 40)
    return leavers


def test_a_late_record_loosens_no_limit(company: HalfYear) -> None:
    leaver(company).record(*WEEKS)
    company.promise("")
    company.record_late(at("2026-03-06 03:00"), at("2026-06-30 22:00"), results=noted(at("2026-03-06 03:00")))
    assert outcomes(company.result("OWN-02")) == {"march": "deviation"}


def test_a_limit_that_is_loosened_later_on_the_day_of_an_event_is_not_its_own(company: HalfYear) -> None:
    leavers = Leavers(company)
    leavers.leaves("on the day", "2026-03-12 02:00", 40)
    leavers.record(*[moment for moment in WEEKS if moment < at("2026-03-12 00:00")])
    company.promise("")
    leavers.record(at("2026-03-12 22:00"), *[moment for moment in WEEKS if moment > at("2026-03-13 00:00")])
    assert outcomes(company.result("OWN-02")) == {"on the day": "deviation"}
    assert HOURS


def test_a_severity_that_was_raised_and_lowered_again_is_judged_by_the_highest(company: HalfYear) -> None:
    for moment, severity, hours in (("2026-04-07 09:10", "low", None), ("2026-04-07 10:00", "high", None)):
        company.export("book", "own", "tickets", [ticket(severity, hours=hours)])
        company.record(at(moment))
    company.export("book", "own", "tickets", [ticket("low", hours=20)])
    company.record(*WEEKS[14:])
    result = company.result("OWN-05")
    assert outcomes(result) == {"INC-1": "deviation"}
    assert result.period is not None
    assert "severity was high (record 2) and is low" in result.period.notes[1]


def test_a_date_that_is_moved_there_and_back_leaves_the_period_no_event(company: HalfYear) -> None:
    for moments, detected in (
        (WEEKS[:10], "2025-12-20 09:00"),
        (WEEKS[10:14], "2026-03-10 09:00"),
        (WEEKS[14:], "2025-12-21 09:00"),
    ):
        company.export("book", "own", "tickets", [ticket(detected=detected, hours=90)])
        company.record(*moments)
    assert outcomes(company.result("OWN-05")) == {"INC-1": "deviation"}


def test_days_on_which_there_was_nothing_to_test_are_not_observed(company: HalfYear) -> None:
    company.export("cloud", "one", "buckets", [])
    company.record(*WEEKS[:-1])
    company.export("cloud", "one", "buckets", [SHUT])
    company.record(at("2026-06-30 20:00"))
    result = company.result("OWN-01")
    assert result.period is not None
    assert (result.verdict, result.period.observed) == ("not_evaluated", 1)


def test_a_hole_in_the_numbers_of_records_is_a_problem(company: HalfYear) -> None:
    company.export("cloud", "one", "buckets", [SHUT])
    company.record(*WEEKS)
    for number in (5, 6, 9):
        company.store.objects.delete(f"records/{number:010}.json")
    found = company.evaluate()
    gone = (
        "not in the store any more, with all that was noted there: records 5 to 6 (`soc2test store check`)",
        "not in the store any more, with all that was noted there: record 9 (`soc2test store check`)",
    )
    assert found.problems[:2] == gone
    told = found.results["OWN-01"].period
    assert told is not None
    assert told.lacking[:2] == gone, "a day of a record that was taken away is no night without a run"


def test_what_a_run_noted_counts_though_its_snapshot_can_not_be_tested_any_more(company: HalfYear) -> None:
    company.export("cloud", "one", "buckets", [SHUT])
    company.record(*WEEKS[:9])
    company.promise("limits: {GONE-01: {days: 3}}")
    company.record_late(WEEKS[9], WEEKS[9], results=noted(WEEKS[9], "logs"))
    company.promise()
    company.record(*WEEKS[10:])
    found = company.evaluate()
    assert outcomes(found.results["OWN-01"]) == {"logs": "deviation"}
    assert any("record 10 is not evaluated" in problem for problem in found.problems)


def test_what_was_missed_in_the_last_days_is_not_said_to_be_not_due(company: HalfYear) -> None:
    company.export("book", "own", "exercises", done("2025-06-27 09:00"))
    company.record(*[moment for moment in WEEKS if moment < at("2026-06-26 00:00")], at("2026-07-02 03:00"))
    result = company.result("OWN-04")
    assert result.verdict == "not_evaluated"
    assert result.reason is not None
    assert "it may have fallen due in the last days of the period" in result.reason.text


def test_months_that_are_not_over_are_not_due(company: HalfYear) -> None:
    company.export("book", "own", "reviews", done(*[f"2026-{month:02}-15 09:00" for month in range(1, 7)]))
    company.record(*WEEKS, at("2026-07-02 03:00"))
    result = company.result("OWN-06", now=at("2026-07-03 00:00"), last=at("2026-12-31 00:00").date())
    assert len(due(result)) == 6


def exempt(result: ControlResult) -> tuple[int, int, int]:
    return result.population, result.exempt, result.exempt_deviations


def test_what_is_exempt_is_counted_and_ends_no_interval(company: HalfYear) -> None:
    people = "\n".join(
        f"  - {{name: {name} x, email: {name}@own.example, employment: employee, role: chief, manager_email: null, "
        "started_at: 2020-01-01, active: true}"
        for name in ("ada", "bob")
    )
    entry = (
        "exemptions:\n  - {id: EX-1, test: OWN-01, resources: [logs], reason: The bucket serves the public site of ours, "
        "owner: ada@own.example, approver: bob@own.example, since: 2026-02-05, review_by: 2026-12-31}\n"
    )
    company.export("cloud", "one", "buckets", [{"id": "logs", "public": True}, {"id": "web", "public": False}])
    for number, moment in enumerate(WEEKS):
        company.write(
            "exports/registers/people.yaml", f"register: people\nas_of: {moment:%Y-%m-%d}\nentries:\n{people}"
        )
        company.write("exemptions.yaml", entry if 6 <= number < 12 else "exemptions: []\n")
        company.record(moment)
    result = company.result("OWN-01")
    assert result.period is not None
    assert [(each.until, each.recurred) for each in result.period.noted] == [(None, False)]
    assert " deviate" not in result.period.sentence  # it is one of the two that are counted
    assert result.period.sentence.endswith("; 1 of those counted exempt on some of the days")
    assert exempt(result) == (2, 0, 0)  # it deviated before and after, and is a member
    later = company.result("OWN-01", first=WEEKS[7].date(), last=WEEKS[11].date(), until=WEEKS[11].date())
    assert exempt(later)[1:] == (1, 1)


def test_what_is_taken_out_in_the_newest_snapshot_alone_is_taken_out_of_none_of_it() -> None:
    before, now = InForce(limits={}), InForce(limits={}, not_relevant={"P1.1": "no personal data"})
    assert throughout([before, now]).not_relevant == {}
    assert throughout([now, now]).not_relevant == now.not_relevant


def test_an_event_whose_own_day_breaks_is_left_out_of_no_period(company: HalfYear) -> None:
    text = (company.root / "policies/checks.py").read_text("utf-8")
    broken = text.replace(
        'dated="left_at", limits={"hours": 72}', 'dated=lambda leaver: leaver.left_at.nothing, limits={"hours": 72}'
    )
    assert broken != text
    company.write("policies/checks.py", broken)
    leavers = Leavers(company)
    leavers.leaves("whenever", "2025-03-10 09:00", 400)
    leavers.record(*WEEKS)
    assert outcomes(company.result("OWN-02")) == {"whenever": "deviation"}
