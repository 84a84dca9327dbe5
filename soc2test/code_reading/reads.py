"""Which facts a control reads, told from its code without running it."""

import ast
import inspect
import types
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, Protocol
from weakref import WeakKeyDictionary

from soc2test.code_reading.dataflow import Read, annotated, reads_in
from soc2test.code_reading.named import names_in
from soc2test.code_reading.trees import tree_of
from soc2test.code_reading.walking import walk
from soc2test.faults import place_of_code
from soc2test.nearest import near
from soc2test.resources.resource import Resource, fact_names

__all__ = [
    "Located", "deciding_facts", "facts_joined", "facts_read", "facts_that_decide", "has_fact", "located_reads",
    "misspelt", "reads_of",
]  # fmt: skip

_BODY = -1

Located = tuple[Read, Callable[..., Any]]
"""What is read, and the function in which that stands."""


class Asking(Protocol):
    """A control, as far as its code is read."""

    @property
    def kind(self) -> type[Resource] | None:
        """The kind under test; None of one over populations alone."""
        ...

    @property
    def parameter(self) -> str | None:
        """Which parameter takes the resource under test."""
        ...

    @property
    def populations(self) -> Mapping[str, type[Resource]]:
        """Parameter -> kind of the populations that it takes."""
        ...

    @property
    def where(self) -> Callable[..., object] | None:
        """Which resources it applies to."""
        ...

    @property
    def function(self) -> Callable[..., object]:
        """Its body."""
        ...


def facts_read(control: Asking) -> tuple[str, ...]:
    """Names of the facts of the resource under test that its `where` and body name, those of the body last."""
    if control.kind is None:
        return ()
    return names_in(control.kind, control.where, control.function)


def facts_joined(control: Asking) -> dict[type[Resource], tuple[str, ...]]:
    """The facts that it reads of the members of the populations which it joins, by kind."""
    found: dict[type[Resource], dict[str, None]] = {}
    for each, _ in located_reads(control):
        for kind in dict.fromkeys(control.populations.values()):
            if kind is not control.kind and issubclass(each.kind, kind) and each.fact in fact_names(each.kind):
                found.setdefault(kind, {})[each.fact] = None
    return {kind: tuple(facts) for kind, facts in found.items()}


def facts_that_decide(control: Asking, kind: type[Resource]) -> tuple[str, ...]:
    """The facts that it reads of resources of a kind, without those that only its messages say."""
    known = _deciding.setdefault(control.function, {})
    if kind not in known:
        found = (read.fact for read, _ in located_reads(control) if issubclass(read.kind, kind) and not read.worded)
        known[kind] = tuple(dict.fromkeys(fact for fact in found if fact in fact_names(kind)))
    return known[kind]


def misspelt(control: Asking) -> list[str]:
    """What it reads that is no fact: "policies/wrong.py:6: Repository has no fact 'pubic'; did you mean 'public'?"."""
    return [
        f"{place_of_code(function.__code__.co_filename, each.line, function.__module__)}: {each.kind.__name__} has no "
        f"fact {each.fact!r}{near(each.fact, (*fact_names(each.kind), 'id'))}"
        for each, function in sorted(located_reads(control), key=lambda read: read[0].line)
        if not has_fact(each.kind, each.fact)
    ]


def has_fact(kind: type[Resource], fact: str) -> bool:
    """True also for a fact of a special case: a control may look at those after `isinstance`."""
    return hasattr(kind, fact) or any(has_fact(each, fact) for each in kind.__subclasses__())


_deciding: WeakKeyDictionary[Callable[..., Any], dict[type[Resource], tuple[str, ...]]] = WeakKeyDictionary()
"""function -> kind -> the facts that decide: asked for each result"""
_known: WeakKeyDictionary[Callable[..., Any], list[Located]] = WeakKeyDictionary()


def located_reads(control: Asking) -> list[Located]:
    """What it reads, each with the function in which that stands; its code is read once."""
    if control.function not in _known:
        _known[control.function] = _find_reads(control)
    return _known[control.function]


def _find_reads(control: Asking) -> list[Located]:
    found: list[Located] = []
    seen: set[object] = set()
    if control.kind is not None and control.where is not None:
        first = next(iter(inspect.signature(control.where).parameters), "")
        found += reads_of(control.where, {first: control.kind}, {}, seen)
    under_test = {} if control.kind is None or control.parameter is None else {control.parameter: control.kind}
    return found + reads_of(control.function, under_test, dict(control.populations), seen)


