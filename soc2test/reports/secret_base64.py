"""Secrets within base64: a sign looks in three ways there, by how many bytes stand before it in its group of three."""

import re
from base64 import b64decode, b64encode
from collections.abc import Iterator
from typing import NamedTuple

__all__ = ["Decoded", "Sign", "decoded", "signs_of"]

_LONGEST = 1 << 16
"""Of longer base64 so much on each side of a sign is decoded."""

_SHORT = 128
_LEAST = 3
"""A sign whose base64 is certain in fewer letters would be met everywhere."""

_TO_URL = bytes.maketrans(b"+/", b"-_")
_FROM_URL = bytes.maketrans(b"-_", b"+/")
_LETTERS = re.compile(rb"[A-Za-z0-9+/_-]*")
_PADDING = re.compile(rb"(?:=|%3[Dd]|\\u003[dD])*")
_TEXT = re.compile(rb"[\t\n\r\x20-\x7e]*")


class Sign(NamedTuple):
    """How a sign looks within base64; `lead` letters of its group of four stand before it."""

    text: bytes
    lead: int


def signs_of(sign: bytes) -> Iterator[Sign]:
    """The letters that are the same whatever stands around the sign, also in the alphabet of URLs (RFC 4648 5)."""
    for before in range(3):
        raw = bytes(before) + sign
        first, behind = -(-before * 8 // 6), len(raw) * 8 // 6
        letters = b64encode(raw)[first:behind]
        if len(letters) >= _LEAST:
            yield from (Sign(text=text, lead=first) for text in {letters, letters.translate(_TO_URL)})


class Decoded(NamedTuple):
    """What base64 says, and where it is written: three bytes of `text` are four letters from `start` on."""

    text: bytes
    start: int
    end: int

    def written_span(self, data: bytes, start: int, end: int) -> tuple[int, int]:
        """The letters of a part of the text, and of all that can be read on both sides of it."""
        before = _TEXT.match(self.text[:start][::-1])
        behind = _TEXT.match(self.text, end)
        assert before is not None and behind is not None  # noqa: S101, PT018  # both match nothing as well
        begin = self.start + (start - before.end()) * 4 // 3
        until = min(self.end, self.start - (-behind.end() * 4 // 3))
        padding = _PADDING.match(data, until)
        return begin, padding.end() if padding is not None and until == self.end else until


def decoded(data: bytes, place: int, lead: int) -> Decoded | None:
    """The base64 around a sign at `place`; None where its group of four letters is not there."""
    before = _letters_before(data, place)
    if before < lead:
        return None
    behind = _LETTERS.match(data, place, place + _LONGEST)
    assert behind is not None  # noqa: S101  # it matches nothing as well
    start = place - lead - (before - lead) // 4 * 4
    letters = data[start : behind.end()].translate(_FROM_URL)
    letters = letters[: len(letters) - (len(letters) % 4 == 1)]  # a letter alone is no byte
    return Decoded(text=b64decode(letters + b"=" * (-len(letters) % 4)), start=start, end=behind.end())


def _letters_before(data: bytes, place: int) -> int:
    """How many letters stand right before it; looked for in a few bytes first, since most words are short."""
    count = 0
    for size in (_SHORT, _LONGEST):
        match = _LETTERS.match(data[max(0, place - size) : place][::-1])
        count = match.end() if match is not None else 0
        if count < size:
            break
    return count
