"""A control that deviates as a whole for some days: no member does, and yet its text and its days are told."""

from datetime import date
from pathlib import Path

import pytest

from soc2test.verdicts import ControlResult

from .half_year import POLICY, HalfYear, days

FIRST, LAST = date(2026, 3, 2), date(2026, 3, 8)
OVER_ALL = '''
from soc2test import deviation


@control("OWN-21", criteria=["CC6.1"], nature="state")
def test_not_all_are_public(buckets: Population[Bucket]) -> None:
    """Not all are public."""
    public = [bucket for bucket in buckets if bucket.public]
    for bucket in public:
        if bucket.id == "named":
            deviation(bucket, "is named")
    assert len(public) < 2, "too many are public"
'''
WHOLE = (
    "too many are public (after 2026-03-03 02:00 UTC, by 2026-03-04 02:00 UTC in record 4, until 2026-03-06 02:00 UTC: "
    "holds)"
)


@pytest.fixture
def company(tmp_path: Path) -> HalfYear:
    made = HalfYear(tmp_path)
    made.write("policies/checks.py", POLICY + OVER_ALL)
    return made


def told(company: HalfYear, *ids: str) -> ControlResult:
    for moment in days("2026-03-01", "2026-03-09", every=1):
        items = [{"id": id, "public": moment.day in (4, 5)} for id in ids]
        company.export("cloud", "one", "buckets", items)
        company.record(moment)
    return company.evaluate(FIRST, LAST).results["OWN-21"]


def test_its_text_and_days_are_told_and_no_member_is_counted_for_it(company: HalfYear) -> None:
    result = told(company, "a", "b")
    assert (result.verdict, result.population, result.deviations) == ("fail", 2, 0)
    assert result.period is not None
    assert result.period.sentence == "deviations noted (the control as a whole; 7 of 7 days observed)"
    assert result.period.as_a_whole == WHOLE
    assert result.reason is not None
    assert result.reason.text == WHOLE
    assert result.by_source["cloud"].verdict == "fail"


def test_it_stands_beside_what_deviates_of_members(company: HalfYear) -> None:
    result = told(company, "a", "named")
    assert (result.verdict, result.population, result.deviations) == ("fail", 2, 1)
    assert result.period is not None
    assert result.period.sentence == (
        "deviations noted (the control as a whole, and 1 of 2, whole population; 7 of 7 days observed)"
    )
    assert result.period.as_a_whole == WHOLE
    assert [each.resource for each in result.findings] == ["named"]


def test_where_it_holds_throughout_nothing_is_told_of_it(company: HalfYear) -> None:
    result = told(company, "a")
    assert result.period is not None
    assert (result.verdict, result.period.as_a_whole, result.by_source["cloud"].verdict) == ("pass", "", "pass")
