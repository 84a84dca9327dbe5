"""What a user of Jira must be permitted for each call, from "Permissions required" of the call
(https://developer.atlassian.com/cloud/jira/platform/rest/v3/, Get all users).
"""

from soc2test import Rights

__all__ = ["USERS"]

USERS = Rights(
    called="permissions of a user",
    give=("by an administrator of Jira under Global permissions, to a group of the user whose API token is used"),
    url="https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-users/",
    of={
        "users-search": ("Browse users and groups (global permission)",),
    },
)
