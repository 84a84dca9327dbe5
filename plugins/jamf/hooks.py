"""How the plugin enters: its source, and lists that are named as the API names their paths."""

from collections.abc import Iterable

from soc2test import Claim, Export, Source, hookimpl
from soc2test_plugins.jamf import computers, mobile_devices  # noqa: F401  # they declare
from soc2test_plugins.jamf.source import jamf

__all__ = ["soc2_claim", "soc2_sources"]


@hookimpl
def soc2_sources() -> Iterable[Source]:
    """The source `jamf`."""
    return [jamf]


@hookimpl
def soc2_claim(export: Export) -> Claim | None:
    """None: exports lie in the folder of their server."""
    return None
