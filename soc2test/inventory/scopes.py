"""Scopes: what soc2.yaml declares of each source, else what was exported."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import product

from soc2test.inventory.ledger import Ledger
from soc2test.sources.source import Source

__all__ = ["Scopes", "plural"]

Declared = Mapping[str, Mapping[str, Sequence[str]]]
"""Source name -> scope level -> the values declared ({"aws": {"account": ["012345678901"]}})."""


def plural(level: str) -> str:
    """The key of a scope level in soc2.yaml: "accounts" of "account"."""
    return f"{level}s"


class Scopes:
    """The scopes of each source."""

    def __init__(self, sources: Mapping[str, Source], declared: Declared, ledger: Ledger) -> None:
        self._sources, self._declared, self._ledger = sources, declared, ledger

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

    def declared_scopes(self) -> Iterator[tuple[str, str, bool]]:
        """Source, scope and whether anything of it was exported, for each value that soc2.yaml declares."""
        for source, levels in sorted(self._declared.items()):
            named = [(level, value) for level in self._sources[source].scope for value in levels.get(level, ())]
            if not named:
                yield source, "", source in self._ledger.sources()
            for level, value in named:
                yield source, value, value in self._ledger.seen(source, level)
