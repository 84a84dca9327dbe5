"""Resources that stand for several events: each of their days is told, though they are one member."""

from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from soc2test.evaluation.event_days import day_within, known_day, known_days
from soc2test.verdicts import ControlPeriod, ControlResult

from .half_year import BERLIN, HalfYear, at, days

TWICE = '''
from typing import Any

from plugins.cloud import Ticket
from soc2test import control


def opened(ticket: Ticket) -> tuple[object, ...]:
    """When it was opened, and opened again."""
    return tuple(moment for moment in (ticket.answered_at, ticket.detected_at) if moment is not None)


@control(
    "OWN-01", criteria=["CC7.4"], nature="event", operates="per event", dated=opened, limits={"hours": 72},
    looser={"hours": "higher"},
)
def test_it_took_two_days(ticket: Ticket, limits: Any) -> None:
    """It took two days."""
    assert ticket.severity != "high" or limits.hours >= 48, "took too long"
'''


@pytest.fixture
def company(tmp_path: Path) -> HalfYear:
    company = HalfYear(tmp_path)
    company.write("policies/checks.py", TWICE)
    company.promise(more="")
    return company


def ticket(first: str, second: str | None, severity: str = "low") -> dict[str, str | None]:
    again = None if second is None else at(second).isoformat()
    return {"id": "INC-1", "detected_at": at(first).isoformat(), "severity": severity, "answered_at": again}


def opened_twice(company: HalfYear, first: str, second: str) -> None:
    """Each snapshot tells what had happened."""
    for moment in days("2026-01-01", "2026-06-30", every=7):
        told = [ticket(first, second if at(second) <= moment else None)] if at(first) <= moment else []
        company.export("book", "own", "tickets", told)
        company.record(moment)


def over(result: ControlResult) -> ControlPeriod:
    assert result.period is not None
    return result.period


def test_both_days_of_one_row_are_named_where_its_test_tells_them_at_once(company: HalfYear) -> None:
    opened_twice(company, "2026-01-30 09:00", "2026-05-08 09:00")
    result = company.result("OWN-01")
    assert result.population == 1
    assert (
        "of several days under one id, counted and listed once, by the harsher: Ticket(INC-1) of 2026-01-30 and of "
        "2026-05-08"
    ) in over(result).notes


def test_the_second_event_belongs_to_its_period_though_the_first_was_long_before(company: HalfYear) -> None:
    opened_twice(company, "2024-03-01 09:00", "2026-05-08 09:00")
    result = company.result("OWN-01")
    assert (result.verdict, result.population) == ("pass", 1)
    assert over(result).carried_in == 0  # no limit of the first went on
    assert [note for note in over(result).notes if "of 2024-03-01 and of 2026-05-08" in note] != []


def test_a_day_that_has_not_come_is_none_on_which_it_happened(company: HalfYear) -> None:
    company.export("book", "own", "tickets", [ticket("2026-01-30 09:00", "2026-06-29 09:00")])
    company.record(*days("2026-02-01", "2026-06-20", every=7))
    assert not [note for note in over(company.result("OWN-01")).notes if "several days" in note]


def test_the_limits_of_each_of_its_days_count_and_the_harsher_judges(company: HalfYear) -> None:
    first = ticket("2026-01-30 09:00", None, "high")
    company.export("book", "own", "tickets", [first])
    company.record(*days("2026-01-01", "2026-04-01", every=7))
    company.promise(more="limits: {OWN-01: {hours: 24}}")
    company.record(*days("2026-04-02", "2026-05-07", every=7))
    assert company.result("OWN-01").deviations == 0
    company.export("book", "own", "tickets", [ticket("2026-01-30 09:00", "2026-05-08 09:00", "high")])
    company.record(*days("2026-05-09", "2026-06-30", every=7))
    assert company.result("OWN-01").deviations == 1


def test_a_tuple_of_moments_gives_its_days_in_order_and_the_first_dates_it() -> None:
    moments: tuple[object, ...] = (datetime(2026, 5, 8, 22, 30, tzinfo=UTC), datetime(2026, 1, 30, tzinfo=UTC), None)
    control = cast(Any, SimpleNamespace(id="OWN-01", dated=lambda _: moments, kinds=(object,)))
    told = known_days(control, cast(Any, object()), BERLIN)
    assert [day.isoformat() for day in told] == ["2026-01-30", "2026-05-09"]
    assert known_day(control, cast(Any, object()), BERLIN) == told[0]
    assert day_within(told, told[1], told[1]) == told[1]
    assert day_within(told, at("2027-01-01 00:00").date(), at("2027-01-02 00:00").date()) == told[0]
    moments = ()
    assert known_days(control, cast(Any, object()), BERLIN) == ()
