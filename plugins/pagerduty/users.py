"""Users of the account.

https://developer.pagerduty.com/api-reference (the OpenAPI of PagerDuty/api-schema, listUsers and User).
"""

from soc2test import Facts, Item, Subject, facts, meaning, or_unknown, text
from soc2test_plugins.pagerduty.kinds import PagerdutyUser
from soc2test_plugins.pagerduty.source import API, pagerduty, uid

_ADMINISTERS = {
    "admin": True,
    "owner": True,
    **dict.fromkeys(
        ("limited_user", "observer", "read_only_limited_user", "read_only_user", "restricted_access", "user"), False
    ),
}
"""`role`: "You must be an account owner or admin in order to have the permissions to add/remove users"
(community.pagerduty.com, 1271)."""


@pagerduty.reads(
    "listUsers",
    kind=PagerdutyUser,
    items="users",
    lists=True,
    never_empty=True,  # an account has an owner
    command=API + 'users?limit=100"',
)
def user(item: Item, at: Subject) -> Facts:
    """A user, also one who was invited and has not come yet; they sign in by their address, or by single sign-on.

    `created_via_sso` says who made the user, and not how a sign-in goes.
    """
    return facts(
        uid(at, "users", item["id"]),
        name=or_unknown(lambda: text(item["email"])),
        email=or_unknown(lambda: text(item["email"])),
        human=True,
        root=False,
        active=True,
        admin=or_unknown(lambda: meaning(item["role"], _ADMINISTERS)),
        role=item["role"],
        disabled_at=None,
        owner=None,
    )
