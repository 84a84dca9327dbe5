"""From parsed evidence to what it tells: error bodies, pages, items, and the plugin's function over each."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, tzinfo
from typing import Any

from soc2test.code_reading.reading_functions import as_text, place_in
from soc2test.errors import EvidenceError, PluginError, UnknownFact
from soc2test.evidence.documents import Documents
from soc2test.evidence.record import EMPTY, Evidence
from soc2test.evidence.redacted import shown
from soc2test.evidence.schema_violations import Violation
from soc2test.inventory.body_items import items_of
from soc2test.inventory.counts import miscounted
from soc2test.inventory.everywhere import TOGETHER, OfAll, spread
from soc2test.inventory.item_reading import Reading
from soc2test.inventory.ledger import Entry, Ledger, Unread
from soc2test.inventory.merging import OF_ANOTHER, Told
from soc2test.inventory.not_an_export import other_list
from soc2test.inventory.pages import NOTHING, as_one, last_pages
from soc2test.inventory.suggested import command
from soc2test.inventory.told_values import kept, kept_id
from soc2test.inventory.violations import rows_of, without, wrong_in
from soc2test.inventory.violations import told as words_of
from soc2test.nearest import near
from soc2test.resources.resource import Resource, fact_names
from soc2test.resources.unknown import Unknown
from soc2test.sources.context import Context
from soc2test.sources.facts import Derive, Every, Facts
from soc2test.sources.operation import Operation
from soc2test.sources.source import Source

__all__ = ["Ingest"]

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
        self.everywhere: list[OfAll] = []
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
                self._of_all(operation, group[0], kind, operation.others, frozenset(named))

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
            right, left = without(operation, body, wrong, context) if wrong else (body, context)
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
        if dates and max(dates) - min(dates) > TOGETHER:  # a page of last week ends no list of today
            yield first, "its pages were taken on different days, and are no one list: export them all again"

    def _items(self, operation: Operation, evidence: Evidence, body: Any, named: set[str]) -> bool:
        try:
            items = list(items_of(operation, body))
        except LookupError as missing:
            again = self._command(operation, evidence)
            text = other_list(operation, body, str(missing.args[0]), again, evidence.path)
            self.fail(operation, evidence, "unreadable", text)
            return False
        reading = Reading(self, operation, evidence, named)
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
            self._of_all(operation, evidence, kind, said.told)
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

    def _of_all(
        self,
        operation: Operation,
        evidence: Evidence,
        kind: type[Resource],
        facts: Mapping[str, Any],
        named: frozenset[str] = frozenset(),
    ) -> None:
        when = self._moment(evidence)
        self.everywhere.append(
            OfAll(operation=operation, evidence=evidence, when=when, kind=kind, facts=dict(facts), named=named)
        )

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
        spread(self.everywhere, self.told.values())

    def _moment(self, evidence: Evidence) -> datetime | None:
        """When it was true: undated evidence stands for the moment given."""
        return evidence.collected_at or self._given


def _first(one: datetime | None, other: datetime | None) -> datetime | None:
    """The earlier of two moments that may not be known."""
    if one is None or other is None:
        return one or other
    return min(one, other)
