"""Resources of what was told: merged, with the facts that follow from others, and why the rest is unknown."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import msgspec

from soc2test.code_reading.named import names_in
from soc2test.errors import PluginError, UnknownFact
from soc2test.evidence.record import Evidence
from soc2test.merging.fact_natures import ByHand
from soc2test.merging.reasons import Reasons
from soc2test.merging.told import Told, merge
from soc2test.populations.population import Population
from soc2test.resources.fitting import build_fitting
from soc2test.resources.resource import Origin, Resource, Why, fact_names, unknown_reads
from soc2test.sources.calling import call
from soc2test.sources.source import Source

__all__ = ["Builder"]

_VAGUE = ("missing", "unknown_fact")
Derivation = tuple[Callable[..., Any], type[Resource] | None]
"""A function, and the kind whose population it joins."""


class _Facts(msgspec.Struct):
    """What is known of one resource, why the rest is not, and which evidence told what. All of it is its own."""

    told: Told
    known: dict[str, Any]
    unknown: dict[str, Why]
    by: dict[str, str]
    documented: tuple[str, ...]
    by_hand: tuple[str, ...]
    source: Source

    def origin(self) -> Origin:
        """Where they come from."""
        evidence = tuple(self.told.evidence)
        return Origin(self.source.name, evidence, dict(self.by), self.told.tenant, self.documented, self.by_hand)


class _Round(msgspec.Struct):
    """What the derivations of one resource told when each was asked once."""

    values: dict[str, Any] = msgspec.field(default_factory=dict)
    early: dict[str, Any] = msgspec.field(default_factory=dict)
    """of those that met a fact that is still to be derived, and made do without it"""
    reasons: dict[str, Why] = msgspec.field(default_factory=dict)

    @property
    def settled(self) -> dict[str, Any]:
        """Those that count: what was told early may change while another is told."""
        return self.values or self.early


class Builder:
    """Builds one resource after another; `joined` gives the population of a kind that a derivation joins."""

    def __init__(
        self,
        sources: Mapping[str, Source],
        evidence: Iterable[Evidence],
        shows: Mapping[str, set[tuple[type[Resource], str]]],
        reasons: Reasons,
        constants: Callable[[type[Resource]], Mapping[str, Any]],
        joined: Callable[[type[Resource]], Population[Any]],
    ) -> None:
        exports = list(evidence)
        self._sources, self._reasons, self._shows = sources, reasons, shows
        self._constants, self._joined = constants, joined
        self._by_hand = ByHand(sources, exports)
        self._source_of = {each.id: each.source for each in exports}
        self._derived: dict[tuple[str, type[Resource]], Mapping[str, Derivation]] = {}

    def build(self, told: Told) -> Resource:
        """The resource that was told of."""
        facts = self._merged(told)
        resource = self._checked(facts)
        derivations = self._derivations(facts.source, told.kind)
        return self._derive(resource, facts, derivations) if derivations else resource

    def _merged(self, told: Told) -> _Facts:
        words = told.values
        known, unknown, by = merge(words, self._by_hand.evidence)
        source = self._source(told)
        for fact, value in self._constants(told.kind).items():
            if fact not in words:
                known[fact] = value
        documented = self._documented(told, by) if told.shown else ()
        by_hand = self._by_hand.facts_of(told, by, source)
        return _Facts(told, known, unknown, by, documented, by_hand, source)

    def _source(self, told: Told) -> Source:
        """The source that a resource is of: the first of the systems that tell it, whatever rows there are beside."""
        told_by = [self._sources[self._source_of[id]] for id in told.evidence]
        return next((source for source in told_by if source.nature != "record"), told_by[0])

    def _documented(self, told: Told, by: Mapping[str, str]) -> tuple[str, ...]:
        return tuple(fact for fact, evidence in by.items() if self._is_its_own(told.shown.get((fact, evidence))))

    def _is_its_own(self, digest: str | None) -> bool:
        """Whether a document is of one row alone: what several rows name can't show what each of them says."""
        return digest is not None and len(self._shows[digest]) == 1

    def _checked(self, facts: _Facts) -> Resource:
        """Build it; a value of a wrong type ("false" for a boolean) makes its fact unknown instead."""
        told = facts.told
        for name in fact_names(told.kind):
            if name not in facts.known and name not in facts.unknown:
                facts.unknown[name] = self._reasons.why(told, facts.source.name, facts.known, name)
        return build_fitting(told.kind, told.id, facts.known, facts.unknown, facts.origin())

    def _derive(self, resource: Resource, facts: _Facts, derivations: Mapping[str, Derivation]) -> Resource:
        """The resource with what follows from its other facts: a fact may follow from another derived one."""
        waiting = {fact: read for fact, read in derivations.items() if self._may_derive(facts, fact)}
        direct = {fact: facts.unknown[fact][1] for fact in waiting if facts.unknown.get(fact, ("", ""))[0] == "missing"}
        for _ in range(len(waiting) + 1):
            told = self._asked(resource, facts, waiting, direct)
            reasons = {fact: why for fact, why in told.reasons.items() if facts.unknown.get(fact) != why}
            if not told.settled and not reasons:
                break
            self._take_in(told, facts, waiting)
            resource = self._checked(facts)
            waiting = {fact: read for fact, read in waiting.items() if fact not in facts.known}
            if not waiting:
                break
        return resource

    def _asked(
        self, resource: Resource, facts: _Facts, waiting: Mapping[str, Derivation], direct: Mapping[str, str]
    ) -> _Round:
        """What each derivation tells of the resource as it is now."""
        told, source = _Round(), facts.source.name
        for fact, (read, joins) in waiting.items():
            try:
                given = (resource,) if joins is None else (resource, self._joined(joins))
                with unknown_reads() as met:
                    value = call(source, f"derivation of {fact}", read, *given, check=_anything)
                waits = any(id == facts.told.id and name in waiting and name != fact for id, name in met)
                (told.early if waits else told.values)[fact] = value
            except UnknownFact as error:
                if facts.unknown.get(fact, ("missing", ""))[0] in _VAGUE:  # "denied" says more than what follows
                    told.reasons[fact] = (error.code, _beside(error.reason, direct.get(fact)))
            except PluginError as error:  # leaves one fact unknown and hides no other
                told.reasons[fact] = ("plugin", str(error))
        return told

    def _take_in(self, told: _Round, facts: _Facts, waiting: Mapping[str, Derivation]) -> None:
        facts.unknown |= told.reasons
        facts.known |= told.settled
        for fact in told.settled:
            facts.by |= _cited(fact, names_in(facts.told.kind, waiting[fact][0]), facts.by)

    def _derivations(self, source: Source, kind: type[Resource]) -> Mapping[str, Derivation]:
        """Fact -> function and joined kind, of the facts of a kind that a source derives."""
        key = source.name, kind
        if key not in self._derived:
            of_kind = {fact: read for (of, fact), read in source.derived.items() if issubclass(kind, of)}
            self._derived[key] = of_kind
        return self._derived[key]

    def _may_derive(self, facts: _Facts, fact: str) -> bool:
        """The one policy on which unknown facts a derivation may replace: those that nobody told.

        Evidence of the fact that is there and contradicts itself, is null or of a wrong type, and a call about this
        resource that was denied, cut or failed, say more than what follows from other facts.
        """
        if facts.told.tells(fact):
            return False
        return self._reasons.failed(facts.told, facts.source.name, facts.known, fact) is None


def _cited(fact: str, followed: Sequence[str], by: Mapping[str, str]) -> dict[str, str]:
    """The evidence of a derived fact: that of the last told of those facts that it follows from."""
    told = [by[name] for name in followed if name in by]
    return {fact: told[-1]} if told else {}


def _beside(reason: str, direct: str | None) -> str:
    """Why a derivation could not tell a fact, and the call that tells it directly: that one settles it alone."""
    return reason if direct is None or direct in reason else f"{reason}; or {direct}"


def _anything(value: Any) -> None:
    """A value of a wrong type makes its fact unknown where the resource is built."""
