"""Weaknesses of software on devices, as Microsoft Defender exports them.

Guesses that the documents refuted: software without a weakness has a row too, with null for the CVE; the export is of
now, so that what was fixed is not in it.
"""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from soc2test import UnknownFact
from soc2test.testing import Read, check, read
from soc2test.verdicts import Verdict
from soc2test_plugins.vulnerabilities.defender import defender
from soc2test_plugins.vulnerabilities.kinds import DefenderWeakness
from soc2test_policies.cc7.vulnerabilities import test_vulnerabilities_are_fixed_in_time as in_time

AS_OF = datetime(2026, 11, 20, 12, tzinfo=UTC)
OPERATION = "machines SoftwareVulnerabilitiesByMachine"
SAMPLE: dict[str, Any] = json.loads(
    (Path(__file__).parent / "documented/defender.SoftwareVulnerabilitiesByMachine.json").read_text()
)
ROW: dict[str, Any] = {
    **SAMPLE["value"][0], "id": "00044f612345baf759462dbe6db733b6a9c59ab4_edge_10.0.17763.1637_CVE-2026-15992",
    "cveId": "CVE-2026-15992", "vulnerabilitySeverityLevel": "High", "cvssScore": 8.8,
    "firstSeenTimestamp": "2026-11-03 10:13:34.8476880",
}  # fmt: skip


def exported(*rows: Any, **more: Any) -> Read:
    return read(defender, OPERATION, {"value": list(rows), **more}, tenant="acme.example", as_of=AS_OF)


def one(**more: Any) -> DefenderWeakness:
    (found,) = exported({**ROW, **more}).resources
    assert isinstance(found, DefenderWeakness)
    return found


def test_the_example_of_the_documentation_has_software_without_a_weakness_and_a_further_page() -> None:
    told = read(defender, OPERATION, SAMPLE, tenant="acme.example", as_of=AS_OF)
    assert (told.resources, [gap.code for gap in told.gaps]) == ((), ["partial"])


def test_a_weakness_that_is_there() -> None:
    found = one()
    assert found.id == f"defender/acme.example/{ROW['id']}"
    assert (found.severity, found.category, found.asset) == ("high", "host", ROW["deviceName"])
    assert (found.weakness, found.package) == ("CVE-2026-15992", "edge@10.0.17763.1637")
    assert found.first_seen_at == datetime(2026, 11, 3, 10, 13, 34, 847688, tzinfo=UTC)
    assert (found.state, found.closed_at, found.dismissed_by, found.dismissed_reason) == ("open", None, None, None)


@pytest.mark.parametrize(
    ("fact", "more"),
    [
        ("severity", {"vulnerabilitySeverityLevel": "Severe", "cvssScore": 8.8}),
        ("severity", {"vulnerabilitySeverityLevel": None, "cvssScore": None}),
        ("first_seen_at", {"firstSeenTimestamp": "lately"}), ("weakness", {"cveId": 7}), ("asset", {"deviceName": None}),
        ("package", {"softwareVersion": None}),
    ],
)  # fmt: skip
def test_what_is_not_told_is_unknown(fact: str, more: Any) -> None:
    found = one(**more)
    with pytest.raises(UnknownFact):
        getattr(found, fact)


def test_without_a_word_the_score_tells_how_severe_it_is() -> None:
    assert one(vulnerabilitySeverityLevel=None, cvssScore=9.8).severity == "critical"


@pytest.mark.parametrize(
    ("code", "body"),
    [
        ("partial", {"value": [ROW], "@odata.nextLink": "https://api.securitycenter.microsoft.com/api/x"}),
        ("empty", {"value": []}),
        ("denied", {"error": {"code": "Forbidden", "message": "-", "target": "-"}}),
        ("denied", {"error": {"code": "Unauthorized", "message": "-"}}),
        ("failed", {"error": {"code": "InternalServerError", "message": "-"}}),
        ("unreadable", {"value": {"1": ROW}}),
        ("unreadable", [ROW]),
        ("unreadable", {"value": [ROW, {**ROW, "id": None}]}),
    ],
)
def test_what_is_not_all_is_a_gap(code: str, body: Any) -> None:
    gaps = {gap.code for gap in read(defender, OPERATION, body, tenant="acme.example", as_of=AS_OF).gaps}
    assert code in gaps, gaps


def test_a_row_without_the_key_of_the_weakness_is_not_left_out() -> None:
    bare = {key: value for key, value in ROW.items() if key != "cveId"}
    (found,) = exported(bare).resources
    assert isinstance(found, DefenderWeakness)
    with pytest.raises(UnknownFact):
        _ = found.weakness


def test_how_long_a_weakness_is_there_is_judged() -> None:
    young, old = one(), one(id="2", firstSeenTimestamp="2026-09-01 10:00:00")
    found = check(in_time, young, old)
    assert (found.verdict, [finding.resource for finding in found.findings if finding.outcome == "deviation"]) == (
        Verdict.FAIL,
        ["defender/acme.example/2"],
    )
