"""Who is in: the accounts with access to projects of the group, and what each may do.

docs.gitlab.com/api/group_members and project_members (doc/api of gitlabhq/gitlabhq at 0286e4c628d6), the entities
`Member` and `UserBasic` in its lib/api, and `MEMBERS` of cartography. A list of a group's members holds none of those
who are members of a project or of a group below alone; the lists of the projects hold all of them, whichever way they
are in.
"""

from collections.abc import Iterator
from typing import Any

from soc2test import Facts, Item, Said, Skip, Subject, Unknown, dig, facts, meaning, number, or_unknown, skip, text
from soc2test_plugins.gitlab.kinds import GitlabGroup, GitlabMember, GitlabProject, ProjectMember
from soc2test_plugins.gitlab.shapes import switch
from soc2test_plugins.gitlab.source import API, gitlab, member_id, project_id

_MINIMAL = 5
"""Minimal access: sees that the group is there, and is in no project by it."""
_DEVELOPER = 30
_OWNER = 50
_LEVELS = frozenset((0, _MINIMAL, 10, 15, 20, 25, _DEVELOPER, 40, _OWNER, 60))
"""None, minimal access, guest, planner, reporter, security manager, developer, maintainer, owner, administrator."""
_STATES = {
    "active": True,
    "deactivated": True,  # "Can sign in to GitLab. If a deactivated user signs in, they are automatically reactivated"
    **dict.fromkeys(("banned", "blocked", "blocked_pending_approval", "ldap_blocked"), False),
}
"""Whether somebody gets in (docs.gitlab.com/administration/moderate_users)."""
_AWAITING = Unknown("the membership waits for an owner, and GitLab does not say what it opens until then")
_MEMBERSHIPS: dict[str, bool | Unknown] = {"active": True, "awaiting": _AWAITING}
"""`membership_state`, which Premium and Ultimate answer."""
_OTHER_LEVEL = Unknown("GitLab gives a role of a number that this plugin does not know", what="access_level")
_OWN_ROLE = Unknown(
    "a role of the company's own goes beyond the one that it is built upon, and what it adds is not read", what="role"
)


@gitlab.reads("groups get", kind=GitlabGroup, lists=True, command=API + 'groups/{group}?with_projects=false"')
def group(item: Item, at: Subject) -> Facts:
    """The top-level group; `two_factor_grace_period` is the time that somebody without a second factor is let in."""
    return facts(
        "/".join(("gitlab", at["host"], at["group"])),
        name=item["full_path"],
        mfa_required=or_unknown(lambda: switch(item["require_two_factor_authentication"])),
    )


@gitlab.reads(
    "projects members all",
    kind=(GitlabMember, ProjectMember),
    items="",
    lists=True,
    per=GitlabProject,
    subject="project",
    never_empty=True,  # the owner of the group is in each of its projects
    command=API + 'projects/{project:url}/members/all?per_page=100"',
)
def project_member(item: Item, at: Subject) -> Iterator[Said]:
    """Somebody who is in a project, and what he may do there.

    Of several ways in GitLab answers with that of the highest role.
    """
    yield _account(item, at)
    yield facts(
        "/".join((project_id(at, at["project"]), "members", text(item["username"]))),
        ProjectMember,
        writes=or_unknown(lambda: _holds(item, _DEVELOPER)),
    )


@gitlab.reads(
    "groups members all",
    kind=GitlabMember,
    items="",
    others={"group_owner": False},
    never_empty=True,  # somebody owns it
    command=API + 'groups/{group}/members/all?per_page=100"',
)
def group_member(item: Item, at: Subject) -> Facts | Skip:
    """A member of the top-level group, whose owners administer it, unlike those of projects and groups below."""
    username = text(item["username"])
    if item["access_level"] == _MINIMAL:
        return skip("has minimal access, which opens no project", member_id(at, username))
    return facts(member_id(at, username), group_owner=or_unknown(lambda: _holds(item, _OWNER)), **_owners_see(item))


def _account(item: Item, at: Subject) -> Facts:
    return facts(
        member_id(at, text(item["username"])),
        GitlabMember,
        name=item["username"],
        root=False,
        active=or_unknown(lambda: _active(item)),
        disabled_at=None if item["state"] == "active" else Unknown("GitLab does not list since when a user is blocked"),
        owner=None,
        **_owners_see(item),
    )


def _active(item: Item) -> bool:
    """By the state of the account, which counts wherever it is a member, and then by that of the membership."""
    membership = item.or_else("membership_state", "active")
    signs_in: bool = meaning(item["state"], _STATES)
    return signs_in and meaning(membership, _MEMBERSHIPS)


def _holds(item: Item, level: int) -> bool:
    """Whether the role is at least that of `level`. `member_role` is a role of the company's own (Ultimate)."""
    told = number(item["access_level"])
    if told not in _LEVELS:
        _OTHER_LEVEL.raise_()
    if told < level and item.or_else("member_role", None) is not None:
        _OWN_ROLE.raise_()
    return told >= level


def _owners_see(item: Item) -> dict[str, Any]:
    """What GitLab shows to owners of the group alone, of some members; it leaves the keys out or gives null."""
    address = item.or_else("email", None)
    linked = item.or_else("group_saml_identity", None)
    shown = {} if address is None else {"shown_email": address}
    return shown if linked is None else {**shown, "saml_name_id": dig(linked, "extern_uid")}
