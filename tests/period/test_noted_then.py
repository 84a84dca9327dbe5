"""What the run of a day noted by its own version of a test, and today's does not find: it stands until it is revised."""

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest

from soc2test.programme.entries import read_revisions
from soc2test.run import AsOf, Tool
from soc2test.store.pruning import prune
from soc2test.store.recording import Results
from soc2test.verdicts import TakenBack, Verdict

from .half_year import ORIGIN, HalfYear, at

WEEKS = [at("2026-01-01 03:00") + timedelta(days=7 * n) for n in range(26)] + [at("2026-06-30 20:00")]
SHUT = {"id": "logs", "public": False}
PEOPLE = """
register: people
as_of: 2026-06-30
entries:
  - {name: Ada Byron, email: ada@own.example, employment: employee, role: chief, manager_email: null, started_at: 2020-01-01, active: true}
  - {name: Bob Turing, email: bob@own.example, employment: employee, role: chief, manager_email: null, started_at: 2020-01-01, active: true}
"""


@pytest.fixture
def company(tmp_path: Path) -> HalfYear:
    company = HalfYear(tmp_path)
    company.export("cloud", "one", "buckets", [SHUT])
    company.write("exports/registers/people.yaml", PEOPLE)
    return company


def noted(moment: datetime, *resources: str) -> Results:
    """What a run said of OWN-01: a deviation of each of these."""
    lines: list[dict[str, Any]] = [{"schema": "findings/1", "complete": True}]
    lines += [
        {
            "control": "OWN-01",
            "kind": "Bucket",
            "resource": each,
            "outcome": "deviation",
            "message": "is public by a policy",
        }
        for each in resources
    ]
    return Results(
        as_of=AsOf(moment, "evidence"),
        complete=True,
        incomplete_because=None,
        verdicts={"OWN-01": Verdict.FAIL if resources else Verdict.PASS},
        tool=Tool("0.1", (), ()),
        controls=b"",
        findings=b"".join(json.dumps(line).encode() + b"\n" for line in lines),
        read={},
        unclaimed=frozenset(),
        documents={},
        programme={},
        dates=(moment,),
    )


def record(company: HalfYear, deviating: set[int]) -> None:
    for number, moment in enumerate(WEEKS):
        company.record_late(moment, moment, results=noted(moment, *(("logs",) if number in deviating else ())))


def revision(company: HalfYear, approver: str = "bob@own.example", up_to: str = "2026-03-31") -> None:
    company.write(
        "revisions.yaml",
        "revisions:\n  - {id: RV-1, test: OWN-01, resources: [logs], "
        f"up_to: {up_to}, reason: The test of then took a policy for a grant to everybody, owner: ada@own.example, "
        f"approver: {approver}, since: 2026-07-01, review_by: 2027-06-01}}\n",
    )


def test_it_stands_though_the_test_of_today_finds_nothing(company: HalfYear) -> None:
    record(company, {5, 6})
    result = company.result("OWN-01")
    assert (result.verdict, result.population, result.deviations) == ("fail", 1, 1)
    assert result.findings[0].message == (
        "is public by a policy (record 6: noted by the test of then and not found by today's: it stands until "
        "revisions.yaml says why it was none)"
    )
    assert result.period is not None
    assert result.period.notes == ("records 6 to 7: fail by the test of then, pass by today's",)


def test_another_person_can_say_why_it_was_none(company: HalfYear) -> None:
    record(company, {5, 6})
    revision(company)
    found = company.evaluate(revisions=read_revisions(company.root).good)
    result, (member,) = found.results["OWN-01"], found.members["OWN-01"]
    assert result.verdict == "pass"
    assert (member.mark, member.when) == (
        "taken back by RV-1",
        "records 6 to 7 noted a deviation: taken back by RV-1",
    )
    assert result.period is not None
    assert result.period.notes[-1] == "logs: records 6 to 7: taken back by RV-1"
    assert result.period.taken_back == (
        TakenBack(
            revision="RV-1",
            resource="logs",
            kind="Bucket",
            message="is public by a policy",
            records=(6, 7),
            reason="The test of then took a policy for a grant to everybody",
            owner="ada@own.example",
            approver="bob@own.example",
            since="2026-07-01",
            review_by="2027-06-01",
        ),
    )


