"""`populations/` of a run: every member of what each control looked at, by the installed plugin."""

import csv
import json
import os
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from programmes import Programme

OWN = '''
@control(id="OWN-01", criteria=["CC6.1"], severity="high", operates="daily", nature="state", where=lambda thing: thing.id != "left-out")
def test_good(thing: Thing) -> None:
    """Good.

    CC6.1: it is.
    """
    assert thing.good


@control(id="OWN-02", criteria=["CC6.2"], severity="high", operates="daily", nature="state")
def test_owned(thing: Thing) -> None:
    """Owned.

    CC6.2: it is.
    """
    assert thing.owner


@control(id="OWN-03", criteria=["CC6.3"], severity="high", operates="daily", nature="state")
def test_none_alone(things: Population[Thing]) -> None:
    """None is alone.

    CC6.3: it is.
    """
    for thing in things:
        if not thing.good:
            deviation(thing, "alone")
'''
PEOPLE = ("ann", "ben")
PERSON = {
    "employment": "employee", "active": True, "role": "engineer", "manager_email": None, "started_at": "2021-01-04",
    "background_check_at": "2020-12-01", "nda_signed_at": "2020-12-02", "code_of_conduct_version": "1",
    "code_of_conduct_at": "2026-01-05",
}  # fmt: skip


@pytest.fixture
def own(programme: Programme) -> Programme:
    programme.policy(OWN)
    programme.things(*({"id": name, "good": name != "bad"} for name in ("a", "bad", "left-out", "=1+1")))
    return programme


def listed(programme: Programme, id: str) -> list[dict[str, str]]:
    """The rows of a list, whose digest the matrix names."""
    entry = programme.control(id)["listed"]
    data = (programme.path / "soc2-report" / entry["file"]).read_bytes()
    assert sha256(data).hexdigest() == entry["sha256"]
    rows = [*csv.DictReader(data.decode("utf-8-sig").splitlines())]
    assert len(rows) == entry["rows"]
    return rows


def outcomes(programme: Programme, id: str) -> dict[str, str]:
    return {row["id"]: row["outcome"] for row in listed(programme, id)}


def test_passes_stand_in_the_list_too_and_what_where_leaves_out_does_not(own: Programme) -> None:
    own.run()
    assert outcomes(own, "OWN-01") == {"a": "passed", "bad": "deviation", "'=1+1": "passed"}
    bad = next(row for row in listed(own, "OWN-01") if row["id"] == "bad")
    assert (bad["kind"], bad["source"], bad["nature"], bad["scope"], bad["evidence"], bad["fact.good"]) == (
        "Thing", "things", "system", "one", "things/one/things.list.json", "no",
    )  # fmt: skip
    findings = (own.path / "soc2-report/findings.ndjson").read_text()
    assert f'"id":"{bad["finding"]}"' in findings


def test_a_member_of_which_nothing_is_known_is_there_and_passes_nowhere(own: Programme) -> None:
    own.run()
    rows = listed(own, "OWN-02")
    assert {row["outcome"] for row in rows} == {"unknown"}
    assert all(row["fact.owner"].startswith("unknown: ") for row in rows)


def test_a_control_over_a_population_names_those_that_deviate_and_vouches_for_no_other(own: Programme) -> None:
    own.run()
    assert outcomes(own, "OWN-03") == {
        "a": "not named",
        "bad": "deviation",
        "left-out": "not named",
        "'=1+1": "not named",
    }


def test_exempt_members_stand_there_as_such(own: Programme) -> None:
    rows = [{**PERSON, "name": f"{name} Real", "email": f"{name}@acme.example"} for name in PEOPLE]
    own.write("soc2.yaml", "system: Test\nsources:\n  things:\n    orgs: [one]\n  registers: {}\n")
    own.write(
        "exports/registers/people.yaml",
        json.dumps({"register": "people", "as_of": "2026-11-20", "owner": "ann@acme.example", "entries": rows}),
    )
    own.write(
        "exemptions.yaml",
        "exemptions:\n  - {id: EX-1, test: OWN-01, resources: [bad], reason: it is old and goes, owner: ann@acme.example, "
        "approver: ben@acme.example, since: 2026-02-02, review_by: 2027-01-31}\n",
    )
    own.run()
    assert own.control("OWN-01")["exempt"] == 1
    assert outcomes(own, "OWN-01") == {"a": "passed", "bad": "exempt (deviation)", "'=1+1": "passed"}


def test_what_was_not_evaluated_has_no_list_and_is_named(own: Programme) -> None:
    own.run("policies", "--soc2-control=OWN-01")
    assert own.control("OWN-02")["listed"] is None
    index = json.loads((own.path / "soc2-report/populations/index.json").read_text())
    assert [each["control"] for each in index["lists"]] == ["OWN-01"]
    assert {"control": "OWN-02", "reason": "not part of this run"} in index["without"]


def test_a_population_without_a_member_is_a_list_without_a_row(own: Programme) -> None:
    own.things()
    own.run()
    assert listed(own, "OWN-01") == []
    assert "Thing" in (own.path / "soc2-report/populations/OWN-01.md").read_text()


@pytest.mark.long
def test_workers_write_the_same_lists(own: Programme) -> None:
    def lists() -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in (own.path / "soc2-report/populations").glob("*.csv")}

    own.run()
    alone = lists()
    own.run("policies", "-n2")
    assert lists() == alone
    assert {"OWN-01.csv", "OWN-02.csv", "OWN-03.csv"} == {*alone}
    assert not [*(own.path / "soc2-report").glob(".soc2-*")]


