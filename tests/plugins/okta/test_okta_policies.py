"""Password policies, sign-on policies with their rules, the org, applications."""

from pathlib import Path
from typing import Any

import pytest
from okta_reading import gap_codes, load, only

from soc2test import UnknownFact
from soc2test_plugins.okta.kinds import (
    OktaAccessPolicy,
    OktaApp,
    OktaOrg,
    OktaPasswordPolicy,
    OktaSessionPolicy,
    OktaSignOnPolicy,
)

ORG = {"id": "00o1", "companyName": "Acme", "subdomain": "acme"}


def password(folder: Path, **rules: Any) -> OktaPasswordPolicy:
    settings = {
        "complexity": {"minLength": 14},
        "age": {"historyCount": 24},
        "lockout": {"maxAttempts": 5},
        **rules,
    }
    policy = {"id": "00p1", "name": "Default", "status": "ACTIVE", "priority": 1, "settings": {"password": settings}}
    return only(load(folder, {"listPolicies.PASSWORD": [policy]}), OktaPasswordPolicy)


def rule(factor: Any = True, access: str = "ALLOW", status: str = "ACTIVE") -> dict[str, Any]:
    action = {"signon": {"access": access, "requireFactor": factor}}
    return {"id": "0pr1", "name": "Rule", "status": status, "type": "SIGN_ON", "actions": action}


def access(mode: str | None = "2FA", access: str = "ALLOW") -> dict[str, Any]:
    method = {"type": "ASSURANCE"} if mode is None else {"type": "ASSURANCE", "factorMode": mode}
    action = {"appSignOn": {"access": access, "verificationMethod": method}}
    return {"id": "rul1", "name": "Rule", "status": "ACTIVE", "type": "ACCESS_POLICY", "actions": action}


def policy(*rules: dict[str, Any], status: str = "ACTIVE", id: str = "00p1", embed: bool = True) -> dict[str, Any]:
    body = {"id": id, "name": "Policy", "status": status, "type": "OKTA_SIGN_ON", "priority": 1}
    return {**body, "_embedded": {"rules": list(rules)}} if embed else body


def org(folder: Path, session: Any = None, apps: Any = None) -> OktaOrg:
    files = {"getOrgSettings": ORG, "listPolicies.OKTA_SIGN_ON": session, "listPolicies.ACCESS_POLICY": apps}
    return only(load(folder, {name: body for name, body in files.items() if body is not None}), OktaOrg)


def test_password_policy(tmp_path: Path) -> None:
    found = password(tmp_path)
    assert (found.id, found.name, found.active, found.priority) == ("okta/acme/policies/00p1", "Default", True, 1)
    assert (found.min_length, found.history, found.lockout_attempts) == (14, 24, 5)


def test_policy_that_never_locks_out_says_so(tmp_path: Path) -> None:
    assert password(tmp_path, lockout={"maxAttempts": 0}).lockout_attempts == 0


@pytest.mark.parametrize(
    ("part", "fact"), [("complexity", "min_length"), ("age", "history"), ("lockout", "lockout_attempts")]
)
@pytest.mark.parametrize("value", [{}, None])
def test_absent_rule_is_unknown(tmp_path: Path, part: str, fact: str, value: Any) -> None:
    found = password(tmp_path, **{part: value})
    with pytest.raises(UnknownFact):
        getattr(found, fact)


def test_full_page_of_policies_is_partial(tmp_path: Path) -> None:
    policies = [{"id": f"00p{number}", "name": "P", "status": "ACTIVE", "priority": 1} for number in range(20)]
    inventory = load(tmp_path, {"listPolicies.PASSWORD": policies})
    assert gap_codes(inventory, OktaPasswordPolicy) == {"partial"}


@pytest.mark.parametrize(
    ("rules", "required"),
    [
        ([rule()], True),
        ([rule(), rule(False)], False),
        ([rule(), rule(False, access="DENY")], True),
        ([rule(), rule(False, status="INACTIVE")], True),
        ([rule(None, access="DENY")], True),
    ],
)
def test_session_policy(tmp_path: Path, rules: list[dict[str, Any]], required: bool) -> None:
    inventory = load(tmp_path, {"listPolicies.OKTA_SIGN_ON": [policy(*rules)]})
    assert only(inventory, OktaSessionPolicy).mfa_required is required
    assert only(inventory, OktaOrg).session_mfa_required is required


