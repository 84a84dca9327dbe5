"""When the interpreter looks for garbage in a run of controls.

What is told by exports stays to the end of the run, and counting references frees nearly all the rest. To look through
it again and again took an eighth of a run over many files.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["keeping", "stays"]


@contextmanager
def keeping() -> Iterator[None]:
    """Within, nothing is looked through; what was made there is never looked through again."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was_on:
            gc.enable()


def stays() -> None:
    """All is loaded: what there is now stays to the end, and pytest would look through it twice there."""
    gc.unfreeze()  # of an earlier run in this process
    gc.freeze()
    gc.enable()
