"""Expressions whose truth is seen without running them: an assert of one that is always true can't fail.

Only what is certain. What a name or a fact holds is not known here, but for functions of the policy file and methods.
"""

import ast
import builtins
import inspect
from collections.abc import Callable, Mapping
from types import BuiltinFunctionType, FunctionType, MethodDescriptorType, ModuleType, UnionType
from typing import Any, Union, get_args, get_origin

import msgspec

from soc2test.controls.comparisons import always_holds, complementary, fact_type
from soc2test.controls.control import Control
from soc2test.controls.single import given_once
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
    function: ast.FunctionDef | None = None
    """its text"""
    _given: dict[str, Mapping[str, ast.expr]] = msgspec.field(default_factory=dict)

    @classmethod
    def of(cls, control: Control, function: ast.FunctionDef) -> "Names":
        """Of a control's function and its text."""
        code = control.function.__code__
        local = (*code.co_varnames, *code.co_cellvars, *code.co_freevars)
        return cls(control, frozenset(local), control.function.__globals__, function)

    @property
    def given(self) -> Mapping[str, ast.expr]:
        """What names stand for that the body gives one value; looked for when it is asked for."""
        if "" not in self._given:
            self._given[""] = given_once(self.function) if self.function is not None else {}
        return self._given[""]

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
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args:
        return node.func.id == "any" and names.holds("any") is any and _listed(node.args[0]) == []
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
        if complementary(node.values):
            return "`or` of something and its opposite"
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
    return always_holds(node, lambda part: _declared(part, names))


def _declared(node: ast.expr, names: Names) -> Any:
    """The type that a fact of the resource under test is declared to have, also by a name that it was given."""
    if isinstance(node, ast.Name) and node.id in names.given:
        return _declared(names.given[node.id], names)
    if isinstance(node, ast.Constant):
        return type(node.value)
    own_fact = isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
    if own_fact and node.value.id == names.control.parameter:  # type: ignore[attr-defined]
        return fact_type(names.control.kind, node.attr)  # type: ignore[attr-defined]
    return None


def _name(node: ast.Name, names: Names) -> str | None:
    if node.id == names.control.parameter:
        return f"`{node.id}` itself, which is always there"
    if node.id in names.given:
        return always_true(names.given[node.id], names)
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
    annotation = fact_type(kind, fact)
    union = get_origin(annotation) in (Union, UnionType)
    parts = [part for part in (get_args(annotation) if union else (annotation,)) if part is not type(None)]
    types = [get_origin(part) or part for part in parts]
    return types if all(isinstance(each, type) for each in types) else []


def _is_method(owner: Any, name: str) -> bool:
    return isinstance(inspect.getattr_static(owner, name, None), _METHODS)


def _call(node: ast.Call, names: Names) -> str | None:
    if isinstance(node.func, ast.Attribute):
        return _method(node, names)
    if not isinstance(node.func, ast.Name) or names.holds(node.func.id) is not getattr(builtins, node.func.id, node):
        return None
    judge = _BUILTINS.get(node.func.id)
    return judge(node, names) if judge is not None and node.args and not node.keywords else None


def _method(node: ast.Call, names: Names) -> str | None:
    """Each text begins and ends with an empty one."""
    method = node.func.attr if isinstance(node.func, ast.Attribute) else ""
    empty = bool(node.args) and isinstance(node.args[0], ast.Constant) and node.args[0].value == ""
    return f"`{method}` of an empty text" if method in ("startswith", "endswith") and empty else None


def _all(node: ast.Call, names: Names) -> str | None:
    parts = _listed(node.args[0])
    if parts is None or any(always_true(part, names) is None for part in parts):
        return None
    return "`all` of what is always true" if parts else "`all` of nothing"


def _any(node: ast.Call, names: Names) -> str | None:
    true = [part for part in _listed(node.args[0]) or () if always_true(part, names) is not None]
    return "`any` of something that is always true" if true else None


def _listed(node: ast.expr) -> list[ast.expr] | None:
    """The entries of a list that is written out; None where it may hold others."""
    if isinstance(node, ast.Dict):
        return [key for key in node.keys if key is not None] if None not in node.keys else None
    if not isinstance(node, _LITERALS) or any(isinstance(each, ast.Starred) for each in node.elts):
        return None
    return node.elts


def _text_of(node: ast.Call, names: Names) -> str | None:
    declared = _declared(node.args[0], names)
    is_text = declared in (None, Any, object, str) or str in get_args(declared)
    return None if is_text else "the text of a value, which is never empty"


def _is_instance(node: ast.Call, names: Names) -> str | None:
    if len(node.args) != 2 or not isinstance(node.args[1], ast.Name):  # noqa: PLR2004
        return None
    wanted = names.holds(node.args[1].id)
    if not isinstance(wanted, type):
        return None
    kind = names.control.kind
    if kind is not None and _types(node.args[0], names) == [kind] and issubclass(kind, wanted):
        return f"that it is a {wanted.__name__}, which each is"
    declared = _declared(node.args[0], names)
    return f"that it is a {wanted.__name__}, as this fact is declared" if declared is wanted else None


_BUILTINS: dict[str, Callable[[ast.Call, Names], str | None]] = {
    "bool": lambda node, names: always_true(node.args[0], names),
    "isinstance": _is_instance,
    "all": _all,
    "any": _any,
    "str": _text_of,
    "repr": lambda node, names: "the text of a value, which is never empty",
    "type": lambda node, names: "a type",
    "id": lambda node, names: "an id of Python's",
    "len": lambda node, names: "the length of a list that is not empty" if _listed(node.args[0]) else None,
}


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
