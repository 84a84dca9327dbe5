"""The limits of each control as they were in force from day to day, as the snapshots show."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from datetime import date, datetime, tzinfo

from soc2test.evaluation.limits import Limits
from soc2test.verdicts import LimitValue

__all__ = ["LimitsInForce"]


class LimitsInForce:
    """Learns the limits of one snapshot after the other; nothing in a newer one reaches back."""

    def __init__(self, zone: tzinfo) -> None:
        self._zone = zone
        self._since: dict[str, list[tuple[date, Limits]]] = {}

    def learn(self, moment: datetime, limits: Mapping[str, Limits]) -> None:
        """What a snapshot of this moment shows."""
        day = moment.astimezone(self._zone).date()
        for id, given in limits.items():
            known = self._since.setdefault(id, [])
            if not known or _values(known[-1][1]) != _values(given):
                known.append((day, given))

    def on(self, id: str, day: date) -> Limits:
        """Those of a day: of the newest snapshot of up to it, else of the first."""
        known = self._since[id]
        return known[max(bisect_right([since for since, _ in known], day) - 1, 0)][1]

    def others(self, id: str, days: Iterable[date]) -> list[Limits]:
        """Those of some days that are not the newest ones."""
        known = self._since[id]
        if len(known) == 1:
            return []
        newest = known[-1][1]
        found: list[Limits] = []
        for day in set(days):
            limits = self.on(id, day)
            if limits is not newest and not any(limits is each for each in found):
                found.append(limits)
        return found

    def changes(self, id: str) -> list[tuple[date, Limits]]:
        """From which day on which were in force."""
        return list(self._since.get(id, ()))


def _values(limits: Limits) -> dict[str, LimitValue]:
    return {name: limit.value for name, limit in limits.items().items()}
