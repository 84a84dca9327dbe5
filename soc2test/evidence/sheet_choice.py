"""Which sheet of a workbook is the register, and whether its columns' names stand where they belong."""

import re
from collections.abc import Iterable, Sequence

import msgspec

from soc2test.errors import EvidenceError
from soc2test.evidence.mapped_tables import fits
from soc2test.evidence.tables import Head

__all__ = ["Candidate", "chosen", "misplaced_header"]

_BETWEEN_WORDS = re.compile(r"[^a-z0-9]+")
_NAMED = 10


class Candidate(msgspec.Struct, frozen=True):
    """A visible sheet: its name and the names in its first row."""

    name: str
    columns: tuple[str, ...]


def chosen(sheets: Sequence[Candidate], head: Head, file: str) -> int:
    """The number of the sheet to read: the only one, the one of the call's name, or the only one with its columns.

    Where another one has the columns beside that of its name, what stands there would be lost: people keep those who
    left, or contractors, in a sheet of their own. Raises `EvidenceError` with the names of all where it is not one.
    """
    if len(sheets) == 1:
        return 0
    named = [number for number, sheet in enumerate(sheets) if _plain(sheet.name) == _plain(head.name)]
    fitting = [number for number, sheet in enumerate(sheets) if _has(sheet.columns, head)]
    if len(named) == 1 and not {*fitting} - {*named}:
        return named[0]
    if len(fitting) == 1 and not named:
        return fitting[0]
    names = ", ".join(sheet.name for sheet in sheets[:_NAMED])
    more = f" and {len(sheets) - _NAMED} more" if len(sheets) > _NAMED else ""
    beside = [sheets[number].name for number in fitting if number not in named]
    if len(named) == 1 and beside:
        among = f"{beside[0]} has its columns beside the one of its name"
        way_out = "put their rows into one sheet, or hide the one that is not to be read"
    else:
        among = "none of them has its name and columns" if not fitting else f"{len(fitting)} of them have its columns"
        way_out = f"call the one to read {head.name!r}, or hide the others"
    raise EvidenceError(file, f"has {len(sheets)} sheets ({names}{more}), and {among}: {way_out}")


def misplaced_header(first: Sequence[str], lower: Iterable[tuple[int, Sequence[str]]], head: Head) -> str | None:
    """What is wrong where the columns' names stand in a row below the first; None where they don't.

    `lower` are the rows below with their numbers. Only a row with all columns that the call needs is taken for theirs.
    """
    if not head.columns or _has(first, head):
        return None
    at = next((number for number, names in lower if _has(names, head)), None)
    if at is None:
        return None
    above = "the row above it" if at == 2 else f"the {at - 1} rows above it"  # noqa: PLR2004
    return f"is not the row with the columns' names, which is row {at}: delete {above} (titles, groups of columns)"


def _has(columns: Sequence[str], head: Head) -> bool:
    if head.map is not None:
        return fits(columns, head.map)
    return bool(head.columns) and set(head.columns) <= set(columns)


def _plain(name: str) -> str:
    """ "Access reviews" is access_reviews."""
    return _BETWEEN_WORDS.sub("_", name.casefold()).strip("_")
