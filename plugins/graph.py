"""Microsoft Graph, for the sources that ask it: its command, its errors, and the one shape of its dialects."""

import re
from collections.abc import Mapping
from typing import Any

from soc2test import Collecting, ErrorInfo, Rights, WhoAmI

__all__ = ["COLLECTING", "COUNT", "DENIED", "GRAPH", "as_graph", "error_info", "rights"]

GRAPH = 'az rest --url "https://graph.microsoft.com/v1.0/'
"""How each command begins; Graph's pages must be followed to the last."""

COUNT = "@odata.count"
"""The number of all items, where it was asked for (`$count=true`)."""

DENIED = (
    "Authorization_RequestDenied",
    "Authentication_RequestFromNonPremiumTenantOrB2CTenant",  # sign-in activity and reports need a licence
    "Authentication_MSGraphPermissionMissing",
    "AccessDenied",
    "InvalidAuthenticationToken",
    "Forbidden",
    "UnknownError",
    "accessDenied",
)
_AZ = re.compile(r"ERROR: (?:Forbidden|Unauthorized|Bad Request)\((\{.*\})\)", re.DOTALL)
_CODE = re.compile(r'"code"\s*:\s*"(\w{1,100})"')
_SNAKE = re.compile(r"_([a-z0-9])")

COLLECTING = Collecting(
    tools={"az --version": "2.30", "jq --version": "1.5"},
    whoami=WhoAmI(
        operation="organization",
        command=GRAPH + 'organization"',
        says={"id": "{tenant}", "name": "{tenant}"},  # a tenant is named by its id or by one of its domains
        known={"tenant": r"[0-9a-fA-F-]{36}|[^.]+(\.[^.]+)+"},
    ),
    follow="next_link",
)


def rights(of: Mapping[str, tuple[str, ...]], unknown: Mapping[str, str] | None = None) -> Rights:
    """Application permissions of calls of Graph, by the table "Permissions" of each call's own page."""
    return Rights(
        called="application permissions of Microsoft Graph",
        give=(
            "application permissions of the app registration that `az login --service-principal` signs in, with "
            "an administrator's consent; a person who signs in needs a role in the directory instead"
        ),
        url="https://learn.microsoft.com/graph/permissions-reference",
        of=of,
        unknown=unknown or {},
    )


def error_info(body: Any) -> ErrorInfo | None:
    """Graph's error body `{"error": {"code", "message"}}`, or the line in which the Azure CLI repeats it."""
    if isinstance(body, str):
        match = _AZ.search(body)
        code = _CODE.search(match[1]) if match else None
        return ErrorInfo(code[1]) if code else None
    inner = body.get("error") if isinstance(body, dict) else None
    return ErrorInfo(str(inner["code"])) if isinstance(inner, dict) and "code" in inner else None


def as_graph(body: Any) -> Any:
    """`{"value": [...]}` with Graph's own keys, from a bare array, an SDK's or PowerShell's spelling."""
    body = _keys(body)
    return {"value": body} if isinstance(body, list) else body


def _keys(value: Any) -> Any:
    """SDKs dump `account_enabled`, PowerShell `AccountEnabled`, Graph itself `accountEnabled`."""
    if isinstance(value, dict):
        return {_camel(key): _keys(each) for key, each in value.items()}
    return [_keys(each) for each in value] if isinstance(value, list) else value


def _camel(key: str) -> str:
    if key.startswith("@") or "@odata." in key:
        return key
    joined = _SNAKE.sub(lambda match: match[1].upper(), key)
    return joined[:1].lower() + joined[1:]
