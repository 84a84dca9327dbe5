"""Whose an export of Kandji is: its lists name no tenant, but devices that belong to one alone."""

from collections.abc import Iterator, Mapping
from typing import Any

from soc2test import ScopeIdentity

__all__ = ["IDENTITY"]


def once(at: Mapping[str, str], operation: str, item: Any) -> Iterator[str]:
    """The id that Kandji gave a device, a UUID ("The device's unique identifier", irusdk 0.4.2)."""
    id = item.get("device_id") if isinstance(item, dict) else None
    if isinstance(id, str) and id:
        yield id.casefold()


IDENTITY = ScopeIdentity(once=once)
