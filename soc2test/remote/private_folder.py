"""The folder that exports are mirrored into: private, locked while it is used, and swept where a run was killed."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from soc2test.folder_lock import FolderBusy, FolderLock
from soc2test.remote.urls import RemoteError

__all__ = ["PREFIX", "PrivateFolder"]

PREFIX = "soc2test-exports-"
"""how its name begins in the system's folder for temporary files"""
_TRIES = 5


class PrivateFolder:
    """A new folder that nobody else may read. Raises `RemoteError` where none can be made."""

    def __init__(self) -> None:
        self._sweep()
        self.path, self._lock = _made()

    def remove(self) -> None:
        """Take it away with all that is in it; a second call does nothing."""
        shutil.rmtree(self.path, ignore_errors=True)
        self._lock.release()

    @staticmethod
    def _sweep() -> None:
        """Take away what killed runs left behind: their locks died with them."""
        for folder in _of_this_user():
            try:
                lock = FolderLock(folder)
            except (FolderBusy, OSError):
                continue
            if lock.held:  # where nothing can be locked, it may be that of a run which goes on
                shutil.rmtree(folder, ignore_errors=True)
            lock.release()


def _made() -> tuple[Path, FolderLock]:
    try:
        for _ in range(_TRIES):
            path = Path(tempfile.mkdtemp(prefix=PREFIX))
            with suppress(FolderBusy):
                lock = FolderLock(path)
                if path.is_dir():  # another run may have swept it before it was locked
                    return path, lock
                lock.release()
    except OSError as error:
        raise RemoteError(
            f"no folder for the exports can be made: {error.strerror}; set TMPDIR to another one"
        ) from None
    raise RemoteError("no folder for the exports can be kept: other runs sweep it; set TMPDIR to another one")


def _of_this_user() -> Iterator[Path]:
    with suppress(OSError), os.scandir(tempfile.gettempdir()) as entries:
        for entry in list(entries):
            ours = entry.name.startswith(PREFIX) and entry.is_dir(follow_symlinks=False)
            if ours and entry.stat(follow_symlinks=False).st_uid == os.getuid():
                yield Path(entry.path)
