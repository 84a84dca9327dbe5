"""Evidence that might be older for a part of a period: told with its days, its clause and who approved it then."""

from datetime import date
from pathlib import Path

import pytest

from soc2test.coverage.causes import causes
from soc2test.coverage.statuses import status_of
from soc2test.reports.left_out import left_out
from soc2test.verdicts import ControlResult

from .half_year import POLICY, SOC2, HalfYear, days
from .test_waivers import keep_people, people

FIRST, LAST = date(2026, 3, 2), date(2026, 3, 12)
CLAUSE = 'max_age: {{value: 90d, clause: "Access policy, section 4", approved_by: bob@own.example}}'
OF_BOTH = (
    POLICY
    + '''

@control("OWN-20", criteria=["CC6.1"], nature="state")
def test_reviews_were_held(bucket: Bucket, reviews: Population[Review]) -> None:
    """Somebody reviewed something."""
    assert any_of(reviews, lambda review: review.done_at is not None), "no review"
'''
)


@pytest.fixture
def company(tmp_path: Path) -> HalfYear:
    made = HalfYear(tmp_path)
    made.write("policies/checks.py", OF_BOTH)
    made.write("people.txt", people())
    made.export("cloud", "one", "buckets", [{"id": "web", "public": False}])
    made.export("book", "own", "reviews", [{"id": "R-1", "done_at": "2026-01-15T09:00:00Z"}])
    return made


def record(company: HalfYear, first: str, last: str, *, older: bool) -> None:
    assert "book: {{accounts: [own]}}" in SOC2
    more = SOC2.replace("book: {{accounts: [own]}}", f"book: {{{{accounts: [own], {CLAUSE}}}}}") if older else SOC2
    company.write("soc2.yaml", more.format(more="", accounts="[one]"))
    for moment in days(first, last):
        keep_people(company, moment)
        company.record(moment)


def told(result: ControlResult) -> list[tuple[str, str, str]]:
    assert result.period is not None
    return [(each.name, each.first, each.last) for each in result.period.looser]


def test_it_is_told_of_the_tests_that_look_at_the_source_and_leaves_their_criteria_partial(company: HalfYear) -> None:
    record(company, "2026-03-01", "2026-03-05", older=True)
    record(company, "2026-03-06", "2026-03-13", older=False)
    results = company.evaluate(FIRST, LAST).results
    result = results["OWN-20"]
    assert (result.verdict, told(result)) == ("pass", [("max_age of book", "2026-03-02", "2026-03-05")])
    assert told(results["OWN-01"]) == []
    assert status_of([result]) == "no_deviations_partial"
    assert causes([result], {}) == (
        "OWN-20: limit max_age of book 90d, looser than the tool default 7d, from 2026-03-02 to 2026-03-05",
    )


def test_the_reports_name_the_clause_and_who_approved_it(company: HalfYear) -> None:
    record(company, "2026-03-01", "2026-03-05", older=False)
    record(company, "2026-03-06", "2026-03-13", older=True)
    result = company.evaluate(FIRST, LAST).results["OWN-20"]
    (line,) = left_out(type("Run", (), {"controls": (result,), "ages": ()})())
    assert line == (
        "OWN-20",
        "limit max_age of book was 90d, looser than the tool default 7d, from 2026-03-06 to 2026-03-12; evidence of "
        "these days might be so old",
        "Access policy, section 4",
        "approved by bob@own.example",
    )


@pytest.mark.parametrize("older", [True, False])
def test_what_is_so_on_all_days_stands_as_the_end_has_it(company: HalfYear, *, older: bool) -> None:
    record(company, "2026-03-01", "2026-03-13", older=older)
    found = company.evaluate(FIRST, LAST)
    assert told(found.results["OWN-20"]) == []
    assert [age.source for age in found.loaded.ages.longer] == (["book"] if older else [])
