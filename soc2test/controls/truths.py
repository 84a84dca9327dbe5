"""Expressions whose truth is seen without running them: an assert of one that is always true can't fail.

Only what is certain. What a name or a fact holds is not known here, but for functions of the policy file and methods.
"""

import ast
import builtins
import inspect
from collections.abc import Callable
from datetime import date, datetime, timedelta
from types import BuiltinFunctionType, FunctionType, MethodDescriptorType, ModuleType
from typing import Any

from soc2test.code_reading.three_valued_calls import is_all_of, is_any_of
from soc2test.code_reading.trees import tree_of
from soc2test.code_reading.walking import walk
from soc2test.controls.comparisons import always_holds, complementary
from soc2test.controls.folding import folded, folded_value
from soc2test.controls.known_names import PURE_METHODS, Names
from soc2test.controls.tautology import always

__all__ = ["always_false", "always_true"]

_CALLABLE = (FunctionType, BuiltinFunctionType, ModuleType)
_METHODS = (FunctionType, MethodDescriptorType, BuiltinFunctionType, classmethod, staticmethod)
_LITERALS = (ast.List, ast.Tuple, ast.Set)
_CONDITIONS = (ast.BoolOp, ast.Compare, ast.IfExp, ast.UnaryOp)
_NEVER_BLANK = (type(None), bool, int, float, datetime, date, timedelta)
"""types of which no value is written as an empty text"""
_SHOWN = 60


def always_true(node: ast.expr, names: Names) -> str | None:
    """What an expression is that is true whatever the evidence says, in words; None where that is not certain."""
    judge = _JUDGES.get(type(node))
    what = judge(node, names) if judge is not None else None
    if what is None and (found := folded(node, names)) is not None and found:
        what = f"`{ast.unparse(node)}`, where no fact stands"
    if what is None and isinstance(node, _CONDITIONS) and always(node, names):
        return f"`{_shortened(ast.unparse(node))}`, which holds for each value"
    return what


def always_false(node: ast.expr, names: Names) -> bool:
    """True for an expression that is false whatever the evidence says."""
    if (found := folded(node, names)) is not None:
        return not found
    if isinstance(node, ast.Name):
        given = names.given(node.id)
        stays = bool(given) and node.id not in names.bound.filled
        return stays and all(always_false(each, names.looking_at(node.id)) for each in given)
    if isinstance(node, ast.ListComp | ast.SetComp):
        return any(always_false(each.iter, names) for each in node.generators)
    if isinstance(node, ast.Call) and _is_any(node, names) and len(node.args) == 1:
        return _none_of(node.args[0], names)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        return always_true(node.operand, names) is not None
    if isinstance(node, ast.BoolOp):
        parts = [always_false(value, names) for value in node.values]
        return any(parts) if isinstance(node.op, ast.And) else all(parts)
    return (isinstance(node, _LITERALS) and not node.elts) or (isinstance(node, ast.Dict) and not node.keys)


def _none_of(node: ast.expr, names: Names) -> bool:
    """True where `any` of something is false whatever the evidence says."""
    if isinstance(node, ast.GeneratorExp | ast.ListComp | ast.SetComp):
        return always_false(node.elt, names) or _goes_over_nothing(node, names)
    if isinstance(node, _LITERALS):
        return all(not isinstance(each, ast.Starred) and always_false(each, names) for each in node.elts)
    return always_false(node, names)


def _all_of(node: ast.expr, names: Names) -> str | None:
    """The same of `all`: what it is where it is true."""
    if isinstance(node, ast.GeneratorExp | ast.ListComp | ast.SetComp):
        return "`all` of nothing" if _goes_over_nothing(node, names) else always_true(node.elt, names)
    if always_false(node, names):
        return "`all` of nothing"
    if isinstance(node, _LITERALS):
        parts = [None if isinstance(each, ast.Starred) else always_true(each, names) for each in node.elts]
        return next(iter(parts), None) if None not in parts else None
    return None


def _goes_over_nothing(node: ast.GeneratorExp | ast.ListComp | ast.SetComp, names: Names) -> bool:
    return any(
        always_false(each.iter, names) or any(always_false(test, names) for test in each.ifs)
        for each in node.generators
    )


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
    if isinstance(node.op, ast.Or) and complementary(node.values):
        return "`or` of something and its opposite"
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
    if (what := always_holds(node, names.declared)) is not None:
        return what
    counts = len(node.ops) == 1 and isinstance(node.left, ast.Call) and isinstance(node.left.func, ast.Attribute)
    if counts and node.left.func.attr == "count" and isinstance(node.ops[0], ast.GtE):  # type: ignore[attr-defined]
        return "that a count is at least 0" if folded_value(node.comparators[0], names) == 0 else None
    return None


