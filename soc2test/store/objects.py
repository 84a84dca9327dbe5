"""What a place must be able to do to hold an evidence store: read, list, and create without ever overwriting."""

from collections.abc import Iterable
from typing import Protocol

from soc2test.errors import Soc2Error

__all__ = ["Damaged", "NoSuchObject", "Objects", "StoreError", "Unsure"]


class StoreError(Soc2Error):
    """The store can't be read or written as it must be; says what to do. What was being recorded is not in it."""


class NoSuchObject(StoreError):
    """There is no object of this name."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(f"{name} is not in the store")


class Unsure(StoreError):
    """Whether a record was written can't be told: the answer was lost, and so was the next."""


class Damaged(StoreError):
    """An object does not hold what its name says."""


class Objects(Protocol):
    """Immutable objects by name, with slashes: "records/0000000124.json". All of it may raise `StoreError`."""

    shown: str
    """how people are told where it is"""
    at_once: int
    """requests that are made at once: more than one where each of them waits"""

    def read(self, name: str) -> bytes:
        """The whole object. Raises `NoSuchObject`."""
        ...

    def create(self, name: str, content: bytes) -> bool:
        """Write an object that is not there yet; False, and nothing written, where it is.

        Only one of several writers is told True. Once `settle` has returned for its name, it is there whatever happens
        to the machine.
        """
        ...

    def settle(self, names: Iterable[str]) -> None:
        """Return when no crash can take these objects away any more, whoever created them."""
        ...

    def present(self, names: Iterable[str]) -> set[str]:
        """Those of `names` that are there now."""
        ...

    def list(self, folder: str) -> list[str]:
        """The names of all objects below `folder`, sorted."""
        ...

    def delete(self, name: str) -> None:
        """Take an object away; none of that name is no error."""
        ...

    def sweep(self) -> None:
        """Take away what killed writers left long ago, and nothing that has a name. Raises nothing."""
        ...
