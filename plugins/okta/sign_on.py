"""The org, and whether its sign-on policies let anybody in without a second factor."""

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from operator import call
from typing import Any

from soc2test import (
    Facts,
    Item,
    Said,
    Skip,
    Subject,
    Unknown,
    UnknownFact,
    any_of,
    by_full_page,
    dig,
    facts,
    flag,
    items_of,
    listed,
    meaning,
    missed,
    number,
    or_unknown,
    skip,
    text,
    translated,
)
from soc2test_plugins.okta.about import POLICY
from soc2test_plugins.okta.conditions import conditions_of, people_of
from soc2test_plugins.okta.kinds import (
    OktaAccessPolicy,
    OktaOrg,
    OktaSession,
    OktaSessionPolicy,
    OktaSignOnPolicy,
    SignOnRule,
)
from soc2test_plugins.okta.sessions import SESSION_FACTS, session_facts
from soc2test_plugins.okta.shapes import LIFECYCLE
from soc2test_plugins.okta.source import API, okta, uid
from soc2test_plugins.okta.verification import two_factors

_PAGING = by_full_page(20, 200)
_TOLD = ("name", "active", "policy", "priority", "system", "people", "readable", "rules")
_PROMPTS = {"ALWAYS": True, "SESSION": True, "DEVICE": True}
"""When a second factor that is required is asked for again: each of them asks on a device that is new."""
_ACCESS = {"ALLOW": True, "DENY": False}
_OF_OTHERS = (
    "DEVICE_SIGNAL_COLLECTION", "ENTITY_RISK", "IDP_DISCOVERY", "MFA_ENROLL", "PASSWORD", "POST_AUTH_SESSION",
    "PROFILE_ENROLLMENT",
)  # fmt: skip
_BY_RULE: Mapping[str, type[OktaSignOnPolicy] | None] = {
    "SIGN_ON": OktaSessionPolicy,
    "ACCESS_POLICY": OktaAccessPolicy,
    **dict.fromkeys(_OF_OTHERS),
}
"""Types of rules: the kind of policy whose rules they are, of those about sign-on."""


@okta.reads("getOrgSettings", kind=OktaOrg, lists=True, command=API + 'org"')
def org(item: Item, at: Subject) -> Facts:
    """The org itself."""
    return facts(uid(at), name=item["subdomain"])


@okta.reads("getOrgOktaSupportSettings", kind=OktaOrg, command=API + 'org/privacy/oktaSupport"')
def support(item: Item, at: Subject) -> Facts:
    """Whether Okta's support may sign in to the org now."""
    return facts(uid(at), support_access_until=item.then("support", lambda state: _support_until(item, state)))


def _support_until(item: Item, state: Any) -> Any:
    if state == "DISABLED":
        return None
    unknown = Unknown("Okta does not say whether, or until when, its support may sign in", what="support")
    moment = item.time("expiration") if state == "ENABLED" else None
    return unknown if moment is None else moment


@okta.reads(
    "listPolicies OKTA_SIGN_ON",
    kind=(OktaSessionPolicy, OktaOrg, OktaSession),
    lists=True,
    paging=_PAGING,
    tells=(*_TOLD, "session_mfa_required", *SESSION_FACTS),
    command=API + 'policies?type=OKTA_SIGN_ON&expand=rules&limit=200"',
)
def session_policies(body: Any, at: Subject) -> Iterable[Said]:
    """The policies for a session with Okta, each with its rules (`expand=rules`)."""
    yield from _policies(body, at, OktaSessionPolicy)
    for row in listed(body):
        read = or_unknown(partial(_session, row, at))
        yield missed("a policy of the list can't be read", OktaSession) if isinstance(read, Unknown) else read
    yield facts(uid(at), OktaOrg, session_mfa_required=or_unknown(lambda: _all_require(items_of(body))))


@okta.reads(
    "listPolicies ACCESS_POLICY",
    kind=(OktaAccessPolicy, OktaOrg),
    lists=True,
    paging=_PAGING,
    tells=(*_TOLD, "application_mfa_required"),
    command=API + 'policies?type=ACCESS_POLICY&expand=rules&limit=200"',
)
def access_policies(body: Any, at: Subject) -> Iterable[Said]:
    """The policies for signing in to applications, each with its rules (`expand=rules`)."""
    yield from _policies(body, at, OktaAccessPolicy)
    yield facts(uid(at), OktaOrg, application_mfa_required=or_unknown(lambda: _all_require(items_of(body))))