@pytest.mark.parametrize(
    ("rules", "required"),
    [([access()], True), ([access("1FA")], False), ([access(), access(access="DENY", mode=None)], True)],
)
def test_access_policy(tmp_path: Path, rules: list[dict[str, Any]], required: bool) -> None:
    inventory = load(tmp_path, {"listPolicies.ACCESS_POLICY": [policy(*rules)]})
    assert only(inventory, OktaAccessPolicy).mfa_required is required
    assert only(inventory, OktaOrg).application_mfa_required is required


def test_a_second_factor_that_is_left_out_is_not_asked_for(tmp_path: Path) -> None:
    one = rule()
    del one["actions"]["signon"]["requireFactor"]
    assert only(load(tmp_path, {"listPolicies.OKTA_SIGN_ON": [policy(one)]}), OktaSessionPolicy).mfa_required is False


@pytest.mark.parametrize(
    "rules",
    [
        [rule("true")],
        [rule(None)],
        [rule(), rule(False, status="PAUSED")],
        [rule(), rule(False, access="CHALLENGE")],
        [rule(), {**rule(False), "status": None}],
        [rule(), {**rule(False), "name": None}],
        [access("3FA")],
        [access(), access("1FA", access="ASK")],
    ],
)
def test_a_rule_that_says_something_unknown_makes_all_unknown(tmp_path: Path, rules: list[dict[str, Any]]) -> None:
    session = "signon" in rules[0]["actions"]
    name = "listPolicies.OKTA_SIGN_ON" if session else "listPolicies.ACCESS_POLICY"
    inventory = load(tmp_path, {name: [policy(*rules)]})
    kind = OktaSessionPolicy if session else OktaAccessPolicy
    for found in (only(inventory, kind), only(inventory, OktaOrg)):
        with pytest.raises(UnknownFact):
            _ = found.mfa_required


def test_a_policy_in_an_unknown_status_makes_the_org_unknown(tmp_path: Path) -> None:
    found = org(tmp_path, [policy(rule()), policy(rule(False), id="00p2", status="PAUSED")])
    with pytest.raises(UnknownFact):
        _ = found.session_mfa_required


@pytest.mark.parametrize("status", ["PAUSED", None, True, "active"])
def test_whatever_is_in_an_unknown_status_may_be_active(tmp_path: Path, status: Any) -> None:
    app = {"id": "0oa1", "name": "slack", "label": "Slack", "status": status, "signOnMode": "BOOKMARK"}
    passwords = {"id": "00p1", "name": "Default", "status": status, "priority": 1}
    files = {
        "listApplications": [app],
        "listPolicies.PASSWORD": [passwords],
        "listPolicies.OKTA_SIGN_ON": [policy(rule(), status=status)],
    }
    inventory = load(tmp_path, files)
    kinds: tuple[Any, ...] = (OktaApp, OktaPasswordPolicy, OktaSessionPolicy)
    for kind in kinds:
        with pytest.raises(UnknownFact):
            _ = only(inventory, kind).active


def test_authentication_chain_is_unknown(tmp_path: Path) -> None:
    inventory = load(tmp_path, {"listPolicies.ACCESS_POLICY": [policy(access(None))]})
    with pytest.raises(UnknownFact):
        _ = only(inventory, OktaAccessPolicy).mfa_required


def test_rules_exported_by_themselves(tmp_path: Path) -> None:
    files = {"listPolicies.OKTA_SIGN_ON": [policy(embed=False)], "listPolicyRules.00p1": [rule(False)]}
    assert only(load(tmp_path, files), OktaSessionPolicy).mfa_required is False


def test_policies_without_rules_are_unknown(tmp_path: Path) -> None:
    inventory = load(tmp_path, {"listPolicies.OKTA_SIGN_ON": [policy(embed=False)]})
    for unknown in (only(inventory, OktaSessionPolicy), only(inventory, OktaOrg)):
        with pytest.raises(UnknownFact, match="expand=rules"):
            _ = unknown.mfa_required


