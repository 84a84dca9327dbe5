"""Waivers over a period: a deviation is noted throughout, and marked as accepted on the days of its waiver alone."""

import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest

from soc2test.reports.html_period import over_period
from soc2test.reports.period_view import day_marks, noted_text
from soc2test.run import AsOf, Tool
from soc2test.store.recording import Results
from soc2test.verdicts import Accepted, ControlResult, Verdict

from .half_year import HalfYear, days

OPEN, SHUT = {"id": "logs", "public": True}, {"id": "logs", "public": False}
WAIVER = {
    "id": "WV-1",
    "test": "OWN-01",
    "resources": ["logs"],
    "reason": "The site is served from it until it moves",
    "owner": "ada@own.example",
    "approver": "bob@own.example",
    "opened": "2026-02-10",
    "expires": "2026-04-10",
}
NAMED = '''

@control("OWN-07", criteria=["CC6.1"], nature="state", where=lambda bucket: bucket.id == "logs")
def test_buckets_have_names(bucket: Bucket) -> None:
    """Every bucket has a name."""
    assert bucket.id, "has none"
'''


def people(**left: str) -> str:
    """The register of people: Ada and Bob, each of whom may have left."""
    names = {"ada": "Ada Byron", "bob": "Bob Turing", "robert": "Bob Turing"}
    lines = [
        f"  - {{name: {name}, email: {who}@own.example, employment: employee, role: chief, manager_email: null, "
        f"started_at: 2020-01-01, active: {'false' if who in left else 'true'}"
        + (f", ended_at: {left[who]}" if who in left else "")
        + "}"
        for who, name in names.items()
    ]
    return "\n".join(["register: people", "as_of: DAY", "entries:", *lines, ""])


@pytest.fixture
def company(tmp_path: Path) -> HalfYear:
    company = HalfYear(tmp_path)
    company.write("people.txt", people())
    return company


def waive(company: HalfYear, *entries: Mapping[str, Any]) -> None:
    """waivers.yaml from now on."""
    company.write("waivers.yaml", json.dumps({"waivers": [{**WAIVER, **entry} for entry in entries]}))


def record(company: HalfYear, first: str, last: str, public: bool, others: Iterable[Mapping[str, Any]] = ()) -> None:
    """A snapshot each day, with the register of people as it is that day."""
    company.export("cloud", "one", "buckets", [OPEN if public else SHUT, *others])
    for moment in days(first, last, every=1):
        keep_people(company, moment)
        company.record(moment)


def keep_people(company: HalfYear, moment: datetime) -> None:
    register = (company.root / "people.txt").read_text("utf-8")
    company.write("exports/registers/people.yaml", register.replace("DAY", f"{moment:%Y-%m-%d}"))


def accepted(result: ControlResult) -> list[Accepted]:
    assert result.period is not None
    return [part for noted in result.period.noted for part in noted.accepted]


@pytest.fixture(scope="module")
def half_year(tmp_path_factory: pytest.TempPathFactory) -> ControlResult:
    """A deviation open 02-01 to 05-01 with a waiver from 02-10 to 04-10."""
    company = HalfYear(tmp_path_factory.mktemp("half-year"))
    company.write("people.txt", people())
    record(company, "2026-01-01", "2026-01-31", public=False)
    record(company, "2026-02-01", "2026-02-09", public=True)
    waive(company, {})
    record(company, "2026-02-10", "2026-04-30", public=True)
    record(company, "2026-05-01", "2026-06-30", public=False)
    return company.result("OWN-01")


def test_it_is_noted_throughout_and_accepted_on_the_days_of_the_waiver_alone(half_year: ControlResult) -> None:
    result = half_year
    assert result.period is not None
    (noted,) = result.period.noted
    assert (noted.by, noted.until) == ("2026-02-01T02:00:00Z", "2026-05-01T01:00:00Z")
    assert noted.accepted == (Accepted(waiver="WV-1", first="2026-02-10", last="2026-04-10"),)
    assert (result.verdict, result.period.verdict) == ("fail", "deviations")
    assert (result.population, result.deviations, result.waived) == (1, 1, 0)
    assert result.period.sentence == (
        "deviations noted (1 of 1, whole population; 181 of 181 days observed); 1 accepted by a waiver for some of "
        "these days, and noted all the same"
    )


