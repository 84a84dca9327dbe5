"""How these tests read AWS's exports: one item through one declared call, or files through the whole framework."""

import json
import re
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from soc2test import Facts, Resource, Skip, Subject, Unknown
from soc2test.evidence.read_limits import ReadLimits
from soc2test.inventory.dating import Clock
from soc2test.inventory.inventory import Inventory
from soc2test.inventory.load import Request, load_inventory
from soc2test.sources.facts import Counted, Missed, Named
from soc2test.sources.item import wrap
from soc2test_plugins.aws import aws, soc2_claim

K = TypeVar("K", bound=Resource)

AS_OF = datetime(2026, 11, 20, 12, tzinfo=UTC)
ACCOUNT, REGION = "111122223333", "eu-west-1"


def read(operation: str, item: Any, **subject: str) -> list[Facts]:
    """What the function of a call says of one item (or of the body, where it takes it whole)."""
    at = Subject({"account": ACCOUNT, "region": REGION, **subject})
    said = aws.operations[operation].read(wrap(item), at)
    given = [said] if isinstance(said, Facts) else [] if isinstance(said, Skip | Missed | Named | Counted) else said
    return [each for each in given if isinstance(each, Facts)]


def told(operation: str, item: Any, **subject: str) -> dict[str, Any]:
    """The facts of the one resource that an item tells of, unknown ones left out."""
    (only,) = read(operation, item, **subject)
    return known(only)


def known(said: Facts) -> dict[str, Any]:
    """The facts that are not unknown."""
    return {fact: value for fact, value in said.told.items() if not isinstance(value, Unknown)}


def load(folder: Path, files: dict[str, Any]) -> Inventory:
    """The inventory of exports of one account and region: file name without .json -> body; None: an empty file."""
    below = folder / "aws" / ACCOUNT / REGION
    below.mkdir(parents=True, exist_ok=True)
    for name, body in files.items():
        (below / f"{name}.json").write_text("" if body is None else json.dumps(body))
    return load_folder(folder)


def demo_account(folder: Path) -> Inventory:
    """The sample account `demo`, with one number: those who made it put several accounts' into one folder."""
    samples = Path(__file__).parent / "samples" / "demo"
    for path in (path for path in samples.rglob("*") if path.is_file()):
        copy = folder / "demo" / path.relative_to(samples)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_text(re.sub(r"(?<![0-9a-f-])[0-9]{12}(?![0-9a-f])", "123456789012", path.read_text("utf-8")))
    return load_folder(folder)


def load_folder(folder: Path, declared: dict[str, Any] | None = None, problems: Iterable[str] = ()) -> Inventory:
    """The inventory of a folder of exports; what goes wrong in a plugin's function must be named in `problems`."""

    def ask(export: Any) -> list[Any]:
        return [claim for claim in [soc2_claim(export)] if claim is not None]

    request = Request(folder, {"aws": aws}, ask, declared or {}, {}, ReadLimits(), Clock(AS_OF, AS_OF))
    loaded = load_inventory(request)
    assert loaded.problems == tuple(problems)
    return loaded.inventory


def only(inventory: Inventory, kind: type[K]) -> K:
    """The single member of a kind."""
    (found,) = every(inventory, kind)
    return found


def every(inventory: Inventory, kind: type[K]) -> list[K]:
    """All members of a kind."""
    return [each for each in inventory.members(kind) if isinstance(each, kind)]


def gap_codes(inventory: Inventory, kind: type[Resource]) -> set[str]:
    """What the population of a kind lacks."""
    return {gap.code for gap in inventory.gaps(kind)}
