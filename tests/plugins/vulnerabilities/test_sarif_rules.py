"""Which rule a SARIF result is of, and how severe that makes it."""

from pathlib import Path
from typing import Any

import pytest
from test_vulnerability_reports import sarif
from vulnerability_reading import load, only

from soc2test import UnknownFact
from soc2test_plugins.vulnerabilities.kinds import ReportedVulnerability

GUID = "11111111-1111-1111-8888-111111111111"


def _rule(id: str, score: str | None = None, level: str | None = None) -> dict[str, Any]:
    return {
        "id": id,
        **({"properties": {"security-severity": score}} if score else {}),
        **({"defaultConfiguration": {"level": level}} if level else {}),
    }


def _severity(folder: Path, result: dict[str, Any], driver: Any, *extensions: Any, **run: Any) -> Any:
    tool = {"driver": {"name": "T", "rules": driver}, "extensions": list(extensions)}
    return only(
        load(folder, sarif({"message": {"text": "x"}, **result}, tool=tool, **run)), ReportedVulnerability
    ).severity


EXTENSION = {"name": "codeql/js", "guid": GUID, "rules": [_rule("js/sqli", "9.8")]}
MILD = [_rule("meta/x", "1.0")]


@pytest.mark.parametrize(
    ("result", "driver", "extensions", "severity"),
    [
        ({"ruleId": "CA1000/1"}, [_rule("CA1000", "9.8")], (), "critical"),
        ({"ruleId": "CA1000/1/2"}, [_rule("CA1000", "9.8"), _rule("CA1000/1", "1.0")], (), "low"),
        ({"ruleId": "CA1000/1"}, [_rule("CA1000", level="error")], (), "high"),
        ({"ruleId": "js/sqli", "rule": {"index": 0, "toolComponent": {"guid": GUID}}}, MILD, (EXTENSION,), "critical"),
        ({"ruleId": "js/sqli", "rule": {"toolComponent": {"name": "codeql/js"}}}, MILD, (EXTENSION,), "critical"),
        ({"ruleId": "js/sqli", "rule": {"index": 0, "toolComponent": {"index": 0}}}, MILD, (EXTENSION,), "critical"),
        ({"ruleId": "js/sqli"}, MILD, (EXTENSION,), "critical"),
        ({"ruleId": "meta/x", "ruleIndex": 0}, MILD, (EXTENSION,), "low"),
        ({"ruleIndex": 0}, MILD, (EXTENSION,), "low"),
        ({"ruleId": "x"}, [], (), "medium"),
        ({"ruleId": "gone", "level": "error"}, MILD, (), "high"),
        (
            {"ruleId": "CA1000/1"},
            [_rule("CA1000", "1.0")],
            ({"name": "e", "rules": [_rule("CA1000/1", "9.8")]},),
            "critical",
        ),
        ({"rule": {"guid": GUID}}, [{**_rule("R1", "9.8"), "guid": GUID}], (), "critical"),
        (
            {"rule": {"guid": GUID, "index": 0}},
            [{**MILD[0], "guid": "other"}, {**_rule("R1", "9.8"), "guid": GUID}],
            (),
            "critical",
        ),
        ({"ruleId": "meta/x", "kind": "review", "level": "none"}, [_rule("meta/x", level="error")], (), "high"),
        ({"ruleId": "meta/x", "kind": "fail", "level": "none"}, [_rule("meta/x", level="error")], (), "low"),
    ],
)
def test_the_rule_of_a_result(tmp_path: Path, result: Any, driver: Any, extensions: Any, severity: str) -> None:
    assert _severity(tmp_path, result, driver, *extensions) == severity


@pytest.mark.parametrize(
    ("result", "extensions"),
    [
        ({"ruleId": "gone"}, ()),
        ({"rule": {"id": "js/sqli", "guid": "other", "index": 7}}, (EXTENSION,)),
        ({"ruleId": "js/sqli", "ruleIndex": 0}, ()),
        ({"ruleId": "js/sqli", "rule": {"toolComponent": {"guid": "other"}}}, (EXTENSION,)),
        ({"ruleId": "js/sqli", "rule": {"toolComponent": {"index": 7}}}, (EXTENSION,)),
    ],
)
def test_without_its_rule_a_result_is_of_unknown_severity(tmp_path: Path, result: Any, extensions: Any) -> None:
    with pytest.raises(UnknownFact, match="does not hold the rule"):
        _severity(tmp_path, result, MILD, *extensions)


