"""How the plugin enters: its source, and lists that are named as the Web API names its methods."""

from collections.abc import Iterable

from soc2test import Claim, Export, Source, hookimpl
from soc2test_plugins.slack import constants, second_factor, users  # noqa: F401  # they declare
from soc2test_plugins.slack.source import slack

__all__ = ["soc2_claim", "soc2_sources"]


@hookimpl
def soc2_sources() -> Iterable[Source]:
    """The source `slack`."""
    return [slack]


@hookimpl
def soc2_claim(export: Export) -> Claim | None:
    """None: exports lie in the folder of their workspace."""
    return None
