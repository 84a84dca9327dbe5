"""The tenant, security defaults and conditional access."""

from typing import Any

from soc2test import (
    Facts,
    Item,
    Population,
    Subject,
    UnknownFact,
    all_of,
    any_of,
    facts,
    id_text,
    item_of,
    known,
    listed,
    meaning,
    or_unknown,
    translated,
)
from soc2test_plugins.entra.conditions import CLIENTS, narrows, people_of, reach_of, says
from soc2test_plugins.entra.kinds import EntraConditionalAccessPolicy, EntraTenant
from soc2test_plugins.entra.source import COUNT, GRAPH, as_graph, entra, uid

_MFA_STRENGTHS = tuple(f"00000000-0000-0000-0000-00000000000{number}" for number in (2, 3, 4))
"""Microsoft's own strengths: multifactor, passwordless, phishing-resistant."""

_WITHOUT = (
    "approvedApplication", "compliantApplication", "compliantDevice", "domainJoinedDevice", "passwordChange",
    "riskRemediation",
)  # fmt: skip
_CONTROLS = {"block": True, "mfa": True, **dict.fromkeys(_WITHOUT, False)}
"""Controls of a grant: does nobody get by it with one factor?"""
_ALL_CLIENTS = {"all": True, **dict.fromkeys(CLIENTS, False)}
_EXCLUSIONS = ("excludeUsers", "excludeGroups", "excludeRoles")
_STATES = {state: state for state in ("enabled", "disabled", "enabledForReportingButNotEnforced")}
_POLICIES = "identity conditionalAccess policies"


@entra.reads("organization", kind=EntraTenant, items="value", total=COUNT, lists=True, prepare=as_graph)
def tenant(item: Item, at: Subject) -> Facts:
    """The tenant itself."""
    return facts(uid(at), name=item["displayName"], directory_id=or_unknown(lambda: id_text(item["id"]).lower()))


@entra.reads(
    "policies identitySecurityDefaultsEnforcementPolicy",
    kind=EntraTenant,
    command=GRAPH + 'policies/identitySecurityDefaultsEnforcementPolicy"',
)
def defaults(item: Item, at: Subject) -> Facts:
    """Whether security defaults are on; they can't be, beside conditional access."""
    return facts(uid(at), security_defaults=item["isEnabled"])


@entra.reads(
    _POLICIES,
    kind=EntraConditionalAccessPolicy,
    items="value",
    total=COUNT,
    lists=True,
    prepare=as_graph,
    command=GRAPH + 'identity/conditionalAccess/policies"',
)
def policy(item: Item, at: Subject) -> Facts:
    """A policy, whatever its state."""
    return facts(
        uid(at, "policies", id_text(item["id"])),
        name=item["displayName"],
        state=translated(item["state"], _STATES),
        asks_mfa=or_unknown(lambda: _asks(known(item["grantControls"]))),
        everybody=or_unknown(lambda: "All" in listed(item["conditions"]["users"]["includeUsers"])),
        everything=or_unknown(lambda: _everything(known(item["conditions"]))),
        excluded=or_unknown(lambda: _excluded(known(item["conditions"]))),
        people=or_unknown(lambda: people_of(item_of(item["conditions"]))),
        reach=or_unknown(lambda: reach_of(item_of(item["conditions"]))),
    )


def _asks(grant: Any) -> bool:
    """With OR each of the controls must be a second factor; an own authentication strength may be anything."""
    if grant is None:
        return False  # it only shortens sessions
    strength = grant.or_else("authenticationStrength", None)
    id = None if strength is None else strength.or_else("id", None)
    if id is not None and id not in _MFA_STRENGTHS:
        raise UnknownFact("asks_mfa", "what an authentication strength of the tenant's own asks for is not read")
    controls = [translated(control, _CONTROLS) for control in listed(grant["builtInControls"])]
    others = listed(grant.or_else("customAuthenticationFactors", None) or [])
    others += listed(grant.or_else("termsOfUse", None) or [])
    second = controls + [True] * (id is not None) + [False] * len(others)
    either = meaning(grant["operator"], {"OR": True, "AND": False})
    return bool(second) and all_of(second) if either else any_of(second)


def _everything(conditions: Item) -> bool:
    applications = known(conditions["applications"])
    clients = [meaning(client, _ALL_CLIENTS) for client in listed(conditions["clientAppTypes"])]
    return "All" in listed(applications["includeApplications"]) and not narrows(conditions) and clients == [True]


def _excluded(conditions: Item) -> tuple[str, ...]:
    users, applications = known(conditions["users"]), known(conditions["applications"])
    found = [id_text(each) for key in _EXCLUSIONS for each in listed(users[key])]
    found += [id_text(each) for each in listed(applications["excludeApplications"])]
    guests = users.or_else("excludeGuestsOrExternalUsers", None)
    return tuple(sorted({*found, *(["guests"] if says(guests) else [])}))


@entra.derives(EntraTenant, "mfa_required", joins=EntraConditionalAccessPolicy)
def mfa_required(tenant: EntraTenant, policies: Population[EntraConditionalAccessPolicy]) -> bool:
    """One enabled policy asks everybody, without exclusion, for everything."""
    enabled = policies.all("state", "enabled")
    if any_of(enabled, _asks_everybody):
        return True
    if any(policy.asks_mfa for policy in enabled):
        raise UnknownFact("mfa_required", "policies ask for a second factor, but none asks everybody for everything")
    if tenant.security_defaults:
        raise UnknownFact(
            "mfa_required", "security defaults ask for a second factor only when Microsoft finds it necessary"
        )
    return False


def _asks_everybody(policy: EntraConditionalAccessPolicy) -> bool:
    return policy.asks_mfa and policy.everybody and policy.everything and not policy.excluded
