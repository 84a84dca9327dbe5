"""`os._exit(0)` in a control, fixture, policy file or plugin would end the run green, with every verdict lost."""

import os
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from soc2test.errors import Soc2Error

__all__ = ["EXIT", "LAST_WORDS", "SuddenEnd", "ends_with", "no_sudden_end"]

EXIT = os._exit
"""the real one, for our own ends"""

_ENDS = ("_exit", "execv", "execve")
"""what ends the process at once, or puts another program in its place; the other `exec` functions call these"""


LAST_WORDS: list[Callable[[str], None]] = []
"""what is still to be done where something that may do so ends the process; called with its name"""

_MAY_END = {"pytest_timeout": "pytest-timeout", "execnet.gateway_base": "execnet"}
"""modules that end a process which hangs: the time limit (its thread method), and a worker without its controller"""

_REAL = {
    (module, name): getattr(module, name)
    for module in (os, *(sys.modules[name] for name in ("posix", "nt") if name in sys.modules))
    for name in _ENDS
    if hasattr(module, name)
}
_code: list[int] = []
"""the exit code of the run that is over; empty while there is none"""

_LOST = 3
_PATIENCE = 60
"""seconds for the last words"""


class SuddenEnd(Soc2Error):
    """Code of a policy, plugin or fixture called `os._exit` or `os.exec`."""


@contextmanager
def no_sudden_end() -> Iterator[None]:
    """Within, `os._exit` and `os.exec` raise `SuddenEnd`."""
    _code.clear()
    originals = [(module, name, getattr(module, name)) for module, name in _REAL]
    for module, name, original in originals:
        setattr(module, name, _refusal(name, original))
    try:
        yield
    finally:
        for module, name, original in originals:
            setattr(module, name, original)


def ends_with(code: int) -> None:
    """A run is over: `os._exit(0)` in what is called after it (atexit, threads) ends the process with `code` too."""
    _code[:] = [code]
    for (module, name), real in _REAL.items():
        setattr(module, name, _late(name, real) if code else real)


def _late(name: str, real: Callable[..., Any]) -> Callable[..., Any]:
    process = os.getpid()

    def end(*given: Any) -> Any:
        if os.getpid() != process or _caller() == "__main__" or (name == "_exit" and given != (0,)):
            return real(*given)
        return _end_late(name)

    return end


def _end_late(name: str) -> None:
    for stream in (sys.__stdout__, sys.__stderr__):
        if stream is not None and not stream.closed:
            stream.flush()
    os.write(2, f"ERROR: os.{name} was called after the run, which ends with its own exit code: {_code[0]}\n".encode())
    EXIT(_code[0])


def _caller() -> str:
    """The module that calls the function that asks; nothing where the interpreter does, as at its end."""
    frame = sys._getframe(1).f_back
    return "" if frame is None else str(frame.f_globals.get("__name__", ""))


def _end(ending: str) -> None:
    """Say what there is to say, in a thread: the one that hangs may hold what it takes."""
    for say in LAST_WORDS:
        speaker = threading.Thread(target=say, args=(ending,), daemon=True)
        speaker.start()
        speaker.join(_PATIENCE)
    EXIT(_LOST)


def _refusal(name: str, original: Callable[..., Any]) -> Callable[..., Any]:
    process = os.getpid()

    def refuse(*given: Any) -> Any:
        if os.getpid() != process:  # a child that was forked ends by it, as it should
            return original(*given)
        if (ending := _MAY_END.get(_caller())) is not None:
            _end(ending)
        if _code:  # a name that was bound while the run went on
            return original(*given) if name == "_exit" and given != (0,) else _end_late(name)
        what = f"os.{name}({given[0]})" if name == "_exit" and given else f"os.{name}"
        raise SuddenEnd(f"{what} was called: it would end the run and lose every verdict")

    return refuse
