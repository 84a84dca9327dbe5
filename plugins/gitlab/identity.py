"""Whose an export of GitLab is: the host in the addresses of what it lists, and the group of merge requests.

A list of projects may hold some of other groups, which are shared with this one: those are told where they are read.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from soc2test import Owner, ScopeIdentity

__all__ = ["GROUP", "HOST", "IDENTITY", "PROJECTS"]

HOST = r"[A-Za-z0-9][A-Za-z0-9.-]*(?::[0-9]+)?"
GROUP = r"[A-Za-z0-9_][A-Za-z0-9_.-]*"
"""Pattern of the path of a top-level group."""
PROJECTS = "groups projects"

_ADDRESS = re.compile(r"https?://([^/]+)/", re.ASCII)
_REFERENCE = re.compile(r"([^/!]+)/[^!]+!\d+", re.ASCII)


def owners(at: Mapping[str, str], operation: str, item: Any) -> Iterator[Owner]:
    """The host of each item's own page, and the group in `references.full` of a merge request ("acme/web!7")."""
    for value in item if isinstance(item, list) else [item]:
        if not isinstance(value, dict):
            continue
        host = _host(value)
        if host is not None:
            yield Owner("host", host)
        references = value.get("references")
        full = references.get("full") if isinstance(references, dict) else None
        match = _REFERENCE.fullmatch(full) if isinstance(full, str) else None
        if match is not None:
            yield Owner("group", match[1])


def once(at: Mapping[str, str], operation: str, item: Any) -> Iterator[str]:
    """The id of a project, which its host gives once; people may be in several groups."""
    if operation != PROJECTS or not isinstance(item, dict):
        return
    host, id = _host(item), item.get("id")
    if host is not None and isinstance(id, int) and not isinstance(id, bool):
        yield f"{host}/projects/{id}"


def _host(value: Mapping[str, Any]) -> str | None:
    address = value.get("web_url")
    match = _ADDRESS.match(address) if isinstance(address, str) else None
    return None if match is None else match[1]


IDENTITY = ScopeIdentity(of=owners, once=once, names={"host": HOST, "group": GROUP})
