"""Whose an export of Intune is: its list names no tenant, but devices that belong to one alone."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from soc2test import ScopeIdentity

__all__ = ["IDENTITY"]

_GUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}", re.ASCII)
_DEVICES = "deviceManagement managedDevices"


def once(at: Mapping[str, str], operation: str, item: Any) -> Iterator[str]:
    """The "Unique Identifier for the device", which Intune gives when it enrols one."""
    id = item.get("id") if operation == _DEVICES and isinstance(item, dict) else None
    if isinstance(id, str) and _GUID.fullmatch(id):
        yield id.casefold()


IDENTITY = ScopeIdentity(once=once)
