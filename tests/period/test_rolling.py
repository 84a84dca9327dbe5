"""A performance that is due within a span of the moment: what happened in the period is its population, and only that."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from soc2test.listing.outcomes import Outcomes

from .half_year import HalfYear, at, days

FIRST, LAST, UNTIL = date(2026, 3, 1), date(2026, 3, 31), date(2026, 4, 10)
BEFORE = "2025-08-09 15:00"


@pytest.fixture
def company(tmp_path: Path) -> HalfYear:
    return HalfYear(tmp_path)


def record(company: HalfYear, first: str, last: str, *moments: str, every: int = 2) -> None:
    """Snapshots of these days, whose register has exercises of these moments."""
    rows = [{"id": f"R-{text[:10]}", "done_at": at(text).isoformat()} for text in moments]
    company.export("book", "own", "exercises", rows)
    company.record(*days(first, last, every=every))


def found(company: HalfYear) -> tuple[str, str, dict[str, str]]:
    """The verdict, the sentence, and the rows of its list with their outcomes."""
    over = company.evaluate(FIRST, LAST, until=UNTIL)
    result, members = over.results["OWN-04"], over.members["OWN-04"]
    assert result.period is not None
    told: Any = Outcomes(result, over_all=False, marks={each.key: each.mark for each in members if each.mark})
    rows = {each.key[1]: told.of(*each.key)[0] for each in members}
    assert (result.population, result.passed) == (len(rows), sum(text.startswith("passed") for text in rows.values()))
    assert all(each.resource is not None for each in members)
    return result.verdict.value, result.period.sentence, rows


def test_one_of_the_period_that_is_entered_after_it_is_performed_and_first_seen_late(company: HalfYear) -> None:
    record(company, "2026-02-28", "2026-04-01", BEFORE)
    record(company, "2026-04-02", "2026-04-06", BEFORE, "2026-03-27 15:00")
    assert found(company) == (
        "pass",
        "performed on 2026-03-27, 1 of them first seen late (of 2026-03-27: not in record 15 of 2026-03-28, in record "
        "18 of 2026-04-02); 15 of 31 days observed",
        {"R-2026-03-27": "passed (first seen late)"},
    )


def test_as_of_a_day_on_which_nobody_had_entered_it_it_was_not_due(company: HalfYear) -> None:
    record(company, "2026-02-28", "2026-04-01", BEFORE)
    assert found(company) == (
        "no_occurrences",
        "not due: last performed on 2025-08-09, before the period; its operation was not tested",
        {},
    )


def test_one_that_is_entered_later_stands_beside_one_that_was_seen(company: HalfYear) -> None:
    record(company, "2026-02-28", "2026-03-03", BEFORE)
    record(company, "2026-03-05", "2026-04-01", BEFORE, "2026-03-04 15:00")
    record(company, "2026-04-02", "2026-04-06", BEFORE, "2026-03-04 15:00", "2026-03-27 15:00")
    verdict, sentence, rows = found(company)
    assert (verdict, rows) == ("pass", {"R-2026-03-04": "passed", "R-2026-03-27": "passed (first seen late)"})
    assert sentence.startswith("performed on 2026-03-04, 2026-03-27, 1 of them first seen late (of 2026-03-27: not in")


def test_what_lapsed_after_the_last_snapshot_passes_by_the_row_that_was_entered_later(company: HalfYear) -> None:
    record(company, "2026-02-28", "2026-03-28", "2025-03-29 15:00")
    record(company, "2026-04-02", "2026-04-06", "2025-03-29 15:00", "2026-03-26 15:00")
    verdict, _, rows = found(company)
    assert (verdict, rows) == ("pass", {"R-2026-03-26": "passed (first seen late)"})


def test_one_that_is_dated_out_of_the_period_later_stays_its_member(company: HalfYear) -> None:
    def dated(text: str, first: str, last: str) -> None:
        rows = [{"id": "R-1", "done_at": at(BEFORE).isoformat()}, {"id": "E", "done_at": at(text).isoformat()}]
        company.export("book", "own", "exercises", rows)
        company.record(*days(first, last, every=2))

    dated("2026-03-04 15:00", "2026-02-28", "2026-03-11")
    dated("2025-12-04 15:00", "2026-03-13", "2026-04-06")
    verdict, _, rows = found(company)
    assert (verdict, rows) == ("pass", {"E": "passed"})


def test_one_that_is_entered_long_after_its_day_is_first_seen_late(company: HalfYear) -> None:
    record(company, "2026-02-28", "2026-03-16", BEFORE)
    record(company, "2026-03-18", "2026-04-06", BEFORE, "2026-03-04 15:00")
    assert found(company) == (
        "pass",
        "performed on 2026-03-04, 1 of them first seen late (of 2026-03-04: not in record 4 of 2026-03-06, in record "
        "10 of 2026-03-18); 15 of 31 days observed",
        {"R-2026-03-04": "passed (first seen late)"},
    )


def test_one_that_is_entered_within_days_is_not_late(company: HalfYear) -> None:
    record(company, "2026-02-28", "2026-03-06", BEFORE)
    record(company, "2026-03-08", "2026-04-06", BEFORE, "2026-03-04 15:00")
    assert found(company) == (
        "pass", "performed on 2026-03-04; 15 of 31 days observed", {"R-2026-03-04": "passed"}
    )  # fmt: skip


def test_one_of_before_the_period_that_is_entered_long_after_its_day_is_so_too(company: HalfYear) -> None:
    record(company, "2026-02-28", "2026-03-16", "2025-04-09 15:00")
    record(company, "2026-03-18", "2026-04-06", "2025-04-09 15:00", BEFORE)
    assert found(company) == (
        "no_occurrences",
        "not due: last performed on 2025-08-09, before the period, first seen late (of 2025-08-09: not in record 1 of "
        "2026-02-28, in record 10 of 2026-03-18); its operation was not tested",
        {},
    )


def test_a_row_that_is_dated_anew_is_first_seen_when_it_is(company: HalfYear) -> None:
    for text, first, last in (("2025-04-09", "2026-02-28", "2026-03-16"), ("2025-08-09", "2026-03-18", "2026-04-06")):
        company.export("book", "own", "exercises", [{"id": "E", "done_at": at(f"{text} 15:00").isoformat()}])
        company.record(*days(first, last, every=2))
    _, sentence, _ = found(company)
    assert (
        "last performed on 2025-08-09, before the period, first seen late (of 2025-08-09: not in record 1" in sentence
    )


@pytest.mark.parametrize("real", ["2026-03-04 15:00", ""])
def test_what_was_planned_and_is_withdrawn_before_its_day_is_none(company: HalfYear, real: str) -> None:
    held = [real] if real else []
    record(company, "2026-02-28", "2026-03-16", BEFORE, *held, "2026-03-26 15:00")
    record(company, "2026-03-18", "2026-04-06", BEFORE, *held)
    verdict, _, rows = found(company)
    expected = ("pass", {"R-2026-03-04": "passed"}) if real else ("no_occurrences", {})
    assert (verdict, rows) == expected


def test_what_was_planned_and_was_held_is_performed(company: HalfYear) -> None:
    record(company, "2026-02-28", "2026-04-06", BEFORE, "2026-03-26 15:00")
    assert found(company)[2] == {"R-2026-03-26": "passed"}


def test_what_was_planned_in_the_first_snapshot_and_held_before_the_period_is_the_last_one(company: HalfYear) -> None:
    record(company, "2026-02-28", "2026-04-06", BEFORE, "2026-02-28 15:00")
    verdict, sentence, _ = found(company)
    assert (verdict, sentence.partition(",")[0]) == ("no_occurrences", "not due: last performed on 2026-02-28")


def why(company: HalfYear) -> str:
    result = company.evaluate(FIRST, LAST, until=UNTIL).results["OWN-04"]
    assert (result.verdict, result.period is not None) == ("fail", True)
    return result.period.as_a_whole if result.period is not None else ""


def test_one_that_was_taken_out_fell_due_on_no_day(company: HalfYear) -> None:
    record(company, "2026-02-28", "2026-03-16", BEFORE, "2025-02-09 15:00")
    record(company, "2026-03-18", "2026-04-06", "2025-02-09 15:00")
    assert why(company).startswith(
        "no performance is shown any more since 2026-03-16 to 2026-03-18, when Exercise(R-2025-08-09) of 2025-08-09 was "
        "taken out: no exercise within the year"
    )


def test_one_that_lapsed_fell_due_though_an_older_one_was_taken_out(company: HalfYear) -> None:
    record(company, "2026-02-28", "2026-03-16", "2025-03-17 15:00", "2025-02-09 15:00")
    record(company, "2026-03-18", "2026-04-06", "2025-03-17 15:00")
    assert why(company).startswith("not performed when due, 2026-03-16 to 2026-03-18: no exercise within the year")
