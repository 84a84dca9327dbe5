"""`Unknown`, the value of an absent key: using it raises, handing it on does not."""

import copy
import math
import operator
import pickle
from collections.abc import Callable
from typing import Any

import pytest

from soc2test.errors import UnknownFact
from soc2test.resources.unknown import Unknown

OPERATORS: dict[str, Callable[[Any], object]] = {
    **{name: (lambda value, act=act: act(value, 1)) for name, act in {
        "==": operator.eq, "!=": operator.ne, "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
        "+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv, "//": operator.floordiv,
        "%": operator.mod, "**": operator.pow, "@": operator.matmul, "<<": operator.lshift, ">>": operator.rshift,
        "&": operator.and_, "|": operator.or_, "^": operator.xor, "divmod": divmod,
        "+=": operator.iadd, "|=": operator.ior,
    }.items()},
    **{f"right {name}": (lambda value, act=act: act(1, value)) for name, act in {
        "==": operator.eq, "!=": operator.ne, "<": operator.lt, "+": operator.add, "-": operator.sub, "*": operator.mul,
        "/": operator.truediv, "//": operator.floordiv, "%": operator.mod, "**": operator.pow, "@": operator.matmul,
        "<<": operator.lshift, ">>": operator.rshift, "&": operator.and_, "|": operator.or_, "^": operator.xor,
        "divmod": divmod,
    }.items()},
    "bool": bool,
    "not": operator.not_,
    "str": str,
    "repr": repr,
    "format": lambda value: f"{value:>3}",
    "percent": lambda value: "%s" % value,  # noqa: UP031
    "int": int,
    "float": float,
    "complex": complex,
    "index": operator.index,
    "bytes": bytes,
    "round": round,
    "abs": abs,
    "neg": operator.neg,
    "pos": operator.pos,
    "invert": operator.invert,
    "ceil": math.ceil,
    "trunc": math.trunc,
    "len": len,
    "iter": iter,
    "list": list,
    "reversed": reversed,
    "next": next,
    "in": lambda value: 1 in value,
    "member of": lambda value: value in [True, False, None],
    "item": lambda value: value["a"],
    "slice": lambda value: value[1:],
    "set item": lambda value: operator.setitem(value, "a", 1),
    "delete item": lambda value: operator.delitem(value, "a"),
    "attribute": lambda value: value.lower(),
    "hasattr": lambda value: hasattr(value, "lower"),
    "getattr with default": lambda value: getattr(value, "lower", None),
    "call": lambda value: value(),
    "hash": hash,
    "dict key": lambda value: {value: 1},
    "sorted": lambda value: sorted([value, 1]),
    "max": lambda value: max(1, value),
    "all": lambda value: all([value]),
    "copy": copy.copy,
    "deepcopy": copy.deepcopy,
    "pickle": pickle.dumps,
    "with": lambda value: value.__enter__(),
    "split": lambda value: [*value],
    "keywords": lambda value: dict(**value),
}  # fmt: skip


@pytest.mark.parametrize("use", OPERATORS.values(), ids=OPERATORS)
def test_any_use_raises_the_reason(use: Callable[[Any], object]) -> None:
    with pytest.raises(UnknownFact) as caught:
        use(Unknown("the evidence has no key .mfa", what="mfa", code="denied"))
    assert (caught.value.fact, caught.value.code) == ("mfa", "denied")
    assert "no key .mfa" in caught.value.reason


def test_it_can_be_handed_on() -> None:
    value = Unknown("why")
    kept = {"mfa": value}
    assert kept["mfa"] is value
    assert (value.reason, value.code) == ("why", "unknown_fact")
