"""Whose an export of Jamf is: its lists name no server, but computers that it enrolled."""

from collections.abc import Iterator, Mapping
from typing import Any

from soc2test import ScopeIdentity

__all__ = ["IDENTITY"]


def once(at: Mapping[str, str], operation: str, item: Any) -> Iterator[str]:
    """The id by which a server manages a computer, a UUID. `id` counts from 1 on each, and `udid` is the machine's."""
    general = item.get("general") if isinstance(item, dict) else None
    id = general.get("managementId") if isinstance(general, dict) else None
    if isinstance(id, str) and id:
        yield id.casefold()


IDENTITY = ScopeIdentity(once=once)
