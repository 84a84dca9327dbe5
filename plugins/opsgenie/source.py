"""The source `opsgenie`: its scope, its errors, its pages, its ids."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from soc2test import Collecting, ErrorInfo, ScopeIdentity, Source, Subject, by_token, id_text

__all__ = ["ALERTS", "API", "COUNT", "error_info", "more", "opsgenie", "uid"]

API = 'curl --fail-with-body -sS -H "Authorization: GenieKey $OPSGENIE_API_KEY" "https://api.opsgenie.com/v2/'
"""How each command begins; "if using the EU instance of Opsgenie, the URL needs to be https://api.eu.opsgenie.com"
(docs.opsgenie.com/docs/alert-api)."""
ALERTS, COUNT = "listAlerts", "countAlerts"

_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(-[0-9]+)?", re.ASCII)
_follows = by_token("paging.next")


def error_info(body: Any) -> ErrorInfo | None:
    """Opsgenie's error body `{"message": "...", "code": 40301, "took": 0.01, "requestId": "..."}` (ErrorResponse).

    What numbers `code` holds is not documented: whose key may not look is told by the status of HTTP.
    """
    if not isinstance(body, dict) or "data" in body or "message" not in body:
        return None
    code = body.get("code")
    known = isinstance(code, int) and not isinstance(code, bool)
    return ErrorInfo(str(code) if known else "error")


def more(body: Any) -> str | None:
    """Why this is not everything: the answer names a next page, or is none of Opsgenie's answers with pages."""
    if not isinstance(body, dict) or not isinstance(body.get("data"), list):
        return "is not an answer of Opsgenie (`data`)"
    return _follows(body)


def once(at: Mapping[str, str], operation: str, item: Any) -> Iterator[str]:
    """The id of an alert, "8743a1b2-11da-480e-8493-744660987bef"; the short one (`tinyId`) each account counts anew."""
    id = item.get("id") if isinstance(item, dict) else None
    if operation == ALERTS and isinstance(id, str) and _UUID.fullmatch(id):
        yield id


opsgenie = Source(
    "opsgenie",
    title="Opsgenie",
    hosted_by=["Opsgenie", "Atlassian"],
    scope=("account",),
    identity=ScopeIdentity(once=once),
    command=API + '<path of {operation}>"',
    paging=more,
    error=error_info,
    denied=("401", "402", "403"),
    collecting=Collecting(
        tools={"curl --version": "7.76.0", "jq --version": "1.5"},  # --fail-with-body came with curl 7.76.0
        variables={
            # a team's key sees the team's alerts alone, and the count is of these too
            "OPSGENIE_API_KEY": "the key of an API integration of Opsgenie of the whole account, no team's, that reads"
        },
        follow="paging_next",
    ),
    url="https://docs.opsgenie.com/docs/alert-api",
)


def uid(at: Subject, *parts: Any) -> str:
    """An id below the account: opsgenie/acme/alerts/8743a1b2-... Raises `UnknownFact` for a part that names nothing."""
    return "/".join(("opsgenie", at["account"], *map(id_text, parts)))