def test_one_odd_policy_costs_no_other(tmp_path: Path) -> None:
    inventory = load(tmp_path, {"listPolicies.OKTA_SIGN_ON": [policy(rule()), {"id": None}, "odd"]})
    assert only(inventory, OktaSessionPolicy).mfa_required is True
    assert gap_codes(inventory, OktaSessionPolicy) == {"unread"}


def test_rules_of_a_password_policy_are_left_alone(tmp_path: Path) -> None:
    passwords = [{"id": "0pr9", "name": "R", "status": "ACTIVE", "type": "PASSWORD", "actions": {}}]
    inventory = load(tmp_path, {"listPolicies.OKTA_SIGN_ON": [policy(rule())], "listPolicyRules.00p9": passwords})
    assert gap_codes(inventory, OktaSessionPolicy) == set()


def test_both_types_of_policy_are_needed_for_all(tmp_path: Path) -> None:
    inventory = load(tmp_path, {"listPolicies.OKTA_SIGN_ON": [policy(rule())]})
    assert gap_codes(inventory, OktaSessionPolicy) == set()
    assert gap_codes(inventory, OktaSignOnPolicy) == {"missing"}


@pytest.mark.parametrize(
    ("session", "apps", "required"),
    [
        ([policy(rule())], None, True),
        ([policy(rule(False))], [policy(access())], True),
        ([policy(rule()), policy(rule(False), id="00p2", status="INACTIVE")], None, True),
        ([policy(rule(False))], [policy(access("1FA"))], False),
        ([policy(rule()), policy(rule(False), id="00p2")], [policy(access(), access("1FA"))], False),
        (None, [policy(access())], True),
    ],
)
def test_org_requires_a_second_factor(tmp_path: Path, session: Any, apps: Any, required: bool) -> None:
    found = org(tmp_path, session, apps)
    assert (found.id, found.name, found.mfa_required) == ("okta/acme", "acme", required)


@pytest.mark.parametrize(
    ("session", "apps"),
    [
        (None, None),
        ([policy(rule(False))], None),
        (None, [policy(access("1FA"))]),
        ([], [policy(access("1FA"))]),
        ([policy(rule(False), status="INACTIVE")], None),
    ],
)
def test_org_of_which_too_little_is_known(tmp_path: Path, session: Any, apps: Any) -> None:
    with pytest.raises(UnknownFact):
        _ = org(tmp_path, session, apps).mfa_required


@pytest.mark.parametrize(
    ("mode", "single"),
    [
        ("SAML_2_0", True),
        ("SAML_1_1", True),
        ("OPENID_CONNECT", True),
        ("WS_FEDERATION", True),
        ("SECURE_PASSWORD_STORE", False),
        ("BROWSER_PLUGIN", False),
        ("AUTO_LOGIN", False),
        ("BASIC_AUTH", False),
        ("BOOKMARK", False),
    ],
)
def test_applications(tmp_path: Path, mode: str, single: bool) -> None:
    app = {"id": "0oa1", "name": "slack", "label": "Slack", "status": "INACTIVE", "signOnMode": mode}
    found = only(load(tmp_path, {"listApplications": [app]}), OktaApp)
    assert (found.id, found.name, found.active) == ("okta/acme/apps/0oa1", "Slack", False)
    assert (found.single_sign_on, found.sign_on_mode) == (single, mode)


@pytest.mark.parametrize("change", [{"signOnMode": "NEW"}, {}])
def test_unknown_sign_on_mode(tmp_path: Path, change: dict[str, Any]) -> None:
    app = {"id": "0oa1", "label": "Slack", "status": "ACTIVE", **change}
    with pytest.raises(UnknownFact):
        _ = only(load(tmp_path, {"listApplications": [app]}), OktaApp).single_sign_on


def test_a_lockout_of_null_is_unknown_and_not_the_providers_own(tmp_path: Path) -> None:
    with pytest.raises(UnknownFact, match="maxAttempts is null"):
        _ = password(tmp_path, lockout={"maxAttempts": None}).lockout_attempts
