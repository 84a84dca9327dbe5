"""Directory roles: who holds them now, who may activate them, and who administers the tenant."""

from collections.abc import Callable, Iterable
from typing import Any

from soc2test import (
    Facts,
    Item,
    Population,
    Said,
    Subject,
    Unknown,
    UnknownFact,
    any_of,
    facts,
    id_text,
    item_of,
    known,
    listed,
    missed,
    or_skip,
    or_unknown,
    skip,
    text,
)
from soc2test_plugins.entra.kinds import (
    EntraDirectoryRole,
    EntraGroup,
    EntraRoleAssignment,
    EntraRoleEligibility,
    EntraServicePrincipal,
    EntraUser,
)
from soc2test_plugins.entra.source import COUNT, GRAPH, as_graph, entra, uid

__all__ = ["OVER_EVERYTHING"]

OVER_EVERYTHING = (
    "62e90394-69f5-4237-9190-012177145e10",  # Global Administrator
    "e8611ab8-c189-46e8-94e1-60213ab1f814",  # Privileged Role Administrator: assigns any role, to himself too
    "7be44c8a-adaf-4e2a-84d6-ab2649e08a13",  # Privileged Authentication Administrator: resets any sign-in
    "e00e864a-17c5-4a4b-9c06-f5b95a8d5bd8",  # Partner Tier2 Support: resets it as well; deprecated
)  # fmt: skip
"""Templates of the roles whose holder has everything or can give it to himself; the same in every tenant ("Microsoft
Entra built-in roles")."""


@entra.reads("directoryRoles", kind=EntraDirectoryRole, items="value", total=COUNT, lists=True, prepare=as_graph)
def role(item: Item, at: Subject) -> Facts:
    """A role that somebody was given at some time."""
    return facts(
        uid(at, "roles", id_text(item["roleTemplateId"])), name=item["roleTemplateId"], title=item["displayName"]
    )


@entra.reads(
    "directoryRoles members",
    kind=EntraRoleAssignment,
    items="value",
    total=COUNT,
    lists=True,
    per=EntraDirectoryRole,
    subject="role",
    prepare=as_graph,
    command=GRAPH + 'directoryRoles/roleTemplateId={role}/members"',
)
def role_member(item: Item, at: Subject) -> Facts:
    """Who holds a role over the whole tenant; the role is named by its template's id."""
    principal = id_text(item["id"])
    return facts(
        uid(at, "assignments", at["role"], principal),
        role=at["role"],
        principal=principal,
        principal_type=or_unknown(lambda: _type(item["@odata.type"])),
        scope="/",
    )


@entra.reads(
    "roleManagement directory roleAssignments",
    kind=EntraRoleAssignment,
    items="value",
    total=COUNT,
    lists=True,
    prepare=as_graph,
    tells=("role", "principal", "principal_type", "scope"),
    command=GRAPH + 'roleManagement/directory/roleAssignments?\\$expand=principal"',
)
def role_assignment(item: Item, at: Subject) -> Facts:
    """A role that is held now; a built-in role's id is its template's."""
    return _given(item, at, "assignments")


@entra.reads(
    "roleManagement directory roleEligibilityScheduleInstances",
    kind=EntraRoleEligibility,
    lists=True,
    prepare=as_graph,
    tells=("role", "principal", "principal_type", "scope"),
    absent=["AadPremiumLicenseRequired"],
    command=GRAPH + 'roleManagement/directory/roleEligibilityScheduleInstances?\\$expand=principal"',
)
def role_eligibilities(body: Item | None, at: Subject) -> Iterable[Said]:
    """The roles that may be activated (Privileged Identity Management, which takes a licence of its own)."""
    if body is None:
        return [skip("the tenant has no licence for roles that are activated")]
    rows = listed(body["value"])
    return or_skip((_eligibility(row, at) for row in rows), "nobody may activate a role")


def _eligibility(row: Any, at: Subject) -> Said:
    given = or_unknown(lambda: _given(item_of(row), at, "eligibilities"))
    if isinstance(given, Unknown):
        return missed("a role that may be activated is not told in full", EntraRoleEligibility)
    return given


def _given(item: Item, at: Subject, what: str) -> Facts:
    role, principal, scope = (id_text(item[key]) for key in ("roleDefinitionId", "principalId", "directoryScopeId"))
    below = () if scope == "/" else (scope.strip("/"),)
    return facts(
        uid(at, what, role, principal, *below),
        role=role,
        principal=principal,
        principal_type=or_unknown(lambda: _type(known(item["principal"])["@odata.type"])),
        scope=scope,
    )


def _type(told: Any) -> str:
    return text(told).rpartition(".")[2]


