"""`StreamedFile`: the items of one large JSON or NDJSON file, one by one."""

import io
import os
from collections.abc import Iterator
from typing import Any

from soc2test.evidence import json_text
from soc2test.evidence.content import data_suffix, head, opened, read
from soc2test.evidence.cutting import Hashed, NoArray, array_members, lines, listed_members
from soc2test.evidence.expanding import Expanded, is_compressed
from soc2test.evidence.files import Found, open_regular
from soc2test.evidence.json_fast import parser_of
from soc2test.evidence.limits import ReadLimits
from soc2test.evidence.templates import may_hold_templates, unrendered

__all__ = ["StreamedFile"]

_UTF16 = (b"\xff\xfe", b"\xfe\xff")


class StreamedFile:
    """Iterating gives (number, parsed item) and reads the file once; `sha256` and `around` are known at the end.

    An NDJSON file has an item a line; a JSON file is an array, or an object that holds one at the key `items`. UTF-8 of
    the first two sorts, compressed or not, is read in flat memory, all else as a document. Raises `EvidenceError` and
    `OSError`.
    """

    def __init__(self, found: Found, items: str, limits: ReadLimits) -> None:
        self._found, self._items, self._limits = found, items, limits
        self._name = found.shown
        self._by_line = data_suffix(found.path.name) in (".ndjson", ".jsonl")
        self._templates = False
        """one was seen, so that each item is looked through"""
        self._edge = False
        self.sha256 = ""
        self.blank = True
        """nothing but blanks was in it"""
        self.around: Any = None
        """the object that holds the array, without the array's members; None where there is none"""

    def place(self, number: int) -> str:
        """How an item is named to people."""
        return f"line {number}" if self._by_line else f"{self._items}[{number}]"

    def __iter__(self) -> Iterator[tuple[int, Any]]:
        if self._found.opener is not None or is_compressed(self._found.path.name):
            return self._packed()
        return self._plain()

    def _plain(self) -> Iterator[tuple[int, Any]]:
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

    def _packed(self) -> Iterator[tuple[int, Any]]:
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
        if not is_compressed(self._found.path.name):
            return file
        return Expanded(io.BufferedReader(file), self._found, self._limits)

    def _lines(self, file: io.RawIOBase) -> Iterator[tuple[int, Any]]:
        parse = parser_of(self._name, self._limits).line
        for number, line in enumerate(lines(file, self._name, self._limits, self._look), 1):
            if line:
                value = parse(line, number)
                yield number, _facts(line, value) if self._templates else value

    def _look(self, block: bytes) -> None:
        """Templates are rare: one search for a block of lines costs less than one for each line."""
        self.blank = self.blank and not block.strip(b" \t\r\n")
        across = self._edge and block[:1] in (b"{", b"%")
        self._templates = self._templates or across or may_hold_templates(block)
        self._edge = block.endswith(b"{")

    def _array(self, file: io.RawIOBase) -> Iterator[tuple[int, Any]]:
        if self._items:
            raise NoArray
        parse = parser_of(self._name, self._limits).member
        for number, member in enumerate(array_members(file, self._name, self._limits)):
            yield number, _facts(member, parse(member))
        self.blank = False

    def _document(self) -> Iterator[tuple[int, Any]]:
        content = read(self._found, self._limits)
        self.sha256 = content.sha256
        self.blank = not content.data.strip()
        if self.blank:
            return
        parser = parser_of(self._name, self._limits)
        if self._by_line:
            for number, line in json_text.lines(content.data):
                yield number, _facts(line, parser.line(line.strip(b" \t\r"), number))
            return
        members, around = listed_members(content.data, self._items, self._name)
        self.around = around if self._items else None
        for number, member in enumerate(members):
            yield number, _facts(bytes(member), parser.member(bytes(member)))


def _facts(data: bytes, value: Any) -> Any:
    """Templates are no facts; an item's bytes tell in a moment that it holds none."""
    return unrendered(value) if may_hold_templates(data) else value
