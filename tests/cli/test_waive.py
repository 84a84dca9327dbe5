"""`soc2test waive`: an entry for a deviation of the last run, and nothing of what stands in waivers.yaml is lost."""

import json
import os
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import pytest
from programmes import Programme
from runs import run_forked

from soc2test.programme.entries import read_waivers

pytestmark = pytest.mark.usefixtures("own_controls_alone")

CONTROLS = '''
@control("OWN-01", criteria=["CC6.1"], nature="state")
def test_things_are_good(thing: Thing):
    """Every thing is good."""
    assert thing.good, "is bad"

@control("OWN-02", criteria=["CC6.1"], nature="state")
def test_things_are_owned(thing: Thing):
    """Every thing has an owner."""
    assert thing.owner is not None
'''
TODAY = datetime.now(UTC).date()
SAID = ("--owner", "ann@acme.example", "--approver", "ben@acme.example", "--reason", "The vendor mends it in spring")
EXPIRES = ("--expires", f"{TODAY + timedelta(days=90)}")
_REPORT: dict[str, str] = {}
HELD = """\
# what the board accepted  (keep this)
waivers:
  - id: WV-7   # the first
    test: OWN-01
    resources: [other]
    reason: "The other one is moved in spring"
    owner: ann@acme.example
    approver: ben@acme.example
    opened: 2026-11-02
    expires: 2027-03-31
"""


@pytest.fixture
def things(programme: Programme) -> Programme:
    """A run that found a bad thing."""
    programme.policy(CONTROLS)
    programme.things(
        {"id": "fine", "good": True}, {"id": "bad", "good": False}, {"id": "a: b # *?\u00e9", "good": False}
    )
    if not _REPORT:  # the same in each test
        programme.run("--soc2-control=OWN-01", "--soc2-control=OWN-02")
        report = programme.path / "soc2-report"
        _REPORT.update({name: (report / name).read_text("utf-8") for name in ("matrix.json", "findings.ndjson")})
    for name, content in _REPORT.items():
        programme.write(f"soc2-report/{name}", content)
    return programme


class Ended(NamedTuple):
    """How the command ended, and what it said."""

    exit_code: int
    output: str


def waive(programme: Programme, *args: str) -> Ended:
    environment = {**os.environ, "PYTHONPATH": str(programme.path)}
    done = run_forked(["waive", *args], str(programme.path), environment, "soc2test")
    return Ended(exit_code=done.returncode, output=done.stdout + done.stderr)


def text(programme: Programme) -> str:
    return (programme.path / "waivers.yaml").read_bytes().decode()


def id_of(programme: Programme, resource: str) -> str:
    lines = (programme.path / "soc2-report/findings.ndjson").read_text("utf-8").splitlines()
    (found,) = [
        line for line in map(json.loads, lines) if (line.get("control"), line.get("resource")) == ("OWN-01", resource)
    ]
    return str(found["id"])


@pytest.mark.parametrize("by_id", [True, False])
def test_a_whole_entry_is_written_and_accepts_the_deviation(things: Programme, by_id: bool) -> None:
    asked = id_of(things, "bad") if by_id else "OWN-01:bad"
    result = waive(things, asked, *SAID, *EXPIRES, "--compensating", "OWN-02")
    assert (result.exit_code, result.output) == (
        0, "written  waivers.yaml: WV-1 for OWN-01(bad); it counts from the next run on\n",
    )  # fmt: skip
    (entry,) = read_waivers(things.path).good
    approval = entry.approval
    assert (entry.id, entry.test, entry.resources, entry.compensating) == ("WV-1", "OWN-01", ("bad",), "OWN-02")
    assert (approval.owner, approval.approver, approval.reason) == (SAID[1], SAID[3], SAID[5])
    assert (approval.since, approval.review_by) == (TODAY, TODAY + timedelta(days=90))
    moment = f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"
    things.things({"id": "bad", "good": False})
    people = [
        {"name": f"{name} Real", "email": f"{name}@acme.example", "employment": "employee", "active": True,
         "role": "engineer", "manager_email": None, "started_at": "2021-01-04"} for name in ("ann", "ben")
    ]  # fmt: skip
    things.write(
        "exports/registers/people.yaml",
        json.dumps({"register": "people", "as_of": f"{TODAY}", "owner": "ann@acme.example", "entries": people}),
    )
    assert things.run("--soc2-control=OWN-01", as_of=moment).ret == 0
    assert things.verdict("OWN-01") == "accepted"


