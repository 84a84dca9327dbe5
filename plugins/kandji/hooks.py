"""How the plugin enters: its source, and lists that are named as the API names their paths."""

from collections.abc import Iterable

from soc2test import Claim, Export, Source, hookimpl
from soc2test_plugins.kandji import devices  # noqa: F401  # it declares
from soc2test_plugins.kandji.source import kandji

__all__ = ["soc2_claim", "soc2_sources"]


@hookimpl
def soc2_sources() -> Iterable[Source]:
    """The source `kandji`."""
    return [kandji]


@hookimpl
def soc2_claim(export: Export) -> Claim | None:
    """None: exports lie in the folder of their tenant."""
    return None
