"""Comparisons that hold whatever the evidence says, by what is compared and what values a fact can have at all."""

import ast
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any, Literal, get_args, get_origin, get_type_hints

from soc2test.code_reading.walking import walk

__all__ = ["Annotation", "always_holds", "complementary", "fact_type"]

Annotation = Callable[[ast.expr], Any]
"""the type that an expression is declared to have; None where that is not known"""

_SAME = (ast.Eq, ast.LtE, ast.GtE, ast.Is)
_OPPOSITE = {ast.Eq: ast.NotEq, ast.Is: ast.IsNot, ast.In: ast.NotIn, ast.Lt: ast.GtE, ast.Gt: ast.LtE}


def always_holds(node: ast.Compare, annotation: Annotation) -> str | None:
    """What a comparison says that is always so, in words; None where that is not certain."""
    if len(node.ops) != 1:
        return None
    left, operator, right = node.left, node.ops[0], node.comparators[0]
    if isinstance(operator, _SAME) and _plain(left) and ast.dump(left) == ast.dump(right):
        return "a comparison of a value with itself"
    if _is_length_of_some(left, operator, right):
        return "that a length is at least 0"
    if isinstance(operator, ast.In):
        return _among(left, right, annotation)
    if isinstance(operator, ast.IsNot | ast.NotEq) and _is_none(right) and _never_none(annotation(left)):
        return "that it is not None, which this fact never is"
    return None


def complementary(parts: Iterable[ast.expr]) -> bool:
    """True where one of the parts is the opposite of another: `a or not a`."""
    plain = [part for part in parts if not _calls(part)]
    texts = {ast.dump(part) for part in plain}
    return any(ast.dump(opposite) in texts for part in plain for opposite in _opposites(part))


def _opposites(node: ast.expr) -> Iterable[ast.expr]:
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield node.operand
    elif isinstance(node, ast.Compare) and len(node.ops) == 1 and type(node.ops[0]) in _OPPOSITE:
        yield ast.Compare(left=node.left, ops=[_OPPOSITE[type(node.ops[0])]()], comparators=node.comparators)


def _calls(node: ast.expr) -> bool:
    return any(isinstance(each, ast.Call) for each in walk(node))


def _plain(node: ast.expr) -> bool:
    """True for a name, a fact of one, a constant: reading it twice gives the same."""
    while isinstance(node, ast.Attribute):
        node = node.value
    return isinstance(node, ast.Name | ast.Constant)


def _is_length_of_some(left: ast.expr, operator: ast.cmpop, right: ast.expr) -> bool:
    """`len(x) >= 0`, `len(x) > -1`, and the same turned round."""
    if isinstance(operator, ast.LtE | ast.Lt):
        left, right = right, left
        operator = ast.GtE() if isinstance(operator, ast.LtE) else ast.Gt()
    if not (isinstance(left, ast.Call) and isinstance(left.func, ast.Name) and left.func.id == "len"):
        return False
    number = _number(right)
    if number is None:
        return False
    return number <= 0 if isinstance(operator, ast.GtE) else isinstance(operator, ast.Gt | ast.NotEq) and number < 0


def _number(node: ast.expr) -> int | None:
    try:
        value = ast.literal_eval(node)
    except (ValueError, TypeError, SyntaxError, MemoryError):
        return None
    return value if isinstance(value, int) else None


def _among(left: ast.expr, right: ast.expr, annotation: Annotation) -> str | None:
    if isinstance(left, ast.Constant) and left.value == "" and annotation(right) is str:
        return "that an empty text is part of a text"
    if not isinstance(right, ast.List | ast.Tuple | ast.Set):
        return None
    if _plain(left) and ast.dump(left) in map(ast.dump, right.elts):
        return "that a value is one of several, itself among them"
    possible = _values(annotation(left))
    listed = [each.value for each in right.elts if isinstance(each, ast.Constant)]
    if possible and all(any(value is each or value == each for each in listed) for value in possible):
        return "that it has one of all the values that it can have"
    return None


def _values(annotation: Any) -> tuple[Any, ...]:
    """All values of a type that has few; empty where it has many, or is not known."""
    if annotation is bool:
        return True, False
    return get_args(annotation) if get_origin(annotation) is Literal else ()


def _never_none(annotation: Any) -> bool:
    """True for a type that does not allow None."""
    if annotation in (None, Any, object) or isinstance(annotation, str):
        return False
    parts = get_args(annotation) if get_origin(annotation) is not Literal else ()
    return type(None) not in (annotation, *parts) and None not in get_args(annotation)


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


@lru_cache(maxsize=1024)
def fact_type(kind: type | None, fact: str) -> Any:
    """The declared type of a fact of a kind; None where there is none, or only a type checker can follow it."""
    if kind is None:
        return None
    try:
        return get_type_hints(kind).get(fact)
    except (NameError, TypeError):
        return None
