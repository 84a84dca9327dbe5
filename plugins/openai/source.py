"""The source `openai`: its scope, its errors, its ids."""

import re
from typing import Any

from soc2test import Collecting, ErrorInfo, Source, Subject, id_text
from soc2test_plugins.openai.identity import IDENTITY

__all__ = ["API", "error_info", "has_more", "openai", "uid"]

API = 'curl --fail-with-body -sS -H "Authorization: Bearer $OPENAI_ADMIN_KEY" "https://api.openai.com/v1/organization/'
"""How each command begins."""

_CODE = re.compile(r"[A-Za-z_]{1,60}", re.ASCII)


def error_info(body: Any) -> ErrorInfo | None:
    """OpenAI's error body `{"error": {"message", "type", "param", "code"}}`; the code may be null."""
    inner = body.get("error") if isinstance(body, dict) else None
    if not isinstance(inner, dict) or "message" not in inner:
        return None
    named = (value for value in (inner.get("code"), inner.get("type")) if isinstance(value, str))
    return ErrorInfo(next((value for value in named if _CODE.fullmatch(value)), "error"))


def has_more(body: Any) -> str | None:
    """Each list says whether more follows; the next page is asked for by the last id."""
    if not isinstance(body, dict) or body.get("has_more") is False:
        return None
    return "says that more follows (has_more)" if body.get("has_more") is True else "does not say whether more follows"


openai = Source(
    "openai",
    title="OpenAI",
    hosted_by=["OpenAI"],
    scope=("organization",),
    identity=IDENTITY,
    command=API + '<path of {operation}>"',
    paging=has_more,
    error=error_info,
    denied=("invalid_api_key", "insufficient_permissions", "missing_scope", "invalid_organization"),
    collecting=Collecting(
        tools={"curl --version": "7.76.0"},  # --fail-with-body came with it
        variables={"OPENAI_ADMIN_KEY": "an admin API key of OpenAI that may only read"},
    ),
    url="https://platform.openai.com/docs/api-reference/administration",
)


def uid(at: Subject, *parts: Any) -> str:
    """An id below the organization: openai/acme/users/user-1. Raises `UnknownFact` for a part that names nothing."""
    return "/".join(("openai", at["organization"], *map(id_text, parts)))
