"""The way from an exports folder to an inventory, station by station."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta, tzinfo
from itertools import chain
from pathlib import Path

import msgspec

from soc2test.evidence.documents import Documents
from soc2test.evidence.files import Found, Held
from soc2test.evidence.read_limits import ReadLimits
from soc2test.evidence.record import Evidence
from soc2test.evidence.table_map import TableMap
from soc2test.exceptions.ages import Ages
from soc2test.finding.collect import Ask, Collected, Stream, collect
from soc2test.inventory.dating import Clock, resolve, unusable
from soc2test.inventory.inventory import FRAMEWORK, Inventory
from soc2test.inventory.items_read import ItemsRead
from soc2test.inventory.named_controls import Named
from soc2test.inventory.scopes import Declared, Scopes
from soc2test.inventory.streaming import Streams
from soc2test.inventory.subservice_reports import reports_of
from soc2test.inventory.what_streams import streamable
from soc2test.merging.contradictions import Contradictions
from soc2test.merging.fact_natures import name_natures
from soc2test.merging.known import Known
from soc2test.merging.ledger import Call, Ledger, call_of
from soc2test.merging.one_file import OneFile
from soc2test.progress.watch import Watch, nobody
from soc2test.resources.resource import Resource
from soc2test.run import AsOf, Unclaimed
from soc2test.sources.operation import Operation
from soc2test.sources.source import Source
from soc2test.sources.unloaded import Unloaded
from soc2test.subservice.records import SubserviceOrganisation
from soc2test.telling.body_reading import Given
from soc2test.telling.call_reading import read_call
from soc2test.telling.call_record import CallRecord, Entry
from soc2test.telling.calls_read import CallsRead

__all__ = ["Loaded", "Request", "load_inventory"]


Judge = Callable[[Evidence], tuple[str, str] | None]


class Request(msgspec.Struct, frozen=True):
    """What to load: the exports folder, the sources and what soc2.yaml says of them."""

    root: Path
    sources: Mapping[str, Source]
    ask: Ask
    declared: Declared
    max_age: Mapping[str, timedelta]
    limits: ReadLimits
    clock: Clock
    joined: Sequence[type[Resource]] = ()
    """kinds that some control joins, which therefore can't stream"""
    unloaded: Sequence[Unloaded] = ()
    """plugins that did not load, whose sources may be declared"""
    programme: Path | None = None
    """the programme root, below which the documents lie that rows name; without one none is looked for"""
    zone: tzinfo = UTC
    """the company's time zone"""
    watch: Watch = nobody
    """is told how far the reading has come"""
    lost: Sequence[Found] = ()
    """files that belong into the exports folder and could not be had"""
    named: Named = Named()
    """the controls that registers may name"""
    organisations: Sequence[SubserviceOrganisation] = ()
    """the entries of subservice.yaml, whose reports rows of vendors are held against"""
    tables: Mapping[tuple[str, str], TableMap] = msgspec.field(default_factory=dict)
    """source and operation -> how its tables are read whose columns soc2.yaml maps"""
    items_read: ItemsRead | None = None
    """what items of streamed exports told in the snapshots before"""
    calls_read: CallsRead | None = None
    """what calls told in the snapshots before"""
    held: Mapping[str, Held] = msgspec.field(default_factory=dict)
    """the bytes of files below `root` that whoever wrote them still has, by their paths"""


class Loaded(msgspec.Struct, frozen=True):
    """The inventory, the moment to evaluate for, and what could not be used."""

    inventory: Inventory
    as_of: AsOf
    unclaimed: tuple[Unclaimed, ...]
    problems: tuple[str, ...]
    documents: Mapping[str, str] = msgspec.field(default_factory=dict)
    """the SHA-256 of each document that a row names and that is there, by its name below the programme root"""
    named_by: Mapping[str, int] = msgspec.field(default_factory=dict)
    """how many rows name a document, by its SHA-256"""
    faults: tuple[str, ...] = ()
    """those of the problems that a plugin has: it broke on an export"""
    ages: Ages = msgspec.field(default_factory=lambda: Ages(allowed={}))
    """how old evidence could be, where soc2.yaml says that it may be older than its source does"""


def load_inventory(request: Request) -> Loaded:
    """Read everything below the exports folder.

    Raises `EvidenceError` only where the folder as a whole is refused; what is wrong with one file is a gap.
    """
    collected = _collected(request)
    as_of = resolve(request.clock, collected.evidence)
    given = Given(
        sources=request.sources, as_of=as_of.time, undated=request.clock.given, zone=request.zone,
        documents=Documents(request.programme),
    )  # fmt: skip
    known = Known(Ledger())
    seen = [evidence for evidence in collected.evidence if _saw(evidence, request.sources, known.ledger)]
    in_force = _InForce(given, seen, unusable(request.clock, request.max_age))
    if request.calls_read is not None:
        request.calls_read.begin(request.limits, request.zone)
    _take_in(given, known, in_force, {stream.evidence.id for stream in collected.streams}, request)
    return Loaded(
        _inventory(request, collected, known), as_of,
        tuple(sorted(collected.unclaimed, key=lambda each: each.path)), tuple(known.problems),
        given.documents.looked_at(), {digest: len(rows) for digest, rows in known.shows.items()},
        tuple(known.faults),
    )  # fmt: skip


