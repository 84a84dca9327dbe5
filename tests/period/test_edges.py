"""Where days on which a control counts meet others: no row is as a snapshot beside them shows it, and what deviates on
the other side bridges nothing."""

from datetime import date, datetime
from pathlib import Path

import pytest

from soc2test.run import AsOf
from soc2test.verdicts import ControlPeriod, ControlResult

from .half_year import HalfYear, at, days
from .test_not_applicable import MORE, out, out_days, record

SHUT, OPEN = {"id": "logs", "public": False}, {"id": "logs", "public": True}
WEB = {"id": "web", "public": False}
FIRST, LAST = date(2026, 3, 2), date(2026, 3, 11)


@pytest.fixture
def company(tmp_path: Path) -> HalfYear:
    made = HalfYear(tmp_path)
    made.write("policies/more.py", MORE)
    made.export("cloud", "one", "buckets", [SHUT, WEB])
    return made


def marches(*of_days: int) -> list[datetime]:
    return [at(f"2026-03-{day:02} 03:00") for day in of_days]


def result_of(company: HalfYear) -> ControlResult:
    return company.result("OWN-01", first=FIRST, last=LAST)


def period_of(result: ControlResult) -> ControlPeriod:
    assert result.period is not None
    return result.period


def unseen(result: ControlResult) -> list[tuple[str, str]]:
    return [(each.first, each.last) for each in period_of(result).not_evidenced]


def test_a_row_is_as_the_newest_snapshot_shows_it_in_which_the_control_applied(company: HalfYear) -> None:
    record(company, *marches(1, 2, 3, 4, 5, 6))
    company.promise(out("OWN-01", "2026-03-07"))
    company.export("cloud", "one", "buckets", [OPEN, WEB, {"id": "new", "public": False}])
    record(company, *marches(7, 9, 11))
    found = company.evaluate(first=FIRST, last=LAST)
    result = found.results["OWN-01"]
    assert (result.verdict, result.passed, out_days(result)) == ("pass", 2, [("2026-03-07", "2026-03-11", "fail")])
    rows = {each.key[1]: each for each in found.members["OWN-01"]}
    assert rows.keys() == {"logs", "web"}
    assert {each.last.number for each in rows.values() if each.last is not None} == {6}
    told = rows["logs"].resource
    assert told is not None
    assert getattr(told, "public") is False  # noqa: B009  # a kind of the company's own
    assert period_of(result).notes[1] == "deviating while it was not applicable: Bucket(logs) in records 7 to 9"


def test_no_row_of_a_state_is_as_a_snapshot_of_after_the_period_shows_it(company: HalfYear) -> None:
    company.record(*marches(1, 3, 5, 7, 9, 11))
    company.export("cloud", "one", "buckets", [OPEN, WEB])
    company.record(*marches(12, 14))
    found = company.evaluate(first=FIRST, last=LAST)
    assert (found.results["OWN-01"].verdict, period_of(found.results["OWN-01"]).after) == ("pass", 1)
    assert {each.last.number for each in found.members["OWN-01"] if each.last is not None} == {6}


def test_a_day_before_the_control_is_out_is_not_bridged_to_what_deviates_then(company: HalfYear) -> None:
    record(company, *marches(1, 3, 5))
    company.promise(out("OWN-01", "2026-03-04"))
    company.export("cloud", "one", "buckets", [OPEN, WEB])
    record(company, *marches(7, 9, 11))
    result = result_of(company)
    assert (result.verdict, unseen(result)) == ("not_evaluated", [("2026-03-06", "2026-03-06")])
    assert (
        "not bridged: 2026-03-06: record 4, in which the control is not applicable, shows Bucket(logs) to deviate, and "
        "none before it since when"
    ) in period_of(result).notes
    assert period_of(result).sentence == (
        "not evidenced for 1 day (2026-03-06); 2 of 5 days observed on which it applied; between snapshots not tested; "
        "not applicable on 5 days (2026-03-07 to 2026-03-11)"
    )


def test_it_is_bridged_to_what_holds_then_and_to_what_deviated_before(company: HalfYear) -> None:
    record(company, *marches(1, 3))
    company.export("cloud", "one", "buckets", [OPEN, WEB])
    record(company, *marches(5))
    company.promise(out("OWN-01", "2026-03-04"))
    record(company, *marches(7))
    company.export("cloud", "one", "buckets", [SHUT, WEB])
    record(company, *marches(9, 11))
    result = result_of(company)
    assert (result.verdict, result.deviations, unseen(result)) == ("fail", 1, [])


def test_a_snapshot_that_does_not_show_all_bridges_no_better(company: HalfYear) -> None:
    record(company, *marches(1, 3, 5))
    company.promise(out("OWN-01", "2026-03-04"))
    company.export("cloud", "one", "buckets", [{"id": "logs", "public": None}, {"id": "web", "public": True}])
    record(company, *marches(7))
    company.export("cloud", "one", "buckets", [SHUT, WEB])
    record(company, *marches(9, 11))
    assert result_of(company).verdict == "not_evaluated"


