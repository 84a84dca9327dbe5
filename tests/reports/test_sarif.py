"""What each verdict is in SARIF, and that nothing which was not tested is left out of it."""

import json
from typing import Any

import msgspec
import pytest

from soc2test.reports.formats.sarif import NOT_TESTED, RESULTS, Sarif
from soc2test.run import Run
from soc2test.verdicts import ControlResult, Reason, Verdict

from .demo import demo_run


def sarif(run: Run) -> dict[str, Any]:
    log = json.loads(Sarif().render(run))
    assert log["version"] == "2.1.0"
    (one,) = log["runs"]
    return dict(one)


def only(result: ControlResult) -> Run:
    return msgspec.structs.replace(demo_run(), controls=(result,))


def control(id: str, **more: Any) -> ControlResult:
    (found,) = [each for each in demo_run().controls if each.id == id]
    return msgspec.structs.replace(found, **more)


def results(run: Run) -> list[dict[str, Any]]:
    return list(sarif(run)["results"])


def quiet(verdict: Verdict, **more: Any) -> ControlResult:
    """A control of this verdict of which nothing else is told."""
    empty: dict[str, Any] = {
        "findings": (), "gaps": (), "reason": None, "deviations": 0, "waived": 0, "unknown": 0, "errors": 0,
    }  # fmt: skip
    return control("IAM-01", verdict=verdict, **{**empty, **more})


def test_each_deviation_is_a_result_of_its_control_with_its_export() -> None:
    run = demo_run()
    paths = {entry.id: entry.path for entry in run.evidence}
    expected = {
        (each.id, finding.resource, paths.get(finding.evidence or "", "soc2.yaml"))
        for each in run.controls
        for finding in each.findings
        if finding.outcome in ("deviation", "waived")
    }
    found = {
        (
            each["ruleId"],
            each["properties"]["resource"],
            each["locations"][0]["physicalLocation"]["artifactLocation"]["uri"],
        )
        for each in results(run)
        if "resource" in each["properties"]
    }
    assert len(expected) > 1
    assert found == expected


def test_a_waived_deviation_bears_its_waiver_and_no_other_result_is_suppressed() -> None:
    run = demo_run()
    waived = {each.id for result in run.controls for each in result.findings if each.outcome == "waived"}
    assert waived
    for each in results(run):
        suppressed = each["partialFingerprints"]["soc2test/v1"] in waived
        assert bool(each.get("suppressions")) == suppressed
        if suppressed:
            assert "WVR-3" in each["suppressions"][0]["justification"]


@pytest.mark.parametrize("verdict", [Verdict.PASS, Verdict.NO_OCCURRENCES, Verdict.NOT_APPLICABLE, Verdict.ACCEPTED])
def test_where_all_was_tested_and_nothing_deviates_there_is_no_result(verdict: Verdict) -> None:
    run = sarif(only(quiet(verdict)))
    assert run["results"] == []
    assert run["properties"]["controls"][verdict.value] == 1


@pytest.mark.parametrize(("verdict", "more", "said"), [
    (Verdict.NOT_EVALUATED, {"reason": Reason("missing", "export it")}, "export it"),
    (Verdict.ERROR, {"reason": Reason("error", "it broke")}, "it broke"),
    (Verdict.FAIL, {"unknown": 3}, "3 unknown"),
    (Verdict.FAIL, {"errors": 2}, "2 in error"),
    (Verdict.PASS, {"gaps": (Reason("missing", "page 2"),)}, "page 2"),
    (Verdict.NOT_EVALUATED, {}, "not_evaluated"),
])  # fmt: skip
def test_what_could_not_be_tested_is_a_result_of_its_own_rule(verdict: Verdict, more: Any, said: str) -> None:
    found = [each for each in results(only(quiet(verdict, **more))) if each["ruleId"] == NOT_TESTED]
    (untested,) = found
    assert untested["kind"] == "fail"
    assert untested["level"] == "error"
    assert said in untested["message"]["text"]


def test_what_no_declared_source_tells_is_a_note_and_what_was_taken_out_is_none() -> None:
    missing = {"gaps": (Reason("missing", "export it"),)}
    (undeclared,) = results(only(quiet(Verdict.NOT_EVALUATED, declared=False, **missing)))
    assert (undeclared["ruleId"], undeclared["level"]) == (NOT_TESTED, "note")
    assert results(only(quiet(Verdict.NOT_APPLICABLE, **missing))) == []


def test_what_deviates_as_a_whole_is_a_result_without_a_resource() -> None:
    failed = quiet(Verdict.FAIL, reason=Reason("empty", "the population is complete and empty"))
    (whole,) = results(only(failed))
    assert whole["ruleId"] == "IAM-01"
    assert whole["message"]["text"] == "the population is complete and empty"


def test_rules_and_results_name_each_other() -> None:
    run = sarif(demo_run())
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == [NOT_TESTED, *sorted(each.id for each in demo_run().controls)]
    for each in run["results"]:
        assert rules[each["ruleIndex"]]["id"] == each["ruleId"]
        assert len(rules[each["ruleIndex"]]["properties"]["tags"]) <= 20


def test_what_is_not_complete_says_so() -> None:
    run = msgspec.structs.replace(
        demo_run(), complete=False, incomplete_because="it was stopped", problems=("x broke",)
    )
    (invocation,) = sarif(run)["invocations"]
    assert not invocation["executionSuccessful"]
    texts = [note["message"]["text"] for note in invocation["toolExecutionNotifications"]]
    assert texts[:2] == ["it was stopped", "x broke"]


def test_above_what_is_taken_the_worst_are_kept_and_it_is_said() -> None:
    (one,) = [each for each in control("IAM-01").findings if each.outcome == "deviation"][:1]
    many = tuple(msgspec.structs.replace(one, id=f"{n:016x}", resource=f"r{n:05}") for n in range(RESULTS + 7))
    low = control("IAM-01", findings=many, severity="low")
    high = quiet(Verdict.NOT_EVALUATED)
    run = sarif(
        msgspec.structs.replace(demo_run(), complete=True, controls=(low, msgspec.structs.replace(high, id="ZZZ-01")))
    )
    assert len(run["results"]) == RESULTS
    assert run["results"][0]["properties"]["control"] == "ZZZ-01"
    assert run["properties"]["results"] > RESULTS
    (invocation,) = run["invocations"]
    assert not invocation["executionSuccessful"]
    left_out = run["properties"]["results"] - RESULTS
    assert f"{left_out} more results" in invocation["toolExecutionNotifications"][0]["message"]["text"]


def test_the_same_run_gives_the_same_bytes() -> None:
    assert Sarif().render(demo_run()) == Sarif().render(demo_run())
