"""The source `github`: its scope, its errors, its ids."""

import re
from typing import Any

from soc2test import Collecting, ErrorInfo, Item, Source, Subject, WhoAmI, by_full_page, by_token, id_text
from soc2test.sources.paging import Paging
from soc2test_plugins.github.identity import IDENTITY
from soc2test_plugins.github.rights import RIGHTS

__all__ = [
    "EMPTY_REPOSITORY",
    "NOT_PROTECTED",
    "NO_PLAN",
    "all_counted",
    "counted",
    "counted_by",
    "error_info",
    "github",
    "repository_name",
    "uid",
]

NOT_PROTECTED = "Branch not protected"
NO_PLAN = "Upgrade to GitHub Pro or make this repository public to enable this feature"
"""A private repository on a free plan: no protection can be in force."""
EMPTY_REPOSITORY = "Git Repository is empty"

_NOT_FOUND = "Not Found"  # GitHub's answer too where the caller may not know that the thing exists
_OWNERS_ONLY = "Only owners can use this filter"
_NAMED = (NOT_PROTECTED, NO_PLAN, EMPTY_REPOSITORY, _NOT_FOUND, _OWNERS_ONLY)
_ERROR_KEYS = {"message", "documentation_url", "status", "errors"}
_GH = re.compile(r"gh: (.{1,200}) \(HTTP (\d{3})\)")


def error_info(body: Any) -> ErrorInfo | None:
    """GitHub's error body `{"message", "documentation_url", "status"}`, in an array too, or gh's line on stderr.

    GitHub has no error codes: the message is the code where it decides something, else the HTTP status is.
    """
    if isinstance(body, str):
        match = _GH.search(body)
        return _info(match[1], match[2]) if match else None
    if isinstance(body, list) and len(body) == 1:
        body = body[0]
    if not isinstance(body, dict) or not {"message", "documentation_url"} <= set(body) <= _ERROR_KEYS:
        return None
    return _info(str(body["message"]), str(body.get("status", "")))


def _info(message: str, status: str) -> ErrorInfo:
    text = message.rstrip(".")
    return ErrorInfo(text if text in _NAMED else status or "error", int(status) if status.isdecimal() else None)


_NO_WHOLE_LIST = (
    "GitHub lists fine-grained tokens alone, to GitHub Apps alone, and not when one was made: no control can tell from "
    "it whether all tokens, classic ones and deploy keys too, are renewed and used"
)

COLLECTING = Collecting(
    tools={"gh --version": "2.48.0", "jq --version": "1.5"},  # --slurp came with gh 2.48.0; Debian 12 has 2.23
    whoami=WhoAmI(operation="orgs get", command="gh api orgs/{org}", says={"login": "{org}"}),
    follows="--paginate",
    rights=RIGHTS,
)

github = Source(
    "github",
    title="GitHub",
    hosted_by=["GitHub", "Git Hub"],
    sold_by=["Microsoft"],
    scope=("org",),
    identity=IDENTITY,
    command="gh api --paginate --slurp <path of {operation}>",
    paging=by_full_page(30, 100),  # the Link header that tells of a next page is not in an export
    error=error_info,
    denied=("401", "403", _NOT_FOUND, _OWNERS_ONLY),
    unread={"orgs list-pat-grants": _NO_WHOLE_LIST, "orgs list-pat-grant-requests": _NO_WHOLE_LIST},
    collecting=COLLECTING,
    url="https://docs.github.com/en/rest",
)


def all_counted(key: str) -> Paging:
    """For lists in an object that counts them: fewer items than `total_count` are a part of them."""
    token = by_token()

    def more(body: Any) -> str | None:
        if not isinstance(body, dict):
            return None
        items, total = body.get(key), body.get("total_count")
        if isinstance(items, list) and (not isinstance(total, int) or total != len(items)):
            return f"holds {len(items)} items and does not count as many in total"
        return token(body)

    return more


def counted_by(key: str) -> Paging:
    """For lists in an object whose total is held against the items of all pages: without one nothing is."""

    def more(body: Any) -> str | None:
        told = isinstance(body, dict) and isinstance(body.get(key), int)
        return by_token()(body) if told or not isinstance(body, dict) else "does not count its items"

    return more


counted = counted_by("total_count")


def uid(at: Subject, *parts: Any) -> str:
    """An id below the organisation: github/acme/web. Raises `UnknownFact` for a part that names nothing."""
    return "/".join(("github", at["org"], *map(id_text, parts)))


def repository_name(item: Item, at: Subject) -> str:
    """The repository of an alert: in the item where an organisation's are listed, else in the subject."""
    return id_text(item["repository"]["name"]) if "repository" in item else at["repo"]
