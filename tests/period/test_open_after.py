"""A moment that is told later, and that snapshots of after it contradict: it is named, in the notes and in the row."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from soc2test.listing.outcomes import Outcomes

from .half_year import HalfYear, at

FIRST, LAST = date(2026, 3, 2), date(2026, 3, 10)
LEFT = "2026-03-05 10:00"


@pytest.fixture
def company(tmp_path: Path) -> HalfYear:
    made = HalfYear(tmp_path)
    made.promise("limits: {OWN-02: {hours: 48}}")
    return made


def record(company: HalfYear, days: range, removed: str | None, *, hour: int = 3) -> None:
    moment = at(removed).isoformat() if removed else None
    rows = [{"id": "ann", "left_at": at(LEFT).isoformat(), "removed_at": moment}]
    company.export("cloud", "one", "leavers", rows)
    company.record(*(at(f"2026-03-{day:02} {hour:02}:00") for day in days))


def told(company: HalfYear, control: str = "OWN-02") -> tuple[str, str, list[str]]:
    """The verdict, what the list says of the row, and the notes."""
    found = company.evaluate(FIRST, LAST)
    result, (member,) = found.results[control], found.members[control]
    marks: dict[Any, str] = {member.key: member.mark} if member.mark else {}
    assert result.period is not None
    row, _ = Outcomes(result, over_all=False, marks=marks).of(*member.key)
    return result.verdict.value, row, [*result.period.notes]


def test_records_that_show_it_open_after_the_moment_told_since_are_named(company: HalfYear) -> None:
    record(company, range(1, 8), None)
    record(company, range(8, 12), "2026-03-05 11:00")
    verdict, row, notes = told(company)
    assert (verdict, row) == ("pass", "passed (seen open after it)")
    assert notes == [
        "a moment is told that earlier snapshots contradict: Leaver(ann): removed_at is 2026-03-05 10:00, seen open "
        "after that in records 6 to 7, told since record 8"
    ]


def test_so_it_is_of_a_register(company: HalfYear) -> None:
    row = {"id": "t", "detected_at": at("2026-03-05 10:00").isoformat(), "severity": "low", "answered_at": None}
    company.export("book", "own", "tickets", [row])
    company.record(*(at(f"2026-03-{day:02} 03:00") for day in range(1, 7)))
    company.export("book", "own", "tickets", [{**row, "answered_at": at("2026-03-05 10:30").isoformat()}])
    company.record(*(at(f"2026-03-{day:02} 03:00") for day in range(7, 12)))
    _, said, (note,) = told(company, "OWN-05")
    assert said == "passed (seen open after it)"
    assert "Ticket(t): answered_at is 2026-03-05 09:30, seen open after that in record 6, told since record 7" in note


def test_one_that_is_told_taken_away_and_told_again_is_named(company: HalfYear) -> None:
    record(company, range(1, 7), "2026-03-05 11:00")
    record(company, range(7, 8), None)
    record(company, range(8, 12), "2026-03-05 11:00")
    (note,) = told(company)[2]
    assert "seen open after that in record 7, told since record 8" in note


def test_it_stands_where_both_are_so_beside_what_was_seen_late(company: HalfYear) -> None:
    company.export("cloud", "one", "leavers", [])
    company.record(*(at(f"2026-02-{day:02} 03:00") for day in (20, 27)))
    rows = [{"id": "ann", "left_at": at("2026-03-02 10:00").isoformat(), "removed_at": None}]
    company.record(*(at(f"2026-03-{day:02} 03:00") for day in range(3, 12)))
    company.export("cloud", "one", "leavers", rows)
    company.record(at("2026-03-12 03:00"))
    removed = at("2026-03-03 10:00").isoformat()
    company.export("cloud", "one", "leavers", [{**rows[0], "removed_at": removed}])
    company.record(at("2026-03-13 03:00"))
    found = company.evaluate(FIRST, LAST)
    (member,) = found.members["OWN-02"]
    assert member.mark == "first seen late, seen open after it"


@pytest.mark.parametrize("removed", ["2026-03-07 03:30", "2026-03-07 02:30", "2026-03-07 01:00"])
def test_one_that_came_after_the_last_that_shows_it_open_is_contradicted_by_none(
    company: HalfYear, removed: str
) -> None:
    """An export takes its time, and what is told as a day (midnight, UTC) may have come until its end."""
    record(company, range(1, 8), None)
    record(company, range(8, 12), removed)
    assert told(company)[1:] == ("passed", [])


def test_an_export_of_before_it_that_was_recorded_after_it_contradicts_nothing(company: HalfYear) -> None:
    record(company, range(1, 6), None)
    company.record_late(at("2026-03-05 10:30"), at("2026-03-06 03:00"))
    record(company, range(7, 12), "2026-03-05 11:00")
    assert told(company)[1:] == ("passed", [])
