"""Which controls look at sources whose evidence may be older than the tool's default."""

from collections.abc import Iterable, Sequence

from soc2test.controls.control import Control
from soc2test.inventory.inventory import Inventory
from soc2test.run import AgeLimit

__all__ = ["older_of"]


def older_of(ages: Sequence[AgeLimit], inventory: Inventory, controls: Iterable[Control]) -> dict[str, list[AgeLimit]]:
    """The controls that look at such sources, each with these; only sources of which there is any export count."""
    exported = {each.source for each in inventory.natures()} if ages else set()
    seen = {age.source: age for age in ages if age.source in exported}
    asked = {
        control.id: {source for kind in control.kinds for source in inventory.sources(kind)}
        for control in (controls if seen else ())
    }
    of_control = {id: [seen[source] for source in sorted(seen) if source in asked[id]] for id in asked}
    return {id: own for id, own in of_control.items() if own}
