"""The functions and classes of a file of Python, parsed once: hundreds of controls stand in a hundred files."""

import ast
import os
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from soc2test.code_reading.walking import walk

__all__ = ["AnyFunction", "class_named", "first_line", "functions_at", "version_of"]

AnyFunction = ast.FunctionDef | ast.Lambda


def functions_at(file: str, line: int) -> Sequence[AnyFunction]:
    """The functions and lambdas of a file that begin in a line, as `co_firstlineno` tells it; outer ones come first.

    The trees are shared: whoever changes one takes a copy. Raises OSError where the file can't be read, SyntaxError and
    ValueError where it is no Python.
    """
    return _functions(file, version_of(file)).get(line, ())


def class_named(file: str, name: str) -> ast.ClassDef | None:
    """The class of a file by its `__qualname__`; None where there is none, or where two bear the name.

    Its tree is shared and raises what `functions_at` does.
    """
    found = _classes(file, version_of(file)).get(name, ())
    return found[0] if len(found) == 1 else None


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
    found: dict[int, list[AnyFunction]] = {}
    for node in walk(_parsed(file)):
        if isinstance(node, AnyFunction):
            found.setdefault(first_line(node), []).append(node)
    return found


@lru_cache(maxsize=1024)
def _classes(file: str, version: tuple[int, int]) -> Mapping[str, Sequence[ast.ClassDef]]:
    """Of a file as it is now, those that stand in no function."""
    found: dict[str, list[ast.ClassDef]] = {}
    for name, node in _classes_in(_parsed(file).body, ""):
        found.setdefault(name, []).append(node)
    return found


def _classes_in(body: Sequence[ast.stmt], around: str) -> Iterator[tuple[str, ast.ClassDef]]:
    for node in body:
        if isinstance(node, ast.ClassDef):
            yield f"{around}{node.name}", node
            yield from _classes_in(node.body, f"{around}{node.name}.")
        elif not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield from _classes_in([each for each in ast.iter_child_nodes(node) if isinstance(each, ast.stmt)], around)


def _parsed(file: str) -> ast.Module:
    with open(file, "rb") as opened:
        return ast.parse(opened.read())


def first_line(function: AnyFunction) -> int:
    """The line in which it begins, with its decorators."""
    decorators = function.decorator_list if isinstance(function, ast.FunctionDef) else []
    return decorators[0].lineno if decorators else function.lineno
