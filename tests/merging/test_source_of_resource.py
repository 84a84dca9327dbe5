"""Which source a resource is of that a system and a row kept by hand tell."""

import json
from datetime import UTC, datetime
from pathlib import Path

from soc2test import Device, Facts, Item, Source, Subject, facts, unpaged
from soc2test.evidence.read_limits import ReadLimits
from soc2test.inventory.dating import Clock
from soc2test.inventory.load import Request, load_inventory

AS_OF = datetime(2026, 11, 20, 12, tzinfo=UTC)
rows = Source("rows", scope=("team",), nature="record", paging=unpaged)
vendor = Source("vendor", scope=("team",), nature="system", paging=unpaged)


@rows.reads("devices", kind=Device, items="", lists=True)
def row(item: Item, at: Subject) -> Facts:
    return facts(item["id"], name=item["name"], status=item["status"])


@vendor.reads("devices", kind=Device, items="", lists=True)
def device(item: Item, at: Subject) -> Facts:
    return facts(item["id"], name=item["name"])


def test_it_is_of_the_system_whatever_the_names_of_both(tmp_path: Path) -> None:
    """Evidence of `rows` comes first in the order of names, and the resource is the vendor's all the same."""
    for source in ("rows", "vendor"):
        (tmp_path / source / "core").mkdir(parents=True)
        (tmp_path / source / "core/devices.json").write_text(json.dumps([{"id": "1", "name": "n", "status": "stock"}]))
    sources = {"rows": rows, "vendor": vendor}
    inventory = load_inventory(
        Request(tmp_path, sources, lambda export: [], {}, {}, ReadLimits(), Clock(AS_OF, AS_OF))
    ).inventory
    (found,) = inventory.members(Device)
    assert (found.source, found.origin.by_hand) == ("vendor", ("status",))
