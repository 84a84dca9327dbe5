"""How these tests read Okta's exports: files on disk, through the framework's own stations, to an inventory."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from soc2test import Resource
from soc2test.evidence.read_limits import ReadLimits
from soc2test.inventory.dating import Clock
from soc2test.inventory.inventory import Inventory
from soc2test.inventory.load import Request, load_inventory
from soc2test_plugins.okta import soc2_claim
from soc2test_plugins.okta.source import okta

K = TypeVar("K", bound=Resource)

SAMPLES = Path(__file__).parent / "samples"
AS_OF = datetime(2026, 11, 20, 12, tzinfo=UTC)
DENIED = {
    "errorCode": "E0000006",
    "errorSummary": "You do not have permission to perform the requested action",
    "errorLink": "E0000006",
    "errorId": "oae1",
    "errorCauses": [],
}


def load(folder: Path, files: dict[str, Any], org: str = "acme") -> Inventory:
    """The inventory of exports that hold these files for one org: name without .json -> body."""
    below = folder / "okta" / org
    below.mkdir(parents=True, exist_ok=True)
    for name, body in files.items():
        (below / f"{name}.json").write_text(json.dumps(body))
    return load_folder(folder)


def load_folder(folder: Path) -> Inventory:
    def ask(export: Any) -> list[Any]:
        return [claim for claim in [soc2_claim(export)] if claim is not None]

    request = Request(folder, {"okta": okta}, ask, {}, {}, ReadLimits(), Clock(AS_OF, AS_OF))
    loaded = load_inventory(request)
    assert loaded.problems == ()
    return loaded.inventory


def only(inventory: Inventory, kind: type[K]) -> K:
    (found,) = every(inventory, kind)
    return found


def every(inventory: Inventory, kind: type[K]) -> list[K]:
    return [each for each in inventory.members(kind) if isinstance(each, kind)]


def gap_codes(inventory: Inventory, kind: type[Resource]) -> set[str]:
    return {gap.code for gap in inventory.gaps(kind)}
