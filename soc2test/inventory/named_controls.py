"""Which controls a run knows by name: loaded tests, and those of controls.yaml."""

from collections.abc import Iterator

import msgspec

from soc2test.populations.population import Gap
from soc2test.resources.kinds import NamedControl
from soc2test.resources.resource import Origin, Resource, build

__all__ = ["Named"]


class Named(msgspec.Struct, frozen=True):
    """Ids of controls. What was loaded without them knows of none, and of none that there is not."""

    tests: tuple[str, ...] = ()
    own: tuple[str, ...] = ()
    whole: bool = False
    """all policy files loaded: an id that is not among them is nobody's"""

    def members(self, source: str) -> Iterator[Resource]:
        """Each id once."""
        for id in sorted({*self.tests, *self.own}):
            yield build(NamedControl, id, {}, origin=Origin(source))

    def gaps(self) -> tuple[Gap, ...]:
        """That not all tests are known."""
        text = "not all policy files were loaded, so that not all tests are known"
        return () if self.whole else (Gap("plugin", text),)
