"""The functions that a file of Python holds, each file parsed once: hundreds of controls stand in a hundred files."""

import ast
import os
from collections.abc import Mapping, Sequence
from functools import lru_cache

from soc2test.code_reading.walking import walk

__all__ = ["AnyFunction", "first_line", "functions_at", "version_of"]

AnyFunction = ast.FunctionDef | ast.Lambda


def functions_at(file: str, line: int) -> Sequence[AnyFunction]:
    """The functions and lambdas of a file that begin in a line, as `co_firstlineno` tells it; outer ones come first.

    The trees are shared: whoever changes one takes a copy. Raises OSError where the file can't be read, SyntaxError and
    ValueError where it is no Python.
    """
    return _functions(file, version_of(file)).get(line, ())


def version_of(file: str) -> tuple[int, int]:
    """What says that a file may be another one than it was: when it changed, in nanoseconds, and its size in bytes."""
    try:
        info = os.stat(file)
    except (OSError, ValueError):  # text that lies in no file has a name in brackets
        return 0, 0
    return info.st_mtime_ns, info.st_size


@lru_cache(maxsize=1024)
def _functions(file: str, version: tuple[int, int]) -> Mapping[int, Sequence[AnyFunction]]:
    """Of a file as it is now."""
    with open(file, "rb") as opened:
        tree = ast.parse(opened.read())
    found: dict[int, list[AnyFunction]] = {}
    for node in walk(tree):
        if isinstance(node, AnyFunction):
            found.setdefault(first_line(node), []).append(node)
    return found


def first_line(function: AnyFunction) -> int:
    """The line in which it begins, with its decorators."""
    decorators = function.decorator_list if isinstance(function, ast.FunctionDef) else []
    return decorators[0].lineno if decorators else function.lineno
