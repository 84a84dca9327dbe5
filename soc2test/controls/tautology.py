"""Conditions that hold for each value of what they ask: `fact in (True, False)`, `a or not a`."""

import ast
from collections.abc import Callable, Iterator, Mapping
from itertools import islice, product
from typing import Any

from soc2test.controls.known_names import PURE_METHODS, Names

__all__ = ["always"]

_MOST = 4096  # rows of a table: more are not looked at
_BOOLS = (False, True)
_NEGATED = {ast.NotEq: ast.Eq, ast.NotIn: ast.In, ast.IsNot: ast.Is}
_ORDER: Mapping[type[ast.cmpop], tuple[type[ast.cmpop], bool, bool]] = {
    ast.Lt: (ast.Lt, False, True), ast.GtE: (ast.Lt, False, False),
    ast.Gt: (ast.Lt, True, True), ast.LtE: (ast.Lt, True, False),
}  # fmt: skip
"""operator -> (the one it is told by, whether its sides change places, whether it says the same)"""
_PURE = ("all", "all_of", "any", "any_of", "bool", "isinstance", "len", "max", "min", "sorted", "str", "sum")
_TESTS: Mapping[type[ast.cmpop], Callable[[Any, Any], bool]] = {
    ast.Eq: lambda one, other: one == other,
    ast.Is: lambda one, other: one is other or (one == other and type(one) is type(other)),
    ast.In: lambda one, other: one in other,
}
Row = Mapping[str, Any]
Truth = Callable[[Row], bool]


def always(test: ast.expr, names: Names) -> bool:
    """True where a condition holds whatever the facts in it are."""
    table = _Table(names)
    truth = table.truth(test)
    rows = 1
    for values in table.asked.values():
        rows *= len(values)
    if not table.asked or rows > _MOST:
        return False
    return all(map(truth, _rows(table.asked)))


def _rows(asked: Mapping[str, tuple[Any, ...]]) -> Iterator[Row]:
    for values in islice(product(*asked.values()), _MOST):
        yield dict(zip(asked, values, strict=True))


