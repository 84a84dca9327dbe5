"""Whose an export of Slack is: the id of the workspace, as its primary owner bears it.

Not each member says it: people of other workspaces who share a channel (Slack Connect) are listed with their own
`team_id`, and so are those of an Enterprise organization's other workspaces. A workspace has one primary owner
(`is_primary_owner`: "the Primary Owner of the current workspace", docs.slack.dev, user object), and outside of an
Enterprise organization the `team_id` of that member is the workspace's.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from soc2test import Owner, ScopeIdentity

__all__ = ["IDENTITY", "WORKSPACE"]

WORKSPACE = "T[0-9A-Z]+"
"""Pattern of the id of a workspace; that of an Enterprise organization begins with E."""


def owners(at: Mapping[str, str], operation: str, item: Any) -> Iterator[Owner]:
    """The workspace of the primary owner."""
    if not isinstance(item, dict) or item.get("is_primary_owner") is not True or "enterprise_user" in item:
        return
    team = item.get("team_id")
    if isinstance(team, str) and re.fullmatch(WORKSPACE, team, re.ASCII):
        yield Owner("workspace", team)


IDENTITY = ScopeIdentity(of=owners, names={"workspace": WORKSPACE})
