"""Whose an export of Google Workspace is: the customer id in what it lists."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from soc2test import Owner, ScopeIdentity

__all__ = ["IDENTITY"]

_CUSTOMER = re.compile(r"(?:customers/)?(C[0-9a-z]+)", re.ASCII)


def owners(at: Mapping[str, str], operation: str, item: Any) -> Iterator[Owner]:
    """The customer id of a user or activity (`customerId`) or policy (`customer`); Google's defaults are its own."""
    if isinstance(item, dict) and item.get("type") == "SYSTEM":
        return
    for key in ("customerId", "customer"):
        value = item.get(key) if isinstance(item, dict) else None
        if isinstance(value, str) and (match := _CUSTOMER.fullmatch(value)):
            yield Owner("customer", match[1])
    head = item.get("id") if isinstance(item, dict) else None
    if isinstance(head, dict):  # of an activity
        yield from owners(at, operation, head)


def once(at: Mapping[str, str], operation: str, item: Any) -> Iterator[str]:
    """The id of a user or an organisational unit, of which each belongs to one customer."""
    if isinstance(item, dict):
        for key in ("id", "orgUnitId"):
            if isinstance(item.get(key), str) and ("primaryEmail" in item or key == "orgUnitId"):
                yield f"{key} {item[key]}"


IDENTITY = ScopeIdentity(of=owners, once=once, names={"customer": "C[0-9a-z]+"})
