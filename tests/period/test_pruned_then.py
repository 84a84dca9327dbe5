"""A run that noted a deviation and whose evidence was pruned: that it did is told, and of which resource nobody knows."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path

import msgspec
import pytest

from soc2test.comparing.sides import of_record
from soc2test.programme.entries import read_revisions
from soc2test.reports.period_view import missing_lines
from soc2test.store.objects import StoreError
from soc2test.store.pruning import prune
from soc2test.store.recording import Results
from soc2test.verdicts import ControlPeriod, ControlResult, Verdict

from .half_year import ORIGIN, HalfYear, at
from .test_noted_then import PEOPLE, noted, revision

FIRST, LAST = date(2026, 3, 2), date(2026, 3, 11)
BOXES = ("a", "b")


@pytest.fixture
def company(tmp_path: Path) -> HalfYear:
    made = HalfYear(tmp_path)
    made.write("exports/registers/people.yaml", PEOPLE.replace("2026-06-30", "2026-03-10"))
    return made


def record(company: HalfYear, deviating: Mapping[int, str], first: int = 1, last: int = 12) -> None:
    """A snapshot of each of these days of March by a run, which noted what deviates."""
    for day in range(first, last + 1):
        moment, bad = at(f"2026-03-{day:02} 03:00"), deviating.get(day)
        company.export("cloud", "one", "buckets", [{"id": id, "public": id == bad} for id in BOXES])
        company.record_late(moment, moment, noted(moment, *([bad] if bad else [])))


def prune_before(company: HalfYear, day: int) -> None:
    prune(
        company.store, date(2026, 3, day), UTC, needed_from=None, origin=ORIGIN, system="Test", id="one who prunes",
        reason="room was needed", by="Ada",
    )  # fmt: skip


def told(company: HalfYear, control: str = "OWN-01", **more: object) -> ControlResult:
    return company.evaluate(FIRST, LAST, max_gap_days=2, **more).results[control]


def counts(result: ControlResult) -> tuple[int, int, int, int]:
    return result.population, result.passed, result.deviations, result.unknown


def test_without_pruning_it_is_known_which_one_deviated(company: HalfYear) -> None:
    record(company, {5: "a"})
    result = told(company)
    assert counts(result) == (2, 1, 1, 0)
    assert result.period is not None
    assert (result.period.pruned, result.period.sentence) == (
        (), "deviations noted (1 of 2, whole population; 10 of 10 days observed)",
    )  # fmt: skip


def test_after_it_no_member_is_told_to_have_passed_and_no_count_is_made_up(company: HalfYear) -> None:
    record(company, {5: "a"})
    prune_before(company, 6)
    found = company.evaluate(FIRST, LAST, max_gap_days=2)
    result = found.results["OWN-01"]
    assert (result.verdict, counts(result)) == ("fail", (2, 0, 0, 2))
    assert result.by_source["cloud"].passed == 0
    assert result.period is not None
    assert records(result.period) == [(5, "2026-03-05")]
    assert result.period.sentence == (
        "not evidenced for 4 days (2026-03-02 to 2026-03-05); deviations noted (of which of 2 is not known, since the "
        "evidence of record 5 was pruned; 6 of 10 days observed)"
    )
    assert [(member.key[1], member.untold) for member in found.members["OWN-01"]] == [("a", True), ("b", True)]


def test_what_others_show_to_deviate_is_counted_beside_it(company: HalfYear) -> None:
    record(company, {4: "a", 5: "a", 8: "b"})
    prune_before(company, 6)
    result = told(company)
    assert counts(result) == (2, 0, 1, 1)
    assert result.period is not None
    assert [each.record for each in result.period.pruned] == [4, 5]
    assert (
        "deviations noted (1 of 2, and more of which resource is not known, since the evidence of record 4, record 5 "
        "was pruned;" in result.period.sentence
    )
    assert [(each.resource, each.record) for each in result.period.noted] == [("b", 8), ("", 4), ("", 5)]


def test_a_run_that_noted_nothing_leaves_nothing_open(company: HalfYear) -> None:
    record(company, {8: "b"})
    prune_before(company, 6)
    result = told(company)
    assert counts(result) == (2, 1, 1, 0)
    assert result.period is not None
    assert result.period.pruned == ()


def test_a_revision_takes_it_back(company: HalfYear) -> None:
    record(company, {5: "a"})
    prune_before(company, 6)
    revision(company)
    text = (company.root / "revisions.yaml").read_text("utf-8")
    company.write("revisions.yaml", text.replace("[logs]", "[OWN-01]"))
    result = told(company, revisions=read_revisions(company.root).good)
    assert counts(result) == (2, 2, 0, 0)
    assert result.period is not None
    assert result.period.pruned == ()
    (back,) = result.period.taken_back
    assert (back.records, back.resource) == ((5,), "")


def records(period: ControlPeriod) -> list[tuple[int, str]]:
    return [(each.record, each.day) for each in period.pruned]


def leaver(id: str, day: int) -> dict[str, str]:
    return {"id": id, "left_at": f"2026-03-{day:02}T12:00:00Z", "removed_at": f"2026-03-{day:02}T14:00:00Z"}


def failed(moment: datetime) -> Results:
    """A run that noted a deviation of OWN-02."""
    return msgspec.structs.replace(noted(moment), verdicts={"OWN-02": Verdict.FAIL})


def test_an_event_of_after_its_moment_is_none_that_it_noted(company: HalfYear) -> None:
    for day in range(1, 13):
        moment = at(f"2026-03-{day:02} 03:00")
        company.export("cloud", "one", "leavers", [leaver(id, of) for id, of in (("old", 3), ("new", 8)) if of < day])
        company.record_late(moment, moment, failed(moment) if day == 5 else noted(moment))
    prune_before(company, 6)
    found = company.evaluate(FIRST, LAST, max_gap_days=2)
    assert counts(found.results["OWN-02"]) == (2, 1, 0, 1)
    assert [(member.key[1], member.untold) for member in found.members["OWN-02"]] == [("new", False), ("old", True)]


def test_a_test_of_quarters_names_the_record(company: HalfYear) -> None:
    company.export("book", "own", "reviews", [{"id": "R-1", "done_at": "2025-12-03T09:00:00Z"}])
    for day in range(1, 13):
        moment = at(f"2026-03-{day:02} 03:00")
        results = msgspec.structs.replace(
            noted(moment), verdicts={"OWN-03": Verdict.FAIL if day == 5 else Verdict.PASS}
        )
        company.record_late(moment, moment, results)
    prune_before(company, 6)
    result = told(company, "OWN-03")
    assert result.verdict == "fail"
    assert result.period is not None
    assert records(result.period) == [(5, "2026-03-05")]
    assert result.period.sentence.startswith("record 5 of 2026-03-05, whose evidence was pruned, noted a deviation")


def test_what_runs_noted_of_a_test_that_is_gone_is_told_of_pruned_records_too(company: HalfYear) -> None:
    for day in range(1, 13):
        moment = at(f"2026-03-{day:02} 03:00")
        verdict = {3: Verdict.FAIL, 4: Verdict.ERROR, 8: Verdict.NOT_EVALUATED}.get(day, Verdict.PASS)
        company.record_late(moment, moment, msgspec.structs.replace(noted(moment), verdicts={"OWN-77": verdict}))
    prune_before(company, 4)
    assert company.evaluate(FIRST, LAST, max_gap_days=2).problems == (
        "OWN-77 was tested in records 2 to 11 and is loaded no more; its runs noted a deviation in record 3 (the "
        "evidence was pruned), that it broke in record 4, that it was not evaluated in record 8, no deviations in "
        "records 2, 5 to 7, 9 to 11 (the evidence of record 2 was pruned): keep its file, or see `soc2test history "
        "OWN-77`",
    )


def test_the_record_that_showed_how_the_period_began_is_named_where_it_was_pruned(company: HalfYear) -> None:
    record(company, {}, last=12)
    prune_before(company, 4)
    over = company.evaluate(FIRST, LAST, max_gap_days=2).told
    (pruning,) = over.prunings
    assert (pruning.numbers, pruning.before, over.pruned) == ((1, 2, 3), 1, (1, 2, 3))
    (line,) = missing_lines(over)
    assert "evidence of 3 snapshots was pruned" in line
    assert "records 1 to 3 (record 1 is the newest of before the period), by Ada: room was needed (record 13)" in line


def test_records_of_long_before_the_period_are_none_of_it(company: HalfYear) -> None:
    record(company, {})
    prune_before(company, 3)
    over = company.evaluate(date(2026, 3, 4), LAST, max_gap_days=2).told
    assert (over.prunings, over.pruned) == ((), ())


def test_what_a_run_of_before_the_period_noted_is_none_of_it_though_it_was_pruned(company: HalfYear) -> None:
    record(company, {1: "a"})
    prune_before(company, 2)
    result = told(company)
    assert result.period is not None
    assert (result.period.pruned, result.deviations, result.unknown) == ((), 0, 0)


def test_a_pruned_record_is_not_compared_and_it_is_said_what_can_be(company: HalfYear) -> None:
    record(company, {5: "a"})
    prune_before(company, 6)
    with pytest.raises(StoreError) as refused:
        of_record(company.store, 5)
    assert str(refused.value) == (
        "memory: the evidence of record 5 was pruned on 2026-08-20 by Ada (record 13: room was needed), and what its run "
        "found of each resource with it; its verdicts are told by `soc2test history CONTROL`; records 6 to 12 can be "
        "compared"
    )
    assert of_record(company.store, 6).shown == "record 6"
