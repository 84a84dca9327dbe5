"""Events whose limit ended: pending no more, whatever later snapshots do not show, or show exempt."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest

from soc2test.comparing.compare import compare
from soc2test.comparing.sides import Side
from soc2test.listing.outcomes import Outcomes
from soc2test.reports.left_out import left_out
from soc2test.run import AsOf
from soc2test.verdicts import ControlResult, Verdict

from .half_year import HalfYear, at, days
from .test_not_applicable import MORE, out
from .test_waivers import keep_people, people

FIRST, LAST, REPORTED = date(2026, 3, 2), date(2026, 3, 11), date(2026, 3, 20)
ENTRY = (
    "exemptions:\n  - {id: EX-1, test: OWN-02, resources: [RESOURCES], reason: Keeps the keys of the safe until then, "
    "owner: ada@own.example, approver: bob@own.example, since: SINCE, review_by: 2026-12-31}\n"
)
LEFT = "2026-03-10 10:00"
"""of the one that is asked for; 48 hours are allowed"""
ENDS = "2026-03-12 09:00 UTC"


@pytest.fixture
def company(tmp_path: Path) -> HalfYear:
    company = HalfYear(tmp_path)
    company.write("people.txt", people())
    company.promise("limits: {OWN-02: {hours: 48}}")
    return company


def exempt(company: HalfYear, since: str | None, resources: str = "late") -> None:
    """From now on, by an entry of this day; None: it is taken out."""
    text = ENTRY.replace("SINCE", since).replace("RESOURCES", resources) if since else "exemptions: []\n"
    company.write("exemptions.yaml", text)


def record(company: HalfYear, *on: str, left: str = LEFT, removed: str | None = None, denied: bool = False) -> None:
    """Nights of March; one left in time long before, another one is asked for."""
    for day in on:
        (moment,) = days(f"2026-03-{day}", f"2026-03-{day}")
        keep_people(company, moment)
        told = [leaver("in time", "2026-03-03 10:00", "2026-03-03 12:00")]
        if at(left) <= moment:
            told.append(leaver("late", left, removed if removed and at(removed) <= moment else None))
        company.export("cloud", "one", "leavers", None if denied else told)
        company.record(moment)


def leaver(id: str, left: str, removed: str | None) -> dict[str, Any]:
    return {"id": id, "left_at": at(left).isoformat(), "removed_at": removed and at(removed).isoformat()}


def nights(first: int, last: int) -> list[str]:
    return [f"{day:02}" for day in range(first, last + 1)]


def march(company: HalfYear, **more: Any) -> ControlResult:
    return company.result("OWN-02", **{"first": FIRST, "last": LAST, "until": REPORTED, "max_gap_days": 3, **more})


def told(result: ControlResult) -> dict[str, str]:
    outcomes = Outcomes(result, over_all=False)
    return {each.resource: outcomes.of(each.kind, each.resource)[0] for each in result.findings}


def text(result: ControlResult) -> str:
    (finding,) = (each for each in result.findings if each.resource == "late")
    return finding.message


def named(result: ControlResult) -> list[str]:
    run = type("Run", (), {"controls": (result,), "ages": ()})()
    return [f"{each.what}; {each.who}" for each in left_out(run)]


@pytest.mark.parametrize("after", ["no snapshot", "denied", "one that was recorded before the limit ended"])
def test_what_nobody_saw_after_its_limit_had_ended_is_not_known(company: HalfYear, after: str) -> None:
    record(company, *nights(1, 11))
    last = 11
    if after == "denied":
        record(company, "13", "18", denied=True)
    elif after != "no snapshot":
        record(company, "12")
        last = 12
    result = march(company)
    assert (result.verdict, result.pending, result.unknown) == (Verdict.NOT_EVALUATED, 0, 1)
    assert text(result) == f"its limit ended {ENDS}, and no snapshot after record {last} tells of it"
    assert result.reason is not None
    assert result.reason.code == "unknown_fact"
    assert result.period is not None
    assert "no deviations noted" not in result.period.sentence


@pytest.mark.parametrize(
    "as_of", [{"until": LAST}, {"now": datetime.fromisoformat("2026-03-12T08:00:00Z")}], ids=["report_date", "today"]
)
def test_what_had_not_ended_by_the_report_date_is_pending(company: HalfYear, as_of: dict[str, Any]) -> None:
    record(company, *nights(1, 11))
    assert (march(company, **as_of).verdict, told(march(company, **as_of))) == ("pass", {"late": "pending"})


@pytest.mark.parametrize(("reported", "outcome"), [(date(2026, 3, 12), "pending"), (date(2026, 3, 13), "unknown")])
def test_a_limit_that_ends_on_the_report_date_had_not_ended_in_it(
    company: HalfYear, reported: date, outcome: str
) -> None:
    record(company, *nights(1, 12))  # the night to the 12th, hours before its limit ends
    assert told(march(company, until=reported)) == {"late": outcome}


def test_an_exemption_that_is_first_seen_after_the_limit_had_ended_takes_nothing_back(company: HalfYear) -> None:
    record(company, *nights(1, 5), left="2026-03-02 10:00")
    exempt(company, "2026-03-01")
    record(company, *nights(6, 12), left="2026-03-02 10:00")
    result = march(company)
    assert told(result) == {"late": "deviation"}


def test_so_it_is_where_no_snapshot_saw_it_between_its_limit_and_the_exemption(company: HalfYear) -> None:
    """The last look without the entry found it pending: it was open past its limit when the entry came."""
    record(company, *nights(1, 4), left="2026-03-03 10:00")
    exempt(company, "2026-03-01")
    record(company, *nights(6, 12), left="2026-03-03 10:00")
    result = march(company)
    assert (result.verdict, told(result), result.exempt) == ("fail", {"late": "deviation"}, 0)
    assert text(result) == (
        "was not removed (EX-1 is in force since 2026-03-06: its limit had ended 2026-03-05 09:00 UTC) "
        "(exempt from 2026-03-06 to 2026-03-11 by EX-1)"
    )
    assert any("EX-1" in each and "approved by bob@own.example" in each for each in named(result))
    assert result.period is not None
    (noted,) = result.period.noted
    assert (noted.record, noted.after) == (5, "2026-03-04T02:00:00Z")


def test_what_was_done_late_meanwhile_deviates_and_what_was_done_in_time_passes(company: HalfYear) -> None:
    for removed, verdict in (("2026-03-08 10:00", "fail"), ("2026-03-05 04:00", "pass")):
        other = HalfYear(company.scratch / removed[:10])
        other.write("people.txt", people())
        other.promise("limits: {OWN-02: {hours: 48}}")
        record(other, *nights(1, 5), left="2026-03-03 10:00", removed=removed)
        exempt(other, "2026-03-01")
        record(other, *nights(6, 12), left="2026-03-03 10:00", removed=removed)
        assert (march(other).verdict, march(other).population) == (verdict, 2)


def test_an_exemption_that_was_in_force_when_the_limit_ended_is_named(company: HalfYear) -> None:
    record(company, *nights(1, 11))
    exempt(company, "2026-03-10")
    record(company, "12", "18")
    result = march(company)
    assert (result.verdict, told(result)) == ("pass", {"late": "exempt (deviation)"})
    assert (result.population, result.passed, result.exempt, result.exempt_deviations) == (1, 1, 1, 1)
    assert text(result).endswith("(exempt from 2026-03-12 to 2026-03-18 by EX-1)")
    (line,) = (each for each in named(result) if "EX-1" in each)
    assert "late" in line
    assert "approved by bob@own.example" in line


def test_where_it_is_all_that_there_was_nothing_was_tested(company: HalfYear) -> None:
    for day in nights(1, 11):
        (moment,) = days(f"2026-03-{day}", f"2026-03-{day}")
        keep_people(company, moment)
        company.export("cloud", "one", "leavers", [leaver("late", LEFT, None)] if day == "11" else [])
        company.record(moment)
    exempt(company, "2026-03-10")
    for day in ("12", "18"):
        (moment,) = days(f"2026-03-{day}", f"2026-03-{day}")
        keep_people(company, moment)
        company.record(moment)
    result = march(company)
    assert result.verdict == Verdict.NOT_EVALUATED
    assert result.reason is not None
    assert "fallen due" not in result.reason.text


def test_how_it_ended_is_not_known_where_the_last_look_shows_it_exempt_before_its_end(company: HalfYear) -> None:
    record(company, *nights(1, 11))
    exempt(company, "2026-03-10")
    record(company, "12")
    result = march(company)
    assert (result.verdict, told(result)) == (Verdict.NOT_EVALUATED, {"late": "unknown"})
    assert text(result) == (
        f"its limit ended {ENDS}, and no snapshot after record 12 tells of it, in which it was exempt by EX-1"
    )


def test_what_was_exempt_for_a_while_and_is_done_in_time_passes(company: HalfYear) -> None:
    exempt(company, "2026-03-01")
    record(company, *nights(1, 5), left="2026-03-04 10:00", removed="2026-03-06 09:00")
    exempt(company, None)
    record(company, *nights(6, 12), left="2026-03-04 10:00", removed="2026-03-06 09:00")
    result = march(company)
    assert (result.verdict, result.population, result.exempt) == ("pass", 2, 0)


def test_an_entry_that_is_widened_counts_from_then_on(company: HalfYear) -> None:
    exempt(company, "2026-03-01", "other")
    record(company, *nights(1, 4), left="2026-03-03 10:00")
    exempt(company, "2026-03-01", "other, late")
    record(company, *nights(6, 12), left="2026-03-03 10:00")
    assert told(march(company)) == {"late": "deviation"}


def test_one_that_names_others_later_goes_on(company: HalfYear) -> None:
    exempt(company, "2026-03-01")
    record(company, *nights(1, 5), left="2026-03-03 10:00")
    exempt(company, "2026-03-01", "late, other")
    record(company, *nights(6, 12), left="2026-03-03 10:00")
    assert told(march(company)) == {"late": "exempt (deviation)"}


def test_an_entry_that_was_taken_out_and_entered_again_counts_from_then_on(company: HalfYear) -> None:
    exempt(company, "2026-03-01")
    record(company, *nights(1, 3), left="2026-03-03 01:00")
    exempt(company, None)
    record(company, "04", left="2026-03-03 01:00")
    exempt(company, "2026-03-01")
    record(company, *nights(6, 12), left="2026-03-03 01:00")
    assert told(march(company)) == {"late": "deviation"}


def test_an_event_of_the_period_that_is_seen_after_it_alone_and_exempt_is_named(company: HalfYear) -> None:
    exempt(company, "2026-03-01")
    record(company, *nights(1, 11), left="2026-03-11 10:00")
    record(company, "12", "18", left="2026-03-11 10:00")
    result = march(company)
    assert told(result) == {"late": "exempt (deviation)"}
    assert result.period is not None
    assert "1 exempt, of which 1 deviate" in result.period.sentence


@pytest.mark.parametrize("control", ["OWN-01", "OWN-02"])
def test_an_exemption_that_a_late_snapshot_shows_loosens_nothing(company: HalfYear, control: str) -> None:
    company.export("cloud", "one", "buckets", [{"id": "late", "public": False}, {"id": "in time", "public": False}])
    record(company, *nights(1, 5), left="2026-03-03 10:00", removed="2026-03-10 10:00")
    exempt(company, "2026-03-01")
    company.write("exemptions.yaml", (company.root / "exemptions.yaml").read_text().replace("OWN-02", control))
    company.export("cloud", "one", "buckets", [{"id": "late", "public": True}, {"id": "in time", "public": False}])
    company.export("cloud", "one", "leavers", [leaver("late", "2026-03-03 10:00", None)])
    company.write("exports/manifest.yaml", "collected_at: 2026-03-06T02:00:00Z\n")
    night = at("2026-03-06 03:00")
    company.record_as(night, at("2026-03-09 03:00"), AsOf(night, "option"))
    company.export("cloud", "one", "buckets", [{"id": "in time", "public": False}])
    exempt(company, None)
    record(company, *nights(10, 12), left="2026-03-12 10:00")
    result = company.result(control, first=FIRST, last=LAST, until=REPORTED)
    assert (result.verdict, told(result)) == ("fail", {"late": "deviation"})


def test_diff_does_not_say_that_it_was_closed(company: HalfYear) -> None:
    record(company, *nights(1, 11), "13", "18")
    before = side(march(company))
    assert next(iter(before.findings.values()))["outcome"] == "deviation"
    for name, after, heading in (("unseen", (), "lost"), ("exempt", ("12", "18"), "exempt")):
        other = HalfYear(company.scratch / name)
        other.write("people.txt", people())
        other.promise("limits: {OWN-02: {hours: 48}}")
        record(other, *nights(1, 11))
        exempt(other, "2026-03-10")
        record(other, *after)
        changes = compare(before, side(march(other)))
        assert (changes.closed, len(getattr(changes, heading)), changes.worse) == ((), 1, heading == "lost")


def side(result: ControlResult) -> Side:
    line = {**msgspec.to_builtins(result), "gaps_total": len(result.gaps)}
    over = msgspec.to_builtins(result.period)
    findings = {
        each.id: {**msgspec.to_builtins(each), "control": result.id, "severity": result.severity}
        for each in result.findings
    }
    return Side(
        shown="a report", as_of="2026-03-20T00:00:00Z", complete=True, controls={result.id: {**line, "period": over}},
        findings=findings, evidence={}, packs={},
    )  # fmt: skip


def test_what_was_exempt_throughout_and_whose_end_nobody_saw_is_not_known(company: HalfYear) -> None:
    exempt(company, "2026-03-01")
    record(company, *nights(1, 11))
    result = march(company)
    assert told(result) == {"late": "exempt (unknown)"}
    assert text(result).startswith(f"exempt by EX-1; it can't be told: its limit ended {ENDS}")
    assert result.period is not None
    assert [each.found for each in result.period.exempt] == ["unknown"]
    assert told(march(company, until=LAST)) == {"late": "exempt (pending)"}


def test_what_was_pending_while_exempt_and_held_in_time_held(company: HalfYear) -> None:
    exempt(company, "2026-03-01")
    record(company, *nights(1, 11), left="2026-03-04 10:00", removed="2026-03-06 09:00")
    assert told(march(company)) == {"late": "exempt"}


def test_it_is_named_where_the_control_is_out_when_its_limit_ends(company: HalfYear) -> None:
    company.write("policies/more.py", MORE)
    record(company, *nights(1, 8), left="2026-03-07 10:00")
    exempt(company, "2026-03-01")
    company.promise(out("OWN-02", "2026-03-09").replace("24", "48"))
    record(company, *nights(9, 18), left="2026-03-07 10:00")
    result = march(company)
    assert result.period is not None
    assert [each.first for each in result.period.not_applicable] == ["2026-03-09"]
    assert (told(result), result.population, result.exempt) == ({"late": "exempt (deviation)"}, 1, 1)
    assert [(each.first, each.found) for each in result.period.exempt] == [("2026-03-09", "deviation")]


def test_what_is_exempt_is_judged_by_the_limits_of_its_day(company: HalfYear) -> None:
    exempt(company, "2026-03-01")
    record(company, *nights(1, 5), left="2026-03-04 10:00")
    company.promise('limits: {OWN-02: {hours: {value: 960, clause: "Access policy, 4", approved_by: bob@own.example}}}')
    record(company, *nights(6, 12), left="2026-03-04 10:00")
    assert told(march(company)) == {"late": "exempt (deviation)"}


def test_what_is_exempt_at_last_and_whose_limit_is_open_is_no_member(company: HalfYear) -> None:
    record(company, *nights(1, 10), left="2026-03-09 10:00")
    exempt(company, "2026-03-01")
    record(company, "11", left="2026-03-09 10:00")
    result = march(company, until=date(2026, 3, 11), now=at("2026-03-11 04:00"))
    assert (told(result), result.population, result.passed) == ({"late": "exempt (pending)"}, 1, 1)
