"""How the plugin enters: its source."""

from collections.abc import Iterable

from soc2test import Source, hookimpl
from soc2test_plugins.knowbe4 import enrollments  # noqa: F401  # it declares
from soc2test_plugins.knowbe4.source import knowbe4

__all__ = ["soc2_sources"]


@hookimpl
def soc2_sources() -> Iterable[Source]:
    """The source `knowbe4`."""
    return [knowbe4]
