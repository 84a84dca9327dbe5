"""Which subject an answer of Azure is of: the ids of Azure Resource Manager hold the names of all that is above."""

from collections.abc import Iterator
from typing import Any

from soc2test import About

__all__ = ["LOCATION", "RESOURCE", "VAULT", "VAULT_KEY", "within"]


def within(kind: str, *at: str) -> About:
    """By the name of a server, account ... or by an id in which it stands behind its kind; Azure ignores the case."""
    above = rf"(?:/?subscriptions/.*?/(?:{kind})/)?"
    return About(at=at or ("id", "value[].id"), form=rf"(?i){above}((?!subscriptions/)[^/]+)(?:/.*)?")


_SETTING = r"/providers/microsoft\.insights/diagnosticSettings/.*"
RESOURCE = About(at=("value[].id",), form=rf"(?i)/?(subscriptions/.+?)/?(?:{_SETTING})?")
"""What a diagnostic setting lies below."""
VAULT = About(at=("id", "value[].kid", "value[].id"), form=r"(?i)(?:https://)?([^./]+)(?:\.[^/]*(?:/.*)?)?")
VAULT_KEY = About(at=("id",), form=r"(?i)(?:https://[^/]*/keys/)?([^/]+)(?:/.*)?")


def _locations(body: Any) -> Iterator[str]:
    """A location by its name (westeurope), also where it is written for people (West Europe)."""
    if isinstance(body, dict):
        listed = body.get("value")
        for each in [body, *(listed if isinstance(listed, list) else [])]:
            location = each.get("location") if isinstance(each, dict) else None
            if isinstance(location, str):
                yield location.replace(" ", "")


LOCATION = About(of=_locations, form=r"(\w+)")
