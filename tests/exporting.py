"""A small vendor and its exports, for tests of the inventory: files on disk, through every station, to populations."""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from soc2test import (
    EVERY,
    Claim,
    ErrorInfo,
    Export,
    Facts,
    Item,
    Resource,
    Source,
    Subject,
    UnknownFact,
    facts,
    unpaged,
)
from soc2test.evidence.read_limits import ReadLimits
from soc2test.inventory.dating import Clock
from soc2test.inventory.inventory import Inventory
from soc2test.inventory.load import Loaded, Request, load_inventory
from soc2test.resources.kinds import DataStore, Identity

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
DAY = timedelta(days=1)


class User(Identity, frozen=True, gc=False, kw_only=True):
    """An account at the vendor."""


class Key(Resource, frozen=True, gc=False, kw_only=True):
    """A key of a user."""

    user: str
    active: bool


class Store(DataStore, frozen=True, gc=False, kw_only=True):
    """A store at the vendor."""

    risky: bool
    """derived"""
    doomed: bool
    """derived from a derived fact"""


def _error(body: Any) -> ErrorInfo | None:
    if isinstance(body, dict) and "fault" in body:
        return ErrorInfo(body["fault"], body.get("http"))
    return None


def vendor(name: str = "cloud", scope: Sequence[str] = ("account", "region")) -> Source:
    """A source whose operations use every rule that a plugin may declare."""
    cloud = Source(
        name, scope=scope, command="cloud {operation}", error=_error, denied=("Denied", "403"), max_age_days=7, dated="taken",
        paging=unpaged,
    )  # fmt: skip
    account = tuple(level for level in scope if level == "account")

    @cloud.reads("users list", kind=User, items="Users", lists=True, scope=account)
    def user(item: Item, at: Subject) -> Facts:
        return facts(item["id"], name=item["name"], email=item["email"], mfa=item["mfa"])

    @cloud.reads("users report", kind=User, items="", lists=True, scope=account)
    def row(item: Item, at: Subject) -> Facts:
        return facts(item["id"], name=item["name"], active=item["active"])

    @cloud.reads("users weak", kind=User, items="Weak", scope=account, others={"password": False})
    def weak(item: Item, at: Subject) -> Facts:
        return facts(item["id"], password=True)

    @cloud.reads("keys list", kind=Key, items="Keys", lists=True, per=User, subject="user", scope=account)
    def key(item: Item, at: Subject) -> Facts:
        return facts(item["id"], user=at["user"], active=item["active"])

    @cloud.reads("stores list", kind=Store, items="Stores", lists=True, next="More")
    def store(item: Item, at: Subject) -> Facts:
        return facts(item["id"], name=item["name"])

    @cloud.reads("stores get-policy", kind=Store, subject="store", absent=["NoPolicy", "404"], empty={})
    def policy(body: Item | None, at: Subject) -> Facts:
        return facts(at["store"], public=False if body is None else body.or_else("open", False))

    @cloud.reads("stores get-tags", kind=Store, subject="store")
    def tags(body: Item, at: Subject) -> Facts:
        return facts(at["store"], owner=body["owner"], classification=body.or_else("class", None))

    @cloud.reads("defaults", kind=Store)
    def defaults(body: Item, at: Subject) -> Facts:
        return facts(EVERY, encrypted=body["encrypted"])

    @cloud.derives(Store, "doomed")
    def doomed(store: Store) -> bool:
        return store.risky and not store.encrypted

    @cloud.derives(Store, "risky")
    def risky(store: Store) -> bool:
        return store.public

    return cloud


def ask_nobody(export: Export) -> list[Claim]:
    return []


def write(root: Path, files: Mapping[str, Any]) -> Path:
    """Exports below `root`: path -> bytes, text, or a value that is written as JSON."""
    for name, body in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        data = body if isinstance(body, bytes) else (body if isinstance(body, str) else json.dumps(body)).encode()
        path.write_bytes(data)
    return root


def load(
    root: Path,
    files: Mapping[str, Any],
    *sources: Source,
    declared: Mapping[str, Mapping[str, Sequence[str]]] | None = None,
    given: datetime | None = NOW,
    now: datetime = NOW,
    ask: Callable[[Export], Sequence[Claim]] = ask_nobody,
    joined: Sequence[type[Resource]] = (),
    limits: ReadLimits | None = None,
) -> Loaded:
    """What these files tell, as of `given`."""
    known = {source.name: source for source in sources or (vendor(),)}
    return load_inventory(
        Request(
            write(root, files), known, ask, declared or {}, {name: each.max_age_days * DAY for name, each in known.items()},
            limits or ReadLimits(), Clock(now, given), joined,
        )
    )  # fmt: skip


def codes(inventory: Inventory, kind: type[Resource]) -> list[str]:
    return [gap.code for gap in inventory.gaps(kind)]


def texts(inventory: Inventory, kind: type[Resource]) -> str:
    return "\n".join(gap.text for gap in inventory.gaps(kind))


def ids(inventory: Inventory, kind: type[Resource]) -> list[str]:
    return [each.id for each in inventory.members(kind)]


def told(inventory: Inventory, kind: type[Resource]) -> dict[str, dict[str, Any]]:
    """Each member's facts; of an unknown one its reason code behind a question mark."""
    return {
        each.id: {name: _fact(each, name) for name in kind.__struct_fields__ if name not in ("id", "origin")}
        for each in inventory.members(kind)
    }


def _fact(resource: Resource, name: str) -> Any:
    try:
        return getattr(resource, name)
    except UnknownFact as error:
        return f"?{error.code}"


HERE = "cloud/012345678901/eu-west-1"


def user(id: str, **more: Any) -> dict[str, Any]:
    return {"id": id, "name": id, "email": f"{id}@acme.example", "mfa": True, **more}
