"""Compressed NDJSON and arrays are streamed in flat memory; a cut or damaged one is an error, never a shorter list."""

import bz2
import gzip
import json
import lzma
import os
import tracemalloc
from collections.abc import Callable
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
import zstandard
from archiving import octal

from soc2test.errors import EvidenceError
from soc2test.evidence.files import Found
from soc2test.evidence.read_limits import ReadLimits
from soc2test.evidence.streamed import StreamedFile

Pack = Callable[[bytes], bytes]
ZSTANDARD = zstandard.ZstdCompressor(write_checksum=True)


def in_parts(pack: Pack) -> Pack:
    return lambda data: b"".join(pack(data[at : at + 50_000]) for at in range(0, len(data), 50_000))


PACKS: dict[str, tuple[str, Pack]] = {
    "gz": (".gz", gzip.compress),
    "gz of many members": (".gz", in_parts(gzip.compress)),
    "zst": (".zst", ZSTANDARD.compress),
    "zst of many frames": (".zst", in_parts(ZSTANDARD.compress)),
    "bz2": (".bz2", bz2.compress),
    "bz2 of many streams": (".bz2", in_parts(bz2.compress)),
    "xz": (".xz", lzma.compress),
    "xz of many streams": (".xz", in_parts(lzma.compress)),
}
KINDS = pytest.mark.parametrize(("suffix", "pack"), PACKS.values(), ids=PACKS)
ROWS = [{"id": number, "note": os.urandom(20).hex()} for number in range(9_000)]


def text(rows: list[dict[str, Any]], name: str) -> bytes:
    if name == "a.json":
        return json.dumps(rows).encode()
    return "".join(json.dumps(row) + "\n" for row in rows).encode()


@cache
def packed(name: str, pack: Pack) -> bytes:
    """The rows in a file of that name, packed once for all tests: xz takes a third of a second for it."""
    return pack(text(ROWS, name))


def streamed(folder: Path, name: str, data: bytes, limits: ReadLimits | None = None) -> StreamedFile:
    (folder / name).write_bytes(data)
    return StreamedFile(Found(name, str(folder / name), len(data)), "", limits or ReadLimits())


@pytest.mark.each(5)
@KINDS
@pytest.mark.parametrize("name", ["a.ndjson", "a.jsonl", "a.json"])
def test_all_items_come_with_the_digest_of_the_file(name: str, suffix: str, pack: Pack, tmp_path: Path) -> None:
    data = packed(name, pack)
    file = streamed(tmp_path, name + suffix, data, ReadLimits(document_mib=1))
    assert [item for _, item in file] == ROWS
    assert file.sha256 == sha256(data).hexdigest()
    assert not file.blank


@KINDS
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_other_encodings_are_read_as_documents(encoding: str, suffix: str, pack: Pack, tmp_path: Path) -> None:
    data = pack(text(ROWS[:50], "a.ndjson").decode().encode(encoding))
    assert [item for _, item in streamed(tmp_path, f"a.ndjson{suffix}", data)] == ROWS[:50]


@pytest.mark.each(3)
@KINDS
@pytest.mark.parametrize("keep", [0.0, 0.1, 0.5, 0.9, 0.999])
def test_a_cut_file_is_an_error(keep: float, suffix: str, pack: Pack, tmp_path: Path) -> None:
    data = packed("a.ndjson", pack)
    file = streamed(tmp_path, f"a.ndjson{suffix}", data[: max(3, int(len(data) * keep))])
    with pytest.raises(EvidenceError, match="damaged"):
        list(file)


@KINDS
def test_a_file_that_is_cut_at_a_line_s_end_is_an_error(suffix: str, pack: Pack, tmp_path: Path) -> None:
    data = packed("a.ndjson", pack) + pack(text(ROWS[:1], "a.ndjson"))[:-4]
    with pytest.raises(EvidenceError, match="damaged"):
        list(streamed(tmp_path, f"a.ndjson{suffix}", data))


@KINDS
def test_a_damaged_byte_is_an_error(suffix: str, pack: Pack, tmp_path: Path) -> None:
    data = bytearray(packed("a.ndjson", pack))
    data[len(data) // 2] ^= 0x10
    with pytest.raises(EvidenceError):
        list(streamed(tmp_path, f"a.ndjson{suffix}", bytes(data)))


@pytest.mark.parametrize("tail", [b"\n", b"\0" * 4, b"[]", b"BZh9"])
@pytest.mark.parametrize(("suffix", "pack"), [(".bz2", bz2.compress), (".xz", lzma.compress)])
def test_what_follows_the_streams_is_no_end_without_a_word(
    suffix: str, pack: Pack, tail: bytes, tmp_path: Path
) -> None:
    with pytest.raises(EvidenceError, match="is damaged"):
        list(streamed(tmp_path, f"a.ndjson{suffix}", pack(b'{"id": 1}\n') + tail))


def test_an_xz_file_gets_no_more_memory_than_it_may_have(tmp_path: Path) -> None:
    filters = [{"id": lzma.FILTER_LZMA2, "dict_size": 1 << 27}]
    data = lzma.compress(b'{"id": 1}\n', filters=filters)
    with pytest.raises(EvidenceError, match=r"takes over 128 MiB of memory .* `xz -9`") as caught:
        list(streamed(tmp_path, "a.ndjson.xz", data))
    assert caught.value.code == "limit"
    best = lzma.compress(b'{"id": 1}\n', preset=9 | lzma.PRESET_EXTREME)
    assert len(list(streamed(tmp_path, "b.ndjson.xz", best))) == 1


@pytest.mark.each(3)
@pytest.mark.parametrize(
    ("suffix", "pack"),
    [(".gz", gzip.compress), (".zst", zstandard.compress), (".bz2", bz2.compress), (".xz", lzma.compress)],
)
def test_what_expands_too_far_is_stopped_as_it_expands(suffix: str, pack: Pack, tmp_path: Path) -> None:
    ids = octal(1 << 21)
    rows = [b'{"id": "%b"}\n' % ids[at : at + 1000] for at in range(0, len(ids), 1000)]
    wide = pack(b"".join(rows))  # to a little less than half
    count = 0
    with pytest.raises(EvidenceError, match=r"expands to over 2 times .* or raise reading\.ratio") as caught:
        for _ in streamed(tmp_path, f"a.ndjson{suffix}", wide, ReadLimits(ratio=2)):
            count += 1
    assert caught.value.code == "limit"
    assert 0 < count <= 2 * len(wide) / len(rows[0])
    assert sum(1 for _ in streamed(tmp_path, f"c.ndjson{suffix}", wide, ReadLimits(ratio=3))) == len(rows)
    small = pack(b'{"id": 1}\n' * 100_000)  # a megabyte, however well it was packed
    assert sum(1 for _ in streamed(tmp_path, f"b.ndjson{suffix}", small, ReadLimits(ratio=2))) == 100_000


@pytest.mark.each(2)
@pytest.mark.parametrize(("suffix", "pack"), [(".gz", gzip.compress), (".zst", zstandard.compress)])
def test_memory_is_flat(suffix: str, pack: Pack, tmp_path: Path) -> None:
    row = b'{"id": 1, "note": "%b"}\n'
    data = pack(b"".join(row % os.urandom(30).hex().encode() for _ in range(150_000)))
    file = streamed(tmp_path, f"a.ndjson{suffix}", data)
    tracemalloc.start()
    count = sum(1 for _ in file)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 150_000  # 12 MB
    assert most < 4 << 20
