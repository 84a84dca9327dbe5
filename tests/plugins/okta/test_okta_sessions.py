"""How long a session with Okta lasts, and when it asks for the second factor again."""

from pathlib import Path
from typing import Any

import pytest
from okta_reading import gap_codes, load, only

from soc2test import UnknownFact
from soc2test_plugins.okta.kinds import OktaSession

SESSION = {"usePersistentCookie": False, "maxSessionIdleMinutes": 60, "maxSessionLifetimeMinutes": 720}
FACTS = ("lifetime_hours", "idle_hours", "factor_hours")


def rule(status: str = "ACTIVE", **signon: Any) -> dict[str, Any]:
    action = {"access": "ALLOW", "requireFactor": True, "factorPromptMode": "ALWAYS", "session": SESSION, **signon}
    return {"id": "0pr1", "name": "Rule", "status": status, "type": "SIGN_ON", "actions": {"signon": action}}


def policy(*rules: dict[str, Any], **more: Any) -> dict[str, Any]:
    own = {"id": "00p1", "name": "Policy", "status": "ACTIVE", "type": "OKTA_SIGN_ON", "priority": 1}
    return {**own, "_embedded": {"rules": list(rules)}, **more}


def session(folder: Path, *rules: dict[str, Any]) -> OktaSession:
    return only(load(folder, {"listPolicies.OKTA_SIGN_ON": [policy(*rules)]}), OktaSession)


def hours(found: OktaSession) -> tuple[float | None, ...]:
    return tuple(getattr(found, fact) for fact in FACTS)


@pytest.mark.parametrize(
    ("rules", "told"),
    [
        ([rule()], (12.0, 1.0, 0.0)),
        ([rule(session={**SESSION, "maxSessionLifetimeMinutes": 0})], (None, 1.0, 0.0)),
        ([rule(session={"maxSessionIdleMinutes": 30})], (None, 0.5, 0.0)),  # Okta's own words for what is left out
        ([rule(session={"maxSessionLifetimeMinutes": 60})], (1.0, 2.0, 0.0)),
        ([rule(session=None)], (None, 2.0, 0.0)),
        ([rule(session={**SESSION, "maxSessionIdleMinutes": 0})], (12.0, None, 0.0)),
        ([rule(factorPromptMode="SESSION", factorLifetime=525600)], (12.0, 1.0, 8760.0)),
        ([rule(factorPromptMode="DEVICE", factorLifetime=15)], (12.0, 1.0, None)),
        ([rule(requireFactor=False, factorPromptMode=None)], (12.0, 1.0, 0.0)),
        (
            [rule(), rule(factorPromptMode="DEVICE", session={**SESSION, "maxSessionLifetimeMinutes": 0})],
            (None, 1.0, None),
        ),
        ([rule(), rule(factorPromptMode="DEVICE", access="DENY")], (12.0, 1.0, 0.0)),
        ([rule(), rule(factorPromptMode="DEVICE", status="INACTIVE")], (12.0, 1.0, 0.0)),
    ],
)
def test_the_widest_rule_counts(tmp_path: Path, rules: list[dict[str, Any]], told: tuple[float | None, ...]) -> None:
    found = session(tmp_path, *rules)
    assert (found.id, found.name, found.active) == ("okta/acme/policies/00p1/session", "Policy", True)
    assert hours(found) == told


@pytest.mark.parametrize(
    ("odd", "unknown"),
    [
        (rule(factorPromptMode="NEVER"), FACTS[2:]),
        (rule(factorPromptMode=None), FACTS[2:]),
        (rule(factorPromptMode="SESSION"), FACTS[2:]),
        (rule(requireFactor="false"), FACTS[2:]),
        (rule(session={**SESSION, "maxSessionLifetimeMinutes": "720"}), FACTS[:1]),
        (rule(session={**SESSION, "maxSessionIdleMinutes": None}), FACTS[1:2]),
        (rule(session=[]), FACTS[:2]),
        (rule(access="CHALLENGE"), FACTS),
        (rule(status="PAUSED"), FACTS),
    ],
)
def test_what_is_odd_is_unknown(tmp_path: Path, odd: dict[str, Any], unknown: tuple[str, ...]) -> None:
    found = session(tmp_path, rule(), odd)
    for fact in unknown:
        with pytest.raises(UnknownFact):
            getattr(found, fact)
    assert all(getattr(found, fact) is not None for fact in set(FACTS) - set(unknown))


def test_rules_that_were_exported_by_themselves(tmp_path: Path) -> None:
    bare = policy()
    del bare["_embedded"]
    alone = only(load(tmp_path / "1", {"listPolicies.OKTA_SIGN_ON": [bare]}), OktaSession)
    with pytest.raises(UnknownFact, match="expand=rules"):
        _ = alone.lifetime_hours
    files = {"listPolicies.OKTA_SIGN_ON": [bare], "listPolicyRules.00p1": [rule()]}
    assert hours(only(load(tmp_path / "2", files), OktaSession)) == (12.0, 1.0, 0.0)


def test_a_policy_that_can_not_be_read_is_missed(tmp_path: Path) -> None:
    inventory = load(tmp_path, {"listPolicies.OKTA_SIGN_ON": [policy(rule()), {"id": None}, "odd"]})
    assert hours(only(inventory, OktaSession)) == (12.0, 1.0, 0.0)
    assert gap_codes(inventory, OktaSession) == {"unread"}
