"""How the plugin enters: its source, and lists that are named as the REST API names their paths."""

from collections.abc import Iterable

from soc2test import Claim, Export, Source, hookimpl
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

__all__ = ["soc2_claim", "soc2_sources"]


@hookimpl
def soc2_sources() -> Iterable[Source]:
    """The source `gitlab`."""
    return [gitlab]


@hookimpl
def soc2_claim(export: Export) -> Claim | None:
    """None: exports lie in the folder of their host and group."""
    return None
