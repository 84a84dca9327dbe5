"""What becomes a control while a module is executed, where it stands, and that none is lost again."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from soc2test.controls.control import Control

__all__ = ["Decorated", "decorations", "note"]


@dataclass(frozen=True)
class Decorated:
    """A control, and the file and line of the module that was being executed when it was decorated."""

    control: Control
    file: str
    line: int


_decorated: ContextVar[list[Decorated] | None] = ContextVar("soc2test_decorated", default=None)


@contextmanager
def decorations() -> Iterator[list[Decorated]]:
    """Within, everything that becomes a control is noted: a name in a module may be lost again, a decoration not."""
    noted: list[Decorated] = []
    token = _decorated.set(noted)
    try:
        yield noted
    finally:
        _decorated.reset(token)


def note(spec: Control) -> None:
    noted = _decorated.get()
    if noted is None:
        return
    frame = sys._getframe()  # a factory may stand in another file: what counts is which module calls it
    while frame.f_code.co_name != "<module>" and frame.f_back is not None:
        frame = frame.f_back
    code = getattr(spec.function, "__code__", None)
    file, line = frame.f_code.co_filename, frame.f_lineno
    if code is not None and code.co_filename == file:
        line = code.co_firstlineno
    noted.append(Decorated(spec, file, line))
