"""How the plugin enters: its source."""

from collections.abc import Iterable

from soc2test import Source, hookimpl
from soc2test_plugins.opsgenie import alerts  # noqa: F401  # it declares
from soc2test_plugins.opsgenie.source import opsgenie

__all__ = ["soc2_sources"]


@hookimpl
def soc2_sources() -> Iterable[Source]:
    """The source `opsgenie`."""
    return [opsgenie]
