"""`Known`: everything that the calls of a run told, merged; one record after another, in any order."""

from collections.abc import Mapping

from soc2test.evidence.record import Evidence
from soc2test.merging.everywhere import spread
from soc2test.merging.ledger import Ledger
from soc2test.merging.told import Told
from soc2test.resources.resource import Resource
from soc2test.sources.operation import Operation
from soc2test.telling.call_record import CallRecord, OfAll, Word

__all__ = ["Known"]


class Known:
    """What is known of each resource, of whole scopes, and of the calls."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.told: dict[tuple[type[Resource], str], Told] = {}
        self.shows: dict[str, set[tuple[type[Resource], str]]] = {}
        """the digest of a document -> the resources whose rows name it"""
        self.problems: list[str] = []
        self.faults: list[str] = []
        """those of the problems that a plugin has; the others are what is wrong with an export, which is a gap"""
        self._of_all: list[OfAll] = []

    def take(self, record: CallRecord) -> None:
        """What one more call told."""
        operation, ledger = record.operation, self.ledger
        for note in record.notes:
            ledger.note(operation, note.evidence, note.code, note.text)
        for word in record.words:
            self._tell(operation, word)
        self._of_all += record.of_all
        for mention, evidence in record.named:
            ledger.named.setdefault(mention, evidence)
        ledger.left_out |= record.left_out
        ledger.counted += [(operation, counted, evidence) for counted, evidence in record.counted]
        ledger.unread += record.unread
        for digest, kind, id in record.shows:
            self.shows.setdefault(digest, set()).add((kind, id))
        self.problems += record.problems
        self.faults += record.faults

    def broke(self, text: str) -> None:
        """A fault of a plugin over no call alone."""
        self.faults.append(text)
        self.problems.append(text)

    def spread(self) -> None:
        """Give members the facts that were told of all members of their kind in a scope, once all is taken."""
        spread(self._of_all, self.told.values())

    def _tell(self, operation: Operation, word: Word) -> None:
        key, evidence = (word.kind, word.id), word.evidence
        told = self.told.get(key)
        if told is None:
            told = self.told[key] = Told(word.kind, word.id)
        if word.listed:
            told.put_in_list(evidence.subject, operation.tenant(evidence.subject), word.when)
        else:
            told.mention(evidence.subject)
        if word.shown:
            told.shown = {**told.shown, **_of(evidence, word.shown)}
        told.tell(word.when, evidence.id, word.values)


def _of(evidence: Evidence, shown: Mapping[str, str]) -> dict[tuple[str, str], str]:
    return {(fact, evidence.id): digest for fact, digest in shown.items()}
