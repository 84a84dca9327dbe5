"""Each limit of soc2.yaml's `reading` holds where it is set, names its key and another way out."""

import gzip
import json
import os
from pathlib import Path

import msgspec
import pytest
import zstandard
from reading import parsed_bytes

from soc2test.errors import EvidenceError
from soc2test.evidence.files import Found, walk
from soc2test.evidence.json_text import parse
from soc2test.evidence.read_limits import ReadLimits
from soc2test.evidence.streamed import StreamedFile

LARGE = os.urandom(1 << 20).hex().encode()
CASES: dict[str, tuple[str, bytes, bytes, ReadLimits, str]] = {
    "document": ("a.json", b'["%b"]' % LARGE[:100], b'["%b"]' % LARGE, ReadLimits(document_mib=1), "document_mib"),
    "document, packed": (
        "a.json.gz", gzip.compress(b"[1]"), gzip.compress(b'["%b"]' % LARGE, 1), ReadLimits(document_mib=1), "document_mib",
    ),
    "ratio of gz": ("a.json.gz", gzip.compress(b" " * (1 << 20)), gzip.compress(b" " * (2 << 20)), ReadLimits(ratio=2), "ratio"),
    "ratio of zst": (
        "a.json.zst", zstandard.compress(b" " * (1 << 20)), zstandard.compress(b" " * (2 << 20)), ReadLimits(ratio=2), "ratio",
    ),
    "json depth": ("a.json", b'[{"a":[1]}]', b'[{"a":[[]]}]', ReadLimits(json_depth=3), "json_depth"),
    "json depth of a line": ("a.ndjson", b"[[1]]\n[2]", b"[1]\n[[[2]]]", ReadLimits(json_depth=2), "json_depth"),
    "yaml depth": ("a.yaml", b"a: {b: [1]}", b"a: {b: [[1]]}", ReadLimits(yaml_depth=3), "yaml_depth"),
    "entries of json": ("a.json", b'{"a": [1, 2, ",,,,,,,[[["]}', b'{"a": [1, 2, 3, 4]}', ReadLimits(entries=5), "entries"),
    "entries of lines": ("a.ndjson", b"1\n2\n3", b"1\n2\n3\n4", ReadLimits(entries=3), "entries"),
    "entries of yaml": ("a.yaml", b"a: [1, 2, 3]", b"a: [1, 2, 3, 4]", ReadLimits(entries=4), "entries"),
    "entries of csv": ("a.csv", b"a,b\n1,2\n3,4\n", b"a,b\n1,2\n3,4\n5,6\n", ReadLimits(entries=2), "entries"),
}  # fmt: skip


@pytest.mark.parametrize(("name", "good", "bad", "limits", "key"), CASES.values(), ids=CASES)
def test_a_limit_holds(name: str, good: bytes, bad: bytes, limits: ReadLimits, key: str, tmp_path: Path) -> None:
    parsed_bytes(tmp_path, name, good, limits)
    parsed_bytes(tmp_path, name, bad, ReadLimits(ratio=10**6))
    with pytest.raises(EvidenceError) as caught:
        parsed_bytes(tmp_path, name, bad, limits)
    assert caught.value.code == "limit"
    assert f"or raise reading.{key} in soc2.yaml" in caught.value.text


def streamed(folder: Path, name: str, data: bytes, limits: ReadLimits) -> list[object]:
    (folder / name).write_bytes(data)
    return [item for _, item in StreamedFile(Found(name, str(folder / name), len(data)), "", limits)]


def test_a_bare_array_longer_than_a_document_may_be_is_streamed_in_pieces(tmp_path: Path) -> None:
    rows = [{"id": str(number), "text": "x" * 100} for number in range(20_000)]
    assert streamed(tmp_path, "a.json", json.dumps(rows).encode(), ReadLimits(document_mib=1)) == rows


@pytest.mark.parametrize("name", ["a.ndjson", "a.json", "a.ndjson.gz"])
def test_json_depth_holds_on_the_streaming_path(name: str, tmp_path: Path) -> None:
    def data(value: object) -> bytes:
        text = json.dumps([value] if name == "a.json" else value, separators=(",", ":")).encode()
        return gzip.compress(text) if name.endswith(".gz") else text

    assert streamed(tmp_path, name, data({"a": [1]}), ReadLimits(json_depth=2)) == [{"a": [1]}]
    with pytest.raises(EvidenceError, match=r"raise reading\.json_depth"):
        streamed(tmp_path, name, data({"a": [[1]]}), ReadLimits(json_depth=2))


def test_a_streamed_line_may_not_be_larger_than_a_document(tmp_path: Path) -> None:
    with pytest.raises(EvidenceError, match=r"raise reading\.document_mib"):
        streamed(tmp_path, "a.ndjson", b'["%b"]' % LARGE, ReadLimits(document_mib=1))


def test_the_json_parser_s_own_depth_can_t_be_raised_and_says_so() -> None:
    assert parse(b"[" * 199 + b"]" * 199, "a")
    with pytest.raises(EvidenceError, match="nested over 200 levels") as caught:
        parse(b"[" * 202 + b"]" * 202, "a")
    assert caught.value.code == "limit"
    assert "cut out" in caught.value.text


def test_too_many_files_say_what_to_do(tmp_path: Path) -> None:
    for number in range(3):
        (tmp_path / f"{number}.json").write_bytes(b"[]")
    with pytest.raises(EvidenceError, match=r"move .* or raise reading\.files in soc2\.yaml"):
        list(walk(tmp_path, ReadLimits(files=2)))


def test_the_documented_limits_are_the_defaults() -> None:
    page = Path(__file__).parents[2].joinpath("docs", "exports-and-evidence.md").read_text("utf-8")
    table = page.split("`reading` in `soc2.yaml` sets the limits:")[1].split("\n\n")[1]
    rows = [line.strip("| ").split(" | ") for line in table.splitlines()[2:]]
    assert {key.strip("`"): int(default) for key, _, default in rows} == msgspec.structs.asdict(ReadLimits())
