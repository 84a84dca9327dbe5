"""Who is in: the organisation, its members, administrators, outside collaborators and those without 2FA."""

from typing import Any

from soc2test import Facts, Item, Subject, Unknown, facts, text
from soc2test_plugins.github.kinds import GithubMember, GithubOrganization, OutsideCollaborator
from soc2test_plugins.github.shapes import ACCOUNT_TYPES
from soc2test_plugins.github.source import github, uid

_MEMBERS = 'gh api --paginate --slurp "orgs/{org}/members?per_page=100"'
_OUTSIDERS = 'gh api --paginate --slurp "orgs/{org}/outside_collaborators?per_page=100"'


@github.reads("orgs list-members", kind=GithubMember, items="", lists=True, never_empty=True, command=_MEMBERS)
def member(item: Item, at: Subject) -> Facts:
    """A member; the list says no more than login and type. A caller who is no member is shown public members only."""
    address = item.or_else("email", None)  # the list has none
    return facts(
        uid(at, text(item["login"])),
        name=item["login"],
        **({} if address is None else {"email": address}),
        human=human(item),
        root=False,
        active=True,
        disabled_at=None,
        owner=None,
    )


@github.reads(
    "orgs list-members admin",
    kind=GithubMember,
    items="",
    others={"admin": False},
    never_empty=True,  # somebody owns it
    command=_MEMBERS.replace("?", "?role=admin&"),
)
def owner(item: Item, at: Subject) -> Facts:
    """An owner of the organisation; the list is complete, so all others are none."""
    return facts(uid(at, text(item["login"])), admin=True)


@github.reads(
    "orgs list-members 2fa_disabled",
    kind=GithubMember,
    items="",
    others={"mfa": True},
    command=_MEMBERS.replace("?", "?filter=2fa_disabled&"),
)
def member_without_2fa(item: Item, at: Subject) -> Facts:
    """A member without a second factor; only owners may ask, and all others have one."""
    return facts(uid(at, text(item["login"])), mfa=False)


@github.reads("orgs list-outside-collaborators", kind=OutsideCollaborator, items="", lists=True, command=_OUTSIDERS)
def collaborator(item: Item, at: Subject) -> Facts:
    """An outside collaborator; administrators of an organisation are members, so this is none."""
    return facts(
        uid(at, "outside", text(item["login"])),
        name=item["login"],
        email=item.or_else("email", None),
        human=human(item),
        root=False,
        active=True,
        admin=False,
        disabled_at=None,
        owner=None,
    )


@github.reads(
    "orgs list-outside-collaborators 2fa_disabled",
    kind=OutsideCollaborator,
    items="",
    others={"mfa": True},
    command=_OUTSIDERS.replace("?", "?filter=2fa_disabled&"),
)
def collaborator_without_2fa(item: Item, at: Subject) -> Facts:
    """An outside collaborator without a second factor."""
    return facts(uid(at, "outside", text(item["login"])), mfa=False)


@github.reads("orgs get", kind=GithubOrganization, lists=True, command="gh api orgs/{org}")
def organization(item: Item, at: Subject) -> Facts:
    """The organisation's settings; most are shown to owners only."""
    return facts(
        uid(at),
        name=item["login"],
        mfa_required=item.then("two_factor_requirement_enabled", _shown_to_owners),
        default_repository_permission=item["default_repository_permission"],
        members_create_public_repositories=item["members_can_create_public_repositories"],
    )


def human(item: Item) -> Any:
    """True for a user account, False for an app's, unknown for any other (a placeholder of an import ...)."""
    other = Unknown("GitHub tells another account type than User or Bot", what="type")
    return item.then("type", lambda told: ACCOUNT_TYPES.get(told, other))


def _shown_to_owners(value: Any) -> Any:
    if value is None:
        return Unknown("GitHub shows two_factor_requirement_enabled to owners of the organisation only")
    return value
