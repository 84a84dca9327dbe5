"""What stands behind each export: what its source says of itself, unless another plugin reads or claims it."""

from collections.abc import Iterable, Mapping

from soc2test.code_reading.named import names_in
from soc2test.evidence.record import Evidence
from soc2test.merging.told import Told
from soc2test.resources.resource import MEMBER, Resource
from soc2test.run import SourceNature
from soc2test.sources.belonging import FactNature, place_of_module, weakest
from soc2test.sources.operation import Operation
from soc2test.sources.source import Source

__all__ = ["ByHand", "name_natures", "source_natures"]


def name_natures(evidence: Iterable[Evidence], sources: Mapping[str, Source]) -> None:
    """Look up the nature of each export: it is as strong as the weakest of source, reading and claim."""
    of_calls: dict[tuple[str, str], tuple[FactNature, str]] = {}
    """source and operation -> the nature of its facts, and the plugin whose reading it is where that is another's"""
    for each in evidence:
        source = sources.get(each.source)
        operation = source.operations.get(each.operation) if source is not None else None
        if source is None or operation is None:
            continue
        call = each.source, each.operation
        if call not in of_calls:
            foreign = not source.is_own(operation.modules)
            of_calls[call] = source.nature_of(operation), _place_of(operation, source) if foreign else ""
        nature, reader = of_calls[call]
        each.nature = weakest(nature, "record" if each.nature == "record" else None)
        each.stated_by = reader or each.stated_by


def _place_of(operation: Operation, source: Source) -> str:
    """Where the plugin stands whose reading it is."""
    return place_of_module(min(module for module in operation.modules if not source.is_own([module])))


def source_natures(evidence: Iterable[Evidence], sources: Mapping[str, Source]) -> tuple[SourceNature, ...]:
    """The sources of which there is any export, each once for each nature of its exports, and who says so."""
    found = set()
    for each in evidence:
        source = sources.get(each.source)
        if source is None or not each.nature:
            continue
        own = "" if source.belongs.shipped else source.belongs.place
        plugin = each.stated_by or own
        found.add((each.source, each.nature, plugin))
    return tuple(SourceNature(name, nature, plugin or None) for name, nature, plugin in sorted(found))


class ByHand:
    """Which facts of a system's resources come from rows kept by hand."""

    def __init__(self, sources: Mapping[str, Source], evidence: Iterable[Evidence]) -> None:
        self._sources = sources
        self._by_id = {each.id: each for each in evidence}
        self.evidence = {id for id, each in self._by_id.items() if each.nature == "record"}
        """the ids of what people keep by hand"""
        self._foreign: dict[str, frozenset[tuple[type[Resource], str]]] = {}
        """the facts of a source that another plugin declares, of those that were asked for"""

    def facts_of(self, told: Told, by: Mapping[str, str], source: Source) -> tuple[str, ...]:
        """Of one resource, whose facts are told `by` pieces of evidence: `MEMBER` where only such rows list it."""
        if source.name not in self._foreign:
            self._foreign[source.name] = frozenset(source.told_by_others())
        foreign = self._foreign[source.name]
        if source.nature == "record" or not (foreign or not self.evidence.isdisjoint(told.evidence)):
            return ()
        kept = {fact for fact, evidence in by.items() if evidence in self.evidence}
        kept |= {fact for kind, fact in foreign if issubclass(told.kind, kind) and fact not in by}
        for (kind, fact), (read, _) in source.derived.items():
            if issubclass(told.kind, kind) and fact not in by and not kept.isdisjoint(names_in(told.kind, read)):
                kept.add(fact)
        listed_by = [id for id in told.evidence if self._lists(id, told.kind)] or told.evidence
        return tuple(sorted(kept | ({MEMBER} if self.evidence.issuperset(listed_by) else set())))

    def _lists(self, id: str, kind: type[Resource]) -> bool:
        evidence = self._by_id[id]
        operation = self._sources[evidence.source].operations.get(evidence.operation)
        return operation is not None and kind in operation.creates
