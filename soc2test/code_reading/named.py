"""The facts of a kind that the code of a function names, told without running it."""

import types
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from soc2test.resources.resource import Resource, fact_names

__all__ = ["code_names", "names_in"]


def names_in(kind: type[Resource], *functions: Callable[..., Any] | None) -> tuple[str, ...]:
    """Names of facts of a kind that functions name, in the order of the functions."""
    known = set(fact_names(kind))
    codes = [code for each in functions if (code := getattr(each, "__code__", None))]
    return tuple(dict.fromkeys(name for code in codes for name in code_names(code) if name in known))


@lru_cache(maxsize=1024)
def code_names(code: types.CodeType) -> tuple[str, ...]:
    """The names of globals and attributes in a function's code and in what stands in it: lambdas, comprehensions."""
    inner = [name for const in code.co_consts if isinstance(const, types.CodeType) for name in code_names(const)]
    return (*code.co_names, *inner)
