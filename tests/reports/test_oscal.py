"""What each verdict is in OSCAL: a deviation is a finding, and nothing says that a criterion is fulfilled."""

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
from jsonschema import Draft7Validator

from soc2test.reports.formats.oscal import Oscal
from soc2test.run import DISCLAIMER, Run
from soc2test.verdicts import Verdict

from .demo import demo_run
from .hostile import over_a_period, poisoned

SCHEMA = Path(__file__).parents[3] / "shared/schemas/oscal_assessment-results_schema.json"


def result_of(run: Run) -> dict[str, Any]:
    (result,) = json.loads(Oscal().render(run))["assessment-results"]["results"]
    return dict(result)


@pytest.mark.parametrize("run", [
    demo_run(), over_a_period("name"), poisoned(" a\n b "), poisoned("</x>\u2028"),
    msgspec.structs.replace(demo_run(), controls=(), evidence=()),
], ids=["demo", "period", "lines", "signs", "started"])  # fmt: skip
def test_nist_s_schema_holds(run: Run) -> None:
    if not SCHEMA.exists():
        pytest.skip("the schema is not there")
    patterns = (
        SCHEMA.read_text("utf-8").replace(r"\\p{L}", r"[^\\W\\d_]").replace(r"\\p{N}", r"\\d")
    )  # as Python has them
    schema = json.loads(patterns)
    errors = [*Draft7Validator(schema).iter_errors(json.loads(Oscal().render(run)))]
    assert errors == []


def test_each_control_that_deviates_is_a_finding_and_no_other() -> None:
    run = demo_run()
    deviating = {each.id for each in run.controls if each.verdict in (Verdict.FAIL, Verdict.ACCEPTED)}
    found = {each["target"]["target-id"]: each["target"]["status"] for each in result_of(run)["findings"]}
    assert deviating
    assert found.keys() == deviating
    assert {each["state"] for each in found.values()} == {"not-satisfied"}


def test_nothing_is_said_to_be_fulfilled() -> None:
    passing = tuple(each for each in demo_run().controls if each.verdict is Verdict.PASS)
    assert passing
    result = result_of(msgspec.structs.replace(demo_run(), controls=passing))
    assert "findings" not in result
    assert len(result["observations"]) == len(passing)
    assert '"satisfied"' not in Oscal().render(demo_run()).decode()


def test_what_was_not_tested_is_named_beside_the_findings() -> None:
    run = demo_run()
    untested = {each.id for each in run.controls if each.verdict in (Verdict.NOT_EVALUATED, Verdict.ERROR)}
    assert untested
    for id in untested:
        assert id in result_of(run)["remarks"]
    stopped = msgspec.structs.replace(run, complete=False, incomplete_because="it was stopped")
    assert "it was stopped" in result_of(stopped)["remarks"]


def test_an_observation_has_the_numbers_and_each_resource_that_is_told() -> None:
    run = demo_run()
    observations = {each["title"].partition(":")[0]: each for each in result_of(run)["observations"]}
    for each in run.controls:
        props = {prop["name"]: prop["value"] for prop in observations[each.id]["props"]}
        assert props["verdict"] == each.verdict.value
        assert props["deviations"] == str(each.deviations)
        told = [one for one in each.findings if one.outcome in ("deviation", "waived", "unknown", "error")]
        assert len(observations[each.id].get("subjects", ())) == len(told)


def test_findings_name_their_observation_and_the_same_run_gives_the_same_bytes() -> None:
    result = result_of(demo_run())
    known = {each["uuid"] for each in result["observations"]}
    for each in result["findings"]:
        assert each["related-observations"][0]["observation-uuid"] in known
    assert Oscal().render(demo_run()) == Oscal().render(demo_run())
    assert DISCLAIMER in Oscal().render(demo_run()).decode()
