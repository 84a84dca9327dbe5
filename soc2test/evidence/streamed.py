"""`StreamedFile`: the items of one large JSON or NDJSON file, one by one."""

import io
import os
from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from typing import Any, NamedTuple

from soc2test.errors import EvidenceError
from soc2test.evidence import json_text
from soc2test.evidence.content import data_suffix, head, opened, read
from soc2test.evidence.cutting import (
    Hashed,
    NoArray,
    array_pieces,
    comma_in,
    line_runs,
    lines_of,
    listed_members,
    opening_of,
)
from soc2test.evidence.expanding import Expanded, is_compressed
from soc2test.evidence.files import Found, open_regular
from soc2test.evidence.json_fast import Parser, parser_of
from soc2test.evidence.read_limits import ReadLimits
from soc2test.evidence.templates import may_hold_templates, unrendered

__all__ = ["Fresh", "Known", "StreamedFile"]

_BLANKS = b" \t\r\n"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
Run = tuple[int, Sequence[Any]]
"""The number of the first item, and items."""


class Known:
    """What stands for items that were read before, by how they begin and by the bytes behind that."""

    def __init__(self) -> None:
        self._by_opening: dict[bytes, dict[bytes, Any]] = {}

    def beginning(self, opening: bytes) -> dict[bytes, Any]:
        """Those of one beginning, which many items of a file share, to be added to."""
        return self._by_opening.setdefault(opening, {})

    def __len__(self) -> int:
        return sum(map(len, self._by_opening.values()))

    def clear(self) -> None:
        """Forget all of them."""
        self._by_opening = {}


class Fresh(NamedTuple):
    """An item that is not among the known ones."""

    value: Any
    among: dict[bytes, Any]
    """where what stands for it is to be kept, by its bytes"""
    data: bytes


