"""Password policies."""

from collections.abc import Mapping
from typing import Any

from soc2test import (
    Facts,
    Item,
    Population,
    Subject,
    Unknown,
    by_full_page,
    dig,
    facts,
    item_of,
    meaning,
    or_unknown,
    translated,
)
from soc2test_plugins.okta.conditions import people_of
from soc2test_plugins.okta.groups import members_of
from soc2test_plugins.okta.kinds import OktaGroup, OktaPasswordPolicy
from soc2test_plugins.okta.shapes import LIFECYCLE
from soc2test_plugins.okta.source import API, okta, uid

_ANY = Unknown("the policy is for passwords that Okta keeps and for those of other directories alike", what="provider")
_PROVIDERS: Mapping[str, bool | Unknown] = {
    "OKTA": False, "ACTIVE_DIRECTORY": True, "LDAP": True, "ANY": _ANY
}  # fmt: skip
_KEPT_ELSEWHERE = "another directory keeps these passwords, and what it demands of them is not in Okta"


@okta.reads(
    "listPolicies PASSWORD",
    kind=OktaPasswordPolicy,
    items="",
    lists=True,
    never_empty=True,  # there is always the default policy
    paging=by_full_page(20, 200),
    tells=("name", "switched_on", "people", "priority", "min_length", "history", "lockout_attempts"),
    command=API + 'policies?type=PASSWORD&limit=200"',
)
def password_policy(item: Item, at: Subject) -> Facts:
    """A password policy; the first by priority that fits a user's groups is in force for the user."""
    elsewhere = or_unknown(lambda: _elsewhere(item))
    rules = {
        "min_length": dig(item, "settings", "password", "complexity", "minLength"),
        "history": dig(item, "settings", "password", "age", "historyCount"),
        "lockout_attempts": _told(dig(item, "settings", "password", "lockout", "maxAttempts")),
    }
    if elsewhere is not False:
        rules = dict.fromkeys(rules, elsewhere if isinstance(elsewhere, Unknown) else Unknown(_KEPT_ELSEWHERE))
    return facts(
        uid(at, "policies", item["id"]),
        name=item["name"],
        switched_on=translated(item["status"], LIFECYCLE),
        people=or_unknown(lambda: people_of(item.or_else("conditions", None))),
        priority=item["priority"],
        **rules,
    )


def _elsewhere(item: Item) -> bool:
    """Whether another directory keeps the passwords of those that the policy is for; Okta's own where none is said."""
    conditions = item.or_else("conditions", None)
    provider = None if conditions is None else item_of(conditions).or_else("authProvider", None)
    return provider is not None and meaning(item_of(provider)["provider"], _PROVIDERS)


@okta.derives(OktaPasswordPolicy, "active", joins=OktaGroup)
def holds_for_somebody(policy: OktaPasswordPolicy, groups: Population[OktaGroup]) -> bool:
    """Switched on, and somebody belongs to the groups that it is for, unless no export tells their members."""
    if not policy.switched_on:
        return False
    named = or_unknown(lambda: policy.people)
    if isinstance(named, Unknown) or named.users or not named.groups:
        return True
    told = {group.group: group for group in members_of(policy.id.rpartition("/policies/")[0], named, groups)}
    return any(name not in told or told[name].everybody or told[name].members for name in named.groups)


def _told(attempts: Any) -> Any:
    """Okta gives a number, 0 for never; null would stand for a provider that guards against guessing by itself."""
    return Unknown("maxAttempts is null", what="lockout_attempts") if attempts is None else attempts
