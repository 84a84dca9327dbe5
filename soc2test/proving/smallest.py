"""The smallest input that shows something: every fact and resource goes that is not needed for it."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from soc2test.proving.world import World, known_facts, without_fact
from soc2test.resources.resource import Resource, kind_of

__all__ = ["in_words", "shrunk", "value_text"]

_LONGEST = 48
_MOST_RESOURCES = 400
"""of more than these only facts of the one under test are taken away"""

_QUESTIONS = 600

Shows = Callable[[World], bool]


def shrunk(world: World, shows: Shows, keep: Mapping[Resource, str]) -> World:
    """The smallest world of which `shows` holds still; of the resources in `keep` the fact named there stays.

    Of a large world it is small, and perhaps not the smallest: what is left is asked for `_QUESTIONS` times.
    """
    left = _Questions(shows)
    if len(world.resources()) <= _MOST_RESOURCES:
        for resource in world.resources():
            if resource != world.subject and resource not in keep:
                world = left.smaller(world, world.changed(resource, None))
    for kind in dict.fromkeys(map(kind_of, world.resources())):
        alike = [resource for resource in world.resources() if kind_of(resource) is kind]
        for fact in dict.fromkeys(fact for resource in alike for fact in known_facts(resource)):
            having = [resource for resource in alike if keep.get(resource) != fact]
            world = left.smaller(world, _without(world, having, fact))  # all at once: most often nobody asks for it
    for resource in world.resources():
        for fact in known_facts(resource):
            if keep.get(resource) != fact:
                world = left.smaller(world, _without(world, [resource], fact))
    return world


class _Questions:
    """Asks whether a smaller world still shows it, as long as there are questions left."""

    def __init__(self, shows: Shows) -> None:
        self._shows, self._left = shows, _QUESTIONS

    def smaller(self, world: World, less: World) -> World:
        """The smaller one where it still shows it, else the one that is known to."""
        if not self._left or less is world:
            return world
        self._left -= 1
        return less if self._shows(less) else world


def _without(world: World, resources: Sequence[Resource], fact: str) -> World:
    """The same world without this fact of these resources."""
    for resource in resources:
        now = world.now(resource)
        if fact in known_facts(now):
            world = world.changed(now, without_fact(now, fact))
    return world


def in_words(world: World) -> str:
    """The known facts of all that is left: "Identity(human=true, mfa=false)"."""
    return ", ".join(
        f"{kind_of(resource).__name__}({', '.join(f'{name}={value_text(value)}' for name, value in facts.items())})"
        for resource in world.resources()
        if (facts := known_facts(resource)) or resource == world.subject
    )


def value_text(value: Any) -> str:
    """A value as it is printed, cut where it is long."""
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    text = repr(value)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 3]}..."
