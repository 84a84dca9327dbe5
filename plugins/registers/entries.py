"""What this plugin brings to a run: the source, with the registers of all modules in `kept/`."""

from collections.abc import Iterable
from importlib import import_module
from pkgutil import iter_modules

from soc2test import Claim, Export, Source, hookimpl
from soc2test_plugins.registers import kept
from soc2test_plugins.registers.claims import register_of
from soc2test_plugins.registers.source import registers

__all__ = ["registers", "soc2_claim", "soc2_sources"]

for _module in iter_modules(kept.__path__):
    import_module(f"{kept.__name__}.{_module.name}")


@hookimpl
def soc2_sources() -> Iterable[Source]:
    """The one source of this plugin."""
    return [registers]


@hookimpl
def soc2_claim(export: Export) -> Claim | None:
    """A register that does not lie where its name says which it is."""
    return register_of(export)