@okta.reads(
    "listPolicyRules",
    kind=(OktaSessionPolicy, OktaAccessPolicy, OktaSession),
    subject="policy",
    about={"policy": POLICY},
    command=API + 'policies/{policy}/rules?limit=200"',
)
def rules(body: Any, at: Subject) -> Iterable[Facts | Skip]:
    """The rules of one sign-on policy, for a list that was exported without `expand=rules`."""
    items = items_of(body)
    kinds = {meaning(rule["type"], _BY_RULE) for rule in items}
    if len(kinds) != 1 or None in kinds:
        return [skip("the rules of a policy that is not about sign-on")]
    kind = kinds.pop()
    told = facts(uid(at, "policies", at["policy"]), kind, rules=or_unknown(lambda: _rules(items)))
    if kind is not OktaSessionPolicy:
        return [told]
    return [told, facts(_session_id(at, at["policy"]), OktaSession, **session_facts(lambda: items))]


@okta.derives(OktaSignOnPolicy, "mfa_required")
def policy_requires(policy: OktaSignOnPolicy) -> bool:
    """No active rule lets anybody in with one factor; where no rule fits, Okta refuses."""
    return _require(policy.rules)


@okta.derives(OktaOrg, "mfa_required")
def org_requires(org: OktaOrg) -> bool:
    """A second factor is asked for at the latest at the applications: one of both layers asks everybody."""
    return any_of((lambda: org.session_mfa_required, lambda: org.application_mfa_required), call)


def _policies(body: Any, at: Subject, kind: type[OktaSignOnPolicy]) -> Iterator[Said]:
    """One that can't be read is missed, and costs no other."""
    for row in listed(body):
        read = or_unknown(partial(_policy, row, at, kind))
        yield missed("a policy of the list can't be read", kind) if isinstance(read, Unknown) else read


def _session_id(at: Subject, policy: Any) -> str:
    return uid(at, "policies", policy, "session")


def _session(item: Item, at: Subject) -> Facts:
    return facts(
        _session_id(at, item["id"]),
        OktaSession,
        name=item["name"],
        active=translated(item["status"], LIFECYCLE),
        **session_facts(lambda: _embedded_rules(item)),
    )


def _policy(item: Item, at: Subject, kind: type[OktaSignOnPolicy]) -> Facts:
    return facts(
        uid(at, "policies", item["id"]),
        kind,
        name=item["name"],
        active=translated(item["status"], LIFECYCLE),
        policy=item["id"],
        priority=item.or_else("priority", None),
        system=item.or_else("system", False),
        people=or_unknown(lambda: people_of(item.or_else("conditions", None))),
        readable=or_unknown(lambda: _unconditional(item)),
        rules=or_unknown(lambda: _embedded(item)),
    )


def _unconditional(item: Item) -> bool:
    """A policy may be for some people; it has no other conditions that Okta documents."""
    asked, readable = conditions_of(item.or_else("conditions", None))
    return readable and not asked


def _embedded(item: Item) -> tuple[SignOnRule, ...]:
    return _rules(_embedded_rules(item))


def _embedded_rules(item: Item) -> list[Item]:
    found = dig(item, "_embedded", "rules")
    if isinstance(found, Unknown):
        raise UnknownFact("rules", "the policies were exported without rules: add expand=rules")
    return items_of(found)


def _rules(items: list[Item]) -> tuple[SignOnRule, ...]:
    return tuple(_rule(each) for each in items)


def _all_require(policies: list[Item]) -> bool:
    active = [_embedded(policy) for policy in policies if meaning(policy["status"], LIFECYCLE)]
    if not active:
        raise UnknownFact("policies", "the export names no active policy, and Okta always has one")
    return all(_require(rules) for rules in active)


def _require(rules: Iterable[SignOnRule]) -> bool:
    return all(rule.second_factor for rule in rules if rule.active and rule.allows)


def _rule(item: Item) -> SignOnRule:
    """A rule, what it does and when. Whom an inactive one is for does not matter."""
    active = meaning(item["status"], LIFECYCLE)
    conditions = item.or_else("conditions", None) if active else None
    asked, readable = conditions_of(conditions)
    allows, second = _action(item["actions"])
    return SignOnRule(
        name=text(item["name"]),
        active=active,
        allows=allows,
        second_factor=second,
        priority=_priority(item),
        people=people_of(conditions),
        conditions=asked,
        readable=readable,
    )


def _priority(item: Item) -> int | None:
    priority = item.or_else("priority", None)
    return None if priority is None else number(priority)


def _action(action: Item) -> tuple[bool, bool]:
    """Whether it lets in, and whether with a second factor; a rule that refuses need not name factors.

    Okta documents false for a `requireFactor` that is left out. A device that is remembered (`DEVICE`, `SESSION`) has
    shown the second factor itself, and whoever has the password alone comes from another one: that is asking.
    """
    session = "signon" in action
    signs = action["signon" if session else "appSignOn"]
    allows = meaning(signs["access"], _ACCESS)
    if not allows:
        return False, False
    if not session:
        return True, two_factors(signs["verificationMethod"])
    asks = flag(signs.or_else("requireFactor", False))
    prompts = signs.or_else("factorPromptMode", None) if asks else None
    return True, asks if prompts is None else meaning(prompts, _PROMPTS)
