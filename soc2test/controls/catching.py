"""Which exceptions a handler or a context manager takes: by what their names stand for, not by how they are called."""

import ast
import contextlib
import inspect
from collections.abc import Iterator
from types import FunctionType
from typing import Any

from soc2test.code_reading.trees import tree_of
from soc2test.code_reading.walking import walk
from soc2test.controls.known_names import Names
from soc2test.controls.truths import always_true

__all__ = ["ALL", "ASSERTS", "managed", "takes"]

ALL = "all"
"""unknown facts too"""
ASSERTS = "asserts"
_ALL = ("BaseException",)
_ASSERTS = ("AssertionError", "Exception")
_MANAGER = contextlib.contextmanager(lambda: iter(())).__code__


def takes(caught: ast.expr | None, what: str, names: Names) -> bool:
    """True where a handler of `caught` takes every exception, or failed asserts; one without a type takes all."""
    if caught is None:
        return True
    return any(_is(each, what) for each in _classes(caught, names))


def _is(caught: Any, what: str) -> bool:
    if isinstance(caught, str):
        return caught in (_ALL if what == ALL else _ASSERTS)
    if not isinstance(caught, type) or not issubclass(AssertionError, caught):
        return False
    return caught is BaseException if what == ALL else issubclass(caught, Exception)


def _classes(node: ast.expr, names: Names) -> Iterator[Any]:
    """The classes that an expression names; a name of which nothing is known as its text."""
    if isinstance(node, ast.Tuple | ast.List | ast.Set):
        for each in node.elts:
            yield from _classes(each, names)
    elif isinstance(node, ast.Starred):
        yield from _classes(node.value, names)
    elif isinstance(node, ast.BinOp):
        yield from _classes(node.left, names)
        yield from _classes(node.right, names)
    elif isinstance(node, ast.Name) and (given := names.given(node.id)):
        for each in given:
            yield from _classes(each, names.looking_at(node.id))
    elif isinstance(node, ast.Call):
        for each in node.args if getattr(node.func, "id", "") in ("tuple", "list", "set") else ():
            yield from _classes(each, names)
    else:
        held = names.called(node)
        yield from _flat(held) if held is not None else [getattr(node, "attr", getattr(node, "id", ""))]


def _flat(held: Any) -> Iterator[Any]:
    if isinstance(held, tuple | list | set | frozenset):
        for each in held:
            yield from _flat(each)
    else:
        yield held


def managed(node: ast.expr, names: Names) -> frozenset[str]:
    """What a context manager swallows for certain: `ALL`, `ASSERTS`, both or nothing."""
    if isinstance(node, ast.Name) and (given := names.given(node.id)):
        return frozenset[str]().union(*(managed(each, names.looking_at(node.id)) for each in given))
    if not isinstance(node, ast.Call):
        return _of_class(type(names.called(node)), names)
    called = names.called(node.func)
    suppress = isinstance(called, type) and issubclass(called, contextlib.suppress)
    if suppress or (called is None and getattr(node.func, "attr", getattr(node.func, "id", "")) == "suppress"):
        return frozenset(what for what in (ALL, ASSERTS) if any(takes(each, what, names) for each in node.args))
    if isinstance(called, type):
        return _of_class(called, names)
    return _of_function(called, names) if isinstance(called, FunctionType) else frozenset()


def _of_class(owner: type, names: Names) -> frozenset[str]:
    """What the `__exit__` of a class swallows, where it is written in Python."""
    leave = inspect.getattr_static(owner, "__exit__", None)
    inner = names.within(leave) if isinstance(leave, FunctionType) else None
    tree = tree_of(leave) if isinstance(leave, FunctionType) and inner is not None else None
    if tree is None or inner is None:
        return frozenset()
    returned = [tree.body] if isinstance(tree, ast.Lambda) else [
        node.value for node in walk(tree) if isinstance(node, ast.Return) and node.value is not None
    ]  # fmt: skip
    if any(always_true(each, inner) is not None for each in returned) and not _has_branches(tree):
        return frozenset((ALL, ASSERTS))
    asked = (_is(found, ASSERTS) for each in returned for part in walk(each)
             if isinstance(part, ast.Name | ast.Attribute) for found in _classes(part, inner))  # fmt: skip
    return frozenset((ASSERTS,)) if any(asked) else frozenset()


def _has_branches(tree: ast.AST) -> bool:
    return any(isinstance(node, ast.If | ast.Match | ast.Try) for node in walk(tree))


def _of_function(function: FunctionType, names: Names) -> frozenset[str]:
    """What a function of the policy's own swallows: one with `@contextmanager`, or that gives a context manager."""
    generator = getattr(function, "__wrapped__", None)
    if function.__code__ is _MANAGER and isinstance(generator, FunctionType):
        return _of_generator(generator, names)
    inner = names.within(function)
    tree = tree_of(function) if inner is not None else None
    if tree is None or inner is None:
        return frozenset()
    returned = [tree.body] if isinstance(tree, ast.Lambda) else [
        node.value for node in walk(tree) if isinstance(node, ast.Return) and node.value is not None
    ]  # fmt: skip
    return frozenset[str]().union(*(managed(each, inner) for each in returned))


def _of_generator(generator: FunctionType, names: Names) -> frozenset[str]:
    """What is caught around its `yield` and not raised again."""
    tree, inner = tree_of(generator), names.within(generator)
    found: set[str] = set()
    for node in walk(tree) if tree is not None and inner is not None else ():
        if isinstance(node, ast.With) and _yields(node.body):
            for item in node.items:
                found |= managed(item.context_expr, inner)  # type: ignore[arg-type]
        if not isinstance(node, ast.Try) or not _yields(node.body):
            continue
        if any(isinstance(each, ast.Return) for final in node.finalbody for each in walk(final)):
            found |= {ALL, ASSERTS}
        for handler in node.handlers:
            if not any(isinstance(each, ast.Raise | ast.Assert | ast.Call) for part in handler.body
                       for each in walk(part)):  # fmt: skip
                found |= {what for what in (ALL, ASSERTS) if takes(handler.type, what, inner)}  # type: ignore[arg-type]
    return frozenset(found)


def _yields(body: list[ast.stmt]) -> bool:
    return any(isinstance(node, ast.Yield) for statement in body for node in walk(statement))
