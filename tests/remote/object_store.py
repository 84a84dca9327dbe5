"""An object store in memory, as fsspec's filesystems show one; what it does between listing and download is told."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from soc2test.evidence.read_limits import ReadLimits
from soc2test.remote.mirroring import Mirror, mirror
from soc2test.remote.urls import Url, parse_url

__all__ = ["BUCKET", "ObjectStore", "mirrored", "offer"]

BUCKET = "evidence"


class ObjectStore:
    """The objects of one bucket by key, each with the number of its content."""

    def __init__(self, objects: dict[str, bytes]) -> None:
        self.objects = {key: (data, "1") for key, data in objects.items()}
        self.listings = 0
        self.before_listing: Callable[[int], None] = lambda number: None
        self.before_download: Callable[[str], None] = lambda key: None

    def put(self, key: str, data: bytes) -> None:
        """Write an object anew: its content has another number, also where it is the same."""
        number = int(self.objects.get(key, (b"", "0"))[1])
        self.objects[key] = data, str(number + 1)

    def invalidate_cache(self) -> None:
        """There is none."""

    def find(self, path: str, *, detail: bool) -> dict[str, dict[str, Any]]:
        """All objects below a path."""
        assert detail
        self.listings += 1
        self.before_listing(self.listings)
        names = {f"{BUCKET}/{key}": value for key, value in self.objects.items()}
        below = {name: value for name, value in names.items() if name == path or name.startswith(f"{path}/")}
        return {name: self.info(name, *value) for name, value in below.items()}

    def info(self, name: str, data: bytes, number: str) -> dict[str, Any]:
        """As Google's listing tells of an object."""
        return {"name": name, "size": len(data), "type": "file", "generation": number}

    def get_file(self, name: str, target: str) -> None:
        """Download an object."""
        key = name.removeprefix(f"{BUCKET}/")
        self.before_download(key)
        if key not in self.objects:
            raise FileNotFoundError(name)
        Path(target).write_bytes(self.objects[key][0])


def offer(store: ObjectStore, monkeypatch: pytest.MonkeyPatch, temporary: Path) -> ObjectStore:
    """Let URLs lead to a store, and temporary folders lie in one of the test's own."""

    def open_store(url: Url) -> tuple[ObjectStore, str]:
        return store, "/".join(filter(None, (url.bucket, url.prefix)))

    monkeypatch.setattr("soc2test.remote.mirroring.open_store", open_store)
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    return store


@contextmanager
def mirrored(url: str = f"gs://{BUCKET}/exports", limits: ReadLimits | None = None) -> Iterator[Mirror]:
    """What lies at a URL, as long as the block takes."""
    copy = mirror(parse_url(url), limits or ReadLimits())
    try:
        yield copy
    finally:
        copy.remove()
