"""The changes that a proof tries: single facts, then crowds, then two facts where one alone shows too little."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta

from soc2test.proving.joins import JoinStudy, crowds
from soc2test.proving.limits import LimitStudy
from soc2test.proving.outcomes import Asked, Outcome
from soc2test.proving.probing import Probe, Site, hints_of, probe, sites_of
from soc2test.proving.values import other_values
from soc2test.proving.weaknesses import unasked
from soc2test.proving.world import World, known_facts
from soc2test.resources.resource import Resource, fact_types, kind_of

__all__ = ["Study"]

_GIVEN = 3
"""members of a joined population that the control was given whose facts are changed"""
_BESIDE = 1
"""members of it that it was not given"""
_OVER_POPULATIONS = 10
"""members of each population that a control over populations is asked about"""
_FOLLOWED = 8
"""deviating changes of which it is asked whether another fact excuses them"""
_LIMITS = 1500
"""times that the control is asked over worlds of one change with other limits"""
_JOINS = 500
"""times that it is asked with other joined populations"""
_PAIRS = 2500
"""times that it is asked over worlds of two changes, where one alone shows too little"""
_REST = 400
"""times that it is asked for facts that its code names and that it did not ask for before"""
_EDGES = 3
"""worlds in which it is looked for where a fact turns the outcome"""
_PER_FACT = 8
"""values of one fact that are combined with another's"""

_LATELY = timedelta(days=40)

Turn = tuple[World, Outcome]