def reads_of(
    function: Callable[..., Any], one: dict[str, type[Resource]], many: dict[str, type[Resource]], seen: set[object]
) -> list[Located]:
    """The same of a function, and of those of its own package that it calls and whose parameters are annotated."""
    if (node := tree_of(function)) is None:
        seen.add(function)
        return []
    found = [(read, function) for read in reads_in(node, one, many, function.__globals__)]
    return found + _reads_of_helpers(function, seen)


def _reads_of_helpers(function: Callable[..., Any], seen: set[object]) -> list[Located]:
    seen.add(function)
    found: list[Located] = []
    for helper in _helpers(function):
        if helper not in seen:
            found += _own_reads(helper)
            found += _reads_of_helpers(helper, seen)
    return found


@lru_cache(maxsize=4096)  # most are called by many controls
def _helpers(function: Callable[..., Any]) -> tuple[Callable[..., Any], ...]:
    """The functions of its own package that it names."""
    named = (node.id for node in walk(tree_of(function) or ast.Module([], [])) if isinstance(node, ast.Name))
    helpers = (function.__globals__.get(name) for name in dict.fromkeys(named))
    return tuple(
        helper for helper in helpers
        if isinstance(helper, types.FunctionType)
        and _package(helper) == _package(function) and isinstance(tree_of(helper), ast.FunctionDef)
    )  # fmt: skip


@lru_cache(maxsize=4096)
def _own_reads(helper: Callable[..., Any]) -> tuple[Located, ...]:
    """What it reads itself of parameters that are annotated."""
    tree = tree_of(helper)
    if not isinstance(tree, ast.FunctionDef):
        return ()
    reads = reads_in(tree, *annotated(tree, helper.__globals__), helper.__globals__)
    return tuple((read, helper) for read in reads)


def _package(function: Callable[..., Any]) -> str:
    return function.__module__.partition(".")[0]


def deciding_facts(control: Asking) -> Callable[[BaseException], tuple[str, ...]]:
    """For what a control raised over a resource: the facts that its failed assert tests, not those of its message."""
    code = control.function.__code__
    by_line: dict[int, tuple[str, ...]] = {}

    def facts(error: BaseException) -> tuple[str, ...]:
        if not by_line:  # the code is read where something deviates, not for each control
            by_line.update(_asserted(control))
        trace, line = error.__traceback__, _BODY
        while trace is not None:
            if trace.tb_frame.f_code is code:
                line = trace.tb_lineno
            trace = trace.tb_next
        return by_line.get(line) or by_line[_BODY]

    return facts


_decided: WeakKeyDictionary[Callable[..., Any], dict[int, tuple[str, ...]]] = WeakKeyDictionary()


def _asserted(control: Asking) -> dict[int, tuple[str, ...]]:
    """Line -> the facts that the assert on it tests; `_BODY` -> the facts that the whole body names."""
    if control.function not in _decided:
        _decided[control.function] = _find_asserted(control)
    return _decided[control.function]


def _find_asserted(control: Asking) -> dict[int, tuple[str, ...]]:
    found = {_BODY: names_in(control.kind, control.function) if control.kind is not None else ()}
    node = tree_of(control.function) if control.kind is not None else None
    if control.kind is None or not isinstance(node, ast.FunctionDef):
        return found
    values = _values_in(node)
    for each in walk(node):
        if isinstance(each, ast.Assert):
            facts = tuple(dict.fromkeys(_facts_of(each.test, values, control.kind, frozenset())))
            found |= dict.fromkeys(range(each.lineno, (each.end_lineno or each.lineno) + 1), facts)
    return found


def _facts_of(
    test: ast.AST, values: Mapping[str, Sequence[ast.AST]], kind: type[Resource], seen: frozenset[str]
) -> Iterator[str]:
    """The facts that an expression names, also by way of local variables."""
    for node in walk(test):
        if isinstance(node, ast.Name) and node.id not in seen:
            for value in values.get(node.id, ()):
                yield from _facts_of(value, values, kind, seen | {node.id})
    named = [node for node in walk(test) if isinstance(node, ast.Attribute) and node.attr in fact_names(kind)]
    yield from (node.attr for node in sorted(named, key=lambda node: (node.end_lineno or 0, node.end_col_offset or 0)))


def _values_in(function: ast.FunctionDef) -> dict[str, list[ast.AST]]:
    """Local variable -> what is assigned to it."""
    found: dict[str, list[ast.AST]] = {}
    for node in walk(function):
        if isinstance(node, ast.Assign):
            targets, value = node.targets, node.value
        elif isinstance(node, ast.NamedExpr):
            targets, value = [node.target], node.value
        elif isinstance(node, ast.For):
            targets, value = [node.target], node.iter
        else:
            continue
        for name in {target.id for target in targets if isinstance(target, ast.Name)}:
            found.setdefault(name, []).append(value)
    return found
