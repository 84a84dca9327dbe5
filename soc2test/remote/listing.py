"""What lies below a prefix, with what tells one state of an object from the next."""

from collections.abc import Mapping
from typing import Any

import msgspec

from soc2test.remote.urls import RemoteError, Url

__all__ = ["Listed", "Store", "list_objects"]

Store = Any
"""a filesystem of fsspec, which carries no types"""


class Listed(msgspec.Struct, frozen=True, kw_only=True):
    """An object as a listing tells it."""

    key: str
    """below the prefix"""
    name: str
    """by which the store is asked for it"""
    size: int
    """bytes; -1 where the listing does not tell"""
    state: tuple[str, ...]
    """the same as long as nobody writes the object; empty where the store tells nothing of the kind"""


def list_objects(store: Store, path: str, url: Url) -> list[Listed]:
    """All objects below `path`, sorted by key.

    Raises `RemoteError` where `path` is that of an object; and what the store raises.
    """
    store.invalidate_cache()
    infos = store.find(path, detail=True)
    top = path.rstrip("/")
    if not isinstance(infos, dict) or top in infos:  # adlfs 2026.8 gives a list where the path is that of an object
        raise RemoteError(f"{url.text} is an object: name the prefix that the exports lie below")
    listed = [_listed(info, top) for info in infos.values() if info["name"] != f"{top}/"]
    return sorted(listed, key=lambda each: each.key)


def _listed(info: Mapping[str, Any], top: str) -> Listed:
    name = str(info["name"])
    size = info.get("size")
    return Listed(
        key=name.removeprefix(f"{top}/"), name=name, size=-1 if size is None else int(size), state=_state(info)
    )


def _state(info: Mapping[str, Any]) -> tuple[str, ...]:
    """Google numbers each content of an object (its ETag changes with labels too); S3 and Azure have ETag and time."""
    if info.get("generation") is not None:
        return str(info["generation"]), str(info.get("size"))
    etag = info.get("ETag") or info.get("etag")
    if etag is None:
        return ()
    return str(etag), str(info.get("LastModified") or info.get("last_modified")), str(info.get("size"))