def _is_blank(node: ast.expr) -> bool:
    """True for an empty text, and for several of which one is."""
    if isinstance(node, ast.Tuple):
        return any(map(_is_blank, node.elts))
    return isinstance(node, ast.Constant) and node.value == ""


def _shortened(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}..."


def _name(node: ast.Name, names: Names) -> str | None:
    if node.id == names.parameter:
        return f"`{node.id}` itself, which is always there"
    if given := names.given(node.id):
        found = [always_true(each, names.looking_at(node.id)) for each in given]
        return found[0] if None not in found else None
    held = names.holds(node.id)
    if isinstance(held, _CALLABLE) or (isinstance(held, type) and type(held) is type):
        return f"`{node.id}` itself, which is not called"
    return None


def _attribute(node: ast.Attribute, names: Names) -> str | None:
    text = f"the method `{node.attr}`, which is not called"
    if node.attr in PURE_METHODS:
        return text
    owners = names.types(node.value)
    return text if owners and all(_is_method(owner, node.attr) for owner in owners) else None


def _is_method(owner: Any, name: str) -> bool:
    return isinstance(inspect.getattr_static(owner, name, None), _METHODS)


def _builtin(node: ast.Call, names: Names) -> Any:
    """The function of Python's own that is called; None for others."""
    held = names.holds(node.func.id) if isinstance(node.func, ast.Name) else None
    return held if held is not None and held is getattr(builtins, node.func.id, None) else None  # type: ignore[attr-defined]


def _call(node: ast.Call, names: Names) -> str | None:
    called = names.called(node.func)
    if is_any_of(called) or is_all_of(called):
        return _any_or_all(node, names) if len(node.args) == 1 else None
    if isinstance(called, FunctionType):
        return _own_function(called, names)
    if isinstance(node.func, ast.Attribute) and node.func.attr in ("startswith", "endswith"):
        return "that a text begins or ends with an empty one" if node.args and _is_blank(node.args[0]) else None
    if not node.args or _builtin(node, names) is not called:
        return None
    first = node.args[0]
    if called is bool:
        return always_true(first, names)
    if called in (all, any):
        return _any_or_all(node, names)
    if called is len and isinstance(first, (*_LITERALS, ast.Dict)):
        return "the length of a list that is not empty" if always_true(first, names) is not None else None
    if called is isinstance:
        return _is_instance(first, node.args[-1], names)
    if called in (repr, ascii, type, id) or (called is str and _never_blank(first, names)):
        return "the text of a value, which is never empty"
    return None


def _any_or_all(node: ast.Call, names: Names) -> str | None:
    """What `any` or `all` of the first argument is, also the contract's own over what is not known."""
    first = node.args[0]
    return _any_of(first, names) if _is_any(node, names) else _all_of(first, names)


def _is_any(node: ast.Call, names: Names) -> bool:
    return _builtin(node, names) is any or is_any_of(names.called(node.func))


def _never_blank(node: ast.expr, names: Names) -> bool:
    types = names.annotated(node)
    return bool(types) and all(each in _NEVER_BLANK for each in types)


def _any_of(node: ast.expr, names: Names) -> str | None:
    if not isinstance(node, _LITERALS):
        return None
    parts = (always_true(each, names) for each in node.elts if not isinstance(each, ast.Starred))
    return next((f"`any` of {part}" for part in parts if part is not None), None)


def _is_instance(of: ast.expr, kinds: ast.expr, names: Names) -> str | None:
    wanted = names.holds(kinds.id) if isinstance(kinds, ast.Name) else None
    types = names.annotated(of)
    if isinstance(wanted, type) and types and all(issubclass(each, wanted) for each in types):
        return f"that it is a {wanted.__name__}, which each is"
    return None


def _own_function(function: FunctionType, names: Names) -> str | None:
    """What a function of the policy's own is, where each of its returns is always true."""
    if inspect.isgeneratorfunction(function):
        return f"what `{function.__name__}` gives, a generator"
    inner = names.within(function)
    tree = tree_of(function) if inner is not None else None
    if tree is None or inner is None:
        return None
    if isinstance(tree, ast.Lambda):
        return always_true(tree.body, inner)
    if tree.decorator_list or not tree.body or not isinstance(tree.body[-1], ast.Return):
        return None  # it may end without a word, which is None
    found = [
        always_true(node.value, inner) if node.value is not None else None
        for node in walk(tree) if isinstance(node, ast.Return)
    ]  # fmt: skip
    return f"what `{function.__name__}` gives, {found[0]}" if None not in found else None


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
