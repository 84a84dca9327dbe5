"""The source `anthropic`: its scope, its errors, its ids."""

from typing import Any

from soc2test import Collecting, ErrorInfo, Source, Subject, id_text
from soc2test_plugins.anthropic.identity import IDENTITY

__all__ = ["API", "anthropic", "error_info", "has_more", "uid"]

API = (
    'curl --fail-with-body -sS -H "X-Api-Key: $ANTHROPIC_ADMIN_KEY" -H "anthropic-version: 2023-06-01" '
    '"https://api.anthropic.com/v1/organizations/'
)
"""How each command begins."""


def error_info(body: Any) -> ErrorInfo | None:
    """Anthropic's error body `{"type": "error", "error": {"type", "message"}}`."""
    inner = body.get("error") if isinstance(body, dict) and body.get("type") == "error" else None
    if not isinstance(inner, dict):
        return None
    return ErrorInfo(str(inner.get("type", "error")))


def has_more(body: Any) -> str | None:
    """Each list says whether more follows; the next page is asked for by the last id."""
    if not isinstance(body, dict) or body.get("has_more") is False:
        return None
    return "says that more follows (has_more)" if body.get("has_more") is True else "does not say whether more follows"


anthropic = Source(
    "anthropic",
    title="Anthropic",
    hosted_by=["Anthropic"],
    scope=("organization",),
    identity=IDENTITY,
    command=API + '<path of {operation}>"',
    paging=has_more,
    error=error_info,
    denied=("authentication_error", "permission_error"),
    collecting=Collecting(
        tools={"curl --version": "7.76.0"},  # --fail-with-body came with it
        variables={"ANTHROPIC_ADMIN_KEY": "an Admin API key of Anthropic"},
    ),
    url="https://platform.claude.com/docs/en/api/admin",
)


def uid(at: Subject, *parts: Any) -> str:
    """An id below the organization: anthropic/acme/users/user_1. Raises `UnknownFact` for a part that names nothing."""
    return "/".join(("anthropic", at["organization"], *map(id_text, parts)))
