"""One JSON value after another at twice the speed, refusing exactly what `json_text` refuses.

msgspec decodes fast but lets duplicate keys pass. So what it decoded is encoded again: where the bytes come out the
same, the text is the canonical form of a plain value, and can hold no duplicate key, no NaN, no lone surrogate, no
invalid UTF-8 and no number that was rounded.

Most tools write blanks between the tokens. Where the bytes differ, they are compared once more with the blanks taken
out of both, also those within strings. That is as sound: no blank may stand behind a backslash or within a number, so
equal texts have the same strings, brackets and numbers at the same places; each object of the file then has as many
keys as the decoded one, whose keys all differ. Where they still differ (escapes, or something wrong) `json_text`
decides. How deep a value may be nested is looked at apart: each parser stops at another depth.

What is done for a run of values at once costs half. They are encoded a line each, which also shows where one ends:
no encoded text holds a line feed. Where a run is not plain, its values are parsed one by one. Most exports are flat and
hold no fractions: decoded as just that, a run needs no look at its depth.
"""

from collections.abc import Callable
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple

import msgspec

from soc2test.evidence.json_text import parse, parse_line
from soc2test.evidence.read_limits import JSON_DEPTH, ReadLimits
from soc2test.evidence.sizes import check_depth, may_be_deep

__all__ = ["Parser", "parser_of"]

_decoder = msgspec.json.Decoder(float_hook=Decimal)
_decode = _decoder.decode
_Scalar = str | int | bool | None
_FLAT = 6
"""Levels of what is decoded as flat. Each one more doubles what it costs to make the decoders."""


class _Decoding(NamedTuple):
    """How the values of a run are decoded."""

    flat: Callable[[bytes], list[Any]]
    any: Callable[[bytes], list[Any]]


@cache
def _of_lines() -> _Decoding:
    return _Decoding(flat=msgspec.json.Decoder(_flat_type()).decode_lines, any=_decoder.decode_lines)


@cache
def _of_array() -> _Decoding:
    return _Decoding(flat=msgspec.json.Decoder(list[_flat_type()]).decode, any=_decoder.decode)  # type: ignore[misc]


def _flat_type() -> Any:
    """JSON of so many levels at most, without fractions: those are Decimal only where the type is left open."""
    type_: Any = _Scalar
    for _ in range(_FLAT):
        type_ = _Scalar | list[type_] | dict[str, type_]
    return type_


_encoder = msgspec.json.Encoder(decimal_format="number")
_encode_into, _encode_lines = _encoder.encode_into, _encoder.encode_lines
_LONGEST_PAUSE = 4096
_BLANKS = b" \t\r\n"
_BLANKS_OF_LINES = b" \t\r"
_NO_BRACKETS = bytes(set(range(256)) - set(b"[]{}\n"))
_WRONG = (ValueError, ArithmeticError, RecursionError)


class _Pauses:
    """Gives a fast way up for a while where it does not fit a file's style, each time for twice as long."""

    __slots__ = ("_pause", "_waiting")

    def __init__(self) -> None:
        self._pause = 1
        self._waiting = 0

    def waits(self) -> bool:
        """True where the fast way is not to be tried."""
        if not self._waiting:
            return False
        self._waiting -= 1
        return True

    def missed(self) -> None:
        """The fast way was tried in vain."""
        self._waiting = self._pause
        self._pause = min(2 * self._pause, _LONGEST_PAUSE)


class Parser:
    """Parses values of one file, many at once or one by one, each in a fast way where it fits the file's style."""

    def __init__(self, file: str, depth: int = JSON_DEPTH) -> None:
        self._file = file
        self._depth = depth
        self._alone, self._together = _Pauses(), _Pauses()
        self._flat = depth >= _FLAT
        """all that was read so far is flat"""
        self._again = bytearray()
        """the last value, encoded again"""

    def lines(self, run: bytes) -> list[Any] | None:
        """The values of some lines, each ended by LF; None where each is to be parsed by `line`.

        Never None without a cause: as many values as lines, none of which `line` would refuse or tell otherwise.
        """
        return self._many(_of_lines(), run, _is_lines)

    def members(self, array: bytes, comma: bytes = b",") -> list[Any] | None:
        """The values of an array's members; None where each is to be parsed by `member`.

        `comma` is what the tool that wrote the file puts between them, with blanks: where it is right, this is fast.
        """
        return self._many(_of_array(), array, lambda again, data: _is_array(again, data, comma))

    def _many(self, decode: _Decoding, data: bytes, is_same: Callable[[bytes, bytes], bool]) -> list[Any] | None:
        if self._together.waits():
            return None
        try:
            values, flat = self._decoded(decode, data)
            again = _encode_lines(values)
            if is_same(again, data) and (flat or not _may_be_deep(again, self._depth)):
                return values
        except _WRONG:
            pass
        self._together.missed()
        return None

    def _decoded(self, decode: _Decoding, data: bytes) -> tuple[list[Any], bool]:
        """The values, and whether they are flat."""
        if self._flat:
            try:
                return decode.flat(data), True
            except msgspec.ValidationError:
                self._flat = False  # the rest of the file will hardly be
        return decode.any(data), False

    def line(self, data: bytes, number: int) -> Any:
        """The value of a line of NDJSON; as `json_text.parse_line`. Raises `EvidenceError`."""
        value = self._line(data, number)
        if may_be_deep(data, self._depth):
            check_depth(value, self._file, self._depth, f"line {number}")
        return value

    def member(self, data: bytes) -> Any:
        """The value of a member of an array; as `json_text.parse`. Raises `EvidenceError`."""
        value = self._member(data)
        if may_be_deep(data, self._depth):
            check_depth(value, self._file, self._depth)
        return value

    def _line(self, data: bytes, number: int) -> Any:
        if not self._alone.waits():
            try:
                return self._plain(data)
            except _WRONG:
                self._alone.missed()  # the other parser says what is wrong, if anything
        return parse_line(data, self._file, number)

    def _member(self, data: bytes) -> Any:
        if not self._alone.waits():
            try:
                return self._plain(data)
            except _WRONG:
                self._alone.missed()
        return parse(data, self._file)

    def _plain(self, data: bytes) -> Any:
        """The value of a text that is nothing but it. Raises some of `_WRONG` where that is not seen."""
        value = _decode(data)
        _encode_into(value, self._again)
        if self._again == data or _same_but_for_blanks(self._again, data):
            return value
        raise ValueError


def _is_lines(again: bytes, run: bytes) -> bool:
    """Whether both are the same lines but for blanks in them."""
    return again == run or again.translate(None, _BLANKS_OF_LINES) == run.translate(None, _BLANKS_OF_LINES)


def _is_array(again: bytes, array: bytes, comma: bytes) -> bool:
    """Whether the lines are the members of the array, but for blanks."""
    joined = b"[%b]" % again[:-1].replace(b"\n", comma)
    return joined == array or _same_but_for_blanks(joined, array)


def _may_be_deep(lines: bytes, most: int) -> bool:
    """False where no line can be nested over `most` levels: each level opens and closes a bracket."""
    brackets = lines.translate(None, _NO_BRACKETS)
    return max(map(len, brackets.split(b"\n"))) > 2 * most


def _same_but_for_blanks(again: bytes | bytearray, data: bytes) -> bool:
    return again.translate(None, _BLANKS) == data.translate(None, _BLANKS)


def parser_of(file: str, limits: ReadLimits) -> Parser:
    """A parser of one file that keeps to the limits."""
    return Parser(file, limits.json_depth)
