"""Users of a site.

https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-users/ (OpenAPI of Jira Cloud, getAllUsers, User).
"""

from typing import Any

from soc2test import Facts, Item, Skip, Subject, Unknown, facts, flag, meaning, or_unknown, skip, text
from soc2test_plugins.jira.kinds import JiraUser
from soc2test_plugins.jira.source import API, jira_users, uid

_CORRUPTED = "unknown"
_TYPES = {
    "atlassian": "",
    "app": "an account that stands for an app: what apps may do is not read",
    "customer": "a customer of the service desk",
}
"""`accountType`: "`atlassian` regular Atlassian user account, `app` system account used for Connect applications and
OAuth to represent external systems, `customer` Jira Service Desk account representing an external service desk"."""
_HIDDEN = Unknown(
    "the user's own profile hides the address from who asked: ask as an administrator of managed accounts",
    what="emailAddress",
)


@jira_users.reads(
    "users-search",
    kind=JiraUser,
    items="",
    lists=True,
    never_empty=True,  # whoever asks is a user
    command=API + 'users/search?maxResults=1000"',
)
def user(item: Item, at: Subject) -> Facts | Skip:
    """A user, also one who was switched off or deleted.

    "User record corrupted: [...] can only happen to deleted users. In this case, `accountId` returns `unknown`".
    """
    id = text(item["accountId"])
    if id == _CORRUPTED:
        return skip("a corrupted record, which deleted users alone have")
    other = meaning(item["accountType"], _TYPES)
    if other:
        return skip(other, uid(at, "users", id))
    active = or_unknown(lambda: flag(item["active"]))
    email = _email(item)
    return facts(
        uid(at, "users", id),
        name=email if isinstance(email, str) else id,
        email=email,
        human=True,
        root=False,
        active=active,
        disabled_at=None if active is True else Unknown("Jira does not list when a user was switched off"),
        owner=None,
    )


def _email(item: Item) -> Any:
    """ "Depending on the user's privacy settings, this may be returned as null"; deleted users have an empty one."""
    email = or_unknown(lambda: item.or_else("emailAddress", None))
    return _HIDDEN if email in (None, "") else email
