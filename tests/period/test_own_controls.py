"""The company's own controls over a period: each over its own days, by the controls.yaml of the snapshots."""

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from described import changed

from soc2test.company_controls.lookups import Lookups
from soc2test.company_controls.records import CompanyControl
from soc2test.company_controls.rows import company_controls
from soc2test.exceptions.named_people import People
from soc2test.period.found import PeriodFound
from soc2test.populations.population import Population
from soc2test.programme.entries import read_company_controls
from soc2test.resources.kinds import Person, Spell
from soc2test.run import CompanyControlRow, CompanyControls
from soc2test.store.pruning import prune
from soc2test.testing import resource

from .half_year import BERLIN, ORIGIN, HalfYear, at, days
from .test_noted_then import noted

OPEN = {"id": "logs", "public": True}
SHUT = {"id": "logs", "public": False}
FIRST, LAST = date(2026, 3, 2), date(2026, 3, 11)
HEAD = "owner: ann@own.example, performer: ben@own.example, frequency: daily, type: preventive, execution: manual"


@pytest.fixture
def company(tmp_path: Path) -> HalfYear:
    made = HalfYear(tmp_path)
    made.export("cloud", "one", "buckets", [SHUT])
    return made


def entry(id: str = "CTL-01", since: str = "2025-01-01", more: str = "", tests: str = "OWN-01") -> str:
    """An entry of controls.yaml; `more` begins with a comma."""
    wording = "No bucket is open to everybody."
    return f"  - {{id: {id}, wording: {wording}, {HEAD}, since: {since}, criteria: [CC6.1], tests: [{tests}]{more}}}\n"


def describe(company: HalfYear, *entries: str) -> None:
    company.write("controls.yaml", "controls:\n" + "".join(entries) if entries else "controls: []\n")


def record(company: HalfYear, first: int, last: int, opened: Sequence[int] = ()) -> None:
    """A snapshot of each of these days of March; on those of `opened` the bucket is public."""
    for day in range(first, last + 1):
        company.export("cloud", "one", "buckets", [OPEN if day in opened else SHUT])
        company.record(at(f"2026-03-{day:02} 03:00"))


def evaluate(company: HalfYear, described: Sequence[CompanyControl] | None = None) -> PeriodFound:
    """With today's controls.yaml as it is, or as `described`."""
    today = read_company_controls(company.root).good if described is None else described
    return company.evaluate(FIRST, LAST, max_gap_days=2, described=today)


def matrix(found: PeriodFound) -> CompanyControls:
    """The matrix of a report, in which both people are known."""
    people = [
        resource(
            Person, email, email=email, active=True, spells=(Spell(started_at=at("2020-01-01 00:00"), ended_at=None),)
        )
        for email in ("ann@own.example", "ben@own.example")
    ]
    lookups = Lookups(today=LAST, people=People(Population(Person, people), at("2026-03-11 03:00")), risks=None)
    return company_controls((), found.results.values(), lookups, scope=(), over=found.company)


def row(found: PeriodFound, id: str = "CTL-01") -> CompanyControlRow:
    (shown,) = [each for each in matrix(found).controls if each.id == id]
    return shown


def days_of(shown: CompanyControlRow) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """The days in force and those that are not told."""
    assert shown.in_force is not None
    in_force, not_told = shown.in_force.in_force, shown.in_force.not_told
    return [(each.first, each.last) for each in in_force], [(each.first, each.last) for each in not_told]


def today(**fields: Any) -> CompanyControl:
    """What stands in controls.yaml today, where the snapshots have `entry()`."""
    plain: dict[str, Any] = {
        "wording": "No bucket is open to everybody.", "owner": "ann@own.example", "performer": "ben@own.example",
        "since": date(2025, 1, 1), "tests": ("OWN-01",),
    }  # fmt: skip
    return changed(**plain | fields)


def test_one_that_was_in_force_on_all_days_is_as_its_tests(company: HalfYear) -> None:
    describe(company, entry())
    record(company, 1, 12)
    found = evaluate(company, described=[today()])
    shown = row(found)
    assert (shown.status, shown.notes) == ("no_deviations", ())
    assert days_of(shown) == ([("2026-03-02", "2026-03-11")], [])
    assert [test.sentence for test in shown.tests] == [None]
    assert found.problems == ()


def test_a_deviation_of_its_days_stays_though_it_ended_within_the_period(company: HalfYear) -> None:
    describe(company, entry(more=", until: 2026-03-05"))
    record(company, 1, 12, opened=[4])
    shown = row(evaluate(company))
    assert (shown.status, [test.deviations for test in shown.tests]) == ("deviation", [1])
    assert shown.notes == ("in force on 4 of 10 days (2026-03-02 to 2026-03-05)",)
    assert shown.tests[0].sentence == (
        "deviations noted (1 of 1, whole population; 4 of 4 days observed on which it applied)"
    )


