"""The last look at an artifact before it is put in place: a writer of a plugin may know what no other saw."""

from collections.abc import Iterable, Iterator

from soc2test.reports.secret_values import spans

__all__ = ["scanned"]

_BLOCK = 1 << 20
_LONGEST = 1 << 16
"""More than any secret is long: so much is held back at a block's end, where one may be cut in two."""


def scanned(parts: Iterable[bytes], found: set[str]) -> Iterator[bytes]:
    """The same bytes without secrets; the kinds of those that were in it are added to `found`.

    What stands in a secret's place holds no character that JSON, XML, HTML or CSV give a meaning.
    """
    held = bytearray()
    for part in parts:
        held += part
        if len(held) >= _BLOCK:
            yield _taken(held, len(held) - _LONGEST, found)
    yield _taken(held, len(held), found)


def _taken(held: bytearray, upto: int, found: set[str]) -> bytes:
    """The first `upto` bytes without secrets, taken off; one that reaches over the end stays whole, for the next."""
    data, parts, at = bytes(held), [], 0
    for start, end, kind in spans(data):
        if end > upto:
            upto = min(upto, start)
        if start >= upto:
            break
        parts += [data[at:start], f"[redacted {kind}]".encode()]
        at = end
        found.add(kind)
    del held[:upto]
    return b"".join([*parts, data[at:upto]])
