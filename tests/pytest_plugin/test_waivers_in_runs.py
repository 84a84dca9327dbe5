"""Waivers in runs: what pytest and the artifacts say of an accepted deviation, and of a waiver that accepts nothing."""

import json
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from lxml import etree
from programmes import Programme
from waived_things import ALONE, BAD, CONTROLS, GOOD, people, prepare, waive


@pytest.fixture
def things(programme: Programme) -> Programme:
    """Two things of which one is bad."""
    return prepare(programme)


def check_artifacts(programme: Programme) -> None:
    """The artifacts are what their schemas say."""
    report = programme.path / "soc2-report"
    _check("matrix", json.loads((report / "matrix.json").read_text("utf-8")))
    for name in ("control", "finding"):
        for line in (report / f"{name}s.ndjson").read_text("utf-8").splitlines():
            _check(name, json.loads(line))


def _check(name: str, value: Any) -> None:
    schema = json.loads(files("soc2test").joinpath(f"schemas/{name}.schema.json").read_text("utf-8"))
    Draft202012Validator(schema).validate(value)


def row(programme: Programme, criterion: str) -> dict[str, Any]:
    found: dict[str, Any] = next(each for each in programme.matrix()["criteria"] if each["id"] == criterion)
    return found


def finding(programme: Programme, resource: str) -> dict[str, Any]:
    """The one finding of a resource in findings.ndjson."""
    lines = (programme.path / "soc2-report/findings.ndjson").read_text("utf-8").splitlines()
    (found,) = [line for line in map(json.loads, lines) if line.get("resource") == resource]
    return dict(found)


def counts(programme: Programme, control: str = "OWN-01") -> tuple[int, ...]:
    found = programme.control(control)
    return tuple(found[name] for name in ("population", "passed", "deviations", "waived", "unknown"))


@pytest.mark.parametrize("workers", [(), ("-n", "2")], ids=["alone", "workers"])
def test_an_accepted_deviation_is_xfailed_and_ends_with_0(things: Programme, workers: tuple[str, ...]) -> None:
    waive(things, {})
    result = things.run(ALONE, *workers, "-rx", "--junitxml=pytest.xml")
    result.assert_outcomes(xfailed=1)
    assert result.ret == 0
    assert (things.verdict("OWN-01"), counts(things)) == ("accepted", (2, 1, 1, 1, 0))
    said = "1 of 2 deviate, all accepted by WV-1 until 2027-03-31 (The vendor mends it in spring)"
    result.stdout.fnmatch_lines([f"XFAIL*OWN-01: accepted: {said}*"])
    assert things.control("OWN-01")["reason"] == {"code": "waived", "text": said}
    own = etree.parse(things.path / "pytest.xml").getroot().find(".//testcase/skipped")
    assert own is not None
    assert own.get("type") == "pytest.xfail"
    assert said in str(own.get("message"))
    of_pytest = things.matrix()
    assert of_pytest["counts"]["accepted"] == 1
    assert (of_pytest["problems"], set(of_pytest["programme"]["files"])) == ([], {"waivers.yaml"})
    check_artifacts(things)


def test_it_is_told_with_its_waiver_wherever_a_reader_looks(things: Programme) -> None:
    waive(things, {})
    result = things.run(ALONE)
    told = finding(things, "bad")
    assert (told["outcome"], told["waiver"]) == ("waived", "WV-1")
    assert told["message"] == "is bad; accepted until 2027-03-31 by the waiver WV-1"
    (waiver,) = things.control("OWN-01")["waivers"]
    assert (waiver["id"], waiver["matched"], waiver["force"], waiver["unused"]) == ("WV-1", 1, "in_force", False)
    assert things.control("OWN-01")["by_source"]["things"]["verdict"] == "accepted"
    assert things.control("OWN-01")["by_source"]["things"]["waived"] == 1
    report = things.path / "soc2-report"
    read = [(report / name).read_text("utf-8") for name in ("matrix.md", "matrix.html", "junit.xml")]
    for text in (*read, "\n".join(result.outlines)):
        plain = " ".join(text.replace("\\", "").split())
        lacking = [
            each
            for each in ("WV-1", "ben@acme.example", "The vendor mends it in spring", "2027-03-31", "is bad")
            if each not in plain
        ]
        assert lacking == []