def test_a_day_after_the_control_was_out_is_not_bridged_from_what_deviated_then(company: HalfYear) -> None:
    company.promise(out("OWN-01", "2026-03-01"))
    company.export("cloud", "one", "buckets", [OPEN, WEB])
    record(company, *marches(1, 3, 5))
    company.promise()
    company.export("cloud", "one", "buckets", [SHUT, WEB])
    record(company, *marches(7, 9, 11))
    result = result_of(company)
    assert (result.verdict, unseen(result)) == ("not_evaluated", [("2026-03-06", "2026-03-06")])
    notes = period_of(result).notes
    assert (
        "not bridged: 2026-03-06: Bucket(logs) deviated while the control was not applicable, and nobody saw when that "
        "ended"
    ) in notes


def test_what_is_out_only_before_the_period_bridges_no_deviation_into_it_either(company: HalfYear) -> None:
    company.promise(out("OWN-01", "2026-02-01"))
    company.export("cloud", "one", "buckets", [OPEN, WEB])
    record(company, *marches(1))
    company.promise()
    company.export("cloud", "one", "buckets", [SHUT, WEB])
    record(company, *marches(4, 6, 8, 10, 11))
    result = result_of(company)
    assert (result.verdict, unseen(result)) == ("not_evaluated", [("2026-03-02", "2026-03-03")])


def test_the_last_days_are_not_bridged_to_what_deviates_after_the_period(company: HalfYear) -> None:
    company.record(*marches(1, 3, 5, 7, 9))
    company.export("cloud", "one", "buckets", [OPEN, WEB])
    company.record(*marches(13))
    result = result_of(company)
    assert (result.verdict, unseen(result)) == ("not_evaluated", [("2026-03-10", "2026-03-11")])
    assert (
        "not bridged: 2026-03-10 to 2026-03-11: record 6, of after the period, shows Bucket(logs) to deviate, and none "
        "before it since when"
    ) in period_of(result).notes


def test_events_that_deviate_while_it_is_out_are_named(company: HalfYear) -> None:
    def leave(name: str, left: str, gone: str) -> dict[str, str]:
        return {"id": name, "left_at": f"2026-03-{left}T09:00:00Z", "removed_at": f"2026-03-{gone}T09:00:00Z"}

    company.export("cloud", "one", "leavers", [leave("early", "02", "02")])
    record(company, *marches(1, 3, 5))
    company.promise(out("OWN-02", "2026-03-04"))
    company.export("cloud", "one", "leavers", [leave("early", "02", "02"), leave("beside", "08", "10")])
    record(company, *marches(7, 9, 11))
    result = company.result("OWN-02", first=FIRST, last=LAST)
    assert (result.deviations, result.population) == (0, 1)
    assert "deviating while it was not applicable: Leaver(beside) of 2026-03-08 in record 5" in period_of(result).notes


def test_quarters_that_were_not_performed_while_it_is_out_are_named(company: HalfYear) -> None:
    company.export("book", "own", "reviews", [{"id": "r1", "done_at": "2026-03-20T09:00:00Z"}])
    record(company, *days("2026-01-01", "2026-04-14", every=7))
    company.promise(out("OWN-03", "2026-04-15"))
    record(company, *days("2026-04-15", "2026-06-30", every=7), at("2026-07-02 03:00"))
    result = company.result("OWN-03")
    assert "not performed while it was not applicable: Q2 2026" in period_of(result).notes


def test_nor_are_days_of_its_own_bridged_from_what_deviated_then_to_after_the_period(company: HalfYear) -> None:
    record(company, *marches(1, 3, 5))
    company.promise(out("OWN-01", "2026-03-06"))
    record(company, *marches(6))
    company.export("cloud", "one", "buckets", [OPEN, WEB])
    record(company, *marches(7, 9))
    company.promise()
    company.export("cloud", "one", "buckets", [SHUT, WEB])
    record(company, *marches(12))
    result = result_of(company)
    assert (result.verdict, unseen(result)) == ("not_evaluated", [("2026-03-10", "2026-03-11")])


def test_exports_of_the_last_day_that_a_run_of_after_the_period_saw_deviate_count_for_it(company: HalfYear) -> None:
    company.record(*marches(1, 3, 5, 7, 9))
    company.export("cloud", "one", "buckets", [OPEN, WEB])
    company.write("exports/manifest.yaml", "collected_at: 2026-03-11T20:00:00Z\n")
    company.record_as(at("2026-03-11 21:00"), at("2026-03-12 03:00"), AsOf(at("2026-03-12 03:00"), "option"))
    result = result_of(company)
    assert (result.verdict, result.deviations, unseen(result)) == ("fail", 1, [])


def test_where_one_of_its_exports_is_of_after_the_period_it_is_not_known_and_observes_no_day(company: HalfYear) -> None:
    company.promise(accounts="[one, two]")
    company.export("cloud", "two", "buckets", [])
    company.record(*marches(1, 3, 5, 7, 9))
    company.export("cloud", "one", "buckets", [OPEN, WEB])
    later = "files: {cloud/one/buckets.json: {collected_at: 2026-03-12T01:00:00Z}}\n"
    company.write("exports/manifest.yaml", f"collected_at: 2026-03-11T20:00:00Z\n{later}")
    company.record_as(at("2026-03-12 02:00"), at("2026-03-12 03:00"), AsOf(at("2026-03-12 03:00"), "option"))
    result = result_of(company)
    assert (result.verdict, unseen(result)) == ("not_evaluated", [("2026-03-10", "2026-03-11")])
