"""One scope under two names: two folders that hold one thing which its vendor made once are the same export."""

from collections.abc import Iterable, Iterator

from soc2test.errors import UnknownFact
from soc2test.evidence.record import Evidence

__all__ = ["SameScope"]

Levels = tuple[tuple[str, str], ...]
"""Scope levels with their values, from the outermost."""


class SameScope:
    """The ids that each scope of a source holds. Only sources of which there are two scopes are looked at."""

    def __init__(self, scopes: Iterable[tuple[str, Levels]]) -> None:
        by_source: dict[str, set[Levels]] = {}
        for source, levels in scopes:
            by_source.setdefault(source, set()).add(levels)
        self._several = {source for source, levels in by_source.items() if len(levels) > 1}
        self._first: dict[tuple[str, str], tuple[Levels, str]] = {}
        """source and id -> the first scope that holds it, and the export"""
        self._refused: dict[tuple[str, Levels], str] = {}

    def may(self, source: str) -> bool:
        """Whether two scopes of a source may be one."""
        return source in self._several

    def hear(self, evidence: Evidence, levels: Levels, ids: Iterable[str]) -> None:
        """What an item of an export holds. A secret in the place of an id says nothing."""
        try:
            for id in ids:
                where, export = self._first.setdefault((evidence.source, id), (levels, evidence.id))
                if where is not levels and where != levels:
                    self._same(evidence, levels, where, export)
        except UnknownFact:
            return

    def _same(self, evidence: Evidence, levels: Levels, where: Levels, export: str) -> None:
        """Refuse both at the outermost level at which they differ; one within the other is no contradiction."""
        for depth, (one, other) in enumerate(zip(levels, where, strict=False), 1):
            if one != other:
                text = (
                    f"does not count: {export} and {evidence.id} hold the same thing by its id, so {other[1]} and "
                    f"{one[1]} are one {one[0]} under two names, or one of them was asked for twice (its login, or its "
                    f"{one[0]}, stood in both calls): export each again, by itself"
                )
                for place in (levels[:depth], where[:depth]):
                    self._refused.setdefault((evidence.source, place), text)
                return

    def refused(self) -> Iterator[tuple[tuple[str, Levels], str]]:
        """The scopes that do not count, each with the reason."""
        yield from self._refused.items()
