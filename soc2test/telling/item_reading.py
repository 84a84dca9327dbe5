"""The items of one export on their way through the plugin's reading function."""

from collections.abc import Iterator
from typing import Any

from soc2test.code_reading.reading_functions import as_text, place_in
from soc2test.errors import PluginError, UnknownFact
from soc2test.evidence.record import Evidence
from soc2test.finding.suggested import command
from soc2test.nearest import near
from soc2test.resources.resource import Resource, fact_names
from soc2test.resources.unknown import Unknown
from soc2test.sources.calling import call
from soc2test.sources.facts import Counted, Derive, Every, Facts, Missed, Named, Said, Skip
from soc2test.sources.item import Subject, wrap
from soc2test.sources.reading import said_of
from soc2test.sources.references import references_in
from soc2test.telling.body_items import misfit, stray
from soc2test.telling.body_reading import Given
from soc2test.telling.call_record import OF_ANOTHER, CallRecord, Mention, Word
from soc2test.telling.told_values import kept, kept_id
from soc2test.telling.violations import id_of

__all__ = ["ItemReading"]


class ItemReading:
    """One export's items on their way through the reading function; what is wrong is told once, not for each row.

    `listed` takes the ids that were told. `other` says why the export is about another subject than its place.
    """

    def __init__(
        self, given: Given, record: CallRecord, evidence: Evidence, listed: set[str], other: str | None
    ) -> None:
        self.given, self.record, self.evidence, self.listed, self.other = given, record, evidence, listed, other
        self.operation = record.operation
        self.at = Subject(evidence.subject)
        self.when = given.moment(evidence)
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
                self.record.left_out.update((kind, word.id) for kind in self.operation.creates)
        elif isinstance(word, Missed):
            self._missed.setdefault(word, []).append(place)
            if word.unknown_type is not None:
                evidence.unknown_types |= {word.unknown_type}
        elif isinstance(word, Named):
            if self.other is None:
                mention = Mention(self.operation.source, word.id, word.by, word.kinds, word.since)
                self.record.named.append((mention, evidence))
        elif isinstance(word, Counted):
            if self.other is None:
                self.record.counted.append((word, evidence))
        else:
            self._facts(word)

    def _facts(self, said: Facts) -> None:
        """What an item tells of one resource, or of all. Raises `PluginError`, `UnknownFact` where it is of none."""
        if self.other is not None:
            said = Facts(said.id, said.kind, dict.fromkeys(said.told, Unknown(self.other, code=OF_ANOTHER)))
        elif self.operation.items is None and not self.evidence.complete:
            said = _partly(said, self.evidence)  # what a missing page says may change it
        kind = self._kind_of(said)
        if isinstance(said.id, Every):
            self.record.tell_all(self.evidence, self.when, kind, said.told)
            return
        id = kept_id(said.id, lambda: as_text(self.operation.read))
        differing, shown = self._shown(said, kind, id) if said.shown else ({}, {})
        values = {fact: kept(value) for fact, value in said.told.items() if not isinstance(value, Derive)}
        values |= {fact: why for fact, why in differing.items() if fact in values}
        operation = self.operation
        listed = operation.lists and (kind in operation.creates or kind not in operation.kinds)
        self.record.words.append(Word(kind, id, listed, self.when, self.evidence, values, shown))
        self.listed.add(id)

    def _kind_of(self, said: Facts) -> type[Resource]:
        """The kind that is told. Raises `PluginError` where it is none, or has not the facts that were told."""
        operation = self.operation
        kind = said.kind or operation.kind
        if not (isinstance(kind, type) and issubclass(kind, Resource)):
            raise PluginError(operation.source, f"the kind in facts(id, ...) is a {type(kind).__name__}, no kind")
        names = fact_names(kind)
        for name in said.told:
            if name not in names:
                where = place_in(operation.read, name)
                raise PluginError(operation.source, f"{kind.__name__} has no fact {name!r}{near(name, names)}{where}")
        return kind

    def _shown(self, said: Facts, kind: type[Resource], id: str) -> tuple[dict[str, Unknown], dict[str, str]]:
        """Facts whose document is another one than was named, which are unknown; and those that one shows."""
        self.record.rests_on_documents = True
        differing: dict[str, Unknown] = {}
        shown: dict[str, str] = {}
        for document, names in said.shown:
            if unsaid := [name for name in names if name not in said.told]:
                text = f"shown_by(...) names {unsaid[0]!r}, which facts() does not tell"
                raise PluginError(self.operation.source, text)
            wrong = self.given.documents.wrong(document.file, document.sha256)
            if wrong is not None:
                differing |= dict.fromkeys(names, Unknown(f"{wrong}; a row may also name no document", code="conflict"))
                continue
            shown |= dict.fromkeys(names, document.sha256)
            self.record.shows.append((document.sha256, kind, id))
        return differing, shown

    def _fault(self, code: str, text: str, place: str) -> None:
        self._faults.setdefault((code, text), []).append(place)
        self.whole = False

    def end(self) -> None:
        """Note what was left out, and what was wrong, each kind of fault once."""
        if self._skipped:
            self.evidence.skipped = self._skipped
        for (code, text), places in self._faults.items():
            said = f"{_places(places)}: {text}" if places[0] else text
            self.record.fail(self.evidence, code, said)
            if code == "plugin":
                self.record.broke(f"{self.evidence.id}: {said}")
        for word, places in self._missed.items():
            code = "unread" if word.unknown_type is None else "unknown_type"
            said = f"{_places(places)}: {word.text}" if places[0] else word.text
            self.record.leave_unread(self.evidence, code, said, word.kinds)


def _places(places: list[str]) -> str:
    more = f" and {len(places) - 1} more" if places[1:] else ""
    return f"{places[0]}{more}"


def _text(given: Any) -> str | None:
    return None if isinstance(given, str) else f"a {type(given).__name__}, not the name of a type"


def _partly(said: Facts, evidence: Evidence) -> Facts:
    """What was computed over a part of a list is not known: the missing page may say otherwise."""
    unknown = Unknown(f"{evidence.id}: {evidence.problem}", code="partial")
    return Facts(said.id, said.kind, dict.fromkeys(said.told, unknown))
