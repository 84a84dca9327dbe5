"""Whose plugin a source is, and whose code reads for it: nobody raises what stands behind facts without a word."""

import sys
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, Literal

import msgspec

from soc2test.imports import LABELS, PROGRAMME_PLUGINS

__all__ = ["NOBODY", "Belonging", "FactNature", "caller_module", "module_of", "place_of_module", "weakest"]

FactNature = Literal["system", "record"]
_FRAMEWORK = "soc2test"


class Belonging(msgspec.Struct, frozen=True):
    """The plugin that something is of.

    place    where it stands, for people: "plugins/kandji.py", "the installed plugin kandji"
    package  the first part of its modules' name, "" where nobody knows
    shipped  it comes with soc2test, whose sources' natures are tested here
    """

    place: str = ""
    package: str = ""
    shipped: bool = False

    def holds(self, modules: Iterable[str]) -> bool:
        """True where all of these modules are the plugin's, or the framework's."""
        return all(module.partition(".")[0] in (self.package, _FRAMEWORK) for module in modules)


NOBODY = Belonging()
"""Of what no plugin gave: a source that a test made by hand."""


def place_of_module(module: str) -> str:
    """Where a module of a plugin stands, for people: "plugins/kandji.py"."""
    package, _, rest = module.partition(".")
    if package != PROGRAMME_PLUGINS or not rest:
        return f"the module {module}"
    first = rest.partition(".")[0]
    is_folder = hasattr(sys.modules.get(f"{package}.{first}"), "__path__")
    return f"{LABELS[package]}/{first}{'' if is_folder else '.py'}"


def caller_module(levels: int = 1) -> str:
    """The name of the module whose code called the function that asks, or the one `levels` above that."""
    name = sys._getframe(levels + 1).f_globals.get("__name__", "")
    return name if isinstance(name, str) else ""


def module_of(function: Callable[..., Any]) -> str:
    """The name of the module in which a function stands."""
    while isinstance(function, partial):
        function = function.func
    return getattr(function, "__module__", None) or type(function).__module__


def weakest(*natures: FactNature | None) -> FactNature:
    """The nature of what is as strong as its weakest part; a part that says nothing (None) is left out."""
    return "record" if "record" in natures else "system"
