"""Days between a snapshot that shows a resource exempt, and to deviate, and one that shows it neither."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from soc2test.verdicts import ControlPeriod, ControlResult

from .half_year import HalfYear, at
from .test_exemptions import ENTRY, OPEN, SHUT, WEB
from .test_waivers import keep_people, people

FIRST, LAST = date(2026, 3, 2), date(2026, 3, 12)


@pytest.fixture
def company(tmp_path: Path) -> HalfYear:
    made = HalfYear(tmp_path)
    made.write("people.txt", people())
    return made


def to(last: str) -> str:
    """The entry, which ends on this day."""
    assert "2026-12-31" in ENTRY
    return ENTRY.replace("2026-12-31", last).replace("since: 2026-03-02", "since: 2026-02-02")


def record(company: HalfYear, of_days: Sequence[int], entry: str, *buckets: dict[str, object]) -> None:
    company.write("exemptions.yaml", entry)
    company.export("cloud", "one", "buckets", buckets)
    for day in of_days:
        moment = at(f"2026-03-{day:02} 03:00")
        keep_people(company, moment)
        company.record(moment)


def period_of(company: HalfYear) -> tuple[ControlResult, ControlPeriod, list[tuple[str, str]]]:
    result = company.evaluate(FIRST, LAST).results["OWN-01"]
    assert result.period is not None
    return result, result.period, [(each.first, each.last) for each in result.period.not_evidenced]


@pytest.mark.parametrize("after", [(SHUT, WEB), (WEB,)])
def test_days_from_its_end_to_a_snapshot_that_shows_it_to_hold_or_gone_are_not_bridged(
    company: HalfYear, after: tuple[dict[str, object], ...]
) -> None:
    record(company, range(1, 6), to("2026-03-06"), OPEN, WEB)
    record(company, range(10, 14), to("2026-03-06"), *after)
    result, period, missing = period_of(company)
    assert (result.verdict, missing) == ("not_evaluated", [("2026-03-07", "2026-03-09")])
    assert (
        "not bridged: 2026-03-07 to 2026-03-09: Bucket(logs) deviated while it was exempt by EX-1, and nobody saw when "
        "that ended"
    ) in period.notes


def test_where_the_entry_was_taken_out_nobody_knows_since_when(company: HalfYear) -> None:
    record(company, range(1, 6), to("2026-12-31"), OPEN, WEB)
    record(company, range(10, 14), "", SHUT, WEB)
    assert period_of(company)[2] == [("2026-03-06", "2026-03-09")]


def test_one_that_ended_just_before_the_snapshot_that_shows_it_to_hold_leaves_no_day(company: HalfYear) -> None:
    record(company, range(1, 6), to("2026-03-09"), OPEN, WEB)
    record(company, range(10, 14), to("2026-03-09"), SHUT, WEB)
    result, _, missing = period_of(company)
    assert (result.verdict, missing) == ("pass", [])


def test_what_was_mended_while_it_was_exempt_leaves_none_either(company: HalfYear) -> None:
    record(company, range(1, 6), to("2026-03-08"), OPEN, WEB)
    record(company, [7], to("2026-03-08"), SHUT, WEB)
    record(company, range(11, 14), to("2026-03-08"), SHUT, WEB)
    result, _, missing = period_of(company)
    assert (result.verdict, missing) == ("pass", [])


def test_what_still_deviates_is_an_interval_since_the_newest_snapshot_that_shows_all(company: HalfYear) -> None:
    record(company, range(1, 6), to("2026-03-06"), OPEN, WEB)
    record(company, range(10, 14), to("2026-03-06"), OPEN, WEB)
    result, period, missing = period_of(company)
    assert (result.verdict, missing) == ("fail", [])
    assert [(each.after, each.by) for each in period.noted] == [("2026-03-05T02:00:00Z", "2026-03-10T02:00:00Z")]


def test_days_up_to_the_first_snapshot_that_shows_it_exempt_are_not_bridged(company: HalfYear) -> None:
    record(company, range(1, 6), "", SHUT, WEB)
    record(company, range(10, 14), to("2026-12-31"), OPEN, WEB)
    result, period, missing = period_of(company)
    assert (result.verdict, missing) == ("not_evaluated", [("2026-03-06", "2026-03-09")])
    assert (
        "not bridged: 2026-03-06 to 2026-03-09: record 6 is the first that shows EX-1, by which Bucket(logs) is exempt: "
        "it deviates there, and none before it shows since when"
    ) in period.notes


def test_one_that_was_in_force_before_covers_the_days_between(company: HalfYear) -> None:
    record(company, range(1, 6), to("2026-12-31"), SHUT, WEB)
    record(company, range(10, 14), to("2026-12-31"), OPEN, WEB)
    result, _, missing = period_of(company)
    assert (result.verdict, missing) == ("pass", [])


def test_the_snapshots_around_the_beginning_and_the_end_of_the_period_are_told_so_too(company: HalfYear) -> None:
    record(company, [1], to("2026-03-01"), OPEN, WEB)
    record(company, range(4, 10), to("2026-03-01"), SHUT, WEB)
    record(company, [10], to("2026-03-10").replace("EX-1", "EX-2"), OPEN, WEB)
    record(company, [14], to("2026-03-10").replace("EX-1", "EX-2"), SHUT, WEB)
    assert period_of(company)[2] == [("2026-03-02", "2026-03-03"), ("2026-03-11", "2026-03-12")]


def test_a_deviation_that_is_exempt_meanwhile_is_an_interval_to_its_end(company: HalfYear) -> None:
    record(company, range(1, 3), "", SHUT, WEB)
    record(company, [3], "", OPEN, WEB)
    record(company, range(4, 6), to("2026-03-06"), OPEN, WEB)
    record(company, range(10, 14), to("2026-03-06"), SHUT, WEB)
    result, period, missing = period_of(company)
    assert (result.verdict, missing) == ("fail", [])
    assert [(each.by, each.until) for each in period.noted] == [("2026-03-03T02:00:00Z", "2026-03-10T02:00:00Z")]


def test_one_that_was_seen_exempt_and_to_hold_began_to_deviate_under_its_exemption(company: HalfYear) -> None:
    """Where all is exempt no snapshot shows a whole population."""
    record(company, [1], "", SHUT)
    record(company, range(2, 6), to("2026-12-31"), SHUT)
    record(company, range(6, 14), to("2026-12-31"), OPEN)
    _, period, _ = period_of(company)
    assert not [note for note in period.notes if note.startswith("not bridged")]