def test_the_waiver_stands_beside_it_in_every_report(half_year: ControlResult) -> None:
    result = half_year
    (finding,) = result.findings
    assert (finding.outcome, finding.waiver) == ("deviation", "WV-1")
    assert finding.message == (
        "is public (after 2026-01-31 02:00 UTC, by 2026-02-01 02:00 UTC in record 32, "
        "until 2026-05-01 01:00 UTC: holds; "
        "accepted from 2026-02-10 to 2026-04-10 by WV-1)"
    )
    (waiver,) = result.waivers
    assert (waiver.id, waiver.reason, waiver.approver) == ("WV-1", WAIVER["reason"], "bob@own.example")
    assert (waiver.matched, waiver.expires) == (1, "2026-04-10")
    assert result.period is not None
    assert noted_text(result.period.noted[0]).endswith("; accepted from 2026-02-10 to 2026-04-10 by WV-1")
    assert day_marks(result.period) == [
        ("observed", date(2026, 1, 1), 31),
        ("with a deviation", date(2026, 2, 1), 9),
        ("with an accepted deviation", date(2026, 2, 10), 60),
        ("with a deviation", date(2026, 4, 11), 20),
        ("observed", date(2026, 5, 1), 61),
    ]
    page = "".join(over_period(result.period))
    assert 'class="accepted" style="flex:60"' in page
    assert "29 with a deviation, 60 with an accepted deviation" in page


def test_a_second_deviation_on_the_same_day_is_not_marked_as_accepted(company: HalfYear) -> None:
    waive(company, {})
    record(company, "2026-02-10", "2026-02-12", public=True)
    record(company, "2026-02-13", "2026-02-14", public=True, others=[{"id": "web", "public": True}])
    result = company.result("OWN-01", max_gap_days=300)
    assert result.period is not None
    marks = [(mark, days) for mark, _, days in day_marks(result.period) if "deviation" in mark]
    assert marks[:2] == [("with an accepted deviation", 3), ("with a deviation", marks[1][1])]


@pytest.mark.parametrize(
    ("entry", "register", "says"),
    [
        ({"owner": "bob@own.example", "approver": "bob+x@own.example"}, people(), "look like one address"),
        ({"owner": "bob@own.example", "approver": "robert@own.example"}, people(), "are people of one name"),
        ({}, people(bob="2026-02-05"), "bob@own.example, who does not work here on 2026-02-10"),
        ({"resources": ["*"]}, people(), "is too broad"),
    ],
    ids=["an alias", "another address of the owner", "somebody who had left", "all"],
)
def test_one_that_nobody_rightly_approved_accepts_no_day_and_is_named(
    company: HalfYear, entry: dict[str, Any], register: str, says: str
) -> None:
    company.write("people.txt", register)
    record(company, "2026-02-09", "2026-02-09", public=True)
    waive(company, entry)
    record(company, "2026-02-10", "2026-02-13", public=True)
    result = company.result("OWN-01")
    assert (result.verdict, accepted(result), result.waivers) == ("fail", [], ())
    assert result.findings[0].waiver is None
    assert result.period is not None
    (note,) = [each for each in result.period.notes if "accepts nothing" in each]
    assert note.startswith("record 2: WV-1 accepts nothing: waivers.yaml:1: waivers[0].")
    assert says in note


def test_one_whose_approver_leaves_accepts_up_to_then(company: HalfYear) -> None:
    record(company, "2026-02-01", "2026-02-09", public=True)
    waive(company, {})
    record(company, "2026-02-10", "2026-03-01", public=True)
    company.write("people.txt", people(bob="2026-03-01"))
    record(company, "2026-03-02", "2026-04-30", public=True)
    (part,) = accepted(company.result("OWN-01"))
    assert (part.first, part.last) == ("2026-02-10", "2026-03-01")


