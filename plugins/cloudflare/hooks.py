"""How the plugin enters: its source."""

from collections.abc import Iterable

from soc2test import Source, hookimpl
from soc2test_plugins.cloudflare import constants, members, second_factor  # noqa: F401  # they declare
from soc2test_plugins.cloudflare.source import cloudflare

__all__ = ["soc2_sources"]


@hookimpl
def soc2_sources() -> Iterable[Source]:
    """The source `cloudflare`."""
    return [cloudflare]
