"""What must hold for whatever bytes a reader meets; shared by the tests with hypothesis and the target of atheris."""

import codecs
import csv
import gzip
import io
import json
import math
import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path, PurePosixPath
from typing import Any

import yaml
import zstandard

from soc2test.errors import EvidenceError, ProgrammeError
from soc2test.evidence import json_text
from soc2test.evidence.content import read
from soc2test.evidence.files import Found
from soc2test.evidence.json_fast import Parser
from soc2test.evidence.manifest import parse_manifest
from soc2test.evidence.read_limits import ReadLimits
from soc2test.evidence.record import EMPTY, bodies, is_record, record_of
from soc2test.evidence.streamed import StreamedFile
from soc2test.evidence.yaml_text import parse_yaml
from soc2test.programme.programme import load_programme

__all__ = ["CANARY", "CHECKS", "accepted", "body_of", "found", "streamed"]

CANARY = "canary-5f0c"
"""Stands in every seed; no error may quote it."""
LIMITS = ReadLimits(document_mib=8)
_DEEP = 90
"""levels below which no reader may call a document too deep"""


def found(folder: Path, name: str, data: bytes) -> Found:
    """A file of the exports folder that holds these bytes."""
    path = folder / name
    path.write_bytes(data)
    return Found(name, str(path), len(data))


def accepted(call: Callable[[], Any]) -> tuple[bool, Any]:
    """Whether the reader took it, and what it gave; any exception but the project's own goes on."""
    try:
        return True, call()
    except (EvidenceError, ProgrammeError) as error:
        assert CANARY not in str(error), "an error quotes the content"
        return False, str(error)


def body_of(file: Found) -> Any:
    """The body of a file, as the inventory reads it."""
    return bodies(read(file, LIMITS), file.path.name, str(file.path), LIMITS)


def streamed(file: Found) -> list[Any]:
    """The items of a file whose items stand at the top, as the inventory streams it."""
    return [item for _, item in StreamedFile(file, "", LIMITS)]


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) != len(pairs):
        raise ValueError("a key stands twice")
    return value


def _refuse(text: str) -> Any:
    raise ValueError("no number of JSON")


def _standard(data: bytes) -> Any:
    """The value by Python's own parser, with the same strictness. Raises `ValueError` or `RecursionError`."""
    value = json.loads(data.decode(), object_pairs_hook=_pairs, parse_constant=_refuse, parse_float=Decimal)
    json.dumps(value, ensure_ascii=False, default=str).encode()  # a lone surrogate is no UTF-8
    return value


def _sound(value: Any, level: int = 0) -> None:
    """No NaN, no infinity, no rounded number, no lone surrogate, no key that is no text."""
    assert type(value) in (dict, list, str, int, Decimal, bool, type(None), float)
    if isinstance(value, str):
        value.encode()
    elif isinstance(value, float | Decimal):
        assert math.isfinite(value) if isinstance(value, float) else value.is_finite()
    elif isinstance(value, dict):
        for key, each in value.items():
            assert type(key) is str
            key.encode()
            _sound(each, level + 1)
    elif isinstance(value, list):
        for each in value:
            _sound(each, level + 1)


def check_json(data: bytes, folder: Path) -> None:
    """Both parsers and Python's own give one value, or both refuse with one text."""
    careful, parser = accepted(lambda: json_text.parse(data, "file")), Parser("file")
    for _ in range(3):  # the fast way, and while it pauses
        fast = accepted(lambda: parser.member(data))
        assert repr(fast) == repr(careful) or (fast[0] and "recursion" in careful[1]), "the two paths differ"
    try:
        standard = True, _standard(data)
    except (ValueError, ArithmeticError, RecursionError):
        standard = False, ""
    if careful[0]:
        _sound(careful[1])
        assert repr(standard[1]) == repr(careful[1])
    elif standard[0]:
        assert "recursion" in careful[1] or "out of range" in careful[1], "what is valid is refused"
    _check_paths(found(folder, "f.json", data))


def check_ndjson(data: bytes, folder: Path) -> None:
    """The stream and the document hold the same items; each line is what Python's parser makes of it."""
    _check_paths(found(folder, "f.ndjson", data))


def _check_paths(file: Found) -> None:
    """What streaming takes is what reading whole takes; reading whole also joins pages, which is no stream's business."""
    whole, items = accepted(lambda: body_of(file)), accepted(lambda: streamed(file))
    if whole[0] and whole[1] is not EMPTY:
        _sound(whole[1])
    if not items[0]:
        return
    assert whole[0], "the stream takes what the document refuses"
    if whole[1] is EMPTY:
        assert items[1] == []
    elif all(isinstance(each, list) for each in items[1]) and file.path.suffix == ".json":
        assert repr(whole[1]) in (repr(items[1]), repr([item for page in items[1] for item in page]))
    else:
        assert repr(whole[1]) == repr(items[1]), "the stream holds other items than the document"


