"""What all archives have in common: how members are named and placed, and which names are refused."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import PurePosixPath
from typing import BinaryIO, NamedTuple

from soc2test.evidence.files import Found, printable

__all__ = ["Entry", "is_archive", "member"]

_ARCHIVES = (
    ".zip", ".tar", ".tar.gz", ".tgz", ".tar.zst", ".tar.bz2", ".tbz2", ".tar.xz", ".txz",
)  # fmt: skip
_DRIVE = re.compile(r"[A-Za-z]:")
_SPECIAL = 0o6000  # set user or group id


class Entry(NamedTuple):
    """An entry as an archive declares it. `refused` says what its format forbids, "" where nothing is wrong."""

    name: str
    size: int
    packed: int
    mode: int
    refused: str
    open: Callable[[], BinaryIO]


def is_archive(name: str) -> bool:
    """True for the names of archives, which are read as their members."""
    return name.lower().endswith(_ARCHIVES)


def member(archive: Found, entry: Entry) -> Found | None:
    """The entry as a file in the folder of the archive; None for hidden ones, as in every folder of exports."""
    name = printable(entry.name)
    here = Found(archive.place, archive.file, entry.size, archive=archive.path, member=name, packed=entry.packed)
    if refused := _refused_name(entry.name):
        return replace(here, refused=refused, lost=True)
    parts = [part for part in name.split("/") if part not in ("", ".")]
    if not parts or any(part.startswith(".") for part in parts):
        return None
    placed = replace(here, place="/".join(filter(None, (archive.folder, *parts))), opener=entry.open)
    if refused := entry.refused or _refused_file(parts[-1], entry.mode):
        # what an archive within the archive holds is not known: it counts against the folder of the outer one
        return replace(placed, refused=refused, lost=True)
    return placed


def _refused_name(name: str) -> str:
    if name.startswith("/") or _DRIVE.match(name) or ".." in PurePosixPath(name).parts:
        return "a name that leads out of the archive; pack it again from within its folder"
    if "\\" in name or "\0" in name:
        return "a name with a backslash or NUL; pack it again with / between folders"
    return ""


def _refused_file(name: str, mode: int) -> str:
    if is_archive(name):
        return "an archive within an archive; unpack the outer one"
    return "is marked to run as another user; no export is" if mode & _SPECIAL else ""