def test_what_is_not_given_is_left_to_be_filled_in_and_nobody_is_invented(things: Programme) -> None:
    result = waive(things, "OWN-01:bad", "--owner", "ann@acme.example")
    assert result.exit_code == 0
    assert "it accepts nothing until it is filled in, and no run begins" in result.output
    missing = [line.split(":")[1].strip() for line in result.output.splitlines() if line.startswith("to fill in: ")]
    assert missing == ["reason", "approver", "expires"]
    assert text(things).count("TODO") == 3
    assert "approver: TODO #" in text(things)
    assert things.run("--soc2-control=OWN-01").ret == 4


def test_what_stands_in_the_file_stays_and_the_id_is_the_next_one(things: Programme) -> None:
    things.write("waivers.yaml", HELD)
    assert waive(things, "OWN-01:bad", *SAID, *EXPIRES).exit_code == 0
    assert text(things).startswith(HELD)
    assert [entry.id for entry in read_waivers(things.path).good] == ["WV-7", "WV-8"]
    assert waive(things, "OWN-02:bad", *SAID, *EXPIRES).exit_code == 1  # unknown, no deviation
    assert waive(things, "OWN-01:a: b # *?\u00e9", *SAID, *EXPIRES).exit_code == 0
    entries = read_waivers(things.path).good
    assert (entries[2].id, entries[2].resources) == ("WV-9", ("a: b # *?\u00e9",))


@pytest.mark.each(3)
@pytest.mark.parametrize(
    "before",
    [
        "", "# nothing yet\n", "waivers:\n", "waivers: []\n", "# a\nwaivers: [ ]  # none\n", HELD.rstrip("\n"),
        HELD.replace("\n  ", "\n"), HELD.replace("\n", "\r\n"), HELD.replace("\n  ", "\n    "), HELD + "# the end\n",
    ],
)  # fmt: skip
def test_it_is_added_to_whatever_a_file_may_be(things: Programme, before: str) -> None:
    (things.path / "waivers.yaml").write_bytes(before.encode())
    held = read_waivers(things.path).good
    assert waive(things, "OWN-01:bad", *SAID, *EXPIRES).exit_code == 0
    now = read_waivers(things.path)
    assert (now.refused, len(now.good)) == ((), len(held) + 1)
    assert [entry.id for entry in now.good[:-1]] == [entry.id for entry in held]
    comments = [line for line in before.splitlines() if line.startswith("#")]
    assert all(line in text(things).splitlines() for line in comments)
    assert ("\r\n" in text(things)) == ("\r\n" in before)


@pytest.mark.each(2)
@pytest.mark.parametrize(
    "before", ["waivers: [\n", "waived: []\n", "waivers: {a: 1}\n", "waivers: [{id: WV-1}]\n", "waivers:\n- &a 1\n"]
)
def test_a_file_that_can_not_take_one_is_left_as_it_is(things: Programme, before: str) -> None:
    things.write("waivers.yaml", before)
    result = waive(things, "OWN-01:bad", *SAID, *EXPIRES)
    assert (result.exit_code, text(things)) == (1, before)
    assert "is left as it is" in result.output
    assert 'resources: ["bad"]' in result.output
    assert not list(things.path.glob(".waivers*"))


def test_mode_and_link_of_the_file_stay(things: Programme) -> None:
    kept = things.write("kept/waivers.yaml", HELD)
    kept.chmod(0o640)
    (things.path / "waivers.yaml").symlink_to(kept)
    assert waive(things, "OWN-01:bad", *SAID, *EXPIRES).exit_code == 0
    assert (things.path / "waivers.yaml").is_symlink()
    assert kept.stat().st_mode & 0o777 == 0o640
    assert kept.read_text("utf-8").startswith(HELD)


