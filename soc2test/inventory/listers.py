"""Which operations list the members of which kind: known of the sources, whatever was exported."""

from collections.abc import Iterable, Mapping
from functools import lru_cache

from soc2test.resources.resource import Resource
from soc2test.sources.operation import Operation
from soc2test.sources.source import Source

__all__ = ["Listers", "listers_of"]


class Listers:
    """The operations that create members, by source and kind, and the sources by each kind that they may list."""

    def __init__(self, sources: Iterable[Source]) -> None:
        self.of: dict[tuple[str, type[Resource]], list[Operation]] = {}
        self._tellers: dict[type, set[str]] = {}
        """the sources that list a kind or a special case of it"""
        self._scopes: dict[type, dict[tuple[str, tuple[str, ...]], None]] = {}
        """their names with the scope levels of those lists, each once, in the order of their declaration"""
        for source in sources:
            for operation in source.operations.values():
                for kind in operation.creates:
                    self.of.setdefault((source.name, kind), []).append(operation)
                    for general in kind.__mro__:
                        self._tellers.setdefault(general, set()).add(source.name)
                        self._scopes.setdefault(general, {})[source.name, tuple(operation.scope)] = None

    def tellers(self, kind: type[Resource]) -> tuple[str, ...]:
        """Names of the sources that can list a kind."""
        return tuple(sorted(self._tellers.get(kind, ())))

    def scopes(self, kind: type[Resource]) -> Iterable[tuple[str, tuple[str, ...]]]:
        """The sources that can list a kind, each with the scope levels of every such list of it."""
        return self._scopes.get(kind, ())


def listers_of(sources: Mapping[str, Source]) -> Listers:
    """Those of these sources, made once: a period loads hundreds of inventories of the same ones."""
    return _made(tuple((source, len(source.operations)) for source in sources.values()))


@lru_cache(maxsize=4)
def _made(declared: tuple[tuple[Source, int], ...]) -> Listers:
    """A plugin may still declare more operations of a source: their number tells."""
    return Listers(source for source, _ in declared)
