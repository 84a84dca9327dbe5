"""Which files a snapshot holds, each with its digest and pieces: a text of lines, which is kept as the files are."""

from collections.abc import Iterable

import msgspec

from soc2test.store.blobs import Blob
from soc2test.store.objects import StoreError

__all__ = ["EXPORTS", "PROGRAMME", "Kept", "decode", "encode"]

EXPORTS, PROGRAMME = "exports", "programme"
"""the two folders of a snapshot: what was exported, and the files that say how it is tested"""


class Kept(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A file of a snapshot."""

    path: str
    """below `exports/` or `programme/`, with slashes"""
    sha256: str
    """of the file as it lay there"""
    stored: Blob
    """what is kept of it; another content than the file's where secrets were replaced"""
    secrets: int = 0
    """how many secrets were replaced"""


def encode(files: Iterable[Kept]) -> bytes:
    """A line of JSON for each file, by path."""
    ordered = sorted(files, key=lambda kept: kept.path)
    return b"".join(msgspec.json.encode(kept) + b"\n" for kept in ordered)


def decode(text: bytes, shown: str) -> list[Kept]:
    """The files of a snapshot. Raises `StoreError` where a line is none, or a path would lead elsewhere."""
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        try:
            kept = msgspec.json.decode(line, type=Kept)
        except msgspec.MsgspecError:
            raise StoreError(f"{shown}: line {number} of its list of files is none") from None
        parts = kept.path.split("/")
        if parts[0] not in (EXPORTS, PROGRAMME) or {"", ".", ".."} & set(parts) or "\0" in kept.path:
            raise StoreError(f"{shown}: line {number} of its list of files names a path that is none of a snapshot")
        found.append(kept)
    return found
