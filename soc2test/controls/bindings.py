"""What the local names of a function are given, where its text shows all of it."""

import ast
import sys
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

import msgspec

from soc2test.code_reading.walking import walk

__all__ = ["Bindings", "bindings_of"]

_LOOPS = (ast.For, ast.AsyncFor, ast.While, ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.comprehension)
_SEVERAL = (ast.Tuple, ast.List)
_FIXED = (ast.Constant, ast.Tuple, ast.Attribute, ast.Name, ast.Compare, ast.BoolOp, ast.UnaryOp, ast.IfExp)
"""values that nothing empties: a name of one is looked at itself"""
_NAMED = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.ExceptHandler, ast.MatchAs, ast.MatchStar)
_KEPT = ("add", "append", "copy", "count", "extend", "get", "index", "insert", "items", "keys", "update", "values")
"""methods after which what held something still holds something"""
_LOOKS = ("all", "all_of", "any", "any_of", "bool", "dict", "enumerate", "frozenset", "len", "list", "max", "min",
          "print", "set", "sorted", "str", "sum", "tuple")  # fmt: skip
"""functions that change nothing of what they are given"""
_SILENT = (ast.expr_context, ast.operator, ast.cmpop, ast.boolop, ast.unaryop, ast.Constant)
"""nodes that name nothing: more than half of a text's"""


class Bindings(msgspec.Struct, frozen=True):
    """The values that names are assigned, as expressions: all of each, in the order of the text."""

    values: Mapping[str, tuple[ast.expr, ...]] = {}
    once: frozenset[str] = frozenset()
    """names that are assigned once, in no loop: wherever they are read they mean that expression"""
    filled: frozenset[str] = frozenset()
    """names of lists and the like that may hold something later, also where they begin empty"""
    over: Mapping[str, ast.expr] = {}
    """name -> what a loop or comprehension goes over to give it, where it has no other value"""
    imported: Mapping[str, Any] = {}
    """names that the function itself imports"""


@lru_cache(maxsize=1024)
def bindings_of(function: ast.FunctionDef | ast.Lambda) -> Bindings:
    """Those of a function, where nothing else gives a name another value."""
    nodes = [node for node in walk(function) if not isinstance(node, _SILENT)]
    values: dict[str, list[ast.expr]] = {}
    over: dict[str, ast.expr] = {}
    plain: set[int] = set()
    for node in nodes:
        for name, value in _assigned(node):
            values.setdefault(name.id, []).append(value)
            plain.add(id(name))
        loop = node.target if isinstance(node, ast.For | ast.comprehension) else None
        if isinstance(loop, ast.Name) and loop.id not in over:
            over[loop.id] = node.iter  # type: ignore[attr-defined]
            plain.add(id(loop))
    changing = {name for name, each in values.items() if not all(isinstance(value, _FIXED) for value in each)}
    emptied = changing & set(_changed(nodes, _KEPT))
    unknown = set(_otherwise(nodes, plain)) | (values.keys() & over.keys()) | emptied
    looped = {name.id for loop in nodes[1:] if isinstance(loop, _LOOPS)
              for node in walk(loop) for name, _ in _assigned(node)}  # fmt: skip
    known = {name: tuple(each) for name, each in values.items() if name not in unknown}
    return Bindings(
        values=known,
        filled=frozenset(changing & set(_changed(nodes, ()))),
        once=frozenset(name for name, each in known.items() if len(each) == 1 and name not in looped),
        over={name: each for name, each in over.items() if name not in unknown},
        imported=dict(_imported(nodes)),
    )


def _assigned(node: ast.AST) -> Iterator[tuple[ast.Name, ast.expr]]:
    """The names that a node assigns, each with its value."""
    if isinstance(node, ast.Assign):
        for target in node.targets:
            yield from _pairs(target, node.value)
    elif isinstance(node, ast.AnnAssign | ast.NamedExpr) and node.value is not None:
        yield from _pairs(node.target, node.value)


def _pairs(target: ast.expr, value: ast.expr) -> Iterator[tuple[ast.Name, ast.expr]]:
    if isinstance(target, ast.Name):
        yield target, value
    elif isinstance(target, _SEVERAL) and isinstance(value, _SEVERAL) and len(target.elts) == len(value.elts):
        for one, other in zip(target.elts, value.elts, strict=True):
            if not any(isinstance(each, ast.Starred) for each in (*target.elts, *value.elts)):
                yield from _pairs(one, other)


def _otherwise(nodes: Sequence[ast.AST], plain: set[int]) -> Iterator[str]:
    """Names that something else than a plain assignment gives a value, takes away or may change."""
    for node in nodes:
        if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load) and id(node) not in plain:
            yield node.id
        elif isinstance(node, ast.Global | ast.Nonlocal):
            yield from node.names
        elif isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name):
            yield node.target.id
        elif node is not nodes[0] and isinstance(node, _NAMED) and node.name:
            yield node.name
        elif isinstance(node, ast.MatchMapping) and node.rest:
            yield node.rest
        elif isinstance(node, ast.alias):
            yield (node.asname or node.name).partition(".")[0]


def _changed(nodes: Sequence[ast.AST], kept: Collection[str]) -> Iterator[str]:
    """Names of what may be changed later: by a method that is not `kept`, a call that takes it, or a second name."""
    for node in nodes:
        if isinstance(node, ast.Attribute) and node.attr not in kept:
            yield from _named(node.value)
        elif isinstance(node, ast.Call) and not (isinstance(node.func, ast.Name) and node.func.id in _LOOKS):
            for each in (*node.args, *(keyword.value for keyword in node.keywords)):
                yield from _named(each)
        elif isinstance(node, ast.Delete):
            for target in node.targets:
                yield from _named(target.value if isinstance(target, ast.Subscript) else target)
        elif isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store) and not kept:
            yield from _named(node.value)
        elif isinstance(node, ast.Assign | ast.Return) and isinstance(node.value, ast.Name):
            yield node.value.id


def _named(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Name):
        yield node.id


def _imported(nodes: Sequence[ast.AST]) -> Iterator[tuple[str, Any]]:
    """What is imported within, as far as it is loaded already."""
    for node in nodes:
        if isinstance(node, ast.Import):
            for each in node.names:
                name = each.asname or each.name.partition(".")[0]
                yield name, sys.modules.get(each.name if each.asname else name)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            module = sys.modules.get(node.module or "")
            for each in node.names:
                yield each.asname or each.name, getattr(module, each.name, None)
