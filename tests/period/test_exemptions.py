"""Exemptions over a period: one of some of the days makes nothing pass, and stands with who approved it."""

from datetime import date
from pathlib import Path

import pytest

from soc2test.coverage.causes import causes
from soc2test.coverage.statuses import status_of
from soc2test.listing.outcomes import Outcomes
from soc2test.reports.left_out import left_out
from soc2test.verdicts import ControlResult, ExemptDays, Verdict

from .half_year import HalfYear, days
from .test_waivers import keep_people, people

OPEN, SHUT = {"id": "logs", "public": True}, {"id": "logs", "public": False}
WEB = {"id": "web", "public": False}
ENTRY = (
    "exemptions:\n  - {id: EX-1, test: OWN-01, resources: [logs], reason: It serves the public site of ours, "
    "owner: ada@own.example, approver: bob@own.example, since: 2026-03-02, review_by: 2026-12-31}\n"
)


@pytest.fixture
def company(tmp_path: Path) -> HalfYear:
    company = HalfYear(tmp_path)
    company.write("people.txt", people())
    return company


def record(company: HalfYear, first: str, last: str, entry: str, *buckets: dict[str, object]) -> None:
    company.write("exemptions.yaml", entry)
    company.export("cloud", "one", "buckets", buckets)
    for moment in days(first, last, every=1):
        keep_people(company, moment)
        company.record(moment)


def march(company: HalfYear) -> ControlResult:
    return company.result("OWN-01", first=date(2026, 3, 1), last=date(2026, 3, 31), max_gap_days=20)


def deviating_meanwhile(company: HalfYear, *others: dict[str, object]) -> ControlResult:
    record(company, "2026-03-01", "2026-03-01", "exemptions: []\n", SHUT, *others)
    record(company, "2026-03-02", "2026-03-03", ENTRY, SHUT, *others)
    record(company, "2026-03-04", "2026-03-05", ENTRY, OPEN, *others)
    record(company, "2026-03-06", "2026-03-14", ENTRY, SHUT, *others)
    record(company, "2026-03-15", "2026-03-31", "exemptions: []\n", SHUT, *others)
    return march(company)


def test_what_deviated_while_it_was_exempt_is_exempt_over_the_period_with_days_and_approver(company: HalfYear) -> None:
    result = deviating_meanwhile(company, WEB)
    assert (result.verdict, result.population, result.passed) == ("pass", 1, 1)
    assert (result.exempt, result.exempt_deviations) == (1, 1)
    assert result.period is not None
    assert result.period.exempt == (
        ExemptDays(
            resource="logs",
            kind="Bucket",
            exemption="EX-1",
            first="2026-03-02",
            last="2026-03-14",
            found="deviation",
        ),
    )
    (finding,) = result.findings
    assert (finding.outcome, finding.found) == ("exempt", "deviation")
    assert finding.message == "exempt by EX-1; it deviates: is public (exempt from 2026-03-02 to 2026-03-14 by EX-1)"
    assert finding.evidence is not None
    assert finding.evidence.startswith("record 4: ")
    (entry,) = result.exemptions
    assert (entry.matched, entry.deviating, entry.first, entry.last) == (1, 1, "2026-03-02", "2026-03-14")
    assert (entry.reason, entry.owner, entry.approver) == (
        "It serves the public site of ours", "ada@own.example", "bob@own.example",
    )  # fmt: skip


def test_it_is_in_each_list_as_one_in_force_at_the_end_is(company: HalfYear) -> None:
    result = deviating_meanwhile(company, WEB)
    assert Outcomes(result, over_all=False).of("Bucket", "logs")[0] == "exempt (deviation)"
    assert causes([result], {}) == (
        "OWN-01: exempt 1 of 2, of which 1 deviates (by EX-1 from 2026-03-02 to 2026-03-14)",
    )
    assert status_of([result]) == "no_deviations_partial"
    run = type("Run", (), {"controls": (result,), "ages": ()})()
    (told,) = left_out(run)
    assert told.what == "1 of 2 exempt by EX-1 from 2026-03-02 to 2026-03-14: logs; 1 of these deviate"
    assert "approved by bob@own.example" in told.who


def test_where_nothing_is_left_but_what_deviated_while_exempt_nothing_was_tested(company: HalfYear) -> None:
    result = deviating_meanwhile(company)
    assert (result.verdict, result.population, result.exempt) == (Verdict.NOT_EVALUATED, 0, 1)
    assert result.reason is not None
    assert result.reason.code == "exempt"


def test_what_held_on_all_days_is_tested_and_its_exemption_told_all_the_same(company: HalfYear) -> None:
    record(company, "2026-03-01", "2026-03-09", ENTRY, SHUT)
    record(company, "2026-03-10", "2026-03-31", "exemptions: []\n", SHUT)
    result = march(company)
    assert (result.verdict, result.population, result.exempt) == ("pass", 1, 0)
    assert [(entry.matched, entry.first, entry.last) for entry in result.exemptions] == [
        (1, "2026-03-02", "2026-03-09")
    ]
    assert causes([result], {}) == (
        "OWN-01: resources exempt on some of the days (by EX-1 from 2026-03-02 to 2026-03-09)",
    )
    assert status_of([result]) == "no_deviations_partial"


def test_a_deviation_of_days_without_the_exemption_stands_with_the_days_under_it(company: HalfYear) -> None:
    record(company, "2026-03-01", "2026-03-05", "exemptions: []\n", OPEN, WEB)
    record(company, "2026-03-06", "2026-03-31", ENTRY, OPEN, WEB)
    result = march(company)
    assert (result.verdict, result.deviations, result.population, result.exempt) == ("fail", 1, 2, 0)
    assert result.findings[0].message == (
        "is public (by 2026-03-01 02:00 UTC in record 1, open; exempt from 2026-03-06 to 2026-03-31 by EX-1)"
    )


def test_each_resource_stands_once_in_the_sentence(company: HalfYear) -> None:
    """One that deviates on days without an exemption too is no exempt one beside the population."""
    beside = deviating_meanwhile(company, WEB)
    assert beside.period is not None
    assert "; 1 exempt, of which 1 deviate" in beside.period.sentence
    assert "of those counted" not in beside.period.sentence
    record(company, "2026-03-20", "2026-03-31", "exemptions: []\n", OPEN, WEB)
    result = march(company)
    assert result.period is not None
    assert (result.population, result.deviations, result.exempt) == (2, 1, 0)
    assert result.period.sentence.startswith("deviations noted (1 of 2")
    assert "exempt, of which" not in result.period.sentence
    assert result.period.sentence.endswith("; 1 of those counted exempt on some of the days")
