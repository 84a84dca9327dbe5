"""Facts of all members of a kind in a scope: told once, and given to each of them."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from soc2test.merging.told import Told
from soc2test.resources.resource import Resource
from soc2test.resources.unknown import Unknown
from soc2test.telling.call_record import TOGETHER, OfAll
from soc2test.telling.told_values import kept

__all__ = ["spread"]

_OLDER = "{} is older than the list that names it, which may be new since: export both together"


def spread(everywhere: Iterable[OfAll], members: Iterable[Told]) -> None:
    """Give members the facts that were told of all members of their kind in a scope."""
    within = _ByScope(members)
    for of_all in everywhere:
        evidence = of_all.evidence
        for told in within.members(of_all.kind, of_all.levels, evidence.subject):
            if told.id in of_all.named:
                continue
            older = of_all.of_the_rest and _is_older(of_all.when, told)
            word = Unknown(_OLDER.format(evidence.id))
            values = {fact: word if older else kept(value) for fact, value in of_all.facts.items()}
            told.tell(of_all.when, evidence.id, values)


def _is_older(when: datetime | None, told: Told) -> bool:
    """Whether a list of some may not have known a member that it does not name."""
    return when is not None and told.listed_at is not None and told.listed_at - when > TOGETHER


class _ByScope:
    """What was told, by kind and by the values of scope levels: there may be as many defaults as accounts."""

    def __init__(self, told: Iterable[Told]) -> None:
        self._told = list(told)
        self._found: dict[tuple[type[Resource], tuple[str, ...]], dict[tuple[str | None, ...], list[Told]]] = {}

    def members(self, kind: type[Resource], levels: tuple[str, ...], subject: Mapping[str, str]) -> list[Told]:
        """What was told of resources of a kind in the scope of a subject, as far as `levels` say."""
        if (kind, levels) not in self._found:
            by_place: dict[tuple[str | None, ...], list[Told]] = {}
            for told in self._told:
                if issubclass(told.kind, kind):
                    by_place.setdefault(tuple(told.at.get(level) for level in levels), []).append(told)
            self._found[kind, levels] = by_place
        return self._found[kind, levels].get(tuple(subject.get(level) for level in levels), [])
