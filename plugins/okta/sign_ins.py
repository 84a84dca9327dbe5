"""The kinds of sign-ins that the conditions of rules tell apart.

A sign-in has one risk, and its device one system. It may come from several network zones at once, since the office
lies in a country, and a device may fall under several device assurance policies: of those nobody told that they are
apart, each set is possible, and none is certain but that somebody comes from each, and somebody from nowhere of them.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations, product
from math import prod

import msgspec

from soc2test_plugins.okta.kinds import Condition

__all__ = ["Respect", "SignIn", "certain_sets", "every", "overlap", "respects_of"]

SignIn = Mapping[str, frozenset[str]]
"""Respect -> the values that a sign-in has in it; none: another than those that rules name."""

_MOST_SIGN_INS = 4096
"""Kinds of sign-ins that are looked at; rules that tell more apart are left unread."""
_MOST_OVERLAPPING = 8
_OVERLAPPING = ("network", "device assurance")
_RISKS = ("LOW", "MEDIUM", "HIGH")
_ALL_ZONES = "ALL_ZONES"


class Respect(msgspec.Struct, frozen=True, kw_only=True):
    """What a sign-in may be in one respect, and the sets of it of which one occurs for certain."""

    possible: Sequence[frozenset[str]]
    certain: Sequence[Sequence[frozenset[str]]]


def respects_of(conditions: Iterable[Condition]) -> dict[str, Respect] | None:
    """In which respects the conditions tell sign-ins apart; None where they tell too many apart."""
    named: dict[str, list[tuple[str, ...]]] = {}
    for condition in conditions:
        named.setdefault(condition.respect, []).append(condition.values)
    if any(len(_alike(values)) > _MOST_OVERLAPPING for name, values in named.items() if name in _OVERLAPPING):
        return None
    respects = {name: _respect(name, values) for name, values in named.items()}
    return respects if prod(len(each.possible) for each in respects.values()) <= _MOST_SIGN_INS else None


def every(respects: Mapping[str, Respect]) -> Iterator[tuple[frozenset[str], ...]]:
    """Each kind of sign-in that is possible: what it is in each respect, in their order."""
    return product(*(respect.possible for respect in respects.values()))


def certain_sets(respects: Mapping[str, Respect]) -> Iterator[Iterable[tuple[frozenset[str], ...]]]:
    """Sets of kinds of sign-ins of which one occurs for certain."""
    for sets in product(*(respect.certain for respect in respects.values())):
        yield product(*sets)


def overlap(named: Sequence[Sequence[str]]) -> Respect:
    """Of names that may overlap. Those that always stand together count as one."""
    alike = _alike(named)
    unions = (frozenset().union(*some) for size in range(len(alike) + 1) for some in combinations(alike, size))
    possible = [each for each in unions if _inside_all(each, alike)]
    within = [[each for each in possible if one <= each] for one in alike]
    return Respect(possible=possible, certain=[[frozenset()], *within])


def _respect(name: str, named: Sequence[Sequence[str]]) -> Respect:
    if name in _OVERLAPPING:
        return overlap(named)
    values = _RISKS if name == "risk" else dict.fromkeys(value for values in named for value in values)
    one_each = [frozenset({value}) for value in values] + ([] if name == "risk" else [frozenset[str]()])
    return Respect(possible=one_each, certain=[[each] for each in one_each])


def _alike(named: Sequence[Sequence[str]]) -> list[frozenset[str]]:
    """The names, those together that the same conditions name."""
    by_place: dict[tuple[bool, ...], set[str]] = {}
    for name in sorted({name for names in named for name in names}):
        by_place.setdefault(tuple(name in names for names in named), set()).add(name)
    return [frozenset(names) for names in by_place.values()]


def _inside_all(names: frozenset[str], alike: Sequence[frozenset[str]]) -> bool:
    """What lies in a zone lies in Okta's name for all of them."""
    return not names or _ALL_ZONES in names or not any(_ALL_ZONES in each for each in alike)
