"""A folder as the place of an evidence store: each object is a file, linked to its name when it is whole."""

import errno
import os
import tempfile
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from soc2test.regular import read_regular
from soc2test.store.objects import NoSuchObject, StoreError

__all__ = ["FolderObjects"]

_UNFINISHED = "unfinished"
"""the folder of files that have no name yet; who reads the store never looks there"""
_LEFT_BEHIND = 24 * 3600
"""seconds after which an unfinished file is that of a writer that was killed"""
_NO_LINKS = (errno.EPERM, errno.ENOTSUP, errno.ENOSYS, errno.EMLINK)


class FolderObjects:
    """Objects as files below a folder, which is made with the first one."""

    at_once = 16
    """it may lie on another machine"""

    def __init__(self, root: Path, shown: str = "") -> None:
        self.root, self.shown = root, shown or str(root)

    def read(self, name: str) -> bytes:
        """The whole object. Raises `NoSuchObject`, `StoreError`."""
        try:
            return read_regular(os.path.join(self.root, name))  # a period reads ten thousands of pieces
        except FileNotFoundError:
            raise NoSuchObject(name) from None
        except OSError as error:
            raise self._refused(name, "can't be read", error) from None

    def create(self, name: str, content: bytes) -> bool:
        """As `Objects.create`: the file is written and synced under no name, and then linked to its own."""
        target = self.root / name
        if os.path.lexists(target):
            return False
        try:
            return self._linked(target, content)
        except OSError as error:
            if error.errno in _NO_LINKS:
                why = "its file system has no hard links, without which two writers could take one number"
                raise StoreError(f"{self.shown}: {why}: choose a folder of another one, or a bucket") from None
            raise self._refused(name, "can't be written", error) from None

    def _linked(self, target: Path, content: bytes) -> bool:
        self._make_folder(target.parent)
        unfinished = self.root / _UNFINISHED
        self._make_folder(unfinished)
        descriptor, temporary = tempfile.mkstemp(dir=unfinished)
        try:
            with open(descriptor, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            os.chmod(temporary, 0o444)
            os.link(temporary, target)
        except FileExistsError:
            return False
        finally:
            with suppress(OSError):
                os.unlink(temporary)
        return True

    def _make_folder(self, folder: Path) -> None:
        """Make a folder and those above it, each of them safe from a crash."""
        if folder.is_dir():
            return
        self._make_folder(folder.parent)
        with suppress(FileExistsError):
            folder.mkdir()
        _sync_folder(folder.parent)

    def settle(self, names: Iterable[str]) -> None:
        """As `Objects.settle`: the folders are synced, since a writer that was killed may have left that undone.

        So are those above them, up to the one that the store lies in: whoever made them may have been that writer.
        """
        lying_in = {(self.root / name).parent for name in names}
        folders = {above for folder in lying_in for above in (folder, *folder.parents) if self._is_ours(above)}
        try:
            for folder in sorted(folders):
                _sync_folder(folder)
        except OSError as error:
            raise self._refused("a folder", "can't be synced", error) from None

    def _is_ours(self, folder: Path) -> bool:
        return folder == self.root.parent or folder.is_relative_to(self.root)

    def present(self, names: Iterable[str]) -> set[str]:
        """Those of `names` that are there now."""
        return {name for name in names if (self.root / name).is_file()}

    def list(self, folder: str) -> list[str]:
        """The names of all objects below `folder`, sorted."""
        found: list[str] = []
        for above, _, names in os.walk(self.root / folder, onerror=self._unlisted):
            place = Path(above).relative_to(self.root).as_posix()
            found += [f"{place}/{name}" for name in names]
        return sorted(found)

    def _unlisted(self, error: OSError) -> None:
        if not isinstance(error, FileNotFoundError):
            raise self._refused("a folder", "can't be listed", error)

    def delete(self, name: str) -> None:
        """Take an object away; none of that name is no error."""
        try:
            (self.root / name).unlink(missing_ok=True)
        except OSError as error:
            raise self._refused(name, "can't be taken away", error) from None

    def sweep(self) -> None:
        """Take away what killed writers left unfinished; it has no name, and nothing refers to it."""
        long_ago = time.time() - _LEFT_BEHIND
        with suppress(OSError), os.scandir(self.root / _UNFINISHED) as entries:
            for entry in entries:
                if entry.stat(follow_symlinks=False).st_mtime < long_ago:
                    os.unlink(entry.path)

    def _refused(self, name: str, what: str, error: OSError) -> StoreError:
        return StoreError(f"{self.shown}: {name} {what}: {os.strerror(error.errno or 0)}")


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
