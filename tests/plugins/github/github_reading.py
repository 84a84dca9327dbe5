"""How these tests read GitHub's exports: files on disk, through the framework's own stations, to an inventory."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from soc2test import Resource
from soc2test.evidence.read_limits import ReadLimits
from soc2test.inventory.dating import Clock
from soc2test.inventory.inventory import Inventory
from soc2test.inventory.load import Request, load_inventory
from soc2test_plugins.github import soc2_claim
from soc2test_plugins.github.source import github

K = TypeVar("K", bound=Resource)

AS_OF = datetime(2026, 11, 20, 12, tzinfo=UTC)


SAMPLES = Path(__file__).parent / "samples"


def sample(name: str) -> Any:
    """An example of GitHub's reference."""
    return json.loads((SAMPLES / f"{name}.json").read_text())


def user(login: str, **more: Any) -> dict[str, Any]:
    return {"login": login, "id": 1, "node_id": "U_1", "type": "User", "site_admin": False, **more}


def error(message: str, status: str) -> dict[str, str]:
    return {"message": message, "documentation_url": "https://docs.github.com/rest", "status": status}


def repo(name: str = "web", **more: Any) -> dict[str, Any]:
    return {"name": name, "private": True, "archived": False, "default_branch": "main", **more}


def load(folder: Path, files: dict[str, Any], org: str = "acme") -> Inventory:
    """The inventory of exports that hold these files for one organisation: name without .json -> body (or text)."""
    below = folder / "github" / org
    below.mkdir(parents=True, exist_ok=True)
    for name, body in files.items():
        (below / f"{name}.json").write_text(body if isinstance(body, str) else json.dumps(body))
    return load_folder(folder)


def load_folder(folder: Path) -> Inventory:
    def ask(export: Any) -> list[Any]:
        return [claim for claim in [soc2_claim(export)] if claim is not None]

    request = Request(folder, {"github": github}, ask, {}, {}, ReadLimits(), Clock(AS_OF, AS_OF))
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
