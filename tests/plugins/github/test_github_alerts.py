"""Dependabot, code scanning and secret scanning alerts."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from github_reading import error, gap_codes, load, only, repo, user

from soc2test import UnknownFact
from soc2test_plugins.github.kinds import CodeScanningAlert, DependabotAlert, SecretAlert

AT = "2026-11-10T06:00:00Z"
LATER = "2026-11-12T10:00:00Z"
CLOSED = datetime(2026, 11, 12, 10, tzinfo=UTC)
DEPENDABOT: dict[str, Any] = {
    "number": 2,
    "state": "open",
    "security_vulnerability": {"severity": "high"},
    "created_at": AT,
    "fixed_at": None,
    "dismissed_at": None,
    "dismissed_by": None,
    "dismissed_reason": None,
    "repository": {"name": "web"},
}
CODE: dict[str, Any] = {
    "number": 4,
    "state": "open",
    "rule": {"severity": "error", "security_severity_level": "critical"},
    "created_at": AT,
    "fixed_at": None,
    "dismissed_at": None,
    "dismissed_by": None,
    "dismissed_reason": None,
    "repository": {"name": "web"},
}
SECRET: dict[str, Any] = {
    "number": 7,
    "state": "open",
    "resolution": None,
    "resolved_at": None,
    "resolved_by": None,
    "created_at": AT,
    "secret": "not-to-be-read",
    "repository": {"name": "web"},
}
DISMISSED = {"state": "dismissed", "dismissed_at": LATER, "dismissed_by": user("ann"), "dismissed_reason": "not_used"}


def dependabot(folder: Path, **change: Any) -> DependabotAlert:
    return only(load(folder, {"dependabot.list-alerts-for-org": [{**DEPENDABOT, **change}]}), DependabotAlert)


def code(folder: Path, **change: Any) -> CodeScanningAlert:
    return only(load(folder, {"code-scanning.list-alerts-for-org": [{**CODE, **change}]}), CodeScanningAlert)


def secret(folder: Path, **change: Any) -> SecretAlert:
    return only(load(folder, {"secret-scanning.list-alerts-for-org": [{**SECRET, **change}]}), SecretAlert)


def test_open_dependabot_alert(tmp_path: Path) -> None:
    alert = dependabot(tmp_path)
    assert (alert.id, alert.category, alert.asset, alert.severity, alert.state) == (
        "github/acme/web/dependabot/2", "dependency", "web", "high", "open",
    )  # fmt: skip
    assert (alert.closed_at, alert.dismissed_by, alert.dismissed_reason) == (None, None, None)
    assert alert.first_seen_at == datetime(2026, 11, 10, 6, tzinfo=UTC)


def test_fixed_dependabot_alert(tmp_path: Path) -> None:
    alert = dependabot(tmp_path, state="fixed", fixed_at=LATER)
    assert (alert.state, alert.closed_at, alert.dismissed_by) == ("fixed", CLOSED, None)


def test_dismissed_dependabot_alert(tmp_path: Path) -> None:
    alert = dependabot(tmp_path, **DISMISSED)
    assert (alert.state, alert.closed_at, alert.dismissed_by, alert.dismissed_reason) == (
        "dismissed", CLOSED, "ann", "not_used",
    )  # fmt: skip


def test_alert_that_a_rule_dismissed_was_dismissed_by_nobody(tmp_path: Path) -> None:
    alert = dependabot(tmp_path, state="auto_dismissed", auto_dismissed_at=LATER)
    assert (alert.state, alert.closed_at, alert.dismissed_by, alert.dismissed_reason) == (
        "dismissed", CLOSED, None, "auto_dismissed",
    )  # fmt: skip


@pytest.mark.parametrize("change", [{"state": "paused"}, {"state": "fixed", "fixed_at": None}])
def test_odd_dependabot_alert_is_unknown(tmp_path: Path, change: dict[str, Any]) -> None:
    with pytest.raises(UnknownFact):
        _ = dependabot(tmp_path, **change).closed_at


@pytest.mark.parametrize("key", ["state", "security_vulnerability", "created_at"])
def test_cut_dependabot_alert(tmp_path: Path, key: str) -> None:
    cut = {name: value for name, value in DEPENDABOT.items() if name != key}
    alert = only(load(tmp_path, {"dependabot.list-alerts-for-org": [cut]}), DependabotAlert)
    fact = {"state": "state", "security_vulnerability": "severity", "created_at": "first_seen_at"}[key]
    with pytest.raises(UnknownFact):
        getattr(alert, fact)


def test_lists_of_each_repository_replace_the_organisations(tmp_path: Path) -> None:
    alone = {key: value for key, value in DEPENDABOT.items() if key != "repository"}
    files = {"repos.list-for-org": [repo(), repo("infra")], "dependabot.list-alerts-for-repo.web": [alone]}
    inventory = load(tmp_path, files)
    assert only(inventory, DependabotAlert).id == "github/acme/web/dependabot/2"
    assert gap_codes(inventory, DependabotAlert) == {"missing"}
    assert gap_codes(load(tmp_path, {"dependabot.list-alerts-for-repo.infra": []}), DependabotAlert) == set()


def test_denied_list_is_a_gap(tmp_path: Path) -> None:
    inventory = load(tmp_path, {"dependabot.list-alerts-for-org": error("Not Found", "404")})
    assert gap_codes(inventory, DependabotAlert) == {"denied"}


def test_code_scanning_alert(tmp_path: Path) -> None:
    assert (code(tmp_path).category, code(tmp_path).severity, code(tmp_path).state) == ("code", "critical", "open")
    alert = code(tmp_path, **DISMISSED)
    assert (alert.state, alert.closed_at, alert.dismissed_by) == ("dismissed", CLOSED, "ann")


@pytest.mark.parametrize(
    ("rule", "severity"),
    [
        ({"severity": "error", "security_severity_level": "low"}, "low"),
        ({"severity": "error"}, "high"),
        ({"severity": "warning", "security_severity_level": None}, "medium"),
        ({"severity": "note"}, "low"),
    ],
)
def test_code_scanning_severity(tmp_path: Path, rule: dict[str, Any], severity: str) -> None:
    assert code(tmp_path, rule=rule).severity == severity


@pytest.mark.parametrize("rule", [{}, {"severity": None}, {"severity": "odd"}])
def test_code_scanning_alert_without_severity(tmp_path: Path, rule: dict[str, Any]) -> None:
    with pytest.raises(UnknownFact):
        _ = code(tmp_path, rule=rule).severity


def test_code_scanning_alert_without_state(tmp_path: Path) -> None:
    with pytest.raises(UnknownFact):
        _ = code(tmp_path, state=None).state


def test_open_secret(tmp_path: Path) -> None:
    alert = secret(tmp_path)
    assert (alert.category, alert.severity, alert.state, alert.closed_at) == ("secret", "critical", "open", None)


@pytest.mark.parametrize(
    ("resolution", "state", "by", "reason"),
    [
        ("revoked", "fixed", None, None),
        ("false_positive", "dismissed", "ann", "false_positive"),
        ("used_in_tests", "dismissed", "ann", "used_in_tests"),
    ],
)
def test_resolved_secret(tmp_path: Path, resolution: str, state: str, by: str | None, reason: str | None) -> None:
    alert = secret(tmp_path, state="resolved", resolution=resolution, resolved_at=LATER, resolved_by=user("ann"))
    assert (alert.state, alert.closed_at, alert.dismissed_by, alert.dismissed_reason) == (state, CLOSED, by, reason)


@pytest.mark.parametrize(
    ("resolution", "validity", "state"),
    [
        *((each, "active", "open") for each in ("revoked", "false_positive", "used_in_tests", "wont_fix")),
        ("wont_fix", "unknown", "open"),
        ("wont_fix", None, "open"),
        ("wont_fix", "inactive", "dismissed"),
        ("revoked", "unknown", "fixed"),
        ("revoked", None, "fixed"),
        ("used_in_tests", "inactive", "dismissed"),
    ],
)
def test_a_closed_alert_about_a_secret_that_works(
    tmp_path: Path, resolution: str, validity: str | None, state: str
) -> None:
    closed = {"state": "resolved", "resolution": resolution, "resolved_at": LATER, "resolved_by": user("ann")}
    alert = secret(tmp_path, **closed, validity=validity)
    assert (alert.state, alert.closed_at) == (state, None if state == "open" else CLOSED)


def test_a_validity_that_nobody_knows(tmp_path: Path) -> None:
    with pytest.raises(UnknownFact):
        _ = secret(tmp_path, state="resolved", resolution="revoked", resolved_at=LATER, validity="odd").state


def test_secret_in_an_unknown_state(tmp_path: Path) -> None:
    with pytest.raises(UnknownFact):
        _ = secret(tmp_path, state="odd").state


def test_no_fact_holds_the_secret(tmp_path: Path) -> None:
    alert = secret(tmp_path)
    for fact in ("dismissed_reason", "asset", "category", "id", "state"):
        assert "not-to-be-read" not in str(getattr(alert, fact))
