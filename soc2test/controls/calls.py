"""Whether a call may say that something does not hold: as far as the code of what is called shows."""

import ast
from types import FunctionType

from soc2test.code_reading.three_valued_calls import is_all_of, is_any_of
from soc2test.code_reading.trees import tree_of
from soc2test.code_reading.walking import walk
from soc2test.controls.alive import alive_nodes
from soc2test.controls.known_names import PURE_METHODS, Names
from soc2test.controls.truths import always_true

__all__ = ["asserts_alone", "may_say"]

_SAYS_NOTHING = frozenset((
    "abs", "all", "any", "bool", "bytes", "dict", "divmod", "enumerate", "float", "frozenset", "getattr", "hasattr",
    "hash", "id", "int", "isinstance", "issubclass", "len", "list", "max", "min", "ord", "pow", "print", "range",
    "repr", "reversed", "round", "set", "sorted", "str", "sum", "tuple", "type", "zip",
))  # fmt: skip
"""Python's own functions: to call one says of nothing that it does not hold"""
_BUILT = (ast.Constant, ast.JoinedStr, ast.List, ast.Set, ast.Dict, ast.ListComp, ast.SetComp, ast.DictComp)
_WRITES = ("debug", "error", "exception", "info", "log", "print", "warning")


def may_say(node: ast.Call, names: Names) -> bool:
    """False where a call can neither assert nor raise nor name a deviation."""
    called = names.called(node.func)
    if is_any_of(called) or is_all_of(called):
        return len(node.args) != 1 or bool(node.keywords)  # what its test calls is a call of its own
    if isinstance(called, FunctionType):
        return _function_may_say(called, names)
    if isinstance(node.func, ast.Attribute) and _is_builtin(node.func.value, names):
        return False
    if isinstance(node.func, ast.Name):
        return node.func.id not in _SAYS_NOTHING or node.func.id in names.assigned
    return not (isinstance(node.func, ast.Attribute) and node.func.attr in PURE_METHODS)


def _is_builtin(node: ast.expr, names: Names) -> bool:
    """True for a list, dict or text of the body's own: its methods say nothing."""
    if isinstance(node, ast.Name):
        given = names.bound.values.get(node.id, ())
        return bool(given) and all(not isinstance(each, ast.Name) and _is_builtin(each, names) for each in given)
    if isinstance(node, ast.Call):
        return isinstance(node.func, ast.Name) and node.func.id in ("dict", "list", "set")
    return isinstance(node, _BUILT)


def _function_may_say(function: FunctionType, names: Names) -> bool:
    if function in names.seen:
        return False  # it calls itself: what it says is seen by its first call
    inner = names.within(function)
    tree = tree_of(function) if inner is not None else None
    if tree is None or inner is None or hasattr(function, "__wrapped__") or function.__closure__:
        return True  # what it calls stands in no text that is known here
    alive = alive_nodes(tree.body, inner) if isinstance(tree, ast.FunctionDef) else walk(tree.body)
    return any(
        (isinstance(node, ast.Assert) and always_true(node.test, inner) is None)
        or isinstance(node, ast.Raise | ast.Import | ast.ImportFrom | ast.Yield | ast.YieldFrom)
        or (isinstance(node, ast.Call) and may_say(node, inner))
        for node in alive
    )


def asserts_alone(node: ast.AST, names: Names) -> bool:
    """True for the call of a function of the policy's own that asserts, and does nothing else that could be seen."""
    call = node.value if isinstance(node, ast.Expr) else None
    called = names.called(call.func) if isinstance(call, ast.Call) else None
    if not isinstance(called, FunctionType) or hasattr(called, "__wrapped__"):
        return False
    inner = names.within(called)
    tree = tree_of(called) if inner is not None else None
    nodes = walk(tree) if isinstance(tree, ast.FunctionDef) else []
    return (
        inner is not None
        and any(isinstance(each, ast.Assert) for each in nodes)
        and not any(_does_more(each, inner) for each in nodes)
    )


def _does_more(node: ast.AST, names: Names) -> bool:
    if isinstance(node, ast.Global | ast.Nonlocal | ast.Raise | ast.Yield | ast.YieldFrom | ast.Try | ast.With):
        return True
    if isinstance(node, ast.Attribute | ast.Subscript):
        return not isinstance(node.ctx, ast.Load)
    if isinstance(node, ast.Call):
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        return name not in _WRITES and may_say(node, names)
    return False