def test_what_deviates_after_its_last_day_or_before_its_first_is_not_charged_and_named(company: HalfYear) -> None:
    describe(company, entry(more=", until: 2026-03-05"), entry("CTL-02", since="2026-03-10"))
    record(company, 1, 12, opened=[8])
    found = evaluate(company)
    for id, which in (
        ("CTL-01", "4 of 10 days (2026-03-02 to 2026-03-05)"),
        ("CTL-02", "2 of 10 days (2026-03-10 to 2026-03-11)"),
    ):
        shown = row(found, id)
        assert (shown.status, [test.deviations for test in shown.tests]) == ("no_deviations_partial", [0])
        assert shown.notes == (
            f"in force on {which}",
            "not charged to it, of days on which OWN-01 did not look at it: Bucket(logs) is public by 2026-03-08 02:00 "
            "UTC in record 8",
        )
    assert found.results["OWN-01"].verdict == "fail"


def test_what_deviates_before_its_first_day_and_then_still_is_charged(company: HalfYear) -> None:
    describe(company, entry(since="2026-03-06"))
    record(company, 1, 12, opened=[4, 5, 6])
    shown = row(evaluate(company))
    assert (shown.status, [test.deviations for test in shown.tests]) == ("deviation", [1])
    assert shown.notes == ("in force on 6 of 10 days (2026-03-06 to 2026-03-11)",)


NOTHING = "nothing of today's file counts for the period"


@pytest.mark.parametrize(
    ("described", "note"),
    [
        ([today(until=date(2026, 3, 3))], f"today's controls.yaml has another until: {NOTHING}"),
        ([today(since=date(2026, 3, 10), tests=())], f"today's controls.yaml has another since, tests: {NOTHING}"),
        ([], f"today's controls.yaml does not hold it: {NOTHING}"),
    ],
)
def test_nothing_in_todays_file_reaches_back(company: HalfYear, described: list[CompanyControl], note: str) -> None:
    describe(company, entry())
    record(company, 1, 12, opened=[4])
    found = evaluate(company, described=described)
    shown = row(found)
    assert (shown.status, shown.notes) == ("deviation", (note,))
    assert days_of(shown) == ([("2026-03-02", "2026-03-11")], [])
    assert "OWN-01" not in matrix(found).tests_without
    assert "CC6.1" not in matrix(found).criteria_without


def test_one_that_stands_in_todays_file_alone_was_in_force_on_no_day(company: HalfYear) -> None:
    record(company, 1, 12, opened=[4])
    found = evaluate(company, described=[today()])
    shown = row(found)
    assert shown.status == "not_in_force"
    assert shown.notes[-1] == f"stands in today's controls.yaml alone, and in that of no snapshot: {NOTHING}"
    assert {"OWN-01", "OWN-02"} <= set(matrix(found).tests_without)


def test_one_that_is_taken_out_of_the_file_is_judged_up_to_then(company: HalfYear) -> None:
    describe(company, entry())
    record(company, 1, 5, opened=[4])
    describe(company)
    record(company, 6, 12)
    shown = row(evaluate(company))
    assert (shown.status, days_of(shown)) == ("deviation", ([("2026-03-02", "2026-03-05")], []))
    assert shown.notes[0] == "in force on 4 of 10 days (2026-03-02 to 2026-03-05)"
    assert "taken out of controls.yaml in record 6 of 2026-03-06: record 5 of 2026-03-05 holds it" in shown.notes


def test_one_that_came_within_the_period_counts_from_the_snapshot_before(company: HalfYear) -> None:
    record(company, 1, 4, opened=[2])
    describe(company, entry())  # dated back to a year before
    record(company, 7, 12)
    shown = row(evaluate(company))
    assert days_of(shown) == ([("2026-03-05", "2026-03-11")], [])
    assert (shown.status, [test.deviations for test in shown.tests]) == ("no_deviations_partial", [0])
    assert "came into controls.yaml in record 5 of 2026-03-07: record 4 of 2026-03-04 does not hold it" in shown.notes


def test_an_entry_that_was_changed_is_named_and_counts_from_then(company: HalfYear) -> None:
    describe(company, entry())
    record(company, 1, 6, opened=[8])
    describe(company, entry(more=", until: 2026-03-07"))
    record(company, 7, 12, opened=[8])
    shown = row(evaluate(company))
    assert (shown.status, days_of(shown)[0]) == ("no_deviations_partial", [("2026-03-02", "2026-03-07")])
    assert "changed in record 7 of 2026-03-07: until from none to 2026-03-07" in shown.notes


def test_a_test_that_is_taken_out_of_its_list_is_judged_up_to_then(company: HalfYear) -> None:
    describe(company, entry(tests="OWN-01, OWN-04"))
    record(company, 1, 5, opened=[4])
    describe(company, entry(tests="OWN-04"))
    record(company, 6, 12)
    shown = row(evaluate(company))
    assert [(test.id, test.deviations) for test in shown.tests] == [("OWN-01", 1), ("OWN-04", 0)]
    assert shown.status == "deviation"
    assert shown.notes[0] == "OWN-01 looked at it on 4 of its 10 days (2026-03-02 to 2026-03-05)"


