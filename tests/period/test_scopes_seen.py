"""Scopes that are in soc2.yaml for a part of the time: taking one out closes no gap."""

from collections.abc import Collection
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from soc2test.verdicts import ControlResult

from .half_year import HalfYear, days

SHUT = {"id": "logs", "public": False}
OLD = {"id": "old", "public": False}
FIRST, LAST = date(2026, 3, 2), date(2026, 3, 11)


def over(company: HalfYear, control: str = "OWN-01", **more: Any) -> ControlResult:
    return company.result(control, first=FIRST, last=LAST, **more)


def night(company: HalfYear, day: int, *, declared: bool, seen: bool, name: str = "buckets", hour: int = 3) -> None:
    """A night of March; the second account is declared or not, and its list is there or not."""
    company.promise(accounts="[one, two]" if declared else "[one]")
    for other in ("buckets", "leavers"):
        company.export("cloud", "one", other, [SHUT] if other == "buckets" else [])
        company.export("cloud", "two", other, [] if declared else None)
    if declared:
        company.export("cloud", "two", name, ([OLD] if name == "buckets" else []) if seen else None)
    company.record(*days(f"2026-03-{day:02}", f"2026-03-{day:02}", hour=hour))


def march(
    root: Path,
    declared: Collection[int],
    unseen: Collection[int] = (),
    nights: Collection[int] = range(1, 13),
    **more: Any,
) -> HalfYear:
    company = HalfYear(root)
    for day in nights:
        night(company, day, declared=day in declared, seen=day not in unseen, **more)
    return company


def missing(result: ControlResult) -> list[tuple[str, str]]:
    assert result.period is not None
    return [(each.first, each.last) for each in result.period.not_evidenced]


def of_scopes(result: ControlResult) -> list[str]:
    assert result.period is not None
    return [note for note in result.period.notes if "in soc2.yaml" in note]


def test_what_was_not_seen_to_its_end_is_not_bridged_by_snapshots_without_it(tmp_path: Path) -> None:
    result = over(march(tmp_path, declared=range(1, 10), unseen=range(4, 10)))
    assert result.verdict == "not_evaluated"
    assert missing(result) == [("2026-03-04", "2026-03-09")]
    (note,) = of_scopes(result)
    assert note == (
        "cloud account two: in soc2.yaml up to record 9 of 2026-03-09, not in record 10 of 2026-03-10; "
        "not seen, and not bridged by what does not declare it: 2026-03-04 to 2026-03-09"
    )


def test_nobody_stands_better_by_not_recording_these_days(tmp_path: Path) -> None:
    result = over(march(tmp_path, declared=range(1, 10), nights=(1, 2, 3, 10, 11, 12)))
    assert missing(result) == [("2026-03-04", "2026-03-09")]


def test_what_was_seen_to_its_end_is_named_and_bridged_as_ever(tmp_path: Path) -> None:
    result = over(march(tmp_path, declared=range(1, 10), unseen=(5, 6)))
    assert (result.verdict, missing(result)) == ("pass", [])
    assert of_scopes(result) == [
        "cloud account two: in soc2.yaml up to record 9 of 2026-03-09, not in record 10 of 2026-03-10"
    ]


def test_what_stays_declared_is_bridged_and_not_named(tmp_path: Path) -> None:
    result = over(march(tmp_path, declared=range(1, 13), unseen=(4, 5, 6)))
    assert (result.verdict, missing(result), of_scopes(result)) == ("pass", [], [])


def test_days_before_it_was_first_seen_are_bridged_by_that_look_and_it_is_named(tmp_path: Path) -> None:
    result = over(march(tmp_path, declared=range(5, 13), unseen=(5, 6)))
    assert (result.verdict, missing(result)) == ("pass", [])
    assert of_scopes(result) == ["cloud account two: in soc2.yaml since record 5 of 2026-03-05"]


def test_what_was_never_seen_has_no_day_that_others_bridge(tmp_path: Path) -> None:
    result = over(march(tmp_path, declared=(5, 6, 7), unseen=(5, 6, 7)))
    assert missing(result) == [("2026-03-05", "2026-03-07")]


def test_a_second_look_of_its_last_day_without_it_shows_no_day(tmp_path: Path) -> None:
    company = HalfYear(tmp_path)
    for day in range(1, 13):
        night(company, day, declared=day <= 5, seen=day < 5)
        if day == 5:
            night(company, day, declared=False, seen=False, hour=15)
    assert missing(over(company)) == [("2026-03-05", "2026-03-05")]


def test_it_is_so_of_events_too(tmp_path: Path) -> None:
    result = over(march(tmp_path, declared=range(1, 10), unseen=range(4, 10), name="leavers"), "OWN-02")
    assert missing(result) == [("2026-03-04", "2026-03-09")]


def test_a_scope_of_other_kinds_is_none_of_it(tmp_path: Path) -> None:
    result = over(march(tmp_path, declared=range(1, 10), unseen=range(4, 10)), "OWN-05")
    assert of_scopes(result) == []


@pytest.mark.parametrize("more", [{"remember": False}, {"processes": 2}], ids=["afresh", "two_processes"])
def test_it_is_the_same_however_it_is_evaluated(tmp_path: Path, more: dict[str, Any]) -> None:
    company = march(tmp_path, declared=range(1, 10), unseen=range(4, 10))
    assert over(company, **more) == over(company)
