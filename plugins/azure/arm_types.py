"""What role assignments, locks and diagnostic settings lie on: each resource must be in a list of its type.

The types are those of Azure Resource Manager (https://learn.microsoft.com/azure/templates/, November 2026).
"""

import re
from collections.abc import Iterator, Mapping

from soc2test import (
    BackupPlan,
    Credential,
    DataStore,
    EncryptionKey,
    Endpoint,
    Host,
    LogStore,
    Missed,
    Network,
    NetworkRule,
    Resource,
    Said,
    Secret,
    Types,
    Workload,
    named,
)
from soc2test_plugins.azure.kinds import (
    AzureDisk,
    AzureKeyVault,
    AzurePostgresServer,
    AzureSecurityGroup,
    AzureSecurityRule,
    AzureSnapshot,
    AzureSqlDatabase,
    AzureSqlServer,
    AzureStorageAccount,
    AzureVm,
)

__all__ = ["LISTED", "TYPES", "whose"]

LISTED: Mapping[str, tuple[type[Resource], type[Resource]]] = {
    "microsoft.compute/disks": (AzureDisk, AzureDisk),
    "microsoft.compute/snapshots": (AzureSnapshot, AzureSnapshot),
    "microsoft.compute/virtualmachines": (AzureVm, AzureVm),
    "microsoft.dbforpostgresql/flexibleservers": (AzurePostgresServer, AzurePostgresServer),
    "microsoft.keyvault/vaults": (AzureKeyVault, AzureKeyVault),
    "microsoft.network/networksecuritygroups": (AzureSecurityGroup, AzureSecurityRule),
    "microsoft.sql/servers": (AzureSqlServer, AzureSqlDatabase),
    "microsoft.storage/storageaccounts": (AzureStorageAccount, AzureStorageAccount),
}
"""Type -> the kind whose list must hold it, and the kind that is missing where it does not."""

_STORES = """
microsoft.avs/privateclouds microsoft.azurearcdata/sqlserverinstances microsoft.cache/redis
microsoft.cache/redisenterprise microsoft.cognitiveservices/accounts microsoft.compute/galleries
microsoft.compute/images microsoft.compute/restorepointcollections microsoft.containerregistry/registries
microsoft.datafactory/factories microsoft.datalakestore/accounts microsoft.dbformariadb/servers
microsoft.dbformysql/flexibleservers microsoft.dbformysql/servers microsoft.dbforpostgresql/servers
microsoft.devices/iothubs microsoft.documentdb/databaseaccounts microsoft.documentdb/mongoclusters
microsoft.elasticsan/elasticsans microsoft.eventhub/namespaces microsoft.fabric/capacities
microsoft.healthcareapis/services microsoft.healthcareapis/workspaces microsoft.kusto/clusters
microsoft.netapp/netappaccounts
microsoft.recoveryservices/vaults microsoft.dataprotection/backupvaults microsoft.search/searchservices
microsoft.servicebus/namespaces microsoft.sql/managedinstances microsoft.synapse/workspaces
"""
_ENDPOINTS = """
microsoft.apimanagement/service microsoft.app/containerapps microsoft.cdn/profiles
microsoft.containerservice/managedclusters microsoft.logic/workflows microsoft.network/applicationgateways
microsoft.network/frontdoors
microsoft.network/loadbalancers microsoft.signalrservice/signalr microsoft.web/sites microsoft.web/staticsites
"""
_SETTINGS = """
microsoft.alertsmanagement/smartdetectoralertrules microsoft.authorization/policyassignments
microsoft.eventgrid/systemtopics microsoft.insights/actiongroups microsoft.insights/components
microsoft.insights/datacollectionrules microsoft.insights/metricalerts microsoft.managedidentity/userassignedidentities
microsoft.management/managementgroups microsoft.network/applicationsecuritygroups microsoft.network/dnszones
microsoft.network/networkinterfaces microsoft.network/networkwatchers microsoft.network/privatednszones
microsoft.network/privateendpoints microsoft.network/publicipaddresses microsoft.network/routetables
microsoft.portal/dashboards microsoft.resources/deployments microsoft.resources/templatespecs
microsoft.web/serverfarms
"""


def _others() -> Mapping[str, str | tuple[type[Resource], ...]]:
    words: dict[str, str | tuple[type[Resource], ...]] = {}
    words.update(dict.fromkeys(_STORES.split(), (DataStore,)))
    words.update(dict.fromkeys(_ENDPOINTS.split(), (Endpoint, Workload)))
    words.update(dict.fromkeys(_SETTINGS.split(), "settings, or a path to what other resources open"))
    words["microsoft.appconfiguration/configurationstores"] = (DataStore, Secret)
    words["microsoft.automation/automationaccounts"] = (Credential, Workload)
    words["microsoft.batch/batchaccounts"] = (Host,)
    words["microsoft.compute/virtualmachinescalesets"] = (Host,)
    words["microsoft.desktopvirtualization/hostpools"] = (Host,)
    words["microsoft.keyvault/managedhsms"] = (DataStore,)
    words["microsoft.machinelearningservices/workspaces"] = (Endpoint, Host, Workload)
    words["microsoft.network/virtualnetworks"] = (Network,)
    words["microsoft.operationalinsights/workspaces"] = (LogStore,)
    words["microsoft.databricks/workspaces"] = (DataStore, Workload)
    words["microsoft.dataprotection/backupinstances"] = (BackupPlan,)
    return words


_ANYTHING = (
    BackupPlan, Credential, DataStore, EncryptionKey, Endpoint, Host, LogStore, Network, NetworkRule, Secret, Workload,
)  # fmt: skip
"""What a resource of an unknown type may be; of those types that are listed it is none."""
TYPES = Types(read=LISTED, others=_others)
_RESOURCE = re.compile(r"(/subscriptions/[^/]+/resourcegroups/[^/]+/providers/([^/]+/[^/]+)/[^/]+)(?:/.*)?")


def whose(id: str) -> Iterator[Said]:
    """The resource that an id, in lower case, is of or below is there, whether its list names it or not.

    Gives nothing for a subscription or a group of resources, whose members are listed themselves.
    """
    match = _RESOURCE.fullmatch(id)
    if match is None:
        return
    word = TYPES.judge(match[2])
    if word is None:
        by, missing = LISTED[match[2]]
        yield named(match[1], by, missing)
    elif isinstance(word, Missed) and not word.kinds:
        yield Missed(word.text, _ANYTHING, word.unknown_type)
    else:
        yield word
