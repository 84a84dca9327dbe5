"""findings.ndjson: every finding, and a closing line that tells a cut file."""

import json
from importlib.resources import files
from typing import Any

import msgspec
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from soc2test.reports.findings import Findings
from soc2test.reports.text import json_dump
from soc2test.reports.view import started_run
from soc2test.run import DISCLAIMER, Run

from .demo import demo_run


def lines(run: Run) -> list[dict[str, Any]]:
    return [json.loads(line) for line in Findings().render(run).splitlines()]


@pytest.mark.parametrize("run", [demo_run(), started_run()], ids=["whole", "started"])
def test_every_line_holds_to_the_published_schema(run: Run) -> None:
    schema = json.loads(files("soc2test").joinpath("schemas/finding.schema.json").read_bytes())
    Draft202012Validator.check_schema(schema)
    for line in lines(run):
        Draft202012Validator(schema).validate(line)


def test_all_findings_stand_in_it_with_their_control() -> None:
    run = demo_run()
    *found, _ = lines(run)
    assert {(line["control"], line["id"]) for line in found} == {
        (control.id, finding.id) for control in run.controls for finding in control.findings
    }
    assert len(found) == sum(len(control.findings) for control in run.controls)
    assert [line["control"] for line in found] == sorted(line["control"] for line in found)


@given(st.text(st.characters(), max_size=40))
@example("\x7f")
@example("\ud800")
@example('\b\f\n\r\t\x00\x1f/"\\')
@example("x" * 5000)
def test_the_quick_way_writes_the_same_bytes(text: str) -> None:
    run = demo_run()
    failing = next(control for control in run.controls if control.id == "NET-01")
    found = msgspec.structs.replace(failing.findings[0], resource=text, message=text)
    one = msgspec.structs.replace(run, controls=(msgspec.structs.replace(failing, findings=(found,)),))
    head = {
        "schema": "finding/2",
        "control": "NET-01",
        "criteria": ["CC6.6"],
        "nature": "state",
        "rests_on": ["system"],
        "severity": "critical",
    }
    line = Findings().render(one).split(b"\n")[0]
    assert line.decode() == json_dump(head | msgspec.to_builtins(found))


def test_the_last_line_counts_and_disclaims() -> None:
    *found, end = lines(demo_run())
    assert end == {
        "schema": "findings/1",
        "complete": True,
        "incomplete_because": None,
        "findings": len(found),
        "natures": {"system": 22, "document": 2, "record": 19, "nothing": 3, "reliance": 2},
        "sources": [msgspec.to_builtins(each) for each in demo_run().sources],
        "disclaimer": DISCLAIMER,
    }


def test_a_started_run_says_so() -> None:
    (end,) = lines(started_run())
    assert end["complete"] is False
    assert end["incomplete_because"]
