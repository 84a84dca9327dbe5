"""Whether a function that a control calls may say that something does not hold; one that only answers does not."""

import ast
from types import FunctionType
from typing import Any

from soc2test.controls.sources import text_of
from soc2test.controls.truths import PURE_METHODS

__all__ = ["SAYS_NOTHING", "says_nothing"]

SAYS_NOTHING = frozenset((
    "abs", "all", "any", "bool", "bytes", "dict", "divmod", "enumerate", "float", "frozenset", "getattr", "hasattr",
    "hash", "id", "int", "isinstance", "issubclass", "len", "list", "max", "min", "ord", "pow", "print", "range",
    "repr", "reversed", "round", "set", "sorted", "str", "sum", "tuple", "type", "zip",
))  # fmt: skip
"""Python's own functions: to call one says of nothing that it does not hold"""


def says_nothing(function: Any, seen: frozenset[Any] = frozenset()) -> bool:
    """True where a function neither asserts nor raises, and calls nothing that may; what is not known may."""
    if not isinstance(function, FunctionType) or function in seen or function.__closure__:
        return False
    text = text_of(function)
    if text is None or not text.body or not isinstance(text.body[0], ast.FunctionDef):
        return False
    known, seen = function.__globals__, seen | {function}
    return not any(_may_say(node, known, seen) for node in ast.walk(text))


def _may_say(node: ast.AST, known: dict[str, Any], seen: frozenset[Any]) -> bool:
    if isinstance(node, ast.Assert | ast.Raise | ast.Await | ast.With | ast.Yield | ast.YieldFrom):
        return True
    if not isinstance(node, ast.Call):
        return False
    if isinstance(node.func, ast.Name):
        return node.func.id not in SAYS_NOTHING and not says_nothing(known.get(node.func.id), seen)
    return not (isinstance(node.func, ast.Attribute) and node.func.attr in PURE_METHODS)
