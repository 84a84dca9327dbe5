"""The source `kandji`: its scope, its errors, its pages, its ids."""

from typing import Any

from soc2test import Collecting, ErrorInfo, Source, Subject, by_full_page, id_text
from soc2test_plugins.kandji.identity import IDENTITY

__all__ = ["API", "error_info", "kandji", "uid"]

API = 'curl --fail-with-body -sS -H "Authorization: Bearer $KANDJI_TOKEN" "https://{subdomain}.api.kandji.io/api/v1/'
"""How each command begins; tenants whose data is kept in the EU have another host (SUBDOMAIN.api.eu.kandji.io)."""

_WORDS = ("detail", "error", "errors", "message")
"""Keys of which an error has one (irusdk 0.4.2: "The Iru API is inconsistent about which one it uses")."""
_PAGES = (10, 25, 50, 100, 150, 200, 250, 300)
"""A page of the list has 300 devices, or as many as were asked for, and names no next one: round numbers may be one."""


def error_info(body: Any) -> ErrorInfo | None:
    """Kandji's error body `{"detail": ...}`, without a code; its own scripts write `{"error": "403"}` of the status."""
    if not isinstance(body, dict) or "data" in body or not any(key in body for key in _WORDS):
        return None
    code = body.get("error")
    return ErrorInfo(code if isinstance(code, str) and code.isdecimal() else "error")


kandji = Source(
    "kandji",
    title="Kandji (Iru)",
    hosted_by=["Kandji", "Iru"],
    scope=("subdomain",),
    identity=IDENTITY,
    command=API + '{operation}"',
    paging=by_full_page(*_PAGES),
    error=error_info,
    denied=("401", "403"),
    collecting=Collecting(
        tools={"curl --version": "7.76.0"},  # --fail-with-body came with curl 7.76.0
        variables={"KANDJI_TOKEN": "an API token of Kandji with the permissions Device list and Prism"},
    ),
    url="https://api-docs.kandji.io",
)


def uid(at: Subject, *parts: Any) -> str:
    """An id below the tenant: kandji/acme/devices/fc60... Raises `UnknownFact` for a part that names nothing."""
    return "/".join(("kandji", at["subdomain"], *map(id_text, parts)))
