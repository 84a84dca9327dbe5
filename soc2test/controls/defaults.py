"""Reads of a fact with something in its place: `getattr(store, "encryptd", True)` is true for each that is there."""

import ast
from collections.abc import Iterator

from soc2test.controls.known_names import Names
from soc2test.nearest import near
from soc2test.resources.resource import Resource, fact_names

__all__ = ["defaulted"]

_WAY_OUT = "a fact is read as `{}.fact`, and what no evidence tells is unknown by itself"
_INSTEAD = "write `isinstance` where only a special kind has the fact"


def defaulted(node: ast.AST, names: Names) -> Iterator[tuple[int, str]]:
    """What is wrong with a call that gives an answer where a resource has no such fact, with its line."""
    if not isinstance(node, ast.Call) or not node.args or (kind := names.kind(node.args[0])) is None:
        return
    what, of = _called(node, names), ast.unparse(node.args[0])
    fact, default = [*node.args[1:2], None][0], node.args[2:]
    if what in ("vars", "hasattr") or (what == "getattr" and default):
        name = fact.value if isinstance(fact, ast.Constant) and isinstance(fact.value, str) else None
        if name is not None and hasattr(kind, name):
            return  # to read it raises where it is unknown, and the default is never given
        yield node.lineno, f"`{ast.unparse(node)}`: {_missing(kind, name)}{_WAY_OUT.format(of)}; {_INSTEAD}"


def _called(node: ast.Call, names: Names) -> str:
    called = names.called(node.func)
    return next((each.__name__ for each in (getattr, hasattr, vars) if called is each), "")


def _missing(kind: type[Resource], name: str | None) -> str:
    if name is None:
        return "it would answer for a fact that is misspelt; "
    return f"{kind.__name__} has no fact {name!r}{near(name, (*fact_names(kind), 'id'))}; "
