"""Handlers that swallow a failed assert or an unknown fact: what must be said of a resource is then never said."""

import ast
from collections.abc import Iterable, Iterator

from soc2test.code_reading.walking import walk
from soc2test.controls.calls import asserts_alone
from soc2test.controls.catching import ALL, ASSERTS, managed, takes
from soc2test.controls.known_names import Names

__all__ = ["swallowed"]

_TELLS = ("fail", "deviation")
"""calls by which a handler says that something does not hold"""
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
        if takes(handler.type, ALL, names) and not any(map(_tells, _nodes(handler.body))):
            caught = "except:" if handler.type is None else "except BaseException:"
            yield (
                handler.lineno,
                f"`{caught}` swallows unknown facts, so that they would pass; name the exceptions you expect",
            )
        elif takes(handler.type, ASSERTS, names) and _idles(handler, node, names):
            caught = ast.unparse(handler.type) if handler.type is not None else ""
            yield handler.lineno, f"`except {caught}:` swallows the assert above, so that it can't fail; leave it out"


def _suppressed(node: ast.With, names: Names) -> Iterator[tuple[int, str]]:
    for manager, what in ((item.context_expr, managed(item.context_expr, names)) for item in node.items):
        if ASSERTS in what and _only_asserts(node.body, names) and not (ALL in what and _named(manager)):
            text = f"`{ast.unparse(manager)}` swallows the assert below, so that it can't fail; leave it out"
            yield node.lineno, text
        elif ALL in what:
            text = "it suppresses every exception, so that an unknown fact would pass; name those you expect"
            yield node.lineno, text


def _named(manager: ast.expr) -> bool:
    """True where it is told what to take: `suppress(BaseException)`."""
    return isinstance(manager, ast.Call) and bool(manager.args)


def _idles(handler: ast.ExceptHandler, node: ast.Try | ast.TryStar, names: Names) -> bool:
    """True where a handler of asserts does nothing about a failed one, and the block holds nothing else."""
    return _idle(handler.body) and not node.orelse and _only_asserts(node.body, names)


def _drops(final: list[ast.stmt]) -> bool:
    """True where a `finally` ends by leaving, with whatever was raised."""
    return any(isinstance(node, ast.Return) for node in _nodes(final)) or any(map(_leaves_loop, final))


def _leaves_loop(statement: ast.stmt) -> bool:
    if isinstance(statement, ast.Break | ast.Continue):
        return True
    if isinstance(statement, (*_LOOPS, *_FUNCTIONS)):
        return False  # what it leaves lies within
    return any(_leaves_loop(inner) for inner in ast.iter_child_nodes(statement) if isinstance(inner, ast.stmt))


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


def _only_asserts(body: list[ast.stmt], names: Names) -> bool:
    """True where a block asserts, and nothing behind its first assert is done that a failed one would leave undone."""
    nodes = list(_nodes(body))
    asserts = [node.lineno for node in nodes if isinstance(node, ast.Assert)]
    asserts += [node.lineno for node in nodes if isinstance(node, ast.Expr) and asserts_alone(node, names)]
    behind = (node for node in nodes if getattr(node, "lineno", 0) >= min(asserts, default=0))
    return bool(asserts) and not any(_does(node, names) for node in behind)


def _does(node: ast.AST, names: Names) -> bool:
    return isinstance(node, _FLOW) or (_is_called_alone(node) and not asserts_alone(node, names))


def _is_called_alone(node: ast.AST) -> bool:
    call = node.value if isinstance(node, ast.Expr) else None
    return isinstance(call, ast.Call) and _called(call) not in _SAID_ONLY


def _nodes(body: Iterable[ast.AST]) -> Iterator[ast.AST]:
    return (node for statement in body for node in walk(statement))


def _called(node: ast.Call) -> str:
    return node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
