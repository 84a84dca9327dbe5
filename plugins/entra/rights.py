"""The application permission of each call of Microsoft Graph: the least privileged of those that only read.

From the table "Permissions" of each call's own page (https://learn.microsoft.com/graph/api/overview,
microsoftgraph/microsoft-graph-docs-contrib, api-reference). Where the least one there writes (groups:
`Group-NestingSupport.ReadWrite.All`) or is another product's (role assignments: `EntitlementManagement.Read.All`), the
next that reads the directory stands here. `signInActivity` of a user needs `AuditLog.Read.All` too (resources/user).
"""

from soc2test_plugins.graph import rights

__all__ = ["RIGHTS"]

RIGHTS = rights(
    of={
        "organization": ("Directory.Read.All",),
        "policies identitySecurityDefaultsEnforcementPolicy": ("Policy.Read.All",),
        "identity conditionalAccess policies": ("Policy.Read.All",),
        "servicePrincipals": ("Application.Read.All",),
        "applications": ("Application.Read.All",),
        "auditLogs directoryAudits": ("AuditLog.Read.All", "Directory.Read.All"),
        "domains federationConfiguration": ("Domain.Read.All",),
        "groups": ("GroupMember.Read.All",),
        "groups transitiveMembers": ("GroupMember.ReadBasic.All",),
        "groups members": ("GroupMember.Read.All",),
        "groups owners": ("GroupMember.Read.All",),
        "identityGovernance privilegedAccess group eligibilityScheduleInstances": (
            "PrivilegedEligibilitySchedule.Read.AzureADGroup",
        ),
        "directoryRoles": ("RoleManagement.Read.Directory",),
        "directoryRoles members": ("RoleManagement.Read.Directory",),
        "roleManagement directory roleAssignments": ("RoleManagement.Read.Directory",),
        "users authentication requirements": ("Policy.Read.All",),
        "users": ("User.Read.All", "AuditLog.Read.All"),
        "reports authenticationMethods userRegistrationDetails": ("AuditLog.Read.All",),
        "users authentication methods": ("UserAuthenticationMethod.Read.All",),
    },
    unknown={
        "domains": "the table of its page was not found; the same domain alone needs Domain.Read.All",
        "roleManagement directory roleEligibilityScheduleInstances": "the table of its page was not found",
    },
)
