"""What each member of a kind is by what the kind is: a gap of the kind holds up no control over others."""

from soc2test_plugins.azure.kinds import (
    AzureEligibleMember,
    AzureEligibleRights,
    AzureMember,
    AzureSharedRights,
    AzureSnapshot,
)
from soc2test_plugins.azure.source import azure

for _kind in (AzureMember, AzureEligibleMember):
    azure.always(_kind, root=False, password=False)
for _rights in (AzureSharedRights, AzureEligibleRights):
    azure.always(_rights, root=False)
azure.always(AzureSnapshot, copy=True)
