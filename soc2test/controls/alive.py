"""Which parts of a control's body are ever reached, as far as its text shows."""

import ast
from collections.abc import Iterator, Sequence

from soc2test.code_reading.walking import walk
from soc2test.controls.known_names import Names
from soc2test.controls.truths import always_false, always_true

__all__ = ["alive_nodes"]

_ENDS = (ast.Return, ast.Raise, ast.Continue, ast.Break)
_INNER = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_MARKS = (ast.expr_context, ast.operator, ast.boolop, ast.unaryop)
"""nodes that only say how the one above them is meant"""
Inner = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda


def alive_nodes(body: Sequence[ast.stmt], names: Names) -> list[ast.AST]:
    """Every node of a body that may be reached: nothing behind a `return`, no branch that is never taken."""
    alive: list[ast.AST] = []
    for statement in _alive(body, names):
        _walk(statement, names, alive)
    while idle := _idle(alive):  # what only an idle function calls is idle too
        alive = [node for node in alive if id(node) not in idle]
    return alive


def _idle(alive: Sequence[ast.AST]) -> set[int]:
    """What stands in functions that are defined and never called: it says nothing."""
    inner = [(name, node) for each in alive for name, node in _defined(each)]
    if not inner:
        return set()
    alone = {id(node.value) for node in alive if isinstance(node, ast.Expr)}
    used = [node for node in alive if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)]
    found, there = set[int](), {id(node) for node in alive}
    for name, function in inner:
        own = {id(node) for node in walk(function)}
        if not any(node.id == name and id(node) not in own and id(node) not in alone for node in used):
            found |= own & there
    return found


def _defined(node: ast.AST) -> Iterator[tuple[str, Inner]]:
    """The functions and classes that a statement gives a name."""
    if isinstance(node, _INNER):
        yield node.name, node
    elif isinstance(node, ast.Assign) and isinstance(node.value, ast.Lambda) and isinstance(node.targets[-1], ast.Name):
        yield node.targets[-1].id, node.value


def _alive(body: Sequence[ast.stmt], names: Names) -> Iterator[ast.stmt]:
    """The statements of a block up to the one after which none is reached."""
    for statement in body:
        yield statement
        if _leaves(statement, names):
            return


def _leaves(statement: ast.stmt, names: Names) -> bool:
    """True where nothing behind a statement is reached: it ends the block, or each of its branches does."""
    if isinstance(statement, _ENDS):
        return True
    if isinstance(statement, ast.If):
        return all(_any_leaves(block, names) for block in _branches(statement, names))
    if isinstance(statement, ast.While):
        return always_true(statement.test, names) is not None and not _has_break(statement.body)
    if isinstance(statement, ast.With):
        return _returns_at_once(statement.body[0])
    if isinstance(statement, ast.Try):
        return _returns_at_once(statement.body[0]) or _any_leaves(statement.finalbody, names)
    if isinstance(statement, ast.Match):
        last = statement.cases[-1]
        takes_all = isinstance(last.pattern, ast.MatchAs) and last.pattern.pattern is None and last.guard is None
        return takes_all and all(_any_leaves(case.body, names) for case in statement.cases)
    return False


def _returns_at_once(statement: ast.stmt) -> bool:
    """True for a `return` before which nothing can be raised that is swallowed around it."""
    return isinstance(statement, ast.Return) and isinstance(statement.value, ast.Constant | None)


def _branches(statement: ast.If, names: Names) -> list[list[ast.stmt]]:
    """The blocks of which one is run."""
    if always_true(statement.test, names) is not None:
        return [statement.body]
    return [statement.orelse] if always_false(statement.test, names) else [statement.body, statement.orelse]


def _any_leaves(body: Sequence[ast.stmt], names: Names) -> bool:
    return any(_leaves(each, names) for each in body)


def _has_break(body: Sequence[ast.AST]) -> bool:
    """True for a `break` of this loop, not of one within it."""
    loops = (ast.For, ast.AsyncFor, ast.While, *_INNER)
    for node in body:
        if isinstance(node, ast.Break):
            return True
        if not isinstance(node, loops) and _has_break(list(ast.iter_child_nodes(node))):
            return True
        if isinstance(node, ast.For | ast.AsyncFor | ast.While) and _has_break(node.orelse):
            return True
    return False


def _walk(node: ast.AST, names: Names, alive: list[ast.AST]) -> None:
    alive.append(node)
    dead = _never_taken(node, names)
    for field in node._fields:
        value = getattr(node, field, None)
        if isinstance(value, _MARKS):
            continue
        if isinstance(value, ast.AST):
            _walk(value, names, alive)
        elif isinstance(value, list) and field not in dead:
            for part in _alive(value, names) if value and isinstance(value[0], ast.stmt) else value:
                if isinstance(part, ast.AST):
                    _walk(part, names, alive)


def _never_taken(node: ast.AST, names: Names) -> tuple[str, ...]:
    """The fields of a statement whose block is never run."""
    if isinstance(node, ast.If | ast.While) and always_false(node.test, names):
        return ("body",)
    if isinstance(node, ast.If) and always_true(node.test, names) is not None:
        return ("orelse",)
    if isinstance(node, ast.For) and always_false(node.iter, names):
        return ("body",)
    return ()