def test_a_run_that_starts_takes_the_lists_of_the_one_before_away(own: Programme) -> None:
    own.run()
    own.policy(OWN + "\nos.kill(os.getpid(), 9)\n", name="wild.py")
    own.run()
    assert not [*(own.path / "soc2-report").glob("populations/*.csv")]


BREAKS = """
import soc2test.pytest_plugin.listing_populations as listing
from soc2test.errors import Soc2Error

finish = listing.finish


def broken(file, *more, **named):
    if file.name == "OWN-01.csv":
        raise {what}
    return finish(file, *more, **named)


listing.finish = broken
"""


def test_a_list_that_is_wrong_takes_no_other_with_it_and_fails_the_run(own: Programme) -> None:
    own.write("conftest.py", BREAKS.replace("{what}", 'Soc2Error("OWN-01: it is wrong")'))
    assert own.run("policies", "--soc2-fail-on=critical").ret == 1
    assert own.control("OWN-01")["listed"] is None
    assert outcomes(own, "OWN-03")["bad"] == "deviation"
    assert "OWN-01: it is wrong" in own.matrix()["problems"]
    index = json.loads((own.path / "soc2-report/populations/index.json").read_text())
    assert {"control": "OWN-01", "reason": "OWN-01: it is wrong"} in index["without"]


def test_whatever_breaks_while_lists_are_written_the_matrix_says_so(own: Programme) -> None:
    own.write("conftest.py", BREAKS.replace("{what}", 'ValueError("of ours")'))
    assert own.run("policies", "--soc2-fail-on=critical").ret == 1
    assert own.verdict("OWN-03") == "fail"
    assert "no population was listed: it broke with ValueError" in own.matrix()["problems"]


@pytest.mark.each(2)
@pytest.mark.parametrize("workers", [(), ("-n2",)])
def test_a_run_may_list_none_and_says_so(own: Programme, workers: tuple[str, ...]) -> None:
    own.run()
    own.run("policies", "--soc2-no-populations", *workers)
    assert not [*(own.path / "soc2-report").glob("populations/*.csv")]
    assert (own.verdict("OWN-01"), own.control("OWN-01")["listed"]) == ("fail", None)
    index = json.loads((own.path / "soc2-report/populations/index.json").read_text())
    assert index["lists"] == []
    assert {"control": "OWN-01", "reason": "the run was told to list no populations"} in index["without"]


def test_a_list_that_cant_be_written_fails_the_run_and_hides_no_verdict(own: Programme) -> None:
    (own.path / "soc2-report").mkdir()
    (own.path / "soc2-report/populations").symlink_to(own.path)
    result = own.run("policies", "--soc2-control=OWN-03", "--soc2-fail-on=critical")
    assert result.ret == 1
    matrix = own.matrix()
    assert not matrix["complete"]
    assert "populations/ is a symbolic link" in matrix["incomplete_because"]
    assert own.verdict("OWN-03") == "fail"
    assert own.control("OWN-03")["listed"] is None


def test_a_control_that_breaks_lists_what_it_broke_on(own: Programme) -> None:
    own.policy(OWN.replace("assert thing.good", "assert thing.good or 1 / 0"))
    own.run()
    assert outcomes(own, "OWN-01") == {"a": "passed", "bad": "error", "'=1+1": "passed"}


def test_people_are_tokens_in_lists_where_they_are_in_the_matrix(
    own: Programme, monkeypatch: pytest.MonkeyPatch
) -> None:
    own.things({"id": "ada@acme.example", "good": False}, {"id": "b", "good": True})
    monkeypatch.setitem(os.environ, "SOC2TEST_PSEUDONYM_KEY", "a key that is long enough for it")
    own.run("policies", "--soc2-pseudonymise")
    rows = listed(own, "OWN-01")
    assert [row["outcome"] for row in rows] == ["deviation", "passed"]
    assert rows[0]["id"].startswith("person-")
    assert "ada@" not in (own.path / "soc2-report/populations/OWN-01.csv").read_text("utf-8-sig")


def test_secrets_stand_in_no_list(own: Programme) -> None:
    secret = "ghp_" + "a1B2" * 9
    own.things({"id": f"key {secret}", "good": False})
    own.run()
    for path in (own.path / "soc2-report/populations").iterdir():
        assert secret not in path.read_text("utf-8-sig"), path.name
    assert [row["outcome"] for row in listed(own, "OWN-01")] == ["deviation"]


def test_a_sheet_tells_how_the_exports_were_collected(own: Programme) -> None:
    note = {"command": "things list --org one", "collector": {"tool": "script 2", "identity": "audit"}, "records": 4}
    own.write(
        "exports/manifest.yaml",
        json.dumps({"collected_at": "2026-11-20T08:00:00Z", "files": {"things/one/things.list.json": note}}),
    )
    own.run()
    (told,) = sheet(own, "OWN-01")["exports"]
    assert told["command"] == "things list --org one"
    assert told["collector"] == "script 2, audit"
    assert (told["count_told"], told["count_read"], told["complete"]) == (4, 4, True)
    assert sheet(own, "OWN-01")["complete"]


def test_a_sheet_of_a_part_says_what_is_missing(own: Programme) -> None:
    own.things({"id": "a", "good": True}, next="page 2")
    own.run()
    assert not sheet(own, "OWN-01")["complete"]
    assert sheet(own, "OWN-01")["gaps"]


def sheet(programme: Programme, id: str) -> dict[str, Any]:
    path: Path = programme.path / "soc2-report/populations/index.json"
    lists = json.loads(path.read_text())["lists"]
    found: dict[str, Any] = next(each for each in lists if each["control"] == id)
    return found
