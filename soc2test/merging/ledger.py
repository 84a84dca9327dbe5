"""`Ledger`: which calls were exported, for which scope and subject, and how each went."""

from collections.abc import Iterable, Mapping, Sequence

from soc2test.evidence.record import Evidence
from soc2test.resources.resource import Resource
from soc2test.sources.facts import Counted
from soc2test.sources.operation import Operation
from soc2test.telling.call_record import Entry, Mention, Unread

__all__ = ["Call", "Ledger"]

Scope = tuple[str, str, tuple[str, ...]]
"""Source, operation, and the values of its scope levels."""
Call = tuple[str, str, tuple[str, ...], tuple[str, ...]]
"""The same, and those of its subject."""


class Ledger:
    """All calls by source, operation, scope and subject."""

    def __init__(self) -> None:
        self._entries: dict[Call, Entry] = {}
        self._by_scope: dict[Scope, list[Call]] = {}
        """source, operation and scope -> the calls that were made for it; made when it is first asked for"""
        self._operations: set[tuple[str, str]] = set()
        self._seen: dict[str, dict[str, set[str]]] = {}
        self.lost: dict[str, Entry] = {}
        """source ("" for any) -> evidence of it that could not be told apart"""
        self.unread: list[Unread] = []
        """what stands in exports that were read, and is not read itself"""
        self.named: dict[Mention, Evidence] = {}
        """things that must be in a list, each with the evidence that names it first"""
        self.left_out: set[tuple[type[Resource], str]] = set()
        """kind and id of what a list holds, though it is no resource"""
        self.counted: list[tuple[Operation, Counted, Evidence]] = []
        """how many members of a kind an export says there are"""

    def note(self, operation: Operation, evidence: Evidence, code: str = "", text: str = "") -> None:
        """One call and how it went; of several exports of one call, what is wrong with any stands."""
        self._operations.add((operation.source, operation.name))
        key = call_of(operation, evidence.subject)
        if key not in self._entries or (code and not self._entries[key].code):
            if self._by_scope and key not in self._entries:
                self._by_scope.setdefault(key[:3], []).append(key)
            self._entries[key] = Entry(code, text, evidence.id, evidence.collected_at)

    def saw(self, evidence: Evidence, levels: Iterable[str]) -> None:
        """Remember the scope that an export is about."""
        seen = self._seen.setdefault(evidence.source, {})
        for level in levels:
            if level in evidence.subject:
                seen.setdefault(level, set()).add(evidence.subject[level])

    def seen(self, source: str, level: str) -> tuple[str, ...]:
        """The values of a scope level that exports of a source were about."""
        return tuple(sorted(self._seen.get(source, {}).get(level, ())))

    def sources(self) -> set[str]:
        """Sources of which anything was exported."""
        return set(self._seen)

    def get(self, operation: Operation, subject: Mapping[str, str]) -> Entry | None:
        """How the call for this scope and subject went; None where it was not exported."""
        return self._entries.get(call_of(operation, subject))

    def about(self, operation: Operation, subject: Mapping[str, str]) -> list[Entry]:
        """How the calls went whose scope and subject agree with what is known of `subject`."""
        wanted = call_of(operation, subject)
        if all(wanted[3]):  # all of it is known: one call, if any
            return [self._entries[wanted]] if wanted in self._entries else []
        return [
            self._entries[call]
            for call in self._calls_of(wanted[:3])
            if all(want in ("", part) for want, part in zip(wanted[3], call[3], strict=True))
        ]

    def _calls_of(self, scope: Scope) -> Sequence[Call]:
        if not self._by_scope:
            for call in self._entries:
                self._by_scope.setdefault(call[:3], []).append(call)
        return self._by_scope.get(scope, ())

    def __contains__(self, operation: Operation) -> bool:
        return (operation.source, operation.name) in self._operations


def call_of(operation: Operation, subject: Mapping[str, str]) -> Call:
    """The key of a call; only the scope levels and subject parts that the operation declares count."""
    return (
        operation.source,
        operation.name,
        tuple([subject.get(level, "") for level in operation.scope]),
        tuple([subject.get(part, "") for part in operation.subject]),
    )
