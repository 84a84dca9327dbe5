"""Large JSON files cut into their items, in flat memory, hashed as they are read.

Items are handed on some at a time: what is done once for a run of them costs half of what is done for each.

An array is cut without a tokenizer: what stands between two items looks the same all through an export, so a block is
cut at its last occurrence, and a JSON parser proves that the text before it is a run of whole items.
"""

import io
import re
from collections.abc import Callable, Iterator
from hashlib import sha256
from typing import Any, BinaryIO, NamedTuple, NoReturn

import msgspec

from soc2test.errors import EvidenceError
from soc2test.evidence.json_text import parse
from soc2test.evidence.read_limits import ReadLimits

__all__ = [
    "Hashed", "NoArray", "Piece", "array_pieces", "comma_in", "line_runs", "lines_of", "listed_members", "opening_of",
]  # fmt: skip

_BLOCK = 1 << 16
_TOGETHER = 1 << 14
"""Bytes of a run of items. Of more, the parsed values would no longer lie in a processor's cache."""
_TRIES = 200
_BETWEEN = re.compile(rb'\}\s*,\s*\{\s*"[^"\\]*"\s*:')
_BOM = b"\xef\xbb\xbf"
_BLANK = b" \t\r\n"
_raw_list = msgspec.json.Decoder(list[msgspec.Raw]).decode
_raw = msgspec.json.Decoder(msgspec.Raw).decode
Read = Callable[[int], bytes]


class NoArray(Exception):
    """The file does not begin as an array; nothing was cut from it."""


class Hashed(io.RawIOBase):
    """A file that keeps the SHA-256 of every byte that was read from it, unless that of the whole is known."""

    def __init__(self, file: BinaryIO, known: str | None = None) -> None:
        self._file, self._known = file, known
        self._hash = sha256()

    def readable(self) -> bool:
        """Always."""
        return True

    def read(self, size: int = -1) -> bytes:
        """At most `size` bytes, all that are left by default; without the copies that `readinto` would cost."""
        data = self._file.read(size)
        if self._known is None:
            self._hash.update(data)
        return data

    def readinto(self, buffer: Any) -> int:
        """Fill `buffer`; how many bytes there were."""
        count: int = self._file.readinto(buffer)  # type: ignore[attr-defined]  # FileIO has it
        if self._known is None:
            self._hash.update(memoryview(buffer)[:count])
        return count

    def sha256(self) -> str:
        """The digest of all that was read."""
        return self._hash.hexdigest() if self._known is None else self._known


def line_runs(file: io.RawIOBase, name: str, limits: ReadLimits) -> Iterator[bytes]:
    """All lines, some whole ones at a time, each ended by LF. Only LF ends one: U+2028 may stand in a string."""
    most, size = limits.document_bytes, 0
    held: list[bytes] = []
    for block in _blocks(file):
        first, last = block.find(b"\n") + 1, block.rfind(b"\n") + 1
        if (size := size + (first or len(block))) > most:
            way_out = "export smaller items, or raise reading.document_mib in soc2.yaml"
            raise EvidenceError(name, f"one line is larger than a document may be; {way_out}", code="limit")
        if last:
            yield from _runs(b"".join([*held, block[:last]]))
            held, size = [], len(block) - last
        held.append(block[last:])
    if size:
        yield b"".join(held) + b"\n"


def _runs(text: bytes) -> Iterator[bytes]:
    """Whole lines in runs of about `_TOGETHER` bytes."""
    at = 0
    while len(text) - at > _TOGETHER:
        end = text.rfind(b"\n", at, at + _TOGETHER) + 1 or text.find(b"\n", at) + 1
        yield text[at:end]
        at = end
    if at < len(text):
        yield text[at:]


def lines_of(run: bytes) -> list[bytes]:
    """The lines of a run without the blanks around them."""
    return [line.strip(_BLANK) for line in run.removesuffix(b"\n").split(b"\n")]


def _blocks(file: io.RawIOBase) -> Iterator[bytes]:
    """The file's content without byte order mark."""
    # what expands gives little at a time: a mark could come in two parts
    read = file.read if isinstance(file, Hashed) else io.BufferedReader(file, _BLOCK).read
    mark = _BOM
    while block := read(_BLOCK):
        yield block.removeprefix(mark)
        mark = b""


class Piece(NamedTuple):
    """Some members of an array after each other: their values, or where these are None their bytes."""

    values: list[Any] | None
    members: list[msgspec.Raw]


Together = Callable[[bytes, bytes], list[Any] | None]
"""The values of an array's members, given what probably stands between two of them, from the brace that ends the first
to the colon after the second's first key (b"": nothing is known of it); None: they are to be read one by one."""


def array_pieces(
    file: io.RawIOBase, name: str, limits: ReadLimits, together: Together, *, blockwise: bool = False
) -> Iterator[Piece]:
    """All members of an array, some at a time, or `blockwise` many; of one that is not cut in blocks, the rest is read
    as one document.

    Raises `NoArray` before anything else, `EvidenceError` where the array is broken.
    """
    read = io.BufferedReader(file, _BLOCK).read
    rest = read(_BLOCK).removeprefix(_BOM)
    blanks = len(rest) - len(rest.lstrip(b" \t\r\n"))
    if rest[blanks : blanks + 1] != b"[":
        raise NoArray
    line = 1 + rest.count(b"\n", 0, blanks)
    rest = rest[blanks + 1 :]
    between = _learn(rest)
    while between and (block := read(_BLOCK)):
        rest += block
        cut = 0
        for end, piece in _pieces(rest, between, together, len(rest) if blockwise else _TOGETHER):
            yield piece
            cut = end
        if not cut:
            break
        line += rest.count(b"\n", 0, cut)
        rest = rest[cut:]
    yield _last_piece(rest, read, name, limits, line, lambda array: together(array, between))


