"""What a proof begins with: resources for which a control holds, as different from each other as its facts tell."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any, Protocol

from soc2test.controls.control import Control
from soc2test.populations.population import Population
from soc2test.proving.code_words import words_in
from soc2test.proving.outcomes import Asked, Outcome
from soc2test.proving.world import Behind, World, known_facts
from soc2test.resources.resource import Resource

__all__ = ["Told", "bases_of"]

_MOST = 4
_LOOKED_AT = 200
"""resources that are asked for one that holds"""
_RECENT = (timedelta(0), timedelta(days=45), timedelta(days=400))


class Told(Behind, Protocol):
    """Where resources come from: an inventory."""

    def members(self, kind: type[Resource]) -> Iterable[Resource]:
        """The resources of a kind."""
        ...

    def population(self, kind: type[Resource]) -> Population[Any]:
        """The whole population of a kind."""
        ...


def bases_of(asked: Asked, told: Told) -> list[World]:
    """Worlds of what an inventory tells for which the control holds; none where it holds for nothing there."""
    control = asked.control
    lists = {kind: tuple(told.population(kind).members) for kind in dict.fromkeys(control.populations.values())}
    found: dict[tuple[object, ...], World] = {}
    for subject in _subjects(control, told):
        shape = _shape(subject, asked)
        if shape not in found:
            world = World(subject, lists, told)
            if asked.outcome(world) is Outcome.HOLDS:
                found[shape] = world
        if len(found) == _MOST:
            break
    return list(found.values())


def _subjects(control: Control, told: Told) -> Iterator[Resource | None]:
    if control.kind is None:
        yield None
        return
    for _, subject in zip(range(_LOOKED_AT), told.members(control.kind), strict=False):
        yield subject


def _shape(subject: Resource | None, asked: Asked) -> tuple[object, ...]:
    """What tells one resource from another to a control: what is true of it, what is there, how long ago, its words."""
    if subject is None:
        return ()
    return tuple((name, _plain(value, asked)) for name, value in known_facts(subject).items())


def _plain(value: Any, asked: Asked) -> str:
    if isinstance(value, datetime):
        return f"since {sum(asked.as_of - value > age for age in _RECENT)}"
    if isinstance(value, str):
        return value if value in words_in(asked.control) else "text"
    if isinstance(value, tuple | Mapping):
        return "some" if value else "none"
    return str(value) if value is None or isinstance(value, bool) else "number"