def test_one_that_is_dated_back_accepts_from_the_first_snapshot_that_shows_it(company: HalfYear) -> None:
    record(company, "2026-02-01", "2026-02-28", public=True)
    waive(company, {})
    record(company, "2026-03-01", "2026-04-30", public=True)
    (part,) = accepted(company.result("OWN-01"))
    assert (part.first, part.last) == ("2026-03-01", "2026-04-10")


def test_one_that_is_taken_out_again_and_one_of_today_accept_nothing_of_the_rest(company: HalfYear) -> None:
    record(company, "2026-02-01", "2026-02-09", public=True)
    waive(company, {})
    record(company, "2026-02-10", "2026-02-20", public=True)
    (company.root / "waivers.yaml").unlink()
    record(company, "2026-02-21", "2026-03-31", public=True)
    waive(company, {"expires": "2027-02-09"})  # of today: no snapshot holds it
    (part,) = accepted(company.result("OWN-01"))
    assert (part.first, part.last) == ("2026-02-10", "2026-02-20")


def test_an_interval_that_comes_back_has_its_own_part(company: HalfYear) -> None:
    waive(company, {})
    record(company, "2026-02-10", "2026-02-20", public=True)
    record(company, "2026-02-21", "2026-02-28", public=False)
    record(company, "2026-03-01", "2026-03-05", public=True)
    record(company, "2026-03-06", "2026-03-31", public=False)
    result = company.result("OWN-01")
    assert result.period is not None
    parts = [[(part.first, part.last) for part in noted.accepted] for noted in result.period.noted]
    assert parts == [[("2026-02-10", "2026-02-20")], [("2026-03-01", "2026-03-05")]]


def test_what_is_recorded_late_shows_no_waiver_of_its_day(company: HalfYear) -> None:
    record(company, "2026-02-01", "2026-02-09", public=True)
    waive(company, {})
    for moment in days("2026-02-10", "2026-02-12", every=1):
        keep_people(company, moment)
        of_then = noted(moment, "deviation", Verdict.FAIL)
        company.record_late(moment, moment + timedelta(days=3), results=of_then)
    result = company.result("OWN-01")
    assert result.period is not None
    assert (len(result.period.noted), accepted(result)) == (1, [])


@pytest.mark.parametrize(("public", "later", "parts"), [
    (True, 3, [("2026-02-10", "2026-02-28")]),
    (True, 30, [("2026-02-10", "2026-02-28")]),  # its exports are stale, so that it shows nothing
    (False, 3, [("2026-02-10", "2026-02-19"), ("2026-02-21", "2026-02-28")]),
])  # fmt: skip
def test_what_is_recorded_late_parts_no_days_under_a_waiver_unless_it_shows_that_all_was_well(
    company: HalfYear, public: bool, later: int, parts: list[tuple[str, str]]
) -> None:
    waive(company, {})
    record(company, "2026-02-10", "2026-02-19", public=True)
    (noon,) = days("2026-02-20", "2026-02-20", every=1)
    company.export("cloud", "one", "buckets", [OPEN if public else SHUT])
    keep_people(company, noon)
    of_then = noted(noon, "deviation", Verdict.FAIL) if public else noted(noon, "holds", Verdict.PASS)
    company.record_late(noon, noon + timedelta(days=later), results=of_then)
    record(company, "2026-02-21", "2026-02-28", public=True)
    assert [(part.first, part.last) for part in accepted(company.result("OWN-01"))] == parts


