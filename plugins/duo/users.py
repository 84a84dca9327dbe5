"""Users of the account.

https://duo.com/docs/adminapi, Retrieve Users, in the words that clients copied from it (statuses and groups: the C#
client whose `DuoUser.Status` quotes them; `is_enrolled`: the steampipe plugin; `last_login`: Net::Duo).
"""

from typing import Any

from soc2test import (
    Facts,
    Item,
    Subject,
    Unknown,
    UnknownFact,
    any_of,
    facts,
    flag,
    items_of,
    meaning,
    or_unknown,
    text,
)
from soc2test_plugins.duo.kinds import DuoUser
from soc2test_plugins.duo.source import duo, uid

_LEAVING = Unknown(
    "who is marked for deletion may be restored, and Duo does not say whether that lets in", what="status"
)
_STATUSES: dict[str, bool | Unknown] = {
    "active": True,
    "bypass": True,
    "locked out": True,
    "disabled": False,
    "pending deletion": _LEAVING,
}
"""Whether somebody gets in. Who is locked out after too many attempts is let in again."""
_BYPASSES = {"bypass": True, **dict.fromkeys(("active", "disabled", "locked out", "pending deletion"), False)}
_GROUPS = {"active": "active", "bypass": "bypass", "disabled": "disabled"}
"""Statuses of groups, which Duo writes with a capital."""


@duo.reads(
    "users",
    kind=DuoUser,
    items="response",
    lists=True,
    never_empty=True,
    total="metadata.total_objects",
    command="<signed GET of https://API_HOST_OF_{account}/admin/v1/users?limit=300>",
)
def user(item: Item, at: Subject) -> Facts:
    """A user in whichever status. "The group status may override the individual user's status"."""
    groups = or_unknown(
        lambda: [meaning(text(group["status"]).casefold(), _GROUPS) for group in items_of(item["groups"])]
    )
    active = or_unknown(lambda: _active(item, groups))
    return facts(
        uid(at, "users", item["user_id"]),
        name=item["username"],
        email=or_unknown(lambda: text(item["email"]) or None),
        human=True,
        root=False,
        active=active,
        mfa_enrolled=item["is_enrolled"],
        bypasses=or_unknown(lambda: _bypasses(item, groups)),
        created_at=item.time("created"),
        last_used_at=item.time("last_login"),
        disabled_at=None if active is True else Unknown("Duo does not list since when a user is switched off"),
        owner=None,
    )


def _active(item: Item, groups: list[str] | Unknown) -> bool:
    """By the status, unless a group says otherwise."""
    active = meaning(item["status"], _STATUSES)
    against = "disabled" if active else "bypass"
    if against in _told(groups):
        raise UnknownFact("status", "the status of a group may override that of the user, and says otherwise")
    return active


def _bypasses(item: Item, groups: list[str] | Unknown) -> bool:
    """ "The user will bypass secondary authentication after completing primary authentication"."""
    own = or_unknown(lambda: meaning(item["status"], _BYPASSES))
    return any_of([own, or_unknown(lambda: "bypass" in _told(groups))], flag)


def _told(groups: list[str] | Unknown) -> Any:
    if isinstance(groups, Unknown):
        raise UnknownFact("groups", groups.reason)
    return groups
