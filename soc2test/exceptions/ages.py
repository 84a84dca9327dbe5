"""`max_age`: evidence that may be older than its source's own is looser, and needs a clause and who approved it."""

from collections.abc import Iterable, Mapping
from datetime import timedelta

import msgspec

from soc2test.errors import ProgrammeError
from soc2test.exceptions.looser_limits import Policies, wrong_clause
from soc2test.exceptions.named_people import People
from soc2test.exceptions.records import Clause, Place
from soc2test.run import AgeLimit
from soc2test.sources.source import Source

__all__ = ["Ages", "ages_in_force", "ages_without_approval", "needs_people"]

_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)


class Ages(msgspec.Struct, frozen=True):
    """How old the evidence of each source may be, what of it is more than its own, and why some is not in force."""

    allowed: Mapping[str, timedelta]
    longer: tuple[AgeLimit, ...] = ()
    refused: tuple[ProgrammeError, ...] = ()


def ages_without_approval(own: Mapping[str, timedelta], sources: Iterable[Source]) -> Mapping[str, timedelta]:
    """The ages that need nobody's word: the company's `own` where they are no longer than those of the source."""
    return {source.name: min(own.get(source.name, _default(source)), _default(source)) for source in sources}


def needs_people(own: Mapping[str, timedelta], clauses: Mapping[str, Clause], sources: Mapping[str, Source]) -> bool:
    """True where somebody approved a longer age, who has to be looked up."""
    return any(name in clauses for name in _longer(own, sources))


def ages_in_force(
    own: Mapping[str, timedelta],
    clauses: Mapping[str, Clause],
    sources: Mapping[str, Source],
    people: People,
    policies: Policies,
    place: Place,
) -> Ages:
    """The ages in force. `clauses` are by source, `place` is the section `sources` of soc2.yaml.

    `people` and `policies` are those of evidence that needs no approval: a longer age does not vouch for itself.
    """
    allowed = dict(ages_without_approval(own, sources.values()))
    longer, refused = [], []
    for name in _longer(own, sources):
        default, at = _default(sources[name]), place.at(name, "max_age")
        clause = clauses.get(name, Clause(clause=None, approved_by=None, place=at))
        wrong = wrong_clause(clause, "max_age", _in_yaml(own[name]), _in_yaml(default), people, policies)
        if wrong is not None:
            refused.append(wrong)
            continue
        allowed[name] = own[name]
        longer.append(
            AgeLimit(
                source=name,
                hours=own[name] // _HOUR,
                tool_default=default // _HOUR,
                clause=clause.clause or "",
                approved_by=clause.approved_by or "",
            )
        )
    return Ages(allowed=allowed, longer=tuple(longer), refused=tuple(refused))


def _longer(own: Mapping[str, timedelta], sources: Mapping[str, Source]) -> list[str]:
    """The sources whose evidence may be older than they allow by themselves; one that did not load has none."""
    return sorted(name for name, age in own.items() if name in sources and age > _default(sources[name]))


def _default(source: Source) -> timedelta:
    return timedelta(days=source.max_age_days)


def _in_yaml(age: timedelta) -> str:
    return f"{age // _DAY}d" if age % _DAY == timedelta() else f"{age // _HOUR}h"
