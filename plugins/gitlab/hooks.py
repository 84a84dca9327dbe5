"""How the plugin enters: its source."""

from collections.abc import Iterable

from soc2test import Source, hookimpl
from soc2test_plugins.gitlab import (  # noqa: F401  # they declare
    accounts,
    approvals,
    authorship,
    commits,
    constants,
    guards,
    members,
    merge_requests,
    pipelines,
    projects,
    protection,
    users,
)
from soc2test_plugins.gitlab.source import gitlab

__all__ = ["soc2_sources"]


@hookimpl
def soc2_sources() -> Iterable[Source]:
    """The source `gitlab`."""
    return [gitlab]
