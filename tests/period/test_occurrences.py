"""Performances over a period: each quarter and month that ends in it by itself; a yearly one that was not due."""

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from soc2test.listing.outcomes import Outcomes
from soc2test.period.calendar import Period, units_of
from soc2test.verdicts import ControlResult

from .half_year import BERLIN, HalfYear, at

WEEKS = [at("2026-01-01 03:00") + timedelta(days=7 * n) for n in range(29)]


@pytest.fixture
def company(tmp_path: Path) -> HalfYear:
    return HalfYear(tmp_path)


def done(*moments: str) -> list[dict[str, Any]]:
    return [{"id": f"R-{text[:10]}", "done_at": at(text).isoformat()} for text in moments]


def record(company: HalfYear, name: str, rows: dict[str, list[dict[str, Any]] | None], until: datetime) -> None:
    """Record each week; from each day on the register holds these rows, None: it is missing."""
    for moment in WEEKS:
        if moment <= until:
            since = [day for day in rows if at(f"{day} 00:00") <= moment]
            company.export("book", "own", name, rows[since[-1]])
            company.record(moment)


def due(result: ControlResult) -> dict[str, str]:
    assert result.period is not None
    return {each.unit: each.status for each in result.period.due}


EARLIER = ("2025-03-03 09:00", "2025-06-03 09:00", "2025-09-03 09:00", "2025-12-03 09:00")
LATER = at("2026-07-16 04:00")


@pytest.mark.parametrize(
    ("first", "last", "quarters", "months"),
    [
        ("2026-01-01", "2026-06-30", ["Q1 2026", "Q2 2026"], 6),
        ("2025-12-31", "2026-03-30", ["Q4 2025"], 3),
        ("2026-02-01", "2026-02-27", [], 0),
        ("2024-02-01", "2024-02-29", [], 1),
    ],
)
def test_units_are_due_where_their_last_day_lies(first: str, last: str, quarters: list[str], months: int) -> None:
    period = Period(first=date.fromisoformat(first), last=date.fromisoformat(last), zone=BERLIN)
    assert [unit.name for unit in units_of(period, 3)] == quarters
    assert len(units_of(period, 1)) == months


def test_each_quarter_is_asked_by_itself(company: HalfYear) -> None:
    rows = {"2026-01-01": done(*EARLIER), "2026-02-10": done(*EARLIER, "2026-02-09 09:00")}
    late = done(*EARLIER, "2026-02-09 09:00", "2026-07-09 09:00")
    record(company, "reviews", {**rows, "2026-07-09": late}, LATER)
    result = company.result("OWN-03")
    assert due(result) == {"Q1 2026": "performed", "Q2 2026": "not_performed"}
    assert (result.verdict, result.population, result.deviations) == ("fail", 2, 1)
    assert result.findings[0].message == (
        "not performed, due 2026-06-30: no review in the quarter that began 2026-04-01"
    )


def test_what_was_missed_before_the_period_is_none_of_it(company: HalfYear) -> None:
    record(company, "reviews", {"2026-01-01": done("2026-02-09 09:00", "2026-04-09 09:00")}, LATER)
    result = company.result("OWN-03")
    assert (result.verdict, due(result)) == ("pass", {"Q1 2026": "performed", "Q2 2026": "performed"})


def test_a_row_that_is_taken_out_of_the_register_later_stays_performed_and_is_said(company: HalfYear) -> None:
    seen = done(*EARLIER, "2026-02-09 09:00")
    record(
        company,
        "reviews",
        {"2026-01-01": seen, "2026-06-01": done(*EARLIER), "2026-06-20": done(*EARLIER, "2026-06-15 09:00")},
        LATER,
    )
    result = company.result("OWN-03")
    assert due(result) == {"Q1 2026": "performed", "Q2 2026": "performed"}
    assert result.period is not None
    assert "does not show it any more: edited after the fact, performed all the same" in result.period.due[0].text


def test_a_performance_that_grows_old_was_edited_by_nobody(company: HalfYear) -> None:
    policy = (company.root / "policies/checks.py").read_text()
    wanted = '        end = begin\n\n\n@control(\n    "OWN-04"'
    assert policy.count(wanted) == 1
    lately = '    assert any_of(reviews, lambda review: review.done_at >= as_of - timedelta(days=92)), "none lately"\n'
    company.write("policies/checks.py", policy.replace(wanted, wanted.replace("\n\n\n", f"\n{lately}\n\n", 1)))
    record(company, "reviews", {"2026-01-01": done(*EARLIER, "2026-02-09 09:00")}, LATER)
    result = company.result("OWN-03")
    assert result.period is not None
    first = result.period.due[0]
    assert (first.status, first.text) == (
        "performed",
        "shown by record 14; record 20, which shows the same rows, says: none lately",
    )


