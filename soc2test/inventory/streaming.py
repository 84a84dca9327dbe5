"""Streams: populations whose items are read one by one, in flat memory.

A kind streams where a single operation tells it, that operation asks for it (`stream=True`), and no control joins it.
"""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import chain
from math import isinf
from typing import Any, get_args

import msgspec

from soc2test.errors import EvidenceError, PluginError, UnknownFact
from soc2test.evidence.content import head
from soc2test.evidence.read_limits import ReadLimits
from soc2test.evidence.record import Evidence
from soc2test.evidence.redacted import REASON, REDACTED, Redacted, is_composed
from soc2test.evidence.secret_fields import without_secrets
from soc2test.evidence.streamed import StreamedFile
from soc2test.finding.collect import Stream
from soc2test.finding.not_an_export import other_text
from soc2test.finding.suggested import command
from soc2test.merging.ledger import Ledger
from soc2test.populations.population import Gap
from soc2test.resources.fitting import build_fitting
from soc2test.resources.resource import MEMBER, Origin, Resource, build, fact_names
from soc2test.resources.unknown import Unknown
from soc2test.sources.facts import DERIVE, Counted, Facts, Named, Skip
from soc2test.sources.item import Subject, wrap
from soc2test.sources.operation import Operation
from soc2test.sources.reading import broken, said_of
from soc2test.sources.source import Source
from soc2test.telling.body_items import misfit, stray
from soc2test.telling.counts import miscounted
from soc2test.telling.reading_code import may_read_secrets
from soc2test.telling.told_values import kept, kept_id

__all__ = ["Streams", "streamable"]

_LARGEST_PAGE = 100_000


def streamable(sources: Mapping[str, Source], joined: Sequence[type[Resource]]) -> Callable[[Operation], bool]:
    """Which operations stream, given the kinds that some control joins."""
    tellers: dict[type[Resource], int] = {}
    for source in sources.values():
        for operation in source.operations.values():
            for kind in operation.kinds:
                tellers[kind] = tellers.get(kind, 0) + 1

    decided: dict[tuple[str, str], bool] = {}

    def streams(operation: Operation) -> bool:
        key = operation.source, operation.name
        if key not in decided:
            decided[key] = decide(operation)
        return decided[key]

    def decide(operation: Operation) -> bool:
        kind = operation.kind
        alone = len(operation.kinds) == 1 and tellers[kind] == 1
        derived = [each for each, _ in sources[operation.source].derived]
        needed = any(issubclass(kind, each) for each in (*joined, *derived))
        return _can_stream(operation) and alone and not needed

    return streams


def _can_stream(operation: Operation) -> bool:
    """False also where something must be done with the whole body first."""
    flat = operation.items is not None and not {".", "["} & set(operation.items)
    whole = operation.schema is not None or operation.prepare is not None or operation.per is not None
    whole = whole or operation.documents or operation.types is not None
    whole = whole or operation.checks is not None or operation.arrange is not None or bool(operation.references)
    return operation.stream and operation.lists and flat and not whole


