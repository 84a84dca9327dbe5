"""Whose an export of GitHub is: the organization in the addresses of what it lists."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from soc2test import Owner, ScopeIdentity

__all__ = ["IDENTITY"]

AUDIT_LOG, REPOSITORIES = "orgs get-audit-log", "repos list-for-org"
_KEYS = ("url", "pull_request_url", "html_url")
_OF_REPOSITORY = re.compile(r"https://[^/]+(?:/api/v3)?/repos/([^/]+)/[^/]+(?:/|$)")
_OF_ORGANIZATION = re.compile(r"https://[^/]+(?:/api/v3)?/orgs/([^/]+)(?:/|$)")


def owners(at: Mapping[str, str], operation: str, item: Any) -> Iterator[Owner]:
    """The organization that an item, or each of a list of items, names as its own; `about` holds the repository."""
    for value in item if isinstance(item, list) else [item]:
        if isinstance(value, dict):
            yield from _of(value)
            if operation == AUDIT_LOG and isinstance(value.get("org"), str):
                yield Owner("org", value["org"])


def _of(value: Mapping[str, Any]) -> Iterator[Owner]:
    for key in _KEYS:
        address = value.get(key)
        if not isinstance(address, str):
            continue
        if (match := _OF_REPOSITORY.match(address)) or (match := _OF_ORGANIZATION.match(address)):
            yield Owner("org", match[1])
    for key in ("repository", "organization"):
        if isinstance(value.get(key), dict):
            yield from _named(value[key], key)


def _named(value: Mapping[str, Any], key: str) -> Iterator[Owner]:
    """A repository in an alert, an organization in a setting."""
    login = value.get("login")
    if key == "organization" and isinstance(login, str):
        yield Owner("org", login)
    owner = value.get("owner")
    if isinstance(owner, dict) and isinstance(owner.get("login"), str):
        yield Owner("org", owner["login"])


def once(at: Mapping[str, str], operation: str, item: Any) -> Iterator[str]:
    """The id of a repository; people may be in several organizations."""
    if operation == REPOSITORIES and isinstance(item, dict) and isinstance(item.get("node_id"), str):
        yield item["node_id"]


IDENTITY = ScopeIdentity(of=owners, once=once, names={"org": r"[A-Za-z0-9][A-Za-z0-9-]*"})
