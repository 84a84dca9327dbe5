"""Which controls a run knows by name: loaded tests, and those of controls.yaml."""

from collections.abc import Iterator
from datetime import datetime

import msgspec

from soc2test.populations.population import Gap
from soc2test.resources.kinds import NamedControl
from soc2test.resources.resource import Origin, Resource, build

__all__ = ["Named", "OwnControl"]


class OwnControl(msgspec.Struct, frozen=True):
    """A control of controls.yaml, with the first moments of the days between which it is in force."""

    id: str
    first_day: datetime
    last_day: datetime | None


class Named(msgspec.Struct, frozen=True):
    """Ids of controls. What was loaded without them knows of none, and of none that there is not."""

    tests: tuple[str, ...] = ()
    own: tuple[OwnControl, ...] = ()
    whole: bool = False
    """all policy files loaded: an id that is not among them is nobody's"""

    def members(self, source: str) -> Iterator[Resource]:
        """Each id once; that of a test is one, whatever controls.yaml calls by it too."""
        own = {control.id: control for control in self.own}
        for id in sorted({*self.tests, *own}):
            days = None if id in self.tests else own[id]
            first, last = (None, None) if days is None else (days.first_day, days.last_day)
            yield build(NamedControl, id, {"first_day": first, "last_day": last}, origin=Origin(source))

    def gaps(self) -> tuple[Gap, ...]:
        """That not all tests are known."""
        text = "not all policy files were loaded, so that not all tests are known"
        return () if self.whole else (Gap("plugin", text),)
