"""Whose an export of Jira is: the site in the addresses of what it lists, and the project of each issue.

What an app gets by api.atlassian.com bears the id of its site there, and says nothing of the site's name.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from soc2test import Owner, ScopeIdentity

__all__ = ["IDENTITY", "ISSUES", "OF_USERS", "PROJECT", "PROJECTS", "SITE"]

SITE = "[a-z0-9][a-z0-9-]*"
"""Pattern of a site: acme of acme.atlassian.net."""
PROJECT = "[A-Z][A-Z0-9_]*"
"""Pattern of a project's key, with which the keys of its issues begin."""
ISSUES = "search-jql"
PROJECTS = "project-search"

_ADDRESS = re.compile(rf"https://({SITE})\.atlassian\.net/", re.ASCII)


def owners(at: Mapping[str, str], operation: str, item: Any) -> Iterator[Owner]:
    """The host of `self`, "The URL of the issue details" (OpenAPI, IssueBean), and the key of the project.

    An issue of another project was found by a search that went beyond this one.
    """
    if not isinstance(item, dict):
        return
    address = item.get("self")
    match = _ADDRESS.match(address) if isinstance(address, str) else None
    if match is not None:
        yield Owner("site", match[1])
    key = _project(item) if operation == ISSUES else item.get("key") if operation == PROJECTS else None
    if isinstance(key, str) and key:
        yield Owner("project", key)


def _project(issue: Mapping[str, Any]) -> Any:
    fields = issue.get("fields")
    project = fields.get("project") if isinstance(fields, dict) else None
    return project.get("key") if isinstance(project, dict) else None


IDENTITY = ScopeIdentity(of=owners, names={"site": SITE, "project": PROJECT})
OF_USERS = ScopeIdentity(of=owners, names={"site": SITE})
"""No id is given once: those of issues and projects are counted in each site, and one account may be in several."""
