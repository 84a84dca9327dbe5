"""A bucket as the place of an evidence store: what is there is never overwritten, by the service's own condition.

S3 asks `If-None-Match: *`, Google Cloud Storage `ifGenerationMatch=0`, Azure `If-None-Match: *`; fsspec's filesystems
name all three `mode="create"`.
"""

import time
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from soc2test.remote.causes import is_gone, refusal, taken
from soc2test.remote.deadlines import within
from soc2test.remote.stores import open_store
from soc2test.remote.urls import RemoteError, Url
from soc2test.store.objects import NoSuchObject, StoreError

__all__ = ["BucketObjects"]

_SECONDS = 120.0
"""until an answer is given up; a writer that gave one up does not know whether it was written"""
_LISTING = 600.0
_TRIES = 3
_PAUSE = 0.5
"""seconds after the first of them, twice as many after the second"""

Answer = TypeVar("Answer")


class BucketObjects:
    """Objects below a URL of an object store. Raises `StoreError` where it can't be opened."""

    at_once = 16

    def __init__(self, url: Url) -> None:
        self.url, self.shown = url, url.text
        self._files, self._top = self._opened()

    def _opened(self) -> tuple[Any, str]:
        try:
            return within(_SECONDS, lambda: open_store(self.url))
        except RemoteError as error:
            raise StoreError(str(error)) from None
        except Exception as error:  # noqa: BLE001  # libraries of three vendors: told by its name and code
            raise StoreError(refusal(self.url, error)) from None

    def read(self, name: str) -> bytes:
        """The whole object. Raises `NoSuchObject`, `StoreError`."""
        content: bytes = self._asked(lambda: self._files.cat_file(self._path(name)), name)
        return content

    def create(self, name: str, content: bytes) -> bool:
        """As `Objects.create`. What broke off may have been written: it is asked again, and False is the answer."""

        def ask() -> bool:
            try:
                self._files.pipe_file(self._path(name), content, mode="create")
            except Exception as error:
                if taken(error):
                    return False
                raise
            return True

        return self._asked(ask, writing=True)

    def settle(self, names: Iterable[str]) -> None:
        """As `Objects.settle`: a service that has confirmed an object keeps it."""

    def present(self, names: Iterable[str]) -> set[str]:
        """Those of `names` that are there now, told by listing the folders that they lie in."""
        asked = set(names)
        folders = {name.partition("/")[0] for name in asked}
        return {name for folder in folders for name in self.list(folder) if name in asked}

    def list(self, folder: str) -> list[str]:
        """The names of all objects below `folder`, sorted."""
        self._files.invalidate_cache()
        below = self._path(folder)
        found = self._asked(lambda: self._files.find(below), seconds=_LISTING)
        return sorted(path[len(self._top) + 1 :] for path in found)

    def delete(self, name: str) -> None:
        """Take an object away; none of that name is no error."""
        try:
            self._asked(lambda: self._files.rm_file(self._path(name)), name)
        except NoSuchObject:
            return

    def sweep(self) -> None:
        """Nothing is left unfinished in a bucket: an object is whole or not there."""

    def _path(self, name: str) -> str:
        return f"{self._top}/{name}"

    def _asked(
        self, ask: Callable[[], Answer], name: str | None = None, *, seconds: float = _SECONDS, writing: bool = False
    ) -> Answer:
        """What the service answers, also where it did not the first time. Raises `NoSuchObject`, `StoreError`.

        Without a `name` what is missing is the bucket.
        """
        tries = 0
        while True:
            try:
                return within(seconds, ask)
            except Exception as error:  # noqa: BLE001  # as above
                tries += 1
                if is_gone(error) and name is not None:
                    raise NoSuchObject(name) from None
                if is_gone(error) or tries == _TRIES:
                    raise StoreError(refusal(self.url, error, writing=writing)) from None
            time.sleep(_PAUSE * tries)
