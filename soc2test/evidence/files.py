"""The one place that walks the exports folder and opens files in it."""

import os
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from soc2test.errors import EvidenceError
from soc2test.evidence.read_limits import ReadLimits

__all__ = ["Found", "Held", "open_regular", "printable", "walk"]

_DATA = (
    ".json", ".ndjson", ".jsonl", ".yaml", ".yml", ".csv", ".tsv", ".txt", ".gz", ".zst", ".bz2", ".xz",
    ".zip", ".tar", ".xlsx",
)  # fmt: skip


_HIDDEN = "is hidden by the dot before its name, and read by nobody: take the dot away, or the file"


@dataclass(frozen=True)
class Held:
    """The bytes of a file that whoever wrote it still has, and their SHA-256."""

    data: bytes
    sha256: str


@dataclass(frozen=True)
class Found:
    """A directory entry below the exports folder, or a member of an archive there.

    `refused` says why it can't be read, "" where it can. What is `lost` with it counts as evidence that is not there.
    """

    place: str
    """its path relative to the exports folder, with slashes; of a member where it would lie, were the archive unpacked
    in its folder"""
    file: str
    size: int
    refused: str = ""
    archive: PurePosixPath | None = None
    """the archive that it is a member of"""
    member: str = ""
    """its name in the archive"""
    packed: int = 0
    """bytes that a member takes in its archive, where that is known"""
    lost: bool = False
    hidden: bool = False
    """by a dot before its name: it is told that it lies there, and nothing else"""
    opener: Callable[[], BinaryIO] | None = field(default=None, repr=False)
    """opens a member"""
    held: Held | None = field(default=None, repr=False)
    """its bytes, where they are at hand: it is not read again"""

    @cached_property
    def path(self) -> PurePosixPath:
        """The place as a path: making one takes as long as opening the file."""
        return PurePosixPath(self.place)

    @property
    def folder(self) -> str:
        """The place of its folder; "" for the exports folder itself."""
        return self.place.rpartition("/")[0]

    @property
    def name(self) -> str:
        """The last part of its place."""
        return self.place.rpartition("/")[2]

    @property
    def shown(self) -> str:
        """How it is named to people: "aws/all.zip!0123/eu-west-1/iam.list-users.json" for a member."""
        return f"{self.archive}!{self.member}" if self.archive else self.place


def walk(root: Path, limits: ReadLimits) -> Iterator[Found]:
    """Every entry below `root` that is no directory, sorted by path; links are named, never followed.

    An empty directory that is named like a file of data is named too: somebody thinks that an export is there.
    What is hidden by a dot before its name is left out, as by every tool that reads folders of data; files of data that
    are hidden are named.
    Raises `EvidenceError` where there are more files than `limits` allows.
    """
    for count, found in enumerate(_walk(str(root), ""), 1):
        if count > limits.files:
            way_out = "move what is no export elsewhere, or raise reading.files in soc2.yaml"
            raise EvidenceError(found.shown, f"over {limits.files} files; {way_out}", code="limit")
        yield found


def _walk(folder: str, above: str) -> Iterator[Found]:
    """`above` is the place of the folder with a slash at its end, "" for the exports folder itself."""
    with os.scandir(folder) as entries:
        ordered = sorted(entries, key=lambda entry: entry.name)
    for entry in ordered:
        here = above + printable(entry.name)
        if entry.name.startswith("."):
            if _is_hidden_data(entry):
                yield Found(here, entry.path, 0, _HIDDEN, hidden=True)
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _folder(entry, here)
            continue
        info = entry.stat(follow_symlinks=False)
        yield Found(here, entry.path, info.st_size, _refusal(info.st_mode))


def _is_hidden_data(entry: os.DirEntry[str]) -> bool:
    """A file of data that somebody may take for an export; what macOS puts beside each file (`._x`) is none."""
    is_data = entry.name.lower().endswith(_DATA) and not entry.name.startswith("._")
    return is_data and entry.is_file(follow_symlinks=False)


def _folder(entry: os.DirEntry[str], here: str) -> Iterator[Found]:
    empty = True
    for found in _walk(entry.path, f"{here}/"):
        empty = False
        yield found
    if empty and entry.name.lower().endswith(_DATA):
        yield Found(here, entry.path, 0, "is an empty folder named like a file; put the file itself here")


def _refusal(mode: int) -> str:
    if stat.S_ISREG(mode):
        return ""
    if stat.S_ISLNK(mode):
        return "is a symbolic link; links are not followed, put the file itself here"
    return "is no regular file"


def printable(name: str) -> str:
    """A file name whose undecodable bytes are shown as \\xNN, so that reports can hold it."""
    if name.isascii():
        return name
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def open_regular(found: Found) -> int:
    """A file descriptor on the entry's own bytes; raises `EvidenceError` for anything but a readable regular file."""
    if found.refused:
        raise EvidenceError(found.shown, found.refused, code="refused")
    try:
        fd = os.open(found.file, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        raise EvidenceError(found.shown, f"can't be opened: {os.strerror(error.errno or 0)}") from None
    if not stat.S_ISREG(os.fstat(fd).st_mode):
        os.close(fd)
        raise EvidenceError(found.shown, "is no regular file", code="refused")
    return fd
