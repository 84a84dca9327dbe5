"""Expressions whose truth is seen without running them: an assert of one that is always true can't fail.

Only what is certain. What a name or a fact holds is not known here, but for functions of the policy file and methods.
"""

import ast
import builtins
import inspect
from collections.abc import Callable, Mapping
from types import BuiltinFunctionType, FunctionType, MethodDescriptorType, ModuleType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import msgspec

from soc2test.controls.control import Control
from soc2test.populations.population import Population

__all__ = ["PURE_METHODS", "Names", "always_false", "always_true"]

PURE_METHODS = frozenset((
    "casefold", "difference", "endswith", "intersection", "isalnum", "isalpha", "isascii", "isdecimal", "isdigit",
    "isdisjoint", "isidentifier", "islower", "isnumeric", "isoformat", "isprintable", "isspace", "issubset",
    "issuperset", "istitle", "isupper", "lower", "lstrip", "removeprefix", "removesuffix", "rstrip", "splitlines",
    "startswith", "strip", "symmetric_difference", "total_seconds", "upper",
))  # fmt: skip
"""methods of Python's own types that no fact is called like, and that fail for nothing"""

_CALLABLE = (FunctionType, BuiltinFunctionType, ModuleType)
_METHODS = (FunctionType, MethodDescriptorType, BuiltinFunctionType, classmethod, staticmethod)
_LITERALS = (ast.List, ast.Tuple, ast.Set)


class Names(msgspec.Struct, frozen=True):
    """What the names in a control's body are known to be."""

    control: Control
    assigned: frozenset[str] = frozenset()
    """names that the body itself gives a value"""
    known: Mapping[str, Any] = msgspec.field(default_factory=dict)
    """the globals of its file"""

    @classmethod
    def of(cls, control: Control) -> "Names":
        """Of a control's function."""
        code = control.function.__code__
        local = (*code.co_varnames, *code.co_cellvars, *code.co_freevars)
        return cls(control, frozenset(local), control.function.__globals__)

    def holds(self, name: str) -> Any:
        """What a global or built-in name stands for; None where it is not known."""
        return None if name in self.assigned else self.known.get(name, getattr(builtins, name, None))


def always_true(node: ast.expr, names: Names) -> str | None:
    """What an expression is that is true whatever the evidence says, in words; None where that is not certain."""
    judge = _JUDGES.get(type(node))
    return judge(node, names) if judge is not None else None


def always_false(node: ast.expr, names: Names) -> bool:
    """True for an expression that is false whatever the evidence says."""
    if isinstance(node, ast.Constant):
        return not node.value
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        return always_true(node.operand, names) is not None
    if isinstance(node, ast.BoolOp):
        parts = [always_false(value, names) for value in node.values]
        return any(parts) if isinstance(node.op, ast.And) else all(parts)
    return (isinstance(node, _LITERALS) and not node.elts) or (isinstance(node, ast.Dict) and not node.keys)


def _constant(node: ast.Constant, names: Names) -> str | None:
    if not node.value:
        return None
    return "a text" if isinstance(node.value, str) else f"the constant {ast.unparse(node)}"


def _elements(node: ast.List | ast.Tuple | ast.Set, names: Names) -> str | None:
    if all(isinstance(element, ast.Starred) for element in node.elts):
        return None  # what is unpacked may be empty
    return f"a {type(node).__name__.lower()} that is not empty"


def _dict(node: ast.Dict, names: Names) -> str | None:
    return "a dict that is not empty" if any(key is not None for key in node.keys) else None


def _bool_op(node: ast.BoolOp, names: Names) -> str | None:
    parts = [always_true(value, names) for value in node.values]
    if isinstance(node.op, ast.Or):
        return next((f"`... or` {part}" for part in parts if part is not None), None)
    return parts[0] if all(part is not None for part in parts) else None


def _not(node: ast.UnaryOp, names: Names) -> str | None:
    if isinstance(node.op, ast.Not) and always_false(node.operand, names):
        return "`not` of what is always false"
    return None


def _if_exp(node: ast.IfExp, names: Names) -> str | None:
    either = always_true(node.body, names), always_true(node.orelse, names)
    return either[0] if None not in either else None


