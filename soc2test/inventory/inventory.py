"""`Inventory`: everything that the exports of a programme tell, as populations with their gaps."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

from soc2test.code_reading.named import names_in
from soc2test.errors import PluginError, UnknownFact
from soc2test.evidence.record import Evidence
from soc2test.inventory.completeness import Completeness
from soc2test.inventory.fact_natures import ByHand, source_natures
from soc2test.inventory.ingest import Ingest
from soc2test.inventory.merging import Told, merge
from soc2test.inventory.reasons import Reasons
from soc2test.inventory.scopes import Scopes
from soc2test.inventory.streaming import Streams
from soc2test.inventory.unexported import Unexported
from soc2test.populations.population import Gap, Population
from soc2test.populations.teller import Teller
from soc2test.resources.fitting import build_fitting
from soc2test.resources.kinds import DeclaredScope, EvidenceItem, ExportedScope
from soc2test.resources.resource import Origin, Resource, Why, build, fact_names, kind_of, unknown_reads
from soc2test.run import EvidenceEntry, SourceNature
from soc2test.sources.calling import call
from soc2test.sources.source import Source

__all__ = ["FRAMEWORK", "FRAMEWORK_KINDS", "Inventory"]

FRAMEWORK = "soc2test"
"""The source of the kinds that the framework itself makes."""

FRAMEWORK_KINDS = (DeclaredScope, ExportedScope, EvidenceItem)
"""Made from soc2.yaml and the exports themselves, by no plugin."""

_VAGUE = ("missing", "unknown_fact")
Derivations = Mapping[str, tuple[Callable[..., Any], type[Resource] | None]]


class Inventory:
    """The populations of one run; satisfies `soc2test.evaluation.evaluate.Kinds`."""

    def __init__(
        self,
        sources: Mapping[str, Source],
        ingest: Ingest,
        scopes: Scopes,
        evidence: Sequence[Evidence],
        streams: Streams,
    ) -> None:
        self._sources = sources
        self._scopes = scopes
        self._evidence = evidence
        self._streams = streams
        self._told, self._shows = ingest.told, ingest.shows
        self._by_hand = ByHand(sources, evidence)
        self._reasons = Reasons(sources, ingest.ledger)
        self._completeness = Completeness(sources, ingest.ledger, scopes, self)
        self._members: dict[type[Resource], list[Resource]] = {}
        self._populations: dict[type[Resource], Population[Any]] = {}
        self._gaps: dict[type[Resource], tuple[Gap, ...]] = {}
        self._joins: dict[type[Resource], Population[Any]] = {}
        self._joining: set[type[Resource]] = set()
        self._constants: dict[type[Resource], dict[str, Any]] = {}
        self._derived: dict[tuple[str, type[Resource]], Derivations] = {}

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

    def nature(self, source: str) -> str:
        """What stands behind the facts of a source: "system" or "record"; the framework's own are of the exports."""
        return self._sources[source].nature if source in self._sources else "system"

    def tellers(self, kind: type[Resource]) -> frozenset[Teller]:
        """The exports in force that list a kind."""
        if kind in FRAMEWORK_KINDS:
            return frozenset({Teller(FRAMEWORK, kind.__name__)})
        return frozenset(
            Teller(each.source, each.operation, each.nature, each.sha256)
            for each in self._evidence
            if each.in_force and each.operation and self._lists(each, kind)
        )

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

    # what the report asks

    def entries(self) -> tuple[EvidenceEntry, ...]:
        """All evidence, in the order of the matrix."""
        entries = [
            EvidenceEntry(
                each.id, each.path, each.source, each.operation, each.sha256, each.collected_at, max(each.records, 0),
                each.complete,
            )
            for each in self.exports()
        ]  # fmt: skip
        return tuple(entries)

    def digests(self) -> dict[str, str]:
        """Id -> SHA-256 of each export, as far as it was read: empty for a stream that nobody asked for."""
        return {each.id: each.sha256 for each in self._evidence}

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
            elif kind is EvidenceItem:
                self._streams.drain()
                self._members[kind] = [self._item(each) for each in self._evidence if each.in_force]
            else:
                told = [each for each in self._told.values() if issubclass(each.kind, kind)]
                built = (self._build(each) for each in sorted(told, key=lambda each: (each.kind.__name__, each.id)))
                self._members[kind] = list(built)
        return self._members[kind]

    def placed(self, kind: type[Resource]) -> Iterator[tuple[Resource, Mapping[str, str]]]:
        """Members of a kind, each with the scope that its list was about."""
        return ((each, self._told[kind_of(each), each.id].at) for each in self.in_memory(kind))

    def unlisted(self, kind: type[Resource]) -> Iterator[Told]:
        """What was told of resources of exactly this kind that no list names."""
        return (each for each in self._told.values() if each.kind is kind and not each.listed)

    def lists(self, kind: type[Resource], id: str) -> bool:
        """True where a list of exactly this kind holds the id."""
        told = self._told.get((kind, id))
        return told is not None and told.listed

    def _find_gaps(self, kind: type[Resource]) -> Iterable[Gap]:
        return () if kind in FRAMEWORK_KINDS else self._completeness.gaps(kind)

    def _build(self, told: Told) -> Resource:
        words = told.values
        known, unknown, by = merge(words)
        source = self._source_of(told)
        for fact, value in self.constants(told.kind).items():
            if fact not in words:
                known[fact] = value
        documented = self._documented(told, by) if told.shown else ()
        by_hand = self._by_hand.facts_of(told, by, source)
        origin = Origin(source.name, tuple(sorted(told.evidence)), by, told.tenant, documented, by_hand)
        resource = self._checked(told, known, unknown, origin)
        return self._derive(resource, told, known, unknown, origin, source, by)

    def _documented(self, told: Told, by: Mapping[str, str]) -> tuple[str, ...]:
        return tuple(fact for fact, evidence in by.items() if self._is_its_own(told.shown.get((fact, evidence))))

    def _is_its_own(self, digest: str | None) -> bool:
        """Whether a document is of one row alone: what several rows name can't show what each of them says."""
        return digest is not None and len(self._shows[digest]) == 1

    def _source_of(self, told: Told) -> Source:
        return self._sources[self._by_id[told.evidence[0]].source]

    @property
    def _by_id(self) -> dict[str, Evidence]:
        if not hasattr(self, "_index"):
            self._index = {each.id: each for each in self._evidence}
        return self._index

    def _checked(self, told: Told, known: dict[str, Any], unknown: dict[str, Why], origin: Origin) -> Resource:
        """Build it; a value of a wrong type ("false" for a boolean) makes its fact unknown instead."""
        for name in fact_names(told.kind):
            if name not in known and name not in unknown:
                unknown[name] = self._reasons.why(told, origin.source, known, name)
        return build_fitting(told.kind, told.id, known, unknown, origin)

    def _derive(
        self,
        resource: Resource,
        told: Told,
        known: dict[str, Any],
        unknown: dict[str, Why],
        origin: Origin,
        source: Source,
        by: dict[str, str],
    ) -> Resource:
        derived = self._derivations(source, told.kind)
        if not derived:
            return resource
        waiting = {fact: read for fact, read in derived.items() if self._may_derive(told, source.name, known, fact)}
        direct = {fact: unknown[fact][1] for fact in waiting if unknown.get(fact, ("", ""))[0] == "missing"}
        for _ in range(len(waiting) + 1):  # a fact, or why it is unknown, may follow from another derived one
            told_now: dict[str, Any] = {}
            early: dict[str, Any] = {}
            """of derivations that met a fact that is still to be derived, and made do without it"""
            before = dict(unknown)
            for fact, (read, joins) in waiting.items():
                try:
                    given = (resource,) if joins is None else (resource, self._joined(joins))
                    with unknown_reads() as met:
                        value = call(source.name, f"derivation of {fact}", read, *given, check=_anything)
                    waits = any(id == told.id and name in waiting and name != fact for id, name in met)
                    (early if waits else told_now)[fact] = value
                except UnknownFact as error:
                    if unknown.get(fact, ("missing", ""))[0] in _VAGUE:  # "denied" says more than what follows from it
                        unknown[fact] = (error.code, _beside(error.reason, direct.get(fact)))
                except PluginError as error:  # leaves one fact unknown and hides no other
                    unknown[fact] = ("plugin", str(error))
            told_now = told_now or early
            known |= told_now
            for fact in told_now:
                by |= _cited(fact, names_in(told.kind, waiting[fact][0]), by)
            waiting = {fact: read for fact, read in waiting.items() if fact not in known}
            if told_now or unknown != before:
                resource = self._checked(told, known, unknown, origin)
            if not waiting or (not told_now and unknown == before):
                break
        return resource

    def _derivations(self, source: Source, kind: type[Resource]) -> Derivations:
        """Fact -> function and joined kind, of the facts of a kind that a source derives."""
        key = source.name, kind
        if key not in self._derived:
            of_kind = {fact: read for (of, fact), read in source.derived.items() if issubclass(kind, of)}
            self._derived[key] = of_kind
        return self._derived[key]

    def _may_derive(self, told: Told, source: str, known: Mapping[str, Any], fact: str) -> bool:
        """The one policy on which unknown facts a derivation may replace: those that nobody told.

        Evidence of the fact that is there and contradicts itself, is null or of a wrong type, and a call about this
        resource that was denied, cut or failed, say more than what follows from other facts.
        """
        return not told.tells(fact) and self._reasons.failed(told, source, known, fact) is None

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


def _cited(fact: str, followed: Sequence[str], by: Mapping[str, str]) -> dict[str, str]:
    """The evidence of a derived fact: that of the last told of those facts that it follows from."""
    told = [by[name] for name in followed if name in by]
    return {fact: told[-1]} if told else {}


def _beside(reason: str, direct: str | None) -> str:
    """Why a derivation could not tell a fact, and the call that tells it directly: that one settles it alone."""
    return reason if direct is None or direct in reason else f"{reason}; or {direct}"


def _anything(value: Any) -> None:
    """A value of a wrong type makes its fact unknown where the resource is built."""
