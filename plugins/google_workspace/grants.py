"""Applications of others that users let into their accounts.

https://developers.google.com/workspace/admin/directory/reference/rest/v1/tokens
"""

from typing import Any

from soc2test import Facts, Item, Subject, facts, listed, or_unknown, text, unpaged
from soc2test_plugins.google_workspace.kinds import GoogleGrant, GoogleUser
from soc2test_plugins.google_workspace.source import DIRECTORY, google_workspace, uid

_KIND = "admin#directory#tokenList"


def _none_is_none(body: Any) -> Any:
    """Google leaves the list out where a user let nobody in."""
    if isinstance(body, dict) and body.get("kind") == _KIND and "items" not in body:
        return {**body, "items": []}
    return body


@google_workspace.reads(
    "tokens list",
    kind=GoogleGrant,
    items="items",
    lists=True,
    per=GoogleUser,
    subject="user",
    prepare=_none_is_none,
    paging=unpaged,  # the call knows no pages
    command=DIRECTORY + 'users/{user}/tokens"',
)
def token(item: Item, at: Subject) -> Facts:
    """What one user lets one application do; what was revoked is not listed."""
    return facts(
        uid(at, "tokens", at["user"], item["clientId"]),
        name=item["displayText"],
        active=True,
        rights=or_unknown(lambda: tuple(sorted(text(scope) for scope in listed(item["scopes"])))),
    )
