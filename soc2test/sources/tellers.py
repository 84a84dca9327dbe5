"""Which operations of which sources tell a fact, and which list a kind."""

import types
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import chain

from soc2test.resources.resource import Resource, fact_names
from soc2test.sources.operation import Operation
from soc2test.sources.source import Source

__all__ = ["listers", "tellers"]

Kind = type[Resource]
Seen = frozenset[tuple[Kind, str]]
_ALWAYS = "(the same for all)"
"""what stands in the place of an operation where a plugin declares a fact of the whole kind"""


def listers(sources: Mapping[str, Source], kind: Kind) -> dict[str, list[str]]:
    """Source -> its operations that create members of `kind`."""
    return _by_source(
        (operation.source, operation.name) for operation in _operations(sources) if _creates(operation, kind)
    )


def tellers(sources: Mapping[str, Source], kind: Kind, fact: str) -> dict[str, list[str]]:
    """Source -> the operations that tell `fact` of `kind`, or the facts that it is computed from."""
    found = (_telling(source, kind, fact, frozenset()) for source in sources.values())
    return _by_source(chain.from_iterable(found))


def _telling(source: Source, kind: Kind, fact: str, seen: Seen) -> Iterator[tuple[str, str]]:
    for operation in source.operations.values():
        if fact in operation.tells and _about(operation, kind):
            yield operation.source, operation.name
    if any(fact in always and _related(constant, kind) for constant, always in source.constants.items()):
        yield source.name, _ALWAYS
    for (derived, name), (function, joined) in source.derived.items():
        if name == fact and (derived, fact) not in seen and _related(derived, kind):
            parts = [(origin, part) for origin in (derived, joined) if origin for part in _facts_in(function, origin)]
            for origin, part in parts:
                yield from _telling(source, origin, part, seen | {(derived, fact)})
            if not parts:
                yield source.name, _ALWAYS


@lru_cache(maxsize=4096)
def _facts_in(function: object, kind: Kind) -> list[str]:
    known = set(fact_names(kind))
    return [name for name in _names(function, set()) if name in known]


def _names(function: object, seen: set[object]) -> Iterator[str]:
    """The names in a plugin's function and in the helpers of its package that it calls."""
    if not isinstance(function, types.FunctionType) or function in seen:
        return
    seen.add(function)
    for name in _in_code(function.__code__):
        yield name
        helper = function.__globals__.get(name)
        if getattr(helper, "__module__", "").partition(".")[0] == function.__module__.partition(".")[0]:
            yield from _names(helper, seen)


def _in_code(code: types.CodeType) -> Iterator[str]:
    yield from code.co_names
    for const in code.co_consts:
        if isinstance(const, types.CodeType):
            yield from _in_code(const)


def _operations(sources: Mapping[str, Source]) -> Iterator[Operation]:
    for source in sources.values():
        yield from source.operations.values()


def _creates(operation: Operation, kind: Kind) -> bool:
    """Whether an operation may create members of a kind: a special case too, unless it only tells facts of that."""
    return any(
        issubclass(created, kind) or (issubclass(kind, created) and kind not in operation.kinds)
        for created in operation.creates
    )


def _about(operation: Operation, kind: Kind) -> bool:
    return any(_related(each, kind) for each in operation.kinds)


def _related(one: Kind, other: Kind) -> bool:
    return issubclass(one, other) or issubclass(other, one)


def _by_source(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for source, operation in pairs:
        if operation not in found.setdefault(source, []):
            found[source].append(operation)
    return dict(sorted(found.items()))
