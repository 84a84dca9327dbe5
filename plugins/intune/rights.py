"""The application permission of each call of Microsoft Graph, from the table "Permissions" of its own page
(https://learn.microsoft.com/graph/api/organization-list, .../intune-devices-manageddevice-list).
"""

from soc2test_plugins.graph import rights

__all__ = ["RIGHTS"]

RIGHTS = rights(
    of={
        "organization": ("Directory.Read.All",),
        "deviceManagement managedDevices": ("DeviceManagementManagedDevices.Read.All",),
    },
)
