"""What a control says of one world."""

from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from typing import Any

import msgspec

from soc2test.controls.control import Control
from soc2test.evaluation.limits import Limits, limits_of
from soc2test.evaluation.tallying import Tallied, tallied
from soc2test.proving.world import World
from soc2test.resources.resource import unknown_reads
from soc2test.verdicts import Verdict

__all__ = ["Asked", "Meter", "Outcome", "alone"]


class Outcome(StrEnum):
    """What came of it."""

    HOLDS = "holds"
    DEVIATES = "deviates"
    UNKNOWN = "is not evaluated"
    BREAKS = "breaks"
    LEFT_OUT = "is left out"
    PENDING = "is pending"


class Meter:
    """Counts how often a control is asked: what a proof may cost is counted, not timed, so that it ends alike."""

    def __init__(self) -> None:
        self.asked = 0


class Asked(msgspec.Struct, frozen=True):
    """A control with the limits and the moment that it is asked with."""

    control: Control
    limits: Limits
    as_of: datetime
    meter: Meter = msgspec.field(default_factory=Meter)

    def outcome(self, world: World) -> Outcome:
        """What it says of a world."""
        self.meter.asked += 1
        [found] = tallied([self.control], world, {self.control.id: self.limits}, self.as_of)
        return _outcome(found)

    def reads(self, world: World) -> tuple[Outcome, list[tuple[str, str]]]:
        """The same, with the unknown facts that it met, each with the id of its resource, in their order."""
        with unknown_reads() as met:
            outcome = self.outcome(world)
        return outcome, met

    def with_limits(self, **values: Any) -> "Asked":
        """The same control with other limits."""
        given = {name: limit.value for name, limit in self.limits.items().items()}
        return msgspec.structs.replace(self, limits=limits_of(self.control, {**given, **values}))

    def at(self, as_of: datetime) -> "Asked":
        """The same control at another moment."""
        return msgspec.structs.replace(self, as_of=as_of)

    def without_where(self) -> "Asked":
        """The same control, asked of each resource of its kind."""
        return msgspec.structs.replace(self, control=replace(self.control, where=None))


def alone(control: Control) -> Control:
    """A control without what asks other sources whether its population is whole: that is no part of what it tests."""
    return replace(control, complete=None, agrees=None, on_empty="not_evaluated")


def _outcome(found: Tallied) -> Outcome:
    verdict, reason = found.tally.verdict(found.gaps)
    if verdict is Verdict.FAIL:
        return Outcome.DEVIATES
    if verdict is Verdict.ERROR:
        return Outcome.BREAKS
    if verdict is Verdict.PASS:
        return Outcome.HOLDS
    if found.tally.counted("pending"):
        return Outcome.PENDING
    if not len(found.tally.ids) and (reason is None or reason.code == "empty"):
        return Outcome.LEFT_OUT
    return Outcome.UNKNOWN
