"""Secrets that their own shape gives away, however they are written: tokens, private keys, passwords in URLs.

Ids of access keys (`AKIA...`) are no secrets: findings on their age must name them. Nothing is guessed by randomness,
which would hide ids and digests.
"""

import re
from collections.abc import Iterator
from functools import cache

from ahocorasick_rs import BytesAhoCorasick, Implementation

from soc2test.reports.secret_base64 import decoded, signs_of
from soc2test.reports.secret_forms import forms_of, has_escapes, unescaped
from soc2test.reports.secret_shapes import SHAPES, Shape

__all__ = ["found_in", "redact", "spans"]

Span = tuple[int, int, str]
"""Where a secret begins and ends, and its kind."""

_DEEPEST = 3
"""So many forms in each other are looked through: base64 of JSON in a URL."""

_PLAIN = [(sign.encode(), number) for number, shape in enumerate(SHAPES) for sign in shape.signs]
_IN_BASE64 = list({sign for text, _ in _PLAIN for form in forms_of(text) for sign in signs_of(form)})
_signs = BytesAhoCorasick(
    [text for text, _ in _PLAIN] + [sign.text for sign in _IN_BASE64], implementation=Implementation.DFA
)


_Seen = list[tuple[int, int, int]]
"""Signs in a text, each with where it begins and ends: found in one pass over it."""


@cache
def _pattern(shape: Shape) -> re.Pattern[bytes]:
    """Compiled when a sign was seen: to compile all takes a tenth of a second, and most runs meet none."""
    return re.compile(shape.pattern.encode())


def redact(text: str) -> str:
    """The text with `[redacted GitHub token]` and the like in the place of each secret."""
    data = text.encode("utf-8", "surrogatepass")
    found = spans(data)
    if not found:
        return text
    clean, at = bytearray(), 0
    for start, end, kind in found:
        clean += data[at:start] + f"[redacted {kind}]".encode()
        at = end
    return (clean + data[at:]).decode("utf-8", "surrogatepass")


def spans(data: bytes) -> list[Span]:
    """Where secrets stand in bytes, and of which kind; sorted, none within another."""
    seen = _signs.find_matches_as_indexes(data, overlapping=True)
    if not seen and not has_escapes(data):  # as most texts: nothing more is done for them
        return []
    apart: list[Span] = []
    for start, end, kind in sorted(_of_forms(data, seen, _DEEPEST)):
        if apart and start < apart[-1][1]:
            apart[-1] = (apart[-1][0], max(end, apart[-1][1]), apart[-1][2])
        else:
            apart.append((start, end, kind))
    return apart


def _of_forms(data: bytes, seen: _Seen, deepest: int) -> Iterator[Span]:
    """What stands there as it is written, and as it is read."""
    yield from _as_written(data, seen)
    if deepest:
        yield from _within_base64(data, seen, deepest - 1)
        for view in unescaped(data):
            for start, end, kind in _found(view.data, deepest - 1):
                yield *view.written_span(start, end), kind


def _found(data: bytes, deepest: int) -> Iterator[Span]:
    return _of_forms(data, _signs.find_matches_as_indexes(data, overlapping=True), deepest)


def _as_written(data: bytes, seen: _Seen) -> Iterator[Span]:
    places: dict[int, list[int]] = {}
    for index, start, _ in seen:
        if index < len(_PLAIN):
            places.setdefault(_PLAIN[index][1], []).append(start)
    for number, signs in places.items():
        shape = SHAPES[number]
        yield from (_span(match, shape) for match in _at_signs(shape, signs, data))


def _span(match: re.Match[bytes], shape: Shape) -> Span:
    start, end = match.span("secret" if "secret" in match.re.groupindex else 0)
    return start, end, shape.kind


def _within_base64(data: bytes, seen: _Seen, deepest: int) -> Iterator[Span]:
    said_before = set()
    for index, place, _ in seen:
        said = decoded(data, place, _IN_BASE64[index - len(_PLAIN)].lead) if index >= len(_PLAIN) else None
        if said is None or (said.start, said.end) in said_before:
            continue
        said_before.add((said.start, said.end))
        for start, end, kind in _found(said.text, deepest):
            yield *said.written_span(data, start, end), kind


def _at_signs(shape: Shape, signs: list[int], data: bytes) -> Iterator[re.Match[bytes]]:
    """As `finditer`, but looked for at the signs alone: an artifact of a megabyte holds a few."""
    matched, upto = _pattern(shape).match, 0
    for sign in signs:
        for start in range(max(upto, sign - shape.lead), sign + 1):
            if match := matched(data, start):
                upto = match.end()
                yield match
                break


def found_in(data: bytes) -> list[str]:
    """The kinds of secrets in it."""
    return sorted({kind for _, _, kind in spans(data)})
