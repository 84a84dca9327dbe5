"""Days of ours by what shows them: each in exactly one of three, whatever reports and letters overlap."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soc2test.run_subservice import SubserviceDays
from soc2test.subservice.days import Part, Shown, Span, days_shown, months_after, year_up_to

EC2, S3 = Part("EC2", "eu", "CC6.4"), Part("S3", "eu", "CC6.4")
ALL = frozenset({EC2, S3})
HALF_YEAR = Span(date(2026, 1, 1), date(2026, 6, 30))


def span(first: str, last: str) -> Span:
    return Span(date.fromisoformat(first), date.fromisoformat(last))


def shown(first: str, last: str, parts: frozenset[Part] = ALL) -> Shown:
    return Shown(span=span(first, last), parts=parts)


def counts(days: SubserviceDays) -> tuple[int, int, int]:
    return days.covered, days.by_letter, days.by_nothing


def test_the_days_of_a_report_of_a_letter_and_of_neither() -> None:
    found = days_shown(HALF_YEAR, ALL, [shown("2025-04-01", "2026-03-31")], [shown("2026-04-01", "2026-06-15")])
    assert counts(found) == (90, 76, 15)
    assert [(one.first, one.last, one.days) for one in found.covered_on] == [("2026-01-01", "2026-03-31", 90)]
    assert [(one.first, one.last, one.days) for one in found.by_letter_on] == [("2026-04-01", "2026-06-15", 76)]
    assert [(one.first, one.last, one.days) for one in found.by_nothing_on] == [("2026-06-16", "2026-06-30", 15)]


def test_reports_that_overlap_count_once() -> None:
    reports = [shown("2025-04-01", "2026-03-31"), shown("2026-02-01", "2026-04-30"), shown("2026-02-01", "2026-02-28")]
    found = days_shown(HALF_YEAR, ALL, reports, [shown("2026-02-01", "2026-05-10")])
    assert counts(found) == (120, 10, 51)
    assert [one.days for one in found.covered_on] == [120]


def test_what_a_report_leaves_out_is_not_covered_by_it() -> None:
    one, other = shown("2025-04-01", "2026-06-30", frozenset({EC2})), shown("2026-03-01", "2026-06-30", frozenset({S3}))
    assert counts(days_shown(HALF_YEAR, ALL, [one], [])) == (0, 0, 181)
    assert counts(days_shown(HALF_YEAR, ALL, [one, other], [])) == (122, 0, 59)  # both together are about all


def test_a_report_for_one_half_and_a_letter_for_the_other_are_no_more_than_a_letter() -> None:
    report, letter = shown("2026-01-01", "2026-06-30", frozenset({EC2})), shown("2026-01-01", "2026-06-30")
    assert counts(days_shown(HALF_YEAR, ALL, [report], [letter])) == (0, 181, 0)
    rest = shown("2026-01-01", "2026-03-31", frozenset({S3}))
    assert counts(days_shown(HALF_YEAR, ALL, [report], [rest])) == (0, 90, 91)


def test_nothing_that_rests_on_it_is_covered_by_nothing() -> None:
    assert counts(days_shown(HALF_YEAR, frozenset(), [shown("2026-01-01", "2026-06-30")], [])) == (0, 0, 181)


DAYS = st.integers(-20, 60).map(lambda days: date(2026, 1, 1) + timedelta(days=days))
SHOWN = st.builds(
    lambda first, length, parts: Shown(span=Span(first, first + timedelta(days=length)), parts=frozenset(parts)),
    DAYS,
    st.integers(-2, 40),
    st.sets(st.sampled_from([EC2, S3])),
)


@given(st.lists(SHOWN, max_size=4), st.lists(SHOWN, max_size=3))
def test_each_day_is_what_it_would_be_alone(reports: list[Shown], letters: list[Shown]) -> None:
    ours = span("2026-01-01", "2026-02-10")
    found = days_shown(ours, ALL, reports, letters)
    alone = [days_shown(Span(day, day), ALL, reports, letters) for day in _each(ours)]
    assert counts(found) == tuple(map(sum, zip(*map(counts, alone), strict=True)))
    assert sum(counts(found)) == found.days == 41
    for stretches, count in (
        (found.covered_on, found.covered),
        (found.by_letter_on, found.by_letter),
        (found.by_nothing_on, found.by_nothing),
    ):
        assert sum(one.days for one in stretches) == count


def _each(ours: Span) -> list[date]:
    return [ours.first + timedelta(days=days) for days in range(ours.days)]


@pytest.mark.parametrize(
    ("day", "months", "after"),
    [
        ("2026-03-31", 3, "2026-06-30"),
        ("2026-06-30", 3, "2026-09-30"),
        ("2025-11-30", 3, "2026-02-28"),
        ("2025-11-15", 3, "2026-02-15"),
        ("2026-01-30", 1, "2026-02-28"),
        ("2026-03-31", 0, "2026-03-31"),
        ("2028-02-29", -12, "2027-02-28"),
        ("2026-11-20", -12, "2025-11-20"),
    ],
)
def test_months_are_counted_by_the_calendar(day: str, months: int, after: str) -> None:
    assert months_after(date.fromisoformat(day), months) == date.fromisoformat(after)


@pytest.mark.parametrize(
    ("day", "first", "days"), [("2026-11-20", "2025-11-21", 365), ("2028-02-29", "2027-03-01", 366)]
)
def test_a_moment_asks_of_the_year_up_to_it(day: str, first: str, days: int) -> None:
    year = year_up_to(date.fromisoformat(day))
    assert (year.first.isoformat(), year.last.isoformat(), year.days) == (first, day, days)
