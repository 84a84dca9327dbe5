"""The syntax tree of a function, with the lines of its file."""

import ast
import inspect
import linecache
import textwrap
import types
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from soc2test.code_reading.three_valued_calls import as_comprehensions

__all__ = ["tree_of"]


@lru_cache(maxsize=4096)
def tree_of(function: Callable[..., Any]) -> ast.FunctionDef | ast.Lambda | None:
    """The code of a function, with the lines of its file; None where it can't be read.

    `any_of` and `all_of` stand in it as comprehensions.
    """
    tree = _as_written(function.__code__)
    if tree is not None:
        as_comprehensions(tree, function)
    return tree


def _as_written(code: types.CodeType) -> ast.FunctionDef | ast.Lambda | None:
    try:
        lines, first = _lines(code)
        text = textwrap.dedent("".join(inspect.getblock(lines[first:])))
        tree = ast.parse(text)
    except (OSError, SyntaxError, IndexError):  # a lambda amid a call that begins above it, among others
        return _in_file(code)
    ast.increment_lineno(tree, first)
    return _within(tree, code) or _in_file(code)


def _lines(code: types.CodeType) -> tuple[list[str], int]:
    """The lines of its file, and the number of its first. `inspect.findsource` looks through all modules for each."""
    linecache.checkcache(code.co_filename)
    lines = linecache.getlines(code.co_filename)
    return (lines, code.co_firstlineno - 1) if lines else inspect.findsource(code)


@lru_cache(maxsize=4096)
def _in_file(code: types.CodeType) -> ast.FunctionDef | ast.Lambda | None:
    try:
        with open(code.co_filename, "rb") as file:
            return _within(ast.parse(file.read()), code)
    except (OSError, SyntaxError, ValueError):
        return None


def _within(tree: ast.AST, code: types.CodeType) -> ast.FunctionDef | ast.Lambda | None:
    kind = ast.Lambda if code.co_name == "<lambda>" else ast.FunctionDef
    fitting = [
        node for node in ast.walk(tree)
        if isinstance(node, kind) and _first_line(node) == code.co_firstlineno
        and [each.arg for each in node.args.args] == list(code.co_varnames[: code.co_argcount])
    ]  # fmt: skip
    return fitting[0] if len(fitting) == 1 else None


def _first_line(node: ast.FunctionDef | ast.Lambda) -> int:
    first = node.decorator_list[0] if isinstance(node, ast.FunctionDef) and node.decorator_list else node
    return first.lineno
