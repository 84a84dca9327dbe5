"""How the plugin enters: its source."""

from collections.abc import Iterable

from soc2test import Source, hookimpl
from soc2test_plugins.servicenow import records  # noqa: F401  # it declares
from soc2test_plugins.servicenow.source import servicenow

__all__ = ["soc2_sources"]


@hookimpl
def soc2_sources() -> Iterable[Source]:
    """The source `servicenow`."""
    return [servicenow]
