"""The source `gcp`: its scope, its errors, and small readers of its JSON."""

import re
from typing import Any, TypeVar

from soc2test import Collecting, ErrorInfo, Item, Source, WhoAmI, by_token, or_unknown, text
from soc2test_plugins.gcp.identity import IDENTITY
from soc2test_plugins.gcp.rights import RIGHTS

__all__ = ["as_assets", "error_info", "gcp", "label", "some_assets"]

T = TypeVar("T")

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


COLLECTING = Collecting(
    tools={"gcloud --version": "400.0.0"},
    profile="--configuration={profile}",
    whoami=WhoAmI(  # says nothing of the parent, which each command names; but that somebody is signed in at all
        operation="auth list",
        command="gcloud auth list --filter=status:ACTIVE --format=json",
        says={"status": "ACTIVE"},
        who="account",
    ),
    rights=RIGHTS,
)

gcp = Source(
    "gcp",
    title="Google Cloud",
    hosted_by=["GCP", "Google Cloud", "Google GCP"],
    sold_by=["Google"],
    scope=("parent",),  # project=acme-prod, folder=123 or organization=456, as gcloud's option is written
    identity=IDENTITY,
    command="gcloud {operation} --{parent} --format=json",
    paging=by_token("nextPageToken"),  # of the REST API; gcloud follows it itself
    error=error_info,
    denied=("PERMISSION_DENIED", "UNAUTHENTICATED", "401", "403"),
    collecting=COLLECTING,
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


def label(labels: Item, *names: str) -> Any:
    """The first of the labels `names` that is there and not empty; Google leaves `labels` out where there are none."""
    return or_unknown(lambda: next((told for name in names if name in labels and (told := _value(labels, name))), None))


def _value(labels: Item, name: str) -> str:
    return text(labels[name]).strip()
