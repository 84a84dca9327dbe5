"""Of which time logs tell: for each scope in which a state is listed, how far back its logs of changes go."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

import msgspec

from soc2test.inventory.scopes import Scopes
from soc2test.merging.ledger import Ledger
from soc2test.populations.population import Gap
from soc2test.resources.resource import Resource
from soc2test.sources.operation import Operation

__all__ = ["LogSpan", "LogSpans"]

Listers = Mapping[tuple[str, type[Resource]], Sequence[Operation]]
"""Source and kind -> the operations that list it."""


class LogSpan(msgspec.Struct, frozen=True, kw_only=True):
    """The time of which the logs of one scope tell all."""

    first: datetime
    last: datetime


class LogSpans:
    """Asks which calls of logs were exported whole; a log that does not say how far back it goes tells of no time."""

    def __init__(self, listers: Listers, ledger: Ledger, scopes: Scopes) -> None:
        self._listers, self._ledger, self._scopes = listers, ledger, scopes

    def of(
        self, state: type[Resource], changes: type[Resource] | None, gaps: Sequence[Gap], as_of: datetime
    ) -> dict[str, LogSpan | None]:
        """Each scope in which members of `state` are listed, in words -> the time of which its logs of `changes` tell.

        `gaps` are those of `changes`: one that names no call may be anywhere in its source.
        """
        spoilt = {gap.source for gap in gaps if gap.operation is None}
        return {
            _shown(source, scope): None
            if changes is None or source in spoilt or None in spoilt
            else self._span(source, scope, changes, as_of)
            for source, scope in self._scopes_of(state)
        }

    def _scopes_of(self, state: type[Resource]) -> Iterator[tuple[str, dict[str, str]]]:
        for (source, kind), listers in self._listers.items():
            if issubclass(kind, state) and self._scopes.of_interest(source):
                for lister in listers:
                    yield from ((source, scope) for scope in self._scopes.each(source, lister.scope))

    def _span(self, source: str, scope: Mapping[str, str], changes: type[Resource], as_of: datetime) -> LogSpan | None:
        """What all kinds of changes are told of: each has a list of its own."""
        told = [
            self._longest(listers, scope, as_of)
            for (name, kind), listers in self._listers.items()
            if name == source and issubclass(kind, changes)
        ]
        spans = [span for span in told if span is not None]
        if not spans or len(spans) < len(told):
            return None
        return LogSpan(first=max(span.first for span in spans), last=min(span.last for span in spans))

    def _longest(self, listers: Sequence[Operation], scope: Mapping[str, str], as_of: datetime) -> LogSpan | None:
        """Of the lists of one kind that take in the scope and are whole the one that goes back furthest."""
        found = []
        for lister in listers:
            if lister.reaches is None or lister.per is not None or not set(lister.scope) <= set(scope):
                continue
            entry = self._ledger.get(lister, scope)
            if entry is not None and not entry.code:
                made = entry.made_at or as_of
                found.append(LogSpan(first=made - lister.reaches, last=made))
        return min(found, key=lambda span: span.first, default=None)


def _shown(source: str, scope: Mapping[str, str]) -> str:
    return " ".join([source, *filter(None, ["/".join(value for value in scope.values() if value)])])
