"""Names to which a function gives one value and keeps it: such a name is what it was given."""

import ast
from collections import Counter
from collections.abc import Iterator, Mapping

__all__ = ["given_once"]

_CHANGES = (ast.List, ast.Set, ast.Dict)
"""what a method or an item assignment can make empty"""


def given_once(function: ast.FunctionDef) -> Mapping[str, ast.expr]:
    """Local name -> the expression that it is given, of names that are given one value and that nothing changes."""
    stored = Counter(_stored(function))
    given: dict[str, ast.expr] = {}
    for node in ast.walk(function):
        if isinstance(node, ast.Assign) and len(node.targets) == 1:
            target, value = node.targets[0], node.value
        elif isinstance(node, ast.AnnAssign | ast.NamedExpr) and node.value is not None:
            target, value = node.target, node.value
        else:
            continue
        if isinstance(target, ast.Name) and stored[target.id] == 1:
            given[target.id] = value
    changed = set(_changed(function))
    return {name: value for name, value in given.items() if not (isinstance(value, _CHANGES) and name in changed)}


def _stored(function: ast.FunctionDef) -> Iterator[str]:
    """Each place where a name gets a value or loses it."""
    for node in ast.walk(function):
        if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            yield node.id
        elif isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, ast.Global | ast.Nonlocal):
            yield from (name for name in node.names for _ in range(2))
        elif isinstance(node, ast.ExceptHandler | ast.MatchAs | ast.MatchStar) and node.name:
            yield node.name
        elif isinstance(node, ast.MatchMapping) and node.rest:
            yield node.rest
        elif isinstance(node, ast.alias):
            yield (node.asname or node.name).partition(".")[0]


def _changed(function: ast.FunctionDef) -> Iterator[str]:
    """Names of which something is called, taken or handed on: a list may be another one afterwards."""
    for node in ast.walk(function):
        if isinstance(node, ast.Attribute | ast.Subscript) and isinstance(node.value, ast.Name):
            yield node.value.id
        elif isinstance(node, ast.Call):
            yield from (each.id for each in node.args if isinstance(each, ast.Name))
            yield from (each.value.id for each in node.keywords if isinstance(each.value, ast.Name))
