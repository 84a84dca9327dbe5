"""Whose an export of Entra is: the id and the domains of the organization; other lists do not name their tenant."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from soc2test import Owner, ScopeIdentity

__all__ = ["IDENTITY"]

_GUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}", re.ASCII)
ORGANIZATION = "organization"
_OBJECTS = frozenset({"users", "groups", "applications", "servicePrincipals"})


def owners(at: Mapping[str, str], operation: str, item: Any) -> Iterator[Owner]:
    """The tenant, by the name that its folder bears: its id, or one of its verified domains."""
    if operation != ORGANIZATION or not isinstance(item, dict) or not isinstance(item.get("id"), str):
        return
    yield Owner("tenant", item["id"], "id")
    if not _GUID.fullmatch(at.get("tenant", "")):
        domains = _domains(item)
        own = at.get("tenant", "").casefold()
        if domains and "." in own:
            yield Owner("tenant", own if own in domains else min(domains), "domain")


def _domains(item: Mapping[str, Any]) -> set[str]:
    listed = item.get("verifiedDomains")
    named = [domain.get("name") for domain in listed if isinstance(domain, dict)] if isinstance(listed, list) else []
    return {name.casefold() for name in named if isinstance(name, str)}


def once(at: Mapping[str, str], operation: str, item: Any) -> Iterator[str]:
    """The id of an object of the directory. Roles, defaults and Microsoft's own policies have one id everywhere."""
    id = item.get("id") if operation in _OBJECTS and isinstance(item, dict) else None
    if isinstance(id, str) and _GUID.fullmatch(id):
        yield id.casefold()


IDENTITY = ScopeIdentity(of=owners, once=once)
