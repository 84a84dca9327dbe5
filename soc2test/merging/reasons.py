"""Why a fact is unknown, in words that say which call to export or which permission to give."""

from collections.abc import Mapping
from typing import Any

from soc2test.finding.unexported import Unexported, unexported
from soc2test.merging.ledger import Ledger
from soc2test.merging.told import Told
from soc2test.resources.resource import Resource, Why, fact_names
from soc2test.sources.operation import Operation
from soc2test.sources.source import Source
from soc2test.telling.call_record import Entry

__all__ = ["Reasons"]


class Reasons:
    """Finds the operations that would tell a fact, and what became of them."""

    def __init__(self, sources: Mapping[str, Source], ledger: Ledger) -> None:
        self._sources, self._ledger = sources, ledger
        self._tellers: dict[tuple[type, str, str], list[Operation]] = {}
        self.unexported: dict[Unexported, type[Resource]] = {}
        """calls that would tell facts that nobody exported, each with the kind that has them"""
        self.unusable: dict[Unexported, tuple[type[Resource], str]] = {}
        """calls that were exported and can't be relied on, each with the kind that has the facts, and why"""

    def why(self, told: Told, source: str, known: Mapping[str, Any], fact: str) -> Why:
        """Code and text for one fact of one resource of `source` that nothing told."""
        tellers = self._telling(told.kind, source, fact)
        if not tellers:
            return "unknown_fact", f"no export that soc2test reads tells {fact} of {told.kind.__name__}"
        wanted = [(operation, self._subject(operation, told, known)) for operation in tellers]
        found = [(call, self._about(*call)) for call in wanted]
        entries = [(call, entry) for call, about in found for entry in about]
        for (operation, subject), entry in entries:
            if entry.code:
                self.unusable[self._call(operation, subject, known)] = told.kind, entry.text
                return entry.code, entry.text
        absent = [call for call, about in found if not about]
        if not absent:
            return "unknown_fact", f"{entries[0][1].evidence} does not tell it"
        operation, subject = absent[0]  # where another call was exported and does not tell it, this one may
        call = self._call(operation, subject, known)
        self.unexported[call] = told.kind
        return "missing", str(call)

    def _call(self, operation: Operation, subject: Mapping[str, str], known: Mapping[str, Any]) -> Unexported:
        return unexported(self._sources[operation.source], operation, {**known, **subject})

    def failed(self, told: Told, source: str, known: Mapping[str, Any], fact: str) -> Why | None:
        """Code and text of a call about this resource alone that would tell the fact, was made, and went wrong."""
        for operation in self._telling(told.kind, source, fact):
            about = self._about(operation, self._subject(operation, told, known)) if operation.subject else []
            for entry in about:
                if entry.code:
                    return entry.code, entry.text
        return None

    def _telling(self, kind: type, name: str, fact: str) -> list[Operation]:
        key = kind, name, fact
        if key not in self._tellers:
            self._tellers[key] = [
                operation
                for operation in self._sources[name].operations.values()
                if any(issubclass(kind, each) and fact in fact_names(each) for each in operation.kinds)
                and fact in operation.tells
            ]
        return self._tellers[key]

    def _about(self, operation: Operation, subject: dict[str, str]) -> list[Entry]:
        known = not operation.subject or subject.get(operation.subject[0])
        return self._ledger.about(operation, subject) if known else []

    @staticmethod
    def _subject(operation: Operation, told: Told, known: Mapping[str, Any]) -> dict[str, str]:
        subject = dict(told.at)
        for part in operation.subject:  # a pull request's number, a user's id
            value = told.id if operation.named_by.get(part) == "id" else known.get(operation.named_by.get(part, part))
            if part not in subject and isinstance(value, str | int):
                subject[part] = str(value)
        if operation.subject and operation.subject[0] not in subject and isinstance(known.get("name"), str):
            subject[operation.subject[0]] = known["name"]
        return subject