def _override(level: str, **descriptor: Any) -> dict[str, Any]:
    return {"descriptor": descriptor, "configuration": {"level": level}}


def _ran(*overrides: dict[str, Any]) -> dict[str, Any]:
    return {"executionSuccessful": True, "ruleConfigurationOverrides": list(overrides)}


@pytest.mark.parametrize(
    ("result", "invocations", "severity"),
    [
        ({}, [_ran(_override("error", id="R1", index=0))], "high"),
        ({}, [_ran(_override("error", index=0))], "high"),
        ({}, [_ran(_override("error", id="R2"))], "low"),
        ({}, [_ran(_override("error", index=1))], "low"),
        ({"ruleId": "R1/a"}, [_ran(_override("error", id="R1"))], "high"),
        ({"ruleId": "R1/a"}, [_ran(_override("error", id="R1/a"))], "high"),
        ({"ruleId": "R1/a"}, [_ran(_override("error", id="R1/b"))], "low"),
        ({}, [_ran(_override("none", id="R1")), _ran()], "low"),
        ({}, [_ran(_override("warning", id="R1"), _override("error", id="R1"))], "high"),
        ({"level": "warning"}, [_ran(_override("error", id="R1"))], "medium"),
        ({}, [_ran(_override("warning", id="R1")), _ran(_override("error", id="R1"))], "high"),
        ({"provenance": {"invocationIndex": 0}}, [_ran(_override("warning", id="R1")), _ran(_override("error", id="R1"))], "medium"),
        ({"provenance": {"invocationIndex": 1}}, [_ran(_override("warning", id="R1")), _ran()], "low"),
    ],
)  # fmt: skip
def test_a_run_may_give_a_rule_another_level(tmp_path: Path, result: Any, invocations: Any, severity: str) -> None:
    found = _severity(
        tmp_path, {"ruleId": "R1", "ruleIndex": 0, **result}, [_rule("R1", level="note")], invocations=invocations
    )
    assert found == severity


def test_an_override_of_a_rule_of_the_same_name_elsewhere(tmp_path: Path) -> None:
    elsewhere = {"name": "e", "guid": GUID, "rules": [_rule("R1", level="note")]}
    rules = [_rule("R1", level="error")]
    for folder, component in ("a", {"index": 0}), ("b", {"guid": GUID}), ("c", {"name": "e"}):
        milder = [_ran(_override("note", id="R1", toolComponent=component))]
        assert _severity(tmp_path / folder, {"ruleId": "R1"}, rules, elsewhere, invocations=milder) == "high"


def test_a_run_without_the_override_leaves_the_rule_as_it_is(tmp_path: Path) -> None:
    milder, plain = _ran(_override("note", id="R1")), _ran()
    rules = [_rule("R1", level="error")]
    assert _severity(tmp_path / "a", {"ruleId": "R1"}, rules, invocations=[milder]) == "low"
    assert _severity(tmp_path / "b", {"ruleId": "R1"}, rules, invocations=[milder, plain]) == "high"


@pytest.mark.parametrize("described", [[], [_rule("R1", level="note")]])
def test_an_override_is_of_the_rule_that_its_guid_names(tmp_path: Path, described: Any) -> None:
    result = {"rule": {"guid": GUID, "id": "R1"}}
    rules = [{**rule, "guid": GUID} for rule in described]
    assert _severity(tmp_path, result, rules, invocations=[_ran(_override("error", guid=GUID))]) == "high"


def test_a_level_that_nobody_knows_is_no_severity(tmp_path: Path) -> None:
    with pytest.raises(UnknownFact, match="known level"):
        _severity(tmp_path, {"ruleId": "R1"}, [_rule("R1")], invocations=[_ran(_override("fatal", id="R1"))])
