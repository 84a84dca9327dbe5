"""How the plugin enters: its source, and lists that are named as the Admin API names their calls."""

from collections.abc import Iterable

from soc2test import Claim, Export, Source, hookimpl
from soc2test_plugins.anthropic import accounts, constants, keys  # noqa: F401  # they declare
from soc2test_plugins.anthropic.source import anthropic

__all__ = ["soc2_claim", "soc2_sources"]


@hookimpl
def soc2_sources() -> Iterable[Source]:
    """The source `anthropic`."""
    return [anthropic]


@hookimpl
def soc2_claim(export: Export) -> Claim | None:
    """None: exports lie in the folder of their organization."""
    return None
