"""All controls of the shipped pack, met by importing its modules."""

import importlib
import pkgutil
from functools import lru_cache

import soc2test_policies
from soc2test.controls.control import Control, control_of

__all__ = ["shipped_controls"]


@lru_cache
def shipped_controls() -> tuple[Control, ...]:
    """Every control that a module of the pack defines itself."""
    names = [each.name for each in pkgutil.walk_packages(soc2test_policies.__path__, "soc2test_policies.")]
    modules = [importlib.import_module(name) for name in names]
    found = (
        (module.__name__, control_of(value)) for module in modules for value in vars(module).values() if callable(value)
    )
    return tuple(spec for name, spec in found if spec is not None and spec.function.__module__ == name)
