"""Scopes that are in soc2.yaml for a part of the time: taking one out closes no gap."""

from collections.abc import Collection
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from soc2test.verdicts import ControlResult

from .half_year import HOURS, HalfYear, days
from .test_not_applicable import MORE, out, people_of

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


OUT = range(5, 10)


def returning(root: Path, *, declared: bool, out: Collection[int] = OUT, **more: Any) -> HalfYear:
    """On the days `out` the second account is not declared, or its list is denied."""
    kept = [day for day in range(1, 13) if day not in out]
    return march(root, declared=range(1, 13) if declared else kept, unseen=out if declared else (), **more)


@pytest.mark.parametrize(("name", "control"), [("buckets", "OWN-01"), ("leavers", "OWN-02")])
def test_taking_a_scope_out_and_putting_it_back_is_as_if_it_had_not_been_seen(
    tmp_path: Path, name: str, control: str
) -> None:
    out, denied = (
        over(returning(tmp_path / f"{declared}", declared=declared, name=name), control, max_gap_days=3)
        for declared in (False, True)
    )
    assert (out.verdict, missing(out)) == (denied.verdict, missing(denied))
    assert (out.verdict, missing(out)) == ("not_evaluated", [("2026-03-05", "2026-03-09")])
    assert (out.period and out.period.observed) == (denied.period and denied.period.observed) == 5
    assert of_scopes(out) == [
        "cloud account two: in soc2.yaml up to record 4 of 2026-03-04, not in record 5 of 2026-03-05, again in record "
        "10 of 2026-03-10; not seen in between: 2026-03-05 to 2026-03-09",
        "cloud account two: in soc2.yaml since record 10 of 2026-03-10",
    ]


def test_a_few_days_without_it_are_bridged_and_not_observed(tmp_path: Path) -> None:
    out, denied = (
        over(returning(tmp_path / f"{declared}", declared=declared, out=(5, 6)), max_gap_days=3)
        for declared in (False, True)
    )
    assert out.period is not None
    assert denied.period is not None
    assert (out.verdict, out.period.observed, out.period.bridged) == ("pass", 8, denied.period.bridged)
    assert out.period.not_evidenced == denied.period.not_evidenced == ()


def test_one_that_comes_back_after_the_period_was_not_seen_to_its_end(tmp_path: Path) -> None:
    result = over(march(tmp_path, declared=[*range(1, 9), 12]), max_gap_days=2)
    assert (result.verdict, missing(result)) == ("not_evaluated", [("2026-03-09", "2026-03-11")])


def test_what_deviates_when_it_comes_back_may_have_done_so_since_it_was_taken_out(tmp_path: Path) -> None:
    company = march(tmp_path, declared=[*range(1, 5), 10], nights=range(1, 10))
    company.promise(accounts="[one, two]")
    company.export("cloud", "two", "buckets", [{"id": "old", "public": True}])
    company.export("cloud", "two", "leavers", [])
    company.record(*days("2026-03-10", "2026-03-12"))
    result = over(company)
    assert result.period is not None
    (noted,) = result.period.noted
    assert (noted.after, noted.by) == ("2026-03-04T02:00:00Z", "2026-03-10T02:00:00Z")


def test_days_on_which_the_control_was_not_applicable_are_none_of_its_own(tmp_path: Path) -> None:
    """Who takes it out with somebody's approval answers for these days; the scope is asked for on all others."""
    company = HalfYear(tmp_path)
    company.write("policies/more.py", MORE)
    for day in range(1, 13):
        away = 5 <= day <= 9
        people_of(company, f"2026-03-{day:02}")
        company.promise(out("OWN-01", "2026-03-05") if away else HOURS, accounts="[one]" if away else "[one, two]")
        for account, bucket in (("one", SHUT), ("two", OLD)):
            company.export("cloud", account, "leavers", None if away and account == "two" else [])
            company.export("cloud", account, "buckets", None if away and account == "two" else [bucket])
        company.record(*days(f"2026-03-{day:02}", f"2026-03-{day:02}"))
    result = over(company, max_gap_days=3)
    assert result.period is not None
    assert (result.verdict, missing(result), result.period.observed) == ("pass", [], 5)
    assert [(each.first, each.last) for each in result.period.not_applicable] == [("2026-03-05", "2026-03-09")]


def test_a_day_on_which_the_control_was_out_bridges_nothing_where_the_scope_was_away(tmp_path: Path) -> None:
    company = HalfYear(tmp_path)
    company.write("policies/more.py", MORE)
    for day in range(1, 13):
        away = 5 <= day <= 9
        people_of(company, f"2026-03-{day:02}")
        company.promise(out("OWN-01", "2026-03-07") if day == 7 else HOURS, accounts="[one]" if away else "[one, two]")
        for account, bucket in (("one", SHUT), ("two", OLD)):
            company.export("cloud", account, "leavers", None if away and account == "two" else [])
            company.export("cloud", account, "buckets", None if away and account == "two" else [bucket])
        company.record(*days(f"2026-03-{day:02}", f"2026-03-{day:02}"))
    assert missing(over(company, max_gap_days=3)) == [("2026-03-05", "2026-03-06"), ("2026-03-08", "2026-03-09")]
