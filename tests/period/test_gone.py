"""Events that leave a list again are named, and those that are told otherwise later are no others than they were."""

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from soc2test.period.event_notes import notes_of
from soc2test.period.events import _Event
from soc2test.period.observed import Snapshot
from soc2test.verdicts import ControlPeriod

from .half_year import HalfYear, at, days
from .test_events import ticket

FIRST, LAST = date(2026, 3, 2), date(2026, 3, 11)
GONE = "in the population no more, and counted as it was told last: "
STANDS = "in the population no more, and a deviation all the same: "


@pytest.fixture
def company(tmp_path: Path) -> HalfYear:
    return HalfYear(tmp_path)


def leaver(name: str, left: str, hours: int | None = 1) -> dict[str, Any]:
    moment = at(left)
    removed = None if hours is None else (moment + timedelta(hours=hours)).isoformat()
    return {"id": name, "left_at": moment.isoformat(), "removed_at": removed}


def tell(company: HalfYear, first: str, last: str, *leavers: dict[str, Any]) -> None:
    company.export("cloud", "one", "leavers", leavers)
    company.record(*days(first, last, every=1))


def period_of(company: HalfYear) -> ControlPeriod:
    period = company.result("OWN-02", first=FIRST, last=LAST).period
    assert period is not None
    return period


OLD, NEW = leaver("old", "2026-03-02 09:00"), leaver("new", "2026-03-04 09:00")


def test_what_leaves_a_list_of_a_system_that_shows_an_older_one_is_named(company: HalfYear) -> None:
    tell(company, "2026-03-01", "2026-03-04", OLD)
    tell(company, "2026-03-05", "2026-03-06", OLD, NEW)
    tell(company, "2026-03-07", "2026-03-11", OLD)
    assert period_of(company).notes == (
        f"{GONE}Leaver(new) of 2026-03-04: in record 6, and not in record 7 of 2026-03-07",
    )


def test_one_of_before_the_period_shows_how_far_a_list_goes_back(company: HalfYear) -> None:
    before = leaver("before", "2026-02-02 09:00")
    tell(company, "2026-03-01", "2026-03-06", before, OLD)
    tell(company, "2026-03-07", "2026-03-11", before, NEW)
    assert period_of(company).notes == (
        f"{GONE}Leaver(old) of 2026-03-02: in record 6, and not in record 7 of 2026-03-07",
    )


def test_what_was_the_oldest_of_a_list_of_a_system_may_be_forgotten(company: HalfYear) -> None:
    tell(company, "2026-03-01", "2026-03-04", OLD)
    tell(company, "2026-03-05", "2026-03-06", OLD, NEW)
    tell(company, "2026-03-07", "2026-03-11", NEW)
    assert period_of(company).notes == ()


def test_a_deviation_that_leaves_a_list_stands_and_is_named(company: HalfYear) -> None:
    late = leaver("late", "2026-03-04 09:00", 40)
    tell(company, "2026-03-01", "2026-03-04", OLD)
    tell(company, "2026-03-05", "2026-03-08", OLD, late)
    tell(company, "2026-03-09", "2026-03-11", OLD)
    period = period_of(company)
    assert period.verdict == "deviations"
    assert period.notes == (f"{STANDS}Leaver(late) of 2026-03-04: in record 8, and not in record 9 of 2026-03-09",)


def test_what_was_pending_and_is_gone_is_unknown_and_needs_no_second_line(company: HalfYear) -> None:
    tell(company, "2026-03-01", "2026-03-04", OLD)
    tell(company, "2026-03-05", "2026-03-05", OLD, leaver("open", "2026-03-04 09:00", None))
    tell(company, "2026-03-06", "2026-03-11", OLD)
    period = period_of(company)
    assert (period.verdict, period.notes) == ("unknown", ())


def test_which_list_goes_back_how_far_is_asked_of_each_source() -> None:
    def event(source: str, day: int, first: int, last: int) -> _Event:
        return _Event(
            day=date(2026, 3, day), source=source, first=shown(first), newest=None, last=shown(last),
            told={date(2026, 3, day)},
        )  # fmt: skip

    def shown(day: int) -> Snapshot:
        moment: datetime = at(f"2026-03-{day:02} 03:00")
        return Snapshot(number=99 - day, digest="0" * 64, as_of=moment, recorded_at=moment)

    looks = [(date(2026, 3, day), shown(day)) for day in range(1, 12)]
    own = {("Leaver", "a"): event("one", 4, 5, 6), ("Leaver", "b"): event("two", 4, 5, 6)}
    older = [event("two", 3, 4, 11), event("one", 2, 3, 6), event("one", 6, 7, 11)]
    assert [*notes_of(own, [*own.values(), *older], looks, set(), {}, {}, by_hand=False)] == [
        f"{GONE}Leaver(b) of 2026-03-04: in record 93, and not in record 92 of 2026-03-07",
    ]


def test_what_is_late_or_gone_is_told_by_moments_and_not_by_the_order_of_recording(company: HalfYear) -> None:
    company.export("book", "own", "tickets", [ticket(detected="2026-03-03 09:00")])
    company.record(*days("2026-03-04", "2026-03-05", every=1), *days("2026-03-02", "2026-03-03", hour=20, every=1))
    company.export("book", "own", "tickets", [])
    company.record(*days("2026-03-06", "2026-03-11", every=1))
    one = company.result("OWN-05", first=FIRST, last=LAST).period
    assert one is not None
    assert [note for note in one.notes if note.startswith(GONE)] == [
        f"{GONE}Ticket(INC-1) of 2026-03-03: in record 2, and not in record 5 of 2026-03-06",
    ]


def test_what_was_told_otherwise_and_was_never_pending_is_not_carried_in(company: HalfYear) -> None:
    tell(company, "2026-03-01", "2026-03-06", NEW)
    tell(company, "2026-03-07", "2026-03-11", {**leaver("new", "2026-02-10 09:00")})
    period = period_of(company)
    assert period.carried_in == 0
    assert any(note.startswith("Leaver(new): left_at was 2026-03-04") for note in period.notes)


@pytest.mark.parametrize("others", [[], [OLD]], ids=["alone", "beside"])
def test_what_leaves_while_it_is_pending_is_not_known_from_then_on(
    company: HalfYear, others: list[dict[str, Any]]
) -> None:
    """Its limit of 72 hours ends after the newest snapshot: nobody will follow it."""
    company.promise(more="")
    tell(company, "2026-03-01", "2026-03-10", *others)
    tell(company, "2026-03-11", "2026-03-11", leaver("new", "2026-03-10 09:00", None), *others)
    tell(company, "2026-03-12", "2026-03-12", *others)
    result = company.result("OWN-02", first=FIRST, last=LAST, until=date(2026, 3, 12))
    assert result.period is not None
    assert (result.verdict, result.pending, result.unknown) == ("not_evaluated", 0, 1)
    assert not [note for note in result.period.notes if note.startswith(GONE)]
    assert result.findings[0].message == (
        "pending in record 11, and not in the population since record 12: its limit ends 2026-03-13 08:00 UTC, and "
        "nobody will see how"
    )


def test_what_is_pending_in_the_newest_whole_list_is_so_still(company: HalfYear) -> None:
    company.promise(more="")
    tell(company, "2026-03-01", "2026-03-09")
    tell(company, "2026-03-10", "2026-03-11", leaver("new", "2026-03-10 01:00", None))
    company.export("cloud", "one", "leavers", None)
    company.record(at("2026-03-12 03:00"))
    result = company.result("OWN-02", first=FIRST, last=LAST, until=date(2026, 3, 12))
    assert (result.pending, result.unknown) == (1, 0)
