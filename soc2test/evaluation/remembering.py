"""What controls found in the evaluation before, so that of the next one only what may come out otherwise is looked at.

A period evaluates the same controls over one snapshot after the other, of which most resources are the same. What a
control says of a resource is kept by its limits, by the populations that it joins with their gaps, and of one that
reads `as_of` up to the moment at which it may say something else (`moments.py`). It is kept only where the code shows
that it rests on nothing else. What broke or waits is looked at each time, and so is all of a control that takes
fixtures, has exemptions or waivers, or whose `where` reads the moment.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from heapq import heappop, heappush
from typing import Any

import msgspec

from soc2test.code_reading.repeatable import Repeatable
from soc2test.controls.control import Control
from soc2test.controls.deviation import deviation, pending
from soc2test.errors import UnknownFact
from soc2test.evaluation.calls import Call, on_trial, takes
from soc2test.evaluation.exempt import Aside
from soc2test.evaluation.kept_results import KeptResults
from soc2test.evaluation.kinds import Kinds
from soc2test.evaluation.limits import Limits
from soc2test.evaluation.moments import Moment, Trial, Untold
from soc2test.evaluation.outside import by_signal
from soc2test.evaluation.passes import Pass, Passes
from soc2test.evaluation.running import Counted, Raises, run_again, run_on_each
from soc2test.evaluation.tally import Census, Members, Tally
from soc2test.evaluation.unchanged import same_population
from soc2test.populations.population import Population
from soc2test.populations.three_valued import all_of, any_of
from soc2test.resources.resource import Resource
from soc2test.verdicts import Finding

__all__ = ["Remembered"]

_SETTLED = ("deviation", "unknown")
"""what was found and stays so, as long as nothing changes that it rests on"""


class _Kept(msgspec.Struct, kw_only=True):
    """What one control found of the resources of one pass."""

    of: Pass
    as_of: datetime
    limits: str
    joined: Mapping[str, Population[Any]]
    findings: dict[str, Finding] = {}
    open: set[str] = set()
    """ids of resources that are looked at each time"""
    applies: set[str] = set()
    """ids of resources that its `where` takes"""
    examined: list[Resource] = []
    census: Census | None = None
    until: dict[str, datetime] = {}
    due: list[tuple[datetime, str]] = []
    """a heap of the same moments, which may also hold some that count no more"""

    def again(self, now: Pass, as_of: datetime) -> list[Resource]:
        """The resources of which it may say something else than before."""
        ids = {id for id in self.open if id in now.by_id}
        while self.due and self.due[0][0] <= as_of:
            moment, id = heappop(self.due)
            if self.until.get(id) == moment and id in now.by_id:
                ids.add(id)
        new = [] if now is self.of else now.new
        ids -= {resource.id for resource in new}
        return [*new, *(now.by_id[id] for id in sorted(ids))]

    def forget(self, again: Sequence[Resource], now: Pass) -> None:
        """Nothing is known of these any more, nor of what is gone."""
        for resource in again:
            self.findings.pop(resource.id, None)
            self.until.pop(resource.id, None)
            self.open.discard(resource.id)
            self.applies.discard(resource.id)
        if now is not self.of:
            for id in [id for id in self.findings if id not in now.by_id]:
                del self.findings[id]


class Remembered:
    """Runs controls as `run_on_each` does, and keeps what they found for the next time."""

    def __init__(self) -> None:
        self._repeatable = Repeatable((all_of, any_of, deviation, pending), trusted=("soc2test", "soc2test_policies"))
        self._passes = Passes()
        self._results = KeptResults(self._passes, self._repeatable)
        self._kept: dict[str, _Kept] = {}
        self._alike: dict[tuple[int, int], tuple[Population[Any], Population[Any], bool]] = {}

    def begin(self) -> None:
        """One more evaluation begins."""
        self._passes.begin()
        self._alike = {}

    def standing(
        self,
        controls: Sequence[Control],
        kinds: Kinds,
        limits: Mapping[str, Limits],
        as_of: datetime,
        asked: Mapping[str, Collection[str]],
        members: Mapping[str, Members],
    ) -> dict[str, Any]:
        """What controls came to before and come to now, since nothing changed that it rests on; `members` are told."""
        found = self._results.standing(
            controls, kinds, limits, asked, members, lambda control: self._stays(control, as_of)
        )
        return {control.id: before for control, before in found}

    def keep(
        self,
        control: Control,
        found: Any,
        limits: Limits,
        asked: Collection[str],
        told: Mapping[str, Sequence[Sequence[Resource]]],
    ) -> None:
        """What a control came to, and what was told of its population."""
        self._results.keep(control, found, limits, asked, told.get(control.id))

    def _stays(self, control: Control, as_of: datetime) -> bool:
        """Whether a control says the same of each resource as before, if these are the same."""
        kept = self._kept.get(control.id)
        if kept is None or kept.open or kept.as_of > as_of:
            return False
        return not kept.due or kept.due[0][0] > as_of

    def run_on_each(
        self,
        kind: type[Resource],
        kinds: Kinds,
        whole: Census,
        calls: Sequence[Counted],
        raises: Raises,
        as_of: datetime,
    ) -> int:
        """Run the controls on the resources of their kind; how many there were."""
        before, now = self._passes.before(kind), self._passes.of(kind, kinds)
        if now.repeats:
            return run_on_each([now.members], whole, calls, raises, as_of)
        unbound = [tally for call, tally, _ in calls if call.where is None]
        if unbound:
            now.count(whole)
        for members in (tally.members for tally in unbound if tally.members is not None):
            members(now.members)
        for call, tally, aside in calls:
            if self._keeps(tally, aside):
                self._run(call, tally, now, before, raises, as_of)
            else:
                self._kept.pop(tally.control.id, None)
                run_again(now.members, [(call, tally, aside)], raises, as_of)
        return len(now.members)

    def _keeps(self, tally: Tally, aside: Aside | None) -> bool:
        """Whether what a control says of a resource rests on what it is kept by."""
        control = tally.control
        if aside is not None or tally.waiving is not None or control.fixtures:
            return False
        if control.where is not None and "as_of" in takes(control.where):
            return False
        functions = (control.function, control.where, *control.joins.values())
        return all(self._repeatable(function, control.limits) for function in functions)

    def _run(self, call: Call, tally: Tally, now: Pass, before: Pass | None, raises: Raises, as_of: datetime) -> None:
        kept = self._kept.get(tally.control.id)
        if kept is not None and kept.of is before and self._says_the_same(kept, call, tally, as_of):
            again = kept.again(now, as_of)
        else:
            kept = _Kept(of=now, as_of=as_of, limits=repr(tally.limits), joined=call.joined)
            again = now.members
        changed = bool(again) or now is not kept.of
        kept.forget(again, now)
        kept.of, kept.as_of, kept.joined = now, as_of, call.joined
        self._kept[tally.control.id] = kept
        examined = self._look(call, tally, again, raises, as_of)
        found = {finding.resource: finding for finding in tally.findings}
        kept.findings |= found
        kept.open |= {id for id, finding in found.items() if finding.outcome not in _SETTLED}
        if "as_of" in tally.control.injected:
            looked_at = again if call.where is None else examined
            self._find_moments(kept, call, tally, looked_at, raises, as_of)
        if call.where is not None:
            kept.applies |= {resource.id for resource in examined}
            _count_own(kept, tally, now, changed=changed)
        _recall(tally, now, kept.findings)

    def _says_the_same(self, kept: _Kept, call: Call, tally: Tally, as_of: datetime) -> bool:
        """Whether it would say the same of the same resource, but for the moment."""
        if kept.as_of > as_of or kept.limits != repr(tally.limits):
            return False
        return all(self._is_same(kept.joined[name], now) for name, now in call.joined.items())

    def _is_same(self, before: Population[Any], now: Population[Any]) -> bool:
        """Many controls join one population, which is compared once."""
        key = id(before), id(now)
        if key not in self._alike:
            self._alike[key] = before, now, same_population(before, now)
        return self._alike[key][2]

    @staticmethod
    def _look(call: Call, tally: Tally, again: Sequence[Resource], raises: Raises, as_of: datetime) -> list[Resource]:
        """Run a control on some resources; those that its `where` takes."""
        examined: list[Resource] = []
        told = tally.members
        tally.members = examined.extend if call.where is not None else None
        run_again(again, [(call, tally, None)], raises, as_of)
        tally.members = told
        return examined

    def _find_moments(
        self, kept: _Kept, call: Call, tally: Tally, resources: Sequence[Resource], raises: Raises, as_of: datetime
    ) -> None:
        """Until when the control says the same of each resource; where that is not told, it is looked at each time."""
        control = tally.control
        if not self._repeatable(control.function, control.limits, catching=False):
            kept.open |= {resource.id for resource in resources}
            return
        trial = Trial(as_of)
        body = on_trial(control, call, tally.limits, Moment(trial))
        for resource in resources:
            finding = kept.findings.get(resource.id)
            trial.begin()
            how = _tried(body, resource, raises)
            if not trial.told or how != (finding.outcome if finding is not None else "holds"):
                kept.open.add(resource.id)
            elif trial.until is not None:
                kept.until[resource.id] = trial.until
                heappush(kept.due, (trial.until, resource.id))


def _tried(body: Any, resource: Resource, raises: Raises) -> str:
    """What a control says of a resource, in a word; "" where it is none that stays."""
    try:
        return "holds" if body(resource) is None else ""
    except UnknownFact:
        return "unknown"
    except Untold:
        return ""
    except raises.deviation:
        return "deviation"
    except KeyboardInterrupt:
        raise
    except BaseException as caught:  # it broke, or waits: it is looked at each time
        if by_signal(caught):
            raise
        return ""


def _count_own(kept: _Kept, tally: Tally, now: Pass, *, changed: bool) -> None:
    """Count the resources that `where` takes, all of them in their order."""
    if changed or kept.census is None:
        kept.applies &= now.by_id.keys()
        kept.examined = [resource for resource in now.members if resource.id in kept.applies]
        kept.census = Census()
        kept.census.add(kept.examined)
    tally.census.recall(kept.census)
    if tally.members is not None:
        tally.members(kept.examined)


def _recall(tally: Tally, now: Pass, findings: Mapping[str, Finding]) -> None:
    """Give the tally all that is known, as if it had been found just now."""
    found = now.in_order(findings)
    deviating = next((finding for finding in found if finding.outcome == "deviation"), None)
    broken = next((finding for finding in found if finding.outcome == "error"), None)
    tally.recall(
        found,
        first=None if deviating is None else now.by_id[deviating.resource],
        broken=None if broken is None else now.by_id[broken.resource],
    )
