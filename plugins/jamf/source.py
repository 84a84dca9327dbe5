"""The source `jamf`: its scope, its errors, its counts, its ids."""

from typing import Any

from soc2test import Collecting, ErrorInfo, Source, Subject, id_text
from soc2test_plugins.jamf.identity import IDENTITY

__all__ = ["API", "counted", "error_info", "jamf", "uid"]

API = 'curl --fail-with-body -sS -H "Authorization: Bearer $JAMF_TOKEN" "https://{server}/api/'
"""How each command begins."""


def error_info(body: Any) -> ErrorInfo | None:
    """Jamf's error body `{"httpStatus": 401, "errors": [{"code": "INVALID_TOKEN"}]}`; `errors` may be empty."""
    status = body.get("httpStatus") if isinstance(body, dict) else None
    if status is None:
        return None
    known = isinstance(status, int) and not isinstance(status, bool)
    return ErrorInfo(str(status), status) if known else ErrorInfo("error")


def counted(body: Any) -> str | None:
    """Each page says how many there are in all; what was read must be as many (`total`).

    A page holds 100 unless more are asked for, 2000 at most (jamf-pro-sdk 0.9a1, Paginator), and names no next one.
    """
    total = body.get("totalCount") if isinstance(body, dict) else None
    if isinstance(total, int) and not isinstance(total, bool):
        return None
    return "does not say how many there are in all (totalCount)"


jamf = Source(
    "jamf",
    title="Jamf Pro",
    hosted_by=["Jamf", "Jamf Pro", "Jamf Cloud"],
    scope=("server",),
    identity=IDENTITY,
    command=API + '<path of {operation}>"',
    paging=counted,
    error=error_info,
    denied=("401", "403"),
    collecting=Collecting(
        tools={"curl --version": "7.76.0"},  # --fail-with-body came with curl 7.76.0
        variables={"JAMF_TOKEN": "a token of an API client of Jamf Pro that may read computers and mobile devices"},
    ),
    url="https://developer.jamf.com/jamf-pro/reference",
)


def uid(at: Subject, *parts: Any) -> str:
    """An id below the server: jamf/acme.jamfcloud.com/computers/9. Raises `UnknownFact` for a part without a name."""
    return "/".join(("jamf", at["server"], *map(id_text, parts)))
