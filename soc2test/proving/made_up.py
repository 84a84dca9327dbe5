"""A world for a control without evidence: facts are made up one by one as it asks for them, until it holds."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin

import msgspec

from soc2test.code_reading.reads import facts_that_decide
from soc2test.proving.outcomes import Asked, Outcome
from soc2test.proving.probing import said_by
from soc2test.proving.world import Nothing, World, known_facts, with_fact
from soc2test.resources.resource import Origin, Resource, build, fact_names, fact_types, kind_of

__all__ = ["made_up"]

_MOST = 1500
"""worlds that are tried"""
_DAYS = (-1, -20, -200, -2000, 1, 20)
_ORIGIN = Origin("proof", ("proof",))


def made_up(asked: Asked) -> list[World]:
    """Worlds of one resource of each kind for which the control holds; none where none of those tried does.

    Facts that its code does not name stay unknown. Those that it names and did not ask for are told in two ways: a
    deviation may lead to them.
    """
    world = _holding(asked)
    if world is None:
        return []
    both = [_completed(asked, world, turned=turned) for turned in (False, True)]
    return both if _told(both[0]) != _told(both[1]) else both[:1]


def _completed(asked: Asked, world: World, *, turned: bool) -> World:
    """The world with each further fact that the code names, as far as the control holds still."""
    for resource in world.resources():
        for fact in facts_that_decide(asked.control, kind_of(resource)):
            now = next(member for member in world.resources() if member == resource)
            if fact in known_facts(now):
                continue
            values = list(_likely(fact_types(kind_of(now))[fact], asked, world))
            for value in reversed(values) if turned else values:
                more = world.changed(now, with_fact(now, fact, value))
                if asked.outcome(more) is Outcome.HOLDS:
                    world = more
                    break
    return world


def _told(world: World) -> list[dict[str, Any]]:
    return [known_facts(resource) for resource in world.resources()]


def _holding(asked: Asked) -> World | None:
    """One in which all is told that the control asks for, also where it says something without."""
    waiting, without = [_empty(asked)], None
    for _ in range(_MOST):
        if not waiting:
            break
        world = waiting.pop()
        outcome, met = asked.reads(world)
        if outcome is Outcome.HOLDS and not met:
            return world
        if outcome is Outcome.HOLDS:
            without = without or world
        if met and outcome not in (Outcome.DEVIATES, Outcome.BREAKS):
            waiting += reversed(list(_filled(asked, world, *met[-1])))
    return without


def _empty(asked: Asked) -> World:
    control = asked.control
    kinds = list(dict.fromkeys(control.populations.values()))
    subject = _nothing_known(control.kind, "subject") if control.kind is not None else None
    lists = {kind: (_nothing_known(kind, f"joined-{number}"),) for number, kind in enumerate(kinds, 1)}
    return World(subject, lists, Nothing())


def _nothing_known(kind: type[Resource], id: str) -> Resource:
    return build(kind, id, {}, origin=_ORIGIN)


def _filled(asked: Asked, world: World, id: str, fact: str) -> Iterator[World]:
    """The world with each likely value of a fact that was asked for."""
    for resource in world.resources():
        if resource.id == id and fact in fact_names(kind_of(resource)):
            for value in _likely(fact_types(kind_of(resource))[fact], asked, world):
                yield world.changed(resource, with_fact(resource, fact, value))
            return


def _likely(type_: Any, asked: Asked, world: World) -> Iterator[Any]:
    origin = get_origin(type_)
    if origin in (Union, UnionType):
        members = sorted(get_args(type_), key=lambda member: member is NoneType)
        for member in members:
            yield from (None,) if member is NoneType else _likely(member, asked, world)
    elif origin is Literal:
        yield from get_args(type_)
    elif type_ is bool:
        yield from (True, False)
    elif type_ is str:
        yield from _texts(asked, world)
    elif type_ in (int, float):
        numbers, _ = said_by(asked)
        yield from dict.fromkeys(type_(number) for number in (1, 0, *numbers, 1000))
    elif type_ is datetime:
        yield from (asked.as_of + timedelta(days=days) for days in _DAYS)
    elif origin is tuple:
        yield ()
        yield from ((one,) for one in _likely(get_args(type_)[0], asked, world))
    elif isinstance(type_, type) and issubclass(type_, msgspec.Struct):
        yield from _records(type_, asked, world)
    elif origin is dict or type_ is dict:
        yield {}


def _records(type_: type[msgspec.Struct], asked: Asked, world: World) -> Iterator[Any]:
    """A record of the first likely value of each field."""
    fields = msgspec.structs.fields(type_)
    first = {field.name: next(_likely(field.type, asked, world), None) for field in fields}
    try:
        yield msgspec.convert(first, type_)
    except msgspec.ValidationError:  # a field of a type that nothing is made up for
        return


def _texts(asked: Asked, world: World) -> Iterator[str]:
    _, words = said_by(asked)
    yield from dict.fromkeys(("a-text", *words, *(resource.id for resource in world.resources())))
