"""Whose an export of JumpCloud is: the organization that each user and system names."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from soc2test import Owner, ScopeIdentity

__all__ = ["IDENTITY", "ORGANIZATION"]

ORGANIZATION = "[0-9a-f]{24}"
"""Pattern of JumpCloud's ids."""


def owners(at: Mapping[str, str], operation: str, item: Any) -> Iterator[Owner]:
    """`organization` of a user or system (docs.jumpcloud.com, API 1.0, SystemUserReturn and System)."""
    value = item.get("organization") if isinstance(item, dict) else None
    if isinstance(value, str) and re.fullmatch(ORGANIZATION, value, re.ASCII):
        yield Owner("organization", value)


def once(at: Mapping[str, str], operation: str, item: Any) -> Iterator[str]:
    """The id of a user or system, of which each belongs to one organization."""
    value = item.get("_id") if isinstance(item, dict) else None
    if isinstance(value, str) and re.fullmatch(ORGANIZATION, value, re.ASCII):
        yield value


IDENTITY = ScopeIdentity(of=owners, once=once, names={"organization": ORGANIZATION})
