"""The source `sentinelone`: its scope, its errors, its pages, its ids."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from soc2test import Collecting, ErrorInfo, ScopeIdentity, Source, Subject, by_token, id_text

__all__ = ["AGENTS", "API", "error_info", "sentinelone", "uid"]

API = 'curl --fail-with-body -sS -H "Authorization: ApiToken $SENTINELONE_TOKEN" "https://{console}.sentinelone.net/web/api/v2.1/'
"""How each command begins; a console is the first part of its host, "usea1-partners"."""
AGENTS = "agents"

_CONSOLE = "[a-z0-9][a-z0-9-]*"
_ID = re.compile("[0-9]{15,20}", re.ASCII)


def error_info(body: Any) -> ErrorInfo | None:
    """An answer with `errors`, `[{"code": 4010010, "detail": null, "title": "Authentication Failed"}]`.

    What numbers there are is documented in the console alone: who may not look is told by the status of HTTP.
    """
    errors = body.get("errors") if isinstance(body, dict) else None
    if not isinstance(errors, list) or not errors:
        return None
    first = errors[0] if isinstance(errors[0], dict) else {}
    code = first.get("code")
    known = isinstance(code, int) and not isinstance(code, bool)
    return ErrorInfo(str(code) if known else "error")


def once(at: Mapping[str, str], operation: str, item: Any) -> Iterator[str]:
    """ "Agent ID", a number of eighteen digits or so, such as 225494730938493804."""
    id = item.get("id") if isinstance(item, dict) else None
    if isinstance(id, str) and _ID.fullmatch(id):
        yield id


sentinelone = Source(
    "sentinelone",
    title="SentinelOne",
    hosted_by=["SentinelOne"],
    scope=("console",),
    forms={"console": _CONSOLE},
    identity=ScopeIdentity(once=once),
    command=API + '<path of {operation}>"',
    paging=by_token("pagination.nextCursor"),
    error=error_info,
    denied=("401", "403"),
    collecting=Collecting(
        tools={"curl --version": "7.76.0", "jq --version": "1.5"},  # --fail-with-body came with curl 7.76.0
        variables={
            # of an account or a site it sees the agents of that alone
            "SENTINELONE_TOKEN": "the API token of a service user of SentinelOne with the role Viewer for all sites"
        },
        follow="next_cursor",
    ),
    url="https://usea1-partners.sentinelone.net/api-doc/",
)


def uid(at: Subject, *parts: Any) -> str:
    """An id below the console: sentinelone/usea1/agents/2254... Raises `UnknownFact` for a part that names nothing."""
    return "/".join(("sentinelone", at["console"], *map(id_text, parts)))
