"""How the plugin enters: its source, and the flat layout of GitHub's documented examples."""

from collections.abc import Iterable

from soc2test import Claim, Export, Source, hookimpl
from soc2test_plugins.github import (  # noqa: F401  # they declare
    alerts,
    analyses,
    approvals,
    audit_log,
    authorship,
    checks,
    collaborators,
    commits,
    constants,
    copilot,
    deployments,
    guards,
    installations,
    labels,
    members,
    protection,
    pulls,
    repositories,
    single_sign_on,
)
from soc2test_plugins.github.source import github

__all__ = ["soc2_claim", "soc2_sources"]


@hookimpl
def soc2_sources() -> Iterable[Source]:
    """The source `github`."""
    return [github]


@hookimpl
def soc2_claim(export: Export) -> Claim | None:
    """A file named after the REST reference, `<tag>__<operation>[.<anything>].json`, which names no organisation."""
    tag, joined, rest = export.path.name.partition("__")
    operation = f"{tag} {rest.partition('.')[0]}"
    if joined and export.path.suffix == ".json" and (operation in github.operations or operation in github.unread):
        return Claim("github", operation)
    return None
