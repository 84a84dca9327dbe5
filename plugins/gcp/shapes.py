"""An asset of Cloud Asset Inventory as the readers get it, and the registry of readers by asset type."""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import msgspec

from soc2test import Context, Item, Said, Unknown, UnknownFact, id_text, listed, or_unknown, text

__all__ = [
    "AGEING",
    "CLASSIFICATION",
    "READERS",
    "Asset",
    "ancestors",
    "asset_of",
    "has_key",
    "key_of",
    "reader",
    "section",
    "with_moment",
]

CLASSIFICATION = ("classification", "data-classification", "data_classification", "dataclassification")

AGEING = ("compute.googleapis.com/Disk", "compute.googleapis.com/RegionDisk")
"""Types of assets of which it matters how old they were when they were exported."""

_EXPORTED_AT = "soc2test.exported_at"
_SNAKE = re.compile("_([a-z0-9])")
_FREE = ("annotations", "labels", "metadata", "resourceLabels", "tags", "userLabels")
"""What stands below them is named by the company."""
_NODES = "//cloudresourcemanager.googleapis.com/"


class Asset(msgspec.Struct, frozen=True):
    """One row with its resource: full name, the resource as its own API shows it, and what it inherits from."""

    name: str
    data: Item
    parents: Any
    """asset names, the nearest first; `Unknown` where the row does not say"""
    scope: str
    """the parent that was exported, such as project=acme-prod"""
    exported_at: Any
    """the moment that the export tells of; `Unknown` where the type is none of `AGEING`"""


Reader = Callable[[Asset], Iterable[Said]]

READERS: dict[str, Reader] = {}
"""By asset type."""


def reader(*asset_types: str) -> Callable[[Reader], Reader]:
    """The decorated function reads assets of these types."""

    def declare(function: Reader) -> Reader:
        READERS.update(dict.fromkeys(asset_types, function))
        return function

    return declare


def asset_of(item: Item, scope: str) -> Asset:
    """The asset of a row. Raises `UnknownFact` where the row holds no resource."""
    resource = item.or_else("resource", None)
    if not isinstance(resource, Item) or not isinstance(resource["data"], Item):
        raise UnknownFact("resource", "the row holds no resource: export with --content-type=resource")
    return Asset(
        name=id_text(item["name"]),
        data=_one_spelling(resource["data"]),
        parents=_parents(item, resource),
        scope=scope,
        exported_at=item.time(_EXPORTED_AT),
    )


def with_moment(body: Any, context: Context) -> Any:
    """The body with the moment that it tells of on each asset of a type in `AGEING`."""
    assets = body.get("assets") if isinstance(body, dict) else None
    if not isinstance(assets, list):
        return body
    mark = {_EXPORTED_AT: context.moment.isoformat()}
    # an export may hold a hundred thousand assets: those that nobody asks the age of stay the same objects
    return {**body, "assets": [{**asset, **mark} if _ages(asset) else asset for asset in assets]}


def _ages(asset: Any) -> bool:
    return isinstance(asset, dict) and (asset.get("assetType") or asset.get("asset_type")) in AGEING


def _one_spelling(data: Item) -> Item:
    """Keys as the APIs spell them; some exports have "source_ranges" for "sourceRanges", of some keys or of all."""
    return Item(_respelled(data.raw), "resource.data")


def _respelled(value: Any) -> Any:
    if isinstance(value, list):
        return [_respelled(each) for each in value]
    if not isinstance(value, Mapping):
        return value
    told: dict[str, Any] = {}
    for key, each in value.items():
        name = _SNAKE.sub(lambda match: match[1].upper(), key) if "_" in key else key
        new = each if name in _FREE else _respelled(each)
        both = name in told and told[name] != new
        told[name] = Unknown(f"{name} is told in two spellings, each otherwise", what=name) if both else new
    return told


def _parents(item: Item, resource: Item) -> Any:
    if "ancestors" in item:
        return or_unknown(lambda: ancestors(item))
    if "parent" in resource:
        return or_unknown(lambda: (id_text(resource["parent"]),))
    return Unknown("the row says neither its ancestors nor its parent", what="ancestors")


def ancestors(item: Item) -> tuple[str, ...]:
    """Asset names of what a row lies in, the nearest first. Raises `UnknownFact`: at least one of them is there."""
    told = listed(item["ancestors"])
    if not told:
        raise UnknownFact("ancestors", "the row names no ancestor at all")
    return tuple(_NODES + id_text(each) for each in told)


def has_key(data: Item, key: str) -> bool:
    """Something is named under `key`, which Google leaves out where nothing is."""
    told = data.or_else(key, None)
    return told is not None and bool(text(told))


def key_of(data: Item, key: str) -> str | None:
    """Asset name of the key of Cloud KMS that is named under `key`, with or without a version; None where none is."""
    if not has_key(data, key):
        return None
    return f"//cloudkms.googleapis.com/{id_text(data[key]).partition('/cryptoKeyVersions/')[0]}"


def section(data: Item, key: str) -> Item:
    """The object under `key`, empty where it is left out or null: for settings that Google omits unless made."""
    value = data.or_else(key, None)
    if value is None:
        return Item({})
    if not isinstance(value, Item):
        raise UnknownFact(key, f"something else stands where the object {key} belongs")
    return value
