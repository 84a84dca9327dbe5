"""How the plugin enters: its source."""

from collections.abc import Iterable

from soc2test import Source, hookimpl
from soc2test_plugins.jamf import computers, mobile_devices  # noqa: F401  # they declare
from soc2test_plugins.jamf.source import jamf

__all__ = ["soc2_sources"]


@hookimpl
def soc2_sources() -> Iterable[Source]:
    """The source `jamf`."""
    return [jamf]
