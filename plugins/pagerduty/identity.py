"""Whose an export of PagerDuty is: the subdomain in the address of each incident and user."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from soc2test import Owner, ScopeIdentity

__all__ = ["ACCOUNT", "IDENTITY"]

ACCOUNT = "[a-z0-9][a-z0-9-]*"
"""Pattern of a subdomain."""

_ADDRESS = re.compile(rf"https://({ACCOUNT})(?:\.eu)?\.pagerduty\.com/", re.ASCII)
"""Accounts of the European service region have addresses of their own (support.pagerduty.com, Service Regions)."""


def owners(at: Mapping[str, str], operation: str, item: Any) -> Iterator[Owner]:
    """The subdomain of `html_url`, "at which the entity is uniquely displayed in the Web app" (OpenAPI, Incident)."""
    address = item.get("html_url") if isinstance(item, dict) else None
    match = _ADDRESS.match(address) if isinstance(address, str) else None
    if match is not None:
        yield Owner("account", match[1])


def once(at: Mapping[str, str], operation: str, item: Any) -> Iterator[str]:
    """The id of an incident or user: "unique across a given endpoint", not among all (REST API, Types, ID)."""
    id = item.get("id") if isinstance(item, dict) else None
    if operation in ("listIncidents", "listUsers") and isinstance(id, str) and id:
        yield f"{operation} {id}"


IDENTITY = ScopeIdentity(of=owners, once=once, names={"account": ACCOUNT})
