"""The source `duo`: its scope, its errors, its pages, its ids."""

from typing import Any

from soc2test import ErrorInfo, Source, Subject, id_text
from soc2test_plugins.duo.identity import IDENTITY

__all__ = ["duo", "error_info", "more", "uid"]


def error_info(body: Any) -> ErrorInfo | None:
    """Duo's error body `{"stat": "FAIL", "code", "message"}`; which codes mean "not allowed" is not confirmed here."""
    if not isinstance(body, dict) or body.get("stat") != "FAIL":
        return None
    code = body.get("code")
    return ErrorInfo(str(code) if isinstance(code, int) and not isinstance(code, bool) else "error")


def more(body: Any) -> str | None:
    """A page follows where `metadata.next_offset` is there (duo_client 5.7.0, `json_paging_api_call`).

    What libraries hand on as a bare array of users has lost that, and may be the first page of several.
    """
    metadata = body.get("metadata") if isinstance(body, dict) and body.get("stat") == "OK" else None
    if not isinstance(metadata, dict):
        return 'is not all of an answer of Duo, which says "stat": "OK" and has metadata'
    return None if metadata.get("next_offset") is None else "metadata.next_offset names a further page"


duo = Source(
    "duo",
    title="Duo",
    hosted_by=["Duo", "Duo Security"],
    sold_by=["Cisco"],
    scope=("account",),
    identity=IDENTITY,
    command="<signed GET of https://API_HOST_OF_{account}/admin/v1/{operation}>",  # curl can't sign (HMAC)
    paging=more,
    error=error_info,
    url="https://duo.com/docs/adminapi",
)


def uid(at: Subject, *parts: Any) -> str:
    """An id below the account: duo/acme/users/DU1. Raises `UnknownFact` for a part that names nothing."""
    return "/".join(("duo", at["account"], *map(id_text, parts)))
