"""Where a long content is cut, so that a change in it changes the piece that it stands in and no other.

A cut lies at the end of a line or of a member of a list, else at a comma, and whether there is one is told from the
text before it alone: what was inserted or taken away further up moves no cut. Packages of this kind (fastcdc 1.7) cut
anywhere, and bring four others that have nothing to do with it.
"""

import re
from collections.abc import Iterator
from typing import BinaryIO
from zlib import crc32

__all__ = ["WHOLE", "pieces"]

WHOLE = 32 << 10
"""bytes up to which a file is one piece"""
_LEAST, _USUAL, _MOST = 2 << 10, 6 << 10, 64 << 10
"""bytes of a piece: of none but the last fewer; on average beyond the least; of none more"""
_LOOK_BACK = 256
"""bytes before an end that tell whether it is a cut: more than a line, since many lines are alike"""
_READ = 4 << 20
_ENDS = (re.compile(rb"\},|\n"), re.compile(rb","))
"""of a member or line; and where there is none up to the longest piece, as in one long line of texts or numbers"""
_ALL = 1 << 32


def pieces(file: BinaryIO) -> Iterator[bytes]:
    """What `file` holds, in pieces, which joined are the same again; none where it holds nothing."""
    buffer = file.read(_READ)
    if len(buffer) <= WHOLE:
        if buffer:
            yield buffer
        return
    start, ended = 0, False
    while not ended or start < len(buffer):
        if not ended and len(buffer) - start < _MOST:
            more = file.read(_READ)
            buffer, start, ended = buffer[start:] + more, 0, not more
            continue
        end = _cut(buffer, start)
        yield buffer[start:end]
        start = end


def _cut(content: bytes, start: int) -> int:
    """Where the piece that begins at `start` ends."""
    limit = min(start + _MOST, len(content))
    for ends in _ENDS:
        before = start + _LEAST
        for found in ends.finditer(content, before, limit):
            end = found.end()
            text = content[end - _LOOK_BACK : end]
            if crc32(text) * _USUAL < (end - before) * _ALL:
                return end
            before = end
        if before > start + _LEAST:  # members do end here: nothing else is looked for
            break
    return limit
