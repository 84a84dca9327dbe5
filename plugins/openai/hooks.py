"""How the plugin enters: its source, and lists that are named as OpenAI's reference names their calls."""

from collections.abc import Iterable

from soc2test import Claim, Export, Source, hookimpl
from soc2test_plugins.openai import accounts, constants, keys  # noqa: F401  # they declare
from soc2test_plugins.openai.source import openai

__all__ = ["soc2_claim", "soc2_sources"]


@hookimpl
def soc2_sources() -> Iterable[Source]:
    """The source `openai`."""
    return [openai]


@hookimpl
def soc2_claim(export: Export) -> Claim | None:
    """None: exports lie in the folder of their organization."""
    return None
