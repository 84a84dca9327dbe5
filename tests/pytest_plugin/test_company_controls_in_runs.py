"""controls.yaml in runs: every report is by control, and no control looks better than the tests that look at it."""

import json
from typing import Any
from xml.etree import ElementTree

import pytest
from jsonschema import Draft202012Validator
from programmes import Programme

from soc2test.cli.schema import schemas

CONTROLS = '''
@control("OWN-01", criteria=["CC6.1"], nature="state", limits={"most": 3}, looser={"most": "higher"})
def test_things_are_good(thing: Thing, limits):
    """Every thing is good."""
    assert thing.good and limits.most < 9, f"{thing.id} is bad"

@control("OWN-02", criteria=["CC6.1"], nature="state")
def test_things_are_named(thing: Thing):
    """Every thing has a name."""
    assert thing.id

@control("OWN-03", criteria=["CC6.1"], nature="state")
def test_things_are_owned(thing: Thing):
    """Every thing has an owner."""
    assert thing.owner is not None
'''
HEAD = "owner: ann@acme.example, performer: ben@acme.example, frequency: daily, type: preventive, execution: manual"


def people() -> str:
    row = {
        "employment": "employee", "active": True, "role": "engineer", "manager_email": None, "started_at": "2021-01-04",
        "background_check_at": "2020-12-01", "nda_signed_at": "2020-12-02", "code_of_conduct_version": "1",
        "code_of_conduct_at": "2026-01-05",
    }  # fmt: skip
    rows = [{**row, "name": f"{name} Real", "email": f"{name}@acme.example"} for name in ("ann", "ben")]
    return json.dumps({"register": "people", "as_of": "2026-11-20", "owner": "ann@acme.example", "entries": rows})


def entry(id: str, tests: str, more: str = "", criteria: str = "CC6.1") -> str:
    wording = "People look at all things and put right what is bad."
    return f"  - {{id: {id}, wording: {wording}, {HEAD}, since: 2026-01-01, criteria: [{criteria}], tests: [{tests}]{more}}}\n"


@pytest.fixture
def things(programme: Programme) -> Programme:
    """Two things of which one is bad, and two people who work here."""
    programme.policy(CONTROLS)
    programme.things({"id": "a", "good": True}, {"id": "b", "good": False})
    programme.write("exports/registers/people.yaml", people())
    return programme


def describe(programme: Programme, *entries: str) -> None:
    programme.write("controls.yaml", "controls:\n" + "".join(entries))


def described(programme: Programme) -> dict[str, Any]:
    found: dict[str, Any] = programme.matrix()["company_controls"]
    return found


def shown(programme: Programme) -> dict[str, tuple[str, list[str]]]:
    return {row["id"]: (row["status"], row["notes"]) for row in described(programme)["controls"]}


def report(programme: Programme, name: str) -> str:
    return (programme.path / "soc2-report" / name).read_text("utf-8")


def test_every_report_is_by_control(things: Programme) -> None:
    describe(things, entry("CTL-01", "OWN-01, OWN-02"), entry("CTL-02", "OWN-02"), entry("CTL-03", ""))
    out = " ".join(" ".join(things.run().outlines).split())
    assert {id: status for id, (status, _) in shown(things).items()} == {
        "CTL-01": "deviation",
        "CTL-02": "no_deviations",
        "CTL-03": "no_test",
    }
    found = described(things)
    assert (found["counts"]["deviation"], found["counts"]["no_test"], found["controls_total"]) == (1, 1, 3)
    assert "OWN-03" in found["tests_without"]
    assert "OWN-02" not in found["tests_without"]
    assert "3 controls of the company's own: 1 deviation, 1 no deviations, 1 no test looks at it" in out
    assert "✗ CTL-01 deviation" in out
    assert "tests: OWN-01 deviation, OWN-02 no deviations" in out
    assert "- CTL-03 no test looks at it" in out
    assert "✓ CTL-02" not in out
    lines = [json.loads(line) for line in report(things, "controls.ndjson").splitlines()]
    assert [line["id"] for line in lines if line["schema"] == "company_control/1"] == ["CTL-01", "CTL-02", "CTL-03"]
    assert lines[-1]["company_controls"] == 3
    page = report(things, "matrix.md")
    assert "| CTL-01 | **✗ deviation**; system |" in page
    assert "OWN-01 deviation: 1 of 2 deviate; OWN-02 no deviations: 2 of 2 without deviation" in page
    assert "| CTL-03 | - no test looks at it |" in page
    assert "| CC6.1 | **✗ deviation** | system | CTL-01, CTL-02, CTL-03 |" in page
    assert "<small>controls CTL-01, CTL-02, CTL-03</small>" in report(things, "matrix.html")
    assert '<section id="company">' in report(things, "matrix.html")
    root = ElementTree.fromstring(report(things, "junit.xml"))  # noqa: S314  # our own
    properties = {each.get("name"): each.get("value") for each in root.iter("property")}
    assert properties["control.CTL-01"] == "deviation; tests: OWN-01 deviation, OWN-02 no deviations"
    assert properties["control.CTL-03"] == "no test looks at it"
    assert properties["OWN-02.controls"] == "CTL-01, CTL-02"
    assert properties["OWN-03.controls"] == "none"
    assert "controls: CTL-01\n" in "".join(each.text or "" for each in root.iter("system-out"))


