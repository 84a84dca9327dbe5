"""How the plugin enters: its source, and lists that are named as the Admin API names their paths."""

from collections.abc import Iterable

from soc2test import Claim, Export, Source, hookimpl
from soc2test_plugins.duo import constants, second_factor, users  # noqa: F401  # they declare
from soc2test_plugins.duo.source import duo

__all__ = ["soc2_claim", "soc2_sources"]


@hookimpl
def soc2_sources() -> Iterable[Source]:
    """The source `duo`."""
    return [duo]


@hookimpl
def soc2_claim(export: Export) -> Claim | None:
    """None: exports lie in the folder of their account."""
    return None
