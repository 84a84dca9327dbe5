"""Scopes: what soc2.yaml declares of each source, else what was exported."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import product

from soc2test.merging.ledger import Ledger
from soc2test.resources.resource import Resource
from soc2test.sources.source import Source
from soc2test.sources.unloaded import Unloaded

__all__ = ["Scopes", "plural"]

Declared = Mapping[str, Mapping[str, Sequence[str]]]
"""Source name -> scope level -> the values declared ({"aws": {"account": ["012345678901"]}})."""


def plural(level: str) -> str:
    """The key of a scope level in soc2.yaml: "accounts" of "account"."""
    return f"{level}s"


class Scopes:
    """The scopes of each source."""

    def __init__(
        self, sources: Mapping[str, Source], declared: Declared, ledger: Ledger, unloaded: Sequence[Unloaded] = ()
    ) -> None:
        self._sources, self._declared, self._ledger, self._unloaded = sources, declared, ledger, unloaded

    def lost(self, source: str) -> Sequence[Unloaded]:
        """The plugins that a declared source may be of that no loaded plugin has."""
        if source in self._sources:
            return ()
        return [each for each in self._unloaded if each.plugin == source] or self._unloaded

    def lost_of(self, kind: type[Resource]) -> Iterator[tuple[str, str]]:
        """Declared sources whose plugin did not load and may tell a kind, with what to put right."""
        for source in self._declared:
            for each in self.lost(source):
                if each.may_tell(kind):
                    whose = "" if each.plugin == source else f", perhaps that of {source},"
                    yield source, f"plugin {each.plugin}{whose} did not load: {each.text}"

    def is_declared(self, source: str | None) -> bool:
        """True where soc2.yaml names the source."""
        return source is not None and source in self._declared

    def declares(self, source: str, level: str, value: str) -> bool:
        """True where soc2.yaml names the value of a source's scope level ("" for no level: the source alone)."""
        return source in self._declared and (not level or value in self._declared[source].get(level, ()))

    def any_declared(self) -> bool:
        """True where soc2.yaml declares a source."""
        return bool(self._declared)

    def of_interest(self, source: str) -> bool:
        """True where the source is declared or anything of it was exported."""
        return source in self._declared or source in self._ledger.sources()

    def values(self, source: str, level: str) -> tuple[str, ...]:
        """The values of a scope level: as declared, else as exported."""
        declared = self._declared.get(source, {}).get(level)
        return tuple(declared) if declared else self._ledger.seen(source, level)

    def each(self, source: str, levels: Sequence[str]) -> list[dict[str, str]]:
        """Every scope that a call with these levels must have been made for."""
        choices = [self.values(source, level) or ("",) for level in levels]
        return [dict(zip(levels, choice, strict=True)) for choice in product(*choices)]

    def declared_of(self, source: str, levels: Sequence[str]) -> Iterator[str]:
        """What soc2.yaml declares of a source for calls with these levels, in words: "aws account 012345678901"."""
        named = [
            f"{source} {level} {value}" for level in levels for value in self._declared.get(source, {}).get(level, ())
        ]
        yield from named or ([source] if source in self._declared else [])

    def declared_scopes(self) -> Iterator[tuple[str, str, bool | None]]:
        """Source, scope and whether anything of it was exported (None: nobody could tell), for each declared value."""
        for source, levels in sorted(self._declared.items()):
            if self.lost(source):
                yield source, "", None
                continue
            named = [(level, value) for level in self._sources[source].scope for value in levels.get(level, ())]
            if not named:
                yield source, "", source in self._ledger.sources()
            for level, value in named:
                yield source, value, value in self._ledger.seen(source, level)
