"""Contents by their SHA-256: cut, compressed with zstd, each piece an object that bears its own digest as its name."""

import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from types import MappingProxyType
from typing import BinaryIO, NamedTuple, TypeVar

import msgspec
import zstandard

from soc2test.store.cutting import WHOLE, pieces
from soc2test.store.objects import Damaged, NoSuchObject, Objects, StoreError

__all__ = ["FOLDER", "Blob", "Blobs", "Piece", "Whole", "object_name"]

FOLDER = "blobs"
_LEVEL = 9
_MOST = max(WHOLE, 64 << 10)
"""bytes of a piece, at most: what says that it holds more is none of ours"""
_AT_ONCE = 2048
"""pieces that wait in memory before they are written"""


class Blob(msgspec.Struct, frozen=True, kw_only=True):
    """A content in the store: its own digest and size, and the digests of its pieces in their order."""

    sha256: str
    size: int
    pieces: tuple[str, ...]
    """the digest itself where it was not cut; none for an empty content"""


Piece = bytes | memoryview
Answer = TypeVar("Answer")


class Whole(NamedTuple):
    """A content, and how long each of its pieces is."""

    content: bytes
    lengths: Sequence[int]


def object_name(digest: str) -> str:
    """Where the piece of this digest lies."""
    return f"{FOLDER}/{digest[:2]}/{digest}.zst"


class Blobs:
    """Contents of a store. `put` takes pieces in, `flush` returns when all of them are there for good."""

    def __init__(self, objects: Objects) -> None:
        self._objects = objects
        self._waiting: dict[str, bytes] = {}
        self._used: set[str] = set()
        self.written = 0
        """bytes that were new to the store"""

    @staticmethod
    def digest(content: bytes) -> str:
        """The digest by which a content is named."""
        return sha256(content).hexdigest()

    def put(self, content: bytes) -> Blob:
        """As `put_file`, of a content that is short."""
        return self.put_file(io.BytesIO(content))

    def put_file(self, file: BinaryIO) -> Blob:
        """What the rest of `file` is in the store, once `flush` has returned. Raises `StoreError`, `OSError`."""
        whole, size, digests = sha256(), 0, []
        for piece in pieces(file):
            whole.update(piece)
            size += len(piece)
            digests.append(self._take_in(piece))
        return Blob(sha256=whole.hexdigest(), size=size, pieces=tuple(digests))

    def _take_in(self, piece: bytes) -> str:
        digest = sha256(piece).hexdigest()
        if digest not in self._used:
            self._used.add(digest)
            self._waiting[digest] = zstandard.ZstdCompressor(level=_LEVEL).compress(piece)
            if len(self._waiting) >= _AT_ONCE:
                self._write()
        return digest

    def flush(self) -> None:
        """Write what is not there, and wait until no crash can take any of it away.

        Raises `StoreError`: also where a piece that is there already is not what its name says.
        """
        self._write()
        self._objects.settle(map(object_name, self._used))

    def _write(self) -> None:
        names = {object_name(digest): digest for digest in self._waiting}
        there = self._objects.present(names)
        new = sorted(names.keys() - there)
        self._of_all(self._read_piece, [names[name] for name in sorted(there)])
        self._of_all(lambda name: self._objects.create(name, self._waiting[names[name]]), new)
        self.written += sum(len(self._waiting[names[name]]) for name in new)
        self._waiting.clear()

    def _of_all(self, ask: Callable[[str], Answer], names: Sequence[str]) -> list[Answer]:
        """What the store answers for each name, as many at once as it takes."""
        together = min(self._objects.at_once, len(names))
        if together <= 1:  # a thread would only cost
            return [ask(name) for name in names]
        with ThreadPoolExecutor(together) as pool:
            return list(pool.map(ask, names))

    def missing(self) -> set[str]:
        """The digests of pieces that were written or found by this writer, and are not there any more."""
        names = {object_name(digest): digest for digest in self._used}
        return {names[name] for name in names.keys() - self._objects.present(names)}

    def get(self, digest: str, size: int, parts: Sequence[str]) -> bytes:
        """A content that was put, from its pieces. Raises `StoreError` where it is not there or not what was put."""
        return self.put_together(digest, size, parts).content

    def put_together(
        self, digest: str, size: int, parts: Sequence[str], at_hand: Mapping[str, Piece] = MappingProxyType({})
    ) -> Whole:
        """The same with the lengths of its pieces; those `at_hand`, by their digests, are not read from the store."""
        pieces = [at_hand[part] if part in at_hand else self._read_piece(part) for part in parts]
        content = b"".join(pieces)
        if len(content) == size and sha256(content).hexdigest() == digest:
            return Whole(content, list(map(len, pieces)))
        if at_hand:  # what was at hand may have been touched: the store alone counts
            return self.put_together(digest, size, parts)
        raise StoreError(f"{self._objects.shown}: the pieces of {digest} do not give it: the store is damaged")

    def _read_piece(self, digest: str) -> bytes:
        name = object_name(digest)
        packed = self._objects.read(name)
        try:
            piece = zstandard.ZstdDecompressor().decompress(packed, max_output_size=_MOST)
        except zstandard.ZstdError:
            piece = b""
        if sha256(piece).hexdigest() != digest:
            where = f"{self._objects.shown}: {name}"
            raise Damaged(f"{where} does not hold what its name says: put it back from a copy, or take it away")
        return piece

    def damaged(self, digests: Iterable[str]) -> dict[str, str]:
        """What is wrong with pieces, by digest: missing, not what its name says, or not to be read."""
        wanted = sorted(set(digests))
        texts = self._of_all(self._wrong, wanted)
        return {digest: text for digest, text in zip(wanted, texts, strict=True) if text}

    def _wrong(self, digest: str) -> str:
        try:
            self._read_piece(digest)
        except NoSuchObject:
            return "is missing"
        except Damaged:
            return "does not hold what its name says"
        except StoreError as error:
            return f"can't be read: {error}"
        return ""
