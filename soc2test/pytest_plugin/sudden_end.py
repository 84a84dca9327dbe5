"""`os._exit(0)` in a control, fixture, policy file or plugin would end the run green, with every verdict lost."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from soc2test.errors import Soc2Error

__all__ = ["SuddenEnd", "no_sudden_end"]


class SuddenEnd(Soc2Error):
    """Code of a policy, plugin or fixture called `os._exit`."""


@contextmanager
def no_sudden_end() -> Iterator[None]:
    """Within, `os._exit` raises `SuddenEnd`."""
    original, process = os._exit, os.getpid()

    def refuse(status: int) -> Any:
        if os.getpid() != process:  # a child that was forked ends by it, as it should
            original(status)
        raise SuddenEnd(f"os._exit({status}) was called: it would end the run and lose every verdict")

    os._exit = refuse
    try:
        yield
    finally:
        os._exit = original
