"""Results that are those of the evaluation before, since nothing changed that they rest on.

A result rests on the control's functions as far as they ran, on its limits, on the resources, gaps and sources of each
kind that it needs, and on the moment where a function that ran reads it. Where one of these can't be shown to be the
same, the control is evaluated.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from soc2test.controls.control import Control
from soc2test.evaluation.calls import takes
from soc2test.evaluation.kinds import Kinds
from soc2test.evaluation.limits import Limits
from soc2test.evaluation.passes import Passes
from soc2test.evaluation.tally import Members
from soc2test.resources.kinds import EvidenceItem
from soc2test.resources.resource import Resource
from soc2test.verdicts import ControlResult, Limit, Verdict

__all__ = ["KeptResults"]

_OF_NOTHING = ("empty", "unconfirmed", "contradicted")
"""reasons of results for which a second source may have been asked"""
Function = Callable[..., object]


class _Kept(msgspec.Struct, frozen=True, kw_only=True):
    """What one control came to."""

    found: Any
    result: ControlResult
    limits: Mapping[str, Limit]
    asked: frozenset[str]
    told: Sequence[Sequence[Resource]] | None
    """its population as somebody was told of it; None where nobody asked"""


class KeptResults:
    """The results of one evaluation, for the next one."""

    def __init__(self, passes: Passes, repeatable: Callable[..., bool]) -> None:
        self._passes, self._repeatable = passes, repeatable
        self._kept: dict[str, _Kept] = {}

    def keep(
        self,
        control: Control,
        found: Any,
        limits: Limits,
        asked: Collection[str],
        told: Sequence[Sequence[Resource]] | None,
    ) -> None:
        """What a control came to just now, of which `found.result` is the result."""
        self._kept[control.id] = _Kept(
            found=found,
            result=found.result,
            limits=limits.items(),
            asked=frozenset(asked),
            told=told,
        )

    def standing(
        self,
        controls: Sequence[Control],
        kinds: Kinds,
        limits: Mapping[str, Limits],
        asked: Mapping[str, Collection[str]],
        members: Mapping[str, Members],
        stays: Callable[[Control], bool],
    ) -> Iterator[tuple[Control, Any]]:
        """The controls whose results are those of before, each with that; `members` are told of their populations.

        `stays` tells of a control that ran on single resources whether it says the same of each at this moment.
        """
        # what is asked of exports comes last, once the streamed ones were read
        for control in sorted(controls, key=lambda control: EvidenceItem in control.kinds):
            kept = self._kept.get(control.id)
            if kept is None or kept.asked != frozenset(asked.get(control.id, ())):
                continue
            if kept.told is None and control.id in members:
                continue
            if not _same_limits(kept.limits, limits[control.id].items()):
                continue
            if self._rests_on_the_same(control, kinds, kept.result, stays):
                for batch in (kept.told or ()) if control.id in members else ():
                    members[control.id](batch)
                yield control, kept.found

    def _rests_on_the_same(
        self, control: Control, kinds: Kinds, result: ControlResult, stays: Callable[[Control], bool]
    ) -> bool:
        needed = (*control.kinds, *control.completing)
        if not all(self._passes.is_as_before(kind, kinds) for kind in needed):
            return False
        if control.agrees is not None and (result.reason is None or result.reason.code in _OF_NOTHING):
            return False
        if result.verdict is Verdict.ERROR or result.errors or result.pending:
            return False
        if not all(
            self._is_timeless(function, takes(function), control) for function in self._conditions(control, kinds)
        ):
            return False
        if control.complete is not None:
            second = control.complete
            if not self._is_timeless(second.function, second.injected, control):
                return False
        if control.kind is None:
            return self._is_timeless(control.function, control.injected, control)
        ran = bool(self._passes.of(control.kind, kinds).members)
        return not ran or stays(control)

    def _conditions(self, control: Control, kinds: Kinds) -> Iterator[Function]:
        """Its `where` and those of what it joins, as far as there is anything that they may be asked of."""
        asked = [] if control.kind is None or control.where is None else [(control.where, control.kind)]
        asked += [(where, control.populations[name]) for name, where in control.joins.items()]
        for where, kind in asked:
            gaps = self._passes.gaps(kind, kinds)
            if self._passes.of(kind, kinds).members or any(gap.kinds for gap in gaps):
                yield where

    def _is_timeless(self, function: Function, takes: Collection[str], control: Control) -> bool:
        return "as_of" not in takes and self._repeatable(function, control.limits)


def _same_limits(before: Mapping[str, Limit], now: Mapping[str, Limit]) -> bool:
    """Values of other types are others: 1 is not True."""
    return before == now and all(type(before[name].value) is type(now[name].value) for name in now)