def _pieces(text: bytes, between: bytes, together: Together, size: int) -> Iterator[tuple[int, Piece]]:
    """What of `text` is whole members, in pieces of about `size` bytes, each with where the next one begins."""
    at, step = 0, size
    while at < len(text):
        cut, piece = _cut(text[at : at + step], between, together)
        if piece is not None:
            whole = at + step >= len(text)
            at += cut
            yield at, piece
            if whole:
                break
        elif at + step >= len(text):
            break
        else:
            step = len(text)  # a member is larger than a piece: all that is there is tried at once


def _learn(text: bytes) -> bytes:
    """What stands between the first two members: their braces, the comma, blanks and the first key; b"" if not told."""
    for number, match in enumerate(_BETWEEN.finditer(text)):
        if number == _TRIES:
            break
        if _whole(_raw, text[: match.start() + 1]) is not None:
            return match[0]
    return b""


def _cut(text: bytes, between: bytes, together: Together) -> tuple[int, Piece | None]:
    """The members up to the last place where `text` can be cut, and where the next one begins."""
    last = text.rfind(between)
    if last < 0:
        return 0, None
    values = together(_array_before(last, text), between)
    if values is not None:
        return _next_member(last, text), Piece(values=values, members=[])
    return _cut_where_whole(text, between, last)


def opening_of(between: bytes) -> bytes:
    """How the second of two members begins, given what stands between them."""
    return between[between.index(b"{") :]


def comma_in(between: bytes) -> bytes:
    """The comma that stands between two members, with its blanks; one without any where nothing is told of it."""
    return between[1 : between.index(b"{")] if between else b","


def _cut_where_whole(text: bytes, between: bytes, place: int) -> tuple[int, Piece | None]:
    """The same from `place` backwards: the text of `between` may also stand within a member, and what lies before such
    a place is no run of whole members.
    """
    for _ in range(_TRIES):
        members: list[msgspec.Raw] | None = _whole(_raw_list, _array_before(place, text))
        if members is not None:
            return _next_member(place, text), Piece(values=None, members=members)
        place = text.rfind(between, 0, place)
        if place < 0:
            break
    return 0, None


def _array_before(place: int, text: bytes) -> bytes:
    """What lies before a place, which begins with the brace that ends a member, as an array of its own."""
    return b"[%b}]" % text[:place]


def _next_member(place: int, text: bytes) -> int:
    return text.index(b"{", place)


def _whole(decode: Callable[[bytes], Any], text: bytes) -> Any:
    try:
        return decode(text)
    except (msgspec.DecodeError, RecursionError):
        return None


def _last_piece(
    rest: bytes, read: Read, name: str, limits: ReadLimits, line: int, together: Callable[[bytes], list[Any] | None]
) -> Piece:
    rest += read(limits.document_bytes + 1)
    if len(rest) > limits.document_bytes:
        way_out = "export it as NDJSON, or raise reading.document_mib in soc2.yaml"
        raise EvidenceError(name, f"holds over {limits.document_mib} MiB in one piece; {way_out}", code="limit")
    whole = b"[" + rest
    if len(whole) <= _BLOCK and (values := together(whole)) is not None:  # more is parsed when it is asked for
        return Piece(values=values, members=[])
    members: list[msgspec.Raw] | None = _whole(_raw_list, whole)
    if members is None:
        _refuse(whole, name, line)
    return Piece(values=None, members=members)


def _refuse(text: bytes, name: str, line: int) -> NoReturn:
    """Raise what the careful parser says, its line counted from the beginning of the file."""
    try:
        parse(text, name)
    except EvidenceError as error:
        number, _, column = error.place.removeprefix("line ").partition(" ")
        if not number.isdecimal():
            raise
        within = int(number) > 1 or line == 1  # else the column is counted from the cut
        place = f"line {line + int(number) - 1} {column}" if within else f"line {line}"
        raise EvidenceError(name, error.text, place=place, code=error.code) from None
    raise EvidenceError(name, "is no array of JSON values")


def listed_members(data: bytes, items: str, name: str) -> tuple[list[msgspec.Raw], Any]:
    """The raw members of the list at the key `items` ("": at the top), and the parsed document without them.

    Raises `EvidenceError` where there is none, or where a key of the document occurs twice.
    """
    try:
        found = msgspec.json.decode(data, type=dict[str, msgspec.Raw])[items] if items else msgspec.Raw(data)
        members = _raw_list(found)
    except (msgspec.DecodeError, KeyError, RecursionError):
        parse(data, name)  # names the place of what is broken
        raise EvidenceError(name, f"has no list at {items or 'its top'}") from None
    whole = bytes(found)
    at = data.index(whole)
    around = parse(b"%b[]%b" % (data[:at], data[at + len(whole) :]), name)
    if items and around[items]:  # the same text stood before it, in a text or at another key
        around = {**parse(data, name), items: []}
    return members, around
