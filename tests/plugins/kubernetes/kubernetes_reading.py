"""How these tests read exports of clusters and manifests: files on disk, through the framework's own stations."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import yaml

from soc2test import Resource
from soc2test.evidence.read_limits import ReadLimits
from soc2test.inventory.dating import Clock
from soc2test.inventory.inventory import Inventory
from soc2test.inventory.load import Loaded, Request, load_inventory
from soc2test_plugins.kubernetes import soc2_claim
from soc2test_plugins.kubernetes.source import kubernetes, manifests

K = TypeVar("K", bound=Resource)

AS_OF = datetime(2026, 11, 20, 12, tzinfo=UTC)
SAMPLES = Path(__file__).parent / "samples"
DIGEST = "@sha256:" + "0" * 64


def thing(kind: str, name: str, api: str = "v1", *, namespace: str | None = None, **more: Any) -> dict[str, Any]:
    metadata = {"name": name, **({} if namespace is None else {"namespace": namespace}), **more.pop("metadata", {})}
    return {"apiVersion": api, "kind": kind, "metadata": metadata, **more}


def container(**more: Any) -> dict[str, Any]:
    return {"name": "c", "image": f"registry.example:5000/web{DIGEST}", **more}


def pod(name: str = "web", *containers: dict[str, Any], metadata: Any = None, **spec: Any) -> dict[str, Any]:
    return thing("Pod", name, metadata=metadata or {}, spec={"containers": list(containers) or [container()], **spec})


def listing(*items: dict[str, Any], **metadata: Any) -> dict[str, Any]:
    """As `kubectl get --output json` prints a list."""
    return {"apiVersion": "v1", "items": list(items), "kind": "List", "metadata": {"resourceVersion": "", **metadata}}


def load(folder: Path, files: dict[str, Any], below: str = "kubernetes/prod") -> Inventory:
    """The inventory of exports that hold these files of one cluster: name -> body (or text)."""
    place = folder / below
    place.mkdir(parents=True, exist_ok=True)
    for name, body in files.items():
        path = place / (name if "." in name.removeprefix("get.") else f"{name}.json")
        path.write_text(body if isinstance(body, str) else json.dumps(body))
    return load_folder(folder).inventory


def planned(folder: Path, *objects: dict[str, Any]) -> Inventory:
    """The inventory of manifests that hold these objects."""
    body = "\n".join(json.dumps(each) for each in objects)
    return load(folder, {"manifests.ndjson": body}, "kubernetes-manifests/prod")


def sample(folder: Path, name: str) -> Inventory:
    """The inventory of one sample, its documents one a line."""
    documents = yaml.safe_load_all((SAMPLES / name).read_text())
    return planned(folder, *(each for each in documents if each))


def load_folder(folder: Path) -> Loaded:
    def ask(export: Any) -> list[Any]:
        return [claim for claim in [soc2_claim(export)] if claim is not None]

    sources = {"kubernetes": kubernetes, "kubernetes-manifests": manifests}
    loaded = load_inventory(Request(folder, sources, ask, {}, {}, ReadLimits(), Clock(AS_OF, AS_OF)))
    assert loaded.problems == ()
    return loaded


def only(inventory: Inventory, kind: type[K]) -> K:
    (found,) = every(inventory, kind)
    return found


def every(inventory: Inventory, kind: type[K]) -> list[K]:
    return [each for each in inventory.members(kind) if isinstance(each, kind)]


def gap_codes(inventory: Inventory, kind: type[Resource]) -> set[str]:
    return {gap.code for gap in inventory.gaps(kind)}