class Study:
    """One control and what was tried with it; `deviating` is the first world that it calls a deviation."""

    def __init__(self, asked: Asked, worlds: Sequence[World]) -> None:
        self._asked = asked
        self._worlds = worlds
        self.limits = LimitStudy(asked)
        self.joins = JoinStudy(asked)
        self.probes: list[Probe] = []
        self.deviating: World | None = None
        self.changes = 0
        self.noticed = 0
        self._crowds: list[Turn] = []
        self._edged: Counter[str] = Counter()
        """fact -> in how many worlds it is known where the outcome turns"""

    def change_facts(self) -> None:
        """Change each fact that the control reads, of the resource under test and of some that it joins."""
        decided: set[str] = set()
        for world in self._worlds:
            before, _ = self._asked.reads(world)
            sites = [site for site in _sites(world) if site.resource == world.subject or site.name not in decided]
            found = [one for site in sites if (one := self._probe(world, before, site)) is not None]
            found += self._excuses(found, sites)
            decided |= {one.site.name for one in found if one.decides}

    def change_crowds(self) -> None:
        """Take away joined resources, and add copies of them."""
        for world in self._worlds[:1]:
            before = self._asked.outcome(world)
            for other in crowds(world):
                outcome = self._asked.outcome(other)
                self._count(other, outcome, before)
                self._crowds.append((other, outcome))

    def go_deeper(self) -> None:
        """Look at limits and joins in worlds near each edge; change a second fact where that is not enough."""
        near = list(self._near())
        for turn in self._while_it_may(_LIMITS, near):
            self.limits.look(*turn)
        for turn in self._while_it_may(_JOINS, near):
            self.joins.look(*turn)
        for turn in self._while_it_may(_JOINS, near):
            self.joins.look_closer(*turn)
        for world, outcome in self._while_it_may(_PAIRS, self._pairs()):
            if self.deviating is not None and self.limits.done:
                return
            self._count(world, outcome, Outcome.HOLDS)
            self.limits.look(world, outcome)

    def ask_the_rest(self) -> None:
        """Change the facts that the code names and that it did not ask for yet, where one change leads to them."""
        waiting = set(unasked(self._asked.control, self.probes))
        for world, outcome in self._while_it_may(_REST, self._near()):
            if not waiting:
                return
            sites = [site for site in _sites(world) if self._named(site) & waiting]
            while met := self._met(world, sites):
                for site in met:
                    sites.remove(site)
                    if self._probe(world, outcome, site) is not None:
                        waiting -= self._named(site)

    def _named(self, site: Site) -> set[tuple[type[Resource], str]]:
        """The kinds of the control that a resource is of, each with the fact."""
        return {(kind, site.fact) for kind in self._asked.control.kinds if isinstance(site.resource, kind)}

    def _met(self, world: World, sites: Sequence[Site]) -> list[Site]:
        """Those of the facts that the control asks for in a world where none of them is known: one question for all."""
        bare = world
        for site in sites:
            bare = _now(bare, site).unknown(bare)
        _, met = self._asked.reads(bare) if sites else (None, ())
        return [site for site in sites if (site.resource.id, site.fact) in met]

    def _while_it_may(self, times: int, turns: Iterable[Turn]) -> Iterator[Turn]:
        """As many as can be looked at while the control is asked so many times."""
        most = self._asked.meter.asked + times
        for turn in turns:
            if self._asked.meter.asked > most:
                return
            yield turn

    def _probe(self, world: World, before: Outcome, site: Site) -> Probe | None:
        hints = hints_of(self._asked, world, site)
        found = probe(self._asked, world, before, site, hints, edges=self._edged[site.name] < _EDGES)
        if found is None:
            return None
        if found.edges:
            self._edged[site.name] += 1
        self.probes.append(found)
        self.changes += found.changes
        self.noticed += found.noticed
        if found.decides and site.resource != world.subject:
            self.joins.decided(kind_of(site.resource))
        if self.deviating is None and (bad := found.values(Outcome.DEVIATES)):
            self.deviating = site.become(world, bad[0])
        return found

    def _without(self, world: World, site: Site) -> Probe | None:
        """A deviation of which a fact is unknown."""
        outcome, met = self._asked.reads(site.unknown(world))
        self.changes += 1
        self.noticed += outcome is not Outcome.DEVIATES
        if (site.resource.id, site.fact) not in met or outcome in (Outcome.DEVIATES, Outcome.UNKNOWN):
            return None
        value = known_facts(site.resource)[site.fact]
        found = Probe(world=world, before=Outcome.DEVIATES, site=site, value=value, unknown=outcome, tried=())
        self.probes.append(found)
        return found

    def _count(self, world: World, outcome: Outcome, before: Outcome) -> None:
        self.changes += 1
        self.noticed += outcome is not before
        if self.deviating is None and outcome is Outcome.DEVIATES:
            self.deviating = world

    def _excuses(self, probes: Sequence[Probe], sites: Sequence[Site]) -> Iterator[Probe]:
        """A deviation with one fact more changed, of those that only it leads to, or with one of the others unknown."""
        read = {(found.site.resource, found.site.fact) for found in probes}
        deviating = [(found, bad[0]) for found in probes if (bad := found.values(Outcome.DEVIATES))]
        for found, value in deviating[:_FOLLOWED]:
            world = found.site.become(found.world, value)
            for site in sites:
                if (site.resource, site.fact) not in read:
                    one = self._probe(world, Outcome.DEVIATES, _now(world, site))
                elif (site.resource, site.fact) != (found.site.resource, found.site.fact):
                    one = self._without(world, _now(world, site))
                else:
                    one = None
                if one is not None:
                    yield one

    def _near(self) -> Iterator[Turn]:
        """The worlds to begin with, those on either side of each edge, and those of one change, decisive ones first."""
        for world in self._worlds:
            yield world, self._asked.outcome(world)
        for found in self.probes:
            for edge in found.edges:
                yield found.site.become(found.world, edge.below), edge.at_below
                yield found.site.become(found.world, edge.above), edge.at_above
        singles = [turn for found in self.probes for turn in _singles(found)]
        singles.sort(key=lambda turn: turn[1] is not Outcome.DEVIATES)
        yield from singles
        yield from self._crowds

    def _pairs(self) -> Iterator[Turn]:
        """Worlds of two changes: after each single one, each fact of the resource under test and of those joined."""
        lately = [found for found in self.probes if isinstance(found.value, datetime)]
        for found in [*lately, *(found for found in self.probes if found not in lately)]:
            for world, outcome in [*self._recent(found), *_singles(found)]:
                if outcome is not Outcome.DEVIATES or self.limits.open:
                    yield from self._second_changes(world, found.site)

    def _recent(self, found: Probe) -> Iterator[Turn]:
        """Worlds in which something happened lately: limits of days bear on that."""
        for value, outcome in found.tried:
            if isinstance(value, datetime) and timedelta(0) < self._asked.as_of - value <= _LATELY:
                yield found.site.become(found.world, value), outcome

    def _second_changes(self, world: World, first: Site) -> Iterator[Turn]:
        for site in _sites(world):
            if (site.resource, site.fact) == (first.resource, first.fact):
                continue
            value = known_facts(site.resource)[site.fact]
            type_ = fact_types(kind_of(site.resource))[site.fact]
            for other in other_values(type_, value, hints_of(self._asked, world, site))[:_PER_FACT]:
                changed = site.become(world, other)
                yield changed, self._asked.outcome(changed)


def _singles(found: Probe) -> Iterator[Turn]:
    """Of the values of one fact one for each outcome, and each text, since it may name a limit of its own."""
    seen: set[Outcome] = set()
    for value, outcome in found.tried:
        if outcome not in seen or isinstance(value, str):
            seen.add(outcome)
            yield found.site.become(found.world, value), outcome


def _now(world: World, site: Site) -> Site:
    """The same fact of the resource as it is in another world."""
    return Site(world.now(site.resource), site.fact)


def _sites(world: World) -> Iterator[Site]:
    """The facts of the resource under test, and of some members of each joined population."""
    if world.subject is not None:
        yield from sites_of(world.subject)
    for kind, members in world.lists.items():
        for member in _some(world, kind, members):
            if member != world.subject:
                yield from sites_of(member)


def _some(world: World, kind: type[Resource], members: Sequence[Resource]) -> list[Resource]:
    if world.subject is None:
        return list(members[:_OVER_POPULATIONS])
    given = list(dict.fromkeys(world.population(kind).given))[:_GIVEN]
    return [*given, *[member for member in members if member not in given][: _BESIDE if given else _GIVEN]]
