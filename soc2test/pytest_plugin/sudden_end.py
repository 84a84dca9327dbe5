"""`os._exit(0)` in a control, fixture, policy file or plugin would end the run green, with every verdict lost."""

import os
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from soc2test.errors import Soc2Error

__all__ = ["EXIT", "LAST_WORDS", "SuddenEnd", "no_sudden_end"]

EXIT = os._exit
"""the real one, for our own ends"""

_ENDS = ("_exit", "execv", "execve")
"""what ends the process at once, or puts another program in its place; the other `exec` functions call these"""


LAST_WORDS: list[Callable[[str], None]] = []
"""what is still to be done where something that may do so ends the process; called with its name"""

_MAY_END = {"pytest_timeout": "pytest-timeout", "execnet.gateway_base": "execnet"}
"""modules that end a process which hangs: the time limit (its thread method), and a worker without its controller"""

_LOST = 3
_PATIENCE = 60
"""seconds for the last words"""


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


def _end(ending: str) -> None:
    """Say what there is to say, in a thread: the one that hangs may hold what it takes."""
    for say in LAST_WORDS:
        speaker = threading.Thread(target=say, args=(ending,), daemon=True)
        speaker.start()
        speaker.join(_PATIENCE)
    EXIT(_LOST)


def _caller() -> str:
    """The module that calls a refused function; "" where Python itself does, as for what atexit keeps."""
    try:
        return str(sys._getframe(2).f_globals.get("__name__", ""))
    except ValueError:
        return ""


def _refusal(name: str, original: Callable[..., Any]) -> Callable[..., Any]:
    process = os.getpid()

    def refuse(*given: Any) -> Any:
        if os.getpid() != process:  # a child that was forked ends by it, as it should
            return original(*given)
        if (ending := _MAY_END.get(_caller())) is not None:
            _end(ending)
        what = f"os.{name}({given[0]})" if name == "_exit" and given else f"os.{name}"
        raise SuddenEnd(f"{what} was called: it would end the run and lose every verdict")

    return refuse
