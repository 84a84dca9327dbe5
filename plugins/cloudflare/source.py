"""The source `cloudflare`: its scope, its errors, its pages, its ids."""

from typing import Any

from soc2test import Collecting, ErrorInfo, Rights, Source, Subject, id_text
from soc2test_plugins.cloudflare.identity import ACCOUNT, IDENTITY

__all__ = ["API", "MEMBERS", "cloudflare", "error_info", "more", "uid"]

API = (
    'curl --fail-with-body -sS -H "Authorization: Bearer $CLOUDFLARE_API_TOKEN" "https://api.cloudflare.com/client/v4/'
)
"""How each command begins."""
MEMBERS = "accounts members"

_DENIED = ("10000", "401", "403")
"""The first: "Authentication error"."""


def error_info(body: Any) -> ErrorInfo | None:
    """Cloudflare's error body `{"success": false, "errors": [{"code": 10000, "message": ...}], "result": null}`."""
    if not isinstance(body, dict) or body.get("success") is not False:
        return None
    errors = body.get("errors")
    first = errors[0] if isinstance(errors, list) and errors and isinstance(errors[0], dict) else {}
    code = first.get("code")
    known = isinstance(code, int) and not isinstance(code, bool)
    return ErrorInfo(str(code) if known else "error")


def more(body: Any) -> str | None:
    """Why this is not everybody: `result_info` says of which page it is, and how many there are in all.

    What was read is held against `total_count` beside this, which the last page says as well as the first.
    """
    told = body.get("result_info") if isinstance(body, dict) else None
    total = told.get("total_count") if isinstance(told, dict) else None
    if not isinstance(total, int) or isinstance(total, bool):
        return "does not say how many there are in all (result_info.total_count)"
    return None


cloudflare = Source(
    "cloudflare",
    title="Cloudflare",
    hosted_by=["Cloudflare"],
    scope=("account",),
    forms={"account": ACCOUNT},
    identity=IDENTITY,
    command=API + '<path of {operation}>"',
    paging=more,
    error=error_info,
    denied=_DENIED,
    collecting=Collecting(
        tools={"curl --version": "7.76.0", "jq --version": "1.5"},  # --fail-with-body came with curl 7.76.0
        variables={"CLOUDFLARE_API_TOKEN": "an API token of the Cloudflare account with Account Settings Read"},
        follow="page_of_pages",
        rights=Rights(
            called="permissions of an API token",
            give="to the API token, for the account",
            url="https://developers.cloudflare.com/api/resources/accounts/subresources/members/methods/list",
            of={MEMBERS: ("Account Settings Read",)},
        ),
    ),
    url="https://developers.cloudflare.com/api/resources/accounts/subresources/members",
)


def uid(at: Subject, *parts: Any) -> str:
    """An id below the account: cloudflare/01a7.../members/45... Raises `UnknownFact` for a part that names nothing."""
    return "/".join(("cloudflare", at["account"], *map(id_text, parts)))