def test_events_are_noted_and_marked_alike(company: HalfYear) -> None:
    late = {"id": "leo", "left_at": "2026-02-01T00:00:00Z", "removed_at": "2026-02-09T00:00:00Z"}
    company.export("cloud", "one", "leavers", [late])
    waive(company, {"test": "OWN-02", "resources": ["leo"]})
    record(company, "2026-02-09", "2026-04-20", public=False)
    result = company.result("OWN-02", max_gap_days=300)
    assert (result.verdict, result.deviations) == ("fail", 1)
    (part,) = accepted(result)
    assert (part.first, part.last) == ("2026-02-10", "2026-04-10")
    assert result.findings[0].message.endswith("(accepted from 2026-02-10 to 2026-04-10 by WV-1)")


# compensating controls


def compensated(company: HalfYear, more: Iterable[Mapping[str, Any]] = (), **entry: Any) -> ControlResult:
    waive(company, {"compensating": "OWN-07", **entry})
    record(company, "2026-02-10", "2026-02-15", public=True, others=more)
    return company.result("OWN-01", max_gap_days=300)


def policy(company: HalfYear, text: str) -> None:
    file = company.root / "policies/checks.py"
    company.write("policies/checks.py", file.read_text("utf-8") + text)


def test_a_compensating_control_is_named_where_it_held_the_resource_in_each_snapshot(company: HalfYear) -> None:
    policy(company, NAMED)
    result = compensated(company)
    (part,) = accepted(result)
    assert (part.compensating, result.waivers[0].compensating) == ("OWN-07", "OWN-07")
    assert result.findings[0].message.endswith("accepted from 2026-02-10 to 2026-02-15 by WV-1 while OWN-07 held)")


def test_it_is_not_named_where_it_looked_at_something_else(company: HalfYear) -> None:
    policy(company, NAMED)
    result = compensated(company, more=[{"id": "web", "public": True}], resources=["web"])
    (part,) = accepted(result)
    assert (part.compensating, result.waivers[0].compensating) == (None, None)
    assert result.waivers[0].doubt == "OWN-07 was not seen to hold for each of them in each snapshot under it"


@pytest.mark.parametrize("deviates", ["bucket.public", "bucket.public and as_of.day == 12"])
def test_it_is_not_named_where_it_deviates_in_any_of_the_snapshots(company: HalfYear, deviates: str) -> None:
    policy(
        company,
        NAMED.replace("(bucket: Bucket)", "(bucket: Bucket, as_of: datetime)").replace(
            "bucket.id, ", f"not ({deviates}), "
        ),
    )
    (part,) = accepted(compensated(company))
    assert part.compensating is None


# what runs of then noted


def noted(moment: Any, outcome: str, verdict: Verdict) -> Results:
    line = {"control": "OWN-01", "kind": "Bucket", "resource": "logs", "outcome": outcome, "message": "is public"}
    return Results(
        as_of=AsOf(moment, "evidence"), complete=True, incomplete_because=None, verdicts={"OWN-01": verdict},
        tool=Tool("0.1", (), ()), controls=b"", findings=json.dumps(line).encode() + b"\n", read={},
        unclaimed=frozenset(), documents={}, programme={}, dates=(moment,),
    )  # fmt: skip


def test_a_deviation_that_a_run_of_then_accepted_stands_where_todays_test_finds_none(company: HalfYear) -> None:
    company.export("cloud", "one", "buckets", [SHUT])
    for moment in days("2026-01-01", "2026-06-30", every=7):
        company.record_late(moment, moment, results=noted(moment, "waived", Verdict.ACCEPTED))
    result = company.result("OWN-01")
    assert (result.verdict, result.deviations) == ("fail", 1)
    assert "noted by the test of then" in result.findings[0].message


def test_that_it_was_accepted_then_is_no_other_verdict(company: HalfYear) -> None:
    company.export("cloud", "one", "buckets", [OPEN])
    for moment in days("2026-01-01", "2026-06-30", every=7):
        company.record_late(moment, moment, results=noted(moment, "waived", Verdict.ACCEPTED))
    result = company.result("OWN-01")
    assert result.period is not None
    assert result.period.notes == ()


def test_results_with_waivers_are_plain_data(half_year: ControlResult) -> None:
    assert msgspec.json.decode(msgspec.json.encode(half_year), type=ControlResult) == half_year