def test_a_file_that_cant_be_read_makes_it_no_better_and_is_told(company: HalfYear) -> None:
    describe(company, entry())
    record(company, 1, 4)
    company.write("controls.yaml", "controls: [{id: CTL-01, since: never}]\n")
    record(company, 5, 6, opened=[5])
    describe(company)
    record(company, 7, 12)
    found = evaluate(company)
    shown = row(found)
    assert days_of(shown) == ([("2026-03-02", "2026-03-04")], [("2026-03-05", "2026-03-06")])
    assert (shown.status, [test.deviations for test in shown.tests]) == ("deviation", [1])
    assert shown.notes[:3] == (
        "in force on 3 of 10 days (2026-03-02 to 2026-03-04)",
        "whether it was in force on 2 days (2026-03-05 to 2026-03-06) no snapshot tells: it is judged over them too",
        "records 5 to 6: not all of controls.yaml can be read, and what can does not show it",
    )
    (problem,) = found.problems
    assert problem.startswith("record 5: controls.yaml:1: controls[0]")


def test_what_was_recorded_late_ends_nothing(company: HalfYear) -> None:
    describe(company, entry())
    record(company, 1, 4)
    company.export("cloud", "one", "buckets", [OPEN])
    describe(company)
    moment = at("2026-03-05 03:00")
    company.record_late(moment, moment + timedelta(days=9), noted(moment, "logs"))
    describe(company, entry())
    record(company, 6, 12)
    found = evaluate(company)
    shown = row(found)
    assert [each.late for each in found.told.snapshots if each.number == 5] == [True]
    assert days_of(shown) == ([("2026-03-02", "2026-03-11")], [])
    assert shown.status == "deviation"


def test_days_that_no_snapshot_tells_of_are_its_own(company: HalfYear) -> None:
    describe(company, entry(since="2026-03-04"))
    record(company, 5, 9)
    shown = row(evaluate(company))
    assert days_of(shown) == ([("2026-03-04", "2026-03-11")], [("2026-03-02", "2026-03-03")])
    assert shown.status == "not_evaluated"


def test_one_of_whose_days_no_snapshot_shows_any_is_not_evaluated(company: HalfYear) -> None:
    describe(company, entry(since="2026-03-05", more=", until: 2026-03-06"))
    record(company, 1, 4)
    record(company, 7, 12, opened=[8])
    shown = row(evaluate(company))
    assert shown.status == "not_evaluated"
    assert shown.tests[0].sentence == "no snapshot shows the test on a day on which the control was in force"
    assert (shown.tests[0].population, shown.tests[0].deviations) == (0, 0)


def leaver(id: str, day: int) -> dict[str, str]:
    return {"id": id, "left_at": f"2026-03-{day:02}T12:00:00Z", "removed_at": f"2026-03-{day + 3:02}T12:00:00Z"}


def test_an_event_of_after_its_last_day_is_not_charged(company: HalfYear) -> None:
    describe(company, entry(tests="OWN-02", more=", until: 2026-03-07"))
    record(company, 1, 8)
    company.export("cloud", "one", "leavers", [leaver("own", 4), leaver("later", 8)])
    record(company, 9, 13)
    found = evaluate(company)
    shown = row(found)
    assert found.results["OWN-02"].deviations == 2
    assert [(test.population, test.deviations) for test in shown.tests] == [(1, 1)]
    assert "Leaver(later)" in shown.notes[1]


def test_what_a_run_of_then_noted_counts_on_its_days_alone(company: HalfYear) -> None:
    describe(company, entry(more=", until: 2026-03-05"), entry("CTL-02", since="2026-03-06"))
    for moment in days("2026-03-01", "2026-03-12", every=1):
        company.record_late(moment, moment, noted(moment, *(("logs",) if moment.day == 4 else ())))
    found = evaluate(company)
    assert [(each.id, each.status) for each in matrix(found).controls] == [
        ("CTL-01", "deviation"),
        ("CTL-02", "no_deviations_partial"),
    ]


def prune_before(company: HalfYear, day: int) -> None:
    prune(
        company.store, date(2026, 3, day), BERLIN, needed_from=None, origin=ORIGIN, system="Test", id="one who prunes",
        reason="room was needed", by="Ada",
    )  # fmt: skip


def test_of_pruned_evidence_the_file_is_known_as_long_as_another_snapshot_holds_it(company: HalfYear) -> None:
    describe(company, entry(more=", until: 2026-03-09"))
    record(company, 1, 12)
    prune_before(company, 4)
    shown = row(evaluate(company))
    assert days_of(shown) == ([("2026-03-02", "2026-03-09")], [])
    assert shown.status == "not_evaluated"  # what nobody has any more is evidence of nothing


def test_a_file_that_was_pruned_with_its_evidence_tells_nothing(company: HalfYear) -> None:
    record(company, 1, 2)
    describe(company, entry())
    record(company, 3, 3)
    describe(company)
    record(company, 4, 12)
    prune_before(company, 4)
    describe(company, entry())
    shown = row(evaluate(company))
    assert shown.status == "not_evaluated"
    assert days_of(shown)[0] == []
    assert any("no snapshot tells" in note for note in shown.notes)