def test_a_month_whose_export_is_missing_is_not_evidenced_and_one_that_is_seen_late_is_performed(
    company: HalfYear,
) -> None:
    months = [f"2026-{month:02}-15 09:00" for month in range(1, 7)]
    without_april = [text for text in months if "-04-" not in text]
    rows: dict[str, list[dict[str, Any]] | None] = {"2026-01-01": done(*without_april)}
    record(company, "reviews", {**rows, "2026-06-10": done(*months)}, LATER)
    result = company.result("OWN-06")
    assert [unit for unit, status in due(result).items() if status != "performed"] == ["2026-04"]
    assert result.period is not None
    april = next(each for each in result.period.due if each.unit == "2026-04")
    assert (april.status, april.text) == (
        "first_seen_late", "not in record 19 of 2026-05-07, in record 24 of 2026-06-11",
    )  # fmt: skip
    assert result.verdict == "pass"
    assert result.period.sentence == (
        "performed 6 of 6 times that were due, 1 of them first seen late "
        "(2026-04: not in record 19 of 2026-05-07, in record 24 of 2026-06-11)"
    )
    outcomes = Outcomes(result, over_all=False)
    assert outcomes.of("Review", "2026-04")[0] == "passed (first seen late)"
    assert outcomes.of("Review", "2026-03")[0] == "passed"
    assert "2026-04" in outcomes.named


def test_the_row_of_a_month_names_the_record_and_the_rows_by_which_it_was_performed(company: HalfYear) -> None:
    months = [f"2026-{month:02}-15 09:00" for month in range(1, 6)]
    record(company, "reviews", {"2026-01-01": done(*months)}, LATER)
    rows = {each.key[1]: (each.mark, each.when) for each in company.evaluate().members["OWN-06"]}
    assert rows["2026-01"] == ("", "shown by record 6 of 2026-02-05: Review(R-2026-01-15)")
    assert rows["2026-06"] == ("", "")


def test_a_shorter_period_tells_of_a_month_what_the_same_snapshots_tell_of_a_longer_one(company: HalfYear) -> None:
    months = [f"2026-{month:02}-15 09:00" for month in range(1, 7)]
    rows: dict[str, list[dict[str, Any]] | None] = {"2026-01-01": done(*(m for m in months if "-04-" not in m))}
    record(company, "reviews", {**rows, "2026-06-10": done(*months)}, LATER)
    april = []
    for last in (date(2026, 5, 20), date(2026, 6, 30)):
        over = company.result("OWN-06", last=last, until=date(2026, 7, 15)).period
        assert over is not None
        april += [each for each in over.due if each.unit == "2026-04"]
    assert april[0] == april[1]
    assert april[0].status == "first_seen_late"


def test_no_snapshot_since_a_units_end_tells_nothing(company: HalfYear) -> None:
    rows: dict[str, list[dict[str, Any]] | None] = {"2026-01-01": done("2026-01-15 09:00"), "2026-02-20": None}
    record(company, "reviews", rows, LATER)
    result = company.result("OWN-06")
    assert due(result)["2026-01"] == "performed"
    assert {status for unit, status in due(result).items() if unit > "2026-01"} == {"not_evidenced"}
    assert result.verdict == "not_evaluated"


def test_a_yearly_performance_of_before_the_period_was_not_due(company: HalfYear) -> None:
    record(company, "exercises", {"2026-01-01": done("2025-11-04 09:00")}, LATER)
    result = company.result("OWN-04")
    assert (result.verdict, result.reason and result.reason.code) == ("no_occurrences", "not_due")
    assert result.period is not None
    assert (result.population, result.passed) == (0, 0)
    assert (
        result.period.sentence
        == "not due: last performed on 2025-11-04, before the period; its operation was not tested"
    )


def test_days_that_nobody_saw_take_nothing_from_a_performance_that_counts_at_the_end(company: HalfYear) -> None:
    company.export("book", "own", "exercises", done("2025-11-04 09:00"))
    company.record(*WEEKS[:10], *WEEKS[13:])
    result = company.result("OWN-04")
    assert (result.verdict, result.reason and result.reason.code) == ("no_occurrences", "not_due")
    assert result.period is not None
    assert result.period.not_evidenced == ()
    assert [(each.first, each.days) for each in result.period.by_register] == [("2026-03-06", 27)]


def test_days_that_nobody_saw_hide_a_performance_that_was_late(company: HalfYear) -> None:
    company.export("book", "own", "exercises", done("2025-03-10 09:00"))
    company.record(*WEEKS[:10])
    company.export("book", "own", "exercises", done("2025-03-10 09:00", "2026-03-24 09:00"))
    company.record(*WEEKS[13:])
    result = company.result("OWN-04")
    assert result.verdict == "not_evaluated"
    assert result.period is not None
    assert [(each.first, each.days) for each in result.period.not_evidenced] == [("2026-03-06", 27)]


