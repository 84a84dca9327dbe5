"""Kubernetes objects as the readers get them: names, namespaces, switches; and the registry of readers by kind."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

import msgspec

from soc2test import Item, Said, UnknownFact, known, text

__all__ = [
    "READERS", "Place", "Reader", "annotation", "flag_at", "label", "listed_at", "reader", "section",
    "tagged",
]  # fmt: skip

T = TypeVar("T")
_NONE = Item({})


class Place(msgspec.Struct, frozen=True):
    """Where an object is: a cluster as it runs, or the manifests for it."""

    cluster: str
    manifest: bool = False

    def id(self, kind: str, *names: str) -> str:
        """Such as "prod/Deployment/default/web" or "prod/manifests/Deployment/default/web"."""
        return "/".join((self.cluster, *(("manifests",) if self.manifest else ()), kind, *names))

    def of(self, item: Item, kind: str = "", *, namespaced: bool = True) -> str:
        """The id of an object; objects have no uid before they are applied."""
        names = (namespace(item), name(item)) if namespaced else (name(item),)
        return self.id(kind or text(item["kind"]), *names)


Reader = Callable[[Item, Place], Iterable[Said]]

READERS: dict[str, Reader] = {}
"""By the object's type: group and kind, such as "apps/Deployment", "/Pod"."""


def reader(*types: str) -> Callable[[Reader], Reader]:
    """The decorated function reads objects of these types."""

    def declare(function: Reader) -> Reader:
        READERS.update(dict.fromkeys(types, function))
        return function

    return declare


def flag_at(item: Item, key: str, default: bool) -> bool:
    """A switch, `default` where Kubernetes documents it; raises `UnknownFact` where it is neither yes nor no."""
    value = item.or_else(key, None)
    if value is None:
        return default
    if not isinstance(value, bool):
        raise UnknownFact(key, f"{key} is neither true nor false: is the file a template?")
    return value


def section(item: Item, key: str) -> Item:
    """An object that Kubernetes leaves out, or writes as null, where nothing in it is set."""
    value = item.or_else(key, None)
    if value is not None and not isinstance(value, Item):
        raise UnknownFact(key, f"{key} is no object")
    return _NONE if value is None else value


def listed_at(item: Item, key: str) -> list[Any]:
    """A list that Kubernetes leaves out, or writes as null, where it is empty."""
    value = item.or_else(key, None)
    if value is not None and not isinstance(value, list):
        raise UnknownFact(key, f"{key} is no list")
    return list(value or [])


def name(item: Item) -> str:
    return text(known(item["metadata"]).first("name", "generateName"))


def namespace(item: Item) -> str:
    """An object without a namespace is in `default`."""
    return text(known(item["metadata"]).or_else("namespace", None) or "default")


def label(item: Item, key: str) -> str | None:
    """The value of a label; None where the object has none. Namespaces get their Pod Security Standard by labels."""
    return _named(item, "labels", key)


def annotation(item: Item, key: str) -> str | None:
    """The value of an annotation; None where the object has none. Controllers take their orders from these alone."""
    return _named(item, "annotations", key)


def tagged(item: Item, key: str) -> str | None:
    """The value of a label or else an annotation, where people may write either; None where the object has none."""
    return label(item, key) or annotation(item, key)


def _named(item: Item, place: str, key: str) -> str | None:
    values = section(known(item["metadata"]), place)
    return text(values[key]).strip() or None if key in values else None
