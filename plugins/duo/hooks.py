"""How the plugin enters: its source."""

from collections.abc import Iterable

from soc2test import Source, hookimpl
from soc2test_plugins.duo import constants, second_factor, users  # noqa: F401  # they declare
from soc2test_plugins.duo.source import duo

__all__ = ["soc2_sources"]


@hookimpl
def soc2_sources() -> Iterable[Source]:
    """The source `duo`."""
    return [duo]
