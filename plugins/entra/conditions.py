"""What a conditional access policy is for: people, and sign-ins."""

from typing import Any

from soc2test import Item, Population, UnknownFact, id_text, item_of, known, listed
from soc2test_plugins.entra.kinds import (
    EntraConditionalAccessPolicy,
    EntraGroup,
    EntraRoleAssignment,
    Members,
    People,
    Reach,
)
from soc2test_plugins.entra.source import entra

__all__ = ["people_of", "reach_of", "says"]

_NOT_PEOPLE = ("None", "All", "GuestsOrExternalUsers")
_READ = {
    "users", "applications", "clientAppTypes", "platforms", "locations", "signInRiskLevels", "userRiskLevels",
    "clientApplications", "servicePrincipalRiskLevels",
}  # fmt: skip
"""Those of the two last ones are for programs, which sign in without people."""
_APPS_READ = {
    "includeApplications", "excludeApplications", "includeUserActions", "includeAuthenticationContextClassReferences",
}  # fmt: skip


def says(value: Any) -> bool:
    """Whether anything is set: PowerShell writes objects that hold nothing but nulls and empty arrays."""
    if isinstance(value, Item):
        return any(says(inner) for key, inner in value.items() if not key.startswith("@"))
    return value is not None and value is not False and value not in ("", [])


def people_of(conditions: Item) -> People:
    """Whom it is for; nobody where it is for programs alone. Raises `UnknownFact` where that is not told."""
    users = known(conditions["users"])
    if users is None:
        return People()
    included, excluded = _ids(users, "includeUsers"), _ids(users, "excludeUsers")
    guests, not_guests = "includeGuestsOrExternalUsers", "excludeGuestsOrExternalUsers"
    return People(
        everybody="All" in included,
        guests="GuestsOrExternalUsers" in included or says(users.or_else(guests, None)),
        users=tuple(user for user in included if user not in _NOT_PEOPLE),
        groups=_ids(users, "includeGroups"),
        roles=_ids(users, "includeRoles"),
        not_guests="GuestsOrExternalUsers" in excluded or says(users.or_else(not_guests, None)),
        not_users=tuple(user for user in excluded if user not in _NOT_PEOPLE),
        not_groups=_ids(users, "excludeGroups"),
        not_roles=_ids(users, "excludeRoles"),
    )


def reach_of(conditions: Item) -> Reach:
    """The sign-ins that it is for. Raises `UnknownFact` where the applications are not told."""
    apps = item_of(conditions["applications"])
    clients = _ids(conditions, "clientAppTypes")
    places, platforms = conditions.or_else("locations", None), conditions.or_else("platforms", None)
    return Reach(
        apps=tuple(app for app in _ids(apps, "includeApplications") if app != "None"),
        not_apps=_ids(apps, "excludeApplications"),
        clients=None if clients == ("all",) or not clients else clients,
        platforms=_named(platforms, "includePlatforms", "all"),
        not_platforms=_left_out(platforms, "excludePlatforms"),
        locations=_named(places, "includeLocations", "All"),
        not_locations=_left_out(places, "excludeLocations"),
        sign_in_risks=_ids(conditions, "signInRiskLevels") or None,
        user_risks=_ids(conditions, "userRiskLevels") or None,
        readable=not _more(conditions, _READ) and not _more(apps, _APPS_READ),
    )


def _ids(item: Item, key: str) -> tuple[str, ...]:
    value = item.or_else(key, None)
    return () if value is None else tuple(id_text(each) for each in listed(value))


def _named(item: Any, key: str, everything: str) -> tuple[str, ...] | None:
    """The values that are included; None where all are."""
    if not says(item):
        return None
    values = _ids(item_of(item), key)
    return None if everything in values else values


def _left_out(item: Any, key: str) -> tuple[str, ...]:
    return _ids(item_of(item), key) if says(item) else ()


def _more(item: Item, read: set[str]) -> bool:
    """Whether conditions are set that are not read: filters of devices, insider risk, ways of authentication."""
    return any(says(value) for key, value in item.items() if key not in read and not key.startswith("@"))


@entra.derives(EntraConditionalAccessPolicy, "group_members", joins=EntraGroup)
def group_members(policy: EntraConditionalAccessPolicy, groups: Population[EntraGroup]) -> tuple[Members, ...]:
    """Of the groups that it includes or excludes."""
    tenant = "/".join(policy.id.split("/")[:2])
    names = (*policy.people.groups, *policy.people.not_groups)
    told = (_told(name, tenant, groups) for name in names)
    return tuple(members for members in told if members is not None)


def _told(name: str, tenant: str, groups: Population[EntraGroup]) -> Members | None:
    try:
        found = groups.all("id", f"{tenant}/groups/{name}").hits
        return Members(name=name, members=found[0].members) if found else None
    except UnknownFact:
        return None


@entra.derives(EntraConditionalAccessPolicy, "role_holders", joins=EntraRoleAssignment)
def role_holders(
    policy: EntraConditionalAccessPolicy, assignments: Population[EntraRoleAssignment]
) -> tuple[Members, ...]:
    """Of the roles that it includes or excludes, where all assignments are known."""
    tenant = "/".join(policy.id.split("/")[:2])
    names = (*policy.people.roles, *policy.people.not_roles)
    told = (_holders(name, tenant, assignments) for name in names)
    return tuple(members for members in told if members is not None)


def _holders(role: str, tenant: str, assignments: Population[EntraRoleAssignment]) -> Members | None:
    try:
        given = [each for each in assignments.all("role", role) if each.id.startswith(f"{tenant}/")]
        return Members(name=role, members=tuple(holder for each in given for holder in each.holders))
    except UnknownFact:
        return None
