"""How the plugin enters: its source."""

from collections.abc import Iterable

from soc2test import Source, hookimpl
from soc2test_plugins.hibob import employees, lifecycle  # noqa: F401  # they declare
from soc2test_plugins.hibob.source import hibob

__all__ = ["soc2_sources"]


@hookimpl
def soc2_sources() -> Iterable[Source]:
    """The source `hibob`."""
    return [hibob]
