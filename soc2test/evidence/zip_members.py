"""The members of a zip file: listed by zipfile, read here.

zipfile stops at the declared size without a word where a member holds more; here the size, the CRC and the end of the
packed data must all agree, or the member is damaged.
"""

import io
import os
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from functools import partial
from typing import Any, BinaryIO, NamedTuple, cast

from soc2test.errors import EvidenceError
from soc2test.evidence.expanding import most_expanded
from soc2test.evidence.files import Found, open_regular
from soc2test.evidence.members import Entry
from soc2test.evidence.read_limits import ReadLimits

__all__ = ["zip_entries"]

_BLOCK = 1 << 16
_STEP = 1 << 20
_HEADER = struct.Struct("<4s5H3L2H")
_LARGE_END = 56 + 20
"""bytes of the records that a zip file of over 4 GiB or 65,535 members has before its last one"""
_COUNT = 0xFFFF
"""some writers count no further"""
_ENCRYPTED = 0x2041
_UTF8 = 0x800
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_WRONG = (zipfile.BadZipFile, NotImplementedError, ValueError, struct.error, EOFError, OSError, OverflowError)


class _Identity(NamedTuple):
    """Tells whether a file is still the one that was listed."""

    device: int
    inode: int
    size: int
    changed: int

    @classmethod
    def of(cls, descriptor: int) -> "_Identity":
        info = os.fstat(descriptor)
        return cls(info.st_dev, info.st_ino, info.st_size, info.st_mtime_ns)


def zip_entries(found: Found, limits: ReadLimits, most: int) -> Iterator[Entry]:
    """Every entry of the zip file. Raises `EvidenceError` where it is damaged, a bomb or holds over `most`."""
    with os.fdopen(open_regular(found), "rb") as file:
        identity = _Identity.of(file.fileno())
        try:
            count, few = _counted(file, identity.size, most)
            infos = zipfile.ZipFile(file).infolist() if few else []
            whole = not few or (len(infos) & _COUNT == count and all(_tied(file, info) for info in infos))
        except _WRONG as error:
            raise EvidenceError(found.shown, f"is damaged: no whole zip file ({type(error).__name__})") from None
    if not whole:
        raise EvidenceError(found.shown, "is damaged: its directory is another than its members")
    if not few or len(infos) > most:
        way_out = "split it, or raise reading.files in soc2.yaml"
        raise EvidenceError(found.shown, f"brings the exports to over {limits.files} files; {way_out}", code="limit")
    if sum(info.file_size for info in infos) > most_expanded(identity.size, limits):
        way_out = "unpack it if that is right, or raise reading.ratio in soc2.yaml"
        raise EvidenceError(found.shown, f"expands to over {limits.ratio} times its size; {way_out}", code="limit")
    overlapping = _overlapping(infos)
    for info in infos:
        if not (info.is_dir() and not info.file_size):
            yield _entry(found, info, identity, limits, id(info) in overlapping)


def _counted(file: BinaryIO, size: int, most: int) -> tuple[int, bool]:
    """How many entries there should be (zipfile never compares), and whether they are few enough.

    More than allowed would take much memory before they could be counted.
    """
    tail_at = max(0, size - (1 << 16) - 22)
    file.seek(tail_at)
    tail = file.read()
    at = len(tail) - 22
    if not (at >= 0 and tail[at:].startswith(b"PK\5\6") and tail.endswith(b"\0\0")):
        at = tail.rfind(b"PK\5\6")
    if at < 0 or at + 22 > len(tail):
        raise zipfile.BadZipFile
    said, length = struct.unpack_from("<HL", tail, at + 10)
    end = tail_at + at
    large = at - _LARGE_END
    if large >= 0 and tail[at - 20 :].startswith(b"PK\6\7") and tail[large:].startswith(b"PK\6\6"):
        said, length = struct.unpack_from("<2Q", tail, large + 32)
        end -= _LARGE_END
    if length > end:
        raise zipfile.BadZipFile
    file.seek(end - length)
    count, last = 0, b""
    while length > 0 and count <= most and (block := file.read(min(length, 1 << 20))):
        length -= len(block)
        count += (last + block).count(b"PK\1\2")
        last = block[-3:]
    return said & _COUNT, count <= most


def _tied(file: BinaryIO, info: zipfile.ZipInfo) -> bool:
    """Does the header before a member's data say what the directory says?"""
    file.seek(info.header_offset)
    header = file.read(_HEADER.size)
    if len(header) < _HEADER.size:
        return False
    mark, _, flags, method, _, _, _, _, _, name, _ = _HEADER.unpack(header)
    same = mark == b"PK\3\4" and method == info.compress_type and flags & _ENCRYPTED == info.flag_bits & _ENCRYPTED
    return same and file.read(name) == _raw_name(info)


