"""Who administers the org: by roles of one's own, and by those of groups."""

from collections.abc import Iterable, Iterator

from soc2test import Population, UnknownFact, any_of, or_unknown
from soc2test_plugins.okta.kinds import OktaGroup, OktaUser
from soc2test_plugins.okta.source import okta

_OVER_EVERYTHING = ("SUPER_ADMIN", "ORG_ADMIN")
_OVER_A_PART = (
    "ACCESS_CERTIFICATIONS_ADMIN", "ACCESS_REQUESTS_ADMIN", "API_ACCESS_MANAGEMENT_ADMIN", "APP_ADMIN", "CUSTOM",
    "GROUP_MEMBERSHIP_ADMIN", "HELP_DESK_ADMIN", "MOBILE_ADMIN", "READ_ONLY_ADMIN", "REPORT_ADMIN", "USER_ADMIN",
    "WORKFLOWS_ADMIN",
)  # fmt: skip
"""Okta's standard roles (its management API, Role assignments), and CUSTOM; none of them may assign roles."""


@okta.derives(OktaUser, "admin_roles", joins=OktaGroup)
def held_roles(user: OktaUser, groups: Population[OktaGroup]) -> tuple[str, ...]:
    """Those listed for the user, and those of groups of which an export tells roles."""
    brought = [role for group in _with_roles(user, groups) for role in group.admin_roles if _belongs(user, group)]
    return tuple(sorted({*user.assigned_roles, *brought}))


@okta.derives(OktaUser, "admin", joins=OktaGroup)
def admin(user: OktaUser, groups: Population[OktaGroup]) -> bool:
    """A role over everything, held by oneself or through a group; a group whose members no export tells hides it."""
    if _over_everything(user.assigned_roles):
        return True
    brought = _with_roles(user, groups)
    if any_of(brought, lambda group: _over_everything(group.admin_roles) and _belongs(user, group)):
        return True
    if not set(user.admin_roles) <= {*_OVER_EVERYTHING, *_OVER_A_PART}:
        raise UnknownFact("admin_roles", "an administrator role is of a type that this plugin does not know")
    return False


def _over_everything(roles: Iterable[str]) -> bool:
    return any(role in _OVER_EVERYTHING for role in roles)


def _with_roles(user: OktaUser, groups: Population[OktaGroup]) -> Iterator[OktaGroup]:
    """Groups of the user's org that bring roles, as far as exports tell them; Okta lists them for each user too."""
    org = user.id.rpartition("/")[0]
    return (group for group in groups.members if group.id.startswith(f"{org}/") and _brings_roles(group))


def _brings_roles(group: OktaGroup) -> bool:
    roles = or_unknown(lambda: group.admin_roles)
    return isinstance(roles, tuple) and bool(roles)


def _belongs(user: OktaUser, group: OktaGroup) -> bool:
    if or_unknown(lambda: group.everybody) is True:
        return True
    members = or_unknown(lambda: group.members)
    if isinstance(members, tuple):
        return user.user in members
    own = or_unknown(lambda: user.groups)
    if isinstance(own, tuple):
        return group.group in own
    raise UnknownFact("members", f"{group!r} brings an administrator role, and no export tells its members")