def test_junit_skips_it_with_the_reason_and_the_waiver(things: Programme) -> None:
    waive(things, {})
    things.run(ALONE)
    suites = etree.parse(things.path / "soc2-report/junit.xml").getroot()
    (case,) = [each for each in suites.iter("testcase") if str(each.get("name")).startswith("OWN-01")]
    assert [each.tag for each in case if each.tag != "system-out"] == ["skipped"]
    message = str(case.find("skipped").get("message"))  # type: ignore[union-attr]  # found above
    assert "The vendor mends it in spring" in message
    assert "WV-1" in message


def test_its_criterion_is_an_accepted_deviation_and_says_why(things: Programme) -> None:
    things.write("soc2.yaml", "system: Test\ncategories: [privacy]\nsources:\n  things:\n    orgs: [one]\n")
    things.policy(CONTROLS.replace("CC6.1", "P4.1"))  # which no shipped test looks at
    waive(things, {})
    things.run(ALONE)
    told = row(things, "P4.1")
    assert told["status"] == "accepted_deviation"
    assert "OWN-01: 1 of 2 deviates, accepted (by WV-1 until 2027-03-31)" in told["reason"]


def test_with_runxfail_it_is_skipped_and_no_pass(things: Programme) -> None:
    waive(things, {})
    result = things.run(ALONE, "--runxfail")
    result.assert_outcomes(skipped=1)
    assert result.ret == 0


def test_one_that_is_not_waived_fails_beside_one_that_is(things: Programme) -> None:
    things.things(GOOD, BAD, {"id": "worse", "good": False})
    waive(things, {})
    result = things.run(ALONE)
    result.assert_outcomes(failed=1)
    assert (result.ret, things.verdict("OWN-01"), counts(things)) == (1, "fail", (3, 1, 2, 1, 0))
    assert (finding(things, "bad")["outcome"], finding(things, "worse")["outcome"]) == ("waived", "deviation")
    assert "2 of 3 deviate (1 accepted by a waiver)" in result.stdout.str()
    shown = result.stdout.str().partition("the first one, run again")[2]  # by pytest: the one that nobody accepts
    assert "Thing(worse)" in shown.partition("====")[0]


@pytest.mark.each(2)
@pytest.mark.parametrize(
    ("resources", "accepted"),
    [(["bad"], True), (["ba?d", "bad*"], True), (["b.d"], False), (["BAD"], False), (["bad/*"], False)],
)
def test_it_accepts_what_its_patterns_name_and_no_more(things: Programme, resources: list[str], accepted: bool) -> None:
    waive(things, {"resources": resources})
    things.run(ALONE)
    assert things.verdict("OWN-01") == ("accepted" if accepted else "fail")


def test_one_of_another_test_accepts_nothing(things: Programme) -> None:
    waive(things, {"test": "OWN-04"})
    things.run(ALONE)
    assert things.verdict("OWN-01") == "fail"


def test_what_is_unknown_is_not_waived(things: Programme) -> None:
    things.things(GOOD, BAD)
    waive(things, {"test": "OWN-03"})
    result = things.run("--soc2-control=OWN-03")
    assert (result.ret, things.verdict("OWN-03")) == (1, "not_evaluated")
    assert finding(things, "bad")["outcome"] == "unknown"
    assert not things.control("OWN-03")["waivers"][0]["unused"]


def test_a_gap_is_worse_than_an_accepted_deviation(things: Programme) -> None:
    things.things(GOOD, BAD, next="more")
    waive(things, {})
    result = things.run(ALONE)
    assert (result.ret, things.verdict("OWN-01"), counts(things)) == (1, "not_evaluated", (2, 1, 1, 1, 0))


def test_a_control_that_breaks_beside_it_is_an_error(things: Programme) -> None:
    things.policy(
        CONTROLS.replace('assert thing.good, "is bad"', 'assert thing.good, "is bad"\n    1 / (thing.id != "fine")')
    )
    waive(things, {})
    result = things.run(ALONE)
    assert (result.ret, things.verdict("OWN-01")) == (1, "error")


@pytest.mark.each(2)
@pytest.mark.parametrize(
    ("more", "verdict"),
    [({"id": "whole", "good": False}, "fail"), ({"id": "riddle", "good": True}, "not_evaluated"), (GOOD, "accepted")],
    ids=["fails as a whole", "can't tell the rest", "names it alone"],
)
def test_of_a_test_over_a_population_only_what_it_names_is_accepted(
    things: Programme, more: dict[str, Any], verdict: str
) -> None:
    things.things(BAD, more)
    waive(things, {"test": "OWN-04"}, {"id": "WV-2", "test": "OWN-04", "resources": ["whole", "OWN-04"]})
    things.run("--soc2-control=OWN-04")
    assert things.verdict("OWN-04") == verdict


