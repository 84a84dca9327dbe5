"""One pass over each kind, and what each control's tally holds after it."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, tzinfo
from types import MappingProxyType
from typing import Any, NamedTuple

from soc2test.controls.control import Control
from soc2test.evaluation.batches import batches
from soc2test.evaluation.calls import Call, bind, relevant
from soc2test.evaluation.complete import Named, lacking
from soc2test.evaluation.exempt import Aside, Exempting
from soc2test.evaluation.kinds import Kinds
from soc2test.evaluation.limits import Limits
from soc2test.evaluation.remembering import Remembered
from soc2test.evaluation.running import Counted, Raises, run_on_each, run_once
from soc2test.evaluation.tally import Census, Members, Tally
from soc2test.evaluation.waiving import Waiving
from soc2test.populations.population import Gap
from soc2test.progress.watch import Watch, nobody
from soc2test.resources.kinds import EvidenceItem
from soc2test.resources.resource import Resource
from soc2test.verdicts import Exemption, Waiver

__all__ = ["Tallied", "tallied"]


class Tallied(NamedTuple):
    """A control whose whole population went by."""

    tally: Tally
    aside: Aside | None
    """the same of its exempt resources, where there are exemptions"""
    gaps: tuple[Gap, ...]
    """what the population of its own kind lacks"""
    seen: int
    """resources of its kind that went by, whether it applies to them or not"""
    lacks: tuple[Named, ...]
    """what `complete=` names that it lacks"""

    @property
    def control(self) -> Control:
        """The control."""
        return self.tally.control


def tallied(
    controls: Sequence[Control],
    kinds: Kinds,
    limits: Mapping[str, Limits],
    as_of: datetime,
    *,
    fixtures: Mapping[str, Any] = MappingProxyType({}),
    raises: Raises = Raises(),  # noqa: B008  # frozen
    exempt: Mapping[str, Sequence[Exemption]] = MappingProxyType({}),
    waivers: Mapping[str, Sequence[Waiver]] = MappingProxyType({}),
    members: Mapping[str, Members] = MappingProxyType({}),
    exempted: Mapping[str, Members] = MappingProxyType({}),
    zone: tzinfo = UTC,
    watch: Watch = nobody,
    remembered: Remembered | None = None,
) -> Iterator[Tallied]:
    """Each control once its kind went by; the parameters are those of `evaluate`."""
    by_kind: dict[type[Resource] | None, list[Control]] = {}
    for control in controls:
        by_kind.setdefault(control.kind, []).append(control)
    # what is asked of exports comes last: streamed ones are read by then, and need not be read once more for it
    for kind, group in sorted(by_kind.items(), key=lambda pair: pair[0] is EvidenceItem):
        whole = Census()
        calls = []
        for control in group:
            call = bind(control, kinds, limits[control.id], as_of, fixtures)
            exempting = Exempting(control, exempt.get(control.id, ()), zone)
            counted = _counted(control, call, limits[control.id], whole, exempting)
            _, tally, aside = counted
            tally.members = members.get(control.id)
            if given_waivers := waivers.get(control.id):
                tally.waiving = Waiving(given_waivers)
            if aside is not None:
                aside.members = exempted.get(control.id)
            calls.append(counted)
        seen = 0
        if kind is None:
            for call, tally, aside in calls:
                run_once(call.body, tally, raises, next(iter(call.joined.values())).members, aside)
        elif remembered is not None:
            watch(_stage(group), 0, None)
            seen = remembered.run_on_each(kind, kinds, whole, calls, raises, as_of)
        else:
            batched = batches(kinds.members(kind), watch, _stage(group))
            seen = run_on_each(batched, whole, calls, raises, as_of)
        for call, tally, aside in calls:
            control = tally.control
            own = [] if kind is None else list(relevant(kinds.gaps(kind), call.where, kinds))
            given = {"limits": limits[control.id], "as_of": as_of}
            lacks: list[Named] = []
            own += lacking(control, kinds.population, given, tuple(kinds.sources(control.kinds[0])), aside, lacks)
            yield Tallied(tally=tally, aside=aside, gaps=tuple(own), seen=seen, lacks=tuple(lacks))


def _stage(group: Sequence[Control]) -> str:
    first, more = group[0].id, len(group) - 1
    return f"{first} and {more} more: resource" if more else f"{first}: resource"


def _counted(control: Control, call: Call, limits: Limits, whole: Census, exempting: Exempting) -> Counted:
    """A control with what counts its findings, and those of its exempt resources apart where there are exemptions."""
    if not exempting:
        return call, Tally(control, limits, call.joined, _shared(control, whole)), None
    aside = Aside(control, limits, call.joined).begin(exempting)
    if control.kind is not None and call.where is None:  # it does not apply to all of its kind any more
        call = call._replace(where=_everything)
    return call, Tally(control, limits, call.joined), aside


def _everything(_: Resource) -> bool:
    return True


def _shared(control: Control, whole: Census) -> Census | None:
    """The census of its kind, for a control that applies to all of it."""
    return whole if control.kind is not None and control.where is None else None
