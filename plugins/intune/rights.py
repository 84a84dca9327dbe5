"""The application permission of each call of Microsoft Graph, from the table "Permissions" of its own page
(https://learn.microsoft.com/graph/api/organization-list, .../intune-devices-manageddevice-list).
"""

from soc2test import Rights

__all__ = ["RIGHTS"]

RIGHTS = Rights(
    called="application permissions of Microsoft Graph",
    give=(
        "application permissions of the app registration that `az login --service-principal` signs in, with "
        "an administrator's consent; a person who signs in needs a role in the directory instead"
    ),
    url="https://learn.microsoft.com/graph/permissions-reference",
    of={
        "organization": ("Directory.Read.All",),
        "deviceManagement managedDevices": ("DeviceManagementManagedDevices.Read.All",),
    },
)
