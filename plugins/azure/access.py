"""Role assignments, those that somebody may activate, and locks."""

import re
from collections.abc import Iterator
from functools import partial
from typing import Any

from soc2test import (
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
    or_unknown,
    skip,
    text,
)
from soc2test_plugins.azure.arm_types import whose
from soc2test_plugins.azure.kinds import (
    AzureEligibility,
    AzureEligibleMember,
    AzureEligibleRights,
    AzureKeyVault,
    AzureLock,
    AzureMember,
    AzureRoleAssignment,
    AzureRoleDefinition,
    AzureSharedRights,
    AzureStore,
)
from soc2test_plugins.azure.members import eligible, member
from soc2test_plugins.azure.roles import ADMINISTER, CLASSIC, HARMLESS, OWNER, last
from soc2test_plugins.azure.source import arm_id, as_value, azure, inner

_WIDE = re.compile(r"/?|/providers/microsoft\.management/managementgroups/[^/]+|/subscriptions/[^/]+")
"""The whole tenant, a management group or a subscription: what is held there is held over everything below."""
_CLASSIC = "NA(classic"


def _assignment(item: Item) -> dict[str, Any]:
    own = inner(item)
    role = or_unknown(lambda: _role(own))
    return {
        "role": role,
        "owner": or_unknown(lambda: known(role) == OWNER),
        "principal": own["principalId"],
        "principal_type": own["principalType"],
        "scope": or_unknown(lambda: text(own["scope"]).lower()),
        "conditional": or_unknown(lambda: bool(own.or_else("condition", None))),
    }


def _role(own: Item) -> str:
    written = id_text(own["roleDefinitionId"])
    return CLASSIC if written.startswith(_CLASSIC) else last(written)


def _strong(told: dict[str, Any]) -> bool:
    """It is held over everything, by a role that may administer."""
    return _WIDE.fullmatch(known(told["scope"])) is not None and known(told["role"]) not in HARMLESS


@azure.reads(
    "role assignment list", kind=(AzureRoleAssignment, AzureMember, AzureSharedRights), items="value", lists=True,
    prepare=as_value,
    tells=("role", "owner", "principal", "principal_type", "scope", "conditional", "name", "email", "human", "root",
           "active", "password", "password_set_at", "disabled_at", "anybody", "outsiders"),
    command="az role assignment list --all --include-inherited "
    "--subscription {subscription} --output json",
)  # fmt: skip
def assignment(item: Item, at: Subject) -> Iterator[Said]:
    """A role assignment, and who holds it. Classic administrators have no ids of their own."""
    told = _assignment(item)
    id = arm_id(item)
    yield facts(f"{id}/{told['principal']}" if id.startswith(_CLASSIC.lower()) else id, **told)
    yield from whose(known(told["scope"]))
    if _strong(told):
        yield member(inner(item), at["subscription"])


@azure.reads(
    "role eligibility list", kind=(AzureEligibility, AzureEligibleMember, AzureEligibleRights),
    lists=True, absent=["AadPremiumLicenseRequired"], prepare=as_value,
    tells=("role", "owner", "principal", "principal_type", "scope", "conditional", "name", "email", "human", "root",
           "password", "password_set_at", "disabled_at", "anybody", "outsiders", "active"),
    command="az rest --method get --output json --url 'https://management.azure.com/subscriptions/{subscription}"
    "/providers/Microsoft.Authorization/roleEligibilityScheduleInstances?$filter=atScope()&api-version=2020-10-01'",
)  # fmt: skip
def eligibilities(body: Item | None, at: Subject) -> Iterator[Said]:
    """The roles that may be activated (Privileged Identity Management, which needs a licence of its own)."""
    if body is None:
        yield skip("the tenant has no licence for Privileged Identity Management")
        return
    for row in listed(body["value"]):
        words = or_unknown(partial(_read, row, at))
        if isinstance(words, Unknown):
            yield missed("a role that may be activated can't be read", AzureEligibility, AzureEligibleMember)
        else:
            yield from words


def _read(row: Any, at: Subject) -> list[Said]:
    return list(_eligibility(item_of(row), at))


def _eligibility(item: Item, at: Subject) -> Iterator[Said]:
    told = _assignment(item)
    yield facts(arm_id(item), AzureEligibility, **told)
    if _strong(told):
        yield eligible(inner(item), at["subscription"])


def _administers(
    assignment: AzureRoleAssignment | AzureEligibility, definitions: Population[AzureRoleDefinition]
) -> bool:
    """Its role gives roles, over everything; under a condition only Azure can say."""
    if _WIDE.fullmatch(assignment.scope) is None or assignment.role in HARMLESS:
        return False
    if assignment.role not in (*ADMINISTER, CLASSIC):
        definition = definitions.one("id", assignment.role)
        if definition is None:
            raise UnknownFact("administers", "the list of role definitions does not name the role")
        if not definition.administers:
            return False
    if assignment.conditional:
        raise UnknownFact("administers", "a role that gives roles is held under a condition")
    return True


azure.derives(AzureRoleAssignment, "administers", joins=AzureRoleDefinition)(_administers)
azure.derives(AzureEligibility, "administers", joins=AzureRoleDefinition)(_administers)


def _holds(principal: str, held: Population[Any]) -> bool:
    """One of its assignments administers; what is unknown of another hides none."""
    return any_of(held.all("principal", principal), lambda assignment: assignment.administers)


@azure.derives(AzureMember, "admin", joins=AzureRoleAssignment)
def member_admin(member: AzureMember, held: Population[AzureRoleAssignment]) -> bool:
    """By its own assignments."""
    return _holds(member.principal, held)


@azure.derives(AzureSharedRights, "admin", joins=AzureRoleAssignment)
def shared_admin(rights: AzureSharedRights, held: Population[AzureRoleAssignment]) -> bool:
    """By those of the group."""
    return _holds(rights.principal, held)


def _may_administer(holder: AzureEligibleMember | AzureEligibleRights, held: Population[AzureEligibility]) -> bool:
    """By what it may activate."""
    return _holds(holder.principal, held)


azure.derives(AzureEligibleMember, "admin", joins=AzureEligibility)(_may_administer)
azure.derives(AzureEligibleRights, "admin", joins=AzureEligibility)(_may_administer)


@azure.derives(AzureEligibleMember, "active", joins=AzureMember)
def counted_once(member: AzureEligibleMember, members: Population[AzureMember]) -> bool:
    """Whoever administers already, by an assignment in force, counts as that."""
    now = members.one("id", member.id.removesuffix("/eligible"))
    return now is None or not now.admin


@azure.reads("lock list", kind=AzureLock, items="value", lists=True, prepare=as_value)
def lock(item: Item, at: Subject) -> Iterator[Said]:
    """A lock; both levels, CanNotDelete and ReadOnly, keep from deletion."""
    scope = arm_id(item, below="providers/Microsoft.Authorization/locks")
    yield facts(arm_id(item), scope=scope)
    yield from whose(scope)


@azure.derives(AzureStore, "protected_days")
def protected_days(store: AzureStore) -> int | None:
    """A lock stays until somebody takes it off."""
    return None


@azure.derives(AzureStore, "deletion_protected", joins=AzureLock)
def locked(store: AzureStore, locks: Population[AzureLock]) -> bool:
    """A lock lies on it, on its group or on its subscription; of a vault, purge protection does as well."""
    if isinstance(store, AzureKeyVault) and store.purge_protected:
        return True
    return any(f"{store.id}/".startswith(f"{each.scope}/") for each in locks)
