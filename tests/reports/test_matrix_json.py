"""matrix.json: the published schema, the same bytes for the same run."""

import json
from datetime import UTC, datetime, timedelta, timezone
from importlib.resources import files
from typing import Any, get_args

import msgspec
import pytest
from jsonschema import Draft202012Validator

from soc2test.controls.definition import NATURES
from soc2test.coverage.statuses import STATUSES
from soc2test.criteria import CRITERIA
from soc2test.reports.matrix_json import MatrixJson
from soc2test.reports.natures import NATURE_COUNTS
from soc2test.reports.view import started_run
from soc2test.run import DISCLAIMER, Run
from soc2test.verdicts import FACT_NATURES, SEVERITIES, Outcome, Verdict

from .demo import demo_run


def schema() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(files("soc2test").joinpath("schemas/matrix.schema.json").read_bytes())
    return loaded


def errors(document: Any) -> list[str]:
    validator = Draft202012Validator(schema(), format_checker=Draft202012Validator.FORMAT_CHECKER)
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(document)]


def matrix(run: Run) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(MatrixJson().render(run))
    return document


def partial_run() -> Run:
    return msgspec.structs.replace(demo_run(), complete=False, incomplete_because="-k selected 3 of 48 controls")


@pytest.mark.each(2)
@pytest.mark.parametrize("run", [demo_run(), started_run(), partial_run()], ids=["whole", "started", "partial"])
def test_the_published_schema_holds(run: Run) -> None:
    Draft202012Validator.check_schema(schema())
    assert errors(matrix(run)) == []


@pytest.mark.each(5)
@pytest.mark.parametrize(
    "damage",
    [
        {"incomplete_because": "but complete"},
        {"state": "started"},
        {"as_of": None},
        {"further": 1},
        {"criteria": []},
        {"complete": False},
    ],
)
def test_the_schema_refuses_what_contradicts_itself(damage: dict[str, Any]) -> None:
    assert errors(matrix(demo_run()) | damage)


def test_the_schema_refuses_criteria_in_another_order() -> None:
    document = matrix(demo_run())
    document["criteria"].reverse()
    assert errors(document)


def test_the_schema_knows_the_same_words_as_the_code() -> None:
    rows = schema()["properties"]["criteria"]["prefixItems"]
    ids = [
        (row["allOf"][1]["properties"]["id"]["const"], row["allOf"][1]["properties"]["category"]["const"])
        for row in rows
    ]
    assert ids == [(criterion.id, criterion.category) for criterion in CRITERIA.values()]
    defined = schema()["$defs"]
    assert defined["criterion"]["properties"]["status"]["enum"] == list(STATUSES)
    assert defined["control"]["properties"]["verdict"]["enum"] == list(Verdict)
    assert defined["control"]["properties"]["severity"]["enum"] == list(SEVERITIES)
    assert defined["control"]["properties"]["nature"]["enum"] == list(NATURES)
    assert defined["natures_of_facts"]["items"]["enum"] == list(FACT_NATURES)
    assert sorted(defined["finding"]["properties"]["outcome"]["enum"]) == sorted(get_args(Outcome))
    assert set(schema()["properties"]["counts"]["properties"]) == set(Verdict)


def test_the_same_run_gives_the_same_bytes_in_whatever_order_it_comes() -> None:
    run = demo_run()
    shuffled = msgspec.structs.replace(
        run,
        controls=tuple(
            msgspec.structs.replace(control, findings=control.findings[::-1], evidence=control.evidence[::-1])
            for control in reversed(run.controls)
        ),
        criteria=run.criteria[::-1],
        evidence=run.evidence[::-1],
        unclaimed=run.unclaimed[::-1],
    )
    assert MatrixJson().render(run) == MatrixJson().render(demo_run()) == MatrixJson().render(shuffled)


def test_twenty_findings_stand_inline_and_all_are_counted() -> None:
    control = next(control for control in matrix(demo_run())["controls"] if control["id"] == "VUL-01")
    assert (len(control["findings"]), control["findings_total"], control["deviations"]) == (20, 130, 130)


def test_no_cut_hides_a_deviation_behind_the_unknown() -> None:
    run = demo_run()
    vulnerable = next(control for control in run.controls if control.id == "VUL-01")
    unknown = [msgspec.structs.replace(each, outcome="unknown", kind="A") for each in vulnerable.findings[:129]]
    mixed = msgspec.structs.replace(vulnerable, findings=(*unknown, vulnerable.findings[129]))
    document = matrix(msgspec.structs.replace(run, controls=(mixed,)))
    assert document["controls"][0]["findings"][0]["outcome"] == "deviation"


def test_the_keys_stand_in_the_order_of_the_contract() -> None:
    document = matrix(demo_run())
    assert list(document)[:5] == ["schema", "held_back", "complete", "incomplete_because", "state"]
    assert list(document)[-1] == "disclaimer"
    assert document["disclaimer"] == DISCLAIMER
    head = "id title criteria supports nature rests_on tested_facts relies_on proven reliance verdict reason taken_out"
    numbers = "severity operates limits population population_digest passed deviations waived pending unknown errors exempt exempt_deviations exemptions waivers"
    tail = "findings findings_total by_source joined evidence evidence_total declared gaps gaps_total period listed"
    assert all(list(control) == f"{head} {numbers} {tail}".split() for control in document["controls"])


def test_limits_say_whether_they_are_the_tools_own() -> None:
    controls = {control["id"]: control for control in matrix(demo_run())["controls"]}
    own = {"looser": False, "clause": None, "approved_by": None, "tool_default": None}
    assert controls["IAM-07"]["limits"] == {
        "grace_days": {"value": 0, "default": True, **own},
        "removal_hours": {"value": 24, "default": False, **own},
    }
    assert controls["BAK-01"]["limits"]["max_age_hours"] == {
        "value": 50,
        "default": False,
        "looser": True,
        "clause": "Backup policy 4.2",
        "approved_by": "grace.hopper@acme.example",
        "tool_default": 26,
    }


def test_times_are_written_with_z() -> None:
    run = demo_run()
    elsewhere = timezone(timedelta(hours=2))
    moved = msgspec.structs.replace(run.as_of, time=datetime(2026, 11, 20, 14, 0, tzinfo=elsewhere))
    assert matrix(msgspec.structs.replace(run, as_of=moved))["as_of"]["time"] == "2026-11-20T12:00:00Z"
    assert moved.time == datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


def test_counts_tie_out() -> None:
    document = matrix(demo_run())
    assert set(document["counts"]) == set(Verdict)
    assert sum(document["counts"].values()) == len(document["controls"]) == 48
    assert all(document["counts"].values())
    for control in document["controls"]:
        parts = [control[name] for name in ("passed", "deviations", "pending", "unknown", "errors")]
        assert sum(parts) == control["population"], control["id"]
    assert sum(document["natures"].values()) == len(document["controls"])
    assert list(document["natures"]) == list(NATURE_COUNTS)