def test_what_is_exempt_is_not_waived(things: Programme) -> None:
    who = "reason: the other one tests it, owner: ann@acme.example, approver: ben@acme.example"
    days = "since: 2026-02-02, review_by: 2027-01-31"
    things.write("exemptions.yaml", f"exemptions:\n  - {{id: EX-1, test: OWN-01, resources: [bad], {who}, {days}}}\n")
    waive(things, {})
    things.run(ALONE)
    assert (things.verdict("OWN-01"), finding(things, "bad")["outcome"]) == ("pass", "exempt")


# days


def test_an_expired_one_counts_no_longer_and_the_deviation_names_it(things: Programme) -> None:
    waive(things, {"expires": "2026-11-19"})
    result = things.run(ALONE)
    assert (result.ret, things.verdict("OWN-01")) == (1, "fail")
    told = finding(things, "bad")
    assert (told["outcome"], told["waiver"]) == ("deviation", None)
    assert told["message"] == "is bad; the waiver WV-1 expired on 2026-11-19 and accepts it no longer"
    (waiver,) = things.control("OWN-01")["waivers"]
    assert (waiver["force"], waiver["matched"], waiver["unused"]) == ("expired", 0, False)
    assert "nothing accepted any more (expired 2026-11-19)" in result.stdout.str()
    assert things.matrix()["problems"] == []


def test_the_first_and_the_last_day_count(things: Programme) -> None:
    for days in ({"opened": "2026-11-20"}, {"expires": "2026-11-20"}):
        waive(things, days)
        assert things.run(ALONE).ret == 0


def test_days_are_those_of_the_company(things: Programme) -> None:
    things.write("soc2.yaml", "system: Test\ntime_zone: Asia/Tokyo\nsources:\n  things:\n    orgs: [one]\n")
    waive(things, {"expires": "2026-11-20"})
    assert things.run(ALONE, as_of="2026-11-20T14:59:00Z").ret == 0
    assert things.run(ALONE, as_of="2026-11-20T15:01:00Z").ret == 1
    assert "expired on 2026-11-20" in finding(things, "bad")["message"]


def test_one_from_after_the_evidence_accepts_nothing_yet(things: Programme) -> None:
    now = datetime.now(UTC)
    collected, today = now - timedelta(hours=30), now.date()
    things.write("exports/manifest.yaml", f"collected_at: {collected:%Y-%m-%dT%H:%M:%SZ}\n")
    things.write("exports/registers/people.yaml", people().replace("2026-11-20", f"{collected:%Y-%m-%d}"))
    waive(things, {"opened": f"{today}", "expires": f"{today + timedelta(days=30)}"})
    result = things.run(ALONE, as_of=None)
    assert (result.ret, things.verdict("OWN-01")) == (1, "fail")
    assert finding(things, "bad")["message"].endswith(f"is in force from {today} on and does not accept it yet")


# unused


def test_one_that_names_no_deviation_is_listed_and_fails_a_strict_run(things: Programme) -> None:
    waive(things, {}, {"id": "WV-2", "resources": ["fine", "bad"]}, {"id": "WV-3", "resources": ["fine"]})
    result = things.run(ALONE)
    result.assert_outcomes(xfailed=1)
    found = {each["id"]: (each["unused"], each["unmatched"]) for each in things.control("OWN-01")["waivers"]}
    assert found == {"WV-1": (False, []), "WV-2": (False, ["fine"]), "WV-3": (True, ["fine"])}
    assert (result.ret, things.matrix()["problems"]) == (0, [])
    assert "UNUSED: no deviation has such an id" in " ".join(result.stdout.str().split())
    strict = things.run(ALONE, "--soc2-strict")
    strict.assert_outcomes(xfailed=1)
    assert strict.ret == 1
    (problem,) = things.matrix()["problems"]
    assert problem.startswith("waivers.yaml: WV-3 names no deviation of OWN-01 in this run")


