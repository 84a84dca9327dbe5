"""Everything below the exports folder, archives as their members; nothing is ever unpacked onto the disk."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from soc2test.errors import EvidenceError
from soc2test.evidence.files import Found, walk
from soc2test.evidence.manifest import NAMES
from soc2test.evidence.members import Entry, is_archive, member
from soc2test.evidence.read_limits import ReadLimits
from soc2test.evidence.tar_members import Shelf, tar_entries
from soc2test.evidence.zip_members import zip_entries

__all__ = ["Listing", "listing"]

_TWICE = "is there twice: in an archive, and again in it or beside it; keep one of them"


@dataclass
class Listing:
    """The files below the exports folder with the members of archives, and the archives that were read."""

    files: list[Found]
    archives: list[tuple[Found, int]]
    """each with the number of its members"""


def listing(root: Path, limits: ReadLimits, shelf: Shelf) -> Listing:
    """List all files and members below `root`. A damaged archive is one refused file, and lost.

    Raises `EvidenceError` where more files than allowed lie in the folder itself.
    """
    lying = list(walk(root, limits))
    left = limits.files - len(lying)
    listed = Listing([], [])
    for found in lying:
        if not is_archive(found.name):
            listed.files.append(found)
            continue
        try:
            members = _members(found, limits, shelf, left, root.name)
        except EvidenceError as error:
            text = f"{error.place}: {error.text}" if error.place else error.text
            listed.files.append(replace(found, refused=text, lost=True))
        else:
            left -= len(members)
            listed.files += members
            listed.archives.append((found, len(members)))
    listed.files = list(_once(listed.files))
    return listed


def _members(archive: Found, limits: ReadLimits, shelf: Shelf, most: int, root: str) -> list[Found]:
    entries = list(_entries(archive, limits, shelf, most))
    if not entries:
        raise EvidenceError(archive.shown, "is an archive that holds nothing")
    members = [found for entry in entries if (found := member(archive, entry)) is not None]
    if not archive.folder:
        members = _below(root, members)
    return sorted(members, key=lambda found: found.member)


def _entries(archive: Found, limits: ReadLimits, shelf: Shelf, most: int) -> Iterator[Entry]:
    if archive.name.lower().endswith(".zip"):
        return zip_entries(archive, limits, most)
    return tar_entries(archive, limits, most, shelf)


def _below(root: str, members: list[Found]) -> list[Found]:
    """An archive of the exports folder as a whole may have that folder as its one entry at the top."""
    if not all(found.place.startswith(f"{root}/") for found in members):
        return members
    return [replace(found, place=found.place.partition("/")[2]) for found in members]


def _once(files: list[Found]) -> Iterator[Found]:
    """Refuse all that have one path, where one of them is a member: which of them is right is not known."""
    paths: dict[str, list[Found]] = {}
    for found in files:
        paths.setdefault(_key(found), []).append(found)
    for found in files:
        same = paths[_key(found)]
        named = found.archive is None or found.path != found.archive
        twice = named and len(same) > 1 and any(each.archive for each in same) and not found.refused
        yield replace(found, refused=_TWICE, lost=True) if twice else found


def _key(found: Found) -> str:
    """Names that some file systems take for one are one; a manifest speaks of its own archive alone."""
    own = f"\0{found.archive}" if found.name in NAMES else ""
    return _folded(found.place) + own


def _folded(place: str) -> str:
    return place.lower() if place.isascii() else unicodedata.normalize("NFC", place).casefold()
