"""When the interpreter looks for garbage in a run of controls.

What exports tell stays to the end of the run: to look through all of it again and again took an eighth of a run over
many files. What is young is looked through all the same, since code of plugins may leave circles (an exception that a
function keeps holds the function's frame), and each may hold a file's whole content.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["keeping", "stays"]

_YOUNG, _OLDER, _NEVER = 50_000, 20, 1_000_000
"""so many new objects until they are looked through, so many times until those that were left are, and the rest"""


@contextmanager
def keeping() -> Iterator[None]:
    """Within, what has lasted for a while is not looked through; what was made there never is again."""
    before = gc.get_threshold()
    gc.set_threshold(_YOUNG, _OLDER, _NEVER)
    try:
        yield
    finally:
        gc.collect(0)
        gc.freeze()
        gc.set_threshold(*before)


def stays() -> None:
    """All is loaded: what there is now stays to the end, and pytest would look through it twice there."""
    gc.unfreeze()  # of an earlier run in this process
    gc.freeze()
    gc.enable()
