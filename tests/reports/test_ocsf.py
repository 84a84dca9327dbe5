"""What each verdict is in OCSF, and that nothing which was not tested is a Pass."""

import json
from typing import Any

import msgspec
import pytest

from soc2test.reports.formats.ocsf import Ocsf
from soc2test.run import DISCLAIMER, Run
from soc2test.verdicts import ControlResult, Reason, Verdict

from .demo import demo_run


def events(run: Run, type: str) -> list[dict[str, Any]]:
    return [each for each in json.loads(Ocsf().render(run)) if each["finding_info"]["types"] == [type]]


def quiet(verdict: Verdict, **more: Any) -> ControlResult:
    """A control of this verdict of which nothing else is told."""
    (found,) = [each for each in demo_run().controls if each.id == "IAM-01"]
    empty: dict[str, Any] = {
        "findings": (), "gaps": (), "reason": None, "deviations": 0, "waived": 0, "unknown": 0, "errors": 0,
    }  # fmt: skip
    return msgspec.structs.replace(found, verdict=verdict, **{**empty, **more})


def of(result: ControlResult) -> dict[str, Any]:
    (event,) = events(msgspec.structs.replace(demo_run(), controls=(result,)), "control")
    return event


@pytest.mark.parametrize(("verdict", "more", "number", "caption"), [
    (Verdict.PASS, {}, 1, "Pass"),
    (Verdict.PASS, {"gaps": (Reason("missing", "page 2"),)}, 2, "Warning"),
    (Verdict.PASS, {"unknown": 1}, 2, "Warning"),
    (Verdict.FAIL, {}, 3, "Fail"),
    (Verdict.ACCEPTED, {}, 3, "Fail"),
    (Verdict.NOT_EVALUATED, {}, 2, "Warning"),
    (Verdict.ERROR, {}, 0, "Unknown"),
    (Verdict.NO_OCCURRENCES, {}, 99, "no occurrences"),
    (Verdict.NOT_APPLICABLE, {}, 99, "not applicable"),
])  # fmt: skip
def test_a_control_s_status_is_its_verdict_s(verdict: Verdict, more: Any, number: int, caption: str) -> None:
    compliance = of(quiet(verdict, **more))["compliance"]
    assert (compliance["status_id"], compliance["status"]) == (number, caption)


def test_every_verdict_has_a_status() -> None:
    for verdict in Verdict:
        assert (of(quiet(verdict))["compliance"]["status"] == "Pass") == (verdict is Verdict.PASS)


@pytest.mark.parametrize(("outcome", "status"), [
    ("deviation", "Fail"), ("waived", "Fail"), ("unknown", "Warning"), ("error", "Unknown"),
])  # fmt: skip
def test_a_resource_that_deviates_or_is_unknown_has_an_event(outcome: str, status: str) -> None:
    run = demo_run()
    expected = {
        (result.id, each.resource) for result in run.controls for each in result.findings if each.outcome == outcome
    }
    found = [each for each in events(run, "resource") if each["unmapped"]["outcome"] == outcome]
    assert expected
    assert {(each["compliance"]["control"], each["resources"][0]["uid"]) for each in found} == expected
    assert {each["compliance"]["status"] for each in found} == {status}


def test_a_waived_one_names_its_waiver_and_is_not_suppressed() -> None:
    waived = [each for each in events(demo_run(), "resource") if each["unmapped"]["outcome"] == "waived"]
    assert {(each["status_id"], each["status"]) for each in waived} == {(99, "waived by WVR-3")}


def test_pending_and_exempt_ones_are_counted_and_have_none() -> None:
    outcomes = {each["unmapped"]["outcome"] for each in events(demo_run(), "resource")}
    assert outcomes == {"deviation", "waived", "unknown", "error"}
    counts = {each["compliance"]["control"]: each["unmapped"] for each in events(demo_run(), "control")}
    assert any(each["pending"] for each in counts.values())
    assert any(each["exempt"] for each in counts.values())


@pytest.mark.parametrize("complete", [True, False])
def test_the_last_event_says_whether_all_was_tested_and_each_bears_it(complete: bool) -> None:
    because = None if complete else "it was stopped"
    run = msgspec.structs.replace(demo_run(), complete=complete, incomplete_because=because)
    (last,) = events(run, "run")
    assert json.loads(Ocsf().render(run))[-1] == last
    assert (last["compliance"]["status_id"] == 99) is complete
    assert ("it was stopped" in last["message"]) is not complete
    assert last["unmapped"]["disclaimer"] == DISCLAIMER
    assert {each["unmapped"]["complete"] for each in json.loads(Ocsf().render(run))} == {complete}


def test_the_same_run_gives_the_same_bytes() -> None:
    assert Ocsf().render(demo_run()) == Ocsf().render(demo_run())
