"""The sources `jira` and `jira_users`: their scopes, their errors, their pages, their ids.

Tickets are declared project by project, users are those of a whole site: who declares the one need not have the other.
"""

from typing import Any

from soc2test import Collecting, ErrorInfo, Source, Subject, by_full_page, id_text
from soc2test_plugins.jira.identity import IDENTITY, OF_USERS, PROJECT, SITE
from soc2test_plugins.jira.rights import USERS

__all__ = ["API", "error_info", "jira", "jira_users", "more", "uid"]

API = 'curl --fail-with-body -sS -u "$JIRA_EMAIL:$JIRA_API_TOKEN" "https://{site}.atlassian.net/rest/api/3/'
"""How each command begins (developer.atlassian.com/cloud/jira/platform, Basic auth for REST APIs)."""

_ERROR_KEYS = {"errorMessages", "errors", "status"}

_HOSTED_BY = ("Atlassian", "Jira")
_DENIED = ("401", "403", "404")
"""The last: it is not there, or is not to be seen."""
_OF_THAT_USER = "an API token of that user"  # whoever is not known is answered as anybody is: with an empty list


def error_info(body: Any) -> ErrorInfo | None:
    """Jira's error body `{"errorMessages": ["..."], "errors": {}, "status": 403}` (OpenAPI, ErrorCollection).

    Most answers leave `status` out; their texts are in the language of whoever asked, and name no code.
    """
    if not isinstance(body, dict) or "errorMessages" not in body or not set(body) <= _ERROR_KEYS:
        return None
    status = body.get("status")
    known = isinstance(status, int) and not isinstance(status, bool)
    return ErrorInfo(str(status), status) if known else ErrorInfo("error")


def more(body: Any) -> str | None:
    """Why this is not everything: a page follows, or a part of what was asked for was not looked for.

    `isLast`: "Indicates whether this is the last page of the paginated response" (OpenAPI, SearchAndReconcileResults
    and PageBeanProject). It is no required key, and an answer without it is taken for a part, as one is that was cut
    out of a page. `nextPageToken` "is not included in the response for the last page". `warnings` of a search say what
    of it was left out.
    """
    if not isinstance(body, dict) or not isinstance(body.get("isLast"), bool):
        return "is not all of an answer of Jira, which says whether it is the last page (`isLast`)"
    if not body["isLast"] or body.get("nextPageToken") is not None:
        return "says that more follow (`isLast`, `nextPageToken`)"
    return "says that not all was looked for (`warnings`)" if body.get("warnings") else None


jira = Source(
    "jira",
    title="Jira Cloud",
    hosted_by=_HOSTED_BY,
    scope=("site", "project"),
    forms={"site": SITE, "project": PROJECT},
    identity=IDENTITY,
    command=API + '<path of {operation}>"',
    paging=more,
    error=error_info,
    denied=_DENIED,
    collecting=Collecting(
        tools={"curl --version": "7.76.0", "jq --version": "1.5"},  # --fail-with-body came with curl 7.76.0
        variables={
            "JIRA_EMAIL": "the address of a user of the site who may browse all issues of the projects",
            "JIRA_API_TOKEN": _OF_THAT_USER,
        },
        follow="next_page_token",
    ),
    url="https://developer.atlassian.com/cloud/jira/platform/rest/v3/",
)

jira_users = Source(
    "jira_users",
    title="Jira Cloud, users",
    hosted_by=_HOSTED_BY,
    scope=("site",),
    forms={"site": SITE},
    identity=OF_USERS,
    command=API + '<path of {operation}>"',
    paging=by_full_page(50, 1000),  # 50 unless more are asked for, "limited to 1000"; nothing names a next page
    error=error_info,
    denied=_DENIED,
    collecting=Collecting(
        tools={"curl --version": "7.76.0"},
        variables={
            "JIRA_EMAIL": "the address of a user of the site who may browse users and groups",
            "JIRA_API_TOKEN": _OF_THAT_USER,
        },
        rights=USERS,
    ),
    url="https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-users/",
)


def uid(at: Subject, *parts: Any) -> str:
    """An id below the site: jira/acme/issues/10002. Raises `UnknownFact` for a part that names nothing."""
    return "/".join(("jira", at["site"], *map(id_text, parts)))
