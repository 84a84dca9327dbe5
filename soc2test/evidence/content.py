"""The bytes of a file, decompressed within limits, with the digest of the very bytes that were read."""

import codecs
import gzip
import os
import zlib
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from typing import BinaryIO, cast

from soc2test.errors import EvidenceError
from soc2test.evidence.files import Found, open_regular
from soc2test.evidence.limits import ReadLimits

__all__ = ["Content", "data_suffix", "head", "read"]

COMPRESSED = (".gz", ".zst")
_HEAD = 4096
_RATIO_FLOOR = 1 << 20  # a megabyte of anything is no bomb, however well it was packed


@dataclass(frozen=True)
class Content:
    """A file's content: UTF-8 `data` without byte order mark, and the SHA-256 of the file as it lies on disk."""

    data: bytes
    sha256: str


def data_suffix(name: str) -> str:
    """The suffix that tells the format: ".json" of "a.json.gz", in lower case."""
    lower = name.lower()
    for suffix in COMPRESSED:
        lower = lower.removesuffix(suffix)
    return os.path.splitext(lower)[1]


def read(found: Found, limits: ReadLimits) -> Content:
    """The whole content. Raises `EvidenceError` for what can't be read, is too large or no text."""
    with os.fdopen(open_regular(found), "rb") as file:
        raw = _bounded(file, limits.document_bytes, found)
    digest = sha256(raw).hexdigest()
    return Content(_text(_expand(raw, found, limits), found), digest)


def head(found: Found) -> bytes:
    """The first 4,096 bytes after decompression; b"" where there is nothing to read."""
    try:
        with os.fdopen(open_regular(found), "rb") as file, _expander(file, found.path.name) as expanded:
            return expanded.read(_HEAD)
    except (EvidenceError, OSError, EOFError, zlib.error):
        return b""
    except Exception as error:
        if not _is_zstd(error):
            raise
        return b""


def _bounded(file: BinaryIO, most: int, found: Found) -> bytes:
    if os.fstat(file.fileno()).st_size > most or len(data := file.read(most + 1)) > most:
        raise EvidenceError(
            str(found.path),
            f"is larger than {most >> 20} MiB; export NDJSON, split it, or raise reading.document_mib in soc2.yaml",
            code="limit",
        )
    return data


def _expander(file: BinaryIO, name: str) -> BinaryIO:
    if name.lower().endswith(".gz"):
        return cast(BinaryIO, gzip.GzipFile(fileobj=file))
    if name.lower().endswith(".zst"):
        import zstandard  # noqa: PLC0415  # 4 ms that most runs don't need

        return zstandard.ZstdDecompressor().stream_reader(file, read_across_frames=True)
    return file


def _expand(raw: bytes, found: Found, limits: ReadLimits) -> bytes:
    if not found.path.name.lower().endswith(COMPRESSED):
        return raw
    if not raw:  # gzip would call it an empty text, which for some operations is an answer
        raise EvidenceError(str(found.path), "is damaged: a compressed file without a byte in it")
    most = min(limits.document_bytes, max(_RATIO_FLOOR, len(raw) * limits.ratio))
    try:
        with _expander(BytesIO(raw), found.path.name) as expanded:
            data = expanded.read(most + 1)
    except (OSError, EOFError, zlib.error, ValueError) as error:
        raise EvidenceError(str(found.path), f"is damaged: {type(error).__name__} while decompressing") from None
    except Exception as error:
        if not _is_zstd(error):
            raise
        raise EvidenceError(str(found.path), "is damaged: not a whole zstandard file") from None
    if len(data) > most:
        raise EvidenceError(
            str(found.path), f"expands to over {limits.ratio} times its size; unpack it if that is right", code="limit"
        )
    if found.path.name.lower().endswith(".zst"):
        _whole_zst(raw, found)
    return data


def _is_zstd(error: Exception) -> bool:
    """A zstandard.ZstdError, whose module is only imported where needed."""
    return type(error).__name__ == "ZstdError"


def _whole_zst(raw: bytes, found: Found) -> None:
    """zstandard's reader gives a part of a cut stream without error; each frame must reach its end.

    Called once the expanded size is known to be within the limits.
    """
    import zstandard  # noqa: PLC0415

    while True:
        frame = zstandard.ZstdDecompressor().decompressobj()
        frame.decompress(raw)
        if not frame.eof:
            raise EvidenceError(str(found.path), "is damaged: the zstandard file is cut short")
        if not (raw := frame.unused_data):
            return


def _text(data: bytes, found: Found) -> bytes:
    if data.startswith(codecs.BOM_UTF8):
        return data[len(codecs.BOM_UTF8) :]
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            return data.decode("utf-16").encode()
        except UnicodeError:
            raise EvidenceError(str(found.path), "begins like UTF-16 but is none", place="byte 0") from None
    if b"\0" in data[:2]:
        raise EvidenceError(str(found.path), "looks like UTF-16 without byte order mark; save as UTF-8", place="byte 1")
    return data
