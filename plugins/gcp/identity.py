"""Whose an export of Google Cloud is: the project in the names of assets."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from soc2test import Owner, ScopeIdentity

__all__ = ["IDENTITY"]

_PROJECT = re.compile(r"//[\w.-]+/projects/([a-z][a-z0-9:.-]+)(?:/|$)", re.ASCII)
_OF_PROJECT = r"project=[a-z][a-z0-9:.-]+"


def owners(at: Mapping[str, str], operation: str, item: Any) -> Iterator[Owner]:
    """The project in an asset's name, for the export of one project; a number is no name, a folder holds many."""
    name = item.get("name") if isinstance(item, dict) else None
    of_project = at.get("parent", "").startswith("project=")
    if of_project and isinstance(name, str) and (match := _PROJECT.match(name)):
        yield Owner("parent", f"project={match[1]}")


IDENTITY = ScopeIdentity(of=owners, names={"parent": _OF_PROJECT})
