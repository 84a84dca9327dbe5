"""The items of one export on their way through the plugin's reading function."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from soc2test.errors import PluginError, UnknownFact
from soc2test.evidence.record import Evidence
from soc2test.inventory.body_items import misfit, stray
from soc2test.inventory.ledger import Mention
from soc2test.inventory.merging import OF_ANOTHER
from soc2test.inventory.suggested import command
from soc2test.inventory.violations import id_of
from soc2test.resources.unknown import Unknown
from soc2test.sources.calling import call
from soc2test.sources.facts import Counted, Facts, Missed, Named, Said, Skip
from soc2test.sources.item import Subject, wrap
from soc2test.sources.operation import Operation
from soc2test.sources.reading import said_of
from soc2test.sources.references import references_in

if TYPE_CHECKING:
    from soc2test.inventory.ingest import Ingest

__all__ = ["Reading"]


class Reading:
    """One export's items on their way through the reading function; what is wrong is told once, not for each row."""

    def __init__(self, ingest: "Ingest", operation: Operation, evidence: Evidence, named: set[str]) -> None:
        self.ingest, self.operation, self.evidence, self.named = ingest, operation, evidence, named
        self.at = Subject(evidence.subject)
        self.whole = True
        self._faults: dict[tuple[str, str], list[str]] = {}
        self._missed: dict[Missed, list[str]] = {}
        self._skipped: dict[str, int] = {}

    def item(self, place: str, item: Any) -> None:
        """Read one item. Each becomes a resource, facts, a skip with its reason, or a gap."""
        if (wrong := misfit(self.operation, item)) is not None:
            self._fault("unreadable", wrong, place)
            return
        try:
            for word in self._words(wrap(item, place)):
                self._word(word, place)
            for reference in references_in(self.operation, item, self.at):
                self._word(reference, place)
        except UnknownFact as error:
            text = error.reason
            if self.operation.items is None:
                text += f"; is it what `{command(self.operation, self.evidence.subject)}` prints?"
            self._fault("unreadable", text, f"{place}{id_of(item)}" if place else "body")
        except PluginError as error:
            odd = stray(item, place) if error.code == "plugin" else None
            if odd is not None:
                self._fault("unreadable", odd, "")
            else:
                self._fault(error.code, str(error), place or "body")

    def _words(self, item: Any) -> Iterator[Said]:
        if self.operation.type_of is not None and self.operation.types is not None:
            name = call(self.operation.source, "type function", self.operation.type_of, item, check=_text)
            if (word := self.operation.types.judge(name)) is not None:
                yield word
                return
        yield from said_of(self.operation, item, self.at)

    def _word(self, word: Said, place: str) -> None:
        evidence = self.evidence
        if isinstance(word, Skip):
            self._skipped[word.reason] = self._skipped.get(word.reason, 0) + 1
            if word.id is not None:
                self.ingest.ledger.left_out.update((kind, word.id) for kind in self.operation.creates)
        elif isinstance(word, Missed):
            self._missed.setdefault(word, []).append(place)
            if word.unknown_type is not None:
                evidence.unknown_types |= {word.unknown_type}
        elif isinstance(word, Named):
            if evidence.id in self.ingest.of_others:
                return
            mention = Mention(self.operation.source, word.id, word.by, word.kinds, word.since)
            self.ingest.ledger.named.setdefault(mention, evidence)
        elif isinstance(word, Counted):
            if evidence.id not in self.ingest.of_others:
                self.ingest.ledger.counted.append((self.operation, word, evidence))
        else:
            if (other := self.ingest.of_others.get(evidence.id)) is not None:
                word = Facts(word.id, word.kind, dict.fromkeys(word.told, Unknown(other, code=OF_ANOTHER)))
            elif self.operation.items is None and not evidence.complete:
                word = _partly(word, evidence)  # what a missing page says may change it
            self.ingest.take(self.operation, evidence, word)
            if isinstance(word.id, str):
                self.named.add(word.id)

    def _fault(self, code: str, text: str, place: str) -> None:
        self._faults.setdefault((code, text), []).append(place)
        self.whole = False

    def end(self) -> None:
        """Note what was left out, and what was wrong, each kind of fault once."""
        if self._skipped:
            self.evidence.skipped = self._skipped
        for (code, text), places in self._faults.items():
            said = f"{_places(places)}: {text}" if places[0] else text
            self.ingest.fail(self.operation, self.evidence, code, said)
            if code == "plugin":
                self.ingest.broke(f"{self.evidence.id}: {said}")
        for word, places in self._missed.items():
            code = "unread" if word.unknown_type is None else "unknown_type"
            said = f"{_places(places)}: {word.text}" if places[0] else word.text
            self.ingest.unread(self.operation, self.evidence, code, said, word.kinds)


def _places(places: list[str]) -> str:
    more = f" and {len(places) - 1} more" if places[1:] else ""
    return f"{places[0]}{more}"


def _text(given: Any) -> str | None:
    return None if isinstance(given, str) else f"a {type(given).__name__}, not the name of a type"


def _partly(said: Facts, evidence: Evidence) -> Facts:
    """What was computed over a part of a list is not known: the missing page may say otherwise."""
    unknown = Unknown(f"{evidence.id}: {evidence.problem}", code="partial")
    return Facts(said.id, said.kind, dict.fromkeys(said.told, unknown))
