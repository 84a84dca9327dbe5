"""The source `google_workspace`: its scope and its errors."""

import re
from typing import Any

from soc2test import Collecting, ErrorInfo, Source, Subject, WhoAmI, by_token, id_text
from soc2test_plugins.google_workspace.identity import IDENTITY
from soc2test_plugins.google_workspace.rights import RIGHTS

__all__ = ["CLOUD_IDENTITY", "DIRECTORY", "REPORTS", "error_info", "google_workspace", "uid"]

_CURL = 'curl --fail-with-body -sS -H "Authorization: Bearer $TOKEN" "'
DIRECTORY = _CURL + "https://admin.googleapis.com/admin/directory/v1/"
"""How commands to the directory begin; the token needs read-only scopes."""

REPORTS = _CURL + "https://admin.googleapis.com/admin/reports/v1/"
"""How commands to the reports of what happened begin."""

CLOUD_IDENTITY = _CURL + "https://cloudidentity.googleapis.com/v1/"
"""How commands to Cloud Identity begin."""

_REASON = re.compile(r"[A-Za-z_]{1,60}", re.ASCII)


def error_info(body: Any) -> ErrorInfo | None:
    """Google's error body `{"error": {"code", "message", "status"}}`."""
    inner = body.get("error") if isinstance(body, dict) else None
    if not isinstance(inner, dict) or "code" not in inner:
        return None
    status = inner.get("status")
    code = status if isinstance(status, str) and _REASON.fullmatch(status) else str(inner["code"])
    return ErrorInfo(code, inner["code"] if isinstance(inner["code"], int) else None)


COLLECTING = Collecting(
    tools={"curl --version": "7.76.0", "jq --version": "1.5"},  # --fail-with-body came with curl 7.76.0
    variables={"TOKEN": "an access token of Google with read-only scopes"},
    whoami=WhoAmI(
        operation="customers get",
        command=DIRECTORY + 'customers/{customer}"',
        says={"id": "{customer}"},
        known={"customer": "C[0-9a-z]+"},  # `my_customer` is the caller's own
    ),
    follow="page_token",
    rights=RIGHTS,
)

google_workspace = Source(
    "google_workspace",
    title="Google Workspace",
    hosted_by=["Google Workspace", "G Suite", "GSuite", "Google Apps"],
    sold_by=["Google"],
    scope=("customer",),
    identity=IDENTITY,
    command=DIRECTORY + '<path of {operation}>"',
    paging=by_token("nextPageToken"),
    error=error_info,
    denied=("401", "403", "PERMISSION_DENIED", "UNAUTHENTICATED"),
    collecting=COLLECTING,
    url="https://developers.google.com/workspace/admin/directory/reference/rest",
)


def uid(at: Subject, *parts: Any) -> str:
    """An id below the customer: google_workspace/C0123abcd/users/<id>.

    Raises `UnknownFact` for a part that names nothing.
    """
    return "/".join(("google_workspace", at["customer"], *map(id_text, parts)))
