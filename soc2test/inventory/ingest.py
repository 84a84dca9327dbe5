"""From parsed evidence to what it tells: error bodies, pages, items, and the plugin's function over each."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from soc2test.errors import PluginError, UnknownFact
from soc2test.evidence.record import EMPTY, Evidence
from soc2test.evidence.redacted import REASON, Redacted
from soc2test.evidence.schema import violations
from soc2test.inventory.ledger import Ledger, command
from soc2test.inventory.merging import Told
from soc2test.inventory.shapes import other_list
from soc2test.resources.resource import Resource, fact_names
from soc2test.resources.unknown import Unknown
from soc2test.sources.facts import Facts
from soc2test.sources.item import Subject, wrap
from soc2test.sources.source import Operation, Source

__all__ = ["Ingest"]


class Ingest:
    """Takes in the evidence of one call after another and keeps what it tells."""

    def __init__(self, sources: Mapping[str, Source], ledger: Ledger) -> None:
        self._sources = sources
        self.ledger = ledger
        self.told: dict[tuple[type[Resource], str], Told] = {}
        self.everywhere: list[tuple[Operation, Evidence, type[Resource], dict[str, Any], frozenset[str]]] = []
        """facts of all members of a kind in a scope, but those named"""
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
        for evidence, body in bodies:
            if body is not _NOTHING:
                whole &= self._items(operation, evidence, body, named)
            whole &= evidence.complete
        if operation.never_empty and whole and not named:
            text = f"lists nothing, which can't be all of {operation.source}: check the scope and rights of the export"
            self._fail(operation, group[0], "empty", text)
            whole = False
        if operation.others and whole:
            for kind in operation.kinds:
                self.everywhere.append((operation, group[0], kind, dict(operation.others), frozenset(named)))

    def _body(self, operation: Operation, evidence: Evidence) -> Any:
        """What the reading function gets, or `_NOTHING` where the call failed."""
        source = self._sources[operation.source]
        if evidence.problem is not None:
            return self._fail(operation, evidence, "unreadable", evidence.problem)
        asks = source.error if evidence.code is None and evidence.body is not EMPTY else None
        if asks is not None and (info := asks(evidence.body)) is not None:
            evidence.code, evidence.http = info.code, info.http
        if evidence.code is not None:
            return self._error(operation, evidence, source)
        body = evidence.body
        if body is EMPTY:
            if operation.empty is None:
                return self._fail(
                    operation, evidence, "empty", "is empty: the export broke off before it wrote anything"
                )
            body = operation.empty
        elif body is None:  # to the reading function None means an error that is an answer
            return self._fail(operation, evidence, "unreadable", "holds null where data should be")
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
            return self._fail(operation, evidence, "denied", text)
        return self._fail(
            operation, evidence, "failed", f"holds a failed call ({evidence.code}), no data: export it again"
        )

    def _checked(self, operation: Operation, evidence: Evidence, body: Any) -> Any:
        if operation.prepare is not None:
            try:
                body = operation.prepare(body)
            except ValueError as error:
                return self._fail(operation, evidence, "unreadable", str(error))
        if operation.schema is None:
            return body
        wrong = violations(operation.schema(), body)
        if not wrong:
            return body
        for path, text in wrong:
            self.problems.append(f"{evidence.id}: {_place(path)}: {text}")
        first = f"{_place(wrong[0][0])}: {wrong[0][1]}"
        self._fail(operation, evidence, "unreadable", f"{first}{f' (and {len(wrong) - 1} more)' if wrong[1:] else ''}")
        return _without(operation, body, wrong)

    def _command(self, operation: Operation, evidence: Evidence) -> str:
        return command(operation, evidence.subject)

    def _fail(self, operation: Operation, evidence: Evidence, code: str, text: str) -> Any:
        evidence.complete = False
        evidence.problem = evidence.problem or text
        evidence.gap = evidence.gap or (code, text)
        self.ledger.note(operation, evidence, code, f"{evidence.id}: {text}")
        return _NOTHING

    def _pages(self, operation: Operation, bodies: list[tuple[Evidence, Any]]) -> None:
        numbered = [(each.page, each, body) for each, body in bodies if each.page is not None]
        numbered.sort(key=lambda page: page[0])
        last = bodies
        if numbered:
            numbers = [number for number, _, _ in numbered]
            if numbers != list(range(numbers[0], numbers[0] + len(numbers))) or numbers[0] > 1:
                text = "a page is missing or there twice among the numbered pages of this call"
                self._fail(operation, numbered[0][1], "partial", text)
            if len(numbered) < len(bodies):
                text = "lies beside numbered pages of the same call: number it, or take the pages away"
                self._fail(operation, next(each for each, _ in bodies if each.page is None), "partial", text)
            last = [(each, body) for each, body in bodies if each.page in (None, numbers[-1])]
        for evidence, body in last:
            if body is _NOTHING:
                continue
            more = operation.paging(body)
            # a record may vouch for a bare array, but not against a token that stands in the body
            if more is not None and not (evidence.declared_complete and isinstance(body, list)):
                self._fail(
                    operation,
                    evidence,
                    "partial",
                    f"{more}: export all pages of `{self._command(operation, evidence)}`",
                )
        for evidence, _ in bodies:
            if evidence.declared_complete is False:
                self._fail(operation, evidence, "partial", "its record says that it is not complete")
        for evidence, body in bodies:
            if body is not _NOTHING and evidence.complete:
                self.ledger.note(operation, evidence)

    def _items(self, operation: Operation, evidence: Evidence, body: Any, named: set[str]) -> bool:
        at = Subject(evidence.subject)
        whole = True
        count = 0
        try:
            items = list(_each(operation, body))
        except LookupError as missing:
            again = self._command(operation, evidence)
            self._fail(operation, evidence, "unreadable", other_list(operation, body, str(missing.args[0]), again))
            return False
        for place, item in items:
            count += 1
            try:
                said = operation.read(wrap(item, place), at)
                for each in [said] if isinstance(said, Facts) else said or ():
                    if operation.items is None and not evidence.complete:
                        each = _partly(each, evidence)  # noqa: PLW2901  # what a missing page says may change it
                    self._take(operation, evidence, each)
                    named.add(each.id)
            except (UnknownFact, KeyError) as error:
                text = error.reason if isinstance(error, UnknownFact) else f"no key {error}"
                self._fail(operation, evidence, "unreadable", f"{place or 'body'}: {text}")
                whole = False
            except Exception as error:  # noqa: BLE001  # a plugin's fault is named and hides no other item
                text = f"plugin {operation.source} broke on {operation.name!r} with {type(error).__name__}"
                self._fail(operation, evidence, "plugin", f"{place or 'body'}: {text}")
                self.faults.append(f"{evidence.id}: {place or 'body'}: {text}{_where(error)}")
                self.problems.append(self.faults[-1])
                whole = False
        if evidence.expected is not None and evidence.expected != count:
            text = f"holds {count} items where its manifest says {evidence.expected}"
            evidence.ties_out = False
            self._fail(operation, evidence, "partial", text)
            whole = False
        evidence.records = count
        return whole

    def _take(self, operation: Operation, evidence: Evidence, said: Facts) -> None:
        kind = said.kind or operation.kind
        names = fact_names(kind)
        for name in said.told:
            if name not in names:
                raise PluginError(operation.source, f"{kind.__name__} has no fact {name!r}")
        if not isinstance(said.id, str):
            raise UnknownFact("id", f"the id is a {type(said.id).__name__}, not text")
        if type(said.id) is Redacted:
            raise UnknownFact("id", "the id stands where a secret is")
        if not said.id:
            raise UnknownFact("id", "the id is empty")
        if said.id == "*":
            self.everywhere.append((operation, evidence, kind, dict(said.told), frozenset()))
            return
        told = self.told.setdefault((kind, said.id), Told(kind, said.id))
        told.evidence[evidence.id] = None
        if operation.lists:
            told.listed = True
            told.at = {**told.at, **evidence.subject}
        elif not told.at:
            told.at = dict(evidence.subject)
        for fact, value in said.told.items():
            told.tell(fact, evidence.collected_at, evidence.id, _frozen(value))

    def spread(self) -> None:
        """Give members the facts that were told of all members of their kind in a scope."""
        for operation, evidence, kind, facts, named in self.everywhere:
            for told in self.told.values():
                if not issubclass(told.kind, kind) or told.id in named or not _within(told.at, operation, evidence):
                    continue
                told.evidence[evidence.id] = None
                for fact, value in facts.items():
                    told.tell(fact, evidence.collected_at, evidence.id, _frozen(value))


_NOTHING = object()


def _partly(said: Facts, evidence: Evidence) -> Facts:
    """What was computed over a part of a list is not known: the missing page may say otherwise."""
    unknown = Unknown(f"{evidence.id}: {evidence.problem}", code="partial")
    return Facts(said.id, said.kind, dict.fromkeys(said.told, unknown))


def _frozen(value: Any) -> Any:
    if type(value) is Redacted:
        return Unknown(REASON, code="redacted")
    return tuple(value) if isinstance(value, list) else value


def _within(at: Mapping[str, str], operation: Operation, evidence: Evidence) -> bool:
    return all(at.get(level) == evidence.subject.get(level) for level in operation.scope)


def _each(operation: Operation, body: Any) -> Iterator[tuple[str, Any]]:
    """The items with their places. Raises `LookupError` with the place where a list should be and is none."""
    if operation.items is None or body is None:
        yield "", body
        return
    yield from _down(body, operation.items.split(".") if operation.items else [], "")


def _down(value: Any, steps: list[str], place: str) -> Iterator[tuple[str, Any]]:
    """Down one step of "Reservations[].Instances[]" after the other; each list on the way must be there."""
    if not steps:
        if not isinstance(value, list):
            raise LookupError(place.lstrip(".") or "its top")
        yield from ((f"{place.lstrip('.')}[{number}]", item) for number, item in enumerate(value))
        return
    key, over, rest = steps[0].removesuffix("[]"), steps[0].endswith("[]"), steps[1:]
    here = f"{place}.{key}" if key else place
    if key and (not isinstance(value, dict) or key not in value):
        raise LookupError(here.lstrip("."))
    inner = value[key] if key else value
    if not over or not rest:
        yield from _down(inner, rest, here)
    elif not isinstance(inner, list):
        raise LookupError(here.lstrip("."))
    else:
        for number, each in enumerate(inner):
            yield from _down(each, rest, f"{here}[{number}]")


def _place(path: Iterable[str | int]) -> str:
    text = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return text.lstrip(".") or "top"


def _without(operation: Operation, body: Any, wrong: list[tuple[tuple[str | int, ...], str]]) -> Any:
    """The body without the entries that violate the schema; all of it where the violation is not in an entry."""
    key = operation.items
    if not key or not isinstance(body, dict) or not isinstance(body.get(key), list):
        return _NOTHING
    bad = {path[1] for path, _ in wrong if len(path) > 1 and path[0] == key}
    if any(len(path) < 2 or path[0] != key for path, _ in wrong):  # noqa: PLR2004  # key and number
        return _NOTHING
    return {**body, key: [entry for number, entry in enumerate(body[key]) if number not in bad]}


def _where(error: BaseException) -> str:
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return "" if trace is None else f" in {trace.tb_frame.f_code.co_name}, line {trace.tb_lineno}"
