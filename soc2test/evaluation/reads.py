"""Which facts a control reads, told from its code without running it."""

import types
from functools import lru_cache

from soc2test.controls.control import Control
from soc2test.resources.resource import fact_names

__all__ = ["facts_read"]


def facts_read(control: Control) -> tuple[str, ...]:
    """Names of the facts of the resource under test that its `where` and body name, those of the body last."""
    if control.kind is None:
        return ()
    known = set(fact_names(control.kind))
    codes = [code for each in (control.where, control.function) if (code := getattr(each, "__code__", None))]
    return tuple(dict.fromkeys(name for code in codes for name in _names(code) if name in known))


@lru_cache(maxsize=1024)
def _names(code: types.CodeType) -> tuple[str, ...]:
    inner = [name for const in code.co_consts if isinstance(const, types.CodeType) for name in _names(const)]
    return (*code.co_names, *inner)
