"""Handlers that swallow a failed assert or an unknown fact: what must be said of a resource is then never said."""

import ast
from collections.abc import Iterable, Iterator

__all__ = ["swallowed"]

_TELLS = ("fail", "deviation")
"""calls by which a handler says that something does not hold"""
_ALL = ("BaseException",)
_ASSERTS = ("AssertionError", "Exception")
_SAID_ONLY = ("print", "debug", "info", "warning", "error", "exception", "log")
"""calls that only write something"""
_LOOPS = (ast.For, ast.AsyncFor, ast.While)
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
_FLOW = (ast.Return, ast.Break, ast.Continue, ast.Assign, ast.AugAssign, ast.AnnAssign, ast.NamedExpr, ast.Delete)


def swallowed(node: ast.AST) -> Iterator[tuple[int, str]]:
    """What a `try` or `with` swallows that it must not, with its line."""
    if isinstance(node, ast.Try | ast.TryStar):
        yield from _tried(node)
    elif isinstance(node, ast.With):
        yield from _suppressed(node)


def _tried(node: ast.Try | ast.TryStar) -> Iterator[tuple[int, str]]:
    if _drops(node.finalbody):
        yield node.lineno, "a `return` in `finally` drops every failed assert and every unknown fact"
    for handler in node.handlers:
        if _takes(handler.type, _ALL) and not any(map(_tells, _nodes(handler.body))):
            caught = "except:" if handler.type is None else "except BaseException:"
            yield (
                handler.lineno,
                f"`{caught}` swallows unknown facts, so that they would pass; name the exceptions you expect",
            )
        elif _takes(handler.type, _ASSERTS) and _idle(handler.body) and not node.orelse and _only_asserts(node.body):
            caught = ast.unparse(handler.type) if handler.type is not None else ""
            yield handler.lineno, f"`except {caught}:` swallows the assert above, so that it can't fail; leave it out"


def _suppressed(node: ast.With) -> Iterator[tuple[int, str]]:
    taken = [item.context_expr for item in node.items]
    if any(_suppresses(each, _ALL) for each in taken):
        text = "it suppresses every exception, so that an unknown fact would pass; name those you expect"
        yield node.lineno, text
    elif any(_suppresses(each, _ASSERTS) for each in taken) and _only_asserts(node.body):
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


def _takes(caught: ast.expr | None, names: tuple[str, ...]) -> bool:
    """True where a handler of `caught` takes one of the exceptions `names`; one without a type takes all."""
    if caught is None:
        return True
    if isinstance(caught, ast.Tuple):
        return any(_takes(each, names) for each in caught.elts)
    name = caught.attr if isinstance(caught, ast.Attribute) else getattr(caught, "id", "")
    return name in names


def _suppresses(node: ast.expr, names: tuple[str, ...]) -> bool:
    return isinstance(node, ast.Call) and _called(node) == "suppress" and any(_takes(each, names) for each in node.args)


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


def _only_asserts(body: list[ast.stmt]) -> bool:
    """True where a block asserts, and nothing behind its first assert is done that a failed one would leave undone."""
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
