"""A test of single performances or events that fails where there is none (`on_empty="fail"`): its days are told."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from soc2test.verdicts import ControlResult

from .half_year import POLICY, HalfYear, at, days

FIRST, LAST = date(2026, 3, 2), date(2026, 3, 31)
SINGLE = '''

@control(
    "OWN-30", criteria=["CC7.4"], nature="{nature}", operates="yearly", dated="done_at", limits={{"days": 365}},
    looser={{"days": "higher"}}, on_empty="fail",
    where=lambda exercise, limits, as_of: as_of - timedelta(days=limits.days) <= exercise.done_at <= as_of,
)
def test_each_exercise_of_the_year_was_led(exercise: Exercise) -> None:
    """There was an exercise within the year, and somebody led it."""
    assert exercise.id != "nobody", "nobody led it"
'''
EMPTY = "the population is complete and empty: there is no Exercise that the control applies to"


def company_of(folder: Path, nature: str = "occurrence") -> HalfYear:
    made = HalfYear(folder)
    made.write("policies/checks.py", POLICY + SINGLE.format(nature=nature))
    return made


def held(*moments: str) -> list[dict[str, Any]]:
    return [{"id": f"R-{text[:10]}", "done_at": at(text).isoformat()} for text in moments]


def record(company: HalfYear, first: str, last: str, *moments: str, every: int = 1) -> None:
    """Snapshots of these days, whose register has exercises of these moments."""
    company.export("book", "own", "exercises", held(*moments))
    company.record(*days(first, last, every=every))


def over(company: HalfYear) -> ControlResult:
    return company.evaluate(FIRST, LAST).results["OWN-30"]


@pytest.mark.parametrize(
    ("nature", "begins"), [("occurrence", f"not performed when due, 2026-03-10: {EMPTY}"), ("event", EMPTY)]
)
def test_days_without_any_are_a_deviation_though_a_later_snapshot_lists_one(
    tmp_path: Path, nature: str, begins: str
) -> None:
    company = company_of(tmp_path, nature)
    record(company, "2026-03-01", "2026-03-19", "2025-03-10 15:00")
    record(company, "2026-03-20", "2026-04-01", "2025-03-10 15:00", "2026-03-19 15:00")
    result = over(company)
    assert (result.verdict, result.population, result.passed, result.deviations) == ("fail", 1, 1, 0)
    assert result.period is not None
    assert result.period.as_a_whole == (
        f"{begins} (after 2026-03-10 02:00 UTC, by 2026-03-11 02:00 UTC in record 11, until 2026-03-20 02:00 UTC: holds)"
    )
    assert result.by_source["book"].verdict == "fail"


def test_the_days_are_those_that_a_test_of_all_of_them_tells(tmp_path: Path) -> None:
    company = company_of(tmp_path)
    record(company, "2026-03-01", "2026-03-19", "2025-03-10 15:00")
    record(company, "2026-03-20", "2026-04-01", "2025-03-10 15:00", "2026-03-19 15:00")
    found = company.evaluate(FIRST, LAST).results
    told = [found[id].period for id in ("OWN-30", "OWN-04")]
    spans = [[(each.after, each.by, each.until) for each in one.noted] for one in told if one is not None]
    assert len(spans) == 2
    assert spans[0] == spans[1]


def test_one_that_came_in_time_leaves_nothing_noted(tmp_path: Path) -> None:
    company = company_of(tmp_path)
    record(company, "2026-03-01", "2026-03-09", "2025-03-10 15:00")
    record(company, "2026-03-10", "2026-04-01", "2025-03-10 15:00", "2026-03-09 15:00")
    result = over(company)
    assert (result.verdict, result.population, result.passed) == ("pass", 1, 1)
    assert result.period is not None
    assert (result.period.noted, result.period.as_a_whole) == ((), "")


def test_what_is_entered_after_the_period_takes_back_no_day_without_any(tmp_path: Path) -> None:
    company = company_of(tmp_path)
    record(company, "2026-03-01", "2026-04-01")
    record(company, "2026-04-02", "2026-04-03", "2026-03-26 15:00")
    result = over(company)
    assert (result.verdict, result.population) == ("fail", 1)
    assert result.period is not None
    assert "until 2026-04-02 01:00 UTC: holds" in result.period.as_a_whole


def test_it_is_open_where_none_came(tmp_path: Path) -> None:
    company = company_of(tmp_path)
    record(company, "2026-03-01", "2026-04-01", "2025-03-10 15:00")
    result = over(company)
    assert (result.verdict, result.population, result.deviations) == ("fail", 0, 0)
    assert result.period is not None
    assert result.period.as_a_whole.endswith("in record 11, open)")


def test_a_list_that_was_not_seen_is_none_without_any(tmp_path: Path) -> None:
    company = company_of(tmp_path)
    record(company, "2026-03-01", "2026-03-09", "2025-06-10 15:00", "2026-03-05 15:00")
    company.export("book", "own", "exercises", None)
    company.record(*days("2026-03-10", "2026-03-12"))
    record(company, "2026-03-13", "2026-04-01", "2025-06-10 15:00", "2026-03-05 15:00")
    result = over(company)
    assert (result.verdict, result.period is not None and result.period.noted) == ("pass", ())


def test_days_of_a_gap_are_not_bridged_to_a_snapshot_of_after_it_that_shows_none(tmp_path: Path) -> None:
    company = company_of(tmp_path)
    record(company, "2026-03-01", "2026-03-27", "2025-03-29 15:00", "2025-03-28 15:00")
    record(company, "2026-04-02", "2026-04-03", "2025-03-29 15:00", "2025-03-28 15:00")
    result = over(company)
    assert result.verdict == "not_evaluated"
    assert result.period is not None
    assert [(each.first, each.last) for each in result.period.not_evidenced] == [("2026-03-28", "2026-03-31")]
    assert any(note.startswith("not bridged: 2026-03-28 to 2026-03-31") for note in result.period.notes)


@pytest.mark.parametrize(("second", "verdict"), [("2026-03-25 15:00", "not_evaluated"), ("2026-03-03 15:00", "pass")])
def test_a_register_tells_of_days_since_the_oldest_that_it_lists(tmp_path: Path, second: str, verdict: str) -> None:
    company = company_of(tmp_path)
    record(company, "2026-03-01", "2026-03-05", "2025-03-10 15:00", *([second] if second < "2026-03-05" else []))
    record(company, "2026-03-27", "2026-04-01", "2025-03-10 15:00", second)
    result = over(company)
    assert (result.verdict, result.population) == (verdict, 1)


def sentence_of(company: HalfYear) -> str:
    over_all = over(company).period
    assert over_all is not None
    return over_all.sentence


def test_one_of_before_the_period_that_counts_in_it_makes_it_not_due(tmp_path: Path) -> None:
    company = company_of(tmp_path)
    record(company, "2026-03-01", "2026-04-01", "2025-08-09 15:00", "2025-07-09 15:00", "2026-04-01 01:00", every=3)
    result = over(company)
    assert (result.verdict, result.population, result.passed) == ("no_occurrences", 0, 0)
    assert sentence_of(company) == (
        "not due: last performed on 2025-08-09, before the period; its operation was not tested"
    )


def test_it_says_that_it_was_entered_long_after_its_day(tmp_path: Path) -> None:
    company = company_of(tmp_path)
    record(company, "2026-03-01", "2026-03-13", "2025-04-09 15:00", every=3)
    record(company, "2026-03-16", "2026-04-01", "2025-04-09 15:00", "2025-08-09 15:00", every=3)
    assert sentence_of(company) == (
        "not due: last performed on 2025-08-09, before the period, first seen late (of 2025-08-09: not in record 1 of "
        "2026-03-01, in record 6 of 2026-03-16); its operation was not tested"
    )


@pytest.mark.parametrize("nature", ["event", "occurrence"])
def test_one_of_before_that_deviates_or_is_an_event_makes_nothing_not_due(tmp_path: Path, nature: str) -> None:
    company = company_of(tmp_path, nature)
    id = "nobody" if nature == "occurrence" else "R-1"
    company.export("book", "own", "exercises", [{"id": id, "done_at": at("2025-08-09 15:00").isoformat()}])
    company.record(*days("2026-03-01", "2026-04-01", every=3))
    assert over(company).verdict == "not_evaluated"


def test_one_of_the_period_that_is_entered_after_it_is_first_seen_late(tmp_path: Path) -> None:
    company = company_of(tmp_path)
    record(company, "2026-03-01", "2026-04-01", "2025-08-09 15:00", every=3)
    record(company, "2026-04-02", "2026-04-04", "2025-08-09 15:00", "2026-03-27 15:00")
    assert sentence_of(company) == (
        "performed on 2026-03-27, 1 of them first seen late (of 2026-03-27: not in record 10 of 2026-03-28, in record "
        "13 of 2026-04-02); 10 of 30 days observed"
    )


@pytest.mark.parametrize("nature", ["event", "occurrence"])
def test_one_that_was_planned_and_is_withdrawn_is_none_and_one_that_was_held_is(tmp_path: Path, nature: str) -> None:
    company = company_of(tmp_path, nature)
    company.write(
        "policies/checks.py",
        (company.root / "policies/checks.py")
        .read_text()
        .replace(" <= exercise.done_at <= as_of", " <= exercise.done_at"),
    )
    record(company, "2026-03-01", "2026-03-10", "2026-03-05 15:00", "2026-03-20 15:00", "2026-03-25 15:00")
    record(company, "2026-03-11", "2026-04-01", "2026-03-05 15:00", "2026-03-25 15:00")
    result = over(company)
    assert (result.verdict, result.population, result.passed) == ("pass", 2, 2)
    assert result.period is not None
    assert result.period.notes == (
        "told before its day, and in the population no more when it came: Exercise(R-2026-03-20) of 2026-03-20 in "
        "record 10",
    )
