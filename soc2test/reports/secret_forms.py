"""A text without its escapes: percent signs, those of JSON, HTML, Markdown and Python. A secret may stand behind them.

RFC 3986 2.1, RFC 8259 7, https://html.spec.whatwg.org/#character-references.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import quote_from_bytes

__all__ = ["View", "forms_of", "has_escapes", "unescaped"]

_ESCAPES = {
    b"%": re.compile(rb"%(?:25)*([0-9A-Fa-f]{2})"),
    b"\\": re.compile(rb"\\+(?:u00([0-7][0-9A-Fa-f])|x([0-7][0-9A-Fa-f])|([nrt])|([^A-Za-z0-9\s]))"),
    b"&": re.compile(rb"&(?:amp;)*(?:#x0*([0-9A-Fa-f]{2});|#0*(\d{2,3});|(amp|lt|gt|quot|apos);)"),
}
"""by the byte that begins them"""
_SPACES = {b"n": b"\n", b"r": b"\r", b"t": b"\t"}
_ENTITIES = {b"amp": b"&", b"lt": b"<", b"gt": b">", b"quot": b'"', b"apos": b"'"}
_BYTE = 256
_AROUND = 1 << 10
"""So much on both sides of an escape may be the rest of a secret: more than tokens are long."""

_Escape = tuple[int, int, bytes]
"""Where it begins and ends, and what it stands for."""


class View(NamedTuple):
    """A text as its reader decodes it, and where each byte of it is written.

    `starts` are places in `data` from which on it runs beside the written text again, `written` the
    places there.
    """

    data: bytes
    starts: list[int]
    written: list[int]

    def written_span(self, start: int, end: int) -> tuple[int, int]:
        """The written bytes of a part of `data`; an escape is taken whole."""
        return self._written(start), self._written(end - 1, behind=True)

    def _written(self, place: int, behind: bool = False) -> int:
        piece = bisect_right(self.starts, place) - 1
        at = self.written[piece] + place - self.starts[piece]
        if not behind:
            return at
        last = piece + 1 < len(self.starts) and self.starts[piece + 1] == place + 1
        return self.written[piece + 1] if last else at + 1


def forms_of(sign: bytes) -> set[bytes]:
    """A sign of a secret as it stands in a text that is written in base64: there it is looked for unread."""
    percent = quote_from_bytes(sign, safe="").encode()
    return {sign, percent, sign.replace(b'"', b'\\"'), sign.replace(b"/", b"\\/")}


def has_escapes(data: bytes) -> bool:
    """False where all is written as it is meant."""
    return b"%" in data or b"\\" in data or b"&" in data


def unescaped(data: bytes) -> Iterator[View]:
    """What stands around the escapes of a text, without them; nothing where it has none."""
    near: list[_Escape] = []
    for escape in sorted(_escapes(data)):
        if near and escape[0] < near[-1][1]:
            continue
        if near and escape[0] - near[-1][1] > 2 * _AROUND:
            yield _view(data, near)
            near = []
        near.append(escape)
    if near:
        yield _view(data, near)


def _view(data: bytes, escapes: list[_Escape]) -> View:
    first = at = max(0, escapes[0][0] - _AROUND)
    parts, starts, written = [], [0], [first]
    size = 0
    for start, end, byte in escapes:
        parts += [data[at:start], byte]
        size += start - at
        starts += [size, size + 1]
        written += [start, end]
        size, at = size + 1, end
    parts.append(data[at : at + _AROUND])
    return View(data=b"".join(parts), starts=starts, written=written)


def _escapes(data: bytes) -> list[_Escape]:
    return [
        (match.start(), match.end(), byte)
        for lead, pattern in _ESCAPES.items()
        if lead in data
        for match in pattern.finditer(data)
        if (byte := _meant(match[0]))
    ]


@lru_cache(maxsize=4096)  # a text holds the same few again and again
def _meant(escape: bytes) -> bytes:
    """The byte that an escape stands for; none where it is a character that no sign of a secret holds."""
    match = _ESCAPES[escape[:1]].match(escape)
    assert match is not None  # noqa: S101  # it was found by that pattern
    if escape[:1] == b"%":
        return bytes((int(match[1], 16),))
    if escape[:1] == b"\\":
        code = match[1] or match[2]
        return bytes((int(code, 16),)) if code else _SPACES.get(match[3]) or match[4]
    if match[3]:
        return _ENTITIES[match[3]]
    number = int(match[1], 16) if match[1] else int(match[2])
    return bytes((number,)) if number < _BYTE else b""
