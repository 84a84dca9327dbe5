"""How the plugin enters: its source."""

from collections.abc import Iterable

from soc2test import Source, hookimpl
from soc2test_plugins.jumpcloud import constants, second_factor, systems, users  # noqa: F401  # they declare
from soc2test_plugins.jumpcloud.source import jumpcloud

__all__ = ["soc2_sources"]


@hookimpl
def soc2_sources() -> Iterable[Source]:
    """The source `jumpcloud`."""
    return [jumpcloud]
