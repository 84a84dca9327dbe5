"""`StreamedFile`: the items of one large JSON or NDJSON file, one by one."""

import io
import os
from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from typing import Any, BinaryIO, NamedTuple

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
from soc2test.evidence.read_before import Known, Layout, Reading, Same
from soc2test.evidence.read_limits import ReadLimits
from soc2test.evidence.templates import may_hold_templates, unrendered

__all__ = ["Run", "StreamedFile"]

_BLANKS = b" \t\r\n"
_BOM = b"\xef\xbb\xbf"
_LINES = Layout(opening=b"", ending=b"\n")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


class Run(NamedTuple):
    """Items that stand behind each other."""

    first: int
    """the number of the first one"""
    items: Sequence[Any]
    known: bool = False
    """each is what stands for an item that was read before"""


class StreamedFile:
    """`runs` gives parsed items and reads the file once; `sha256` and `around` are known at the end.

    What is `known` is given in place of items that were read before, and new ones are given as `Fresh`, where the file
    lets see where an item begins and ends. Other items are given as always. What was known is read in memory.

    An NDJSON file has an item a line; a JSON file is an array, or an object that holds one at the key `items`. UTF-8 of
    the first two sorts, compressed or not, is read in flat memory, all else as a document. Raises `EvidenceError` and
    `OSError`.
    """

    def __init__(self, found: Found, items: str, limits: ReadLimits, known: Known | None = None) -> None:
        self._found, self._items, self._limits = found, items, limits
        self._known, self._reading = known, None if known is None else Reading(known)
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

    def keep(self) -> None:
        """What stands for the items is kept for the next version of the file. To be called when all of it was read."""
        if self._reading is not None:
            self._reading.end()

    def __iter__(self) -> Iterator[tuple[int, Any]]:
        """(number, parsed item) of each."""
        return chain.from_iterable(enumerate(run.items, run.first) for run in self.runs())

    def runs(self) -> Iterator[Run]:
        """The number of an item, with the items from it on: to hand on each costs as much as to make a resource of it.

        What is read one by one is handed on one by one: no broken item takes those before it away.
        """
        if self._found.opener is not None or is_compressed(self._found.name):
            return self._packed()
        return self._plain()

    def _plain(self) -> Iterator[Run]:
        with self._bytes() as raw:
            start = raw.read(2)
            raw.seek(0)
            if not (start in _UTF16 or b"\0" in start):
                try:
                    yield from self._of_text(Hashed(raw, None if self._found.held is None else self._found.held.sha256))
                    return
                except NoArray:
                    pass
        yield from self._document()

    def _bytes(self) -> BinaryIO:
        """Without a buffer: a run is cut from what is read at once."""
        if self._found.held is not None and not self._found.refused:
            return opened(self._found)
        return os.fdopen(open_regular(self._found), "rb", buffering=0)

    def _packed(self) -> Iterator[Run]:
        """A compressed file, or a member of an archive: expanded as it is read, and hashed as it lies there."""
        start = head(self._found)[:2]
        if not (start in _UTF16 or b"\0" in start):
            with opened(self._found) as raw:
                try:
                    yield from self._of_text(Hashed(raw))
                    return
                except NoArray:
                    pass
        yield from self._document()

    def _of_text(self, file: Hashed) -> Iterator[Run]:
        content = self._expanded(file)
        yield from self._lines(content) if self._by_line else self._array(content)
        self.sha256 = file.sha256()

    def _expanded(self, file: Hashed) -> io.RawIOBase:
        if not is_compressed(self._found.name):
            return file
        return Expanded(io.BufferedReader(file), self._found, self._limits)

    def _lines(self, file: io.RawIOBase) -> Iterator[Run]:
        parser = parser_of(self._name, self._limits)
        if self._known:
            text = _all_of(file)
            runs = self._as_before(parser, text, 0)
            if runs is not None:
                self.blank = not text.strip()
                yield from runs
                return
            file = io.BytesIO(text)  # type: ignore[assignment]  # it reads as one
        number = 1
        for run in line_runs(file, self._name, self._limits):
            values = None if may_hold_templates(run) else self._values_of_lines(parser, run, number)
            if values is None:
                yield from self._line_by_line(parser, run, number)
                number += run.count(b"\n")
            else:
                self.blank = False
                yield Run(number, values)
                number += len(values)
            del values  # before the next are parsed: they will lie where these lay, in the processor's cache

    def _values_of_lines(self, parser: Parser, run: bytes, first: int) -> list[Any] | None:
        if self._reading is None:
            return parser.lines(run)
        if not all(lines_of(run)):
            return None  # a blank line is no item
        return self._reading.changed(_LINES, _LINES.cut(run), None, _line_reader(parser, first))

    def _line_by_line(self, parser: Parser, run: bytes, first: int) -> Iterator[Run]:
        for number, line in enumerate(lines_of(run), first):
            if line:
                self.blank = False
                yield Run(number, [_facts(line, parser.line(line, number))])

    def _array(self, file: io.RawIOBase) -> Iterator[Run]:
        if self._items:
            raise NoArray
        parser = parser_of(self._name, self._limits)
        if self._known:
            text = _all_of(file)
            start = text.find(b"{")
            runs = self._as_before(parser, text, start) if text[: max(start, 0)].strip() == b"[" else None
            if runs is not None:
                self.blank = False
                yield from runs
                return
            file = io.BytesIO(text)  # type: ignore[assignment]  # it reads as one

        def together(array: bytes, between: bytes) -> list[Any] | None:
            return None if may_hold_templates(array) else self._values_of_members(parser, array, between)

        number = 0
        # what is known is not parsed, so that it need not lie in the processor's cache
        blockwise = self._reading is not None
        for piece in array_pieces(file, self._name, self._limits, together, blockwise=blockwise):
            if piece.values is None:
                for at, member in enumerate(map(bytes, piece.members), number):
                    yield Run(at, [_facts(member, parser.member(member))])
                number += len(piece.members)
            else:
                yield Run(number, piece.values)
                number += len(piece.values)
            del piece
        self.blank = False

    def _values_of_members(self, parser: Parser, array: bytes, between: bytes) -> list[Any] | None:
        layout = _layout_of(between) if between else None
        rests = _cut_behind(layout.opening, array, between) if self._reading is not None and layout is not None else []
        if self._reading is None or layout is None or not rests:
            return parser.members(array, comma_in(between))
        return self._reading.changed(layout, rests, None, _member_reader(parser, layout))

    def _as_before(self, parser: Parser, text: bytes, start: int) -> list[Run] | None:
        """All of a file of which a version was read before; None where it is to be read as any other.

        Nothing is handed on before all was seen to be whole items, so that of a broken file the same items are read.
        """
        if self._reading is None or self._known is None:
            return None
        layout = self._known.runs[0].layout
        number = 1 if self._by_line else 0
        runs: list[Run] = []
        for part in self._reading.parts(text, start):
            if isinstance(part, Same):
                self._reading.same(part)
                run = Run(number, part.known, known=True)
            else:
                rests = self._rests(layout, text[part.start : part.end], last=part.end == len(text))
                read = _line_reader(parser, number) if self._by_line else _member_reader(parser, layout)
                values = self._reading.changed(layout, rests, part.before, read) if rests else None
                if values is None:
                    self._reading.forget()
                    return None
                run = Run(number, values)
            runs.append(run)
            number += len(run.items)
        return runs

    def _rests(self, layout: Layout, part: bytes, *, last: bool) -> list[bytes]:
        """The items of a part as they stand behind their opening; none where that is not seen."""
        if may_hold_templates(part):
            return []
        if self._by_line:
            part = part if part.endswith(b"\n") else part + b"\n"
            return _LINES.cut(part) if all(lines_of(part)) else []
        array = b"[%b" % part if last else b"[%b]" % part.rstrip(_BLANKS).removesuffix(b",")
        return _cut_behind(layout.opening, array, layout.ending + layout.opening)

    def _document(self) -> Iterator[Run]:
        content = read(self._found, self._limits)
        self.sha256 = content.sha256
        self.blank = not content.data.strip()
        if self.blank:
            return
        parser = parser_of(self._name, self._limits)
        if self._by_line:
            for number, line in json_text.lines(content.data):
                yield Run(number, [_facts(line, parser.line(line.strip(b" \t\r"), number))])
            return
        members, around = listed_members(content.data, self._items, self._name)
        self.around = around if self._items else None
        for number, member in enumerate(members):
            yield Run(number, [_facts(bytes(member), parser.member(bytes(member)))])


def _all_of(file: io.RawIOBase) -> bytes:
    """All of a file but its byte order mark."""
    return (file.read() or b"").removeprefix(_BOM)


def _layout_of(between: bytes) -> Layout:
    opening = opening_of(between)
    return Layout(opening=opening, ending=between.removesuffix(opening))


def _line_reader(parser: Parser, number: int) -> Callable[[bytes], Any]:
    """The number of a line that can't be read is told by whoever reads all of them one by one."""
    return lambda line: parser.line(line.strip(_BLANKS), number)


def _member_reader(parser: Parser, layout: Layout) -> Callable[[bytes], Any]:
    return lambda rest: parser.member(b"%b%b}" % (layout.opening, rest))


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
