"""The source `hibob`: its scope, its errors, its call, its ids."""

from typing import Any

from soc2test import Collecting, ErrorInfo, Rights, Source, Subject, id_text, unpaged
from soc2test_plugins.hibob.fields import FIELDS
from soc2test_plugins.hibob.identity import IDENTITY

__all__ = ["API", "LIFECYCLE", "PEOPLE", "error_info", "hibob", "uid"]

API = (
    'curl --fail-with-body -sS -u "$HIBOB_SERVICE_USER:$HIBOB_TOKEN" -H "Accept: application/json" '
    '"https://api.hibob.com/v1/'
)
"""How each command begins: a service user's id and token (apidocs.hibob.com/docs/api-service-users)."""
LIFECYCLE, PEOPLE = "bulk-people-lifecycle", "people-search"

_COMMAND = (
    "<answer of {company} to a POST of https://api.hibob.com/v1/people/search with showInactive true, humanReadable "
    f"APPEND, no filters, and the fields {', '.join(FIELDS)}>"
)
"""No command: what is asked for stands in a body, and `soc2test collect` sends none."""
_RIGHTS = Rights(
    called="permissions of a service user",
    give="by an administrator of HiBob, in the permission group that the service user is in",
    url="https://apidocs.hibob.com/reference/get_bulk-people-lifecycle",
    of={LIFECYCLE: ("People's Data > Lifecycle > View selected employees' Lifecycle section histories",)},
)


def error_info(body: Any) -> ErrorInfo | None:
    """HiBob's error `{"key": "...", "error": "..."}`, of which no list of keys is public (OpenAPI, ModelError)."""
    if not isinstance(body, dict) or "employees" in body or "results" in body or not ("error" in body or "key" in body):
        return None
    return ErrorInfo("error")


hibob = Source(
    "hibob",
    title="HiBob",
    hosted_by=["HiBob", "Hi Bob"],
    scope=("company",),
    identity=IDENTITY,
    command=_COMMAND,
    paging=unpaged,  # "no server-side page size and no truncation of the employee list" (People read API contract)
    error=error_info,
    denied=("401", "403"),
    collecting=Collecting(
        tools={"curl --version": "7.76.0", "jq --version": "1.5"},  # --fail-with-body came with curl 7.76.0
        variables={
            # who is not in its permission group, and fields that it may not view, are left out without a word
            "HIBOB_SERVICE_USER": "the id of a service user of HiBob who may access everybody, also who left, and view "
            "the fields of people-search and the histories of lifecycles",
            "HIBOB_TOKEN": "the token of that service user",
        },
        follow="cursor",
        rights=_RIGHTS,
    ),
    unread={"profiles": "it lists active people alone; export people-search"},
    url="https://apidocs.hibob.com/docs/people-read-api-contract",
)


def uid(at: Subject, *parts: Any) -> str:
    """An id below the company: hibob/acme/people/3332883. Raises `UnknownFact` for a part that names nothing."""
    return "/".join(("hibob", at["company"], *map(id_text, parts)))
