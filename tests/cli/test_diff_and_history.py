"""`soc2test diff` and `soc2test history`: what changed from run to run, and what vanished though nobody looked."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from programmes import Programme

from soc2test.cli.main import main
from soc2test.comparing.compare import Changes, compare
from soc2test.comparing.sides import Side, of_folder

pytestmark = pytest.mark.usefixtures("own_controls_alone")

CONTROL = """
@control("OWN-01", criteria=["CC6.1"], nature="state", severity="high", limits={"days": 3})
def test_good(thing: Thing, limits):
    \"\"\"Good.

    CC6.1: what is bad lets everybody in.\"\"\"
    assert thing.good, "is bad"
"""


@pytest.fixture
def kept(programme: Programme) -> Programme:
    programme.write("soc2.yaml", "system: Test\nsources: {things: {orgs: [one]}}\nstore: {at: kept}\n")
    programme.policy(CONTROL)
    return programme


def ran(programme: Programme, report: str, *things: dict[str, Any], record: bool = True) -> None:
    """A run over these things, recorded, with its report in a folder of its own."""
    programme.things(*things)
    programme.run(f"--soc2-report={report}", *(["--soc2-record"] if record else []), "policies")


def asked(programme: Programme, *arguments: str) -> Result:
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(programme.path)
        return CliRunner().invoke(main, [*arguments])


GOOD, BAD = {"id": "a", "good": True}, {"id": "a", "good": False}
OTHER = {"id": "b", "good": False}


def test_reports_and_records_tell_the_same_changes(kept: Programme) -> None:
    ran(kept, "first", GOOD, OTHER)
    kept.write("soc2.yaml", (kept.path / "soc2.yaml").read_text() + "limits: {OWN-01: {days: 3}}\n")
    ran(kept, "second", BAD, {"id": "b", "good": True})
    for sides in (("first", "second"), ("1", "2"), ("1", "second")):
        found = asked(kept, "diff", *sides, "--format", "json")
        assert found.exit_code == 1, found.output
        changes = json.loads(found.stdout)
        assert [(each["control"], each["resource"], each["message"]) for each in changes["new"]] == [
            ("OWN-01", "a", "is bad")
        ]
        assert [each["resource"] for each in changes["closed"]] == ["b"]
        assert (changes["lost"], changes["still"], changes["verdicts"], changes["worse"]) == ([], 0, [], True)
        assert changes["evidence_changed"] == 1


def test_nothing_worse_is_exit_0_and_the_texts_say_so(kept: Programme) -> None:
    ran(kept, "first", BAD)
    ran(kept, "second", GOOD)
    shown = asked(kept, "diff", "first", "second")
    assert shown.exit_code == 0
    assert (
        "0 new deviations, 1 closed, 0 in both, 0 not told any more; 1 verdicts changed, 0 for the worse"
        in shown.stdout
    )
    assert "OWN-01  deviation -> no deviations  Good." in shown.stdout
    markdown = asked(kept, "diff", "first", "second", "--format", "markdown").stdout
    assert "| OWN-01 | deviation | no deviations | Good. |" in markdown
    assert "### Closed" in markdown


def test_a_deviation_that_somebody_accepts_is_in_both_and_one_that_is_accepted_no_longer_is_worse(
    kept: Programme,
) -> None:
    rows = [
        {"name": f"{name} Real", "email": f"{name}@acme.example", "employment": "employee", "active": True,
         "role": "engineer", "manager_email": None, "started_at": "2021-01-04"} for name in ("ann", "ben")
    ]  # fmt: skip
    people = {"register": "people", "as_of": "2026-11-20", "owner": "ann@acme.example", "entries": rows}
    kept.write("exports/registers/people.yaml", json.dumps(people))
    ran(kept, "first", BAD)
    kept.write(
        "waivers.yaml",
        "waivers:\n  - {id: WV-1, test: OWN-01, resources: [a], reason: The vendor mends it in spring, "
        "owner: ann@acme.example, approver: ben@acme.example, opened: 2026-11-02, expires: 2027-03-31}\n",
    )
    ran(kept, "second", BAD)
    (kept.path / "waivers.yaml").unlink()
    ran(kept, "third", BAD)
    for before, after, names, worse in (("first", "second", "accepted", False), ("2", "3", "lapsed", True)):
        found = asked(kept, "diff", before, after, "--format", "json")
        changes = json.loads(found.stdout)
        assert [(each["resource"], each["waiver"]) for each in changes[names]] == [("a", None if worse else "WV-1")]
        told = (changes["new"], changes["closed"], changes["lost"], changes["still"], changes["worse"])
        assert told == ([], [], [], 1, worse)
        assert found.exit_code == int(worse)
    shown = asked(kept, "diff", "first", "second").stdout
    assert "1 in both (1 accepted now)" in shown
    assert "Accepted by a waiver now, and deviating all the same" in shown
    assert asked(kept, "store", "restore", "2", "again").exit_code == 0
    assert list((kept.path / "again").rglob("waivers.yaml"))


def test_a_deviation_that_nobody_looked_at_any_more_is_not_closed(kept: Programme) -> None:
    ran(kept, "first", BAD)
    (kept.path / "exports/things/one/list.json").unlink(missing_ok=True)
    for path in (kept.path / "exports").rglob("*.json"):
        path.unlink()
    kept.run("--soc2-report=second", "policies")
    found = asked(kept, "diff", "first", "second", "--format", "json")
    changes = json.loads(found.stdout)
    assert (found.exit_code, changes["closed"], [each["resource"] for each in changes["lost"]]) == (1, [], ["a"])
    assert changes["evidence_gone"]
    assert "Not told any more, so that nobody knows" in asked(kept, "diff", "first", "second").stdout


def side(**more: Any) -> Side:
    usual: dict[str, Any] = {
        "shown": "x", "as_of": "2026-11-20", "complete": True, "controls": {}, "findings": {}, "evidence": {}, "packs": {},
    }  # fmt: skip
    return Side(**{**usual, **more})


def control(verdict: str, gaps: int = 0, **limits: Any) -> dict[str, Any]:
    told = {name: {"value": value} for name, value in limits.items()}
    return {"title": "Good.", "verdict": verdict, "gaps_total": gaps, "limits": told}


@pytest.mark.parametrize(
    ("was", "now", "worse"),
    [
        ("pass", "not_evaluated", True),
        ("pass", "no_occurrences", True),
        ("fail", "pass", False),
        ("fail", "not_evaluated", False),
        ("not_evaluated", "error", True),
        ("pass", None, True),
        (None, "fail", True),
        (None, "pass", False),
    ],
)
def test_which_verdict_is_worse(was: str | None, now: str | None, worse: bool) -> None:
    before = side(controls={"A": control(was)} if was else {})
    after = side(controls={"A": control(now)} if now else {})
    changes: Changes = compare(before, after)
    assert [each.worse for each in changes.verdicts] == [worse]


def test_limits_and_what_tested_are_told() -> None:
    before = side(controls={"A": control("pass", days=3)}, packs={"policies p": "a" * 64, "plugin x": "b" * 64})
    after = side(controls={"A": control("pass", days=9)}, packs={"policies p": "c" * 64, "plugin y": "b" * 64})
    changes = compare(before, after)
    assert [(each.control, each.name, each.before, each.after) for each in changes.limits] == [("A", "days", 3, 9)]
    assert changes.tested_with == ("plugin x: gone", "plugin y: new", f"policies p: from {'a' * 12} to {'c' * 12}")
    assert not changes.worse


def test_what_is_no_side_is_refused_by_name(kept: Programme, tmp_path: Path) -> None:
    ran(kept, "first", GOOD)
    for given, says in (
        ("nowhere", "name a folder that `pytest --soc2` has written, or a record's number"),
        ("7", "7"),
    ):
        found = asked(kept, "diff", given, "first")
        assert (found.exit_code, says in found.output) == (1, True), found.output
    folder = kept.path / "first"
    matrix = json.loads((folder / "matrix.json").read_text())
    (folder / "matrix.json").write_text(json.dumps({**matrix, "state": "started"}))
    assert "is of a run that has started and not ended" in asked(kept, "diff", "first", "first").output
    with pytest.raises(Exception, match="can't be read"):
        of_folder(tmp_path)


def test_history_tells_what_was_said_then(kept: Programme) -> None:
    ran(kept, "first", GOOD)
    ran(kept, "first", GOOD)
    ran(kept, "first", BAD)
    found = asked(kept, "history", "OWN-01", "--format", "json")
    assert [each["verdict"] for each in json.loads(found.stdout)["records"]] == ["pass", "pass", "fail"]
    shown = asked(kept, "history", "OWN-01").stdout
    assert "1-2" in shown
    assert "fail" in shown
    nobody = asked(kept, "history", "OWN-99")
    assert (nobody.exit_code, "no record has a verdict of OWN-99" in nobody.output) == (1, True)
