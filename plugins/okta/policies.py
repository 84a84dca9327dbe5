"""Password policies."""

from typing import Any

from soc2test import Facts, Item, Subject, Unknown, by_full_page, dig, facts, translated
from soc2test_plugins.okta.kinds import OktaPasswordPolicy
from soc2test_plugins.okta.shapes import LIFECYCLE
from soc2test_plugins.okta.source import API, okta, uid


@okta.reads(
    "listPolicies PASSWORD",
    kind=OktaPasswordPolicy,
    items="",
    lists=True,
    never_empty=True,  # there is always the default policy
    paging=by_full_page(20, 200),
    command=API + 'policies?type=PASSWORD&limit=200"',
)
def password_policy(item: Item, at: Subject) -> Facts:
    """A password policy; the first by priority that fits a user's groups is in force for the user."""
    return facts(
        uid(at, "policies", item["id"]),
        name=item["name"],
        active=translated(item["status"], LIFECYCLE),
        priority=item["priority"],
        min_length=dig(item, "settings", "password", "complexity", "minLength"),
        history=dig(item, "settings", "password", "age", "historyCount"),
        lockout_attempts=_told(dig(item, "settings", "password", "lockout", "maxAttempts")),
    )


def _told(attempts: Any) -> Any:
    """Okta gives a number, 0 for never; null would stand for a provider that guards against guessing by itself."""
    return Unknown("maxAttempts is null", what="lockout_attempts") if attempts is None else attempts
