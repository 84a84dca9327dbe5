"""The source `jumpcloud`: its scope, its errors, its counts, its ids."""

from typing import Any

from soc2test import Collecting, ErrorInfo, Source, Subject, id_text
from soc2test_plugins.jumpcloud.identity import IDENTITY, ORGANIZATION

__all__ = ["API", "counted", "error_info", "jumpcloud", "uid"]

API = (
    'curl --fail-with-body -sS -H "x-api-key: $JUMPCLOUD_API_KEY" -H "x-org-id: {organization}" '
    '"https://console.jumpcloud.com/api/'
)
"""How each command begins; organizations whose data is kept elsewhere than in the US have another host."""


def error_info(body: Any) -> ErrorInfo | None:
    """JumpCloud's error body `{"code": 401, "message", "status"}` (API 1.0, Error)."""
    if not isinstance(body, dict) or "message" not in body or "results" in body:
        return None
    code = body.get("code")
    known = isinstance(code, int) and not isinstance(code, bool)
    return ErrorInfo(str(code), code) if known else ErrorInfo("error")


def counted(body: Any) -> str | None:
    """Each page says how many there are in all; what was read must be as many (`total`).

    A page holds 10 unless more are asked for (API 1.0, `limit`, "default to 10"), and names no next one.
    """
    total = body.get("totalCount") if isinstance(body, dict) else None
    if isinstance(total, int) and not isinstance(total, bool):
        return None
    return "does not say how many there are in all (totalCount)"


jumpcloud = Source(
    "jumpcloud",
    title="JumpCloud",
    hosted_by=["JumpCloud"],
    scope=("organization",),
    forms={"organization": ORGANIZATION},
    identity=IDENTITY,
    command=API + '<path of {operation}>"',
    paging=counted,
    error=error_info,
    denied=("401", "403"),
    collecting=Collecting(
        tools={"curl --version": "7.76.0", "jq --version": "1.5"},  # --fail-with-body came with curl 7.76.0
        variables={"JUMPCLOUD_API_KEY": "an API key of JumpCloud, of an administrator who may only read"},
        follow="skip",
    ),
    url="https://docs.jumpcloud.com/api/1.0/index.html",
)


def uid(at: Subject, *parts: Any) -> str:
    """An id below the organization: jumpcloud/5f.../users/5f... Raises `UnknownFact` for a part that names nothing."""
    return "/".join(("jumpcloud", at["organization"], *map(id_text, parts)))