@entra.derives(EntraRoleAssignment, "holders", joins=EntraGroup)
@entra.derives(EntraRoleEligibility, "holders", joins=EntraGroup)
def holders(given: EntraRoleAssignment | EntraRoleEligibility, groups: Population[EntraGroup]) -> tuple[str, ...]:
    """Whom a role is given to, the members of a group where it is given to one."""
    tenant = "/".join(given.id.split("/")[:2])
    group = next(iter(groups.all("id", f"{tenant}/groups/{given.principal}").hits), None)
    if group is not None:
        return group.members
    if given.principal_type not in ("user", "servicePrincipal"):
        text = f"a group ({given.principal}) is given a role, and no export tells its members: export it as "
        raise UnknownFact("holders", text + f"groups.transitiveMembers.{given.principal}.json")
    return (given.principal,)


@entra.derives(EntraRoleAssignment, "entrants", joins=EntraGroup)
@entra.derives(EntraRoleEligibility, "entrants", joins=EntraGroup)
def entrants(given: EntraRoleAssignment | EntraRoleEligibility, groups: Population[EntraGroup]) -> tuple[str, ...]:
    """Who can put himself among the holders: owners of the group that a role is given to, and who may activate a place
    in it. Only a group has such."""
    tenant = "/".join(given.id.split("/")[:2])
    group = next(iter(groups.all("id", f"{tenant}/groups/{given.principal}").hits), None)
    if group is None:
        return ()
    found = (*group.owners, *group.eligible)
    if any(groups.all("id", f"{tenant}/groups/{id}").hits for id in found):
        raise UnknownFact("entrants", f"a group may enter the group {given.principal}: its members are not followed")
    return found


@entra.derives(EntraUser, "admin_by_entering", joins=EntraRoleAssignment)
@entra.derives(EntraServicePrincipal, "admin_by_entering", joins=EntraRoleAssignment)
def admin_by_entering(identity: EntraUser | EntraServicePrincipal, given: Population[EntraRoleAssignment]) -> bool:
    """Through a group that has a role over everything in the tenant, which he or she can enter."""
    gifts = [gift for role in OVER_EVERYTHING for gift in given.all("role", role).hits]
    return any_of(gifts, lambda gift: _over_all_of(identity, gift) and identity.directory_id in gift.entrants)


@entra.derives(EntraUser, "admin_now", joins=EntraRoleAssignment)
@entra.derives(EntraServicePrincipal, "admin_now", joins=EntraRoleAssignment)
def admin_now(identity: EntraUser | EntraServicePrincipal, assignments: Population[EntraRoleAssignment]) -> bool:
    """A role over everything in the tenant, held by oneself or through a group."""
    return _holds(identity, assignments)


@entra.derives(EntraUser, "admin_eligible", joins=EntraRoleEligibility)
@entra.derives(EntraServicePrincipal, "admin_eligible", joins=EntraRoleEligibility)
def admin_eligible(identity: EntraUser | EntraServicePrincipal, given: Population[EntraRoleEligibility]) -> bool:
    """The same of those that may be activated."""
    return _holds(identity, given)


@entra.derives(EntraUser, "admin")
@entra.derives(EntraServicePrincipal, "admin")
def admin(identity: EntraUser | EntraServicePrincipal) -> bool:
    """Now, or by activating a role, or by entering a group that has one."""
    return any_of(
        (lambda: identity.admin_eligible, lambda: identity.admin_now, lambda: identity.admin_by_entering), _asked
    )


def _asked(question: Callable[[], bool]) -> bool:
    return question()


def _holds(
    identity: EntraUser | EntraServicePrincipal,
    given: Population[EntraRoleAssignment] | Population[EntraRoleEligibility],
) -> bool:
    def to_identity(gift: EntraRoleAssignment | EntraRoleEligibility) -> bool:
        if not _over_all_of(identity, gift):
            return False
        if identity.directory_id in (gift.principal, *gift.holders):
            return True
        return isinstance(gift, EntraRoleEligibility) and identity.directory_id in gift.entrants

    if any_of((gift for role in OVER_EVERYTHING for gift in given.all("role", role).hits), to_identity):
        return True
    for role in OVER_EVERYTHING:
        len(given.all("role", role))  # raises where there may be more
    return False


def _over_all_of(
    identity: EntraUser | EntraServicePrincipal, given: EntraRoleAssignment | EntraRoleEligibility
) -> bool:
    """A role over the whole of the identity's own tenant; one over an administrative unit is over a part."""
    return given.scope == "/" and given.id.split("/")[:2] == identity.id.split("/")[:2]
