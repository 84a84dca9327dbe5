"""What a user of Jira must be permitted for each call, from "Permissions required" of the call
(https://developer.atlassian.com/cloud/jira/platform/rest/v3/, Get all users).
"""

from soc2test import Rights

__all__ = ["USERS"]

USERS = Rights(
    called="permissions of a user",
    give="by an administrator of Jira, as a global permission of a group that the user of the API token is in",
    url="https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-users/",
    of={
        "users-search": ("Browse users and groups (global permission)",),
    },
)
