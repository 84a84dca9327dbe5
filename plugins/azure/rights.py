"""The action of Azure's resource providers that each call of the Azure CLI needs.

From "Azure permissions" (https://learn.microsoft.com/azure/role-based-access-control/resource-provider-operations),
whose rows say what an action reads: the list of servers, the keys in a specified vault.
"""

from soc2test import Rights

__all__ = ["RIGHTS"]

RIGHTS = Rights(
    called="actions of resource providers",
    give="in a role that is assigned on each subscription to who collects",
    url="https://learn.microsoft.com/azure/role-based-access-control/resource-provider-operations",
    of={
        "role definition list": ("Microsoft.Authorization/roleDefinitions/read",),
        "role assignment list": ("Microsoft.Authorization/roleAssignments/read",),
        "role eligibility list": ("Microsoft.Authorization/roleEligibilityScheduleInstances/read",),
        "lock list": ("Microsoft.Authorization/locks/read",),
        "disk list": ("Microsoft.Compute/disks/read",),
        "snapshot list": ("Microsoft.Compute/snapshots/read",),
        "sql server list": ("Microsoft.Sql/servers/read",),
        "sql db list": ("Microsoft.Sql/servers/databases/read",),
        "postgres flexible-server list": ("Microsoft.DBforPostgreSQL/flexibleServers/read",),
        "postgres flexible-server firewall-rule list": (
            "Microsoft.DBforPostgreSQL/flexibleServers/firewallRules/read",
        ),
        "postgres flexible-server parameter show": ("Microsoft.DBforPostgreSQL/flexibleServers/configurations/read",),
        "monitor diagnostic-settings list": ("Microsoft.Insights/diagnosticSettings/read",),
        "network watcher flow-log show": ("Microsoft.Network/networkWatchers/flowLogs/read",),
        "network nsg list": ("Microsoft.Network/networkSecurityGroups/read",),
        "storage account list": ("Microsoft.Storage/storageAccounts/read",),
        "storage container-rm list": ("Microsoft.Storage/storageAccounts/blobServices/containers/read",),
        "storage account blob-service-properties show": ("Microsoft.Storage/storageAccounts/blobServices/read",),
        "keyvault list": ("Microsoft.KeyVault/vaults/read",),
        "keyvault show": ("Microsoft.KeyVault/vaults/read",),
        "keyvault key list": ("Microsoft.KeyVault/vaults/keys/read",),
        "keyvault key rotation-policy show": ("Microsoft.KeyVault/vaults/keyrotationpolicies/read",),
    },
    wider={
        "keyvault key list": (
            "the keys of a vault with RBAC are data: the action stands under dataActions of the role"
        ),
        "keyvault key rotation-policy show": (
            "the policy of a key is data: the action stands under dataActions of the role"
        ),
    },
    unknown={
        "account show": ("it tells of the login that the CLI itself keeps; no document of an action was found"),
        "vm list": "what `--show-details` reads beside the machines is not documented action by action",
        "sql server firewall-rule list": "the row of its action was not found in Microsoft's tables",
        "sql server ipv6-firewall-rule list": "the row of its action was not found in Microsoft's tables",
        "sql server audit-policy show": "the row of its action was not found in Microsoft's tables",
        "sql server tde-key show": "the row of its action was not found in Microsoft's tables",
        "sql db tde show": "the row of its action was not found in Microsoft's tables",
        "monitor diagnostic-settings subscription list": (
            "Microsoft's tables have one action of diagnostic settings, of a resource"
        ),
        "network watcher flow-log list": ("the CLI looks for the watcher first; which action that needs was not found"),
    },
)
