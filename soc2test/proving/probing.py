"""One fact of one resource changed in every way: what the control says of each."""

from collections.abc import Iterator
from typing import Any

import msgspec

from soc2test.proving.code_words import words_in
from soc2test.proving.edges import Edge, edges_in
from soc2test.proving.outcomes import Asked, Outcome
from soc2test.proving.values import Hints, is_ordered, other_values
from soc2test.proving.world import World, known_fact, known_facts, with_fact, without_fact
from soc2test.resources.resource import Resource, fact_names, fact_types, kind_of

__all__ = ["Probe", "Site", "hints_of", "probe", "said_by", "sites_of"]

_MOST_SEEN = 12
_NAME = 100
"""longer texts are no names"""


class Site(msgspec.Struct, frozen=True):
    """A fact of one resource of a world."""

    resource: Resource
    fact: str

    @property
    def name(self) -> str:
        """As it is printed: "Identity.mfa"."""
        return f"{kind_of(self.resource).__name__}.{self.fact}"

    @property
    def names(self) -> tuple[str, ...]:
        """The same by each kind that the resource is of: "IamUser.owner", "Identity.owner"."""
        kinds = [kind for kind in kind_of(self.resource).__mro__ if issubclass(kind, Resource)]
        return tuple(f"{kind.__name__}.{self.fact}" for kind in kinds if self.fact in fact_names(kind))

    def unknown(self, world: World) -> World:
        """The world in which nobody tells it."""
        return world.changed(self.resource, without_fact(self.resource, self.fact))

    def become(self, world: World, value: Any) -> World:
        """The world in which it has another value."""
        return world.changed(self.resource, with_fact(self.resource, self.fact, value))


class Probe(msgspec.Struct, frozen=True):
    """What came of changing one fact that the control reads."""

    world: World
    before: Outcome
    site: Site
    value: Any
    unknown: Outcome
    tried: tuple[tuple[Any, Outcome], ...]
    edges: tuple[Edge, ...] = ()

    def values(self, outcome: Outcome) -> list[Any]:
        """The values of which came that outcome, the plainest first."""
        return [value for value, found in self.tried if found is outcome]

    @property
    def noticed(self) -> int:
        """How many changes the control noticed, the fact's absence among them."""
        return sum(found is not self.before for _, found in (("", self.unknown), *self.tried))

    @property
    def changes(self) -> int:
        """How many were tried."""
        return 1 + len(self.tried)

    @property
    def decides(self) -> bool:
        """True where a value of the fact turns the outcome."""
        return any(found is not self.before for _, found in self.tried)


def sites_of(resource: Resource) -> Iterator[Site]:
    """The known facts of a resource."""
    return (Site(resource, fact) for fact in known_facts(resource))


def probe(asked: Asked, world: World, before: Outcome, site: Site, hints: Hints, *, edges: bool = True) -> Probe | None:
    """Change a fact in every way; None where the control does not read it in this world.

    Where the outcome turns is looked for with `edges`: that takes fifty questions for a moment.
    """
    unknown, met = asked.reads(site.unknown(world))
    if (site.resource.id, site.fact) not in met:
        return None
    value = known_facts(site.resource)[site.fact]
    type_ = fact_types(kind_of(site.resource))[site.fact]

    def outcome(other: Any) -> Outcome:
        return asked.outcome(site.become(world, other))

    tried = tuple((other, outcome(other)) for other in other_values(type_, value, hints))
    ordered = [(other, found) for other, found in ((value, before), *tried) if is_ordered(other)]
    found = tuple(edges_in(ordered, outcome, _verdicts)) if edges and len(ordered) > 1 else ()
    return Probe(world=world, before=before, site=site, value=value, unknown=unknown, tried=tried, edges=found)


def hints_of(asked: Asked, world: World, site: Site) -> Hints:
    """What makes values likely to matter for a fact: limits, words of the code, and what else the world holds."""
    own = kind_of(site.resource)
    seen: list[Any] = []
    for other in world.resources():
        if len(seen) == _MOST_SEEN:
            break
        if kind_of(other) is own and other != site.resource:
            value = known_fact(other, site.fact)
            if value is not None and value not in seen:
                seen.append(value)
    numbers, words = said_by(asked)
    return Hints(as_of=asked.as_of, numbers=numbers, words=(*words, *_names(world)), seen=tuple(seen))


def said_by(asked: Asked) -> tuple[tuple[float, ...], tuple[str, ...]]:
    """Numbers and words of a control's limits and code: "critical" of `critical_days`, words that it compares with."""
    limits = {name: limit.value for name, limit in asked.limits.items().items()}
    numbers = [value for value in limits.values() if isinstance(value, int | float) and not isinstance(value, bool)]
    texts = [value for value in limits.values() if isinstance(value, str)]
    listed = [word for value in limits.values() if isinstance(value, tuple) for word in value[:2]]
    numbers += [int(word) for word in listed if word.isdecimal()]
    parts = [name.partition("_")[0] for name in limits if "_" in name]
    allowed = [word for words in asked.control.words.values() for word in words]
    return tuple(map(float, numbers)), tuple(
        dict.fromkeys([*texts, *listed, *allowed, *parts, *words_in(asked.control)])
    )


def _names(world: World) -> list[str]:
    """How the resource under test is called, by whatever may join it: its id, and its short texts."""
    if world.subject is None:
        return []
    texts = [value for value in known_facts(world.subject).values() if isinstance(value, str)]
    listed = [word for value in known_facts(world.subject).values() if isinstance(value, tuple) for word in value]
    names = [world.subject.id, *texts, *(word for word in listed if isinstance(word, str))]
    return list(dict.fromkeys(name for name in names if name and len(name) <= _NAME))[:_MOST_SEEN]


def _verdicts(first: Outcome, second: Outcome) -> bool:
    return {first, second} == {Outcome.HOLDS, Outcome.DEVIATES}
