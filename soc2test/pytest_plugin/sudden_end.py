"""`os._exit(0)` in a control, fixture, policy file or plugin would end the run green, with every verdict lost."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from soc2test.errors import Soc2Error

__all__ = ["EXIT", "SuddenEnd", "no_sudden_end"]

EXIT = os._exit
"""the real one, for our own ends"""

_ENDS = ("_exit", "execv", "execve")
"""what ends the process at once, or puts another program in its place; the other `exec` functions call these"""


class SuddenEnd(Soc2Error):
    """Code of a policy, plugin or fixture called `os._exit` or `os.exec`."""


@contextmanager
def no_sudden_end() -> Iterator[None]:
    """Within, `os._exit` and `os.exec` raise `SuddenEnd`."""
    modules = [os, *(sys.modules[name] for name in ("posix", "nt") if name in sys.modules)]
    originals = [(module, name, getattr(module, name)) for module in modules for name in _ENDS if hasattr(module, name)]
    for module, name, original in originals:
        setattr(module, name, _refusal(name, original))
    try:
        yield
    finally:
        for module, name, original in originals:
            setattr(module, name, original)


def _refusal(name: str, original: Callable[..., Any]) -> Callable[..., Any]:
    process = os.getpid()

    def refuse(*given: Any) -> Any:
        if os.getpid() != process:  # a child that was forked ends by it, as it should
            return original(*given)
        what = f"os.{name}({given[0]})" if name == "_exit" and given else f"os.{name}"
        raise SuddenEnd(f"{what} was called: it would end the run and lose every verdict")

    return refuse
