"""The time zones of the snapshots of a period, where they are not those of its days: its days are of one alone."""

from itertools import groupby

import msgspec

from soc2test.period.calendar import Period
from soc2test.period.observed import Snapshot
from soc2test.reports.ranges import records_text
from soc2test.verdicts import ControlResult

__all__ = ["ZonesThen"]


class ZonesThen:
    """Takes the snapshots of up to the report date, oldest first."""

    def __init__(self, period: Period) -> None:
        self._period = period
        self._zones: list[tuple[str, int]] = []

    def take(self, snapshot: Snapshot, zone: str) -> None:
        """One more, with the `time_zone` of its soc2.yaml."""
        self._zones.append((zone, snapshot.number))

    def beside(self, result: ControlResult) -> ControlResult:
        """The result with a note where one of them had another zone than that by which days are counted."""
        own = str(self._period.zone)
        if result.period is None or all(zone == own for zone, _ in self._zones):
            return result
        runs = [(zone, [number for _, number in run]) for zone, run in groupby(self._zones, key=lambda pair: pair[0])]
        told = ", ".join(f"{zone} in {records_text(numbers)}" for zone, numbers in runs)
        note = f"time_zone of soc2.yaml was {told}: days are those of {own}"
        over = msgspec.structs.replace(result.period, notes=(*result.period.notes, note))
        return msgspec.structs.replace(result, period=over)
