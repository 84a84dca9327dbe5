"""Whether a function looks at what it takes."""

import dis
from collections.abc import Callable
from functools import lru_cache

__all__ = ["looks_at"]


@lru_cache(maxsize=4096)
def looks_at(function: Callable[..., object], name: str) -> bool:
    """True where the code of a function reads its parameter; what it takes and never reads decides nothing.

    Of one that hands on whatever it gets (a wrapper) nobody knows, and it may.
    """
    code = getattr(function, "__code__", None)
    if code is None or name not in (*code.co_varnames, *code.co_cellvars):
        return True
    read = (each.argval for each in dis.get_instructions(function) if "LOAD" in each.opname)
    return any(name in (value if isinstance(value, tuple) else (value,)) for value in read)
