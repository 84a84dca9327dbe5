"""`Inventory`: everything that the exports of a programme tell, as populations with their gaps."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import chain
from typing import Any

from soc2test.errors import UnknownFact
from soc2test.evidence.record import Evidence
from soc2test.finding.unexported import Unexported
from soc2test.inventory.completeness import Completeness
from soc2test.inventory.log_spans import LogSpan
from soc2test.inventory.named_controls import Named
from soc2test.inventory.scopes import Scopes
from soc2test.inventory.streaming import Streams
from soc2test.merging.building import Builder
from soc2test.merging.fact_natures import source_natures
from soc2test.merging.known import Known
from soc2test.merging.reasons import Reasons
from soc2test.merging.told import Told
from soc2test.populations.population import Gap, Population
from soc2test.populations.teller import Teller
from soc2test.resources.kinds import DeclaredScope, EvidenceItem, ExportedScope, NamedControl, SubserviceReport
from soc2test.resources.resource import Origin, Resource, build, kind_of
from soc2test.run import EvidenceEntry, SourceNature
from soc2test.sources.source import Source

__all__ = ["FRAMEWORK", "FRAMEWORK_KINDS", "Inventory"]

FRAMEWORK = "soc2test"
"""The source of the kinds that the framework itself makes."""

FRAMEWORK_KINDS = (DeclaredScope, ExportedScope, EvidenceItem, NamedControl, SubserviceReport)
"""Made from soc2.yaml, subservice.yaml, the policies and the exports themselves, by no plugin."""


class Inventory:
    """The populations of one run, as a `soc2test.evaluation.kinds.Kinds`."""

    def __init__(
        self,
        sources: Mapping[str, Source],
        known: Known,
        scopes: Scopes,
        evidence: Sequence[Evidence],
        streams: Streams,
        named: Named = Named(),  # noqa: B008  # frozen
        reports: Sequence[Resource] = (),
    ) -> None:
        self._sources = sources
        self._scopes = scopes
        self._evidence = evidence
        self._streams = streams
        self._named = named
        self._reports = reports
        self._told = known.told
        self._by_kind: dict[type[Resource], list[Told]] = {}
        for told in known.told.values():
            self._by_kind.setdefault(told.kind, []).append(told)
        self._reasons = Reasons(sources, known.ledger)
        self._builder = Builder(sources, evidence, known.shows, self._reasons, self.constants, self._joined)
        self._completeness = Completeness(sources, known.ledger, scopes, self)
        self._members: dict[type[Resource], list[Resource]] = {}
        self._populations: dict[type[Resource], Population[Any]] = {}
        self._gaps: dict[type[Resource], tuple[Gap, ...]] = {}
        self._joins: dict[type[Resource], Population[Any]] = {}
        self._joining: set[type[Resource]] = set()
        self._constants: dict[type[Resource], dict[str, Any]] = {}

    # what evaluation asks

    def members(self, kind: type[Resource]) -> Iterable[Resource]:
        """The resources of a kind, subclasses included; those of streamed exports are read as they are asked for."""
        told = self.in_memory(kind)
        return chain(told, self._streams.members(kind)) if self._streams.has(kind) else told

    def gaps(self, kind: type[Resource]) -> tuple[Gap, ...]:
        """What the population of a kind lacks."""
        if kind not in self._gaps:
            self._gaps[kind] = tuple(self._find_gaps(kind))
        return (*self._gaps[kind], *self._streams.gaps(kind))

    def population(self, kind: type[Resource]) -> Population[Any]:
        """The whole population in memory."""
        if kind not in self._populations:
            members = tuple(self.members(kind))  # first: what a stream lacks is known once it was read
            self._populations[kind] = Population(kind, members, self.gaps(kind))
        return self._populations[kind]

    def streams(self, kind: type[Resource]) -> bool:
        """True where members of the kind are read from streamed exports."""
        return self._streams.has(kind)

    def sources(self, kind: type[Resource]) -> tuple[str, ...]:
        """Names of the sources that tell a kind."""
        return (FRAMEWORK,) if kind in FRAMEWORK_KINDS else self._completeness.sources(kind)

    def declared_for(self, kind: type[Resource]) -> Iterable[str]:
        """What soc2.yaml declares of the sources that list a kind, in words: "aws account 012345678901"."""
        return () if kind in FRAMEWORK_KINDS else self._completeness.declared_for(kind)

    def nature(self, source: str) -> str:
        """What stands behind the facts of a source: "system" or "record"; the framework's own are of the exports."""
        return self._sources[source].nature if source in self._sources else "system"

    def tellers(self, kind: type[Resource]) -> frozenset[Teller]:
        """The exports in force that list a kind."""
        if kind in FRAMEWORK_KINDS:
            return frozenset({Teller(FRAMEWORK, kind.__name__)})
        return frozenset(
            _call(each) for each in self._evidence if each.in_force and each.operation and self._lists(each, kind)
        )

    def calls(self) -> dict[str, Teller]:
        """Evidence id -> the call that each export in force is of."""
        return {each.id: _call(each) for each in self._evidence if each.in_force and each.operation}

    def _lists(self, each: Evidence, kind: type[Resource]) -> bool:
        creates = self._sources[each.source].operations[each.operation].creates
        return any(issubclass(created, kind) for created in creates)

    def natures(self) -> tuple[SourceNature, ...]:
        """The sources of which there is any export, each with what stands behind it and whose plugin says so."""
        return source_natures(self._evidence, self._sources)

    def constants(self, kind: type[Resource]) -> Mapping[str, Any]:
        """The facts that each member of a kind has by what the kind is, as its sources declare."""
        if kind not in self._constants:
            self._constants[kind] = {}
            for source in self._sources.values():
                for of, facts in source.constants.items():
                    self._constants[kind].update(facts if issubclass(kind, of) else {})
        return self._constants[kind]

    def declared(self, source: str | None) -> bool:
        """True where soc2.yaml declares the source; the framework's own kinds are about what it declares at all."""
        return self._scopes.any_declared() if source == FRAMEWORK else self._scopes.is_declared(source)

    def log_spans(
        self, state: type[Resource], changes: type[Resource] | None, as_of: datetime
    ) -> dict[str, LogSpan | None]:
        """Each scope in which members of `state` are listed -> the time of which its logs of `changes` tell all."""
        gaps = () if changes is None else self.gaps(changes)
        return self._completeness.logs.of(state, changes, gaps, as_of)

    # what the report asks

    def entries(self) -> tuple[EvidenceEntry, ...]:
        """All evidence, in the order of the matrix."""
        entries = [
            EvidenceEntry(
                each.id, each.path, each.source, each.operation, each.sha256, each.collected_at, max(each.records, 0),
                each.complete, each.command, each.collector, each.expected, dict(each.skipped),
            )
            for each in self.exports()
        ]  # fmt: skip
        return tuple(entries)

    def digests(self) -> dict[str, str]:
        """Id -> SHA-256 of each export, as far as it was read: empty for a stream that nobody asked for."""
        return {each.id: each.sha256 for each in self._evidence}

    def taken(self) -> dict[str, tuple[datetime | None, bool]]:
        """Id -> when each export was taken, and whether a system tells it; nothing is read for it."""
        return {each.id: (each.collected_at, self.nature(each.source) == "system") for each in self._evidence}

    def exports(self) -> tuple[Evidence, ...]:
        """The same with all that is known of each, bodies left out; streamed exports are read to their end."""
        self._streams.drain()
        return tuple(sorted(self._evidence, key=lambda each: (each.path, each.id)))

    def kinds(self) -> dict[str, int]:
        """How many resources of each concrete kind were told, by the kind's name."""
        counts: dict[str, int] = {}
        for kind, _ in self._told:
            counts[kind.__name__] = counts.get(kind.__name__, 0) + 1
        return dict(sorted(counts.items()))

    def unexported(self, kind: type[Resource]) -> list[Unexported]:
        """The calls that would tell facts of single members of a kind that nobody exported."""
        self.in_memory(kind)
        return sorted(call for call, of in self._reasons.unexported.items() if issubclass(of, kind))

    def failed(self, kind: type[Resource]) -> list[tuple[Unexported, str]]:
        """The calls about members of a kind that were exported and can't be relied on, each with the reason met."""
        self.in_memory(kind)
        return sorted((call, text) for call, (of, text) in self._reasons.unusable.items() if issubclass(of, kind))

    # how it is built

    def in_memory(self, kind: type[Resource]) -> Sequence[Resource]:
        """The members of a kind but those of streamed exports, in the order of their ids."""
        if kind not in self._members:
            if kind is DeclaredScope:
                self._members[kind] = list(self._declared_scopes())
            elif kind is ExportedScope:
                self._members[kind] = list(self._exported_scopes())
            elif kind is NamedControl:
                self._members[kind] = list(self._named.members(FRAMEWORK))
            elif kind is SubserviceReport:
                self._members[kind] = list(self._reports)
            elif kind is EvidenceItem:
                self._streams.drain()
                self._members[kind] = [self._item(each) for each in self._evidence if each.in_force]
            else:
                told = [each for own, group in self._by_kind.items() if issubclass(own, kind) for each in group]
                told.sort(key=lambda each: (each.kind.__name__, each.id))
                self._members[kind] = [self._builder.build(each) for each in told]
        return self._members[kind]

    def placed(self, kind: type[Resource]) -> Iterator[tuple[Resource, Mapping[str, str]]]:
        """Members of a kind, each with the scope that its list was about."""
        return ((each, self._told[kind_of(each), each.id].at) for each in self.in_memory(kind))

    def unlisted(self, kind: type[Resource]) -> Iterator[Told]:
        """What was told of resources of exactly this kind that no list names."""
        return (each for each in self._by_kind.get(kind, ()) if not each.listed)

    def lists(self, kind: type[Resource], id: str) -> bool:
        """True where a list of exactly this kind holds the id."""
        told = self._told.get((kind, id))
        return told is not None and told.listed

    def _find_gaps(self, kind: type[Resource]) -> Iterable[Gap]:
        if kind is NamedControl:
            return self._named.gaps()
        return () if kind in FRAMEWORK_KINDS else self._completeness.gaps(kind)

    def _joined(self, kind: type[Resource]) -> Population[Any]:
        """The population that a derivation joins. Raises `UnknownFact` where it is being derived from itself."""
        if kind in self._joining:
            raise UnknownFact("", f"facts of {kind.__name__} are derived from one another in a circle")
        if kind not in self._joins:
            self._joining.add(kind)
            try:
                members = tuple(self.members(kind))
                self._joins[kind] = Population(kind, members, self.gaps(kind))
            finally:
                self._joining.remove(kind)
        return self._joins[kind]

    def _declared_scopes(self) -> Iterator[Resource]:
        for source, scope, exported in self._scopes.declared_scopes():
            facts: dict[str, Any] = {"scope": scope} if exported is None else {"scope": scope, "exported": exported}
            if source in self._sources:
                facts |= {"hosted_by": self._sources[source].hosted_by, "sold_by": self._sources[source].sold_by}
            lost = [("plugin", f"plugin {each.plugin} did not load: {each.text}") for each in self._scopes.lost(source)]
            why = {"exported": lost[0]} if lost else {}
            yield build(DeclaredScope, f"{source}/{scope}" if scope else source, facts, why, origin=Origin(source))

    def _exported_scopes(self) -> Iterator[Resource]:
        """Each scope once, with the first export that is about it; a call that skips a level is about none of it.

        Where an export says of none of its call's levels which it is about, it is of nobody knows which: "okta/org".
        """
        first: dict[tuple[str, str, str], str] = {}
        for each in sorted(self._evidence, key=lambda each: each.id) if self._scopes.any_declared() else ():
            operation = self._sources[each.source].operations[each.operation] if each.operation else None
            levels = [level for level in operation.scope if level in each.subject] if operation else []
            for level in levels or ([*operation.scope[:1]] or [""] if operation else []):
                first.setdefault((each.source, level, each.subject.get(level, "")), each.id)
        for (source, level, scope), id in sorted(first.items()):
            facts = {"scope": scope, "declared": self._scopes.declares(source, level, scope)}
            name = "/".join(filter(None, (source, level, scope)))
            yield build(ExportedScope, name, facts, origin=Origin(source, (id,)))

    def _item(self, each: Evidence) -> Resource:
        facts = {
            "path": each.path, "operation": each.operation, "dated": each.collected_at is not None,
            "readable": each.problem is None or (each.code is None and bool(each.body)), "complete": each.complete,
            "problem": each.gap[1] if each.gap else each.problem, "records": max(each.records, 0),
            "unknown_types": tuple(sorted(each.unknown_types)),
        }  # fmt: skip
        return build(EvidenceItem, each.id, facts, origin=Origin(each.source or FRAMEWORK, (each.id,)))


def _call(each: Evidence) -> Teller:
    return Teller(each.source, each.operation or "", each.nature, each.sha256)
