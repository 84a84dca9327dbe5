"""Whether the populations that a control joins decide anything."""

from collections.abc import Iterator

from soc2test.proving.outcomes import Asked, Outcome
from soc2test.proving.probing import hints_of, sites_of
from soc2test.proving.records import Weakness
from soc2test.proving.values import other_values
from soc2test.proving.world import World, copy_of
from soc2test.resources.resource import Resource, fact_types, kind_of

__all__ = ["JoinStudy", "crowds"]

_COPIES = (1, 5, 50)
_MEMBERS = 2
_VALUES = 12


class JoinStudy:
    """Looks at one world after the other; `open` are the kinds of joined populations that have decided nothing yet."""

    def __init__(self, asked: Asked) -> None:
        self._asked = asked
        self.open = {kind: name for name, kind in asked.control.populations.items()}

    def decided(self, kind: type[Resource]) -> None:
        """A change of a member was noticed."""
        for known in [known for known in self.open if issubclass(kind, known)]:
            del self.open[known]

    def look(self, world: World, outcome: Outcome) -> None:
        """Ask the same without the members of each kind."""
        for kind in list(self.open):
            if self._asked.outcome(world.without(kind)) is not outcome:
                del self.open[kind]

    def look_closer(self, world: World, outcome: Outcome) -> None:
        """Ask the same with some members changed."""
        for kind in list(self.open):
            if any(self._asked.outcome(other) is not outcome for other in self._changed(world, kind)):
                del self.open[kind]

    def _changed(self, world: World, kind: type[Resource]) -> Iterator[World]:
        for member in world.lists[kind][:_MEMBERS]:
            if member == world.subject:
                continue
            yield world.joined_by(copy_of(member, "~2"))
            for site in sites_of(member):
                _, met = self._asked.reads(site.unknown(world))
                if (member.id, site.fact) not in met:
                    continue
                type_ = fact_types(kind_of(member))[site.fact]
                value = getattr(member, site.fact)
                for other in other_values(type_, value, hints_of(self._asked, world, site))[:_VALUES]:
                    yield site.become(world, other)

    def unnoticed(self) -> Iterator[Weakness]:
        """The populations that never decided anything."""
        for kind, name in self.open.items():
            text = f"no change of {name} ({kind.__name__}) was noticed"
            yield Weakness("joins_nothing", text, "", (name,))


def crowds(world: World) -> Iterator[World]:
    """Populations with fewer members and with more of a kind: none, one alone, copies of each of the first."""
    for kind, members in world.lists.items():
        yield world.without(kind)
        for member in members[:1]:
            yield world.without(kind).joined_by(member)
        for member in members[: 5 * _MEMBERS]:
            if member != world.subject:
                for copies in _COPIES:
                    more = world
                    for number in range(copies):
                        more = more.joined_by(copy_of(member, f"~{number + 2}"))
                    yield more
