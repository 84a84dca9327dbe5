"""Which variables of a function hold resources, and which attributes of them it reads; told from its syntax tree.

It knows the ways in which controls are written: loops and comprehensions over a population, `one`, `all`, `next`,
assignments, and parameters that are annotated with a kind. What it does not follow (containers) it leaves out.
"""

import ast
from collections.abc import Mapping
from typing import Any, NamedTuple

from soc2test.resources.resource import Resource

__all__ = ["Read", "annotated", "reads_in"]

Kind = type[Resource]
_SEVERAL = ("all", "alike", "part")
_KEYED = ("one", *_SEVERAL)
_SAME = ("sorted", "list", "tuple", "set", "reversed", "iter")


class Read(NamedTuple):
    """A fact that is read, and the line of it."""

    kind: Kind
    fact: str
    line: int
    worded: bool = False
    """only a message says it"""


def reads_in(
    function: ast.FunctionDef | ast.Lambda,
    resources: Mapping[str, Kind],
    populations: Mapping[str, Kind],
    names: Mapping[str, Any],
) -> list[Read]:
    """What is read of the resources and of members of the populations that a function takes by these names.

    `names` are those of its module, for the annotations of functions within it.
    """
    flow = _Flow(dict(resources), dict(populations), names)
    for each in function.body if isinstance(function, ast.FunctionDef) else [function.body]:
        flow.visit(each)
    return flow.reads


def annotated(function: ast.FunctionDef, names: Mapping[str, Any]) -> tuple[dict[str, Kind], dict[str, Kind]]:
    """The parameters that are annotated with a kind, and those with `Population[Kind]`."""
    one: dict[str, Kind] = {}
    many: dict[str, Kind] = {}
    for each in (*function.args.args, *function.args.kwonlyargs):
        said, into = each.annotation, one
        if isinstance(said, ast.Subscript) and isinstance(said.value, ast.Name) and said.value.id == "Population":
            said, into = said.slice, many
        kind = names.get(said.id) if isinstance(said, ast.Name) else None
        if isinstance(kind, type) and issubclass(kind, Resource):
            into[each.arg] = kind
    return one, many


class _Flow(ast.NodeVisitor):
    def __init__(self, one: dict[str, Kind], many: dict[str, Kind], names: Mapping[str, Any]) -> None:
        self.one, self.many, self.names = one, many, names
        self.reads: list[Read] = []
        self._worded = False

    def visit_Assert(self, node: ast.Assert) -> None:
        self.visit(node.test)
        if node.msg is not None:
            self._wording(node.msg)

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        self._wording(*node.values)

    def _wording(self, *nodes: ast.AST) -> None:
        before, self._worded = self._worded, True
        for node in nodes:
            self.visit(node)
        self._worded = before

    def visit_Attribute(self, node: ast.Attribute) -> None:
        if (kind := self._of_one(node.value)) is not None:
            self.reads.append(Read(kind, node.attr, node.lineno, self._worded))
        self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        if isinstance(node.func, ast.Attribute) and node.func.attr in _KEYED and node.args:
            kind, key = self._of_many(node.func.value), node.args[0]
            if kind is not None and isinstance(key, ast.Constant) and isinstance(key.value, str):
                self.reads.append(Read(kind, key.value, node.lineno, self._worded))
        self.generic_visit(node)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        one, many = annotated(node, self.names)
        inner = _Flow({**self.one, **one}, {**self.many, **many}, self.names)
        for each in node.body:
            inner.visit(each)
        self.reads += inner.reads

    def visit_For(self, node: ast.For) -> None:
        self.visit(node.iter)
        self._bind(node.target, self._of_many(node.iter), None)
        for each in (*node.body, *node.orelse):
            self.visit(each)

    def visit_Assign(self, node: ast.Assign) -> None:
        self.visit(node.value)
        for target in node.targets:
            self._bind(target, self._of_one(node.value), self._of_many(node.value))

    def visit_NamedExpr(self, node: ast.NamedExpr) -> None:
        self.visit(node.value)
        self._bind(node.target, self._of_one(node.value), self._of_many(node.value))

    def _comprehension(self, node: Any) -> None:
        for each in node.generators:
            self.visit(each.iter)
            self._bind(each.target, self._of_many(each.iter), None)
            for condition in each.ifs:
                self.visit(condition)
        for name in ("key", "value", "elt"):
            if hasattr(node, name):
                self.visit(getattr(node, name))

    visit_ListComp = visit_SetComp = visit_GeneratorExp = visit_DictComp = _comprehension

    def _bind(self, target: ast.AST, one: Kind | None, many: Kind | None) -> None:
        if isinstance(target, ast.Name):
            for where, kind in ((self.one, one), (self.many, many)):
                where.pop(target.id, None)
                if kind is not None:
                    where[target.id] = kind

    def _of_one(self, node: ast.AST) -> Kind | None:
        """The kind of the resource that an expression gives."""
        if isinstance(node, ast.Name):
            return self.one.get(node.id)
        if isinstance(node, ast.NamedExpr):
            return self._of_one(node.value)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "one":
            return self._of_many(node.func.value)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "next" and node.args:
            return self._of_many(node.args[0])
        return None

    def _of_many(self, node: ast.AST) -> Kind | None:
        """The kind of the resources that an expression goes over."""
        if isinstance(node, ast.Name):
            return self.many.get(node.id)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in _SEVERAL:
            return self._of_many(node.func.value)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _SAME and node.args:
            return self._of_many(node.args[0])
        if isinstance(node, ast.ListComp | ast.SetComp | ast.GeneratorExp):
            inner = _Flow(dict(self.one), dict(self.many), self.names)
            for each in node.generators:
                inner._bind(each.target, inner._of_many(each.iter), None)
            return inner._of_one(node.elt)
        return None
