"""Streams: populations whose items are read one by one, in flat memory.

A kind streams where a single operation tells it, that operation asks for it (`stream=True`), and no control joins it.
"""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from hashlib import sha256
from typing import Any, BinaryIO

import msgspec

from soc2test.errors import EvidenceError, UnknownFact
from soc2test.evidence.content import COMPRESSED, data_suffix, read
from soc2test.evidence.files import open_regular
from soc2test.evidence.json_text import parse, parse_line
from soc2test.evidence.limits import ReadLimits
from soc2test.inventory.collect import Stream
from soc2test.inventory.ledger import Ledger
from soc2test.populations.population import Gap
from soc2test.resources.resource import Origin, Resource, fact_names
from soc2test.resources.unknown import Unknown
from soc2test.sources.item import Subject
from soc2test.sources.source import Operation, Source

__all__ = ["Streams", "streamable"]

_BLOCK = 1 << 20


def streamable(sources: Mapping[str, Source], joined: Sequence[type[Resource]]) -> Callable[[Operation], bool]:
    """Which operations stream, given the kinds that some control joins."""
    tellers: dict[type[Resource], int] = {}
    for source in sources.values():
        for operation in source.operations.values():
            for kind in operation.kinds:
                tellers[kind] = tellers.get(kind, 0) + 1

    def streams(operation: Operation) -> bool:
        kind = operation.kind
        alone = operation.stream and operation.lists and len(operation.kinds) == 1 and tellers[kind] == 1
        return alone and not any(issubclass(kind, each) for each in joined)

    return streams


class Streams:
    """The streamed exports of a run."""

    def __init__(self, streams: Sequence[Stream], limits: ReadLimits, ledger: Ledger) -> None:
        self._streams, self._limits, self._ledger = streams, limits, ledger
        self._gaps: dict[type[Resource], list[Gap]] = {}

    def gaps(self, kind: type[Resource]) -> list[Gap]:
        """What was found missing while streaming."""
        return [gap for streamed, gaps in self._gaps.items() if issubclass(streamed, kind) for gap in gaps]

    def has(self, kind: type[Resource]) -> bool:
        """True where members of the kind come from a stream."""
        return any(issubclass(stream.operation.kind, kind) for stream in self._streams)

    def drain(self) -> None:
        """Read what no control has asked for, so that its digest, count and completeness are known."""
        for stream in self._streams:
            if not stream.evidence.sha256:
                for _ in self.members(stream.operation.kind):
                    pass

    def members(self, kind: type[Resource]) -> Iterator[Resource]:
        """The resources of the streamed exports of a kind, in the order of the files."""
        for stream in self._streams:
            if issubclass(stream.operation.kind, kind):
                self._gaps[stream.operation.kind] = []
                yield from self._members(stream)

    def _members(self, stream: Stream) -> Iterator[Resource]:
        evidence, operation = stream.evidence, stream.operation
        origin = Origin(evidence.source, (evidence.id,))
        at = Subject(evidence.subject)
        make = _maker(operation.kind, origin)
        count = 0
        try:
            for count, (place, item) in enumerate(self._items(stream), 1):  # noqa: B007  # counted for the evidence
                try:
                    said = operation.read(item, at)
                    if said is not None:
                        yield make(said.id, said.told)  # type: ignore[union-attr]
                except (UnknownFact, KeyError, TypeError, IndexError, AttributeError, msgspec.ValidationError) as error:
                    self._gap(stream, "unreadable", f"{place()}: {_words(error)}")
        except EvidenceError as error:
            self._gap(stream, "unreadable", f"{error.place}: {error.text}" if error.place else error.text)
        evidence.records = count

    def _gap(self, stream: Stream, code: str, text: str) -> None:
        stream.evidence.complete = False
        stream.evidence.problem = stream.evidence.problem or text
        gaps = self._gaps[stream.operation.kind]
        if not gaps:  # the first names the place; a broken million would only repeat it
            gaps.append(Gap(code, f"{stream.evidence.id}: {text}", stream.evidence.source, stream.evidence.id))

    def _items(self, stream: Stream) -> Iterator[tuple[Callable[[], str], Any]]:
        name = stream.found.path.name
        if data_suffix(name) in (".ndjson", ".jsonl") and not name.lower().endswith(COMPRESSED):
            return self._lines(stream)
        return self._array(stream)

    def _lines(self, stream: Stream) -> Iterator[tuple[Callable[[], str], Any]]:
        digest = sha256()
        file = str(stream.found.path)
        number = 0
        with os.fdopen(open_regular(stream.found), "rb", buffering=0) as raw:
            for number, line in enumerate(_split(raw, digest.update, file, self._limits), 1):
                if line.strip(b" \t\r"):
                    yield (lambda: f"line {number}"), parse_line(line, file, number)  # noqa: B023  # read at once
        stream.evidence.sha256 = digest.hexdigest()

    def _array(self, stream: Stream) -> Iterator[tuple[Callable[[], str], Any]]:
        file = str(stream.found.path)
        content = read(stream.found, self._limits)
        stream.evidence.sha256 = content.sha256
        members = _split_array(content.data, stream.operation.items or "", file)
        number = 0
        for number, member in enumerate(members):
            yield (lambda: f"[{number}]"), parse(bytes(member), file)  # noqa: B023  # read at once


def _split(raw: BinaryIO, update: Callable[[bytes], None], file: str, limits: ReadLimits) -> Iterator[bytes]:
    rest = b""
    while block := raw.read(_BLOCK):
        update(block)
        *whole, rest = (rest + block).split(b"\n")
        yield from whole
        if len(rest) > limits.document_bytes:
            raise EvidenceError(file, "one line is larger than a document may be", code="limit")
    if rest:
        yield rest


def _split_array(data: bytes, items: str, file: str) -> Sequence[Any]:
    """The members of the array at the key `items` (or of the top one) as raw bytes, without decoding them."""
    try:
        if not items:
            return msgspec.json.decode(data, type=list[msgspec.Raw])
        top = parse(data, file) if "." in items else msgspec.json.decode(data, type=dict[str, msgspec.Raw])
        return msgspec.json.decode(top[items], type=list[msgspec.Raw])
    except (msgspec.DecodeError, KeyError):
        parse(data, file)  # names the place of what is broken
        raise EvidenceError(file, f"has no list at {items or 'its top'}") from None


def _maker(kind: type[Resource], origin: Origin) -> Callable[[str, dict[str, Any]], Resource]:
    from soc2test.resources.resource import build  # noqa: PLC0415

    names = set(fact_names(kind))
    convert = msgspec.convert

    def make(id: str, told: dict[str, Any]) -> Resource:
        if told.keys() == names and not any(type(value) is Unknown for value in told.values()):
            told["id"] = id
            told["origin"] = origin
            return convert(told, kind)
        unknown = {name: (value.code, value.reason) for name, value in told.items() if type(value) is Unknown}
        known = {name: value for name, value in told.items() if name not in unknown}
        return build(kind, id, known, unknown, origin)

    return make


def _words(error: Exception) -> str:
    if isinstance(error, UnknownFact):
        return error.reason
    if isinstance(error, KeyError):
        return f"no key {error}"
    if isinstance(error, msgspec.ValidationError):
        return str(error).lower()
    return f"an item of another shape ({type(error).__name__})"
