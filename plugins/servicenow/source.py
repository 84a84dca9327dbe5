"""The source `servicenow`: its scope, its errors, its pages, its ids."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from soc2test import Collecting, ErrorInfo, Owner, Rights, ScopeIdentity, Source, Subject, id_text, unpaged

__all__ = ["API", "COUNT", "RECORDS", "error_info", "servicenow", "uid"]

API = (
    'curl --fail-with-body -sS -u "$SERVICENOW_USER:$SERVICENOW_PASSWORD" "https://{instance}.service-now.com/api/now/'
)
"""How each command begins."""
RECORDS, COUNT = "table", "stats"

_INSTANCE = "[a-z0-9][a-z0-9-]*"
_TABLE = "incident|change_request"
_LINK = re.compile(rf"https://({_INSTANCE})\.service-now\.com/", re.ASCII)
_DENIED = ("User Not Authenticated", "Insufficient rights to query records", "401", "403")


def error_info(body: Any) -> ErrorInfo | None:
    """ServiceNow's error `{"error": {"message": "User Not Authenticated", "detail": ...}, "status": "failure"}`."""
    inner = body.get("error") if isinstance(body, dict) and "result" not in body else None
    if not isinstance(inner, dict):
        return None
    message = inner.get("message")
    return ErrorInfo(message if message in _DENIED else "error")


def owners(at: Mapping[str, str], operation: str, item: Any) -> Iterator[Owner]:
    """The host of the link beside a reference, as to whom a record was opened by."""
    for value in item.values() if isinstance(item, dict) else ():
        link = value.get("link") if isinstance(value, dict) else None
        match = _LINK.match(link) if isinstance(link, str) else None
        if match is not None:
            yield Owner("instance", match[1])
            return


servicenow = Source(
    "servicenow",
    title="ServiceNow",
    hosted_by=["ServiceNow"],
    scope=("instance", "table"),
    forms={"instance": _INSTANCE, "table": _TABLE},
    # no id is given once: a copy of an instance has those of the original
    identity=ScopeIdentity(of=owners, names={"instance": _INSTANCE}),
    command=API + '<path of {operation}>"',
    # further pages are named by a header, which no export holds: that all are there the count shows (`stats`)
    paging=unpaged,
    error=error_info,
    denied=_DENIED,
    collecting=Collecting(
        tools={"curl --version": "7.76.0", "jq --version": "1.5"},  # --fail-with-body came with curl 7.76.0
        variables={
            "SERVICENOW_USER": "a user of the ServiceNow instance who may read all records of the tables",
            "SERVICENOW_PASSWORD": "the password of that user",
        },
        follow="link",
        rights=Rights(
            called="rights of a user",
            give="by an administrator of ServiceNow, as a role whose access controls (ACLs) let read the table",
            url="https://www.servicenow.com/docs/bundle/washingtondc-api-reference/page/integrate/inbound-rest/concept/c_AggregateAPI.html",
            of=dict.fromkeys((COUNT, RECORDS), ("read access for all records in the table",)),
        ),
    ),
    url="https://docs.servicenow.com/bundle/geneva-servicenow-platform/page/integrate/inbound_rest/reference/r_TableAPI-GET.html",
)


def uid(at: Subject, *parts: Any) -> str:
    """An id below the table: servicenow/acme/incident/1c74... Raises `UnknownFact` for a part that names nothing."""
    return "/".join(("servicenow", at["instance"], at["table"], *map(id_text, parts)))
