"""Tests wait for no disk: that a file outlives a power cut is nothing that they could see."""

import os
from typing import Protocol

__all__ = ["sync_at_once"]


class _Open(Protocol):
    def fileno(self) -> int: ...


def sync_at_once() -> None:
    """Have `fsync` return at once from now on, for a descriptor that is open. Whoever watches for it still sees it."""
    os.fsync = _synced


def _synced(fd: int | _Open) -> None:
    os.fstat(fd if isinstance(fd, int) else fd.fileno())