@pytest.mark.each(4)
@pytest.mark.parametrize(
    ("args", "says"),
    [
        (("--approver", "ann@acme.example"), "the approver must be somebody else than the owner"),
        (("--approver", "ann+x@acme.example"), "look like one address"),
        (("--owner", "tbd"), "owner: names nobody"),
        (("--reason", "ok"), "reason: says nothing"),
        (("--compensating", "OWN-01"), "what compensates is another control"),
        (("--compensating", "OWN-09"), "no loaded control has the id OWN-09"),
        (("--expires", f"{TODAY + timedelta(days=400)}"), "must be at most a year after opened"),
        (("--expires", f"{TODAY - timedelta(days=1)}"), "lies before"),
        (("--opened", f"{TODAY - timedelta(days=9)}", "--expires", f"{TODAY - timedelta(days=1)}"), "has passed"),
        (("--opened", f"{TODAY + timedelta(days=1)}"), "nobody accepts a deviation before its day"),
        (("--expires", "soon"), "'soon' is no day"),
        (("--expires", "20261130"), "write the day as 2026-11-30"),
        (("--reason", "The key is ghp_" + "A1b2" * 9), "looks like a secret"),
    ],
)
def test_what_a_run_would_refuse_is_not_written(things: Programme, args: tuple[str, ...], says: str) -> None:
    result = waive(things, "OWN-01:bad", *SAID, *args)
    assert result.exit_code == 1
    assert says in result.output
    assert not (things.path / "waivers.yaml").exists()


def test_what_is_accepted_already_or_by_another_entry_is_not_waived_again(things: Programme) -> None:
    assert waive(things, "OWN-01:bad", *SAID, *EXPIRES).exit_code == 0
    result = waive(things, "OWN-01:bad", *SAID, *EXPIRES)
    assert (result.exit_code, text(things).count("- id:")) == (1, 1)
    assert "WV-1 names it, until" in result.output


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ("OWN-01:fine", "has no finding 'OWN-01:fine'; deviations are "),
        ("OWN-02:bad", "OWN-02(bad) is unknown: only a deviation can be waived"),
        ("0123456789abcdef", "has no finding"),
    ],
)
def test_what_is_no_deviation_is_not_waived(things: Programme, asked: str, says: str) -> None:
    result = waive(things, asked, *SAID, *EXPIRES)
    assert result.exit_code == 1
    assert says in result.output
    assert not (things.path / "waivers.yaml").exists()


def test_a_run_that_did_not_end_or_hides_people_is_none_to_waive_from(
    things: Programme, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = id_of(things, "bad")
    assert "can't be read: run `pytest --soc2` first" in waive(things, asked, "--report", "nowhere").output
    monkeypatch.setenv("SOC2TEST_PSEUDONYM_KEY", "a key that is long enough for this test")
    things.run("--soc2-control=OWN-01", "--soc2-pseudonymise")
    assert "its resources are tokens" in waive(things, "OWN-01:bad").output
    matrix = things.path / "soc2-report/matrix.json"
    matrix.write_text(matrix.read_text("utf-8").replace('"finished"', '"started"'), "utf-8")
    assert "holds no run that ended" in waive(things, "OWN-01:bad").output


def test_a_test_of_the_evidence_itself_is_not_waived(things: Programme, shipped_controls: None) -> None:
    things.shipped = True
    things.things({"id": "bad", "good": False})
    things.write("exports/notes.txt", "nobody reads this")
    things.run("--soc2-control=EVD-01", "--soc2-control=EVD-03", "--soc2-control=EVD-05")
    lines = (things.path / "soc2-report/findings.ndjson").read_text("utf-8").splitlines()
    found = [line for line in map(json.loads, lines) if line.get("outcome") == "deviation"]
    assert found
    result = waive(things, found[0]["id"], *SAID, *EXPIRES)
    assert result.exit_code == 1
    assert "tests whether the evidence can be relied on" in result.output


def test_it_needs_a_programme(things: Programme) -> None:
    assert waive(things, "OWN-01:bad", "--config", "none.yaml").exit_code == 2
    (things.path / "soc2.yaml").unlink()
    nowhere = waive(things, "OWN-01:bad")
    assert (nowhere.exit_code, "there is no soc2.yaml here" in nowhere.output) == (2, True)
