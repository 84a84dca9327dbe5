"""Who administers: the grants of policies, joined with custom roles and with the accounts that somebody may act as."""

from collections.abc import Iterable, Iterator

from soc2test import Facts, Item, Population, UnknownFact, facts, id_text, items_of, listed, text
from soc2test_plugins.gcp.kinds import (
    GcpAccountName,
    GcpGrants,
    GcpMember,
    GcpRole,
    GcpServiceAccount,
    GcpSharedRights,
)
from soc2test_plugins.gcp.members import gone, inherited, may_be_an_agent, member_facts
from soc2test_plugins.gcp.roles import acts, administers, custom, edits_roles, interesting, of_agents
from soc2test_plugins.gcp.source import gcp

__all__ = ["grants_facts", "is_node", "no_node"]

_EDITORS = ("roles/editor", "roles/writer")
_NODES = ("projects/", "folders/", "organizations/")


def is_node(name: str) -> bool:
    """A project, a folder or an organisation."""
    host, _, path = name.rpartition("googleapis.com/")
    return host.endswith("//cloudresourcemanager.") and path.startswith(_NODES)


def no_node(name: str) -> bool:
    """Neither that nor a service account: whatever is given on it makes nobody an administrator."""
    return not is_node(name) and not (name.startswith("//iam.googleapis.com/") and "/serviceAccounts/" in name)


def grants_facts(scope: str, asset: str, policy: Item, above: tuple[str, ...]) -> Iterator[Facts]:
    """The grants of a policy, everybody they name, and what a project inherits from `above`."""
    held = tuple(sorted(set(_held(policy))))
    members = tuple(sorted({member for member, _, _ in held}))
    yield facts(f"{scope}/{asset}", GcpGrants, scope=scope, asset=asset, members=members, grants=held)
    yield from (member_facts(scope, member) for member in members)
    yield from inherited(scope, above)


def _held(policy: Item) -> Iterator[tuple[str, str, bool]]:
    for binding in items_of(policy.or_else("bindings", [])):
        role = id_text(binding["role"])
        if interesting(role):
            conditional = binding.or_else("condition", None) is not None
            more = role not in _EDITORS
            members = [text(member) for member in listed(binding.or_else("members", []))]
            if of_agents(role):
                members = [member for member in members if not may_be_an_agent(member)]
            yield from ((member, role, conditional) for member in members if not gone(member, more=more))


def _permissions(role: str, roles: Population[GcpRole]) -> tuple[str, ...] | None:
    """Of a custom role; None where no export tells them, or Google itself made the role."""
    try:
        told = roles.one("id", role)
        return None if told is None else told.permissions
    except UnknownFact:
        return None


def _with(grants: GcpGrants, roles: Population[GcpRole]) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Members and roles that are given without a condition, each with what a custom one allows."""
    for member, role, conditional in grants.grants:
        if not conditional:
            yield member, role, (_permissions(role, roles) or ()) if custom(role) else ()


@gcp.derives(GcpGrants, "administrators", joins=GcpRole)
def administrators(grants: GcpGrants, roles: Population[GcpRole]) -> tuple[str, ...]:
    """Those with a role that administers, and those who may rewrite the custom role that they hold."""
    if not is_node(grants.asset):
        return ()
    held = list(_with(grants, roles))
    certain = {member for member, role, permissions in held if administers(role, permissions)}
    editors = {member for member, role, _ in held if edits_roles(role)}
    return tuple(sorted(certain | (editors & {member for member, role, _ in held if custom(role)})))


@gcp.derives(GcpGrants, "impersonators", joins=GcpRole)
def impersonators(grants: GcpGrants, roles: Population[GcpRole]) -> tuple[str, ...]:
    """Those who may act as a service account. On the account itself its owners and policy setters may make it so."""
    on_account = not is_node(grants.asset)
    found = {
        member
        for member, role, permissions in _with(grants, roles)
        if acts(role, permissions) or (on_account and administers(role, permissions))
    }
    return tuple(sorted(found))


@gcp.derives(GcpGrants, "doubtful", joins=GcpRole)
def doubtful(grants: GcpGrants, roles: Population[GcpRole]) -> tuple[str, ...]:
    """Those with a role under a condition, which only Google can weigh, or with one that no export describes."""
    found = set()
    for member, role, conditional in grants.grants:
        permissions = _permissions(role, roles) if custom(role) else ()
        strange = not role.startswith("roles/") and permissions is None
        strong = administers(role, permissions or ()) or acts(role, permissions or ())
        if strange or (conditional and strong):
            found.add(member)
    return tuple(sorted(found))


@gcp.derives(GcpGrants, "accounts", joins=GcpAccountName)
def accounts(grants: GcpGrants, names: Population[GcpAccountName]) -> tuple[str, ...]:
    """The account that the policy is of, or all accounts below the project, folder or organisation."""
    if not is_node(grants.asset):
        return tuple(name.email for name in names.all("asset", grants.asset))
    return tuple(sorted({name.email for name in names if name.scope == grants.scope and _below(name, grants.asset)}))


def _below(name: GcpAccountName, node: str) -> bool:
    return node in name.parents


class _Doubt:
    """The first thing that is unknown of somebody's rights."""

    def __init__(self) -> None:
        self.first: UnknownFact | None = None

    def of(self, text: str) -> None:
        self.first = self.first or UnknownFact("admin", text)


def is_administrator(member: str, scope: str, population: Population[GcpGrants]) -> bool:
    """It administers by itself, or as a service account that it may act as, over any number of steps.

    Raises `UnknownFact` where it certainly does not by what is known, and may by what is not.
    """
    met, waiting, doubt = {member}, [member], _Doubt()
    while waiting:
        holder = waiting.pop()
        try:
            for grants in population.all("members", holder):
                if grants.scope != scope:
                    continue
                if holder in grants.administrators:
                    return True
                if holder in grants.doubtful:
                    doubt.of(f"a role of {holder} is given under a condition, or no export tells what it allows")
                reached = _reached(grants) if holder in grants.impersonators else []
                waiting += [account for account in reached if account not in met]
                met.update(reached)
        except UnknownFact as unknown:
            doubt.first = doubt.first or unknown
    if doubt.first is not None:
        raise doubt.first
    return False


def _reached(grants: GcpGrants) -> list[str]:
    return [f"serviceAccount:{email}" for email in grants.accounts]


@gcp.derives(GcpServiceAccount, "admin", joins=GcpGrants)
def account_admin(account: GcpServiceAccount, population: Population[GcpGrants]) -> bool:
    """As a member of the policies of the scope that lists it."""
    return is_administrator(f"serviceAccount:{account.name}", account.tenant, population)


@gcp.derives(GcpMember, "admin", joins=GcpGrants)
def member_admin(member: GcpMember, population: Population[GcpGrants]) -> bool:
    """By the policies of the scope that names it."""
    return is_administrator(member.id.removeprefix(f"{member.tenant}/"), member.tenant, population)


@gcp.derives(GcpSharedRights, "admin", joins=GcpGrants)
def shared_admin(rights: GcpSharedRights, population: Population[GcpGrants]) -> bool:
    """Those of a group as of anybody else; who is named above counts there, where that was exported."""
    if rights.inherited is None:
        return is_administrator(rights.name, rights.tenant, population)
    if _exported(rights.inherited, population):
        return False
    above = rights.inherited.rpartition("googleapis.com/")[2]
    raise UnknownFact("admin", f"who administers {above} administers what is below, and no export tells: export it too")


def _exported(node: str, population: Iterable[GcpGrants]) -> bool:
    return any(grants.asset == node for grants in population)
