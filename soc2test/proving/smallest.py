"""The smallest input that shows something: every fact and resource goes that is not needed for it."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from soc2test.proving.world import World, known_facts, without_fact
from soc2test.resources.resource import Resource, kind_of

__all__ = ["in_words", "shrunk", "value_text"]

_LONGEST = 48
_MOST_RESOURCES = 400
"""of more than these only facts of the one under test are taken away"""

Shows = Callable[[World], bool]


def shrunk(world: World, shows: Shows, keep: Mapping[Resource, str]) -> World:
    """The smallest world of which `shows` holds still; of the resources in `keep` the fact named there stays."""
    if len(world.resources()) <= _MOST_RESOURCES:
        for resource in world.resources():
            if resource != world.subject and resource not in keep:
                less = world.changed(resource, None)
                world = less if shows(less) else world
    for resource in world.resources():
        for fact in known_facts(resource):
            if keep.get(resource) != fact:
                now = next(member for member in world.resources() if member == resource)
                less = world.changed(resource, without_fact(now, fact))
                world = less if shows(less) else world
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
