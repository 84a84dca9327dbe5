"""`World`: the resources that a control is proven over. One change of it is a new one, which shares all the rest."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol

from soc2test.errors import UnknownFact
from soc2test.populations.population import Gap, Population
from soc2test.populations.teller import Teller
from soc2test.resources.resource import Resource, build, kind_of, known_and_unknown

__all__ = ["Behind", "Nothing", "World", "copy_of", "known_fact", "known_facts", "with_fact", "without_fact"]

_WHY = ("unknown_fact", "the proof takes it away")


class Behind(Protocol):
    """What stands behind kinds and sources, as an inventory tells it."""

    def sources(self, kind: type[Resource]) -> Sequence[str]:
        """Names of the sources that tell a kind."""
        ...

    def constants(self, kind: type[Resource]) -> Mapping[str, Any]:
        """The facts that each member of a kind has by what the kind is."""
        ...

    def nature(self, source: str) -> str:
        """What stands behind the facts of a source."""
        ...


class Nothing:
    """Behind a world that was made up: one source, which tells all."""

    def sources(self, kind: type[Resource]) -> Sequence[str]:
        """The one that tells all."""
        return ("proof",)

    def constants(self, kind: type[Resource]) -> Mapping[str, Any]:
        """None are declared."""
        return {}

    def nature(self, source: str) -> str:
        """A system's word, so that no verdict depends on it."""
        return "system"


class World:
    """The resource under test and the populations that the control joins, all complete.

    It is what `soc2test.evaluation` takes its populations from. `subject` is None for a control over
    populations alone.
    """

    def __init__(
        self, subject: Resource | None, lists: Mapping[type[Resource], tuple[Resource, ...]], behind: Behind
    ) -> None:
        self.subject = subject
        self.lists = lists
        self._behind = behind
        self._populations: dict[type[Resource], Population[Any]] = {}
        self._resources: tuple[Resource, ...] | None = None

    def changed(self, old: Resource, new: Resource | None) -> "World":
        """The same with `new` in the place of `old`, or without it."""
        lists = {kind: _replaced(members, old, new) for kind, members in self.lists.items()}
        return self._sharing(new if old == self.subject else self.subject, lists)

    def joined_by(self, more: Resource) -> "World":
        """The same with one resource more in the populations that it belongs to."""
        lists = {kind: (*members, more) if isinstance(more, kind) else members for kind, members in self.lists.items()}
        return self._sharing(self.subject, lists)

    def without(self, kind: type[Resource]) -> "World":
        """The same without any resource of a joined kind."""
        return self._sharing(self.subject, {**self.lists, kind: ()})

    def resources(self) -> tuple[Resource, ...]:
        """All of them once, the one under test first."""
        if self._resources is None:  # each change of a world asks for them
            own = [self.subject] if self.subject is not None else []
            found = [*own, *(member for members in self.lists.values() for member in members)]
            self._resources = tuple(dict.fromkeys(found))
        return self._resources

    def now(self, resource: Resource) -> Resource:
        """The same resource as it is here; itself where it is not."""
        if self.subject is not None and self.subject == resource:
            return self.subject
        for members in self.lists.values():
            for member in members:
                if member.id == resource.id and member == resource:
                    return member
        return resource

    def _sharing(self, subject: Resource | None, lists: Mapping[type[Resource], tuple[Resource, ...]]) -> "World":
        world = World(subject, lists, self._behind)
        world._populations = {
            kind: known for kind, known in self._populations.items() if lists[kind] is self.lists[kind]
        }
        return world

    # what evaluation asks

    def members(self, kind: type[Resource]) -> Iterable[Resource]:
        """The resource under test alone."""
        return [self.subject] if self.subject is not None else []

    def gaps(self, kind: type[Resource]) -> Sequence[Gap]:
        """None: that gaps hold a verdict up is the framework's own promise, tested there."""
        return ()

    def population(self, kind: type[Resource]) -> Population[Any]:
        """A joined population."""
        if kind not in self._populations:
            self._populations[kind] = Population(kind, self.lists.get(kind, ()))
        return self._populations[kind]

    def sources(self, kind: type[Resource]) -> Sequence[str]:
        """Names of the sources that tell a kind."""
        return self._behind.sources(kind)

    def constants(self, kind: type[Resource]) -> Mapping[str, Any]:
        """The facts that each member of a kind has by what the kind is."""
        return self._behind.constants(kind)

    def nature(self, source: str) -> str:
        """What stands behind the facts of a source."""
        return self._behind.nature(source)

    def tellers(self, kind: type[Resource]) -> frozenset[Teller]:
        """No second source is asked: nothing is empty here that matters."""
        return frozenset()

    def declared(self, source: str | None) -> bool:
        """Each source is."""
        return True


def _replaced(members: tuple[Resource, ...], old: Resource, new: Resource | None) -> tuple[Resource, ...]:
    places = [place for place, member in enumerate(members) if member.id == old.id and member == old]
    if not places:  # a population of another kind holds an object of its own for the same resource
        return members
    given: list[Resource | None] = list(members)
    for place in places:
        given[place] = new
    return tuple(member for member in given if member is not None)


def known_facts(resource: Resource) -> dict[str, Any]:
    """The facts that are known of a resource."""
    return known_and_unknown(resource)[0]


def known_fact(resource: Resource, fact: str) -> Any:
    """The value of one fact; None where it is unknown."""
    try:
        return getattr(resource, fact)
    except UnknownFact:
        return None


def copy_of(resource: Resource, id: str) -> Resource:
    """Another resource with the same facts."""
    return build(kind_of(resource), id, *known_and_unknown(resource), resource.origin)


def with_fact(resource: Resource, fact: str, value: Any, *, id: str = "") -> Resource:
    """The same resource, but for one fact; with an `id` another one."""
    known, why = known_and_unknown(resource)
    return build(kind_of(resource), id or resource.id, {**known, fact: value}, why, resource.origin)


def without_fact(resource: Resource, fact: str) -> Resource:
    """The same resource, with one fact unknown."""
    known, why = known_and_unknown(resource)
    left = {name: value for name, value in known.items() if name != fact}
    return build(kind_of(resource), resource.id, left, {**why, fact: _WHY}, resource.origin)
