"""How the plugin enters: its source."""

from collections.abc import Iterable

from soc2test import Source, hookimpl
from soc2test_plugins.openlineage import flows  # noqa: F401  # it declares
from soc2test_plugins.openlineage.source import openlineage

__all__ = ["soc2_sources"]


@hookimpl
def soc2_sources() -> Iterable[Source]:
    """The source `openlineage`."""
    return [openlineage]