def _overlapping(infos: list[zipfile.ZipInfo]) -> set[int]:
    """The ids of entries that share bytes with another."""
    found: set[int] = set()
    before, end = None, 0
    for info in sorted(infos, key=lambda each: each.header_offset):
        if info.header_offset < end and before is not None:
            found |= {id(before), id(info)}
        its_end = info.header_offset + _HEADER.size + len(_raw_name(info)) + info.compress_size
        if its_end > end:
            before, end = info, its_end
    return found


def _raw_name(info: zipfile.ZipInfo) -> bytes:
    return info.orig_filename.encode("utf-8" if info.flag_bits & _UTF8 else "cp437")


def _entry(found: Found, info: zipfile.ZipInfo, identity: _Identity, limits: ReadLimits, overlaps: bool) -> Entry:
    mode = info.external_attr >> 16
    return Entry(
        info.orig_filename, info.file_size, info.compress_size, mode, _refusal(info, mode, limits, overlaps),
        partial(_open, found, info, identity),
    )  # fmt: skip


def _refusal(info: zipfile.ZipInfo, mode: int, limits: ReadLimits, overlaps: bool) -> str:
    if stat.S_IFMT(mode) not in (0, stat.S_IFREG):
        return "is a link, device or the like; pack the file itself"
    if info.is_dir():
        return "is a folder that holds bytes"
    if info.flag_bits & _ENCRYPTED:
        return "is encrypted; pack it without a password"
    if info.compress_type not in _METHODS:
        return "is packed by a method that is not read; pack it with deflate, zip's own"
    if overlaps:
        return "shares its bytes with another entry of the archive"
    if info.file_size > most_expanded(info.compress_size, limits):
        way_out = "unpack it if that is right, or raise reading.ratio in soc2.yaml"
        return f"expands to over {limits.ratio} times its size; {way_out}"
    return ""


def _open(found: Found, info: zipfile.ZipInfo, identity: _Identity) -> BinaryIO:
    file = os.fdopen(open_regular(found), "rb", buffering=0)
    try:
        if _Identity.of(file.fileno()) != identity:
            raise EvidenceError(f"{found.shown}!{info.filename}", "its archive was changed while it was read")
        return cast(BinaryIO, io.BufferedReader(_Member(file, info, f"{found.shown}!{info.filename}"), _BLOCK))
    except BaseException:
        file.close()
        raise


class _Member(io.RawIOBase):
    """The content of one member, expanded as it is read; what does not tie out raises `EvidenceError`."""

    def __init__(self, file: io.FileIO, info: zipfile.ZipInfo, shown: str) -> None:
        self._file, self._info, self._shown = file, info, shown
        self._inflate = zlib.decompressobj(-zlib.MAX_WBITS) if info.compress_type else None
        self._packed = info.compress_size
        self._size, self._crc = 0, 0
        file.seek(info.header_offset)
        name, extra = _HEADER.unpack(file.read(_HEADER.size))[-2:]
        file.seek(name + extra, os.SEEK_CUR)

    def _damaged(self, what: str) -> EvidenceError:
        return EvidenceError(self._shown, f"is damaged: {what}")

    def readable(self) -> bool:
        """Always."""
        return True

    def close(self) -> None:
        """Close the archive's file too."""
        self._file.close()
        super().close()

    def readinto(self, buffer: Any) -> int:
        """Fill `buffer`; how many bytes there were."""
        most = min(len(buffer), _STEP)
        data = self._stored(most) if self._inflate is None else self._inflated(self._inflate, most)
        self._size += len(data)
        self._crc = zlib.crc32(data, self._crc)
        if self._size > self._info.file_size or (not data and self._size != self._info.file_size):
            raise self._damaged("it has another size than the archive declares")
        if not data and (self._crc != self._info.CRC or self._packed):
            raise self._damaged("its checksum is wrong")
        buffer[: len(data)] = data
        return len(data)

    def _stored(self, most: int) -> bytes:
        data = self._file.read(min(most, self._packed)) if self._packed else b""
        if self._packed and not data:
            raise self._damaged("the archive is cut")
        self._packed -= len(data)
        return data

    def _inflated(self, inflate: Any, most: int) -> bytes:
        while not inflate.eof:
            packed = inflate.unconsumed_tail or self._stored(_BLOCK)
            try:
                data = inflate.decompress(packed, most)
            except zlib.error:
                raise self._damaged("its packed data is broken") from None
            if data:
                return bytes(data)
            if not packed:
                raise self._damaged("its packed data is cut")
        if inflate.unused_data:
            raise self._damaged("something follows its packed data")
        return b""