def test_a_yearly_performance_that_fell_due_in_the_period_and_is_absent_is_a_deviation(company: HalfYear) -> None:
    record(company, "exercises", {"2026-01-01": done("2025-04-30 09:00")}, LATER)
    result = company.result("OWN-04")
    assert (result.verdict, result.population, result.passed) == ("fail", 0, 0)  # what was held before is none of it
    assert result.reason is not None
    assert result.reason.text == (
        "not performed when due, 2026-04-30 to 2026-05-07: no exercise within the year "
        "(after 2026-04-30 01:00 UTC, by 2026-05-07 01:00 UTC in record 19, open)"
    )


def test_a_yearly_performance_of_the_period_is_one(company: HalfYear) -> None:
    record(
        company,
        "exercises",
        {"2026-01-01": done("2025-04-30 09:00"), "2026-04-20": done("2025-04-30 09:00", "2026-04-15 09:00")},
        LATER,
    )
    assert company.result("OWN-04").verdict == "pass"


def said(result: ControlResult, begins: str) -> list[str]:
    assert result.period is not None
    return [line for line in (*result.period.notes, *result.period.lacking) if line.startswith(begins)]


ALL = (*EARLIER, "2026-02-09 09:00", "2026-04-09 09:00")
AHEAD, BACK = "told before its day: ", "taken out of the register, and entered again: "
NOT_WHOLE = "not seen whole in "


@pytest.mark.parametrize("control", ["OWN-03", "OWN-04"])
def test_snapshots_that_could_not_tell_are_named_where_all_was_performed(company: HalfYear, control: str) -> None:
    name = {"OWN-03": "reviews", "OWN-04": "exercises"}[control]
    rows: dict[str, list[dict[str, Any]] | None] = {
        "2026-01-01": done(*ALL),
        "2026-04-10": None,
        "2026-05-20": done(*ALL),
    }
    record(company, name, rows, LATER)
    result = company.result(control)
    (line,) = said(result, NOT_WHOLE)
    assert line.startswith("not seen whole in records 16 to 20: ")
    assert name in line


def test_where_each_snapshot_could_tell_nothing_is_named(company: HalfYear) -> None:
    rows = {"2026-01-01": done(*EARLIER), "2026-02-12": done(*ALL[:5]), "2026-04-16": done(*ALL)}
    record(company, "reviews", {**rows}, LATER)
    result = company.result("OWN-03")
    assert result.verdict == "pass"
    assert [*said(result, NOT_WHOLE), *said(result, AHEAD), *said(result, BACK)] == []


def test_a_row_that_is_told_before_its_day_is_named(company: HalfYear) -> None:
    rows = {"2026-01-01": done(*EARLIER), "2026-02-12": done(*ALL[:5]), "2026-03-01": done(*ALL)}
    record(company, "reviews", {**rows}, LATER)
    result = company.result("OWN-03")
    assert result.verdict == "pass"
    assert said(result, AHEAD) == [f"{AHEAD}Review(R-2026-04-09) of 2026-04-09: in record 10 of 2026-03-05"]


@pytest.mark.parametrize("control", ["OWN-03", "OWN-04"])
def test_a_row_that_is_gone_for_a_while_is_named(company: HalfYear, control: str) -> None:
    name, kind = {"OWN-03": ("reviews", "Review"), "OWN-04": ("exercises", "Exercise")}[control]
    without = done(*EARLIER, "2026-04-09 09:00")
    with_all, before = done(*ALL), done(*EARLIER, "2026-02-09 09:00")
    rows: dict[str, list[dict[str, Any]] | None] = {
        "2026-01-01": done(*EARLIER), "2026-02-10": before, "2026-04-10": with_all, "2026-05-01": without,
        "2026-05-20": with_all,
    }  # fmt: skip
    record(company, name, rows, LATER)
    (line,) = said(company.result(control), BACK)
    assert (
        line
        == f"{BACK}{kind}(R-2026-02-09) of 2026-02-09: in record 18, not in record 19 of 2026-05-07, in record 21 again"
    )


def test_a_register_that_could_not_be_read_took_no_row_out(company: HalfYear) -> None:
    rows: dict[str, list[dict[str, Any]] | None] = {
        "2026-01-01": done(*ALL[:5]),
        "2026-04-10": None,
        "2026-05-20": done(*ALL),
    }
    record(company, "reviews", rows, LATER)
    assert said(company.result("OWN-03"), BACK) == []


def test_what_is_not_performed_as_a_whole_is_not_said_to_be_performed(tmp_path: Path) -> None:
    company = HalfYear(tmp_path)
    policy = (company.root / "policies/checks.py").read_text()
    begun = "    month = as_of.month - (as_of.month - 1) % 3\n"
    distinct = '    assert limits.quarters == 1 or len(reviews) < 3, "two quarters rest on one review"\n'
    assert begun in policy
    company.write("policies/checks.py", policy.replace(begun, distinct + begun))
    record(company, "reviews", {"2026-01-01": done(*ALL)}, LATER)
    result = company.result("OWN-03")
    assert result.verdict == "fail"
    assert result.period is not None
    assert result.period.sentence == (
        "not performed as a whole: two quarters rest on one review; each of 2 times that were due is shown by itself"
    )
