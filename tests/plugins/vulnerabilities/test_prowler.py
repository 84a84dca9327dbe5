"""What Prowler's checks of a cloud's settings found, as its reports in OCSF say.

Guesses that the documents refuted: `status_id` says nothing (3 for new and muted ones alike in older reports), a muted
result keeps its FAIL, and the texts of time are of the clock of the machine that ran it.
"""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from vulnerability_reading import every, gap_codes, load, load_folder

from soc2test import UnknownFact, Vulnerability
from soc2test.testing import check
from soc2test.verdicts import Verdict
from soc2test_plugins.vulnerabilities.kinds import ReportedVulnerability, ScannedAsset
from soc2test_policies.cc7.vulnerabilities import test_critical_vulnerabilities_are_not_left_open as critical

SAMPLE = Path(__file__).parent / "samples/prowler__many_vuln_after_4_5_0.ocsf.json"
RESULTS: list[dict[str, Any]] = json.loads(SAMPLE.read_text())
ID = "prowler/aws/prowler-aws-iam_role_administratoraccess_policy_permissive_trust_relationship-123456789012-us-east-1-myAdministratorExecutionRole"
MADE = 1795000000


def report(*results: Any) -> dict[str, Any]:
    return {"prowler/aws/report.json": list(results)}


def result(**more: Any) -> dict[str, Any]:
    return {**RESULTS[0], "time": MADE, **more}


def one(folder: Path, **more: Any) -> ReportedVulnerability:
    (found,) = every(load(folder, report(result(**more))), ReportedVulnerability)
    return found


def test_the_results_of_a_real_report(tmp_path: Path) -> None:
    inventory = load(tmp_path, report(*RESULTS))
    muted, failed = sorted(every(inventory, ReportedVulnerability), key=lambda each: each.state)
    assert (failed.id, failed.state, failed.severity, failed.category) == (ID, "open", "high", "configuration")
    assert failed.asset == "arn:aws:iam::123456789012:role/myAdministratorExecutionRole"
    assert failed.weakness == "iam_role_administratoraccess_policy_permissive_trust_relationship"
    assert (failed.package, failed.closed_at, failed.dismissed_by) == (None, None, None)
    assert muted.state == "dismissed"
    assert gap_codes(inventory, ReportedVulnerability) == set()
    (account,) = every(inventory, ScannedAsset)
    assert (account.asset, account.scanner, account.scanning) == ("123456789012", "prowler", True)
    with pytest.raises(UnknownFact, match="do not say when"):
        _ = account.last_scanned_at  # this version wrote texts of time alone


@pytest.mark.parametrize("fact", ["closed_at", "dismissed_by", "dismissed_reason", "first_seen_at"])
def test_who_muted_it_and_why_is_not_told(tmp_path: Path, fact: str) -> None:
    found = one(tmp_path, status="Suppressed")
    assert found.state == "dismissed"
    with pytest.raises(UnknownFact):
        getattr(found, fact)


def test_the_account_was_looked_at_when_its_last_result_was_made(tmp_path: Path) -> None:
    inventory = load(tmp_path, report(result(), result(time=MADE + 60, status_code="PASS")))
    (account,) = every(inventory, ScannedAsset)
    assert account.last_scanned_at == datetime.fromtimestamp(MADE + 60, UTC)


def test_a_check_that_passed_is_no_weakness(tmp_path: Path) -> None:
    inventory = load(tmp_path, report(result(status_code="PASS")))
    assert (every(inventory, ReportedVulnerability), gap_codes(inventory, ReportedVulnerability)) == ([], set())
    assert len(every(inventory, ScannedAsset)) == 1


@pytest.mark.parametrize("code", ["MANUAL", "fail", "INFO", "MUTED"])
def test_a_result_that_is_left_to_people_or_not_documented_is_of_no_known_state(tmp_path: Path, code: str) -> None:
    found = one(tmp_path, status_code=code)
    for fact in ("state", "closed_at", "dismissed_by"):
        with pytest.raises(UnknownFact):
            getattr(found, fact)


@pytest.mark.parametrize("status", ["Resolved", "suppressed", None, 3])
def test_a_status_that_prowler_does_not_write_leaves_the_state_unknown(tmp_path: Path, status: Any) -> None:
    with pytest.raises(UnknownFact):
        _ = one(tmp_path, status=status).state


@pytest.mark.parametrize(
    ("word", "told"), [("Critical", "critical"), ("Medium", "medium"), ("Low", "low"), ("Informational", "low")]
)
def test_severities(tmp_path: Path, word: str, told: str) -> None:
    assert one(tmp_path, severity=word).severity == told


@pytest.mark.parametrize("word", ["Unknown", "Fatal", None, 4])
def test_a_severity_that_nobody_knows_is_unknown(tmp_path: Path, word: Any) -> None:
    with pytest.raises(UnknownFact):
        _ = one(tmp_path, severity=word).severity


def test_each_resource_of_a_result_has_the_weakness(tmp_path: Path) -> None:
    inventory = load(tmp_path, report(result(resources=[{"uid": "arn:a"}, {"uid": "", "name": "b"}])))
    assert {each.asset for each in every(inventory, ReportedVulnerability)} == {"arn:a", "b"}


def test_a_cluster_has_no_account_and_is_called_by_its_target(tmp_path: Path) -> None:
    clusters = {key: value for key, value in result().items() if key != "cloud"}
    (scanned,) = every(load(tmp_path, report(clusters)), ScannedAsset)
    assert scanned.asset == "aws"


@pytest.mark.parametrize(
    "results",
    [
        [], [result(resources=[])], [result(resources=None)], [result(class_uid=2001)], [result(class_uid="2004")],
        [result(status_code=None)], [result(finding_info={})], [result(), "PASS"], [None],
    ],
)  # fmt: skip
def test_what_can_t_be_read_is_a_gap(tmp_path: Path, results: list[Any]) -> None:
    assert gap_codes(load(tmp_path, report(*results)), ReportedVulnerability)


@pytest.mark.parametrize("body", [{"findings": [result()]}, {"error": "AccessDenied"}, ""])
def test_another_shape_is_a_gap(tmp_path: Path, body: Any) -> None:
    assert gap_codes(load(tmp_path, {"prowler/aws/report.json": body}), ReportedVulnerability)


def test_a_report_is_known_by_how_it_begins_wherever_it_lies(tmp_path: Path) -> None:
    place = tmp_path / "output/prowler-output-123456789012-20260603141519.ocsf.json"
    place.parent.mkdir()
    place.write_text(SAMPLE.read_text())
    inventory = load_folder(tmp_path).inventory
    assert len(every(inventory, Vulnerability)) == 2


def test_a_critical_setting_that_is_open_since_nobody_knows_when_passes_nothing(tmp_path: Path) -> None:
    found = check(critical, one(tmp_path, severity="Critical"))
    assert (found.verdict, found.passed) == (Verdict.NOT_EVALUATED, 0)
