"""One copy of a programme that many cases lie over: each changes it, and it is put back as it was."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

__all__ = ["SharedBase"]

_LEFT_BY_RUNS = shutil.ignore_patterns("soc2-report", ".pytest_cache", "__pycache__")
_Stamp = tuple[int, int, int] | None
_Stamps = dict[str, _Stamp]


class SharedBase:
    """A copy of a programme. To copy its hundreds of files for each case took a third of the cases' time."""

    def __init__(self, original: Path, root: Path) -> None:
        self.original, self.root = original, root
        shutil.copytree(original, root, ignore=_LEFT_BY_RUNS)
        self._whole = _stamps(root)

    @contextmanager
    def lent(self) -> Iterator[Path]:
        """Its root, to be changed in any way; afterwards whatever differs from the original is put back."""
        try:
            yield self.root
        finally:
            self._put_back()

    def _put_back(self) -> None:
        """Told by what stands on the disk, not by what a case says that it does: nothing of one may meet the next."""
        now = _stamps(self.root)
        foreign = [path for path, stamp in now.items() if not self._is_of_kind(path, stamp)]
        for path in sorted(foreign, reverse=True):  # what is in a folder before the folder
            os.rmdir(path) if now.pop(path) is None else os.unlink(path)
        changed = [path for path, stamp in self._whole.items() if now.get(path, ()) != stamp]
        for path in changed:
            if self._whole[path] is None:
                os.mkdir(path)
            else:
                shutil.copy2(self.original / Path(path).relative_to(self.root), path)
        if changed:
            now = _stamps(self.root)
            assert now.keys() == self._whole.keys()
            self._whole = now

    def _is_of_kind(self, path: str, stamp: _Stamp) -> bool:
        return path in self._whole and (self._whole[path] is None) == (stamp is None)


def _stamps(folder: Path | str) -> _Stamps:
    """Size, time and number of each file below a folder, None of a folder; those that contain others come first.

    A copy keeps the time of its original, so that any write changes it.
    """
    found: _Stamps = {}
    for entry in os.scandir(folder):
        if entry.is_dir(follow_symlinks=False):
            found[entry.path] = None
            found |= _stamps(entry.path)
        else:
            stat = entry.stat(follow_symlinks=False)
            found[entry.path] = (stat.st_size, stat.st_mtime_ns, stat.st_ino)
    return found
