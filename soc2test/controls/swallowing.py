"""Handlers and contexts that swallow a failed assert or an unknown fact: what must be said is then never said."""

import ast
import contextlib
from collections.abc import Iterable, Iterator
from typing import Any

from soc2test.controls.sources import text_of
from soc2test.controls.truths import Names

__all__ = ["swallowed"]

_TELLS = ("fail", "deviation")
"""calls by which a handler says that something does not hold"""
_ALL = (BaseException,)
_ASSERTS = (AssertionError, Exception)
_SAID_ONLY = ("print", "debug", "info", "warning", "error", "exception", "log")
"""calls that only write something"""
_LOOPS = (ast.For, ast.AsyncFor, ast.While)
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
_FLOW = (ast.Return, ast.Break, ast.Continue, ast.Assign, ast.AugAssign, ast.AnnAssign, ast.NamedExpr, ast.Delete)


def swallowed(node: ast.AST, names: Names) -> Iterator[tuple[int, str]]:
    """What a `try` or `with` swallows that it must not, with its line."""
    if isinstance(node, ast.Try | ast.TryStar):
        yield from _tried(node, names)
    elif isinstance(node, ast.With):
        yield from _suppressed(node, names)


def _tried(node: ast.Try | ast.TryStar, names: Names) -> Iterator[tuple[int, str]]:
    if _drops(node.finalbody):
        yield node.lineno, "a `return` in `finally` drops every failed assert and every unknown fact"
    for handler in node.handlers:
        if _takes(handler.type, _ALL, names) and not any(map(_tells, _nodes(handler.body))):
            caught = "except:" if handler.type is None else "except BaseException:"
            yield (
                handler.lineno,
                f"`{caught}` swallows unknown facts, so that they would pass; name the exceptions you expect",
            )
        elif _takes(handler.type, _ASSERTS, names) and _idle(handler.body) and _only_asserts(node.body, node.orelse):
            caught = ast.unparse(handler.type) if handler.type is not None else ""
            yield handler.lineno, f"`except {caught}:` swallows the assert above, so that it can't fail; leave it out"


def _suppressed(node: ast.With, names: Names) -> Iterator[tuple[int, str]]:
    taken = [item.context_expr for item in node.items]
    own = [each for each in taken if _is_silent(each, names)]
    if own and _asserts(node.body):
        yield node.lineno, f"`{ast.unparse(own[0])}` swallows the assert below, so that it can't fail; leave it out"
    elif any(_suppresses(each, _ALL, names) for each in taken):
        text = "it suppresses every exception, so that an unknown fact would pass; name those you expect"
        yield node.lineno, text
    elif any(_suppresses(each, _ASSERTS, names) for each in taken) and _only_asserts(node.body):
        yield node.lineno, f"`{ast.unparse(taken[0])}` swallows the assert below, so that it can't fail; leave it out"


def _drops(final: list[ast.stmt]) -> bool:
    """True where a `finally` ends by leaving, with whatever was raised."""
    return any(isinstance(node, ast.Return) for node in _nodes(final)) or any(map(_leaves_loop, final))


def _leaves_loop(statement: ast.stmt) -> bool:
    if isinstance(statement, ast.Break | ast.Continue):
        return True
    if isinstance(statement, (*_LOOPS, *_FUNCTIONS)):
        return False  # what it leaves lies within
    return any(_leaves_loop(inner) for inner in ast.iter_child_nodes(statement) if isinstance(inner, ast.stmt))


def _takes(caught: ast.expr | None, types: tuple[type[BaseException], ...], names: Names) -> bool:
    """True where a handler of `caught` takes one of the exceptions `types`; one without a type takes all."""
    if caught is None:
        return True
    if isinstance(caught, ast.Tuple):
        return any(_takes(each, types, names) for each in caught.elts)
    if isinstance(caught, ast.Name) and caught.id in names.given:
        return _takes(names.given[caught.id], types, names)
    held = _held(caught, names)
    return any(each in types for each in (held if isinstance(held, tuple) else (held,)))


def _held(node: ast.expr, names: Names) -> Any:
    """What a name, or a name of a module, stands for; None where it is not known."""
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        return getattr(names.holds(node.value.id), node.attr, None)
    return names.holds(node.id) if isinstance(node, ast.Name) else None


def _suppresses(node: ast.expr, types: tuple[type[BaseException], ...], names: Names) -> bool:
    known = isinstance(node, ast.Call) and _held(node.func, names) is contextlib.suppress
    return known and any(_takes(each, types, names) for each in node.args)  # type: ignore[attr-defined]


def _is_silent(node: ast.expr, names: Names) -> bool:
    """True for a context of the company's own that drops a failed assert: by its `__exit__`, or around its `yield`."""
    made = _held(node.func, names) if isinstance(node, ast.Call) else None
    if isinstance(made, type):
        leave = getattr(made, "__exit__", None)
        text = text_of(leave) if made.__module__ != "contextlib" else None
        return text is not None and any(_returns_truth(each) for each in ast.walk(text))
    around = getattr(made, "__wrapped__", None)
    text = text_of(around) if around is not None else None
    return text is not None and any(_drops_asserts(each, names) for each in ast.walk(text))


def _returns_truth(node: ast.AST) -> bool:
    return isinstance(node, ast.Return) and isinstance(node.value, ast.Constant) and bool(node.value.value)


def _drops_asserts(node: ast.AST, names: Names) -> bool:
    if not isinstance(node, ast.Try) or not any(isinstance(each, ast.Yield) for each in _nodes(node.body)):
        return False
    return any(
        _takes(handler.type, (*_ALL, *_ASSERTS), names) and not any(map(_tells, _nodes(handler.body)))
        for handler in node.handlers
    )


def _asserts(body: list[ast.stmt]) -> bool:
    return any(isinstance(node, ast.Assert) for node in _nodes(body))


def _tells(node: ast.AST) -> bool:
    if isinstance(node, ast.Call):
        return _called(node) in _TELLS
    return isinstance(node, ast.Raise | ast.Assert)


def _idle(body: list[ast.stmt]) -> bool:
    """True where a handler does nothing that a later assert could see."""
    return not any(_acts(node) for node in _nodes(body))


def _acts(node: ast.AST) -> bool:
    if isinstance(node, ast.Call):
        return _called(node) not in _SAID_ONLY
    leaves = isinstance(node, ast.Return | ast.Break | ast.Continue)
    return isinstance(node, ast.Raise | ast.Assert | ast.Yield) or (isinstance(node, _FLOW) and not leaves)


def _only_asserts(body: list[ast.stmt], otherwise: list[ast.stmt] | None = None) -> bool:
    """True where a block asserts, and nothing behind its first assert is done that a failed one would leave undone."""
    if otherwise:
        return False
    nodes = list(_nodes(body))
    asserts = [node.lineno for node in nodes if isinstance(node, ast.Assert)]
    behind = (node for node in nodes if getattr(node, "lineno", 0) >= min(asserts, default=0))
    return bool(asserts) and not any(isinstance(node, _FLOW) or _is_called_alone(node) for node in behind)


def _is_called_alone(node: ast.AST) -> bool:
    call = node.value if isinstance(node, ast.Expr) else None
    return isinstance(call, ast.Call) and _called(call) not in _SAID_ONLY


def _nodes(body: Iterable[ast.AST]) -> Iterator[ast.AST]:
    return (node for statement in body for node in ast.walk(statement))


def _called(node: ast.Call) -> str:
    return node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
