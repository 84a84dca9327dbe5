"""How GitLab writes switches and moments."""

from datetime import datetime
from typing import Any

from soc2test import Item, UnknownFact, flag

__all__ = ["moment", "switch"]


def switch(value: Any) -> bool:
    """ "GitLab treats `null` values in boolean fields the same as `false`" (REST API, null vs false).

    Raises `UnknownFact` for anything but null, true and false, and for an absent key.
    """
    return value is not None and flag(value)


def moment(item: Item, key: str) -> datetime:
    """Raises `UnknownFact` where it is no time, or not told."""
    told = item.time(key)
    if isinstance(told, datetime):
        return told
    raise UnknownFact(key, f"GitLab's answer does not say its {key}")
