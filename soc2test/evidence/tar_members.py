"""The members of a tar file, which is read whole into memory.

tarfile ends without a word at a damaged header and hangs on a long extended one; of the format only what exports need
is read here (POSIX and GNU names, sizes), and all else is refused.
"""

import io
from collections.abc import Iterator
from functools import partial
from typing import BinaryIO, NamedTuple

from soc2test.errors import EvidenceError
from soc2test.evidence.content import Content, unpacked
from soc2test.evidence.files import Found
from soc2test.evidence.members import Entry
from soc2test.evidence.read_limits import ReadLimits

__all__ = ["Shelf", "tar_entries"]

_BLOCK = 512
_REGULAR, _FOLDER = (b"0", b"\0", b"7"), b"5"
_LONG_NAME, _LONG_LINK, _EXTENDED, _GLOBAL = b"L", b"K", b"x", b"g"
_LONGEST = 1 << 20
"""of a name or an extended header"""


class Shelf:
    """Keeps the tar archive that was unpacked last, so that it is not unpacked again for each member."""

    def __init__(self) -> None:
        self._found: Found | None = None
        self._content = Content(b"", "")
        self._digests: dict[Found, str] = {}

    def data(self, found: Found, limits: ReadLimits) -> bytes:
        """What the archive holds. Raises `EvidenceError` where it can't be read or was changed meanwhile."""
        if self._found != found:
            content = unpacked(found, limits)
            if self._digests.setdefault(found, content.sha256) != content.sha256:
                raise EvidenceError(found.shown, "was changed while it was read")
            self._found, self._content = found, content
        return self._content.data

    def clear(self) -> None:
        """Free the memory."""
        self._found, self._content = None, Content(b"", "")


class _Header(NamedTuple):
    name: str
    size: int
    mode: int
    type: bytes


def tar_entries(found: Found, limits: ReadLimits, most: int, shelf: Shelf) -> Iterator[Entry]:
    """Every entry of the tar file. Raises `EvidenceError` where it is damaged, too large or holds over `most`."""
    data = shelf.data(found, limits)
    at = count = 0
    given: dict[str, bytes] = {}
    while data[at : at + _BLOCK].strip(b"\0"):
        header = _header(data[at : at + _BLOCK], found, at)
        own, given = given, {}
        size = _number(own["size"], found, at, 10) if "size" in own else header.size
        start, at = at + _BLOCK, at + _BLOCK + -(-size // _BLOCK) * _BLOCK
        if start + size > len(data):
            raise _damaged(found, "is cut short", start)
        if header.type in (_LONG_NAME, _LONG_LINK, _EXTENDED, _GLOBAL):
            given = own | _extended(header.type, data[start : start + min(size, _LONGEST + 1)], found, start)
            continue
        if (count := count + 1) > most:
            way_out = "split it, or raise reading.files in soc2.yaml"
            text = f"brings the exports to over {limits.files} files; {way_out}"
            raise EvidenceError(found.shown, text, code="limit")
        name = own["path"].decode("utf-8", "surrogateescape") if "path" in own else header.name
        if header.type != _FOLDER and not (header.type in _REGULAR and name.endswith("/") and not size):
            refused = _refusal(header.type, own)
            yield Entry(name, size, 0, header.mode, refused, partial(_open, found, limits, shelf, start, size))
    if len(data) - at < _BLOCK or data[at:].strip(b"\0") or given:
        raise _damaged(found, "does not end as a tar file does: it is cut, or something follows it", at)


def _open(found: Found, limits: ReadLimits, shelf: Shelf, start: int, size: int) -> BinaryIO:
    return io.BytesIO(shelf.data(found, limits)[start : start + size])


def _damaged(found: Found, text: str, at: int) -> EvidenceError:
    return EvidenceError(found.shown, text, place=f"byte {at}")


def _header(block: bytes, found: Found, at: int) -> _Header:
    if len(block) < _BLOCK or _number(block[148:156], found, at) != sum(block[:148]) + 256 + sum(block[156:]):
        raise _damaged(found, "is damaged: no header of a tar file", at)
    name = block[:100].split(b"\0", 1)[0]
    prefix = block[345:500].split(b"\0", 1)[0] if block[257:263] == b"ustar\0" else b""
    whole = prefix + b"/" + name if prefix else name
    size, mode = _number(block[124:136], found, at), _number(block[100:108], found, at)
    return _Header(whole.decode("utf-8", "surrogateescape"), size, mode, block[156:157])


def _number(field: bytes, found: Found, at: int, base: int = 8) -> int:
    """Octal, or the binary form of large ones, which is never negative here."""
    if field[:1] == b"\x80":
        return int.from_bytes(field[1:], "big")
    text = field.strip(b" \0")
    if text and not (text.isdigit() and len(text) < 20):  # noqa: PLR2004  # more digits than any size has
        raise _damaged(found, "is damaged: a number of its header is none", at)
    try:
        return int(text or b"0", base)
    except ValueError:
        raise _damaged(found, "is damaged: a number of its header is none", at) from None


def _extended(type: bytes, data: bytes, found: Found, at: int) -> dict[str, bytes]:
    """What a header before the member's own one says: its name and size, and that it is sparse."""
    if len(data) > _LONGEST:
        raise _damaged(found, "has a header of over 1 MiB", at)
    if type == _LONG_LINK:
        return {}
    if type == _LONG_NAME:
        return {"path": data.split(b"\0", 1)[0]}
    records = dict(_records(data, found, at))
    if type == _EXTENDED:
        return records
    if records.keys() & {"path", "size"}:
        raise _damaged(found, "has a header that renames all members", at)
    return {}


def _records(data: bytes, found: Found, at: int) -> Iterator[tuple[str, bytes]]:
    here = 0
    while here < len(data):
        length, blank, _ = data[here : here + 20].partition(b" ")
        size = _number(length, found, at, 10)
        record = data[here + len(length) + 1 : here + size]
        key, equals, value = record[:-1].partition(b"=")
        if not (blank and equals and record.endswith(b"\n") and here + size <= len(data)):
            raise _damaged(found, "has a broken extended header", at)
        yield key.decode("utf-8", "replace"), value
        here += size


def _refusal(type: bytes, given: dict[str, bytes]) -> str:
    if type not in _REGULAR:
        return "is a link, device or the like; pack the file itself"
    if any(key.startswith("GNU.sparse") for key in given):
        return "is stored with holes; pack it without --sparse"
    return ""
