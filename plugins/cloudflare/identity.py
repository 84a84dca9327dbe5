"""Whose an export of Cloudflare is: its list names no account, but memberships of one alone."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from soc2test import ScopeIdentity

__all__ = ["ACCOUNT", "IDENTITY"]

ACCOUNT = "[0-9a-f]{32}"
"""Pattern of an account's id, "Account identifier tag" (maxLength 32, minLength 32)."""

_ID = re.compile(ACCOUNT, re.ASCII)


def once(at: Mapping[str, str], operation: str, item: Any) -> Iterator[str]:
    """ "Membership identifier tag": one person has another in each account."""
    id = item.get("id") if isinstance(item, dict) else None
    if isinstance(id, str) and _ID.fullmatch(id):
        yield id


IDENTITY = ScopeIdentity(once=once)