def test_without_the_file_test_and_control_are_one(things: Programme) -> None:
    out = "\n".join(things.run().outlines)
    assert described(things) is None
    assert "controls of the company's own" not in out
    assert "## Controls" not in report(things, "matrix.md")
    assert 'id="company"' not in report(things, "matrix.html")
    assert ".controls" not in report(things, "junit.xml")


def test_an_empty_file_describes_no_control(things: Programme) -> None:
    things.write("controls.yaml", "controls: []\n")
    things.run()
    assert described(things)["controls"] == []
    assert {"OWN-01", "OWN-02", "OWN-03"} <= set(described(things)["tests_without"])
    assert len(things.matrix()["programme"]["files"]["controls.yaml"]) == 64


@pytest.mark.parametrize(
    "selection", [["--soc2-control=OWN-01"], ["-k", "things_are_good"], ["--soc2-criterion=CC1.1"]]
)
def test_what_was_not_part_of_a_run_shows_nothing(things: Programme, selection: list[str]) -> None:
    describe(things, entry("CTL-01", "OWN-01, OWN-02"), entry("CTL-02", "OWN-02"))
    things.things({"id": "a", "good": True})
    result = things.run(*selection)
    assert things.matrix()["complete"] is False
    assert {id: status for id, (status, _) in shown(things).items()} == {
        "CTL-01": "not_evaluated",
        "CTL-02": "not_evaluated",
    }, result.outlines


def test_a_run_that_stops_shows_nothing_for_what_it_did_not_reach(things: Programme) -> None:
    describe(things, entry("CTL-01", "OWN-02"))
    things.run("-x", "--soc2-control=OWN-01", "--soc2-control=OWN-02")
    assert shown(things)["CTL-01"][0] == "not_evaluated"


def test_missing_evidence_is_never_a_tick(things: Programme) -> None:
    describe(things, entry("CTL-01", "OWN-03"))
    things.run()
    assert shown(things)["CTL-01"][0] == "not_evaluated"


def test_unknown_ids_fail_the_run_and_are_listed_as_not_evaluated(things: Programme) -> None:
    describe(things, entry("CTL-01", "OWN-02, OWN-2"), entry("CTL-02", "OWN-02", criteria="CC6.1, CC61"))
    things.things({"id": "a", "good": True})
    result = things.run("--soc2-control=OWN-02")
    problems = "\n".join(things.matrix()["problems"])
    assert result.ret == 1
    assert (
        "controls.yaml:2: controls[0].tests[1]: no loaded test has the id 'OWN-2'; did you mean 'OWN-02'?" in problems
    )
    assert "controls.yaml:3: controls[1].criteria[1]: there is no criterion 'CC61'; did you mean 'CC6.1'?" in problems
    assert shown(things) == {
        "CTL-01": ("not_evaluated", ["it names the test OWN-2, which is not loaded"]),
        "CTL-02": ("not_evaluated", ["it names the criterion CC61, which there is not"]),
    }


def test_the_test_of_a_policy_file_that_did_not_load_is_missed(things: Programme) -> None:
    things.policy("this is no Python", name="broken.py")
    describe(things, entry("CTL-01", "OWN-02, OWN-77"))
    things.run()
    assert shown(things)["CTL-01"] == ("not_evaluated", ["it names the test OWN-77, which is not loaded"])
    assert not [text for text in things.matrix()["problems"] if "controls.yaml" in text]


