"""Quarters and months whose rows change: seen late, taken out of the register, dated anew, forgotten by a system."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from soc2test.verdicts import ControlResult

from .half_year import HalfYear, at
from .test_occurrences import WEEKS, done, due, record, said


@pytest.fixture
def company(tmp_path: Path) -> HalfYear:
    return HalfYear(tmp_path)


def monthly(*months: int) -> list[dict[str, Any]]:
    return done(*(f"2026-{month:02}-15 09:00" for month in months))


GONE = "taken out of the register: "
MOVED = "dated otherwise than before: "
FEBRUARY = {"first": date(2026, 2, 1), "last": date(2026, 4, 30), "until": date(2026, 5, 31)}
"""three months, asked in May"""


def over_three_months(company: HalfYear, rows: dict[str, list[dict[str, Any]] | None]) -> ControlResult:
    record(company, "reviews", rows, at("2026-05-30 00:00"))
    return company.result("OWN-06", **FEBRUARY)


def test_a_month_that_is_first_seen_late_is_so_where_another_one_is_missing(company: HalfYear) -> None:
    result = over_three_months(
        company, {"2026-01-01": monthly(1), "2026-04-01": monthly(1, 3), "2026-05-01": monthly(1, 2, 3)}
    )
    assert due(result) == {"2026-02": "first_seen_late", "2026-03": "performed", "2026-04": "not_performed"}
    assert result.period is not None
    assert result.period.due[0].text == "not in record 10 of 2026-03-05, in record 19 of 2026-05-07"
    assert result.period.sentence.startswith("performed 2 of 3 times that were due, 1 of them first seen late")


def test_a_row_that_was_taken_out_is_named_where_another_month_is_missing(company: HalfYear) -> None:
    result = over_three_months(
        company, {"2026-01-01": monthly(1, 2), "2026-04-01": monthly(1, 2, 3), "2026-05-01": monthly(1, 2)}
    )
    assert due(result) == {"2026-02": "performed", "2026-03": "performed", "2026-04": "not_performed"}
    assert result.period is not None
    assert result.period.due[1].text == (
        "shown by record 14; record 19 does not show it any more: edited after the fact, performed all the same"
    )
    assert said(result, GONE) == [
        f"{GONE}Review(R-2026-03-15) of 2026-03-15: in record 18, not in record 19 of 2026-05-07"
    ]


def test_a_row_that_was_taken_out_of_before_the_newest_month_fails_nothing_and_is_named(company: HalfYear) -> None:
    result = over_three_months(
        company, {"2026-01-01": monthly(1, 2), "2026-04-01": monthly(1, 2, 3), "2026-05-01": monthly(1, 2, 4)}
    )
    assert set(due(result).values()) == {"performed"}
    assert result.verdict == "pass"
    assert result.period is not None
    assert "edited after the fact, performed all the same" in result.period.due[1].text
    assert len(said(result, GONE)) == 1


def test_one_row_that_is_dated_anew_each_month_is_no_performance_of_each(company: HalfYear) -> None:
    def row(month: int) -> list[dict[str, Any]]:
        return [*monthly(1), {"id": "R-1", "done_at": at(f"2026-{month:02}-15 09:00").isoformat()}]

    result = over_three_months(
        company, {"2026-01-01": row(1), "2026-03-01": row(2), "2026-04-01": row(3), "2026-05-01": row(4)}
    )
    assert result.verdict == "fail"
    assert result.period is not None
    assert result.period.sentence.startswith("not performed as a whole: no review in 2026-03")
    assert (
        "; record 14 dates Review(R-1) 2026-03-15, and shows no other: edited after the fact"
        in result.period.due[0].text
    )
    assert said(result, MOVED) == [f"{MOVED}Review(R-1) of 2026-01-15: of 2026-04-15 by record 10 of 2026-03-05"]


def test_what_fails_together_for_another_reason_fails_though_a_row_was_taken_out(tmp_path: Path) -> None:
    company = HalfYear(tmp_path)
    policy = (company.root / "policies/checks.py").read_text()
    begun = (
        "    end = as_of.replace(day=1, hour=0, minute=0, second=0, microsecond=0)\n    for _ in range(limits.months):"
    )
    distinct = '    assert limits.months == 1 or len(reviews) > 5, "two months rest on one review"\n'
    assert begun in policy
    company.write("policies/checks.py", policy.replace(begun, distinct + begun))
    result = over_three_months(
        company, {"2026-01-01": monthly(1, 2), "2026-04-01": monthly(1, 3), "2026-05-01": monthly(1, 3, 4)}
    )
    assert (result.verdict, result.reason and result.reason.code) == ("fail", "together")


SYSTEM = '''

@control(
    "OWN-08", criteria=["CC4.1"], nature="occurrence", operates="monthly", dated="left_at", limits={"months": 3},
    looser={"months": "lower"}, on_empty="fail",
)
def test_somebody_leaves_each_month(leavers: Population[Leaver], limits: Any, as_of: datetime) -> None:
    """Somebody leaves in each month."""
    end = as_of.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    for _ in range(limits.months):
        begin = (end - timedelta(days=1)).replace(day=1)
        assert any_of(leavers, lambda leaver, a=begin, b=end: a <= leaver.left_at < b), f"nobody in {begin:%Y-%m}"
        end = begin
'''


def test_what_a_systems_list_forgets_by_itself_was_taken_out_by_nobody(tmp_path: Path) -> None:
    company = HalfYear(tmp_path)
    company.write("policies/checks.py", (company.root / "policies/checks.py").read_text() + SYSTEM)

    def left(*months: int) -> list[dict[str, Any]]:
        return [{"id": each["id"], "left_at": each["done_at"], "removed_at": None} for each in monthly(*months)]

    for until, shown in (("2026-03-01", (1, 2)), ("2026-04-01", (1, 2, 3)), ("2026-06-01", (3, 4))):
        company.export("cloud", "one", "leavers", left(*shown))
        begun = {"2026-03-01": "2026-01-01", "2026-04-01": "2026-03-01", "2026-06-01": "2026-04-01"}[until]
        company.record(*(moment for moment in WEEKS if at(f"{begun} 00:00") <= moment < at(f"{until} 00:00")))
    result = company.result("OWN-08", **FEBRUARY)
    assert result.period is not None
    assert set(due(result).values()) == {"performed"}
    assert not any("edited after the fact" in each.text for each in result.period.due)
    assert said(result, GONE) == []
    company.export("cloud", "one", "leavers", left(1, 3, 4))
    company.record(at("2026-05-30 03:00"))
    assert said(company.result("OWN-08", **FEBRUARY), GONE) == [
        f"{GONE}Leaver(R-2026-02-15) of 2026-02-15: in record 13, not in record 23 of 2026-05-30"
    ]
