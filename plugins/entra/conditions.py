"""What a conditional access policy is for: people, and sign-ins."""

from typing import Any

from soc2test import Item, Population, Unknown, UnknownFact, id_text, item_of, known, listed, meaning, or_unknown
from soc2test_plugins.entra.kinds import (
    EntraConditionalAccessPolicy,
    EntraGroup,
    EntraRoleAssignment,
    Members,
    People,
    Reach,
)
from soc2test_plugins.entra.source import entra

__all__ = ["CLIENTS", "narrows", "people_of", "reach_of", "says"]

_NOT_PEOPLE = ("None", "All", "GuestsOrExternalUsers")
_READ = {
    "users", "applications", "clientAppTypes", "platforms", "locations", "signInRiskLevels", "userRiskLevels",
    "authenticationFlows", "insiderRiskLevels", "agentIdRiskLevels",
}  # fmt: skip
"""Those for programs (`clientApplications`, `servicePrincipalRiskLevels`) are none of people's sign-ins, and Microsoft
takes a policy for one of both alone
(https://learn.microsoft.com/en-us/graph/api/resources/conditionalaccessconditionset)."""
_APPS_READ = {
    "includeApplications", "excludeApplications", "includeUserActions", "includeAuthenticationContextClassReferences",
}  # fmt: skip
_PLATFORMS_READ = {"includePlatforms", "excludePlatforms"}
_PLACES_READ = {"includeLocations", "excludeLocations"}
_EXCLUDED = ("excludeUsers", "excludeGroups", "excludeRoles")
_USERS_READ = {
    "includeUsers", "includeGroups", "includeRoles", "includeGuestsOrExternalUsers", "excludeGuestsOrExternalUsers",
    *_EXCLUDED,
}  # fmt: skip
CLIENTS = ("browser", "easSupported", "exchangeActiveSync", "mobileAppsAndDesktopClients", "other")
"""Words for clients, beside "all"."""
_OLDER = ("easUnsupported",)
_RISK_LEVELS = ("none", "low", "medium", "high", "hidden")
"""The last stands where a licence does not show the level; no sign-in is at it."""
_PLATFORMS = ("android", "iOS", "linux", "macOS", "windows", "windowsPhone")
_FLOWS = {"none": False, "deviceCodeFlow": True, "authenticationTransfer": True}
_RARE = {
    "insiderRiskLevels": dict.fromkeys(("minor", "moderate", "elevated"), True),
    "agentIdRiskLevels": dict.fromkeys(("low", "medium", "high"), True),
}
"""Levels of a risk that most sign-ins have none of: none of the words stands for no risk."""


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
    _must_be_told(users)
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


def _must_be_told(users: Item) -> None:
    """Raises `UnknownFact` where whom it leaves out is not told, or is told in a way that is not known."""
    if _more(users, _USERS_READ):
        raise UnknownFact("users", "a policy says whom it is for in a way that this plugin does not know")
    for key in _EXCLUDED:
        known(users[key])


def reach_of(conditions: Item) -> Reach:
    """The sign-ins that it is for. Raises `UnknownFact` where the applications or the clients are not told."""
    apps = item_of(conditions["applications"])
    known(conditions["clientAppTypes"])
    clients = _ids(conditions, "clientAppTypes")
    rare = or_unknown(lambda: _rare(conditions))
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
        rare=rare is True,
        readable=not isinstance(rare, Unknown)
        and _readable(conditions, apps, platforms, places)
        and _spelt_as_known(conditions, platforms),
    )


def _spelt_as_known(conditions: Item, platforms: Any) -> bool:
    """Whether each word that says for which sign-ins it is has a meaning here: Graph writes "unknownFutureValue" for
    those that an older caller can't know, and a system that is left out by it may be any."""
    risks = {*_ids(conditions, "signInRiskLevels"), *_ids(conditions, "userRiskLevels")}
    systems = {*_left_out(platforms, "includePlatforms"), *_left_out(platforms, "excludePlatforms")}
    clients = {*_ids(conditions, "clientAppTypes")}
    return risks <= {*_RISK_LEVELS} and systems <= {*_PLATFORMS, "all"} and clients <= {*CLIENTS, *_OLDER, "all"}


def _readable(conditions: Item, apps: Item, platforms: Any, places: Any) -> bool:
    parts = ((conditions, _READ), (apps, _APPS_READ), (platforms, _PLATFORMS_READ), (places, _PLACES_READ))
    return not any(_more(item_of(part), read) for part, read in parts if part is not None)


def _rare(conditions: Item) -> bool:
    """Whether it is for sign-ins of a rare kind alone: by a device code, of somebody who is a risk from inside.

    Raises `UnknownFact` for words that are not known.
    """
    flows = conditions.or_else("authenticationFlows", None)
    methods = None if flows is None else item_of(flows).or_else("transferMethods", None)
    told = [meaning(word, _FLOWS) for word in _words(methods)]
    for key, words in _RARE.items():
        told += [meaning(word, words) for word in _words(conditions.or_else(key, None))]
    return any(told)


def _words(value: Any) -> list[Any]:
    """Graph writes several words of one setting as "a,b"; PowerShell may write an array."""
    if value is None or value == "":
        return []
    return [word.strip() for word in value.split(",")] if isinstance(value, str) else listed(value)


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
    """Whether conditions are set that are not read: filters of devices, and what is not known here."""
    return any(says(value) for key, value in item.items() if key not in read and not key.startswith("@"))


def narrows(conditions: Item) -> bool:
    """Whether any condition is set beside whom it is for and the applications: what is not known narrows too."""
    return _more(conditions, {"users", "applications", "clientAppTypes"}) or _more(
        item_of(conditions["applications"]), _APPS_READ
    )


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
