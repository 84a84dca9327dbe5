"""What a control joined is its evidence too: each joined population is cited with its digest."""

from typing import Any
from weakref import WeakKeyDictionary

from soc2test.evaluation.digests import DigestSet
from soc2test.evaluation.grounds import Ground, ground_of
from soc2test.populations.population import Population
from soc2test.verdicts import JoinedPopulation

__all__ = ["cited", "grounds_of"]


_cited: WeakKeyDictionary[Population[Any], JoinedPopulation] = WeakKeyDictionary()
"""Many controls join one population, which never changes."""


_grounds: WeakKeyDictionary[Population[Any], frozenset[Ground]] = WeakKeyDictionary()


def grounds_of(population: Population[Any]) -> frozenset[Ground]:
    """What stands behind the members of a joined population."""
    if population not in _grounds:
        _grounds[population] = frozenset(ground_of(member.origin) for member in population.members)
    return _grounds[population]


def cited(population: Population[Any]) -> JoinedPopulation:
    """A joined population as a result names it."""
    if population not in _cited:
        _cited[population] = _cite(population)
    return _cited[population]


def _cite(population: Population[Any]) -> JoinedPopulation:
    ids = DigestSet()
    ids.add(*[member.id for member in population.members])
    evidence = {id for member in population.members for id in member.origin.evidence}
    return JoinedPopulation(
        kind=population.kind.__name__,
        population=len(population.members),
        population_digest=ids.digest() if population.members else None,
        evidence=tuple(sorted(evidence)),
    )