class StreamedFile:
    """`runs` gives parsed items and reads the file once; `sha256` and `around` are known at the end.

    What is `known` is given in place of items that were read before, and new ones are given as `Fresh`, where the file
    lets see where an item begins and ends. Other items are given as always.

    An NDJSON file has an item a line; a JSON file is an array, or an object that holds one at the key `items`. UTF-8 of
    the first two sorts, compressed or not, is read in flat memory, all else as a document. Raises `EvidenceError` and
    `OSError`.
    """

    def __init__(self, found: Found, items: str, limits: ReadLimits, known: Known | None = None) -> None:
        self._found, self._items, self._limits = found, items, limits
        self._known = known
        self._name = found.shown
        self._by_line = data_suffix(found.name) in (".ndjson", ".jsonl")
        self.sha256 = ""
        self.blank = True
        """nothing but blanks was in it"""
        self.around: Any = None
        """the object that holds the array, without the array's members; None where there is none"""

    def place(self, number: int) -> str:
        """How an item is named to people."""
        return f"line {number}" if self._by_line else f"{self._items}[{number}]"

    def __iter__(self) -> Iterator[tuple[int, Any]]:
        """(number, parsed item) of each."""
        return chain.from_iterable(enumerate(items, first) for first, items in self.runs())

    def runs(self) -> Iterator[Run]:
        """The number of an item, with the items from it on: to hand on each costs as much as to make a resource of it.

        What is read one by one is handed on one by one: no broken item takes those before it away.
        """
        if self._found.opener is not None or is_compressed(self._found.name):
            return self._packed()
        return self._plain()

    def _plain(self) -> Iterator[Run]:
        with os.fdopen(open_regular(self._found), "rb", buffering=0) as raw:
            start = os.pread(raw.fileno(), 2, 0)
            if not (start in _UTF16 or b"\0" in start):
                file = Hashed(raw)
                try:
                    yield from self._lines(file) if self._by_line else self._array(file)
                    self.sha256 = file.sha256()
                    return
                except NoArray:
                    pass
        yield from self._document()

    def _packed(self) -> Iterator[Run]:
        """A compressed file, or a member of an archive: expanded as it is read, and hashed as it lies there."""
        start = head(self._found)[:2]
        if not (start in _UTF16 or b"\0" in start):
            with opened(self._found) as raw:
                file = Hashed(raw)
                try:
                    content = self._expanded(file)
                    yield from self._lines(content) if self._by_line else self._array(content)
                    self.sha256 = file.sha256()
                    return
                except NoArray:
                    pass
        yield from self._document()

    def _expanded(self, file: Hashed) -> io.RawIOBase:
        if not is_compressed(self._found.name):
            return file
        return Expanded(io.BufferedReader(file), self._found, self._limits)

    def _lines(self, file: io.RawIOBase) -> Iterator[Run]:
        parser = parser_of(self._name, self._limits)
        number = 1
        for run in line_runs(file, self._name, self._limits):
            values = None if may_hold_templates(run) else self._values_of_lines(parser, run, number)
            if values is None:
                yield from self._line_by_line(parser, run, number)
                number += run.count(b"\n")
            else:
                self.blank = False
                yield number, values
                number += len(values)
            del values  # before the next are parsed: they will lie where these lay, in the processor's cache

    def _values_of_lines(self, parser: Parser, run: bytes, first: int) -> list[Any] | None:
        if self._known is None:
            return parser.lines(run)
        lines = lines_of(run)
        if not all(lines):
            return None  # a blank line is no item
        return _known_or_fresh(
            lines, self._known.beginning(b""), lambda place: parser.line(lines[place], first + place)
        )

    def _line_by_line(self, parser: Parser, run: bytes, first: int) -> Iterator[Run]:
        for number, line in enumerate(lines_of(run), first):
            if line:
                self.blank = False
                yield number, [_facts(line, parser.line(line, number))]

    def _array(self, file: io.RawIOBase) -> Iterator[Run]:
        if self._items:
            raise NoArray
        parser = parser_of(self._name, self._limits)

        def together(array: bytes, between: bytes) -> list[Any] | None:
            return None if may_hold_templates(array) else self._values_of_members(parser, array, between)

        number = 0
        # what is known is not parsed, so that it need not lie in the processor's cache
        blockwise = self._known is not None
        for piece in array_pieces(file, self._name, self._limits, together, blockwise=blockwise):
            if piece.values is None:
                for at, member in enumerate(map(bytes, piece.members), number):
                    yield at, [_facts(member, parser.member(member))]
                number += len(piece.members)
            else:
                yield number, piece.values
                number += len(piece.values)
            del piece
        self.blank = False

    def _values_of_members(self, parser: Parser, array: bytes, between: bytes) -> list[Any] | None:
        opening = opening_of(between) if between else b""
        rests = _cut_behind(opening, array, between) if self._known is not None and opening else []
        if self._known is None or not rests:
            return parser.members(array, comma_in(between))
        known = self._known.beginning(opening)
        return _known_or_fresh(rests, known, lambda place: parser.member(b"%b%b}" % (opening, rests[place])))

    def _document(self) -> Iterator[Run]:
        content = read(self._found, self._limits)
        self.sha256 = content.sha256
        self.blank = not content.data.strip()
        if self.blank:
            return
        parser = parser_of(self._name, self._limits)
        if self._by_line:
            for number, line in json_text.lines(content.data):
                yield number, [_facts(line, parser.line(line.strip(b" \t\r"), number))]
            return
        members, around = listed_members(content.data, self._items, self._name)
        self.around = around if self._items else None
        for number, member in enumerate(members):
            yield number, [_facts(bytes(member), parser.member(bytes(member)))]


def _known_or_fresh(items: list[bytes], known: dict[bytes, Any], parse: Callable[[int], Any]) -> list[Any] | None:
    """What stands for each item, given the bytes of all; None where one of them is no JSON by itself."""
    found: list[Any] = list(map(known.get, items))
    try:
        for place, value in enumerate(found):
            if value is None:
                found[place] = Fresh(value=parse(place), among=known, data=items[place])
    except EvidenceError:
        return None
    return found


def _cut_behind(opening: bytes, array: bytes, between: bytes) -> list[bytes]:
    """What stands behind the opening of each member, up to its last brace, if the array is cut where a member probably
    ends; none where that is not seen.

    These are its members if each is JSON by itself: text can't be read as an array in two ways.
    """
    begins = b"[%b" % opening
    if not array.startswith(begins):  # blanks stand before the first member, as in the first piece of a file
        array = b"[%b" % array.removeprefix(b"[").lstrip(_BLANKS)
    if not array.endswith(b"}]"):  # or behind the last one
        array = b"%b]" % array.rstrip(_BLANKS).removesuffix(b"]").rstrip(_BLANKS) if _is_closed(array) else b""
    if not array.startswith(begins) or not array.endswith(b"}]"):
        return []
    return array[len(begins) : -2].split(between)


def _is_closed(array: bytes) -> bool:
    return array.rstrip(_BLANKS).endswith(b"]")


def _facts(data: bytes, value: Any) -> Any:
    """Templates are no facts; an item's bytes tell in a moment that it holds none."""
    return unrendered(value) if may_hold_templates(data) else value
