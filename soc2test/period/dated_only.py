"""A control's populations with no more of its own kind than what is dated between two days."""

from collections.abc import Iterable, Sequence
from datetime import date, tzinfo
from typing import Any

from soc2test.controls.control import Control
from soc2test.evaluation.event_days import known_day
from soc2test.populations.population import Gap, Population
from soc2test.resources.resource import Resource

__all__ = ["DatedOnly"]


class DatedOnly:
    """Wraps the populations of a snapshot; what has no date is left out."""

    def __init__(self, kinds: Any, control: Control, days: tuple[date, date], zone: tzinfo) -> None:
        self._kinds, self._control, self._days, self._zone = kinds, control, days, zone

    def __getattr__(self, name: str) -> Any:
        return getattr(self._kinds, name)

    def members(self, kind: type[Resource]) -> Iterable[Resource]:
        """The resources of a kind."""
        members = self._kinds.members(kind)
        return filter(self._is_within, members) if kind is self._control.kinds[0] else members

    def gaps(self, kind: type[Resource]) -> Sequence[Gap]:
        """What the population lacks."""
        gaps: Sequence[Gap] = self._kinds.gaps(kind)
        return gaps

    def population(self, kind: type[Resource]) -> Population[Any]:
        """The population in memory."""
        whole: Population[Any] = self._kinds.population(kind)
        if kind is not self._control.kinds[0]:
            return whole
        return Population(kind, tuple(filter(self._is_within, whole.members)), whole.gaps)

    def _is_within(self, resource: Resource) -> bool:
        day = known_day(self._control, resource, self._zone)
        return day is not None and self._days[0] <= day <= self._days[1]
