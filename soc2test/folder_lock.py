"""One run at a time in a report folder: a lock that dies with its holder.

Imports next to nothing: it is taken before the artifacts of an earlier run are taken away.
"""

import errno
import fcntl
import os
from pathlib import Path

from soc2test.errors import Soc2Error

__all__ = ["FolderBusy", "FolderLock"]

_FILE = ".soc2-lock"
_BUSY = (errno.EWOULDBLOCK, errno.EAGAIN, errno.EACCES)
_NO_LOCKS = (errno.ENOLCK, errno.ENOTSUP, errno.ENOSYS)
"""a file system on which nothing can be locked: a run there goes on without"""
_held: set[int] = set()
"""descriptors of this process; a child that is forked closes its copies, or it would hold the lock in our place"""


class FolderBusy(Soc2Error):
    """Another run, which is still alive, writes into the folder."""


class FolderLock:
    """An exclusive lock (flock) on a report folder, from the first act of a run to its last.

    The kernel gives it back when the process ends, however it ends. Raises `FolderBusy` where another one holds it,
    `OSError` where the folder can't be opened.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._descriptor = _locked(folder)
        if self._descriptor >= 0:
            _held.add(self._descriptor)

    @property
    def held(self) -> bool:
        """False on a file system where nothing can be locked."""
        return self._descriptor in _held

    def release(self) -> None:
        """Give the folder free."""
        if self._descriptor in _held:
            _held.discard(self._descriptor)
            os.close(self._descriptor)


def _locked(folder: Path) -> int:
    try:
        return _flocked(folder, os.O_RDONLY | os.O_DIRECTORY)
    except FolderBusy:
        raise
    except OSError:  # NFS locks no folder, only what is open for writing
        return _flocked(folder / _FILE, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW)


def _flocked(path: Path, flags: int) -> int:
    descriptor = os.open(path, flags | os.O_CLOEXEC, 0o644)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        os.close(descriptor)
        if error.errno in _BUSY:
            folder = path.name if path.is_dir() else path.parent.name
            text = f"report folder: another run writes into {folder}; wait for its end, or name another folder"
            raise FolderBusy(f"{text} with --soc2-report=DIR") from None
        if error.errno not in _NO_LOCKS:
            raise
        return -1
    return descriptor


def _in_child() -> None:
    for descriptor in _held:
        os.close(descriptor)
    _held.clear()


os.register_at_fork(after_in_child=_in_child)
