"""What installed distributions offer, looked through once a process: it reads the metadata of all that is installed."""

import sys
from functools import lru_cache
from importlib import metadata
from importlib.metadata import Distribution, EntryPoint, EntryPoints
from typing import Any

_OURS = "soc2test"

__all__ = ["comes_with_us", "entry_points", "version_of"]


def entry_points(group: str) -> EntryPoints:
    """The entry points of a group, of all that can be imported by now."""
    found: EntryPoints = _every(tuple(sys.path)).select(group=group)
    return found


@lru_cache(maxsize=4)
def _every(path: tuple[str, ...]) -> Any:
    return metadata.entry_points()


def version_of(entry: EntryPoint) -> str | None:
    """The version of the distribution that an entry point is of; None where it is of none."""
    return _version(entry.dist) if entry.dist else None


def comes_with_us(entry: EntryPoint) -> bool:
    """True where the distribution of an entry point is soc2test's own."""
    return entry.dist is not None and _name(entry.dist) == _OURS


@lru_cache
def _name(dist: Distribution) -> str:
    """Once for all entry points of a distribution, as its version."""
    return str(dist.metadata["Name"]).lower()


@lru_cache
def _version(dist: Distribution) -> str:
    """Once for all entry points of a distribution: each look-up parses its whole metadata."""
    return dist.version
