"""How the plugin enters: its source."""

from collections.abc import Iterable

from soc2test import Source, hookimpl
from soc2test_plugins.sentinelone import agents  # noqa: F401  # it declares
from soc2test_plugins.sentinelone.source import sentinelone

__all__ = ["soc2_sources"]


@hookimpl
def soc2_sources() -> Iterable[Source]:
    """The source `sentinelone`."""
    return [sentinelone]