class _Table:
    """What a condition asks: facts with few values, and whatever else is true or false, each by its text."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self.asked: dict[str, tuple[Any, ...]] = {}

    def truth(self, node: ast.expr) -> Truth:
        """How true an expression is, for the values of what it asks."""
        if isinstance(node, ast.BoolOp):
            parts = [self.truth(each) for each in node.values]
            joined = all if isinstance(node.op, ast.And) else any
            return lambda row: joined(part(row) for part in parts)
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            inner = self.truth(node.operand)
            return lambda row: not inner(row)
        if isinstance(node, ast.IfExp):
            test, body, orelse = self.truth(node.test), self.truth(node.body), self.truth(node.orelse)
            return lambda row: body(row) if test(row) else orelse(row)
        if isinstance(node, ast.NamedExpr):
            return self.truth(node.value)
        if isinstance(node, ast.Compare):
            return self._chain(node)
        if isinstance(node, ast.Call) and node.args and self.names.called(node.func) is bool:
            return self.truth(node.args[0])
        if (meant := self._meant(node)) is not node:
            return self.truth(meant)
        if isinstance(node, ast.Constant):
            return lambda row: bool(node.value)
        if (value := self._value(node)) is not None:
            return lambda row: bool(value(row))
        return self._other(self._key(node))

    def _chain(self, node: ast.Compare) -> Truth:
        sides = [node.left, *node.comparators]
        pairs = zip(sides, node.ops, sides[1:], strict=False)
        parts = [self._pair(self._meant(left), type(op), self._meant(right)) for left, op, right in pairs]
        return lambda row: all(part(row) for part in parts)

    def _pair(self, left: ast.expr, operator: type[ast.cmpop], right: ast.expr) -> Truth:
        if operator in _NEGATED:
            same = self._pair(left, _NEGATED[operator], right)
            return lambda row: not same(row)
        if operator in _ORDER:
            return self._order(left, operator, right)
        one, other = self._value(left), self._value(right)
        if one is not None and other is not None and operator in _TESTS:
            test = _TESTS[operator]
            return lambda row: _holds(test, one(row), other(row))
        if operator is ast.Is and _never_none(left, right, self.names):
            self.asked.update({ast.dump(each): (...,) for each in (left, right) if isinstance(each, ast.Attribute)})
            return lambda row: False
        keys = [self._key(left), self._key(right)]
        return self._other(f"{operator.__name__} {keys if operator is ast.In else sorted(keys)}")

    def _order(self, left: ast.expr, operator: type[ast.cmpop], right: ast.expr) -> Truth:
        if not any(isinstance(each, ast.Constant) for each in (left, right)):
            return self._other(f"{operator.__name__} {self._key(left)} {self._key(right)}")  # sets have no order
        told_by, swapped, same = _ORDER[operator]
        sides = [self._key(each) for each in ((right, left) if swapped else (left, right))]
        inner = self._other(f"{told_by.__name__} {sides}")
        return inner if same else lambda row: not inner(row)

    def _meant(self, node: ast.expr) -> ast.expr:
        """The expression that a local name stands for, else the node itself."""
        if not isinstance(node, ast.Name):
            return node  # most are none, and to look the names up is dear
        for _ in range(len(self.names.bound.values) + 1):
            meant = self.names.meant(node.id) if isinstance(node, ast.Name) else None
            if meant is None:
                break
            node = meant
        return node

    def _value(self, node: ast.expr) -> Callable[[Row], Any] | None:
        """The value of a constant or of a fact that has few; None for others."""
        if (values := self.names.values(node)) and isinstance(node, ast.Attribute):
            key = ast.dump(node)
            self.asked[key] = values
            return lambda row: row[key]
        try:
            constant = self._constant(node)
        except ValueError:
            return None
        return lambda row: constant

    def _constant(self, node: ast.expr) -> Any:
        """Raises `ValueError` for what is no constant."""
        if isinstance(node, ast.Constant):
            return node.value
        if isinstance(node, ast.Tuple | ast.List | ast.Set):
            return tuple(self._constant(self._meant(each)) for each in node.elts)
        if isinstance(node, ast.Call) and node.args and self.names.called(node.func) in (set, frozenset, tuple, list):
            return self._constant(self._meant(node.args[0]))
        held = self.names.holds(node.id) if isinstance(node, ast.Name) else None
        if isinstance(held, tuple | frozenset) and all(isinstance(each, bool | str | int | None) for each in held):
            return held
        raise ValueError

    def _other(self, key: str) -> Truth:
        self.asked[key] = _BOOLS
        return lambda row: row[key]

    def _key(self, node: ast.expr) -> str:
        """A text that is the same for what gives the same whenever it is asked."""
        return ast.dump(node) if self._stays(node) else f"{id(node)}"

    def _stays(self, node: ast.AST) -> bool:
        if isinstance(node, ast.Call):
            named = isinstance(node.func, ast.Name) and node.func.id in _PURE
            if not named and not (isinstance(node.func, ast.Attribute) and node.func.attr in PURE_METHODS):
                return False
        if isinstance(node, ast.NamedExpr | ast.Await | ast.Yield | ast.YieldFrom):
            return False
        return all(self._stays(each) for each in ast.iter_child_nodes(node))


def _holds(test: Callable[[Any, Any], bool], one: Any, other: Any) -> bool:
    try:
        return bool(test(one, other))
    except TypeError:  # `None in "text"`: an error, and no deviation that could be missed
        return True


def _never_none(left: ast.expr, right: ast.expr, names: Names) -> bool:
    """True where something is compared with None that never is None."""
    for one, other in ((left, right), (right, left)):
        if isinstance(other, ast.Constant) and other.value is None:
            types = names.annotated(one)
            return bool(types) and not {type(None), object} & set(types)
    return False
