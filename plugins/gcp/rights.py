"""The IAM permission of each call of Cloud Asset Inventory, by its content type.

From "Configure an account" of https://cloud.google.com/asset-inventory/docs/listing-assets, and from
https://cloud.google.com/asset-inventory/docs/roles-permissions that `serviceusage.services.use` is needed beside them.
"""

from soc2test import Rights

__all__ = ["RIGHTS"]

RIGHTS = Rights(
    called="IAM permissions",
    give="on the organization, folder or project asked; Cloud Asset Viewer with Service Usage Consumer has them",
    url="https://cloud.google.com/asset-inventory/docs/roles-permissions",
    of={
        "asset list resource": ("cloudasset.assets.listResource", "serviceusage.services.use"),
        "asset list iam-policy": ("cloudasset.assets.listIamPolicy", "serviceusage.services.use"),
    },
    unknown={
        "auth list": "it names the accounts that gcloud itself keeps; no document of a permission was found",
    },
)