def _compare(node: ast.Compare, names: Names) -> str | None:
    if len(node.ops) != 1:
        return None
    left, operator, right = node.left, node.ops[0], node.comparators[0]
    if isinstance(operator, ast.Eq | ast.LtE | ast.GtE | ast.Is) and _plain(left) and ast.dump(left) == ast.dump(right):
        return "a comparison of a value with itself"
    length = isinstance(left, ast.Call) and isinstance(left.func, ast.Name) and left.func.id == "len"
    if length and isinstance(operator, ast.GtE) and isinstance(right, ast.Constant) and right.value == 0:
        return "that a length is at least 0"
    return None


def _plain(node: ast.expr) -> bool:
    """True for a name, a fact of one, a constant: reading it twice gives the same."""
    while isinstance(node, ast.Attribute):
        node = node.value
    return isinstance(node, ast.Name | ast.Constant)


def _name(node: ast.Name, names: Names) -> str | None:
    if node.id == names.control.parameter:
        return f"`{node.id}` itself, which is always there"
    held = names.holds(node.id)
    if isinstance(held, _CALLABLE) or (isinstance(held, type) and type(held) is type):
        return f"`{node.id}` itself, which is not called"
    return None


def _attribute(node: ast.Attribute, names: Names) -> str | None:
    text = f"the method `{node.attr}`, which is not called"
    if node.attr in PURE_METHODS:
        return text
    owners = _types(node.value, names)
    return text if owners and all(_is_method(owner, node.attr) for owner in owners) else None


def _types(node: ast.expr, names: Names) -> list[Any]:
    """The types that a parameter, a fact of the resource under test or a literal may have; empty where unknown."""
    control = names.control
    if isinstance(node, ast.Name):
        if node.id == control.parameter:
            return [control.kind]
        return [Population] if node.id in control.populations else []
    if isinstance(node, ast.Constant):
        return [type(node.value)]
    own_fact = isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
    if own_fact and node.value.id == control.parameter and control.kind is not None:  # type: ignore[attr-defined]
        return _annotated(control.kind, node.attr)  # type: ignore[attr-defined]
    return []


def _annotated(kind: type, fact: str) -> list[Any]:
    try:
        annotation = get_type_hints(kind).get(fact)
    except (NameError, TypeError):  # an annotation that only a type checker can follow
        return []
    union = get_origin(annotation) in (Union, UnionType)
    parts = [part for part in (get_args(annotation) if union else (annotation,)) if part is not type(None)]
    types = [get_origin(part) or part for part in parts]
    return types if all(isinstance(each, type) for each in types) else []


def _is_method(owner: Any, name: str) -> bool:
    return isinstance(inspect.getattr_static(owner, name, None), _METHODS)


def _call(node: ast.Call, names: Names) -> str | None:
    if not isinstance(node.func, ast.Name) or names.holds(node.func.id) is not getattr(builtins, node.func.id, node):
        return None
    if node.func.id == "bool" and len(node.args) == 1:
        return always_true(node.args[0], names)
    if node.func.id == "isinstance" and _types(node.args[0], names) == [names.control.kind] != [None]:
        wanted = names.holds(node.args[1].id) if isinstance(node.args[1], ast.Name) else None
        if isinstance(wanted, type) and issubclass(names.control.kind or object, wanted):
            return f"that it is a {wanted.__name__}, which each is"
    return None


_JUDGES: dict[type[ast.expr], Callable[[Any, Names], str | None]] = {
    ast.Constant: _constant,
    ast.JoinedStr: lambda node, names: "an f-string, which is a text",
    ast.Lambda: lambda node, names: "a lambda",
    ast.GeneratorExp: lambda node, names: "a generator",
    ast.List: _elements,
    ast.Tuple: _elements,
    ast.Set: _elements,
    ast.Dict: _dict,
    ast.BoolOp: _bool_op,
    ast.UnaryOp: _not,
    ast.IfExp: _if_exp,
    ast.Compare: _compare,
    ast.NamedExpr: lambda node, names: always_true(node.value, names),
    ast.Name: _name,
    ast.Attribute: _attribute,
    ast.Call: _call,
}
