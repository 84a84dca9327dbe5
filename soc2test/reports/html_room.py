"""How the room of `matrix.html` is shared: the page stays below 5 MB, and what had no room is counted."""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

__all__ = ["PAGE", "fitting", "needed", "shares"]

PAGE = 4_900_000
"""Bytes of the page, a tenth of a million less than it may have."""

_TRIED = 50
"""items by which the size of the others is guessed"""

Item = TypeVar("Item")


def shares(needs: Sequence[int], room: int) -> list[int]:
    """How much of `room` each may fill: who needs little all of it, the others equal parts of what is left."""
    given = [0] * len(needs)
    left = max(room, 0)
    smallest_first = sorted(range(len(needs)), key=needs.__getitem__)
    for place, index in enumerate(smallest_first):
        equal_part = left // (len(needs) - place)
        given[index] = min(needs[index], equal_part)
        left -= given[index]
    return given


def needed(items: Sequence[Item], render: Callable[[Item], str]) -> int:
    """About how many bytes they take, told by the first of them."""
    tried = [len(render(item).encode()) for item in items[:_TRIED]]
    if len(items) <= _TRIED:
        return sum(tried)
    # a tenth more: later ones may be longer, and a list that is cut for a few bytes helps nobody
    return len(items) * sum(tried) * 11 // (len(tried) * 10)


def fitting(items: Sequence[Item], render: Callable[[Item], str], room: int) -> Iterator[str]:
    """The first of them as they fit into `room`."""
    for item in items:
        shown = render(item)
        room -= len(shown.encode())
        if room < 0:
            return
        yield shown
