"""Users of the organization.

https://platform.claude.com/docs/en/api/admin/users/list
"""

from soc2test import Facts, Item, Subject, Unknown, facts, translated
from soc2test_plugins.anthropic.kinds import AnthropicUser
from soc2test_plugins.anthropic.source import API, anthropic, uid

_BY_OTHERS = Unknown("what this role allows is not told: it may be set elsewhere", what="role")
_ADMINISTRATES = {
    **dict.fromkeys(("admin", "owner", "primary_owner"), True),
    **dict.fromkeys(("billing", "claude_code_user", "developer", "user"), False),
    **dict.fromkeys(("managed", "membership_admin"), _BY_OTHERS),
}


@anthropic.reads(
    "users list",
    kind=AnthropicUser,
    items="data",
    lists=True,
    never_empty=True,  # somebody administrates the organization
    command=API + 'users?limit=1000"',
)
def user(item: Item, at: Subject) -> Facts:
    """A user; who was removed is not listed."""
    return facts(
        uid(at, "users", item["id"]),
        name=item["email"],
        email=item["email"],
        human=True,
        root=False,
        active=True,
        admin=translated(item["role"], _ADMINISTRATES),
        created_at=item.time("added_at"),
        disabled_at=None,
        owner=None,
    )
