"""Which values of a limit are looser than its default: what a company allows itself beyond what the tool asks."""

from collections.abc import Mapping
from typing import Any

__all__ = ["DIRECTIONS", "check_directions", "is_looser"]

DIRECTIONS = ("higher", "lower", "fewer", "more")
"""In which direction a limit gets looser: numbers and ordered words higher or lower, lists with fewer or more."""


def is_looser(
    name: str, value: Any, default: Any, looser: Mapping[str, str], words: Mapping[str, tuple[str, ...]]
) -> bool:
    """True where `value` of the limit `name` asks less than its default.

    Of a limit without a direction any other value is: nobody has said what it means.
    """
    if value == default and isinstance(value, bool) is isinstance(default, bool):
        return False
    direction = looser.get(name)
    if direction in ("fewer", "more"):
        given, usual = frozenset(value), frozenset(default)
        return not usual <= given if direction == "fewer" else not given <= usual
    if direction in ("higher", "lower"):
        order = words.get(name)
        rank, base = (order.index(value), order.index(default)) if order is not None else (value, default)
        return bool(rank > base if direction == "higher" else rank < base)
    return True


def check_directions(
    looser: Mapping[str, str], limits: Mapping[str, Any], words: Mapping[str, tuple[str, ...]]
) -> str | None:
    """What is wrong with the directions of a control's limits, None where nothing is."""
    for name, direction in looser.items():
        if name not in limits:
            return f"looser= names limits, and it has no limit {name!r}"
        if direction not in DIRECTIONS:
            return f"looser[{name!r}] is {direction!r}, allowed are {', '.join(DIRECTIONS)}"
        lists = isinstance(limits[name], tuple)
        if lists is not (direction in ("fewer", "more")):
            return f"looser[{name!r}] is {direction!r}: a list gets looser with fewer or more, all else higher or lower"
        number = isinstance(limits[name], int | float) and not isinstance(limits[name], bool)
        if not lists and not number and name not in words:
            return f"looser[{name!r}] is {direction!r}: words have an order where words= lists them from low to high"
    return None
