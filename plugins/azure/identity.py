"""Whose an export of Azure is: the subscription in the ids of what it lists."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from soc2test import Owner, ScopeIdentity

__all__ = ["IDENTITY"]

_GUID = r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
_ID = re.compile(rf"/subscriptions/({_GUID})(?:/|$)", re.IGNORECASE)


def owners(at: Mapping[str, str], operation: str, item: Any) -> Iterator[Owner]:
    """The subscription in an item's id; of what a tenant or a management group holds it tells none."""
    for value in item if isinstance(item, list) else [item]:
        id = value.get("id") if isinstance(value, dict) else None
        if isinstance(id, str) and (match := _ID.match(id)):
            yield Owner("subscription", match[1])


IDENTITY = ScopeIdentity(of=owners, names={"subscription": _GUID})
