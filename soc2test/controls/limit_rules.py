"""The limits of a control: their defaults, what soc2.yaml may set, and which values are looser than the default."""

from collections.abc import Mapping
from typing import Any

from soc2test.controls.parameters import Wrong

__all__ = ["DIRECTIONS", "check_limits", "is_looser"]

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


def check_limits(
    limits: Mapping[str, Any],
    least: Mapping[str, float],
    words: Mapping[str, tuple[str, ...]],
    looser: Mapping[str, str],
    wrong: Wrong,
) -> None:
    """Refuse limits that soc2.yaml could not set, defaults that it may not set, and directions without an order."""
    for name, value in limits.items():
        if (text := _unfit(name, value)) is not None:
            raise wrong(text)
    for name in (*least, *words):
        if name not in limits:
            raise wrong(f"least and words name limits, and it has no limit {name!r}")
    for name, value in limits.items():
        if not _may_be_set(name, value, least, words):
            raise wrong(f"the default of {name} is not what soc2.yaml may set")
    if (text := _aimless(looser, limits, words)) is not None:
        raise wrong(text)


def _unfit(name: str, value: object) -> str | None:
    if not name.isidentifier() or name.startswith("_") or name == "items":
        return f"a limit can't be named {name!r}"
    if not isinstance(value, bool | int | float | str | tuple):
        instead = ": write a tuple, " + repr(tuple(value)) if isinstance(value, list | set) else ""
        allowed = "allowed are bool, int, float, str and a tuple of texts"
        return f"limit {name} is a {type(value).__name__}, {allowed}{instead}"
    if isinstance(value, tuple) and not all(isinstance(text, str) for text in value):
        return f"limit {name} is a tuple that holds more than texts: soc2.yaml could not set it"
    return None


def _may_be_set(name: str, value: Any, least: Mapping[str, float], words: Mapping[str, tuple[str, ...]]) -> bool:
    given = value if isinstance(value, tuple) else (value,)
    if name in words and not set(given) <= set(words[name]):
        return False
    return name not in least or (isinstance(value, int | float) and value >= least[name])


def _aimless(looser: Mapping[str, str], limits: Mapping[str, Any], words: Mapping[str, tuple[str, ...]]) -> str | None:
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
