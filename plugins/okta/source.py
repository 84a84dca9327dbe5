"""The source `okta`: its scope, its errors, its ids."""

from typing import Any

from soc2test import Collecting, ErrorInfo, Source, Subject, WhoAmI, by_full_page, id_text
from soc2test_plugins.okta.identity import IDENTITY
from soc2test_plugins.okta.rights import RIGHTS

__all__ = ["API", "error_info", "okta", "uid"]

API = 'curl --fail-with-body -sS -H "Authorization: Bearer $OKTA_TOKEN" "https://{org}.okta.com/api/v1/'
"""How each command begins; the token needs read scopes only."""

_DENIED = (
    "E0000004",  # authentication failed
    "E0000005",  # invalid session
    "E0000006",  # no permission for the action
    "E0000011",  # invalid token
    "E0000015",  # no permission for the feature
    "401",
    "403",
)


def error_info(body: Any) -> ErrorInfo | None:
    """Okta's error body `{"errorCode", "errorSummary", "errorLink", "errorId", "errorCauses"}`."""
    if isinstance(body, dict) and {"errorCode", "errorSummary"} <= set(body):
        return ErrorInfo(str(body["errorCode"]))
    return None


COLLECTING = Collecting(
    tools={"curl --version": "7.76.0", "jq --version": "1.5"},  # --fail-with-body came with curl 7.76.0
    variables={"OKTA_TOKEN": "an access token of Okta with read scopes only"},
    whoami=WhoAmI(operation="getOrgSettings", command=API + 'org"', says={"subdomain": "{org}"}),
    follow="link",
    rights=RIGHTS,
)

okta = Source(
    "okta",
    title="Okta",
    hosted_by=["Okta"],
    scope=("org",),
    identity=IDENTITY,
    command=API + '<path of {operation}>"',
    paging=by_full_page(200),  # the Link header that tells of a next page is not in an export
    error=error_info,
    denied=_DENIED,
    collecting=COLLECTING,
    url="https://developer.okta.com/docs/api/",
)


def uid(at: Subject, *parts: Any) -> str:
    """An id below the org: okta/acme/00u1. Raises `UnknownFact` for a part that names nothing."""
    return "/".join(("okta", at["org"], *map(id_text, parts)))