def test_what_was_noted_again_after_its_day_is_not_taken_back(company: HalfYear) -> None:
    record(company, {5, 20})
    revision(company)
    result = company.result("OWN-01", revisions=read_revisions(company.root).good)
    assert result.verdict == "fail"
    assert "(record 21: noted by the test of then" in result.findings[0].message
    assert result.period is not None
    assert [each.records for each in result.period.taken_back] == [(6,)]


@pytest.mark.parametrize(
    ("approver", "up_to", "says"),
    [
        ("ada@own.example", "2026-03-31", "the approver must be somebody else than the owner"),
        ("carl@own.example", "2026-03-31", "carl@own.example"),
        ("bob@own.example", "2026-01-20", ""),
    ],
    ids=["its own owner", "a stranger", "of earlier days"],
)
def test_nothing_else_takes_it_back(company: HalfYear, approver: str, up_to: str, says: str) -> None:
    record(company, {5, 6})
    revision(company, approver, up_to)
    found = company.evaluate(revisions=read_revisions(company.root).good)
    assert found.results["OWN-01"].verdict == "fail"
    assert bool(says) == bool(found.problems)
    assert all(says in problem for problem in found.problems)


def test_what_the_test_of_today_finds_counts_from_then_on_and_both_verdicts_are_told(company: HalfYear) -> None:
    company.export("cloud", "one", "buckets", [{"id": "logs", "public": True}])
    record(company, set())
    result = company.result("OWN-01")
    assert (result.verdict, result.deviations) == ("fail", 1)
    assert result.period is not None
    assert result.period.notes[0] == "records 1 to 27: pass by the test of then, fail by today's"
    assert result.period.noted[0].by == "2026-01-01T02:00:00Z"


def test_a_test_that_is_loaded_no_more_is_a_problem(company: HalfYear) -> None:
    for number, moment in enumerate(WEEKS):
        results = noted(moment)
        gone = {**results.verdicts, **({"OWN-77": Verdict.PASS} if number < 9 else {})}
        company.record_late(moment, moment, results=msgspec.structs.replace(results, verdicts=gone))
    problems = company.evaluate().problems
    assert problems == (
        "OWN-77 was tested in records 1 to 9 and is loaded no more; its runs noted no deviations in records 1 to 9: keep "
        "its file, or see `soc2test history OWN-77`",
    )


def test_what_a_run_noted_stands_though_its_evidence_was_pruned(company: HalfYear) -> None:
    record(company, {5})
    assert company.result("OWN-01").verdict == "fail"
    prune(
        company.store, date(2026, 2, 10), UTC, needed_from=None, origin=ORIGIN, system="Test", id="one who prunes",
        reason="room was needed", by="Ada",
    )  # fmt: skip
    result = company.result("OWN-01")
    assert result.verdict == "fail"
    assert result.period is not None
    (noted_then,) = result.period.noted
    assert (noted_then.record, noted_then.resource) == (6, "")
    assert noted_then.message == (
        "record 6 of 2026-02-05, whose evidence was pruned, noted a deviation; of which resource is not known"
    )
    assert company.result("OWN-02").verdict != "fail"


def test_days_that_count_by_the_dates_of_exports_and_were_recorded_days_later_are_named(company: HalfYear) -> None:
    company.record(at("2026-01-02 03:00"))
    for exported in ("2026-01-05 03:00", "2026-01-07 03:00", "2026-01-10 03:00"):
        company.record_late(at(exported), at("2026-01-11 03:00"))
    told = company.result("OWN-01").period
    assert told is not None
    assert [note for note in told.notes if "recorded days later" in note] == [
        "observed by the dates that exports bear, and recorded days later: 2026-01-05 by record 2 of 2026-01-11; "
        "2026-01-07 by record 3 of 2026-01-11"
    ]
