"""From parsed evidence to what it tells: error bodies, pages, items, and the plugin's function over each."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Any

import msgspec

from soc2test.errors import EvidenceError, PluginError, UnknownFact
from soc2test.evidence.documents import Documents
from soc2test.evidence.record import EMPTY, Evidence
from soc2test.evidence.redacted import shown
from soc2test.evidence.schema import Violation
from soc2test.inventory.counts import miscounted
from soc2test.inventory.items import items_of, misfit, stray
from soc2test.inventory.ledger import Entry, Ledger, Mention, Unread
from soc2test.inventory.merging import OF_ANOTHER, Told
from soc2test.inventory.pages import NOTHING, as_one, last_pages
from soc2test.inventory.shapes import other_list
from soc2test.inventory.suggested import command
from soc2test.inventory.told_values import kept, kept_id
from soc2test.inventory.violations import id_of, rows_of, wrong_in
from soc2test.inventory.violations import told as words_of
from soc2test.nearest import near
from soc2test.resources.resource import Resource, fact_names
from soc2test.resources.unknown import Unknown
from soc2test.sources.calling import call
from soc2test.sources.context import Context
from soc2test.sources.facts import Counted, Derive, Every, Facts, Missed, Named, Said, Skip
from soc2test.sources.item import Subject, wrap
from soc2test.sources.reading import as_text, place_in, said_of
from soc2test.sources.source import Operation, Source

__all__ = ["Ingest"]

_TOGETHER = timedelta(days=1)
"""Exports within it were collected together, in whichever order."""


class Ingest:
    """Takes in the evidence of one call after another and keeps what it tells."""

    def __init__(
        self,
        sources: Mapping[str, Source],
        ledger: Ledger,
        as_of: datetime,
        given: datetime | None = None,
        zone: tzinfo = UTC,
        documents: Documents | None = None,
    ) -> None:
        self._sources = sources
        self._as_of, self._zone = as_of, zone
        self._documents = documents or Documents(None)
        self._given = given
        """the moment that undated evidence stands for"""
        self.ledger = ledger
        self.told: dict[tuple[type[Resource], str], Told] = {}
        self.everywhere: list[tuple[Operation, Evidence, type[Resource], dict[str, Any], frozenset[str]]] = []
        """facts of all members of a kind in a scope, but those named"""
        self.shows: dict[str, set[tuple[type[Resource], str]]] = {}
        """the digest of a document -> the resources whose rows name it"""
        self.of_others: dict[str, str] = {}
        """evidence id -> why it is about another subject than its place: what it tells is known of neither"""
        self.problems: list[str] = []
        self.faults: list[str] = []
        """those of the problems that a plugin has; the others are what is wrong with an export, which is a gap"""

    def operation(self, evidence: Evidence) -> Operation:
        """The operation whose output an export is."""
        return self._sources[evidence.source].operations[evidence.operation]

    def call(self, operation: Operation, group: list[Evidence]) -> None:
        """The evidence of one call: one export, its pages, or equals that were taken at the same time."""
        bodies = [(each, self._body(operation, each)) for each in group]
        self._pages(operation, bodies)
        named: set[str] = set()
        whole = True
        if operation.items is None:
            bodies = as_one(bodies)
        for evidence, body in bodies:
            if body is not NOTHING:
                whole &= self._items(operation, evidence, body, named)
            whole &= evidence.complete
        whole &= self._counted(operation, bodies)
        if operation.never_empty and whole and not named:
            text = f"lists nothing, which can't be all of {operation.source}: check the scope and rights of the export"
            self.fail(operation, group[0], "empty", text)
            whole = False
        if operation.others and whole:
            for kind in operation.kinds:
                self.everywhere.append((operation, group[0], kind, dict(operation.others), frozenset(named)))

    def _counted(self, operation: Operation, bodies: list[tuple[Evidence, Any]]) -> bool:
        """Hold the counts that the bodies state against their items; equals taken at one time are no pages."""
        read = [(each, body) for each, body in bodies if body is not NOTHING]
        paged = [(each, body) for each, body in read if each.page is not None]
        for group in [paged] if paged else [[one] for one in read]:
            wrong = miscounted(operation, [(body, each.records) for each, body in group])
            if wrong is not None:
                again = self._command(operation, group[0][0])
                self.fail(operation, group[0][0], "partial", f"{wrong}: export all pages of `{again}`")
                return False
        return True

    def _body(self, operation: Operation, evidence: Evidence) -> Any:
        """What the reading function gets, or `NOTHING` where the call failed."""
        source = self._sources[operation.source]
        if evidence.problem is not None:
            return self.fail(operation, evidence, evidence.gap[0] if evidence.gap else "unreadable", evidence.problem)
        if evidence.code is None and evidence.body is not EMPTY:
            try:
                info = source.failure(evidence.body)
            except (PluginError, UnknownFact) as error:
                return self._fault(operation, evidence, error)
            if info is not None:
                evidence.code, evidence.http = shown(str(info.code)), info.http
        if evidence.code is not None:
            return self._error(operation, evidence, source)
        body = evidence.body
        if body is EMPTY:
            if operation.empty is None:
                again = self._command(operation, evidence)
                text = f"is empty: the export broke off before it wrote anything; export `{again}` again"
                return self.fail(operation, evidence, "empty", text)
            body = operation.empty
        elif body is None:  # to the reading function None means an error that is an answer
            return self.fail(operation, evidence, "unreadable", "holds null where data should be")
        one = operation.documents and not isinstance(body, list)
        return self._checked(operation, evidence, [body] if one else body)

    def _error(self, operation: Operation, evidence: Evidence, source: Source) -> Any:
        codes = {str(evidence.code), str(evidence.http), str(evidence.message)}
        if codes & set(operation.absent):
            self.ledger.note(operation, evidence)
            return None
        if codes & source.denied:
            again = self._command(operation, evidence)
            text = f"was denied ({evidence.code}): let the exporting identity call it, and export `{again}`"
            return self.fail(operation, evidence, "denied", text)
        return self.fail(
            operation, evidence, "failed", f"holds a failed call ({evidence.code}), no data: export it again"
        )

    def _checked(self, operation: Operation, evidence: Evidence, body: Any) -> Any:
        """The body that is read: prepared, without what is wrong in it, and arranged."""
        if operation.taken_as_it_is:
            return body
        dated, rows = self._moment(evidence), tuple(rows_of(evidence.body))
        context = Context(as_of=self._as_of, collected_at=dated, zone=self._zone, rows=rows, file=evidence.id)
        try:
            body = operation.prepared(body)
            wrong = wrong_in(operation, body, context)
            right, left = _without(operation, body, wrong, context) if wrong else (body, context)
            made = right if right is NOTHING else operation.arranged(right, left)
        except EvidenceError as error:
            return self.fail(operation, evidence, "unreadable", error.text)
        except (PluginError, UnknownFact) as error:  # the schema may ask for the content of a secret
            return self._fault(operation, evidence, error)
        if wrong:
            self._refuse(operation, evidence, wrong)
        return made

    def _refuse(self, operation: Operation, evidence: Evidence, wrong: list[Violation]) -> None:
        said = words_of(operation, evidence.body, wrong)
        self.problems += [f"{evidence.id}: {text}" for text in said]
        more = "" if operation.schema is None else f"; `soc2test schema {operation.name}` prints what is allowed"
        self.fail(operation, evidence, "unreadable", f"{'; '.join(said)}{more}")

    def _command(self, operation: Operation, evidence: Evidence) -> str:
        return command(operation, evidence.subject)

    def _fault(self, operation: Operation, evidence: Evidence, error: PluginError | UnknownFact) -> Any:
        """A function of the plugin broke on an export, or met something unknown in it: that is no data either."""
        if isinstance(error, UnknownFact):
            return self.fail(operation, evidence, "unreadable", error.reason)
        self.broke(f"{evidence.id}: {error}")
        return self.fail(operation, evidence, "plugin", str(error))

    def of_another(self, operation: Operation, evidence: Evidence, text: str) -> None:
        """An answer that is about another subject: what it tells is unknown, also where another export tells it too."""
        self.of_others[evidence.id] = f"{evidence.id} {text}"
        evidence.complete, evidence.gap = False, (OF_ANOTHER, text)
        self.ledger.note(operation, evidence, OF_ANOTHER, f"{evidence.id} {text}")

    def broke(self, text: str) -> None:
        """A fault of a plugin: unlike what is wrong with an export it fails the run, whatever is declared."""
        self.faults.append(text)
        self.problems.append(text)

    def unread(
        self, operation: Operation, evidence: Evidence, code: str, text: str, kinds: tuple[type[Resource], ...]
    ) -> None:
        """Something stands in the export that is not read: a gap of the kinds that it may be of."""
        entry = Entry(code, f"{evidence.id}: {text}", evidence.id)
        self.ledger.unread.append(Unread(operation.source, kinds, entry))
        evidence.unread += (text,)

    def fail(self, operation: Operation, evidence: Evidence, code: str, text: str) -> Any:
        evidence.complete = False
        evidence.problem = evidence.problem or text
        evidence.gap = evidence.gap or (code, text)
        self.ledger.note(operation, evidence, code, f"{evidence.id}: {text}")
        return NOTHING

    def _pages(self, operation: Operation, bodies: list[tuple[Evidence, Any]]) -> None:
        numbers = sorted(each.page for each, _ in bodies if each.page is not None)
        for evidence, text in self._numbering([each for each, _ in bodies], numbers):
            self.fail(operation, evidence, "partial", text)
        for evidence, body in last_pages(bodies, numbers):
            if body is NOTHING:
                continue
            try:
                more = operation.more(body)
            except (PluginError, UnknownFact) as error:
                self._fault(operation, evidence, error)
                continue
            # a record or the manifest may vouch for a bare array, but not against a token that stands in the body
            vouched = (evidence.declared_complete or evidence.followed) and isinstance(body, list)
            if more is not None and not vouched:
                self.fail(
                    operation,
                    evidence,
                    "partial",
                    f"{more}: export all pages of `{self._command(operation, evidence)}`",
                )
        self._together(operation, [(each, body) for each, body in bodies if isinstance(body, list)])
        for evidence, _ in bodies:
            if evidence.declared_complete is False:
                self.fail(operation, evidence, "partial", "its record or manifest says that it is not complete")
        for evidence, body in bodies:
            if body is not NOTHING and evidence.complete:
                self.ledger.note(operation, evidence)

    def _together(self, operation: Operation, arrays: list[tuple[Evidence, list[Any]]]) -> None:
        """All pages of a bare array together, unless a record vouches that they are all."""
        if not arrays or any(each.declared_complete for each, _ in arrays):
            return
        first = arrays[0][0]
        try:
            short = operation.short([item for _, body in arrays for item in body])
        except (PluginError, UnknownFact) as error:
            self._fault(operation, first, error)
            return
        if short is not None:
            again = self._command(operation, first)
            self.fail(operation, first, "partial", f"{short}: export all pages of `{again}`")

    def _numbering(self, pages: list[Evidence], numbers: list[int]) -> Iterator[tuple[Evidence, str]]:
        """What is wrong with the numbered pages of a call, if any are."""
        if not numbers:
            return
        first = next(each for each in pages if each.page == numbers[0])
        if numbers != list(range(numbers[0], numbers[0] + len(numbers))) or numbers[0] > 1:
            yield first, "a page is missing or there twice among the numbered pages of this call"
        if (beside := next((each for each in pages if each.page is None), None)) is not None:
            yield beside, "lies beside numbered pages of the same call: number it, or take the pages away"
        dates = [when for each in pages if each.page is not None and (when := self._moment(each)) is not None]
        if dates and max(dates) - min(dates) > _TOGETHER:  # a page of last week ends no list of today
            yield first, "its pages were taken on different days, and are no one list: export them all again"

    def _items(self, operation: Operation, evidence: Evidence, body: Any, named: set[str]) -> bool:
        try:
            items = list(items_of(operation, body))
        except LookupError as missing:
            again = self._command(operation, evidence)
            text = other_list(operation, body, str(missing.args[0]), again, evidence.path)
            self.fail(operation, evidence, "unreadable", text)
            return False
        reading = _Reading(self, operation, evidence, named)
        for place, item in items:
            reading.item(place, item)
        reading.end()
        evidence.records = len(items)
        whole = reading.whole
        if evidence.expected is not None and evidence.expected != len(items):
            text = f"holds {len(items)} items where its manifest says {evidence.expected}"
            evidence.ties_out = False
            self.fail(operation, evidence, "partial", text)
            whole = False
        return whole

    def take(self, operation: Operation, evidence: Evidence, said: Facts) -> None:
        """What an item tells of one resource. Raises `PluginError`, `UnknownFact` where it tells of none."""
        kind = said.kind or operation.kind
        if not (isinstance(kind, type) and issubclass(kind, Resource)):
            raise PluginError(operation.source, f"the kind in facts(id, ...) is a {type(kind).__name__}, no kind")
        names = fact_names(kind)
        for name in said.told:
            if name not in names:
                where = place_in(operation.read, name)
                raise PluginError(operation.source, f"{kind.__name__} has no fact {name!r}{near(name, names)}{where}")
        if isinstance(said.id, Every):
            self.everywhere.append((operation, evidence, kind, dict(said.told), frozenset()))
            return
        id = kept_id(said.id, lambda: as_text(operation.read))
        told = self.told.get((kind, id))
        if told is None:
            told = self.told[kind, id] = Told(kind, id)
        when = self._moment(evidence)
        if operation.lists and (kind in operation.creates or kind not in operation.kinds):
            told.listed = True
            told.listed_at = _first(told.listed_at, when)
            told.at = {**told.at, **evidence.subject} if told.at else evidence.subject
            told.tenant = told.tenant or operation.tenant(evidence.subject)
        elif not told.at:
            told.at = evidence.subject
        differing = self._shown(operation, evidence, said, told)
        values = {fact: kept(value) for fact, value in said.told.items() if not isinstance(value, Derive)}
        values |= {fact: why for fact, why in differing.items() if fact in values}
        told.tell(when, evidence.id, values)

    def _shown(self, operation: Operation, evidence: Evidence, said: Facts, told: Told) -> dict[str, Unknown]:
        """Note which facts a document shows; those whose document is another one than was named are unknown."""
        differing: dict[str, Unknown] = {}
        for document, names in said.shown:
            if unsaid := [name for name in names if name not in said.told]:
                raise PluginError(operation.source, f"shown_by(...) names {unsaid[0]!r}, which facts() does not tell")
            wrong = self._documents.wrong(document.file, document.sha256)
            if wrong is not None:
                differing |= dict.fromkeys(names, Unknown(f"{wrong}; a row may also name no document", code="conflict"))
                continue
            told.shown = {**told.shown, **{(name, evidence.id): document.sha256 for name in names}}
            self.shows.setdefault(document.sha256, set()).add((told.kind, told.id))
        return differing

    def spread(self) -> None:
        """Give members the facts that were told of all members of their kind in a scope."""
        within = _ByScope(self.told.values())
        for operation, evidence, kind, facts, named in self.everywhere:
            for told in within.members(kind, operation.scope, evidence.subject):
                if told.id in named:
                    continue
                older = bool(operation.others) and self._older(evidence, told)
                word = Unknown(_OLDER.format(evidence.id))
                values = {fact: word if older else kept(value) for fact, value in facts.items()}
                told.tell(self._moment(evidence), evidence.id, values)

    def _older(self, evidence: Evidence, told: Told) -> bool:
        """Whether a list of some may not have known a member that it does not name."""
        when = self._moment(evidence)
        return when is not None and told.listed_at is not None and told.listed_at - when > _TOGETHER

    def _moment(self, evidence: Evidence) -> datetime | None:
        """When it was true: undated evidence stands for the moment given."""
        return evidence.collected_at or self._given


class _ByScope:
    """What was told, by kind and by the values of scope levels: there may be as many defaults as accounts."""

    def __init__(self, told: Iterable[Told]) -> None:
        self._told = list(told)
        self._found: dict[tuple[type[Resource], tuple[str, ...]], dict[tuple[str | None, ...], list[Told]]] = {}

    def members(self, kind: type[Resource], levels: tuple[str, ...], subject: Mapping[str, str]) -> list[Told]:
        """What was told of resources of a kind in the scope of a subject, as far as `levels` say."""
        if (kind, levels) not in self._found:
            by_place: dict[tuple[str | None, ...], list[Told]] = {}
            for told in self._told:
                if issubclass(told.kind, kind):
                    by_place.setdefault(tuple(told.at.get(level) for level in levels), []).append(told)
            self._found[kind, levels] = by_place
        return self._found[kind, levels].get(tuple(subject.get(level) for level in levels), [])


class _Reading:
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
        elif isinstance(word, Missed):
            self._missed.setdefault(word, []).append(place)
            if word.unknown_type is not None:
                evidence.unknown_types |= {word.unknown_type}
        elif isinstance(word, Named):
            if evidence.id in self.ingest.of_others:
                return
            mention = Mention(self.operation.source, word.id, word.by, word.kinds)
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


def _first(one: datetime | None, other: datetime | None) -> datetime | None:
    """The earlier of two moments that may not be known."""
    if one is None or other is None:
        return one or other
    return min(one, other)


def _places(places: list[str]) -> str:
    more = f" and {len(places) - 1} more" if places[1:] else ""
    return f"{places[0]}{more}"


def _text(given: Any) -> str | None:
    return None if isinstance(given, str) else f"a {type(given).__name__}, not the name of a type"


_OLDER = "{} is older than the list that names it, which may be new since: export both together"


def _partly(said: Facts, evidence: Evidence) -> Facts:
    """What was computed over a part of a list is not known: the missing page may say otherwise."""
    unknown = Unknown(f"{evidence.id}: {evidence.problem}", code="partial")
    return Facts(said.id, said.kind, dict.fromkeys(said.told, unknown))


def _without(operation: Operation, body: Any, wrong: list[Violation], context: Context) -> tuple[Any, Context]:
    """The body without the entries that violate the schema, and which are left; nothing where it is not in an entry."""
    key = operation.items
    if not key or not isinstance(body, dict) or not isinstance(body.get(key), list):
        return NOTHING, context
    bad = {path[1] for path, _ in wrong if len(path) > 1 and path[0] == key}
    if any(len(path) < 2 or path[0] != key for path, _ in wrong):  # noqa: PLR2004  # key and number
        return NOTHING, context
    entries = body[key]
    numbers = tuple(number for number in range(len(entries)) if number not in bad)
    whole = len(context.rows) == len(entries)
    rows = tuple(context.rows[number] for number in numbers) if whole else context.rows
    left = msgspec.structs.replace(context, rows=rows, numbers=numbers)
    return {**body, key: [entries[number] for number in numbers]}, left
