"""`TableMap`: which columns of a table are which keys, and what its dates and words mean, ready to be applied."""

from collections.abc import Mapping
from datetime import UTC, tzinfo

import msgspec

from soc2test.evidence.written_dates import DateFormat

__all__ = ["TableMap", "folded", "matching"]


class TableMap(msgspec.Struct, frozen=True, kw_only=True):
    """How the tables of one call are read whose columns have other names than its keys."""

    where: str
    """the key path in soc2.yaml that says so, such as "registers.people", for who has to mend it"""
    keys: tuple[str, ...]
    """all keys that an entry may have"""
    needed: tuple[str, ...]
    """those that no table lacks"""
    headers: Mapping[str, tuple[str, ...]] = msgspec.field(default_factory=dict)
    """key -> the header of its column; of several the texts are joined by a blank"""
    days: frozenset[str] = frozenset()
    """keys that hold a day"""
    moments: frozenset[str] = frozenset()
    """keys that hold a day or a time with its zone"""
    format: DateFormat | None = None
    """how dates are written that are no ISO 8601"""
    zone: tzinfo = UTC
    """the company's time zone, whose days those of moments are"""
    words: Mapping[str, Mapping[str, str]] = msgspec.field(default_factory=dict)
    """key -> folded word -> what it means; a key that stands here takes no other word"""
    shown_words: Mapping[str, tuple[str, ...]] = msgspec.field(default_factory=dict)
    """the same words as they are written, for who wrote another one"""
    unknown: tuple[str, ...] = ()
    """keys of which the table says nothing, as somebody stated: unknown of every entry"""
    ignored: frozenset[str] = frozenset()
    """folded headers that are no key's, though they look like one"""


def folded(text: str) -> str:
    """A header or a word without what a spreadsheet does to it by itself: case, and blanks."""
    return " ".join(text.split()).casefold()


def matching(header: str, columns: tuple[str, ...]) -> list[int]:
    """The numbers, from 0, of the columns with this header: the one that is spelt so, else all that are but for case
    and blanks."""
    if header in columns:
        return [columns.index(header)]
    return [number for number, column in enumerate(columns) if folded(column) == folded(header)]
