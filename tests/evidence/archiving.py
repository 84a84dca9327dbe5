"""How these tests make archives, whole and hostile, and list them."""

import io
import random
import struct
import tarfile
import warnings
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path

from soc2test.errors import EvidenceError
from soc2test.evidence.archives import listing
from soc2test.evidence.content import read
from soc2test.evidence.files import Found
from soc2test.evidence.read_limits import ReadLimits
from soc2test.evidence.tar_members import Shelf

__all__ = ["contents", "listed", "nested_zip", "noise", "octal", "raw_zip", "refusals", "tar_of", "zip_of"]

REGULAR = 0o100644


def zip_of(*members: tuple[str, bytes], mode: int = REGULAR, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(out, "w", method) as archive:
        warnings.simplefilter("ignore")  # of names that are there twice
        for name, data in members:
            info = zipfile.ZipInfo(name, (2026, 11, 20, 8, 0, 0))
            info.compress_type, info.external_attr = method, mode << 16
            archive.writestr(info, data)
    return out.getvalue()


def tar_of(*members: tuple[str, bytes], format: int = tarfile.PAX_FORMAT, type: bytes = tarfile.REGTYPE) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=format) as archive:
        for name, data in members:
            info = tarfile.TarInfo(name)
            info.size, info.type, info.linkname = len(data), type, "other.json" if type != tarfile.REGTYPE else ""
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def noise(size: int) -> bytes:
    """Bytes that nothing packs, the same in each run: of others one in a hundred begins like a text in UTF-16."""
    return random.Random(size).randbytes(size)  # noqa: S311  # no secret


def octal(size: int) -> bytes:
    """Letters that pack to a little less than half of their size, however they are packed."""
    return noise(size).translate(bytes(b"01234567"[byte & 7] for byte in range(256)))


def raw_zip(
    data: bytes, *, name: bytes = b"a.json", said: int | None = None, crc: int | None = None, flags: int = 0,
    local: bytes | None = None, copies: int = 1, more: bytes = b"",
) -> bytes:  # fmt: skip
    """A zip file by hand, whose size, checksum, flags and names may lie; `copies` entries share the one stream."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(data) + packer.flush() + more
    size, check = len(data) if said is None else said, zlib.crc32(data) if crc is None else crc
    local = name if local is None else local
    head = struct.pack("<4s5H3I2H", b"PK\3\4", 20, flags, 8, 0, 33, check, len(packed), size, len(local), 0) + local
    names = [name] if copies == 1 else [b"%d.json" % number for number in range(copies)]
    directory = b"".join(
        struct.pack(
            "<4s6H3I5H2I", b"PK\1\2", 20, 20, flags, 8, 0, 33, check, len(packed), size, len(each), 0, 0, 0, 0,
            REGULAR << 16, 0,
        ) + each
        for each in names
    )  # fmt: skip
    at = len(head) + len(packed)
    end = struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, len(names), len(names), len(directory), at, 0)
    return head + packed + directory + end


def nested_zip(data: bytes) -> bytes:
    """A zip file whose first member, stored, holds the second one with its header."""
    inner = _header(b"b.json", data)
    body = _header(b"a.json", inner)
    directory = _entry(b"a.json", inner, 0) + _entry(b"b.json", data, len(body) - len(inner))
    return body + directory + struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, 2, 2, len(directory), len(body), 0)


def _header(name: bytes, data: bytes) -> bytes:
    size = len(data)
    return (
        struct.pack("<4s5H3I2H", b"PK\3\4", 20, 0, 0, 0, 33, zlib.crc32(data), size, size, len(name), 0) + name + data
    )


def _entry(name: bytes, data: bytes, at: int) -> bytes:
    crc, size, mode = zlib.crc32(data), len(data), REGULAR << 16
    head = (b"PK\1\2", 20, 20, 0, 0, 0, 33, crc, size, size, len(name), 0, 0, 0, 0, mode, at)
    return struct.pack("<4s6H3I5H2I", *head) + name


def listed(root: Path, files: Mapping[str, bytes], limits: ReadLimits | None = None) -> list[Found]:
    """What is found where these files lie."""
    for name, data in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(data)
    return listing(root, limits or ReadLimits(), Shelf()).files


def contents(found: list[Found], limits: ReadLimits | None = None) -> dict[str, bytes]:
    """Path -> content of all that can be read."""
    read_ = {}
    for each in found:
        try:
            read_[str(each.path)] = read(each, limits or ReadLimits()).data
        except EvidenceError:
            continue
    return read_


def refusals(found: list[Found], limits: ReadLimits | None = None) -> dict[str, str]:
    """Name -> why it can't be read, by its entry or by reading it."""
    refused = {}
    for each in found:
        try:
            read(each, limits or ReadLimits())
        except EvidenceError as error:
            refused[each.shown] = error.text
    return refused
