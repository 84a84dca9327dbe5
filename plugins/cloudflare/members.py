"""Members of an account.

https://developers.cloudflare.com/api/resources/accounts/subresources/members/methods/list ("List all members of an
account"), as it was in November 2026.
"""

from functools import partial
from typing import Any

from soc2test import (
    Facts,
    Item,
    Skip,
    Subject,
    Unknown,
    any_of,
    facts,
    flag,
    item_of,
    items_of,
    known,
    meaning,
    or_unknown,
    skip,
    text,
)
from soc2test_plugins.cloudflare.kinds import CloudflareMember
from soc2test_plugins.cloudflare.source import API, MEMBERS, cloudflare, uid

_INVITED = "was invited and has not come"
_STATUSES = {"accepted": "", "pending": _INVITED, "rejected": "was invited and refused"}
"""`status`: "A member's status in the account". Who did not accept can do nothing there."""
_ADMINISTERS: dict[str, bool] = {
    "Administrator": True,  # "can access the full account, except for membership management and billing"
    "Super Administrator - All Privileges": True,
    **dict.fromkeys(
        (
            "Administrator Read Only", "Analytics", "Audit Logs Viewer", "Billing", "Cache Purge", "Cloudflare Access",
            "Cloudflare Gateway", "Cloudflare Images", "Cloudflare Stream", "Cloudflare Workers Admin",
            "Cloudflare Zero Trust", "Cloudflare Zero Trust PII", "Cloudflare Zero Trust Read Only",
            "Cloudflare Zero Trust Reporting", "DNS", "Firewall", "Load Balancer", "Log Share", "Log Share Reader",
        ),
        False,
    ),
}  # fmt: skip
"""Account-scoped roles (developers.cloudflare.com/fundamentals/manage-members/roles). That of others is not known."""
_BY_POLICIES = Unknown(
    "what the policies of a member allow is told by groups of permissions, which are not read", what="admin"
)


@cloudflare.reads(
    MEMBERS,
    kind=CloudflareMember,
    items="result",
    lists=True,
    total="result_info.total_count",
    never_empty=True,  # an account has somebody
    command=API + 'accounts/{account}/members?per_page=50"',
)
def member(item: Item, at: Subject) -> Facts | Skip:
    """Somebody who is a member; who was invited and did not come is none yet."""
    id = uid(at, "members", item["id"])
    outside = meaning(item["status"], _STATUSES)
    if outside:
        return skip(outside, id)
    user = item_of(item["user"])
    roles = or_unknown(lambda: tuple(text(role["name"]) for role in items_of(item["roles"])))
    return facts(
        id,
        name=or_unknown(lambda: text(user["email"])),
        email=or_unknown(lambda: text(user["email"])),
        human=True,
        root=False,
        active=True,
        two_factor=or_unknown(lambda: flag(user["two_factor_authentication_enabled"])),
        admin=or_unknown(lambda: _administers(item, roles)),
        roles=roles,
        disabled_at=None,
        owner=None,
    )


def _administers(item: Item, roles: Any) -> Any:
    """By the names of the roles; policies may allow more, and a member without a role has policies alone."""
    by_role = [or_unknown(partial(meaning, role, _ADMINISTERS)) for role in known(roles)]
    by_policy = _BY_POLICIES if item.or_else("policies", []) or not by_role else False
    return any_of([*by_role, by_policy], flag)
