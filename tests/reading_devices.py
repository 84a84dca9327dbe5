"""What the tests of device managers share: exports of one source on disk, and the devices that they tell of."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from soc2test import Device, Resource, UnknownFact
from soc2test.evidence.read_limits import ReadLimits
from soc2test.inventory.dating import Clock
from soc2test.inventory.inventory import Inventory
from soc2test.inventory.load import Request, load_inventory
from soc2test.sources.source import Source

__all__ = ["AS_OF", "LATELY", "LONG_AGO", "devices_in", "fact_of", "gaps_in", "load"]

AS_OF = datetime(2026, 11, 20, 12, tzinfo=UTC)
LATELY, LONG_AGO = "2026-11-19T08:00:00Z", "2026-10-20T08:00:00Z"


def load(folder: Path, source: Source, scope: str, files: Mapping[str, Any]) -> Inventory:
    """What files below the folder of one scope tell, without a problem of the plugin."""
    below = folder / source.name / scope
    below.mkdir(parents=True, exist_ok=True)
    for name, body in files.items():
        (below / f"{name}.json").write_text(json.dumps(body))
    request = Request(folder, {source.name: source}, lambda export: [], {}, {}, ReadLimits(), Clock(AS_OF, AS_OF))
    loaded = load_inventory(request)
    assert (loaded.problems, loaded.unclaimed) == ((), ())
    return loaded.inventory


def devices_in(inventory: Inventory) -> dict[str, Device]:
    """All devices by their ids."""
    return {device.id: device for device in inventory.members(Device) if isinstance(device, Device)}


def gaps_in(inventory: Inventory, kind: type[Resource] = Device) -> set[str]:
    """The codes of what the population lacks."""
    return {gap.code for gap in inventory.gaps(kind)}


def fact_of(device: Resource, fact: str) -> Any:
    """The fact, "unknown" where it is."""
    try:
        return getattr(device, fact)
    except UnknownFact:
        return "unknown"
