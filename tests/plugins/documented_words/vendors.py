"""Where the vendors of the shipped sources document the words of their answers: pinned packages, call by call."""

from collections.abc import Callable, Mapping
from pathlib import Path as File
from typing import NamedTuple

from documented_words import (
    azure_words,
    botocore_words,
    cyclonedx_words,
    github_words,
    google_words,
    msgraph_words,
    okta_words,
)
from documented_words.schema_node import Node

__all__ = ["LISTS", "NOT_HAD", "PACKAGES", "WITHOUT", "Package", "Vendor", "answer_of"]


class Package(NamedTuple):
    """A package of a registry ("pypi" or "npm"), pinned."""

    registry: str
    name: str
    version: str

    def __str__(self) -> str:
        return f"{self.name} {self.version} ({'PyPI' if self.registry == 'pypi' else 'npm'})"


AZURE_COMPUTE = Package("pypi", "azure-mgmt-compute", "39.0.0")
AZURE_KEYVAULT = Package("pypi", "azure-mgmt-keyvault", "14.1.0")
AZURE_MONITOR = Package("pypi", "azure-mgmt-monitor", "7.0.0")
AZURE_NETWORK = Package("pypi", "azure-mgmt-network", "33.1.0")
AZURE_POSTGRES = Package("pypi", "azure-mgmt-postgresqlflexibleservers", "3.0.0")
AZURE_SQL = Package("pypi", "azure-mgmt-sql", "4.0.0")
AZURE_STORAGE = Package("pypi", "azure-mgmt-storage", "25.3.0")
AZURE_AUTHORIZATION = Package("pypi", "azure-mgmt-authorization", "4.0.0")
BOTOCORE = Package("pypi", "botocore", "1.44.8")
CYCLONEDX = Package("pypi", "cyclonedx-python-lib", "11.12.0")
GOOGLE = Package("pypi", "google-api-python-client", "2.202.0")
MSGRAPH = Package("pypi", "msgraph-sdk", "1.65.0")
OCTOKIT = Package("npm", "@octokit/openapi", "23.0.2")
OKTA = Package("pypi", "okta", "3.4.6")

PACKAGES = (
    AZURE_AUTHORIZATION, AZURE_COMPUTE, AZURE_KEYVAULT, AZURE_MONITOR, AZURE_NETWORK, AZURE_POSTGRES, AZURE_SQL, AZURE_STORAGE,
    BOTOCORE, CYCLONEDX, GOOGLE, MSGRAPH, OCTOKIT, OKTA,
)  # fmt: skip

_AZURE: Mapping[str, tuple[Package, str, str]] = {
    "disk list": (AZURE_COMPUTE, "compute", "Disk"),
    "keyvault list": (AZURE_KEYVAULT, "keyvault", "Vault"),
    "keyvault show": (AZURE_KEYVAULT, "keyvault", "Vault"),
    "monitor diagnostic-settings list": (AZURE_MONITOR, "monitor", "DiagnosticSettingsResource"),
    "network nsg list": (AZURE_NETWORK, "network", "NetworkSecurityGroup"),
    "network watcher flow-log list": (AZURE_NETWORK, "network", "FlowLog"),
    "network watcher flow-log show": (AZURE_NETWORK, "network", "FlowLogInformation"),
    "postgres flexible-server firewall-rule list": (AZURE_POSTGRES, "postgresqlflexibleservers", "FirewallRule"),
    "postgres flexible-server list": (AZURE_POSTGRES, "postgresqlflexibleservers", "Server"),
    "role assignment list": (AZURE_AUTHORIZATION, "authorization/v2022_04_01", "RoleAssignment"),
    "role definition list": (AZURE_AUTHORIZATION, "authorization/v2022_04_01", "RoleDefinition"),
    "role eligibility list": (AZURE_AUTHORIZATION, "authorization/v2020_10_01", "RoleEligibilityScheduleInstance"),
    "snapshot list": (AZURE_COMPUTE, "compute", "Snapshot"),
    "sql db list": (AZURE_SQL, "sql", "Database"),
    "sql db tde show": (AZURE_SQL, "sql", "LogicalDatabaseTransparentDataEncryption"),
    "sql server audit-policy show": (AZURE_SQL, "sql", "ServerBlobAuditingPolicy"),
    "sql server list": (AZURE_SQL, "sql", "Server"),
    "sql server tde-key show": (AZURE_SQL, "sql", "EncryptionProtector"),
    "storage account blob-service-properties show": (AZURE_STORAGE, "storage", "BlobServiceProperties"),
    "storage account list": (AZURE_STORAGE, "storage", "StorageAccount"),
    "storage container-rm list": (AZURE_STORAGE, "storage", "ListContainerItem"),
    "vm list": (AZURE_COMPUTE, "compute", "VirtualMachine"),
}

_GRAPH: Mapping[str, str] = {
    "applications": "Application",
    "auditLogs directoryAudits": "DirectoryAudit",
    "deviceManagement managedDevices": "ManagedDevice",
    "directoryRoles": "DirectoryRole",
    "directoryRoles members": "DirectoryObject",
    "domains": "Domain",
    "domains federationConfiguration": "InternalDomainFederation",
    "groups": "Group",
    "groups members": "DirectoryObject",
    "groups owners": "DirectoryObject",
    "groups transitiveMembers": "DirectoryObject",
    "identity conditionalAccess policies": "ConditionalAccessPolicy",
    "identityGovernance privilegedAccess group eligibilityScheduleInstances": "PrivilegedAccessGroupEligibilityScheduleInstance",
    "organization": "Organization",
    "policies identitySecurityDefaultsEnforcementPolicy": "IdentitySecurityDefaultsEnforcementPolicy",
    "reports authenticationMethods userRegistrationDetails": "UserRegistrationDetails",
    "roleManagement directory roleAssignments": "UnifiedRoleAssignment",
    "roleManagement directory roleEligibilityScheduleInstances": "UnifiedRoleEligibilityScheduleInstance",
    "servicePrincipals": "ServicePrincipal",
    "users": "User",
    "users authentication methods": "AuthenticationMethod",
    "users authentication requirements": "StrongAuthenticationRequirements",
}