def check_yaml(data: bytes, folder: Path) -> None:
    """What is accepted has the nodes and scalars of PyYAML's own composer."""
    took, value = accepted(lambda: parse_yaml(data, "file"))
    if took:
        _sound(value[0])
        node = yaml.compose(data.decode(), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        assert node is None or _agrees(node, value[0])


def _agrees(node: Any, value: Any) -> bool:
    if isinstance(node, yaml.MappingNode):
        keys = [key.value for key, _ in node.value]
        same = isinstance(value, dict) and keys == list(value)
        return same and all(_agrees(each, value[key.value]) for key, each in node.value)
    if isinstance(node, yaml.SequenceNode):
        same = isinstance(value, list) and len(value) == len(node.value)
        return same and all(map(_agrees, node.value, value))
    return bool(_same_scalar(node, value))


def _same_scalar(node: Any, value: Any) -> bool:
    """Equal to what PyYAML makes of it, or its very text; a number that only YAML 1.2 knows is read as Python reads it."""
    if isinstance(value, str):
        return bool(value == node.value)
    if node.style:
        return False
    kind = node.tag.removeprefix("tag:yaml.org,2002:")
    if kind == "str":  # "1e5" is text in 1.1; the key of an empty value has the text ""
        return type(value) is float and value == float(node.value)
    own = yaml.safe_load(node.value)
    return type(own) is type(value) and own == value


def check_csv(data: bytes, folder: Path) -> None:
    """As many cells in each row as in the header, and each what the standard reader makes of it."""
    took, body = accepted(lambda: body_of(found(folder, "f.csv", data)))
    if not took or body is EMPTY:
        return
    text = read(found(folder, "f.csv", data), LIMITS).data.decode()
    text = re.sub(r'\A"?sep=[,;\t|]"?\r*\n', "", text, flags=re.IGNORECASE)
    tables = [_table(text, delimiter) for delimiter in ",;\t|"]
    got = [list(row.values()) for row in body["entries"]]
    assert [body["columns"], *got] in [as_read(head, rows) for head, *rows in tables]


def _table(text: str, delimiter: str) -> list[list[str]]:
    """By the standard reader; blanks before a cell are no part of it."""
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=True))


def as_read(head: list[str], rows: list[list[str]]) -> list[list[str]]:
    """The table without blank rows, and without blank cells behind the last named column."""
    width = max((number for number, name in enumerate(head, 1) if name.strip()), default=0)
    ends = [row[:width] if not any(cell.strip() for cell in row[width:]) else row for row in filled(rows)]
    return [[name.strip() for name in head[:width]], *ends]


def filled(rows: list[list[str]]) -> list[list[str]]:
    """The rows that are not blank throughout."""
    return [row for row in rows if any(cell.strip() for cell in row)]


def check_record(data: bytes, folder: Path) -> None:
    """A record's fields have the types that they are declared with."""
    took, value = accepted(lambda: json_text.parse(data, "file"))
    if took and is_record(value):
        took, evidence = accepted(lambda: record_of(value, "file", "", "", "id"))
        if took:
            assert {type(each) for each in (evidence.source, evidence.operation, *evidence.subject.values())} <= {str}
            assert evidence.code is None or type(evidence.code) is str
            assert evidence.collected_at is None or evidence.collected_at.utcoffset() is not None


def check_manifest(data: bytes, folder: Path) -> None:
    """A manifest or an `EvidenceError`."""
    took, manifest = accepted(lambda: parse_manifest(data, PurePosixPath("manifest.yaml")))
    if took:
        assert all(type(note.records) in (int, type(None)) for note in manifest.files.values())


def check_programme(data: bytes, folder: Path) -> None:
    """A programme or a `ProgrammeError`."""
    (folder / "soc2.yaml").write_bytes(data)
    took, config = accepted(lambda: load_programme(folder / "soc2.yaml"))
    if took:
        assert not config.exports.is_absolute()
        assert config.reading.document_bytes < 1 << 62


def check_gz(data: bytes, folder: Path) -> None:
    """What is accepted is what the standard library unpacks."""
    took, content = accepted(lambda: read(found(folder, "f.json.gz", data), LIMITS).data)
    if took:
        assert data, "nothing is no gzip file"
        assert _is_text_of(content, gzip.decompress(data))


def check_zst(data: bytes, folder: Path) -> None:
    """What is accepted is every frame to its end."""
    took, content = accepted(lambda: read(found(folder, "f.json.zst", data), LIMITS).data)
    if took:
        unpacked, rest = b"", data
        while rest:
            frame = zstandard.ZstdDecompressor().decompressobj()
            unpacked += frame.decompress(rest)
            assert frame.eof
            rest = frame.unused_data
        assert _is_text_of(content, unpacked)


def _is_text_of(content: bytes, unpacked: bytes) -> bool:
    if unpacked.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        unpacked = unpacked.decode("utf-16").encode()
    return content == unpacked.removeprefix(codecs.BOM_UTF8)


CHECKS: dict[str, Callable[[bytes, Path], None]] = {
    "json": check_json, "ndjson": check_ndjson, "yaml": check_yaml, "csv": check_csv, "record": check_record,
    "manifest": check_manifest, "programme": check_programme, "gz": check_gz, "zst": check_zst,
}  # fmt: skip
"""By the sort of file."""
