"""How these tests read plans and states: files on disk, through the framework's own stations, to an inventory."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from soc2test import Resource
from soc2test.evidence.read_limits import ReadLimits
from soc2test.inventory.dating import Clock
from soc2test.inventory.inventory import Inventory
from soc2test.inventory.load import Loaded, Request, load_inventory
from soc2test_plugins.terraform import soc2_claim
from soc2test_plugins.terraform.source import terraform

K = TypeVar("K", bound=Resource)
Made = tuple[dict[str, Any], dict[str, Any]]
"""A change of a plan, and the resource's entry in the configuration."""

AS_OF = datetime(2026, 11, 20, 12, tzinfo=UTC)
SAMPLES = Path(__file__).parent / "samples"
HEAD = {"format_version": "1.2", "terraform_version": "1.9.0"}


def made(
    address: str,
    after: dict[str, Any],
    later: Iterable[str] = (),
    *,
    refs: Mapping[str, Sequence[str]] | None = None,
    sets: Iterable[str] = (),
    actions: Sequence[str] = ("create",),
    **more: Any,
) -> Made:
    """A resource of the root module that a plan makes: `later` is known only after apply, `refs` refer to others."""
    type_, _, name = address.partition(".")
    told = {"mode": "managed", "type": type_, "name": name.partition("[")[0]}
    change = {
        "actions": list(actions), "after": after, "after_unknown": dict.fromkeys(later, True),
        "after_sensitive": more.pop("sensitive", {}),
    }  # fmt: skip
    expressions: dict[str, Any] = {key: {"constant_value": 0} for key in (*after, *sets)}
    expressions |= {key: {"references": list(names)} for key, names in (refs or {}).items()}
    config = {**told, "expressions": expressions, **more.pop("config", {})}
    return {"address": address, **told, "change": change, **more}, config


def plan(*resources: Made, **more: Any) -> dict[str, Any]:
    """A plan of these, as `terraform show -json` prints it."""
    entries = {f"{config['type']}.{config['name']}": config for _, config in resources}
    return {
        **HEAD,
        "planned_values": {"root_module": {}},
        "resource_changes": [change for change, _ in resources],
        "configuration": {"root_module": {"resources": list(entries.values())}},
        **more,
    }


def state(*resources: tuple[str, dict[str, Any]], **more: Any) -> dict[str, Any]:
    """A state of these, as `terraform show -json` prints it."""
    return {**HEAD, "values": {"root_module": {"resources": [shown(*each, **more) for each in resources]}}}


def shown(address: str, values: dict[str, Any], **more: Any) -> dict[str, Any]:
    *_, type_, name = address.split(".")
    return {"address": address, "mode": "managed", "type": type_, "name": name, "values": values, **more}


def load(folder: Path, body: Any, name: str = "show.json") -> Inventory:
    """The inventory of one document of the workspace "prod"; a text is written as it is."""
    below = folder / "terraform" / "prod"
    below.mkdir(parents=True, exist_ok=True)
    (below / name).write_text(body if isinstance(body, str) else json.dumps(body))
    return load_folder(folder).inventory


def load_folder(folder: Path) -> Loaded:
    def ask(export: Any) -> list[Any]:
        return [claim for claim in [soc2_claim(export)] if claim is not None]

    request = Request(folder, {"terraform": terraform}, ask, {}, {}, ReadLimits(), Clock(AS_OF, AS_OF))
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
