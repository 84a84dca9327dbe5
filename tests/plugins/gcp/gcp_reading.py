"""How these tests read Google Cloud's exports: files on disk, through the framework's own stations, to an inventory."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from soc2test import Resource
from soc2test.evidence.read_limits import ReadLimits
from soc2test.inventory.dating import Clock
from soc2test.inventory.inventory import Inventory
from soc2test.inventory.load import Loaded, Request, load_inventory
from soc2test_plugins.gcp import soc2_claim
from soc2test_plugins.gcp.source import gcp

K = TypeVar("K", bound=Resource)

AS_OF = datetime(2026, 11, 20, 12, tzinfo=UTC)
SAMPLES = Path(__file__).parent / "samples"
NODE = "//cloudresourcemanager.googleapis.com/"
UPWARD = ["projects/1", "folders/2", "organizations/3"]


def asset(name: str, type_: str, data: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"name": name, "assetType": type_, "ancestors": UPWARD, "resource": {"data": data}, **more}


TYPES = {
    "projects/1": "cloudresourcemanager.googleapis.com/Project",
    "folders/2": "cloudresourcemanager.googleapis.com/Folder",
    "organizations/3": "cloudresourcemanager.googleapis.com/Organization",
    "snapshots": "compute.googleapis.com/Snapshot",
    "serviceAccounts": "iam.googleapis.com/ServiceAccount",
}


def policy(name: str, *bindings: tuple[str, str], **more: Any) -> dict[str, Any]:
    bound = [{"role": role, "members": [member]} for role, member in bindings]
    type_ = next((type_ for part, type_ in TYPES.items() if part in name), "storage.googleapis.com/Bucket")
    return {"name": name, "assetType": type_, "ancestors": UPWARD, "iamPolicy": {"bindings": bound, **more}}


def org_policy(node: str, constraint: str, enforce: bool) -> dict[str, Any]:
    name = f"//orgpolicy.googleapis.com/{node}/policies/{constraint}"
    return asset(name, "orgpolicy.googleapis.com/Policy", {"spec": {"rules": [{"enforce": enforce}]}})


def load(folder: Path, resources: Any = None, policies: Any = None) -> Inventory:
    """The inventory of one project's two exports; a text is written as it is."""
    below = folder / "gcp" / "project=acme-prod"
    below.mkdir(parents=True, exist_ok=True)
    for name, body in (("resource", resources), ("iam-policy", policies)):
        if body is not None:
            text = body if isinstance(body, str) else json.dumps(body)
            (below / f"asset.list.{name}.json").write_text(text)
    return load_folder(folder).inventory


def load_folder(folder: Path) -> Loaded:
    def ask(export: Any) -> list[Any]:
        return [claim for claim in [soc2_claim(export)] if claim is not None]

    request = Request(folder, {"gcp": gcp}, ask, {}, {}, ReadLimits(), Clock(AS_OF, AS_OF))
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
