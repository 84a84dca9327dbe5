"""Groups: who is in them, and the administrator roles that they bring."""

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
    id_text,
    items_of,
    meaning,
    or_unknown,
    text,
)
from soc2test_plugins.okta.about import GROUP
from soc2test_plugins.okta.kinds import GroupMembers, OktaGroup, OktaSignOnPolicy, OktaUser, People
from soc2test_plugins.okta.shapes import roles_in_force
from soc2test_plugins.okta.source import API, okta, uid

__all__ = ["members_of"]

_OKTAS_OWN = {"BUILT_IN": True, "APP_GROUP": False, "OKTA_GROUP": False}
_PER_GROUP = {"group": "group"}


@okta.reads(
    "listGroups",
    kind=OktaGroup,
    items="",
    lists=True,
    never_empty=True,  # there is always Everyone
    paging=by_full_page(200, 10_000),
    command=API + 'groups?limit=200"',
)
def group(item: Item, at: Subject) -> Facts:
    """A group. Okta's own is called Everyone, and holds each user."""
    return facts(
        uid(at, "groups", item["id"]),
        group=item["id"],
        name=dig(item, "profile", "name"),
        everybody=or_unknown(lambda: meaning(item["type"], _OKTAS_OWN) and text(item["profile"]["name"]) == "Everyone"),
    )


@okta.reads(
    "listGroupUsers",
    kind=OktaGroup,
    items=None,
    subject="group",
    named_by=_PER_GROUP,
    paging=by_full_page(200, 1000),
    command=API + 'groups/{group}/users?limit=200"',
)
def group_members(body: Any, at: Subject) -> Facts:
    """Who is in one group."""
    members = or_unknown(lambda: tuple(id_text(member["id"]) for member in items_of(body)))
    return facts(uid(at, "groups", at["group"]), group=at["group"], members=members)


@okta.reads(
    "listGroupAssignedRoles",
    kind=OktaGroup,
    subject="group",
    about={"group": GROUP},
    named_by=_PER_GROUP,
    command=API + 'groups/{group}/roles"',
)
def group_roles(body: Any, at: Subject) -> Facts:
    """The administrator roles that each member of one group holds."""
    roles = or_unknown(lambda: roles_in_force(items_of(body)))
    return facts(uid(at, "groups", at["group"]), group=at["group"], admin_roles=roles)


@okta.reads(
    "listUserGroups",
    kind=OktaUser,
    subject="user",
    paging=by_full_page(200),
    command=API + 'users/{user}/groups?limit=200"',
)
def user_groups(body: Any, at: Subject) -> Facts:
    """The groups of one user."""
    groups = or_unknown(lambda: tuple(id_text(group["id"]) for group in items_of(body)))
    return facts(uid(at, at["user"]), groups=groups)


def members_of(org: str, named: People, groups: Population[OktaGroup]) -> tuple[GroupMembers, ...]:
    """The members of those groups that are named, where an export tells them; a group without is left out."""
    ids = [f"{org}/groups/{group}" for group in (*named.groups, *named.not_groups)]
    told = (_told(group) for id in ids for group in groups.all("id", id).hits)
    return tuple(group for group in told if group is not None)


def _told(group: OktaGroup) -> GroupMembers | None:
    everybody, members = or_unknown(lambda: group.everybody), or_unknown(lambda: group.members)
    if everybody is True:
        return GroupMembers(group=group.group, everybody=True, members=())
    if isinstance(members, Unknown):
        return None
    return GroupMembers(group=group.group, everybody=False, members=members)


@okta.derives(OktaSignOnPolicy, "group_members", joins=OktaGroup)
def policy_members(policy: OktaSignOnPolicy, groups: Population[OktaGroup]) -> tuple[GroupMembers, ...]:
    """Of the groups that the policy and its rules name."""
    named = (policy.people, *(rule.people for rule in policy.rules))
    org = policy.id.rpartition("/policies/")[0]
    return tuple(told for people in named for told in members_of(org, people, groups))
