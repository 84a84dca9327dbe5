"""`any_of(devices, lambda device: device.encrypted)` as the comprehension that says the same.

Whoever looks at a control's text knows comprehensions: what they go over, which facts they read, when they can't fail.
"""

import ast
from collections.abc import Callable, Collection, Iterator
from typing import Any

from soc2test.code_reading.named import code_names
from soc2test.code_reading.walking import walk
from soc2test.populations.three_valued import all_of, any_of

__all__ = ["as_comprehensions", "is_all_of", "is_any_of", "spellings_of"]

_OWN_NAMES = frozenset(("all_of", "any_of"))
_MEMBER = "member_of_it"
"""the variable of a comprehension around a test that has a name, and so none of its own"""


def is_any_of(called: object) -> bool:
    """True for the function of the contract itself, whatever it is called where it is used."""
    return called is any_of


def is_all_of(called: object) -> bool:
    """The same of `all_of`."""
    return called is all_of


def spellings_of(function: Callable[..., Any]) -> frozenset[str] | None:
    """What the two are called in the module of a function; None where its code names neither, as that of most does."""
    known, named = getattr(function, "__globals__", {}), code_names(function.__code__)
    if not any(name in _OWN_NAMES or _is_either(known.get(name)) for name in named):
        return None
    return frozenset(name for name, value in known.items() if _is_either(value))


def _is_either(value: object) -> bool:
    return is_any_of(value) or is_all_of(value)


def as_comprehensions(tree: ast.AST, spellings: frozenset[str] | None) -> None:
    """Puts `any_of(test(x) for x in xs)` in the place of each `any_of(xs, test)` in the tree of a function.

    That is what it says, not how it runs: the comprehension would end at the first unknown fact.
    """
    if spellings is not None:
        _Rewriting(spellings | set(_imported_within(tree))).visit(tree)


def _imported_within(tree: ast.AST) -> Iterator[str]:
    for node in walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "soc2test":
            yield from (alias.asname or alias.name for alias in node.names if alias.name in _OWN_NAMES)


class _Rewriting(ast.NodeTransformer):
    def __init__(self, spellings: Collection[str]) -> None:
        self._spellings = spellings

    def visit_Call(self, node: ast.Call) -> ast.Call:
        self.generic_visit(node)
        test = _test_of(node) if self._is_ours(node.func) else None
        if test is not None:
            node.args, node.keywords = [_comprehension(node.args[0], test)], []
        return node

    def _is_ours(self, called: ast.expr) -> bool:
        if isinstance(called, ast.Attribute):  # soc2test.any_of
            return isinstance(called.value, ast.Name) and called.attr in _OWN_NAMES
        return isinstance(called, ast.Name) and called.id in self._spellings


def _test_of(node: ast.Call) -> ast.expr | None:
    """The test that a call gives; None where it gives none, or its text does not show what is which."""
    if any(isinstance(argument, ast.Starred) for argument in node.args):
        return None
    if len(node.args) == 2 and not node.keywords:  # noqa: PLR2004  # what it goes over, and the test
        return node.args[1]
    if len(node.args) == 1 and [keyword.arg for keyword in node.keywords] == ["test"]:
        return node.keywords[0].value
    return None


def _comprehension(over: ast.expr, test: ast.expr) -> ast.expr:
    if isinstance(test, ast.Constant) and test.value is None:
        return over
    parameter = _only_parameter(test) if isinstance(test, ast.Lambda) else None
    if isinstance(test, ast.Lambda) and parameter is not None:
        return _over(parameter, over, test.body)
    asked = ast.Call(func=test, args=[ast.Name(id=_MEMBER, ctx=ast.Load())], keywords=[])
    return _over(_MEMBER, over, asked)


def _only_parameter(test: ast.Lambda) -> str | None:
    wanted = test.args
    every = [*wanted.posonlyargs, *wanted.args]
    plain = len(every) == 1 and not (wanted.vararg or wanted.kwonlyargs or wanted.kwarg or wanted.defaults)
    return every[0].arg if plain else None


def _over(name: str, over: ast.expr, element: ast.expr) -> ast.expr:
    target = ast.Name(id=name, ctx=ast.Store())
    loop = ast.comprehension(target=target, iter=over, ifs=[], is_async=0)
    return ast.fix_missing_locations(ast.copy_location(ast.GeneratorExp(elt=element, generators=[loop]), over))
