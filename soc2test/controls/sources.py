"""The text of functions that a control calls, as far as it can be had."""

import ast
import inspect
import textwrap
from functools import lru_cache

__all__ = ["text_of"]


@lru_cache(maxsize=256)
def text_of(function: object) -> ast.Module | None:
    """The parsed text of a function; None where there is none, or it is not of Python's."""
    try:
        return ast.parse(textwrap.dedent(inspect.getsource(function)))  # type: ignore[arg-type]
    except (OSError, TypeError, SyntaxError, ValueError):
        return None
