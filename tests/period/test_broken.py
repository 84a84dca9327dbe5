"""A control that broke over a snapshot: of what it would have found there no list, count or report says that it passed."""

from datetime import date
from pathlib import Path

import pytest

from soc2test.verdicts import ControlResult

from .half_year import POLICY, HalfYear, days

FIRST, LAST = date(2026, 3, 2), date(2026, 3, 8)
BREAKING = '''

@control("OWN-11", criteria=["CC6.1"], nature="state")
def test_none_is_odd(bucket: Bucket) -> None:
    """None is odd."""
    assert bucket.id != "odd" or not bucket.public or {}["odd"], "is odd"
    assert bucket.id == "odd" or not bucket.public, "is public"


@control("OWN-12", criteria=["CC6.1"], nature="state")
def test_not_all_are_odd(buckets: Population[Bucket]) -> None:
    """Not all are odd."""
    assert not any_of(buckets, lambda bucket: bucket.public) or {}["odd"], "all are"


@control("OWN-13", criteria=["CC7.4"], nature="event", operates="per event", dated="detected_at")
def test_incidents_are_told(ticket: Ticket) -> None:
    """Incidents are told."""
    assert ticket.severity != "odd" or {}["odd"], "is odd"
'''


@pytest.fixture
def company(tmp_path: Path) -> HalfYear:
    made = HalfYear(tmp_path)
    made.write("policies/checks.py", POLICY + BREAKING)
    return made


def record(company: HalfYear, *odd: str, on: str = "2026-03-03") -> None:
    """Some buckets are public in the snapshot of one day."""
    for moment in days("2026-03-01", "2026-03-09", every=1):
        then = odd if f"{moment:%Y-%m-%d}" == on else ()
        items = [{"id": id, "public": id in then} for id in ("odd", "other")]
        company.export("cloud", "one", "buckets", items)
        company.record(moment)


def told(company: HalfYear, control: str) -> ControlResult:
    return company.evaluate(FIRST, LAST).results[control]


def counts(result: ControlResult) -> dict[str, int]:
    names = ("population", "passed", "deviations", "unknown", "errors")
    return {name: getattr(result, name) for name in names if getattr(result, name)}


def test_a_resource_on_which_it_broke_is_in_error_though_later_snapshots_show_it_to_hold(company: HalfYear) -> None:
    record(company, "odd")
    result = told(company, "OWN-11")
    assert (result.verdict, counts(result)) == ("error", {"population": 2, "passed": 1, "errors": 1})
    (finding,) = result.findings
    assert (finding.resource, finding.outcome) == ("odd", "error")
    assert finding.evidence is not None
    assert finding.evidence.startswith("record 3: ")
    assert (result.by_source["cloud"].errors, result.by_source["cloud"].verdict) == (1, "error")


def test_it_is_so_beside_what_deviates_in_the_same_snapshot(company: HalfYear) -> None:
    record(company, "odd", "other")
    result = told(company, "OWN-11")
    assert (result.verdict, counts(result)) == ("fail", {"population": 2, "deviations": 1, "errors": 1})
    assert result.period is not None
    assert result.period.sentence.startswith("deviations noted (1 of 2; not known of 1; ")


def test_over_which_it_broke_before_the_period_or_after_it_is_none_of_its_days(company: HalfYear) -> None:
    record(company, "odd", on="2026-03-09")
    assert (told(company, "OWN-11").verdict, counts(told(company, "OWN-11"))) == (
        "pass",
        {"population": 2, "passed": 2},
    )


def test_of_one_that_broke_as_a_whole_nothing_is_known_of_any(company: HalfYear) -> None:
    record(company, "odd")
    found = company.evaluate(FIRST, LAST)
    result = found.results["OWN-12"]
    assert (result.verdict, counts(result)) == ("error", {"population": 2, "unknown": 2})
    assert result.by_source["cloud"].verdict == "error"
    assert [member.untold for member in found.members["OWN-12"]] == [True, True]


def test_an_event_on_which_it_broke_once_is_in_error(company: HalfYear) -> None:
    for moment in days("2026-03-01", "2026-03-09", every=1):
        severity = "odd" if moment.day == 5 else "low"
        ticket = {"id": "INC-1", "detected_at": "2026-03-04T09:00:00Z", "severity": severity, "answered_at": None}
        company.export("book", "own", "tickets", [ticket] if moment.day > 3 else [])
        company.record(moment)
    result = told(company, "OWN-13")
    assert (result.verdict, counts(result)) == ("error", {"population": 1, "errors": 1})
