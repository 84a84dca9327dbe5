"""What was proven stands in the reports, for the version that was proven and for no other, and decides no verdict."""

import json
from pathlib import Path

import jsonschema
import pytest
from programmes import Programme

from soc2test.cli.here import open_here
from soc2test.cli.schema import schemas
from soc2test.proving.records import Fact, Proof
from soc2test.proving.saved import FILE, save_proofs

GOOD = '''
@control("OWN-01", criteria=["CC6.1"], nature="state", where=lambda thing: thing.owner is not None)
def test_things_are_good(thing: Thing):
    """Every thing is good."""
    assert thing.good
'''


@pytest.fixture
def good(programme: Programme) -> Programme:
    """One control that holds, which nobody proved."""
    programme.policy(GOOD)
    programme.things({"id": "a", "good": True})
    return programme


def prove(programme: Programme, *, proven: bool) -> Path:
    """Keep a proof of the one control."""
    here = open_here(programme.path / "soc2.yaml")
    facts = (Fact(name="Thing.good", decides=True), Fact(name="Thing.owner", decides=False))
    proof = Proof(control="OWN-01", basis="", facts=facts, deviates_with="Thing(good=false)" if proven else "")
    save_proofs(programme.path / FILE, here.packs, [proof])
    return programme.path / FILE


def told(programme: Programme) -> tuple[object, object]:
    programme.run("policies")
    control = programme.control("OWN-01")
    return control["proven"], control["relies_on"]


def test_of_what_nobody_proved_all_that_it_names_is_told(good: Programme) -> None:
    assert told(good) == (None, ["Thing.owner", "Thing.good"])


@pytest.mark.parametrize("proven", [True, False])
def test_of_what_was_proven_the_facts_that_decide_are_told(good: Programme, proven: bool) -> None:
    file = prove(good, proven=proven)
    jsonschema.Draft202012Validator(schemas({})["proofs"][1]()).validate(json.loads(file.read_text("utf-8")))
    assert told(good) == (proven, ["Thing.good"])
    verdict = good.verdict("OWN-01")
    file.unlink()
    good.run("policies")
    assert good.verdict("OWN-01") == verdict  # it decides none


def test_a_policy_that_changed_is_not_proven(good: Programme) -> None:
    prove(good, proven=True)
    good.policy(GOOD + "\n# another word\n")
    assert told(good) == (None, ["Thing.owner", "Thing.good"])


@pytest.mark.each(3)
@pytest.mark.parametrize("text", ["", "{", '{"schema": "proofs/2", "packs": {}, "controls": {}}', '{"packs": {}}'])
def test_a_file_that_can_not_be_read_is_named_and_proves_nothing(good: Programme, text: str) -> None:
    good.write(FILE, text)
    assert told(good)[0] is None
    (problem,) = good.matrix()["problems"]
    assert FILE in problem
    assert "soc2test prove --save" in problem


def test_the_reports_say_it(good: Programme) -> None:
    prove(good, proven=True)
    good.run("policies")
    page = (good.path / "soc2-report/matrix.html").read_text("utf-8")
    assert "proven: a change of it was noticed; relies on Thing.good" in page
    (line,) = [
        record
        for text in (good.path / "soc2-report/controls.ndjson").read_text("utf-8").splitlines()
        if (record := json.loads(text)).get("id") == "OWN-01"
    ]
    assert (line["proven"], line["relies_on"]) == (True, ["Thing.good"])
