"""The bytes of a file, decompressed within limits, with the digest of the very bytes that were read."""

import codecs
import io
import os
from functools import lru_cache
from hashlib import sha256
from typing import BinaryIO

import msgspec

from soc2test.errors import EvidenceError
from soc2test.evidence.expanding import COMPRESSED, Expanded, is_compressed
from soc2test.evidence.files import Found, open_regular
from soc2test.evidence.read_limits import ReadLimits

__all__ = ["HEAD", "Content", "data_suffix", "digest_of", "head", "opened", "read", "unpacked"]

HEAD = 4096
"""bytes that tell what a file is"""
_BLOCK = 1 << 20
_NO_LIMITS = ReadLimits()


class Content(msgspec.Struct, frozen=True):
    """A file's content: UTF-8 `data` without byte order mark, and the SHA-256 of the file as it lies on disk.

    Of a member of an archive the digest is that of the file that unpacking would give.
    """

    data: bytes
    sha256: str


@lru_cache(maxsize=256)  # it is asked several times of one file
def data_suffix(name: str) -> str:
    """The suffix that tells the format: ".json" of "a.json.gz", in lower case."""
    lower = name.lower()
    for suffix in COMPRESSED:
        lower = lower.removesuffix(suffix)
    return os.path.splitext(lower)[1]


def opened(found: Found) -> BinaryIO:
    """The file's or member's own bytes, to be read once. Raises `EvidenceError` where it is refused or can't be."""
    if found.held is not None and not found.refused:
        return io.BytesIO(found.held.data)
    if found.opener is not None and not found.refused:
        return found.opener()
    return os.fdopen(open_regular(found), "rb")


def read(found: Found, limits: ReadLimits) -> Content:
    """The whole content. Raises `EvidenceError` for what can't be read, is too large or no text."""
    content = unpacked(found, limits)
    return Content(_text(content.data, found), content.sha256)


def unpacked(found: Found, limits: ReadLimits) -> Content:
    """The whole content as it is, text or not. Raises `EvidenceError` for what can't be read or is too large."""
    with opened(found) as file:
        size = found.size if found.opener or found.held else os.fstat(file.fileno()).st_size
        raw = _bounded(file, size, limits, found)
    digest = sha256(raw).hexdigest() if found.held is None else found.held.sha256
    if not is_compressed(found.name):
        return Content(raw, digest)
    with io.BufferedReader(Expanded(io.BytesIO(raw), found, limits)) as expanded:
        return Content(_bounded(expanded, 0, limits, found), digest)


def digest_of(found: Found) -> str:
    """The SHA-256 of the file as it lies there, however large. Raises `EvidenceError` where it can't be read."""
    whole = sha256()
    with opened(found) as file:
        while block := file.read(_BLOCK):
            whole.update(block)
    return whole.hexdigest()


def head(found: Found) -> bytes:
    """The first 4,096 bytes after decompression; b"" where there is nothing to read."""
    try:
        with opened(found) as file:
            if not is_compressed(found.name):
                return file.read(HEAD)
            return io.BufferedReader(Expanded(file, found, _NO_LIMITS), HEAD).read(HEAD)
    except (EvidenceError, OSError):
        return b""


def _bounded(file: BinaryIO, size: int, limits: ReadLimits, found: Found) -> bytes:
    most = limits.document_bytes
    try:
        if size <= most:
            data = file.read(size + 1)  # a reader makes room for all that is asked for
            if len(data) > size:
                data += file.read(most + 1 - len(data))
            if len(data) <= most:
                return data
    except OSError as error:
        raise EvidenceError(found.shown, f"can't be read: {os.strerror(error.errno or 0)}") from None
    way_out = "export NDJSON, split it, or raise reading.document_mib in soc2.yaml"
    raise EvidenceError(found.shown, f"is larger than {most >> 20} MiB; {way_out}", code="limit")


def _text(data: bytes, found: Found) -> bytes:
    if data.startswith(codecs.BOM_UTF8):
        return data[len(codecs.BOM_UTF8) :]
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            return data.decode("utf-16").encode()
        except UnicodeError:
            raise EvidenceError(found.shown, "begins like UTF-16 but is none", place="byte 0") from None
    if b"\0" in data[:2]:
        raise EvidenceError(found.shown, "looks like UTF-16 without byte order mark; save as UTF-8", place="byte 1")
    return data