class Streams:
    """The streamed exports of a run."""

    def __init__(self, streams: Sequence[Stream], limits: ReadLimits, ledger: Ledger) -> None:
        self._streams, self._limits, self._ledger = streams, limits, ledger
        self._gaps: dict[str, Gap] = {}
        """evidence id -> the first thing that was found missing in it"""
        self._read: set[str] = set()

    def gaps(self, kind: type[Resource]) -> list[Gap]:
        """What was found missing while streaming."""
        told = [stream.evidence.id for stream in self._streams if issubclass(stream.operation.kind, kind)]
        return [self._gaps[id] for id in told if id in self._gaps]

    def has(self, kind: type[Resource]) -> bool:
        """True where members of the kind come from a stream."""
        return any(issubclass(stream.operation.kind, kind) for stream in self._streams)

    def drain(self) -> None:
        """Read what no control has read to its end, so that its digest, count and completeness are known."""
        for stream in self._streams:
            if stream.evidence.id not in self._read:
                for _ in self._members(stream):
                    pass

    def members(self, kind: type[Resource]) -> Iterator[Resource]:
        """The resources of the streamed exports of a kind, in the order of the files."""
        streams = (stream for stream in self._streams if issubclass(stream.operation.kind, kind))
        return chain.from_iterable(map(self._members, streams))

    def _members(self, stream: Stream) -> Iterator[Resource]:
        evidence, operation = stream.evidence, stream.operation
        self._gaps.pop(evidence.id, None)
        file = StreamedFile(stream.found, operation.items or "", self._limits)
        at = Subject(evidence.subject)
        reads_whole = may_read_secrets(operation.read, operation.kind)
        origin = _origin(evidence, operation.tenant(evidence.subject))
        tell, kind = operation.read, operation.kind
        make = _maker(kind, origin, reads_whole)
        count = 0
        skipped: dict[str, int] = {}
        try:
            for first, items in file.runs():
                count += len(items)
                for number, item in enumerate(items, first):
                    try:
                        if type(item) is not dict:
                            raise TypeError
                        said: Any = tell(without_secrets(item) if reads_whole else item, at)
                        if said.kind is not None and said.kind is not kind:
                            raise TypeError
                        resource = make(said.id, said.told)
                    except KeyboardInterrupt:
                        raise
                    except BaseException:  # noqa: BLE001  # what is not plain is read once more, as in memory
                        yield from self._once_more(stream, item, file.place(number), skipped)
                    else:
                        yield resource
                items, item = (), None  # noqa: PLW2901  # nothing holds them while the next are parsed
        except EvidenceError as error:
            text = (_looks(stream) if count == 0 else None) or error.text
            self._gap(stream, "unreadable", f"{error.place}: {text}" if error.place else text)
        except OSError as error:
            self._gap(stream, "unreadable", f"can't be read: {os.strerror(error.errno or 0)}")
        evidence.sha256, evidence.records, evidence.skipped = file.sha256, count, skipped
        self._tie_out(stream, file, count)
        self._read.add(evidence.id)

    def _tie_out(self, stream: Stream, file: StreamedFile, count: int) -> None:
        """Hold what was read against the operation's paging rule and the manifest."""
        note, operation = stream.note, stream.operation
        if file.blank and not stream.evidence.problem and operation.empty is None:
            self._gap(stream, "empty", "is empty: the export broke off before it wrote anything")
        if count == 0 and operation.never_empty:
            self._gap(stream, "empty", f"lists nothing, which can't be all of {operation.source}")
        body = file.around if file.around is not None else [None] * min(count, _LARGEST_PAGE)
        try:
            if (more := operation.more(body)) is not None:
                self._gap(stream, "partial", f"{more}: export all pages")
        except (PluginError, UnknownFact) as error:
            self._gap(stream, *_words(error, operation))
        if (wrong := miscounted(operation, [(body, count)])) is not None:
            self._gap(stream, "partial", f"{wrong}: export all pages")
        if note.sha256 and note.sha256.lower() != stream.evidence.sha256:
            stream.evidence.ties_out = False
            self._gap(stream, "unreadable", "is not the file that the manifest names: another SHA-256")
        if note.records is not None and note.records != count:
            stream.evidence.ties_out = False
            self._gap(stream, "partial", f"holds {count} items where its manifest says {note.records}")

    def _once_more(self, stream: Stream, item: Any, place: str, skipped: dict[str, int]) -> Iterator[Resource]:
        """An item that is not plain, read as in memory: an absent key or a wrong type costs its fact alone."""
        operation = stream.operation
        if (wrong := misfit(operation, item)) is not None:
            self._gap(stream, "unreadable", f"{place}: {wrong}")
            return
        try:
            for word in said_of(operation, wrap(without_secrets(item), place), Subject(stream.evidence.subject)):
                if isinstance(word, Facts):
                    yield _resource(operation, stream.evidence, word, place)
                elif isinstance(word, Skip):
                    skipped[word.reason] = skipped.get(word.reason, 0) + 1
                elif isinstance(word, Named | Counted):
                    self._gap(stream, "unread", f"{place}: names something else, which is looked up in memory alone")
                else:
                    self._gap(stream, "unread", f"{place}: {word.text}")
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # noqa: BLE001  # a plugin's fault is named, hides no other item and ends nothing
            odd = stray(item, place)
            code, text = ("unreadable", odd) if odd is not None else _words(error, operation)
            self._gap(stream, code, text if odd is not None else f"{place}: {text}")

    def _gap(self, stream: Stream, code: str, text: str) -> None:
        evidence = stream.evidence
        evidence.complete = False
        evidence.problem = evidence.problem or text
        evidence.gap = evidence.gap or (code, text)
        # a broken million would only repeat the first
        text = f"{evidence.id}: {text}"
        gap = Gap(code, text, evidence.source, evidence.id, kinds=stream.operation.kinds)
        self._gaps.setdefault(evidence.id, gap)


