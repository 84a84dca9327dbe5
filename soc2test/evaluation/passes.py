"""The resources of each kind in one evaluation beside those of the evaluation before."""

from collections.abc import Mapping, Sequence
from operator import is_not

import msgspec

from soc2test.evaluation.kinds import Kinds
from soc2test.evaluation.tally import Census
from soc2test.evaluation.unchanged import as_before
from soc2test.populations.population import Gap
from soc2test.resources.resource import Resource
from soc2test.verdicts import Finding

__all__ = ["Pass", "Passes"]


class Pass:
    """The resources of a kind, those of the pass before in place of such as are the same."""

    def __init__(self, resources: Sequence[Resource], before: "Pass | None") -> None:
        changed = None if before is None else _changed(before, resources)
        known_ids = None if before is None or changed is None else before.ids
        self.ids: list[str] = [resource.id for resource in resources] if known_ids is None else known_ids
        self._same_ids = changed is not None
        self.members: list[Resource]
        self.by_id: dict[str, Resource]
        self.new: list[Resource]
        """those that were not there before, or were others"""
        if before is not None and changed is not None:
            self.members = [*before.members]
            others = [before.members[place] for place in changed], [resources[place] for place in changed]
            found, self.new = as_before(*others)
            for place, member in zip(changed, found, strict=True):
                self.members[place] = member
            self.by_id = dict(before.by_id)
            self.by_id |= {resource.id: resource for resource in self.new}
        else:
            known: Mapping[str, Resource] = before.by_id if before is not None else {}
            self.members, self.new = as_before([known.get(id) for id in self.ids], resources)
            self.by_id = dict(zip(self.ids, self.members, strict=True))
        self.repeats = len(self.by_id) != len(self.ids)
        """an id occurs more than once, so that ids don't tell resources apart"""
        self.is_as_before = self._same_ids and not self.new
        self._census: Census | None = before._census if before is not None and self._counts_alike(before) else None
        self._places: dict[str, int] | None = before._places if before is not None and self._same_ids else None

    def _counts_alike(self, before: "Pass") -> bool:
        return self._same_ids and all(known.origin == now.origin for known, now in self._exchanged(before))

    def _exchanged(self, before: "Pass") -> list[tuple[Resource, Resource]]:
        """Resources that were others before, each with what it was."""
        return [(before.by_id[resource.id], resource) for resource in self.new if resource.id in before.by_id]

    def count(self, whole: Census) -> None:
        """Count all of them."""
        if self._census is None:
            whole.add(self.members)
            self._census = whole
        else:
            whole.recall(self._census)

    def in_order(self, findings: Mapping[str, Finding]) -> list[Finding]:
        """The findings in the order in which their resources went by."""
        if self._places is None:
            self._places = {id: place for place, id in enumerate(self.ids)}
        places = self._places
        return sorted(findings.values(), key=lambda finding: places[finding.resource])


def _changed(before: Pass, resources: Sequence[Resource]) -> list[int] | None:
    """Where other objects stand than before; None where there are other ids, or more or fewer."""
    if len(before.members) != len(resources):
        return None
    places = [place for place, other in enumerate(map(is_not, before.members, resources)) if other]
    return places if all(before.ids[place] == resources[place].id for place in places) else None


class _Seen(msgspec.Struct, frozen=True, kw_only=True):
    """A kind in one evaluation."""

    members: Pass
    gaps: tuple[Gap, ...]
    sources: tuple[str, ...]
    declared: tuple[bool, ...]
    """of its sources, of those of its gaps, and of no source"""


class Passes:
    """The kinds of the evaluation at hand, each looked at once, and of the one before."""

    def __init__(self) -> None:
        self._before: dict[type[Resource], _Seen] = {}
        self._now: dict[type[Resource], _Seen] = {}

    def begin(self) -> None:
        """One more evaluation begins."""
        self._before, self._now = self._now, {}

    def of(self, kind: type[Resource], kinds: Kinds) -> Pass:
        """The resources of a kind; the very pass of before where nothing changed."""
        return self._seen(kind, kinds).members

    def before(self, kind: type[Resource]) -> Pass | None:
        """Those of the evaluation before; None where nobody asked for them then."""
        seen = self._before.get(kind)
        return seen.members if seen is not None else None

    def gaps(self, kind: type[Resource], kinds: Kinds) -> tuple[Gap, ...]:
        """What the population of a kind lacks."""
        return self._seen(kind, kinds).gaps

    def is_as_before(self, kind: type[Resource], kinds: Kinds) -> bool:
        """Whether all that is known of a kind is the same as in the evaluation before."""
        before, now = self._before.get(kind), self._seen(kind, kinds)
        return before is not None and before.members is now.members and before == now

    def _seen(self, kind: type[Resource], kinds: Kinds) -> _Seen:
        if kind not in self._now:
            before = self.before(kind)
            members = Pass(list(kinds.members(kind)), before)
            gaps, sources = tuple(kinds.gaps(kind)), tuple(kinds.sources(kind))
            self._now[kind] = _Seen(
                members=before if before is not None and members.is_as_before else members,
                gaps=gaps,
                sources=sources,
                declared=tuple(kinds.declared(source) for source in (*sources, *(gap.source for gap in gaps), None)),
            )
        return self._now[kind]
