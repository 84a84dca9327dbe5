"""`CallRecord`: what the exports of one call tell, and how each of them went. Nothing in it is of another call."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple

import msgspec

from soc2test.evidence.record import Evidence
from soc2test.resources.resource import Resource
from soc2test.sources.facts import Counted
from soc2test.sources.operation import Operation

__all__ = ["OF_ANOTHER", "TOGETHER", "CallRecord", "Entry", "Mention", "Note", "OfAll", "Unread", "Word"]

OF_ANOTHER = "identity"
"""The code of what an export told that is about another subject than its place."""
TOGETHER = timedelta(days=1)
"""Exports within it were collected together, in whichever order."""


class Note(NamedTuple):
    """How an export of the call went: code and text of what is wrong with it, "" where all is well."""

    evidence: Evidence
    code: str
    text: str


class Word(NamedTuple):
    """What an export tells of one resource."""

    kind: type[Resource]
    id: str
    listed: bool
    """it is one of the members of a list"""
    when: datetime | None
    """when it was true, where that is known"""
    evidence: Evidence
    values: Mapping[str, Any]
    shown: Mapping[str, str]
    """facts that a document shows -> its digest"""


class Entry(NamedTuple):
    """How a call went: code and text of what is wrong ("" where all is well), and the evidence."""

    code: str
    text: str
    evidence: str
    made_at: datetime | None = None
    """when its content is of, where that is known"""


class Unread(NamedTuple):
    """Something in an export that nobody reads: of which source, which kinds it may be of (none: any), and the gap."""

    source: str
    kinds: tuple[type[Resource], ...]
    entry: Entry


class Mention(NamedTuple):
    """Something that an export of a source names, which a list of `by` must hold; of which kinds it may be."""

    source: str
    id: str
    by: type[Resource]
    kinds: tuple[type[Resource], ...]
    since: datetime | None = None


class OfAll(msgspec.Struct, frozen=True):
    """What an export tells of all members of a kind in its scope, but of those that it names."""

    levels: tuple[str, ...]
    """the scope levels that its call is made for"""
    of_the_rest: bool
    """it is told of those that a complete list does not name"""
    evidence: Evidence
    when: datetime | None
    """when it was true, where that is known"""
    kind: type[Resource]
    facts: Mapping[str, Any]
    named: frozenset[str] = frozenset()


class CallRecord:
    """What was read of one call; written by whoever reads it, and taken by the merge as a whole."""

    def __init__(self, operation: Operation) -> None:
        self.operation = operation
        self.notes: list[Note] = []
        self.words: list[Word] = []
        self.of_all: list[OfAll] = []
        """what is told of all members of a kind in a scope"""
        self.named: list[tuple[Mention, Evidence]] = []
        """things that must be in a list"""
        self.left_out: set[tuple[type[Resource], str]] = set()
        """kind and id of what a list holds, though it is no resource"""
        self.counted: list[tuple[Counted, Evidence]] = []
        """how many members of a kind there are"""
        self.unread: list[Unread] = []
        """what stands there and is not read"""
        self.shows: list[tuple[str, type[Resource], str]] = []
        """the digest of a document, and kind and id of a resource whose row names it"""
        self.rests_on_documents = False
        """a row names a document, which may be there or not, or be another one"""
        self.problems: list[str] = []
        self.faults: list[str] = []
        """those of the problems that a plugin has; the others are what is wrong with an export, which is a gap"""

    def note(self, evidence: Evidence, code: str = "", text: str = "") -> None:
        """How an export went."""
        self.notes.append(Note(evidence, code, text))

    def fail(self, evidence: Evidence, code: str, text: str) -> None:
        """An export, or a part of it, can't be relied on."""
        evidence.complete = False
        evidence.problem = evidence.problem or text
        evidence.gap = evidence.gap or (code, text)
        self.note(evidence, code, f"{evidence.id}: {text}")

    def tell_all(
        self,
        evidence: Evidence,
        when: datetime | None,
        kind: type[Resource],
        facts: Mapping[str, Any],
        but: frozenset[str] = frozenset(),
    ) -> None:
        """What an export tells of all members of a kind in its scope, but of those of these ids."""
        operation = self.operation
        self.of_all.append(
            OfAll(
                levels=operation.scope, of_the_rest=bool(operation.others), evidence=evidence, when=when, kind=kind,
                facts=dict(facts), named=but,
            )
        )  # fmt: skip

    def broke(self, text: str) -> None:
        """A fault of a plugin: unlike what is wrong with an export it fails the run, whatever is declared."""
        self.faults.append(text)
        self.problems.append(text)

    def leave_unread(self, evidence: Evidence, code: str, text: str, kinds: tuple[type[Resource], ...]) -> None:
        """Something stands in an export that is not read: a gap of the kinds that it may be of."""
        entry = Entry(code, f"{evidence.id}: {text}", evidence.id)
        self.unread.append(Unread(self.operation.source, kinds, entry))
        evidence.unread += (text,)
