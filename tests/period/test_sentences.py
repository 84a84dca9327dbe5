"""What is said of a control over a period: never "no deviations noted" where nothing was tested or known."""

from datetime import timedelta
from pathlib import Path

import pytest

from soc2test.listing.period_sheets import PeriodSheet, whole_lines
from soc2test.verdicts import ControlResult

from .half_year import HalfYear, at, days
from .test_events import WEEKS, Leavers, ticket
from .test_states import SHUT

NOTED = "no deviations noted"
EARLY, LATE = at("2026-02-26 03:00"), at("2026-04-03 03:00")


@pytest.fixture
def company(tmp_path: Path) -> HalfYear:
    return HalfYear(tmp_path)


def sentence(result: ControlResult) -> str:
    assert result.period is not None
    return result.period.sentence


def march(company: HalfYear, control: str) -> ControlResult:
    first, last = at("2026-03-30 00:00").date(), at("2026-03-31 00:00").date()
    return company.result(control, first=first, last=last)


def test_a_state_that_nobody_saw_on_any_day_of_its_period_is_not_evidenced(company: HalfYear) -> None:
    company.promise(accounts="[one, two]")
    company.export("cloud", "one", "buckets", [SHUT])
    for moment, second in (("2026-03-29 03:00", []), ("2026-03-30 03:00", None), ("2026-04-01 03:00", [])):
        company.export("cloud", "two", "buckets", second)
        company.record(at(moment))
    result = march(company, "OWN-01")
    assert (result.verdict, result.reason and result.reason.code) == ("not_evaluated", "not_evidenced")
    assert sentence(result) == (
        "not evidenced for 2 days (2026-03-30 to 2026-03-31); 0 of 2 days observed; between snapshots not tested"
    )
    assert {each.verdict for each in result.by_source.values()} <= {"not_evaluated"}


def test_events_of_a_register_that_nobody_saw_on_any_day_of_the_period_are_not_evidenced(company: HalfYear) -> None:
    company.export("book", "own", "tickets", None)
    company.record(at("2026-03-30 03:00"))
    company.export("book", "own", "tickets", [ticket(detected="2026-03-30 09:00")])
    company.record(at("2026-04-01 03:00"))
    result = march(company, "OWN-05")
    assert (result.verdict, result.population) == ("not_evaluated", 1)
    assert NOTED not in sentence(result)


def test_performances_in_a_period_that_no_snapshot_shows_are_not_evidenced(company: HalfYear) -> None:
    company.export("book", "own", "reviews", None)
    company.record(at("2026-03-30 03:00"))
    company.export("book", "own", "reviews", [{"id": "R", "done_at": at("2026-03-03 09:00").isoformat()}])
    company.record(at("2026-04-01 03:00"))
    result = march(company, "OWN-03")
    assert (result.verdict, result.reason and result.reason.code) == ("not_evaluated", "not_evidenced")
    assert sentence(result) == "not evidenced: 0 of 2 days observed; performed 1 of 1 times that were due"


def test_events_of_a_register_say_that_it_is_as_it_was_at_the_end_and_on_how_many_days_it_was_seen(
    company: HalfYear,
) -> None:
    company.export("book", "own", "tickets", [ticket()])
    company.record(at("2026-06-30 23:00"))
    result = company.result("OWN-05")
    assert result.verdict == "pass"
    assert sentence(result) == (
        "no deviations noted among 1 event of the period; by its register as it was on 2026-06-30, seen on 1 of "
        "181 days: rows that were taken out before are not known"
    )
    assert result.period is not None
    assert (result.period.bridged, result.period.not_evidenced) == ((), ())
    assert [(each.first, each.days) for each in result.period.by_register] == [("2026-01-01", 180)]


def test_a_deviation_of_a_register_that_no_day_showed_is_not_told_of_the_whole_population(company: HalfYear) -> None:
    company.export("book", "own", "tickets", None)
    company.record(at("2026-06-29 03:00"))
    company.export("book", "own", "tickets", [ticket(hours=20)])
    company.record(at("2026-07-01 03:00"))
    assert sentence(company.result("OWN-05")) == (
        "deviations noted (1 of 1; by its register as it was on 2026-07-01, seen on 0 of 181 days: rows that were "
        "taken out before are not known)"
    )


def test_what_is_not_known_is_counted_and_not_told_as_without_deviation(company: HalfYear) -> None:
    company.export("cloud", "one", "buckets", [SHUT, {"id": "web", "public": None}])
    company.record(*days("2026-01-01", "2026-06-30", every=7))
    result = company.result("OWN-01")
    assert result.verdict == "not_evaluated"
    assert NOTED not in sentence(result)
    assert "not known of 1 of 2" in sentence(result)


def test_no_event_and_only_pending_ones_are_not_told_as_without_deviation(company: HalfYear) -> None:
    leavers = Leavers(company)
    leavers.leaves("last day", "2026-06-30 18:00", 10)
    leavers.record(*WEEKS)
    company.export("book", "own", "tickets", [])
    company.record(WEEKS[-1] + timedelta(minutes=1))
    pending = company.result("OWN-02", until=WEEKS[-1].date())
    assert sentence(pending) == "nothing has fallen due: 1 event pending; 27 of 181 days observed"
    assert sentence(company.result("OWN-05")) == "no event of the period is told; 27 of 181 days observed"


def test_what_is_not_known_beside_a_deviation_is_counted_and_no_population_is_whole_with_it(company: HalfYear) -> None:
    company.export("cloud", "one", "buckets", [{"id": "logs", "public": True}, {"id": "web", "public": None}])
    company.record(*days("2026-01-01", "2026-06-30", every=7))
    company.export("cloud", "one", "buckets", [SHUT])
    company.record(*days("2026-06-30", "2026-06-30", hour=20))
    result = company.result("OWN-01")
    assert (result.deviations, result.unknown) == (1, 1)
    assert "deviations noted (1 of 2; not known of 1; 1 of 181 days observed)" in sentence(result)


def test_the_sheet_of_a_list_says_of_how_many_members_it_is_not_known() -> None:
    sheet = PeriodSheet(
        days=10, observed=10, not_evidenced=(), bridged=(), by_register=(), register_as_of=None, not_applicable=(),
        recorded_late=(), recorded_late_total=0, notes=(), notes_total=0, calendar=False, newest=None, shown=(),
        shown_total=0, rows_without=0,
    )  # fmt: skip
    assert [*whole_lines(sheet)] == ["- Seen whole, with nothing unknown in it, on 10 of 10 days of the period"]
    assert [*whole_lines(sheet, untold=1)] == [
        "- Seen whole, with nothing unknown in it by the snapshots of these days (over the period it is not known of "
        "1), on 10 of 10 days of the period",
    ]


def test_of_what_many_snapshots_lacked_a_sheet_names_the_first() -> None:
    sheet = PeriodSheet(
        days=10, observed=9, not_evidenced=(), bridged=(), by_register=(), register_as_of=None, not_applicable=(),
        recorded_late=(), recorded_late_total=0, notes=(), notes_total=0, calendar=False, newest=None, shown=(),
        shown_total=0, rows_without=0, lacking=("not seen whole in record 6: an export",), lacking_total=3,
    )  # fmt: skip
    assert [*whole_lines(sheet)][1:] == [
        "- What snapshots lacked: not seen whole in record 6: an export",
        "- and 2 more that they lacked: controls.ndjson has all",
    ]