def test_a_leaver_as_owner_is_said_so(things: Programme) -> None:
    describe(things, entry("CTL-01", "OWN-02").replace("owner: ann@", "owner: leo@"))
    things.run()
    status, notes = shown(things)["CTL-01"]
    assert (status, notes) == (
        "no_deviations_partial",
        ["owner is leo@acme.example, who is not in the register of people"],
    )


@pytest.mark.each(4)
@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("controls:\n- {id: CTL-01}\n", "controls.yaml:2: controls[0]: needs the key"),
        ("controls:\n" + entry("CTL-01", "OWN-02", ", colour: red"), "controls.yaml:2: controls[0].colour: "),
        ("controls:\n" + entry("CTL-01", "OWN-02").replace("daily", "often"), "controls[0].frequency: "),
        ("controls:\n" + entry("CTL-01", "OWN-02").replace("2026-01-01", "2026-02-30"), "controls[0].since: "),
        ("control:\n" + entry("CTL-01", "OWN-02"), "controls.yaml:1: needs the key controls; none of it is listed"),
        ("controls: [\n", "controls.yaml:"),
    ],
)
def test_bad_input_names_file_place_and_way_out(things: Programme, text: str, says: str) -> None:
    things.write("controls.yaml", text)
    result = things.run("--soc2-control=OWN-02")
    problems = [problem for problem in things.matrix()["problems"] if "controls.yaml" in problem]
    assert result.ret == 1
    assert len(problems) == 1
    assert says in problems[0]
    assert "listed" in problems[0]
    assert described(things)["controls"] == []


def test_one_bad_entry_loses_no_other(things: Programme) -> None:
    describe(things, entry("CTL-01", "OWN-02").replace("daily", "often"), entry("CTL-02", "OWN-02"))
    things.run("--soc2-control=OWN-02", "--soc2-control=OWN-01", "--soc2-control=OWN-03")
    assert list(shown(things)) == ["CTL-02"]


@pytest.mark.long
def test_workers_give_the_same(things: Programme) -> None:
    describe(things, entry("CTL-01", "OWN-01, OWN-02"), entry("CTL-02", "OWN-02"))
    things.run()
    alone = report(things, "matrix.json")
    things.run("-n", "2", "policies")
    assert report(things, "matrix.json") == alone


def test_people_are_hidden_in_it(things: Programme, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOC2TEST_PSEUDONYM_KEY", "k" * 32)
    describe(things, entry("CTL-01", "OWN-02").replace("People look", "ann@acme.example looks"))
    things.run("--soc2-pseudonymise")
    assert shown(things)["CTL-01"][0] == "no_deviations"
    for file in (things.path / "soc2-report").glob("*.*"):
        if file.is_file():
            assert "ann@acme.example" not in file.read_text("utf-8"), file.name


def test_no_secret_leaves_by_it(things: Programme) -> None:
    token = "ghp_" + "A1b2" * 9
    describe(things, entry("CTL-01", f"OWN-02, {token}").replace("right what", f"right {token} what"))
    things.write(
        "ours.csv", f"criterion,framework,requirement,reason,strength\nCC6.1,own,1.1,since {token} does,loose\n"
    )
    result = things.run("--soc2-crosswalk=ours.csv")
    shown = [result.stdout.str(), result.stderr.str()]
    shown += [file.read_text("utf-8") for file in (things.path / "soc2-report").rglob("*") if file.is_file()]
    assert len(shown) > 8
    assert not [text for text in shown if token in text]
    assert "since [redacted" in report(things, "matrix.html")


def test_the_published_schema_takes_what_the_reader_takes(things: Programme) -> None:
    schema = schemas({})["controls"][1]()
    Draft202012Validator.check_schema(schema)
    known = {
        "id",
        "wording",
        "owner",
        "performer",
        "frequency",
        "type",
        "execution",
        "since",
        "until",
        "system",
        "risks",
    }
    assert set(schema["properties"]["controls"]["items"]["properties"]) == known | {"criteria", "tests"}
    describe(things, entry("CTL-01", "OWN-02", ", until: 2026-12-31, system: Okta, risks: [R-1]"))
    things.run()
    assert shown(things)["CTL-01"][0] == "no_deviations_partial"
    assert "risk R-1" in shown(things)["CTL-01"][1][0]
