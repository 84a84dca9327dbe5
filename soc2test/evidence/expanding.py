"""Compressed files expanded as they are read: never further than allowed, and a cut one is an error, never a part."""

import bz2
import gzip
import io
import lzma
import zlib
from collections.abc import Callable
from functools import partial
from typing import Any, BinaryIO, cast

from soc2test.errors import EvidenceError
from soc2test.evidence.files import Found
from soc2test.evidence.read_limits import ReadLimits

__all__ = ["COMPRESSED", "Expanded", "is_compressed", "most_expanded"]

COMPRESSED = (".gz", ".zst", ".bz2", ".xz")
_GZIP = (".gz", ".tgz")
_BZIP2 = (".bz2", ".tbz2")
_XZ = (".xz", ".txz")
_XZ_MEMORY = 128 << 20
"""what a header may ask for, before a byte is read; `xz -9` takes half of it"""
_RATIO_FLOOR = 1 << 20  # a megabyte of anything is no bomb, however well it was packed
_BLOCK = 1 << 16
_STEP = 1 << 20
"""most that is expanded at once: a reader may ask for as much as a document may be"""
_FEED = 1024  # zstandard expands all it is fed at once, at the worst to 32 MiB for a KiB


def is_compressed(name: str) -> bool:
    """True for the names of gzip, zstandard, bzip2 and xz files."""
    return name.lower().endswith((*_GZIP, ".zst", *_BZIP2, *_XZ))


def most_expanded(size: int, limits: ReadLimits) -> int:
    """How far `size` packed bytes may expand."""
    return max(_RATIO_FLOOR, size * limits.ratio)


class Expanded(io.RawIOBase):
    """The decompressed content of `file`. Reading raises `EvidenceError` where it is damaged, cut or a bomb."""

    def __init__(self, file: BinaryIO, found: Found, limits: ReadLimits) -> None:
        if not found.size:  # gzip would call it an empty text, which for some operations is an answer
            raise EvidenceError(found.shown, "is damaged: a compressed file without a byte in it")
        self._inner = _expander(file, found.name.lower(), found.shown)
        self._name, self._ratio = found.shown, limits.ratio
        self._left = most_expanded(min(found.packed or found.size, found.size), limits)

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill `buffer`; how many bytes there were."""
        try:
            count: int = self._inner.readinto(memoryview(buffer)[:_STEP])  # type: ignore[attr-defined]  # both readers have it
        except (OSError, EOFError, zlib.error, lzma.LZMAError, ValueError) as error:
            text = f"is damaged: {type(error).__name__} while decompressing"
            raise EvidenceError(self._name, text) from None
        self._left -= count
        if self._left < 0:
            way_out = "unpack it if that is right, or raise reading.ratio in soc2.yaml"
            raise EvidenceError(self._name, f"expands to over {self._ratio} times its size; {way_out}", code="limit")
        return count


def _expander(file: BinaryIO, name: str, shown: str) -> BinaryIO:
    if name.endswith(_GZIP):
        return cast(BinaryIO, gzip.GzipFile(fileobj=file))
    if name.endswith(_BZIP2):
        return cast(BinaryIO, _Streams(file, shown, bz2.BZ2Decompressor))
    if name.endswith(_XZ):
        make = partial(lzma.LZMADecompressor, format=lzma.FORMAT_XZ, memlimit=_XZ_MEMORY)
        return cast(BinaryIO, _Streams(file, shown, make))
    return cast(BinaryIO, _Zstandard(file, shown))


class _Streams(io.RawIOBase):
    """bzip2 and xz. Their own readers end without a word at what follows a stream; here all must be streams."""

    def __init__(self, file: BinaryIO, shown: str, make: Callable[[], Any]) -> None:
        self._file, self._shown, self._make = file, shown, make
        self._stream = make()

    def readinto(self, buffer: Any) -> int:
        """Fill `buffer`; how many bytes there were."""
        while True:
            if self._stream.eof:
                if not (data := self._stream.unused_data or self._file.read(_BLOCK)):
                    return 0
                self._stream = self._make()
            elif not self._stream.needs_input:
                data = b""
            elif not (data := self._file.read(_BLOCK)):
                raise EvidenceError(self._shown, "is damaged: the compressed file is cut short")
            if out := self._expanded(data, len(buffer)):
                buffer[: len(out)] = out
                return len(out)

    def _expanded(self, data: bytes, most: int) -> bytes:
        try:
            return bytes(self._stream.decompress(data, most))
        except lzma.LZMAError as error:
            if "emory" not in str(error):
                raise
            text = f"takes over {_XZ_MEMORY >> 20} MiB of memory to unpack; pack it again with `xz -9` or less"
            raise EvidenceError(self._shown, text, code="limit") from None


class _Zstandard(io.RawIOBase):
    """zstandard's own reader gives a part of a cut file without error; here each frame must reach its end."""

    def __init__(self, file: BinaryIO, shown: str) -> None:
        import zstandard  # noqa: PLC0415  # 4 ms that most runs don't need

        self._make, self._wrong = zstandard.ZstdDecompressor().decompressobj, zstandard.ZstdError
        self._file = io.BufferedReader(cast(io.RawIOBase, file), _BLOCK)
        self._shown = shown
        self._frame: Any = None
        self._frames = 0
        self._fed = b""
        self._out = memoryview(b"")

    def readinto(self, buffer: Any) -> int:
        """Fill `buffer`; how many bytes there were."""
        while not self._out:
            if not (data := self._fed or self._file.read(_FEED)):
                if self._frame is not None or not self._frames:
                    raise EvidenceError(self._shown, "is damaged: the zstandard file is cut short")
                return 0
            self._feed(data)
        count = min(len(buffer), len(self._out))
        buffer[:count] = self._out[:count]
        self._out = self._out[count:]
        return count

    def _feed(self, data: bytes) -> None:
        if self._frame is None:
            self._frame = self._make()
            self._frames += 1
        try:
            self._out = memoryview(self._frame.decompress(data))
        except self._wrong:
            raise EvidenceError(self._shown, "is damaged: not a whole zstandard file") from None
        self._fed = b""
        if self._frame.eof:
            self._fed, self._frame = self._frame.unused_data, None
