"""Events over a period: each once, by the limits of its day, followed to the report date."""

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from soc2test.period.event_notes import notes_of
from soc2test.period.events import _Event
from soc2test.period.observed import Snapshot
from soc2test.verdicts import ControlResult

from .half_year import HalfYear, at, days

BY_WHICH = "each event is judged by those of its day, one of a day of change by the stricter"

_MOMENT = at("2026-05-09 03:00")
_SHOWN = Snapshot(number=1, digest="0" * 64, as_of=_MOMENT, recorded_at=_MOMENT)


@pytest.fixture
def company(tmp_path: Path) -> HalfYear:
    return HalfYear(tmp_path)


def utc(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()


class Leavers:
    """Who leaves when, and whose access is removed how many hours later; each snapshot tells what had happened."""

    def __init__(self, company: HalfYear) -> None:
        self.company = company
        self._people: dict[str, tuple[datetime, datetime | None]] = {}

    def leaves(self, id: str, left: str, hours: float | None) -> None:
        moment = at(left)
        self._people[id] = moment, None if hours is None else _later(moment, hours)

    def record(self, *moments: datetime) -> None:
        for moment in moments:
            items = [
                {"id": id, "left_at": utc(left), "removed_at": utc(removed) if removed and removed <= moment else None}
                for id, (left, removed) in self._people.items()
                if left <= moment
            ]
            self.company.export("cloud", "one", "leavers", items)
            self.company.record(moment)


def _later(moment: datetime, hours: float) -> datetime:
    """So many real hours later, whatever clocks do in between."""
    return datetime.fromtimestamp(moment.timestamp() + hours * 3600, tz=moment.tzinfo)


def outcomes(result: ControlResult) -> dict[str, str]:
    return {finding.resource: finding.outcome for finding in result.findings}


WEEKS = [at("2026-01-01 03:00") + timedelta(days=7 * n) for n in range(26)] + [at("2026-06-30 20:00")]


def test_leavers_are_judged_to_the_second_and_over_the_night_in_which_clocks_change(company: HalfYear) -> None:
    leavers = Leavers(company)
    leavers.leaves("in time", "2026-02-10 18:00", 3)
    leavers.leaves("late", "2026-02-11 18:00", 27)
    leavers.leaves("on the edge", "2026-02-12 18:00", 24)
    leavers.leaves("a second over", "2026-02-13 18:00", 24 + 1 / 3600)
    leavers.leaves("clocks, in time", "2026-03-28 23:30", 24)
    leavers.leaves("clocks, late", "2026-03-28 23:30", 24.5)
    leavers.record(*WEEKS)
    result = company.result("OWN-02")
    assert outcomes(result) == {"late": "deviation", "a second over": "deviation", "clocks, late": "deviation"}
    assert (result.population, result.passed) == (6, 3)
    assert result.period is not None
    assert result.period.sentence == "deviations noted (3 of 6, whole population; 27 of 181 days observed)"


def test_what_is_pending_at_the_end_is_followed_to_the_report_date(company: HalfYear) -> None:
    leavers = Leavers(company)
    leavers.leaves("last day", "2026-06-30 18:00", 10)
    leavers.record(*WEEKS)
    result = company.result("OWN-02", until=date(2026, 6, 30))
    assert (result.verdict, outcomes(result), result.pending) == ("no_occurrences", {"last day": "pending"}, 1)
    leavers.record(at("2026-07-02 03:00"))
    assert company.result("OWN-02", until=date(2026, 6, 30)).pending == 1
    assert company.result("OWN-02", until=date(2026, 7, 2)).verdict == "pass"


def test_what_began_before_and_fell_due_in_the_period_is_carried_in(company: HalfYear) -> None:
    leavers = Leavers(company)
    leavers.leaves("new year's eve", "2025-12-31 20:00", 37)
    leavers.leaves("long before", "2025-12-20 20:00", 300)
    leavers.record(at("2025-12-31 23:00"), *WEEKS)
    result = company.result("OWN-02")
    assert outcomes(result) == {"new year's eve": "deviation"}
    assert result.period is not None
    assert (result.period.carried_in, result.population) == (1, 1)


def test_an_event_that_many_snapshots_show_is_one(company: HalfYear) -> None:
    leavers = Leavers(company)
    leavers.leaves("once", "2026-01-05 09:00", 2)
    leavers.record(*WEEKS)
    result = company.result("OWN-02")
    assert (result.population, result.passed, result.verdict) == (1, 1, "pass")


def test_an_event_after_the_period_is_told_apart(company: HalfYear) -> None:
    leavers = Leavers(company)
    leavers.leaves("once", "2026-01-05 09:00", 2)
    leavers.leaves("july", "2026-07-02 09:00", 90)
    leavers.record(*WEEKS, at("2026-07-09 03:00"))
    result = company.result("OWN-02")
    assert result.period is not None
    assert (result.verdict, result.population, result.period.after) == ("pass", 1, 1)


def test_limits_count_as_they_were_on_the_day(company: HalfYear) -> None:
    leavers = Leavers(company)
    leavers.leaves("march", "2026-03-10 09:00", 40)
    leavers.leaves("april", "2026-04-14 09:00", 40)
    leavers.leaves("june", "2026-06-09 09:00", 40)
    leavers.record(*[moment for moment in WEEKS if moment < at("2026-04-01 00:00")])
    company.promise("")  # 72 hours, the test's own
    leavers.record(
        at("2026-04-01 01:00"), *[each for each in WEEKS if at("2026-04-01 02:00") < each < at("2026-06-01 00:00")]
    )
    company.promise()
    leavers.record(at("2026-06-01 01:00"), *[moment for moment in WEEKS if moment > at("2026-06-01 02:00")])
    result = company.result("OWN-02")
    assert outcomes(result) == {"march": "deviation", "june": "deviation"}
    assert result.period is not None
    assert result.period.notes[:2] == (
        f"limits changed, first seen 2026-04-01: hours from 24 to 72; {BY_WHICH}",
        f"limits changed, first seen 2026-06-01: hours from 72 to 24; {BY_WHICH}",
    )


def ticket(severity: str = "high", detected: str = "2026-04-07 09:00", hours: float | None = 3) -> dict[str, Any]:
    moment = at(detected)
    return {
        "id": "INC-1",
        "severity": severity,
        "detected_at": utc(moment),
        "answered_at": None if hours is None else utc(_later(moment, hours)),
    }


def test_an_incident_that_was_edited_after_the_fact_is_judged_by_the_harsher(company: HalfYear) -> None:
    company.export("book", "own", "tickets", [ticket("high", hours=20)])
    company.record(*WEEKS[14:20])
    company.export("book", "own", "tickets", [ticket("low", detected="2026-04-08 01:00", hours=4)])
    company.record(*WEEKS[20:])
    result = company.result("OWN-05")
    assert outcomes(result) == {"INC-1": "deviation"}
    assert result.period is not None
    assert result.period.notes == (
        "Ticket(INC-1): severity was high (record 6) and is low; detected_at was 2026-04-07 07:00 (record 6) and is "
        "2026-04-07 23:00, since record 7",
    )


def test_a_severity_that_was_lowered_before_the_limit_ended_is_judged_by_the_harsher(company: HalfYear) -> None:
    company.export("book", "own", "tickets", [ticket("high", hours=None)])
    company.record(at("2026-04-07 10:00"))
    company.export("book", "own", "tickets", [ticket("low", hours=20)])
    company.record(*WEEKS[14:])
    result = company.result("OWN-05")
    assert outcomes(result) == {"INC-1": "deviation"}
    assert result.findings[0].message == (
        "was answered late (by what was told before: severity was high (record 1) and is low)"
    )
    assert result.period is not None
    assert result.period.notes[0] == "Ticket(INC-1): severity was high (record 1) and is low, since record 2"


def test_a_register_that_keeps_its_dates_tells_of_days_without_a_snapshot(company: HalfYear) -> None:
    company.export("book", "own", "tickets", [ticket(hours=3)])
    company.record(at("2026-07-01 03:00") - timedelta(hours=4))
    result = company.result("OWN-05")
    assert (result.verdict, result.population) == ("pass", 1)
    company.export(
        "cloud",
        "one",
        "leavers",
        [{"id": "x", "left_at": utc(at("2026-02-02 09:00")), "removed_at": utc(at("2026-02-02 10:00"))}],
    )
    company.record(at("2026-06-30 23:30"))
    assert company.result("OWN-02").verdict == "not_evaluated"  # a system's own list is of its day


def test_no_event_of_the_period_is_told_is_no_statement_that_there_was_none(company: HalfYear) -> None:
    company.export("book", "own", "tickets", [ticket(detected="2025-11-07 09:00")])
    company.record(*WEEKS)
    result = company.result("OWN-05")
    assert (result.verdict, result.population) == ("not_evaluated", 0)
    company.export("book", "own", "tickets", [])
    company.record(*days("2026-06-30", "2026-06-30", hour=22))
    assert company.result("OWN-05").verdict == "not_evaluated"  # no second source agrees


def test_a_deviation_of_another_time_is_none_of_a_period_without_events(company: HalfYear) -> None:
    company.export("book", "own", "tickets", [ticket(detected="2025-11-07 09:00", hours=400)])
    company.record(*WEEKS)
    result = company.result("OWN-05")
    assert (result.verdict, result.deviations, result.population) == ("not_evaluated", 0, 0)
    assert result.reason is not None
    assert result.reason.text == "no Ticket of the period is told, and no second source says that there was none"


def test_what_deviates_from_before_the_period_is_named_and_counted_for_none_of_it(company: HalfYear) -> None:
    leavers = Leavers(company)
    leavers.leaves("never removed", "2025-10-10 09:00", None)
    leavers.leaves("once", "2026-01-05 09:00", 2)
    leavers.record(*WEEKS)
    result = company.result("OWN-02")
    assert (result.verdict, result.population) == ("pass", 1)
    assert result.period is not None
    assert result.period.sentence == (
        "no deviations noted among 1 event of the period; 27 of 181 days observed; 1 of before the period deviate in "
        "its snapshots by the limits of 2026-01-01"
    )
    assert result.period.notes == (
        "of before the period, and deviating in its snapshots: Leaver(never removed) of 2025-10-10 by the limits "
        "of 2026-01-01, the oldest that are known",
    )


def test_what_deviates_from_before_by_limits_that_snapshots_show_names_no_others(company: HalfYear) -> None:
    leavers = Leavers(company)
    leavers.leaves("never removed", "2025-12-20 09:00", None)
    leavers.record(at("2025-12-19 03:00"), at("2025-12-21 03:00"), at("2025-12-31 03:00"), *WEEKS)
    result = company.result("OWN-02", first=date(2026, 2, 1))
    assert result.period is not None
    (note,) = (each for each in result.period.notes if each.startswith("of before"))
    assert note.endswith("by the limits of 2026-01-29, the oldest that are known")  # the newest of before the period


def test_after_is_the_newest_snapshot_that_shows_it_to_hold(company: HalfYear) -> None:
    leavers = Leavers(company)
    company.promise("")
    leavers.leaves("slow", "2026-04-14 09:00", 80)
    leavers.record(*days("2026-04-01", "2026-06-30", every=1))
    result = company.result("OWN-02", first=date(2026, 4, 1))
    assert result.period is not None
    (noted,) = result.period.noted
    assert (noted.after, noted.by) == ("2026-04-17T01:00:00Z", "2026-04-18T01:00:00Z")


def test_a_row_that_is_taken_out_of_a_register_is_named_though_it_was_in_time(company: HalfYear) -> None:
    company.export("book", "own", "tickets", [ticket()])
    company.record(*days("2026-04-08", "2026-04-10", every=1))
    company.export("book", "own", "tickets", [{**ticket(detected="2026-04-11 09:00"), "id": "INC-2"}])
    company.record(*days("2026-04-11", "2026-06-30", hour=20, every=1))
    result = company.result("OWN-05", first=date(2026, 4, 7))
    assert result.period is not None
    assert (result.verdict, result.population) == ("pass", 2)
    assert result.period.notes == (
        "in the population no more, and counted as it was told last: Ticket(INC-1) of 2026-04-07: in record 3, and not "
        "in record 4 of 2026-04-11",
    )


def test_an_event_that_is_entered_long_after_its_day_is_named(company: HalfYear) -> None:
    company.export("book", "own", "tickets", [])
    company.record(*days("2026-04-01", "2026-06-09", every=1))
    company.export("book", "own", "tickets", [ticket(), {**ticket(detected="2026-06-05 09:00"), "id": "INC-2"}])
    company.record(*days("2026-06-10", "2026-06-30", every=1))
    result = company.result("OWN-05", first=date(2026, 4, 1))
    assert result.period is not None
    (note,) = (each for each in result.period.notes if each.startswith("first seen late"))
    assert (
        note
        == "first seen late: Ticket(INC-1) of 2026-04-07: not in record 8 of 2026-04-08, in record 71 of 2026-06-10"
    )
    assert result.period.sentence.startswith(
        "no deviations noted among 2 events of the period, 1 of them first seen late;"
    )


def test_one_that_was_first_seen_late_says_so_in_its_row(company: HalfYear) -> None:
    company.export("book", "own", "tickets", [])
    company.record(*days("2026-04-01", "2026-06-09", every=1))
    company.export("book", "own", "tickets", [ticket(), {**ticket(detected="2026-06-05 09:00"), "id": "INC-2"}])
    company.record(*days("2026-06-10", "2026-06-30", every=1))
    members = company.evaluate(first=date(2026, 4, 1)).members["OWN-05"]
    assert [(member.key[1], member.mark) for member in members] == [("INC-1", "first seen late"), ("INC-2", "")]
    when = "first seen late: of 2026-04-07: not in record 8 of 2026-04-08, in record 71 of 2026-06-10"
    assert [member.when for member in members] == [when, ""]


def test_two_events_under_one_id_are_said_to_be_one_row() -> None:
    event = _Event(
        day=date(2026, 5, 8), source="book", first=_SHOWN, newest=None, last=_SHOWN,
        told={date(2026, 1, 30), date(2026, 5, 8)},
    )  # fmt: skip
    key = ("Leaver", "teo")
    assert [*notes_of({key: event}, [event], [], set(), {}, {}, by_hand=True)] == [
        "of several days under one id, counted and listed once, by the harsher: Leaver(teo) of 2026-01-30 and of "
        "2026-05-08",
    ]
    assert [*notes_of({key: event}, [event], [], {"Leaver(teo)"}, {}, {}, by_hand=True)] == []
