"""How these tests read Google Workspace's exports: files on disk, through the framework's own stations, to an inventory."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from soc2test import Resource
from soc2test.evidence.read_limits import ReadLimits
from soc2test.inventory.dating import Clock
from soc2test.inventory.inventory import Inventory
from soc2test.inventory.load import Loaded, Request, load_inventory
from soc2test_plugins.google_workspace import soc2_claim
from soc2test_plugins.google_workspace.source import google_workspace

K = TypeVar("K", bound=Resource)

AS_OF = datetime(2026, 11, 20, 12, tzinfo=UTC)
SAMPLES = Path(__file__).parent / "samples"
CUSTOMER = "C0123abcd"


def load(folder: Path, files: dict[str, Any]) -> Inventory:
    """The inventory of one customer's exports: name without .json -> body (or text)."""
    below = folder / "google_workspace" / CUSTOMER
    below.mkdir(parents=True, exist_ok=True)
    for name, body in files.items():
        (below / f"{name}.json").write_text(body if isinstance(body, str) else json.dumps(body))
    return load_folder(folder).inventory


def load_folder(folder: Path) -> Loaded:
    def ask(export: Any) -> list[Any]:
        return [claim for claim in [soc2_claim(export)] if claim is not None]

    request = Request(folder, {"google_workspace": google_workspace}, ask, {}, {}, ReadLimits(), Clock(AS_OF, AS_OF))
    loaded = load_inventory(request)
    assert loaded.problems == ()
    return loaded


def only(inventory: Inventory, kind: type[K]) -> K:
    (found,) = every(inventory, kind)
    return found


def every(inventory: Inventory, kind: type[K]) -> list[K]:
    return [each for each in inventory.members(kind) if isinstance(each, kind)]


def gap_codes(inventory: Inventory, kind: type[Resource]) -> set[str]:
    return {gap.code for gap in inventory.gaps(kind)}
