"""How the plugin enters: its source."""

from collections.abc import Iterable

from soc2test import Source, hookimpl
from soc2test_plugins.slack import constants, second_factor, users  # noqa: F401  # they declare
from soc2test_plugins.slack.source import slack

__all__ = ["soc2_sources"]


@hookimpl
def soc2_sources() -> Iterable[Source]:
    """The source `slack`."""
    return [slack]
