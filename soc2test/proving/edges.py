"""Where an outcome turns: the two neighbouring values of a fact or limit between which a control changes its mind."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any, TypeVar

import msgspec

__all__ = ["Edge", "edges_in"]

T = TypeVar("T")
_MICROSECOND = timedelta(microseconds=1)
_HALVINGS = 90
"""more than any number or moment needs"""


class Edge(msgspec.Struct, frozen=True):
    """Two values as near as their type allows, and what came of each."""

    below: Any
    at_below: Any
    above: Any
    at_above: Any


def edges_in(
    tried: Iterable[tuple[Any, T]], ask: Callable[[Any], T], matters: Callable[[T, T], bool]
) -> Iterator[Edge]:
    """The edges between values that were tried, by halving, where it `matters` between which outcomes they lie.

    `ask` says what comes of a value.
    """
    ordered = sorted(dict(tried).items())
    for (low, at_low), (high, at_high) in pairwise(ordered):
        if at_low != at_high and matters(at_low, at_high):
            yield _edge(low, at_low, high, at_high, ask)


def _edge(low: Any, at_low: T, high: Any, at_high: T, ask: Callable[[Any], T]) -> Edge:
    for _ in range(_HALVINGS):
        middle = _between(low, high)
        if middle is None:
            break
        found = ask(middle)
        if found == at_low:
            low = middle
        else:  # a third outcome lies between: the edge to it is as good
            high, at_high = middle, found
    return Edge(below=low, at_below=at_low, above=high, at_above=at_high)


def _between(low: Any, high: Any) -> Any:
    """A value in the middle; None where none lies between them."""
    if isinstance(low, datetime):
        steps = (high - low) // _MICROSECOND
        return low + (steps // 2) * _MICROSECOND if steps > 1 else None
    if isinstance(low, float) or isinstance(high, float):
        middle = (low + high) / 2
        return middle if low < middle < high else None
    return (low + high) // 2 if high - low > 1 else None