def _collected(request: Request) -> Collected:
    """The files of the folder as evidence of calls; the items of those that stream are not read yet."""
    streams = streamable(request.sources, request.joined)
    collected = collect(
        request.root, request.sources, request.ask, request.limits, streams, request.zone, request.watch, request.lost,
        request.tables, request.held,
    )  # fmt: skip
    name_natures(collected.evidence, request.sources)
    return collected


class _InForce:
    """Which exports of each call are in force, and why some of them do not count."""

    def __init__(self, given: Given, seen: Sequence[Evidence], dated: Judge) -> None:
        self._one_file, self._dated = OneFile(given), dated
        self.calls = [
            self._one_file.of(group) or _newest(group, dated, given.undated) for group in _calls(seen, given.sources)
        ]
        self.contradictions = Contradictions(given.sources, chain.from_iterable(self.calls))

    def wrong(self, evidence: Evidence) -> tuple[str, str] | None:
        """Code and text of why an export does not count; None where it does."""
        of_file = self._one_file.wrong.get(evidence.id)
        return of_file or self.contradictions.of(evidence) or self._dated(evidence)


def _take_in(given: Given, known: Known, in_force: _InForce, streamed: set[str], request: Request) -> None:
    """Take in what each call tells; of a streamed export only that it is there."""
    for fault in in_force.contradictions.faults:
        known.broke(fault)
    for number, newest in enumerate(in_force.calls, 1):
        request.watch("taking in call", number, len(in_force.calls))
        operation = given.sources[newest[0].source].operations[newest[0].operation]
        counting = [evidence for evidence in newest if _judged(evidence, operation, in_force.wrong, known.ledger)]
        read = [evidence for evidence in counting if evidence.id not in streamed]
        for evidence in counting:
            if evidence.id in streamed:
                known.ledger.note(operation, evidence)
        if read:
            known.take(_read(given, operation, read, in_force.contradictions.others, request.calls_read))
        for evidence in read:
            evidence.body = None if evidence.body is None else True  # what it told is taken; the rest may go
    known.spread()


def _read(
    given: Given, operation: Operation, exports: list[Evidence], others: Mapping[str, str], before: CallsRead | None
) -> CallRecord:
    """What a call tells, as it was told before where nothing of it changed."""
    if before is None or any(each.id in others for each in exports):
        return read_call(given, operation, exports, others)
    return before.of(given, operation, exports, lambda: read_call(given, operation, exports, others))


def _inventory(request: Request, collected: Collected, known: Known) -> Inventory:
    streams = [stream for stream in collected.streams if _open(stream, known.ledger)]
    scopes = Scopes(request.sources, request.declared, known.ledger, request.unloaded)
    read_later = Streams(streams, request.limits, request.items_read)
    reports = tuple(reports_of(request.organisations, request.zone, FRAMEWORK))
    return Inventory(request.sources, known, scopes, collected.evidence, read_later, request.named, reports)


def _saw(evidence: Evidence, sources: Mapping[str, Source], ledger: Ledger) -> bool:
    """Note its scope; evidence that belongs to no operation is lost to its source, or to all of them."""
    if not evidence.operation:
        code = "missing" if evidence.gone else "unreadable"
        evidence.gap = code, evidence.problem or ""
        ledger.lost.setdefault(evidence.source, Entry(code, f"{evidence.id}: {evidence.problem}", evidence.id))
        return False
    ledger.saw(evidence, sources[evidence.source].scope)
    return True


def _judged(evidence: Evidence, operation: Operation, judge: Judge, ledger: Ledger) -> bool:
    """Whether an export counts; noted where it does not."""
    wrong = judge(evidence)
    if wrong is None:
        return True
    evidence.complete, evidence.gap = False, wrong
    ledger.note(operation, evidence, wrong[0], f"{evidence.id} {wrong[1]}")
    return False


def _open(stream: Stream, ledger: Ledger) -> bool:
    entry = ledger.get(stream.operation, stream.evidence.subject)
    return stream.evidence.in_force and entry is not None and not entry.code


def _calls(evidence: Iterable[Evidence], sources: Mapping[str, Source]) -> Iterable[list[Evidence]]:
    """The evidence of each call."""
    calls: dict[Call, list[Evidence]] = {}
    for each in evidence:
        calls.setdefault(call_of(sources[each.source].operations[each.operation], each.subject), []).append(each)
    return calls.values()


def _newest(group: list[Evidence], judge: Judge, given: datetime | None) -> list[Evidence]:
    """Of several exports of one call taken at different times the newest not from the future, with its pages.

    An undated one stands for the moment given. Where none is given it may be the newest, and stays beside it: a gap.
    Where all are from the future, they stand as they are: nothing replaces them.
    """
    not_future = [evidence for evidence in group if not _is_future(evidence, judge)]
    candidates = not_future or group
    moments = [moment for evidence in candidates if (moment := evidence.collected_at or given) is not None]
    newest = max(moments, default=None)
    for evidence in group:
        evidence.in_force = False
    for evidence in candidates:
        moment = evidence.collected_at or given
        evidence.in_force = evidence.page is not None or moment is None or moment == newest
    return [evidence for evidence in candidates if evidence.in_force]


def _is_future(evidence: Evidence, judge: Judge) -> bool:
    wrong = judge(evidence)
    return wrong is not None and wrong[0] == "future"
