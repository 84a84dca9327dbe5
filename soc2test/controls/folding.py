"""What an expression without any name of the evidence gives: it is worked out, since that has no effect."""

import ast
import operator
from collections.abc import Callable
from typing import Any

from soc2test.controls.known_names import Names
from soc2test.populations.three_valued import all_of, any_of

__all__ = ["NOTHING", "folded", "folded_value"]

NOTHING = object()

_CALLS: dict[str, Callable[..., Any]] = {
    "all": all, "all_of": all_of, "any": any, "any_of": any_of, "bool": bool, "dict": dict, "frozenset": frozenset,
    "len": len, "list": list, "max": max, "min": min, "set": set, "sorted": sorted, "str": str, "sum": sum,
    "tuple": tuple,
}  # fmt: skip
_TESTS: dict[type[ast.cmpop], Callable[[Any, Any], Any]] = {
    ast.Eq: operator.eq, ast.NotEq: operator.ne, ast.Lt: operator.lt, ast.LtE: operator.le, ast.Gt: operator.gt,
    ast.GtE: operator.ge, ast.Is: operator.is_, ast.IsNot: operator.is_not,
    ast.In: lambda one, other: one in other, ast.NotIn: lambda one, other: one not in other,
}  # fmt: skip


class _Unknown(Exception):
    pass


def folded(node: ast.expr, names: Names) -> bool | None:
    """Whether it is true; None where names stand in it, or what it does is more than to compare and count."""
    value = folded_value(node, names)
    return None if value is NOTHING else bool(value)


def folded_value(node: ast.expr, names: Names) -> Any:
    """What it is; `NOTHING` where that is not known."""
    try:
        return _value(node, names)
    except (_Unknown, TypeError, ValueError):
        return NOTHING


def _value(node: ast.expr, names: Names) -> Any:
    if isinstance(node, ast.Constant):
        return node.value
    if isinstance(node, ast.Tuple | ast.List | ast.Set):
        values = [_value(each, names) for each in node.elts]
        return set(values) if isinstance(node, ast.Set) else values if isinstance(node, ast.List) else tuple(values)
    if isinstance(node, ast.Dict):
        pairs = zip(node.keys, node.values, strict=True)
        return {_value(_known(key), names): _value(each, names) for key, each in pairs}
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not | ast.USub):
        value = _value(node.operand, names)
        return not value if isinstance(node.op, ast.Not) else -value
    if isinstance(node, ast.BoolOp):
        values = [_value(each, names) for each in node.values]
        return all(values) if isinstance(node.op, ast.And) else any(values)
    if isinstance(node, ast.Compare):
        sides = [_value(each, names) for each in (node.left, *node.comparators)]
        return all(_TESTS[type(op)](one, other) for one, op, other in zip(sides, node.ops, sides[1:], strict=False))
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and not node.keywords:
        function = _CALLS.get(node.func.id)
        if function is not None and names.holds(node.func.id) is function:
            return function(*(_value(each, names) for each in node.args))
    raise _Unknown


def _known(node: ast.expr | None) -> ast.expr:
    if node is None:
        raise _Unknown
    return node
