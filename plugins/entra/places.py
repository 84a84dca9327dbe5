"""The places that policies name. A sign-in may come from several at once: the office lies in a country, and a trusted
place is one of the named. Of those nobody told that they are apart, each set is possible, and none is certain but that
somebody comes from each, and somebody from nowhere of them.
"""

from collections.abc import Sequence
from itertools import combinations

import msgspec

from soc2test_plugins.entra.kinds import Reach

__all__ = ["Places", "covers_place", "places_of"]

_MOST_PLACES = 8
_EVERYWHERE = "All"


class Places(msgspec.Struct, frozen=True, kw_only=True):
    """From where a sign-in may come, and the sets of it of which one occurs for certain."""

    possible: Sequence[frozenset[str]]
    certain: Sequence[Sequence[frozenset[str]]]


def places_of(reaches: Sequence[Reach]) -> Places | None:
    """The places that policies tell apart; None where they are too many. Those always named together count as one."""
    named = [set(each) for reach in reaches for each in (reach.locations or (), reach.not_locations)]
    alike = _alike(named)
    if len(alike) > _MOST_PLACES:
        return None
    some = (each for size in range(len(alike) + 1) for each in combinations(alike, size))
    possible = [frozenset[str]().union(*each) for each in some]
    within = [[each for each in possible if one <= each] for one in alike]
    return Places(possible=possible, certain=[[frozenset()], *within])


def covers_place(reach: Reach, places: frozenset[str]) -> bool:
    """Whether a policy is for a sign-in from these places at once; one that it leaves out is enough."""
    if not places.isdisjoint(reach.not_locations):
        return False
    return reach.locations is None or not places.isdisjoint(reach.locations)


def _alike(named: Sequence[set[str]]) -> list[frozenset[str]]:
    by_policies: dict[tuple[bool, ...], set[str]] = {}
    for name in sorted({name for names in named for name in names} - {_EVERYWHERE}):
        by_policies.setdefault(tuple(name in names for names in named), set()).add(name)
    return [frozenset(names) for names in by_policies.values()]
