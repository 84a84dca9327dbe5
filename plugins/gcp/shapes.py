"""An asset of Cloud Asset Inventory as the readers get it, and the registry of readers by asset type."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from soc2test import Facts, Item, Unknown, UnknownFact, listed

__all__ = ["CLASSIFICATION", "READERS", "Asset", "asset_of", "reader", "section"]

CLASSIFICATION = ("classification", "data-classification", "data_classification", "dataclassification")

_NODES = "//cloudresourcemanager.googleapis.com/"


@dataclass(frozen=True)
class Asset:
    """One row with its resource: full name, the resource as its own API shows it, and what it inherits from."""

    name: str
    data: Item
    parents: Any
    """asset names, the nearest first; `Unknown` where the row does not say"""


Reader = Callable[[Asset], Iterable[Facts]]

READERS: dict[str, Reader] = {}
"""By asset type."""


def reader(*asset_types: str) -> Callable[[Reader], Reader]:
    """The decorated function reads assets of these types."""

    def declare(function: Reader) -> Reader:
        READERS.update(dict.fromkeys(asset_types, function))
        return function

    return declare


def asset_of(item: Item) -> Asset:
    """The asset of a row. Raises `UnknownFact` where the row holds no resource."""
    resource = item.or_else("resource", None)
    if not isinstance(resource, Item) or not isinstance(resource["data"], Item):
        raise UnknownFact("resource", "the row holds no resource: export with --content-type=resource")
    return Asset(str(item["name"]), resource["data"], _parents(item, resource))


def _parents(item: Item, resource: Item) -> Any:
    if "ancestors" in item:
        return tuple(_NODES + str(each) for each in listed(item["ancestors"]))
    if "parent" in resource:
        return (str(resource["parent"]),)
    return Unknown("the row says neither its ancestors nor its parent", what="ancestors")


def section(data: Item, key: str) -> Item:
    """The object under `key`, empty where it is left out or null: for settings that Google omits unless made."""
    value = data.or_else(key, None)
    if value is None:
        return Item({})
    if not isinstance(value, Item):
        raise UnknownFact(key, f"something else stands where the object {key} belongs")
    return value
