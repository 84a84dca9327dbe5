"""The source `slack`: its scope, its errors, its pages, its ids."""

import re
from typing import Any

from soc2test import Collecting, ErrorInfo, Source, Subject, WhoAmI, by_token, id_text
from soc2test_plugins.slack.identity import IDENTITY, WORKSPACE
from soc2test_plugins.slack.rights import RIGHTS

__all__ = ["API", "error_info", "more", "slack", "uid"]

API = 'curl --fail-with-body -sS -H "Authorization: Bearer $SLACK_TOKEN" "https://slack.com/api/'
"""How each command begins."""

_CODE = re.compile(r"[a-z0-9_]{1,60}", re.ASCII)

_DENIED = (
    "access_denied", "account_inactive", "ekm_access_denied", "enterprise_is_restricted", "invalid_auth",
    "missing_scope", "no_permission", "not_allowed_token_type", "not_authed", "org_login_required",
    "team_access_not_granted", "token_expired", "token_revoked", "two_factor_setup_required",
)  # fmt: skip
"""Errors of `users.list` that mean "not allowed to look" (docs.slack.dev, users.list, Errors)."""


def error_info(body: Any) -> ErrorInfo | None:
    """Slack's error body `{"ok": false, "error": "missing_scope", "needed", "provided"}`, which comes with HTTP 200."""
    if not isinstance(body, dict) or body.get("ok") is not False:
        return None
    code = body.get("error")
    return ErrorInfo(code if isinstance(code, str) and _CODE.fullmatch(code) else "error")


_cursor = by_token("response_metadata.next_cursor")


def more(body: Any) -> str | None:
    """A page follows where `response_metadata.next_cursor` holds a text.

    "An empty, null, or non-existent `next_cursor` in the response indicates no further results" (docs.slack.dev,
    Pagination). That a page is not full says nothing: "Fewer than the requested number of items may be returned, even
    if the end of the users list hasn't been reached" (users.list, `limit`). Each answer has `ok`; one without it was
    cut out of an answer, perhaps without its cursor.
    """
    if not isinstance(body, dict) or body.get("ok") is not True:
        return 'is not all of an answer of Slack, which says "ok": true'
    return _cursor(body)


COLLECTING = Collecting(
    tools={"curl --version": "7.76.0", "jq --version": "1.5"},  # --fail-with-body came with curl 7.76.0
    variables={"SLACK_TOKEN": "a user token of an administrator with the scopes users:read and users:read.email"},
    whoami=WhoAmI(
        operation="auth.test",
        command=API + 'auth.test"',
        says={"team_id": "{workspace}"},
        who="user_id",
        known={"workspace": WORKSPACE},
    ),
    follow="cursor",
    rights=RIGHTS,
)

slack = Source(
    "slack",
    title="Slack",
    hosted_by=["Slack"],
    sold_by=["Salesforce"],
    scope=("workspace",),
    forms={"workspace": WORKSPACE},
    identity=IDENTITY,
    command=API + '{operation}"',
    paging=more,
    error=error_info,
    denied=_DENIED,
    collecting=COLLECTING,
    url="https://docs.slack.dev/reference/methods",
)


def uid(at: Subject, *parts: Any) -> str:
    """An id below the workspace: slack/T0123ABCD/U0123. Raises `UnknownFact` for a part that names nothing."""
    return "/".join(("slack", at["workspace"], *map(id_text, parts)))
