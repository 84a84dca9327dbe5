"""How the plugin enters: its source, and lists that are named as the OpenAPI document names their operations."""

from collections.abc import Iterable

from soc2test import Claim, Export, Source, hookimpl
from soc2test_plugins.pagerduty import constants, incidents, users  # noqa: F401  # they declare
from soc2test_plugins.pagerduty.source import pagerduty

__all__ = ["soc2_claim", "soc2_sources"]


@hookimpl
def soc2_sources() -> Iterable[Source]:
    """The source `pagerduty`."""
    return [pagerduty]


@hookimpl
def soc2_claim(export: Export) -> Claim | None:
    """None: exports lie in the folder of their account."""
    return None
