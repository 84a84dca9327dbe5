"""The limits of each control as they were in force from day to day, as the snapshots show."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from datetime import date, datetime, tzinfo

from soc2test.evaluation.limits import Limits
from soc2test.verdicts import LimitValue

__all__ = ["LimitsInForce", "limit_values"]


class LimitsInForce:
    """Learns the limits of one snapshot after the other; nothing in a newer one reaches back."""

    def __init__(self, zone: tzinfo) -> None:
        self._zone = zone
        self._since: dict[str, list[tuple[date, Limits]]] = {}

    def learn(self, moment: datetime, limits: Mapping[str, Limits], *, late: bool) -> None:
        """What a snapshot of this moment shows; one that was recorded `late` shows what was promised later."""
        day = moment.astimezone(self._zone).date()
        for id, given in limits.items():
            known = self._since.setdefault(id, [])
            if not known or (not late and limit_values(known[-1][1]) != limit_values(given)):
                known.append((day, given))

    def on(self, id: str, day: date) -> list[Limits]:
        """Those of a day: of the newest snapshot of up to it, else of the first.

        On a day on which other ones were seen first both are: an event may have come before or after the change.
        """
        known = self._since[id]
        days = [since for since, _ in known]
        newest = max(bisect_right(days, day) - 1, 0)
        before = bisect_left(days, day) - 1
        places = range(max(before, 0), newest + 1) if day in days else (newest,)
        return [known[place][1] for place in places]

    def changes(self, id: str) -> list[tuple[date, Limits]]:
        """From which day on which were in force."""
        return list(self._since.get(id, ()))


def limit_values(limits: Limits) -> dict[str, LimitValue]:
    """The values of limits, by name."""
    return {name: limit.value for name, limit in limits.items().items()}
