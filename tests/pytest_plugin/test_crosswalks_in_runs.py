"""`--soc2-crosswalk` in runs: what the criteria touch of other frameworks stands in every report, and is never green."""

import json
import re
from typing import Any
from xml.etree import ElementTree

import pytest
from programmes import Programme

CONTROLS = '''
@control("OWN-01", criteria=["CC6.8"], nature="state")
def test_things_are_good(thing: Thing):
    """Every thing is good."""
    assert thing.good, f"{thing.id} is bad"

@control("OWN-02", criteria=["P4.1"], nature="state")
def test_things_are_named(thing: Thing):
    """Every thing has a name."""
    assert thing.id
'''
OURS = "criterion,framework,requirement,reason,strength\nP4.1,pci-dss,12.4.1,the board hears of it,partial\n,pci-dss,9.5.1,,\n"


@pytest.fixture
def things(programme: Programme) -> Programme:
    """A thing that is good, under two controls."""
    # P4.1: no shipped test looks at it
    programme.write("soc2.yaml", "system: Test\nsources: {things: {orgs: [one]}}\ncategories: [privacy]\n")
    programme.policy(CONTROLS)
    programme.things({"id": "a", "good": True})
    programme.write("ours.csv", OURS)
    return programme


def frameworks(programme: Programme) -> dict[str, Any]:
    return {each["name"]: each for each in programme.matrix()["frameworks"]}


def requirement(programme: Programme, framework: str, id: str) -> dict[str, Any]:
    rows = frameworks(programme)[framework]["requirements"]
    found: dict[str, Any] = next(row for row in rows if row["id"] == id)
    return found


def report(programme: Programme, name: str) -> str:
    return (programme.path / "soc2-report" / name).read_text("utf-8")


def test_every_report_tells_what_is_touched(things: Programme) -> None:
    out = " ".join(" ".join(things.run("--soc2-crosswalk=iso27001", "--soc2-crosswalk=ours.csv").outlines).split())
    assert list(frameworks(things)) == ["iso27001", "pci-dss"]
    row = requirement(things, "pci-dss", "12.4.1")
    assert (row["status"], row["tests"]) == ("touched", ["OWN-02"])
    assert row["touches"] == [
        {"criterion": "P4.1", "status": "no_deviations", "strength": "partial", "reason": "the board hears of it",
         "origin": "ours.csv"}
    ]  # fmt: skip
    assert requirement(things, "pci-dss", "9.5.1")["status"] == "untouched"
    assert requirement(things, "iso27001", "A.7.7")["status"] == "untouched"
    assert frameworks(things)["pci-dss"]["counts"] == {"touched": 1, "not_evaluated": 0, "no_test": 0, "untouched": 1}
    assert "pci-dss: 2 requirements, 1 touched, 1 untouched; of what the file does not name nothing is known" in out
    assert "nothing touches: 9.5.1" in out
    lines = [json.loads(line) for line in report(things, "controls.ndjson").splitlines()]
    assert len([line for line in lines if line["schema"] == "requirement/1"]) == lines[-1]["requirements"] == 95
    assert "| 12.4.1 | touched, partial | ✓ P4.1 no deviations, partial | OWN-02 |" in report(things, "matrix.md")
    assert '<section id="frameworks">' in report(things, "matrix.html")
    root = ElementTree.fromstring(report(things, "junit.xml"))  # noqa: S314  # our own
    properties = {each.get("name"): each.get("value") for each in root.iter("property")}
    assert str(properties["framework.pci-dss"]).endswith("; nothing touches: 9.5.1")
    for name in ("matrix.md", "matrix.json"):
        assert not re.search(r"\b(compliant|certified)\b", report(things, name))


def test_without_the_option_nothing_is_told(things: Programme) -> None:
    out = "\n".join(things.run().outlines)
    assert things.matrix()["frameworks"] == []
    assert "Other frameworks" not in out + report(things, "matrix.md") + report(things, "matrix.html")


def test_what_was_not_part_of_a_run_touches_nothing(things: Programme) -> None:
    things.run("--soc2-crosswalk=ours.csv", "--soc2-control=OWN-01")
    assert requirement(things, "pci-dss", "12.4.1")["status"] == "not_evaluated"


def test_missing_exports_touch_nothing(things: Programme) -> None:
    (things.path / "exports/things/one/things.list.json").unlink()
    things.run("--soc2-crosswalk=ours.csv")
    assert requirement(things, "pci-dss", "12.4.1")["status"] == "not_evaluated"


def test_deviations_are_named_with_their_criterion(things: Programme) -> None:
    things.things({"id": "a", "good": False})
    things.run("--soc2-crosswalk=nist-csf")
    touches = requirement(things, "nist-csf", "PR.PS-05")["touches"]
    assert ("CC6.8", "deviation") in {(touch["criterion"], touch["status"]) for touch in touches}
    assert "✗ CC6.8 deviation, strong" in report(things, "matrix.md")


@pytest.mark.parametrize(
    ("value", "says"),
    [
        ("iso2701", "--soc2-crosswalk: there is no framework or file 'iso2701'; did you mean 'iso27001'?"),
        ("wrong.csv", "wrong.csv:2: requirement: ISO/IEC 27001:2022, Annex A has no requirement 'A.9.1'; did you mean"),
    ],
)
def test_what_is_wrong_ends_the_run_before_it_begins(things: Programme, value: str, says: str) -> None:
    things.write("wrong.csv", OURS.replace("pci-dss,12.4.1", "iso27001,A.9.1"))
    result = things.run(f"--soc2-crosswalk={value}")
    assert result.ret == 4
    assert says in result.stderr.str()


@pytest.mark.long
def test_workers_give_the_same(things: Programme) -> None:
    things.run("--soc2-crosswalk=ours.csv", "policies")
    alone = report(things, "matrix.json")
    things.run("--soc2-crosswalk=ours.csv", "-n", "2", "policies")
    assert report(things, "matrix.json") == alone


@pytest.mark.long
def test_the_exit_code_is_that_of_the_controls_alone(things: Programme) -> None:
    args = ("--soc2-control=OWN-01",)
    assert things.run(*args).ret == things.run(*args, "--soc2-crosswalk=ours.csv").ret == 0
