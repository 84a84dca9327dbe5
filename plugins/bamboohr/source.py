"""The source `bamboohr`: its scope, its errors, its pages, its ids."""

from typing import Any
from urllib.parse import unquote

from soc2test import Collecting, ErrorInfo, Source, Subject, by_token, id_text
from soc2test_plugins.bamboohr.identity import COMPANY, IDENTITY, link_to_itself

__all__ = ["API", "bamboohr", "error_info", "more", "uid"]

API = (
    'curl --fail-with-body -g -sS -u "$BAMBOOHR_API_KEY:x" -H "Accept: application/json" '
    '"https://{subdomain}.bamboohr.com/api/v1/'
)
"""How each command begins; the key is the name of HTTP's basic authentication, and any text its password."""

_follows = by_token("meta.page.nextCursor", "_links.next")
_LEAVES_OUT = ("filter", "sort")
"""Questions that leave people out: "if the caller cannot read a field used in `filter` or `sort`, the affected employee
is dropped from the result set entirely" (list-employees); and a filter by status leaves out who left."""


def error_info(body: Any) -> ErrorInfo | None:
    """A problem after RFC 7807, `{"type", "title", "status": 403, "detail"}` (ProblemDetailsResponse)."""
    if not isinstance(body, dict) or "data" in body:
        return None
    status = body.get("status")
    if isinstance(status, int) and not isinstance(status, bool):
        return ErrorInfo(str(status), status)
    return ErrorInfo("error") if "title" in body or "detail" in body else None


def more(body: Any) -> str | None:
    """Why this is not everybody: a page follows, the count is not there, or less than all was asked for.

    `meta.total` is the "count of all employees matching the filter, not just the current page", which what was read is
    held against; an answer says in its link to itself (`_links.self`) what was asked.
    """
    meta = body.get("meta") if isinstance(body, dict) else None
    total = meta.get("total") if isinstance(meta, dict) else None
    if not isinstance(total, int) or isinstance(total, bool):
        return "does not say how many there are in all (meta.total)"
    _, _, asked = unquote(link_to_itself(body)).partition("?")
    for parameter in _LEAVES_OUT:
        if any(question.startswith((f"{parameter}[", f"{parameter}=")) for question in asked.split("&")):
            return f"was asked with `{parameter}`, which leaves people out"
    return _follows(body)


bamboohr = Source(
    "bamboohr",
    title="BambooHR",
    hosted_by=["BambooHR", "Bamboo HR"],
    scope=("subdomain",),
    forms={"subdomain": COMPANY},
    identity=IDENTITY,
    command=API + '<path of {operation}>"',
    paging=more,
    error=error_info,
    denied=("401", "403"),
    collecting=Collecting(
        tools={"curl --version": "7.76.0"},  # --fail-with-body came with curl 7.76.0
        variables={
            # a key sees what its user sees: of a manager's the rest of the company would be missing
            "BAMBOOHR_API_KEY": "an API key of a user of BambooHR who may see all employees, also those who left, and "
            "their work email, hire date, original hire date, termination date and manager"
        },
    ),
    unread={
        "employees directory": 'it is "intentionally incomplete": a company can hide people in it, "commonly '
        'contractors", and it holds nobody who left; export list-employees',
        "reports custom": "its columns and filters are whatever somebody chose; export list-employees",
    },
    url="https://documentation.bamboohr.com/reference",
)


def uid(at: Subject, *parts: Any) -> str:
    """An id below the company: bamboohr/acme/employees/123. Raises `UnknownFact` for a part that names nothing."""
    return "/".join(("bamboohr", at["subdomain"], *map(id_text, parts)))
