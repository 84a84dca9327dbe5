"""Whose an export of OpenAI is: its lists name no organization, but what belongs to one alone."""

from collections.abc import Iterator, Mapping
from typing import Any

from soc2test import ScopeIdentity

__all__ = ["IDENTITY"]

_ITS_OWN = ("list-projects", "list-project-api-keys", "list-project-service-accounts", "admin-api-keys-list")
"""Users are people, who may be in two organizations."""


def once(at: Mapping[str, str], operation: str, item: Any) -> Iterator[str]:
    """The id of a project, key or service account."""
    id = item.get("id") if isinstance(item, dict) else None
    if operation in _ITS_OWN and isinstance(id, str) and id:
        yield id


IDENTITY = ScopeIdentity(once=once)
