"""Drawing: the order in which items come, and the sample that is its beginning.

The order is by SHA-256 of the text `POPULATION SEED KIND ID`, its parts joined by line feeds, where POPULATION is the
SHA-256 of the list: whoever has the list and the seed draws the same, with any tool. An item that is replaced makes
room for the next of the same order.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import sha256
from itertools import zip_longest
from typing import TypeVar

__all__ = ["SPREADS", "in_order", "spread_by_month"]

SPREADS = ("none", "month")
_Item = TypeVar("_Item")
_MONTH = len("2026-01")


def in_order(items: Iterable[_Item], population: str, seed: str, name: Callable[[_Item], Sequence[str]]) -> list[_Item]:
    """The items in the order in which they are drawn; `name` tells them apart."""
    return sorted(items, key=lambda item: (_key(population, seed, name(item)), *name(item)))


def _key(population: str, seed: str, name: Sequence[str]) -> str:
    return sha256("\n".join((population, seed, *name)).encode()).hexdigest()


def spread_by_month(ordered: Sequence[_Item], day: Callable[[_Item], str]) -> list[_Item]:
    """The same items so that each month gives its first, then each its second, and so on; within a month in order.

    What has no day comes as a month of its own, after the others.
    """
    months: dict[str, list[_Item]] = {}
    for item in ordered:
        months.setdefault(_month(day(item)), []).append(item)
    in_turn = (months[month] for month in sorted(months, key=lambda month: (not month, month)))
    return [*_in_turns(in_turn)]


def _month(day: str) -> str:
    return day[:_MONTH] if day[:1].isdigit() else ""


def _in_turns(groups: Iterable[Sequence[_Item]]) -> Iterator[_Item]:
    missing = object()
    for turn in zip_longest(*groups, fillvalue=missing):
        yield from (item for item in turn if item is not missing)  # type: ignore[misc]  # what is left are items
