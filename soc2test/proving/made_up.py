"""A world for a control without evidence: facts are made up one by one as it asks for them, until it holds."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin

from soc2test.proving.outcomes import Asked, Outcome
from soc2test.proving.probing import said_by, types_of
from soc2test.proving.world import Nothing, World, with_fact
from soc2test.resources.resource import Origin, Resource, build, fact_names, kind_of

__all__ = ["made_up"]

_MOST = 3000
"""worlds that are tried"""
_DAYS = (-1, -20, -200, -2000, 1, 20)
_ORIGIN = Origin("proof", ("proof",))


def made_up(asked: Asked) -> World | None:
    """A world of one resource of each kind for which the control holds; None where none of those tried does.

    Facts that it does not ask for stay unknown, so that the world is about as small as can be.
    """
    waiting = [_empty(asked)]
    for _ in range(_MOST):
        if not waiting:
            return None
        world = waiting.pop()
        outcome, met = asked.reads(world)
        if outcome is Outcome.HOLDS:
            return world
        if outcome is Outcome.UNKNOWN and met:
            waiting += reversed(list(_filled(asked, world, *met[-1])))
    return None


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
            for value in _likely(types_of(kind_of(resource))[fact], asked, world):
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
        if get_args(type_)[0] is str:
            yield from ((text,) for text in _texts(asked, world))
    elif origin is dict or type_ is dict:
        yield {}


def _texts(asked: Asked, world: World) -> Iterator[str]:
    _, words = said_by(asked)
    yield from dict.fromkeys(("a-text", *words, *(resource.id for resource in world.resources())))
