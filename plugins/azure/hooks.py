"""How the plugin enters: its source, and answers of Azure Resource Manager that lie elsewhere, known by their type."""

import re
from collections.abc import Iterable

from soc2test import Claim, Export, Source, hookimpl
from soc2test_plugins.azure import (  # noqa: F401  # they declare
    access,
    compute,
    constants,  # it declares
    databases,
    diagnostics,
    network,
    roles,
    storage,
    vaults,
)
from soc2test_plugins.azure.source import azure

__all__ = ["soc2_claim", "soc2_sources"]

_TYPES = {
    "microsoft.authorization/locks": "lock list",
    "microsoft.authorization/roleassignments": "role assignment list",
    "microsoft.compute/disks": "disk list",
    "microsoft.compute/snapshots": "snapshot list",
    "microsoft.compute/virtualmachines": "vm list",
    "microsoft.dbforpostgresql/flexibleservers": "postgres flexible-server list",
    "microsoft.keyvault/vaults": "keyvault list",
    "microsoft.network/networksecuritygroups": "network nsg list",
    "microsoft.network/networkwatchers/flowlogs": "network watcher flow-log show",
    "microsoft.sql/servers": "sql server list",
    "microsoft.storage/storageaccounts": "storage account list",
}
_ID = re.compile(rb'"id"\s*:\s*"/subscriptions/([0-9a-fA-F-]{36})/')
_TYPE = re.compile(rb'"type"\s*:\s*"(Microsoft\.[\w./]+)"', re.IGNORECASE)


@hookimpl
def soc2_sources() -> Iterable[Source]:
    """The source `azure`."""
    return [azure]


@hookimpl
def soc2_claim(export: Export) -> Claim | None:
    """A list of resources of one type, by their ids and the first type named; no deployment template."""
    if export.path.suffix != ".json":
        return None
    head = export.head()
    subscription, type_ = _ID.search(head), _TYPE.search(head)
    if subscription is None or type_ is None or b'"$schema"' in head:
        return None
    operation = _TYPES.get(type_[1].decode().lower())
    return Claim("azure", operation, {"subscription": subscription[1].decode().lower()}) if operation else None
