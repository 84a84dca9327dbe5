"""The syntax tree of a function, with the lines of its file."""

import ast
import inspect
import textwrap
import types
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

from soc2test.code_reading.modules import AnyFunction, first_line, functions_at, version_of
from soc2test.code_reading.three_valued_calls import as_comprehensions, spellings_of
from soc2test.code_reading.walking import copied, walk

__all__ = ["tree_of"]


@lru_cache(maxsize=4096)
def tree_of(function: Callable[..., Any]) -> AnyFunction | None:
    """The code of a function, with the lines of its file; None where it can't be read.

    `any_of` and `all_of` stand in it as comprehensions.
    """
    code = function.__code__
    return _tree(code, code.co_filename, version_of(code.co_filename), spellings_of(function))


@lru_cache(maxsize=4096)
def _tree(
    code: types.CodeType, file: str, version: tuple[int, int], spellings: frozenset[str] | None
) -> AnyFunction | None:
    """The same by what it rests on: Python takes code of two files for equal, and for equal what annotations part."""
    tree = _as_written(code)
    if tree is None or spellings is None:
        return tree
    own = copied(tree)  # that of its file is as it is written
    as_comprehensions(own, spellings)
    return own


def _as_written(code: types.CodeType) -> AnyFunction | None:
    try:
        return _only(functions_at(code.co_filename, code.co_firstlineno), code)
    except (OSError, SyntaxError, ValueError):
        return _of_no_file(code)


def _of_no_file(code: types.CodeType) -> AnyFunction | None:
    """Of text that Python keeps lines of without a file, as of an archive."""
    try:
        lines, first = inspect.findsource(code)
        tree = ast.parse(textwrap.dedent("".join(inspect.getblock(lines[first:]))))
    except (OSError, SyntaxError, IndexError):
        return None
    ast.increment_lineno(tree, first)
    functions = [node for node in walk(tree) if isinstance(node, AnyFunction)]
    return _only([node for node in functions if first_line(node) == code.co_firstlineno], code)


def _only(functions: Iterable[AnyFunction], code: types.CodeType) -> AnyFunction | None:
    """The one that fits; of two that a line holds nobody knows which is meant."""
    kind = ast.Lambda if code.co_name == "<lambda>" else ast.FunctionDef
    arguments = [*code.co_varnames[: code.co_argcount]]
    fitting = [
        node for node in functions if isinstance(node, kind) and [each.arg for each in node.args.args] == arguments
    ]
    return fitting[0] if len(fitting) == 1 else None
