"""soc2test, pytest for SOC 2: the contract for those who write controls and plugins.

Its names stand in `soc2test.contract` and are resolved on first use: pytest imports this package in every run of an
environment in which it is installed, and ordinary runs must not pay for what they don't use.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from soc2test.contract import *  # noqa: F403  # the names for type checkers


def __getattr__(name: str) -> Any:
    if name == "__all__" or not name.startswith("_"):
        contract = import_module("soc2test.contract")
        if hasattr(contract, name):
            # from the second time on it is an attribute of this module like any other
            return globals().setdefault(name, getattr(contract, name))
    raise AttributeError(f"module 'soc2test' has no attribute {name!r}")


def __dir__() -> list[str]:
    """What completion offers: the contract."""
    return list(import_module("soc2test.contract").__all__)