def _looks(stream: Stream) -> str | None:
    again = command(stream.operation, stream.evidence.subject)
    return other_text(head(stream.found).decode("utf-8", "replace"), stream.evidence.path, again)


_NO_VALUE = (Unknown, Redacted)


def _resource(operation: Operation, evidence: Evidence, said: Facts, place: str) -> Resource:
    """A resource of what was told of one item. Raises `UnknownFact` where that is of none, as in memory."""
    kind = said.kind or operation.kind
    if kind is not operation.kind:
        raise UnknownFact("", f"tells of {kind.__name__}, which its operation does not name")
    if said.shown:  # it would be taken without a look at the document
        text = "names a document, which is looked at in memory alone: declare the operation stream=False"
        raise UnknownFact("", text)
    id = kept_id(said.id)
    values = {name: kept(value) for name, value in said.told.items() if value is not DERIVE}
    unknown = {name: _why(value) for name, value in values.items() if type(value) in _NO_VALUE}
    told = {name: value for name, value in values.items() if name not in unknown}
    origin = _origin(evidence)
    return build_fitting(kind, id, told, unknown, origin, f"{evidence.id}: {place}: ")


def _why(value: Unknown | Redacted) -> tuple[str, str]:
    return ("redacted", REASON) if isinstance(value, Redacted) else (value.code, value.reason)


def _origin(evidence: Evidence, tenant: str = "") -> Origin:
    by_hand = (MEMBER,) if evidence.nature == "record" else ()
    return Origin(evidence.source, (evidence.id,), tenant=tenant, by_hand=by_hand)


def _maker(kind: type[Resource], origin: Origin, redacted: bool) -> Callable[[Any, dict[str, Any]], Resource]:
    """How a resource is made of what was told; `redacted` says that a value in it may be `Redacted`."""
    names = fact_names(kind)
    fields = [field for field in msgspec.structs.fields(kind) if field.name in names]
    # a type that takes anything would take an unknown value too, and a default would hide that none was told;
    # without either, converting as many facts as there are proves that all are told and known
    size = len(names) if all(field.required and field.type not in (Any, object) for field in fields) else -1
    complete = {*names, "id", "origin"}
    convert = msgspec.convert
    floats = [field.name for field in fields if float in (field.type, *get_args(field.type))]

    def make(id: Any, told: dict[str, Any]) -> Resource:
        if id == "":
            raise UnknownFact("id", "the id is empty")
        if redacted:
            id = REDACTED if is_composed(id) else id
            told = {name: REDACTED if is_composed(value) else value for name, value in told.items()}
        for name in floats:
            if type(value := told.get(name)) is Decimal and isinf(float(value)):  # it would be above each limit
                told[name] = Unknown("the number is out of range", code="type")
        if len(told) == size:
            told["id"], told["origin"] = id, origin
            try:
                made = convert(told, kind)
            except msgspec.ValidationError:
                if told.keys() == complete and not any(type(value) in _NO_VALUE for value in told.values()):
                    raise
                del told["id"], told["origin"]
            else:
                if not redacted or not any(type(value) is Redacted for value in told.values()):
                    return made
                del told["id"], told["origin"]
        if type(id) is Redacted:
            raise UnknownFact("id", "the id stands where a secret is")
        if isinstance(id, Unknown):
            raise UnknownFact("id", id.reason, code=id.code)
        unknown = {name: _why(value) for name, value in told.items() if type(value) in _NO_VALUE}
        known = {name: value for name, value in told.items() if name not in unknown}
        return build(kind, id, known, unknown, origin)

    return make


def _words(error: BaseException, operation: Operation) -> tuple[str, str]:
    """Reason code and text of what went wrong with an item, without quoting it."""
    if isinstance(error, UnknownFact):
        return "unreadable", error.reason
    made = error if isinstance(error, PluginError) else broken(operation, error)
    return made.code, str(made)
