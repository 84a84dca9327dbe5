"""How the plugin enters: its source."""

from collections.abc import Iterable

from soc2test import Source, hookimpl
from soc2test_plugins.openai import accounts, constants, keys  # noqa: F401  # they declare
from soc2test_plugins.openai.source import openai

__all__ = ["soc2_sources"]


@hookimpl
def soc2_sources() -> Iterable[Source]:
    """The source `openai`."""
    return [openai]
