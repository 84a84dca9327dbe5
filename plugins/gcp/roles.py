"""Which roles of Google Cloud administer, or let somebody act as a service account; custom ones by permission.

Google's list of roles and permissions (https://cloud.google.com/iam/docs/roles-permissions, November 2026): an
administrator is whoever holds everything, or may set the IAM policy of a project, folder or organization.
"""

from collections.abc import Iterable, Iterator

from soc2test import Facts, facts, listed, text
from soc2test_plugins.gcp.agent_roles import AGENTS_ACT, AGENTS_ADMINISTER
from soc2test_plugins.gcp.kinds import GcpRole
from soc2test_plugins.gcp.shapes import Asset, reader

__all__ = ["acts", "administers", "custom", "edits_roles", "interesting", "of_agents", "role_name"]

_ADMINISTER = frozenset({
    "roles/admin",
    "roles/iam.securityAdmin",
    "roles/owner",
    "roles/resourcemanager.folderAdmin",
    "roles/resourcemanager.folderIamAdmin",
    "roles/resourcemanager.organizationAdmin",
    "roles/resourcemanager.projectIamAdmin",
})  # fmt: skip
_ACT = frozenset({
    "roles/assuredoss.admin",
    "roles/backupdr.computeEngineOperator",
    "roles/dataproc.hubAgent",
    "roles/earthengine.appsPublisher",
    "roles/editor",
    "roles/iam.admin",
    "roles/iam.dataScientist",
    "roles/iam.databasesAdmin",
    "roles/iam.devOps",
    "roles/iam.editor",
    "roles/iam.serviceAccountAdmin",
    "roles/iam.serviceAccountKeyAdmin",
    "roles/iam.serviceAccountTokenCreator",
    "roles/iam.serviceAccountUser",
    "roles/iam.workloadIdentityUser",
    "roles/securitycenter.admin",
    "roles/writer",
})  # fmt: skip
_EDIT_ROLES = frozenset({"roles/iam.admin", "roles/iam.organizationRoleAdmin", "roles/iam.roleAdmin"})
_SET_POLICY = frozenset(f"resourcemanager.{node}.setIamPolicy" for node in ("projects", "folders", "organizations"))
_ACT_AS = frozenset({
    "iam.serviceAccountKeys.create",
    "iam.serviceAccounts.actAs",
    "iam.serviceAccounts.getAccessToken",
    "iam.serviceAccounts.implicitDelegation",
    "iam.serviceAccounts.setIamPolicy",
    "iam.serviceAccounts.signBlob",
    "iam.serviceAccounts.signJwt",
})  # fmt: skip


@reader("iam.googleapis.com/Role")
def role(asset: Asset) -> Iterator[Facts]:
    """A role of the company's own; a deleted one gives nothing."""
    deleted = asset.data.or_else("deleted", False) is True
    permissions = asset.data.or_else("includedPermissions", [])
    told = () if deleted else tuple(sorted(text(permission) for permission in listed(permissions)))
    yield facts(role_name(asset.name), GcpRole, permissions=told)


def role_name(name: str) -> str:
    """How bindings call a custom role: "projects/acme/roles/deployer", of its asset's name."""
    return name.rpartition("iam.googleapis.com/")[2]


def custom(role: str) -> bool:
    """Made by the company: what it allows is an asset of its own."""
    return role.startswith(("projects/", "organizations/"))


def interesting(role: str) -> bool:
    """May make somebody an administrator."""
    if custom(role) or not role.startswith("roles/"):
        return True
    return role in _ADMINISTER or role in _ACT or role in _EDIT_ROLES or of_agents(role)


def of_agents(role: str) -> bool:
    """One that Google's own agents hold; it may make an administrator of anybody else."""
    return role in AGENTS_ADMINISTER or role in AGENTS_ACT


def edits_roles(role: str) -> bool:
    """Changes what custom roles allow: for who holds one of these, too."""
    return role in _EDIT_ROLES


def administers(role: str, permissions: Iterable[str]) -> bool:
    """Holds everything, or may give everything to anybody. A custom role that may change roles may change itself."""
    if role in _ADMINISTER or role in AGENTS_ADMINISTER:
        return True
    return bool(_SET_POLICY & set(permissions)) or "iam.roles.update" in permissions


def acts(role: str, permissions: Iterable[str]) -> bool:
    """Lets its holder act as service accounts, where the role is given on them or above."""
    return role in _ACT or role in AGENTS_ACT or bool(_ACT_AS & set(permissions))
