"""Whose an export of Google Cloud is: the project in the names of assets, what a project says of itself, ancestors."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from soc2test import Owner, ScopeIdentity

__all__ = ["IDENTITY"]

_PROJECT = re.compile(r"//[\w.-]+/projects/([a-z][a-z0-9:.-]+)(?:/|$)", re.ASCII)
_NAMED = r"project=[a-z][a-z0-9:.-]+|(?:folder|organization)=\d+"
_ABOVE = re.compile(r"/(?:organizations|folders|billingAccounts)/")
_ITSELF = "cloudresourcemanager.googleapis.com/Project"
_NUMBER = "number of the project"


def owners(at: Mapping[str, str], operation: str, item: Any) -> Iterator[Owner]:
    """The project of an asset, for the export of one; of a folder or an organisation, that above it."""
    if not isinstance(item, dict):
        return
    level, _, name = at.get("parent", "").partition("=")
    ancestors = [each for each in _list(item.get("ancestors")) if isinstance(each, str)]
    if level == "project":
        yield from _of_project(item)
        if ancestors and ancestors[0].startswith("projects/"):
            yield Owner("parent", ancestors[0], _NUMBER)
    else:
        above = [each.removeprefix(f"{level}s/") for each in ancestors if each.startswith(f"{level}s/")]
        if above:  # folders lie in folders
            yield Owner("parent", f"{level}={name if name in above else above[0]}")


def _of_project(item: Mapping[str, Any]) -> Iterator[Owner]:
    """The id of the project in an asset's name, or as the project itself says it; a number is no name."""
    name = item.get("name")
    if isinstance(name, str) and (match := _PROJECT.match(name)):
        yield Owner("parent", f"project={match[1]}")
    if _ITSELF in (item.get("assetType"), item.get("asset_type")):
        resource = item.get("resource")
        data = resource.get("data") if isinstance(resource, dict) else None
        id = (data.get("projectId") or data.get("project_id")) if isinstance(data, dict) else None
        if isinstance(id, str):
            yield Owner("parent", f"project={id}")


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def once(at: Mapping[str, str], operation: str, item: Any) -> Iterator[str]:
    """The full name of an asset of one project: no other project holds it, though a folder does."""
    name = item.get("name") if isinstance(item, dict) else None
    if at.get("parent", "").startswith("project=") and isinstance(name, str) and not _ABOVE.search(name):
        yield name


IDENTITY = ScopeIdentity(of=owners, names={"parent": _NAMED}, once=once)