def test_none_is_unused_where_not_all_was_seen(things: Programme) -> None:
    things.things(GOOD, next="more")
    waive(things, {})
    things.run(ALONE, "--soc2-strict")
    assert not things.control("OWN-01")["waivers"][0]["unused"]
    things.things(GOOD, BAD)
    things.run("--soc2-control=OWN-02", "--soc2-strict")
    assert things.matrix()["problems"] == []


# compensating controls


def compensating(programme: Programme, *controls: str, **entry: Any) -> tuple[str | None, str | None]:
    waive(programme, {"compensating": "OWN-02", **entry})
    programme.run(ALONE, *(f"--soc2-control={id}" for id in controls))
    (waiver,) = programme.control("OWN-01")["waivers"]
    assert programme.verdict("OWN-01") == "accepted"
    return waiver["compensating"], waiver["doubt"]


def test_a_compensating_control_is_named_where_it_was_seen_to_hold(things: Programme) -> None:
    assert compensating(things, "OWN-02") == ("OWN-02", None)
    assert "OWN-02 holds for them meanwhile" in (things.path / "soc2-report/matrix.md").read_text("utf-8")


@pytest.mark.parametrize("workers", [("-n", "2"), ("-p", "no:randomly")], ids=["workers", "alone"])
def test_it_is_asked_wherever_it_runs(things: Programme, workers: tuple[str, ...]) -> None:
    assert compensating(things, "OWN-02", *()) == ("OWN-02", None)
    things.run(ALONE, "--soc2-control=OWN-02", *workers)
    assert things.control("OWN-01")["waivers"][0]["compensating"] == "OWN-02"


def test_it_is_not_named_where_it_had_no_part_in_the_run(things: Programme) -> None:
    doubt = "OWN-02 is not seen to compensate: it was not evaluated in this run"
    assert compensating(things) == (None, doubt)
    assert doubt in (things.path / "soc2-report/matrix.md").read_text("utf-8")


@pytest.mark.each(2)
@pytest.mark.parametrize(
    ("body", "says"),
    [
        ("assert thing.id != 'bad'", "it does not hold for bad, or can't tell"),
        ("assert thing.good or thing.owner", "it does not hold for bad, or can't tell"),
        ("assert thing.id and 1 / 0", "it is in error"),
    ],
)
def test_it_is_not_named_where_it_does_not_hold(things: Programme, body: str, says: str) -> None:
    things.policy(CONTROLS.replace("    assert thing.id\n", f"    {body}\n"))
    assert compensating(things, "OWN-02") == (None, f"OWN-02 is not seen to compensate: {says}")


def test_it_is_not_named_where_it_looks_at_something_else(things: Programme) -> None:
    elsewhere = '"OWN-02", where=lambda thing: thing.good,'
    things.policy(CONTROLS.replace('"OWN-02",', elsewhere))
    says = "OWN-02 is not seen to compensate: bad is not among what it looks at"
    assert compensating(things, "OWN-02") == (None, says)


def test_two_whose_waivers_name_each_other_are_both_evaluated(things: Programme) -> None:
    things.policy(CONTROLS.replace("    assert thing.id\n", "    assert thing.good\n"))
    waive(things, {"compensating": "OWN-02"}, {"id": "WV-2", "test": "OWN-02", "compensating": "OWN-01"})
    result = things.run(ALONE, "--soc2-control=OWN-02")
    result.assert_outcomes(xfailed=2)
    assert [things.control(id)["waivers"][0]["compensating"] for id in ("OWN-01", "OWN-02")] == [None, None]


# people and secrets


def test_whoever_is_named_is_hidden_where_people_are(things: Programme, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOC2TEST_PSEUDONYM_KEY", "a key that is long enough for this test")
    things.things(GOOD, {"id": "ben@acme.example", "good": False})
    waive(
        things,
        {"resources": ["ben@acme.example"], "reason": "ann@acme.example mends it in spring", "compensating": "OWN-02"},
    )
    things.run(ALONE, "--soc2-control=OWN-02", "--soc2-pseudonymise")
    assert (things.verdict("OWN-01"), things.matrix()["pseudonymised"]) == ("accepted", True)
    assert things.control("OWN-01")["waivers"][0]["compensating"] == "OWN-02"
    for artifact in (things.path / "soc2-report").rglob("*.*"):
        held = [name for name in (b"ben@acme", b"ann@acme") if name in artifact.read_bytes()]
        assert held == [], artifact.name
