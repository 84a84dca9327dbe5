"""The OAuth scopes of each call of Slack's Web API.

`users:read` for `users.list`, and `users:read.email` "to access the `email` field in user objects returned by the
`users.list`" (https://docs.slack.dev/changelog/2016-11-10-addressing-email-addresses).
"""

from soc2test import Rights

__all__ = ["RIGHTS"]

RIGHTS = Rights(
    called="OAuth scopes",
    give="in the app whose user token is used, as scopes of a user token",
    url="https://docs.slack.dev/reference/methods/users.list",
    of={
        "users.list": ("users:read", "users:read.email"),
    },
    wider={
        "users.list": ("Slack shows who has set up a second factor to administrators alone: a user token of one"),
    },
    unknown={
        "auth.test": "no scope was found in Slack's documents",
    },
)
