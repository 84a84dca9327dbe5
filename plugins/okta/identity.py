"""Whose an export of Okta is: the host of the organization in the links of what it lists."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from soc2test import Owner, ScopeIdentity

__all__ = ["IDENTITY"]

_HOST = re.compile(r"https://([^/.]+?)(?:-admin)?(\.[^/]+)/api/")
"""The console of an org, acme-admin.okta.com, is that of acme.okta.com, and answers the same calls."""


def owners(at: Mapping[str, str], operation: str, item: Any) -> Iterator[Owner]:
    """The host in the link of an item to itself; a folder bears a name of the company's choice."""
    for value in item if isinstance(item, list) else [item]:
        links = value.get("_links") if isinstance(value, dict) else None
        own = links.get("self") if isinstance(links, dict) else None
        address = own.get("href") if isinstance(own, dict) else None
        if isinstance(address, str) and (match := _HOST.match(address)):
            yield Owner("org", f"{match[1]}{match[2]}")


_ID = re.compile(r"0[0-9a-z]{2}\w{6,}", re.ASCII)


def once(at: Mapping[str, str], operation: str, item: Any) -> Iterator[str]:
    """The id of each user, group, policy or application: two orgs never share one."""
    for value in item if isinstance(item, list) else [item]:
        id = value.get("id") if isinstance(value, dict) else None
        if isinstance(id, str) and _ID.fullmatch(id):
            yield id


IDENTITY = ScopeIdentity(of=owners, once=once)
