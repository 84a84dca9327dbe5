"""What a list of users tells of members of the group, where there is one."""

from datetime import datetime

from soc2test import Population, UnknownFact
from soc2test_plugins.gitlab.kinds import GitlabMember, GitlabUser
from soc2test_plugins.gitlab.source import gitlab

_NOT_LISTED = (
    "no list of users names the account: `users` tells it to administrators of an instance, and `groups saml_users` of "
    "those who sign in by the group's SAML (Premium)"
)
_ELSEWHERE = "the account is linked to another provider, and what that asks of whom it signs in is not known here"


@gitlab.derives(GitlabMember, "human", joins=GitlabUser)
def human(member: GitlabMember, users: Population[GitlabUser]) -> bool:
    """Each account, unless a list of users says that it is a bot's."""
    user = _listed(member, users)
    return user is None or not user.bot


@gitlab.derives(GitlabMember, "admin", joins=GitlabUser)
def admin(member: GitlabMember, users: Population[GitlabUser]) -> bool:
    """Who owns the group; administrators of an instance, as far as its own list of users is exported."""
    if member.group_owner:
        return True
    user = _listed(member, users)
    try:
        return user is not None and user.administrator
    except UnknownFact:
        return False  # the users of a group's SAML; that list is of GitLab.com, which GitLab administers


@gitlab.derives(GitlabMember, "email", joins=GitlabUser)
def email(member: GitlabMember, users: Population[GitlabUser]) -> str | None:
    """What the list of members shows to owners, else the list of users, else what the account signs in by where that is
    an address."""
    try:
        return member.shown_email
    except UnknownFact:
        user = _listed(member, users)
    if user is not None:
        return user.email
    try:
        return member.saml_name_id if "@" in member.saml_name_id else None
    except UnknownFact:
        return None


@gitlab.derives(GitlabMember, "mfa", joins=GitlabUser)
def mfa(member: GitlabMember, users: Population[GitlabUser]) -> bool:
    """A second factor of GitLab's own, where GitLab itself signs the account in."""
    user = _known(member, users)
    if user.signs_in_by:
        raise UnknownFact("mfa", _ELSEWHERE)
    return user.two_factor


@gitlab.derives(GitlabMember, "created_at", joins=GitlabUser)
def created_at(member: GitlabMember, users: Population[GitlabUser]) -> datetime:
    """Of the account; `created_at` in a list of members is when it joined."""
    return _known(member, users).created_at


@gitlab.derives(GitlabMember, "last_used_at", joins=GitlabUser)
def last_used_at(member: GitlabMember, users: Population[GitlabUser]) -> datetime | None:
    """Anywhere in GitLab."""
    return _known(member, users).last_used_at


def _listed(member: GitlabMember, users: Population[GitlabUser]) -> GitlabUser | None:
    return next(iter(users.all("id", member.id).hits), None)


def _known(member: GitlabMember, users: Population[GitlabUser]) -> GitlabUser:
    user = _listed(member, users)
    if user is None:
        raise UnknownFact("", _NOT_LISTED)
    return user
