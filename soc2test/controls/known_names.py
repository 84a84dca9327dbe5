"""What the names in the body of a control, or of a helper that it calls, are known to be."""

import ast
import builtins
from collections.abc import Mapping
from types import FunctionType, UnionType
from typing import Any, Literal, Union, get_args, get_origin

import msgspec

from soc2test.code_reading.trees import tree_of
from soc2test.controls.bindings import Bindings, bindings_of
from soc2test.controls.comparisons import fact_type
from soc2test.controls.control import Control
from soc2test.populations.population import Population
from soc2test.resources.resource import Resource

__all__ = ["PURE_METHODS", "Names"]

PURE_METHODS = frozenset((
    "casefold", "difference", "endswith", "intersection", "isalnum", "isalpha", "isascii", "isdecimal", "isdigit",
    "isdisjoint", "isidentifier", "islower", "isnumeric", "isoformat", "isprintable", "isspace", "issubset",
    "issuperset", "istitle", "isupper", "lower", "lstrip", "removeprefix", "removesuffix", "rstrip", "splitlines",
    "startswith", "strip", "symmetric_difference", "total_seconds", "upper",
))  # fmt: skip
"""methods of Python's own types that no fact is called like, and that fail for nothing"""

_SAME = ("sorted", "list", "tuple", "reversed", "iter")
_SEVERAL = ("all", "alike", "part")


class Names(msgspec.Struct, frozen=True):
    """What names are known to be. In a helper nothing is the resource under test."""

    control: Control
    parameter: str | None = None
    """the one that holds the resource under test"""
    assigned: frozenset[str] = frozenset()
    """names that the body itself gives a value"""
    known: Mapping[str, Any] = msgspec.field(default_factory=dict)
    """the globals of its file"""
    tree: ast.FunctionDef | ast.Lambda | None = None
    own: bool = False
    """it is the control itself and no helper"""
    seen: frozenset[Any] = frozenset()
    """names and functions that are being looked at"""

    @classmethod
    def of(cls, control: Control, tree: ast.FunctionDef) -> "Names":
        """Of a control's function."""
        return cls(control, control.parameter, _local(control.function), control.function.__globals__, tree, own=True)

    @property
    def bound(self) -> Bindings:
        """What its local names are given; looked up where that decides, since all of its text has to be read."""
        return bindings_of(self.tree) if self.tree is not None else Bindings()

    def within(self, function: FunctionType) -> "Names | None":
        """Those in a function of the policies that is called; None for others, and where it is being looked at."""
        known = function in self.seen or _package(function) != _package(self.control.function)
        tree = None if known else tree_of(function)
        if tree is None:
            return None
        seen = self.seen | {function}
        return Names(self.control, None, _local(function), function.__globals__, tree, seen=seen)

    def holds(self, name: str) -> Any:
        """What a global, imported or built-in name stands for; None where it is not known."""
        if name in self.assigned:
            return self.bound.imported.get(name)
        return self.known.get(name, getattr(builtins, name, None))

    def called(self, node: ast.expr) -> Any:
        """What an expression such as `suppress` or `contextlib.suppress` stands for; None where it is not known."""
        if isinstance(node, ast.Name):
            return self.holds(node.id)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            owner = self.holds(node.value.id)
            return getattr(owner, node.attr, None) if isinstance(owner, type) or hasattr(owner, "__spec__") else None
        return None

    def given(self, name: str) -> tuple[ast.expr, ...]:
        """All that a local name is given; () where that is not known."""
        return () if name in self.seen or name not in self.assigned else self.bound.values.get(name, ())

    def meant(self, name: str) -> ast.expr | None:
        """The one expression that a local name stands for wherever it is read."""
        if name in self.seen or name not in self.assigned:
            return None
        return self.bound.values[name][0] if name in self.bound.once else None

    def looking_at(self, name: str) -> "Names":
        """The same, while the values of a name are looked at."""
        return msgspec.structs.replace(self, seen=self.seen | {name})

    def population(self, name: str) -> bool:
        """True for a parameter that holds a population."""
        return self.own and name in self.control.populations

    def kind(self, node: ast.expr) -> type[Resource] | None:
        """The kind of the resource that a name holds: the one under test, or each of a population."""
        if not isinstance(node, ast.Name):
            return None
        if node.id == self.parameter:
            return self.control.kind
        over = self.bound.over.get(node.id)
        return self._of_each(over) if over is not None else None

    def _of_each(self, node: ast.expr) -> type[Resource] | None:
        if isinstance(node, ast.Name):
            return self.control.populations.get(node.id) if self.population(node.id) else None
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in _SEVERAL:
            return self._of_each(node.func.value)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _SAME and node.args:
            return self._of_each(node.args[0])
        return None

    def types(self, node: ast.expr) -> list[Any]:
        """The types that an expression may have, None's left out; empty where unknown."""
        return [each for each in self.annotated(node) if each is not type(None)]

    def annotated(self, node: ast.expr) -> list[Any]:
        """The types that a parameter, a fact of a resource or a literal may have; empty where unknown."""
        if isinstance(node, ast.Constant):
            return [type(node.value)]
        if isinstance(node, ast.Name):
            if (kind := self.kind(node)) is not None:
                return [kind]
            return [Population] if self.population(node.id) else []
        if isinstance(node, ast.Attribute) and (kind := self.kind(node.value)) is not None:
            parts = _parts(fact_type(kind, node.attr))
            types = [str if get_origin(each) is Literal else get_origin(each) or each for each in parts]
            return types if all(isinstance(each, type) for each in types) else []
        return []

    def declared(self, node: ast.expr) -> Any:
        """The type that a fact is declared to have, also by way of a local name; None where that is not known."""
        if isinstance(node, ast.Name) and (meant := self.meant(node.id)) is not None:
            return self.looking_at(node.id).declared(meant)
        kind = self.kind(node.value) if isinstance(node, ast.Attribute) else None
        return fact_type(kind, node.attr) if kind is not None else None  # type: ignore[attr-defined]

    def values(self, node: ast.expr) -> tuple[Any, ...]:
        """All values that a fact may have, where they are few; () where they are not."""
        kind = self.kind(node.value) if isinstance(node, ast.Attribute) else None
        if kind is None:
            return ()
        found: list[Any] = []
        for part in _parts(fact_type(kind, node.attr)):  # type: ignore[attr-defined]
            if part is bool:
                found += (False, True)
            elif part is type(None):
                found.append(None)
            elif get_origin(part) is Literal:
                found += get_args(part)
            else:
                return ()
        return tuple(found)


def _package(function: Any) -> str:
    return str(function.__module__).partition(".")[0]


def _local(function: Any) -> frozenset[str]:
    code = function.__code__
    return frozenset((*code.co_varnames, *code.co_cellvars, *code.co_freevars))


def _parts(annotation: Any) -> list[Any]:
    """The parts of a union; [] where there is no annotation."""
    if annotation is None:
        return []
    return list(get_args(annotation)) if get_origin(annotation) in (Union, UnionType) else [annotation]
