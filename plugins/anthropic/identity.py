"""Whose an export of Anthropic is: its lists name no organization, but what belongs to one alone."""

from collections.abc import Iterator, Mapping
from typing import Any

from soc2test import ScopeIdentity

__all__ = ["IDENTITY"]


def once(at: Mapping[str, str], operation: str, item: Any) -> Iterator[str]:
    """The id of a key. Users are people, who may be in two organizations."""
    id = item.get("id") if isinstance(item, dict) else None
    if operation == "api_keys list" and isinstance(id, str) and id:
        yield id


IDENTITY = ScopeIdentity(once=once)
