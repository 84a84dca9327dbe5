"""`.collected` below the exports folder: what the collecting script wrote, when and with which command.

Lines of six fields between tabs: time, how it went, SHA-256, who asked, file, command. `sealed` ends what a manifest
has taken over.
"""

import re
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path, PurePosixPath

import msgspec

from soc2test.errors import EvidenceError
from soc2test.evidence.times import parse_time

__all__ = ["COLLECT", "NAME", "SCRIPT", "Line", "counts", "lines", "of_all_pages", "sealed", "written_from"]

NAME = ".collected"
SCRIPT, COLLECT = "soc2test evidence --format sh", "soc2test collect"
"""what writes into it, as manifests name it"""
_FIELDS = 6
_HOW = ("ok", "failed", "gone", "sealed")
_PAGE = re.compile(r"\.page(\d+)(?=\.json$)")
_ROUNDS = timedelta(days=1)
"""Rounds of collecting that belong together are within it."""


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One file that was written ("ok", "failed") or taken away ("gone"); "-" stands for a digest nobody could make."""

    time: str
    how: str
    sha256: str
    who: str
    file: str
    command: str


def lines(exports: Path) -> list[Line]:
    """All lines; none where nothing was collected. Raises `EvidenceError` for one that the script did not write."""
    path = exports / NAME
    if not path.is_file():
        return []
    texts = path.read_text("utf-8", "replace").split("\n")
    return [_line(number, text) for number, text in enumerate(texts, 1) if text]


def sealed(given: list[Line]) -> int:
    """How many of the lines a manifest has taken over."""
    return max((number for number, line in enumerate(given, 1) if line.how == "sealed"), default=0)


def written_from(given: list[Line], first: int) -> list[Line]:
    """The lines about files that were written or taken away, from the `first` line on, counted from 0.

    By their number, for what was written in one second may be of two collections.
    """
    return [line for line in given[first:] if line.how != "sealed"]


def counts(exports: Path, now: datetime, first: int | None = None) -> dict[str, int]:
    """How often each file was asked for, from the `first` line on or in the last day; all pages of a call are one file.

    Raises `EvidenceError`.
    """
    given = lines(exports)
    near = [line for line in given if _is_recent(line, now)] if first is None else given[first:]
    recent = [line for line in near if line.how in ("ok", "failed")]
    return Counter(of_all_pages(line.file) for line in recent if _number(line.file) in (None, 1))


def of_all_pages(file: str) -> str:
    """The name that all pages of a call have in common."""
    return _PAGE.sub("", file)


def _is_recent(line: Line, now: datetime) -> bool:
    when = parse_time(line.time)
    return when is not None and now - when <= _ROUNDS


def _number(file: str) -> int | None:
    page = _PAGE.search(file)
    return int(page[1]) if page else None


def _line(number: int, text: str) -> Line:
    fields = text.split("\t")
    if len(fields) != _FIELDS or fields[1] not in _HOW or not _is_below(fields[4]) or not _is_time(fields[0]):
        raise EvidenceError(NAME, "is no line of the collecting script", place=f"line {number}")
    time, how, digest, who, file, command = fields
    return Line(time=time, how=how, sha256=digest, who=who, file=file, command=command)


def _is_below(file: str) -> bool:
    return not PurePosixPath(file).is_absolute() and ".." not in PurePosixPath(file).parts


def _is_time(text: str) -> bool:
    try:
        return parse_time(text) is not None
    except ValueError:
        return False