_WORKSPACE: Mapping[str, tuple[str, str]] = {
    "activities list admin": ("admin.reports_v1", "activities.list"),
    "customers get": ("admin.directory_v1", "customers.get"),
    "inboundSamlSsoProfiles list": ("cloudidentity.v1", "inboundSamlSsoProfiles.list"),
    "inboundSsoAssignments list": ("cloudidentity.v1", "inboundSsoAssignments.list"),
    "orgunits list": ("admin.directory_v1", "orgunits.list"),
    "policies list": ("cloudidentity.v1", "policies.list"),
    "users list": ("admin.directory_v1", "users.list"),
}

_OKTA_MODELS: Mapping[str, str] = {
    "listPolicies ACCESS_POLICY": "List[AccessPolicy]",
    "listPolicies OKTA_SIGN_ON": "List[OktaSignOnPolicy]",
    "listPolicies PASSWORD": "List[PasswordPolicy]",
}

Folders = Mapping[Package, File]
Found = tuple[list[Node], Package | None]


def _aws(folders: Folders, operation: str) -> Found:
    return botocore_words.answer_of(folders[BOTOCORE], operation), BOTOCORE


def _azure(folders: Folders, operation: str) -> Found:
    if operation not in _AZURE:
        return [], None
    package, service, model = _AZURE[operation]
    return azure_words.answer_of(folders[package], f"azure/mgmt/{service}/models", model), package


def _cyclonedx(folders: Folders, operation: str) -> Found:
    return (cyclonedx_words.answer_of(folders[CYCLONEDX]), CYCLONEDX) if operation == "report" else ([], None)


def _graph(folders: Folders, operation: str) -> Found:
    if operation not in _GRAPH:
        return [], None
    return msgraph_words.answer_of(folders[MSGRAPH], _GRAPH[operation]), MSGRAPH


def _gcp(folders: Folders, operation: str) -> Found:
    return ([google_words.Assets(folders[GOOGLE])], GOOGLE) if operation == "asset list resource" else ([], None)


def _github(folders: Folders, operation: str) -> Found:
    return github_words.answer_of(folders[OCTOKIT], operation), OCTOKIT


def _okta(folders: Folders, operation: str) -> Found:
    return okta_words.answer_of(folders[OKTA], operation, _OKTA_MODELS.get(operation, "")), OKTA


def _workspace(folders: Folders, operation: str) -> Found:
    if operation not in _WORKSPACE:
        return [], None
    return google_words.answer_of(folders[GOOGLE], *_WORKSPACE[operation]), GOOGLE


class Vendor(NamedTuple):
    """Whose words a source's exports hold: the plugin that ships the table, and what describes an answer."""

    plugin: str
    answer: Callable[[Folders, str], Found]
    kinds: tuple[str, ...] = ()
    """keys by which the entries of its lists say what they are"""


LISTS: Mapping[str, Vendor] = {
    "aws": Vendor("aws", _aws),
    "azure": Vendor("azure", _azure),
    "cyclonedx": Vendor("vulnerabilities", _cyclonedx),
    "entra": Vendor("entra", _graph),
    "gcp": Vendor("gcp", _gcp, ("assetType",)),
    "github": Vendor("github", _github),
    "google_workspace": Vendor("google_workspace", _workspace),
    "inspector": Vendor("vulnerabilities", _aws),
    "intune": Vendor("intune", _graph),
    "okta": Vendor("okta", _okta),
    "securityhub": Vendor("vulnerabilities", _aws),
}
"""Source -> its vendor."""
_NO_PACKAGE = "no package of a registry was found that describes the format by a schema"
NOT_HAD: Mapping[str, Mapping[str, str]] = {
    "kubernetes": {
        "kubernetes": (
            "the package kubernetes (PyPI, 37.0.2) names no values: its models are made of a description from which they "
            "were taken out"
        )
    },
    "terraform": {"terraform": "the providers' schemas, as `terraform providers schema` prints them, name no values"},
    "vulnerabilities": {
        "defender": _NO_PACKAGE,
        "grype": _NO_PACKAGE,
        "osv": _NO_PACKAGE,
        "prowler": _NO_PACKAGE,
        "sarif": _NO_PACKAGE,
        "snyk": _NO_PACKAGE,
        "trivy": _NO_PACKAGE,
    },
}
"""Plugin -> source -> why no list of its vendor's words can be had."""

_OF_NONE = "none of the packages that the tables are made from describes it: its words are those of its documentation"
WITHOUT: Mapping[str, str] = {
    "registers": "the format is our own, and its schemas name the words",
    "kubernetes-manifests": "they hold what exports of kubernetes do",
    **dict.fromkeys(
        (
            "anthropic", "bamboohr", "cloudflare", "duo", "gitlab", "hibob", "jamf", "jira", "jira_users", "jumpcloud",
            "kandji", "knowbe4", "openai", "openlineage", "opsgenie", "pagerduty", "sentinelone",
            "servicenow", "slack",
        ),
        _OF_NONE,
    ),
}  # fmt: skip
"""Source -> why its plugin has no table."""


def answer_of(folders: Folders, source: str, operation: str) -> Found:
    """How the vendor describes the answer to a call, and in which package; nothing where it does not."""
    return LISTS[source].answer(folders, operation)
