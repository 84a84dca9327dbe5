"""The source `gcp`: its scope, its errors, and small readers of its JSON."""

import re
from collections.abc import Callable
from typing import Any, TypeVar

from soc2test import ErrorInfo, Item, Source, Unknown, UnknownFact, by_token

__all__ = ["as_assets", "attempt", "error_info", "gcp", "known", "label", "some_assets"]

T = TypeVar("T")

_ODD = (AttributeError, KeyError, TypeError, ValueError)
"""What reading a value of an undocumented type raises."""

_GCLOUD = re.compile(r"ERROR: \(gcloud[\w.-]*\) (?:\[[^\]]{1,200}\] )?([A-Z][A-Z_]+)\b")


def error_info(body: Any) -> ErrorInfo | None:
    """Google's error body `{"error": {"code", "message", "status"}}`, or gcloud's line on stderr."""
    if isinstance(body, str):
        match = _GCLOUD.search(body)
        return ErrorInfo(match[1]) if match else None
    inner = body.get("error") if isinstance(body, dict) else None
    if not isinstance(inner, dict) or "code" not in inner:
        return None
    code = inner["code"] if isinstance(inner["code"], int) else None
    return ErrorInfo(str(inner.get("status") or inner["code"]), code)


gcp = Source(
    "gcp",
    title="Google Cloud",
    scope=("parent",),  # project=acme-prod, folder=123 or organization=456, as gcloud's option is written
    command="gcloud {operation} --{parent} --format=json",
    paging=by_token("nextPageToken"),  # of the REST API; gcloud follows it itself
    error=error_info,
    denied=("PERMISSION_DENIED", "UNAUTHENTICATED", "401", "403"),
    url="https://cloud.google.com/asset-inventory/docs/reference/rest",
)


def as_assets(body: Any) -> Any:
    """One shape for the array of gcloud, the lines of an exported file, and the pages of the REST API."""
    return {"assets": body} if isinstance(body, list) else body


def some_assets(body: Any) -> Any:
    """The same, where an empty list can't be all: a project is an asset itself."""
    body = as_assets(body)
    if isinstance(body, dict) and body.get("assets") == []:
        raise ValueError("names no asset at all, not even the project itself")
    return body


def attempt(make: Callable[[], T]) -> T | Unknown:
    """What `make` gives, or `Unknown` with its reason: what is absent or odd leaves the other facts known."""
    try:
        return make()
    except UnknownFact as error:
        return Unknown(error.reason, what=error.fact, code=error.code)
    except _ODD:
        return Unknown("the evidence has null or another type where the vendor documents a value")


def known(value: Any) -> Any:
    """The value; raises `UnknownFact` where it is unknown, also where a comparison would not."""
    return value.raise_() if isinstance(value, Unknown) else value


def label(labels: Item, *names: str) -> str | None:
    """The first of the labels `names` that is there and not empty; Google leaves `labels` out where there are none."""
    for name in names:
        if name in labels and str(labels[name]).strip():
            return str(labels[name]).strip()
    return None
