"""Which parts of a control's body are ever reached, as far as its text shows."""

import ast
from collections.abc import Iterator, Sequence

from soc2test.controls.truths import Names, always_false, always_true

__all__ = ["alive_nodes"]

_ENDS = (ast.Return, ast.Raise, ast.Continue, ast.Break)


def alive_nodes(body: Sequence[ast.stmt], names: Names) -> list[ast.AST]:
    """Every node of a body that may be reached: nothing behind a `return`, no branch that is never taken."""
    alive: list[ast.AST] = []
    for statement in _alive(body, names):
        _walk(statement, names, alive)
    inner = {node.name: node for node in alive if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}
    if inner:  # what is defined and never called says nothing
        alone = {id(node.value) for node in alive if isinstance(node, ast.Expr)}  # named, and not called
        used = {node.id for node in alive if isinstance(node, ast.Name) and id(node) not in alone}
        idle = {id(node) for name, function in inner.items() if name not in used for node in ast.walk(function)}
        alive = [node for node in alive if id(node) not in idle]
    return alive


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
        taken = _any_leaves(statement.body, names) or always_false(statement.test, names)
        other = _any_leaves(statement.orelse, names) or always_true(statement.test, names) is not None
        return taken and other
    return isinstance(statement, ast.With) and _any_leaves(statement.body, names)


def _any_leaves(body: Sequence[ast.stmt], names: Names) -> bool:
    return any(_leaves(statement, names) for statement in body)


def _walk(node: ast.AST, names: Names, alive: list[ast.AST]) -> None:
    alive.append(node)
    dead = _never_taken(node, names)
    for field in node._fields:
        value = getattr(node, field, None)
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
