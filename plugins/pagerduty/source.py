"""The source `pagerduty`: its scope, its errors, its pages, its ids."""

from typing import Any

from soc2test import Collecting, ErrorInfo, Source, Subject, id_text
from soc2test_plugins.pagerduty.identity import IDENTITY

__all__ = ["API", "error_info", "more", "pagerduty", "uid"]

API = (
    'curl --fail-with-body -sS -H "Authorization: Token token=$PAGERDUTY_API_KEY" '
    '-H "Accept: application/vnd.pagerduty+json;version=2" "https://api.pagerduty.com/'
)
"""How each command begins; accounts of the European service region ask api.eu.pagerduty.com."""

_DENIED = ("2006", "2008", "2010", "2012", "2014", "401", "402", "403")
"""PagerDuty's codes that mean "not allowed to look" (REST API, Errors): authentication failed, account locked, access
denied, expired account, missing ability; and the statuses of HTTP that come with them."""


def error_info(body: Any) -> ErrorInfo | None:
    """PagerDuty's error body `{"error": {"message", "code": 2010, "errors": []}}` (REST API, Errors)."""
    inner = body.get("error") if isinstance(body, dict) else None
    if not isinstance(inner, dict):
        return None
    code = inner.get("code")
    known = isinstance(code, int) and not isinstance(code, bool)
    return ErrorInfo(str(code) if known else "error")


def more(body: Any) -> str | None:
    """Why this is not everything: a page follows, or the pages before it are not there.

    "The `more` field will always be `true` or `false`", and `offset` and `limit` echo what was asked for (REST API,
    Classic pagination). Of several pages this is the last one with the items of all, so that `offset` of them came
    before it; `total` is null unless it was asked for. What libraries hand on as a bare array has lost that, and may
    be the first page of several.
    """
    if not isinstance(body, dict) or not isinstance(body.get("more"), bool):
        return "is not all of an answer of PagerDuty, which says whether more follow (`more`)"
    if body["more"]:
        return "says that more follow (`more`)"
    items = next((value for key, value in body.items() if key in ("incidents", "users")), None)
    before, size = body.get("offset"), body.get("limit")
    if not isinstance(items, list) or not isinstance(before, int) or not isinstance(size, int):
        return "does not say where it begins (`offset`, `limit`)"
    if not before <= len(items) <= before + size:
        return f"begins after {before}, and {len(items)} are there in all"
    total = body.get("total")
    return None if total is None or total == len(items) else "states another number of all (`total`) than are there"


pagerduty = Source(
    "pagerduty",
    title="PagerDuty",
    hosted_by=["PagerDuty"],
    scope=("account",),
    identity=IDENTITY,
    command=API + '<path of {operation}>"',
    paging=more,
    error=error_info,
    denied=_DENIED,
    collecting=Collecting(
        tools={"curl --version": "7.76.0", "jq --version": "1.5"},  # --fail-with-body came with curl 7.76.0
        variables={
            # a user's key sees what the user sees: the pages of private teams may be missing
            "PAGERDUTY_API_KEY": "a read-only API key of the PagerDuty account (no user's, which may not see all)"
        },
        follow="offset",
    ),
    url="https://developer.pagerduty.com/api-reference",
)


def uid(at: Subject, *parts: Any) -> str:
    """An id below the account: pagerduty/acme/users/PXPGF42. Raises `UnknownFact` for a part that names nothing."""
    return "/".join(("pagerduty", at["account"], *map(id_text, parts)))
