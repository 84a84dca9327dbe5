"""How the plugin enters: its sources."""

from collections.abc import Iterable

from soc2test import Source, hookimpl
from soc2test_plugins.jira import constants, issues, projects, users  # noqa: F401  # they declare
from soc2test_plugins.jira.source import jira, jira_users

__all__ = ["soc2_sources"]


@hookimpl
def soc2_sources() -> Iterable[Source]:
    """The tickets of projects, and the users of a site."""
    return [jira, jira_users]
