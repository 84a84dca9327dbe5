"""The one place that walks the exports folder and opens files in it."""

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from soc2test.errors import EvidenceError
from soc2test.evidence.limits import ReadLimits

__all__ = ["Found", "open_regular", "printable", "walk"]

_DATA = (".json", ".ndjson", ".jsonl", ".yaml", ".yml", ".csv", ".txt", ".gz", ".zst", ".zip")


@dataclass(frozen=True)
class Found:
    """A directory entry below the exports folder. `refused` says why it can't be read, "" where it can."""

    path: PurePosixPath
    """relative to the exports folder"""
    file: Path
    size: int
    refused: str = ""


def walk(root: Path, limits: ReadLimits) -> Iterator[Found]:
    """Every entry below `root` that is no directory, sorted by path; links are named, never followed.

    An empty directory that is named like a file of data is named too: somebody thinks that an export is there.
    Names that start with a dot are left out, as by every tool that reads folders of data.
    Raises `EvidenceError` where there are more files than `limits` allows.
    """
    for count, found in enumerate(_walk(root, PurePosixPath()), 1):
        if count > limits.files:
            raise EvidenceError(str(found.path), f"over {limits.files} files; raise reading.files in soc2.yaml")
        yield found


def _walk(folder: Path, path: PurePosixPath) -> Iterator[Found]:
    with os.scandir(folder) as entries:
        ordered = sorted(entries, key=lambda entry: entry.name)
    for entry in ordered:
        if entry.name.startswith("."):
            continue
        here = path / printable(entry.name)
        if entry.is_dir(follow_symlinks=False):
            yield from _folder(entry, here)
            continue
        info = entry.stat(follow_symlinks=False)
        yield Found(here, Path(entry.path), info.st_size, _refusal(info.st_mode))


def _folder(entry: os.DirEntry[str], here: PurePosixPath) -> Iterator[Found]:
    empty = True
    for found in _walk(Path(entry.path), here):
        empty = False
        yield found
    if empty and entry.name.lower().endswith(_DATA):
        yield Found(here, Path(entry.path), 0, "is an empty folder named like a file; put the file itself here")


def _refusal(mode: int) -> str:
    if stat.S_ISREG(mode):
        return ""
    if stat.S_ISLNK(mode):
        return "is a symbolic link; links are not followed, put the file itself here"
    return "is no regular file"


def printable(name: str) -> str:
    """A file name whose undecodable bytes are shown as \\xNN, so that reports can hold it."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def open_regular(found: Found) -> int:
    """A file descriptor on the entry's own bytes; raises `EvidenceError` for anything but a readable regular file."""
    if found.refused:
        raise EvidenceError(str(found.path), found.refused, code="refused")
    try:
        fd = os.open(found.file, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        raise EvidenceError(str(found.path), f"can't be opened: {os.strerror(error.errno or 0)}") from None
    if not stat.S_ISREG(os.fstat(fd).st_mode):
        os.close(fd)
        raise EvidenceError(str(found.path), "is no regular file", code="refused")
    return fd
