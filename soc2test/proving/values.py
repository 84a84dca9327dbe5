"""What else a fact could be: values of its type that a control may take amiss, the plainest first."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin

import msgspec

__all__ = ["Hints", "is_ordered", "other_values"]

_WORDS = ("", "TODO", "something-else")
"""empty, a placeholder, and a text that means nothing"""
_NUMBERS = (-1, 0, 1, 2, 5, 10, 30, 100, 365, 1000, 1_000_000)
_DAYS = (-4000, -1200, -500, -300, -100, -40, -10, -1, 0, 1, 10, 40, 400, 4000)
_MOST_TEXTS = 8
_MOST_PARTS = 4
"""members of a tuple that are changed singly"""


class Hints(msgspec.Struct, frozen=True):
    """What makes a value likely to matter: the moment, the limits, and what stands elsewhere in the same fact."""

    as_of: datetime
    numbers: tuple[float, ...] = ()
    words: tuple[str, ...] = ()
    seen: tuple[Any, ...] = ()


def other_values(type_: Any, value: Any, hints: Hints) -> list[Any]:
    """Values of `type_` other than `value`, each once."""
    found: list[Any] = []
    for other in _values(type_, value, hints):
        if other != value and not any(other == known and type(other) is type(known) for known in found):
            found.append(other)
    return found


def is_ordered(value: Any) -> bool:
    """True for what has an order and a smallest step: numbers and moments."""
    return isinstance(value, int | float | datetime) and not isinstance(value, bool)


def _values(type_: Any, value: Any, hints: Hints) -> Iterator[Any]:
    origin = get_origin(type_)
    if origin in (Union, UnionType):
        for member in get_args(type_):
            yield from (None,) if member is NoneType else _values(member, value, hints)
    elif origin is Literal:
        yield from get_args(type_)
    elif origin is tuple:
        yield from _tuples(get_args(type_), value, hints)
    elif type_ is bool:
        yield from (False, True)
    elif type_ is str:
        yield from _texts(value, hints)
    elif type_ in (int, float):
        yield from _numbers(type_, value, hints)
    elif type_ is datetime:
        yield from (hints.as_of + timedelta(days=days) for days in _DAYS)
        yield from _some(hints.seen, datetime)
    elif isinstance(type_, type) and issubclass(type_, msgspec.Struct):
        yield from _records(type_, value, hints)
    elif origin is dict or type_ is dict:
        yield {}


def _texts(value: Any, hints: Hints) -> Iterator[str]:
    yield from _WORDS
    if isinstance(value, str) and value:
        yield value.swapcase()
    yield from hints.words
    yield from list(_some(hints.seen, str))[:_MOST_TEXTS]


def _numbers(type_: type, value: Any, hints: Hints) -> Iterator[Any]:
    own = (value,) if isinstance(value, int | float) else ()
    near = (number + step for number in (*own, *hints.numbers) for step in (-1, 0, 1))
    yield from (type_(number) for number in (*_NUMBERS, *near))


def _tuples(of: Sequence[Any], value: Any, hints: Hints) -> Iterator[tuple[Any, ...]]:
    whole = value if isinstance(value, tuple) else ()
    if Ellipsis not in of:  # a record in a tuple's form
        for place, type_ in enumerate(of[: len(whole)]):
            for other in other_values(type_, whole[place], hints):
                yield (*whole[:place], other, *whole[place + 1 :])
        return
    yield ()
    for place in range(min(len(whole), _MOST_PARTS)):
        yield (*whole[:place], *whole[place + 1 :])
    if of[0] is str:
        yield (*whole, "something-else")
        yield from ((*whole, word) for word in hints.words)
    for place in range(min(len(whole), _MOST_PARTS)):
        for other in other_values(of[0], whole[place], msgspec.structs.replace(hints, seen=())):
            yield (*whole[:place], other, *whole[place + 1 :])
    yield from list(_some(hints.seen, tuple))[:_MOST_TEXTS]


def _records(type_: type[msgspec.Struct], value: Any, hints: Hints) -> Iterator[Any]:
    """The same record with one field changed."""
    if not isinstance(value, type_):
        return
    bare = msgspec.structs.replace(hints, seen=())
    for field in msgspec.structs.fields(type_):
        for other in other_values(field.type, getattr(value, field.name), bare):
            yield msgspec.structs.replace(value, **{field.name: other})


def _some(seen: Iterable[Any], type_: type) -> Iterator[Any]:
    return (value for value in seen if isinstance(value, type_) and not isinstance(value, bool))
