"""Hazards of the file system, and the shared corpus of hostile files, through the framework's own reading."""

import importlib.util
import os
import threading
import time
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from reading import CANARY, parse_found

from soc2test.errors import EvidenceError
from soc2test.evidence.content import head, read
from soc2test.evidence.files import Found, open_regular, walk
from soc2test.evidence.read_limits import ReadLimits
from soc2test.evidence.record import EMPTY


def walked(folder: Path) -> dict[str, Found]:
    return {str(found.path): found for found in walk(folder, ReadLimits())}


def refusal(found: Found) -> EvidenceError:
    with pytest.raises(EvidenceError) as caught:
        read(found, ReadLimits())
    return caught.value


def test_links_are_named_and_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.json").write_text(f'["{CANARY}"]')
    root = tmp_path / "exports"
    root.mkdir()
    (root / "file.json").symlink_to(outside / "secret.json")
    (root / "folder").symlink_to(outside)
    (root / "loop.json").symlink_to("loop.json")
    (root / "dangling.json").symlink_to("nowhere.json")
    (root / "null.json").symlink_to("/dev/null")
    found = walked(root)
    assert sorted(found) == ["dangling.json", "file.json", "folder", "loop.json", "null.json"]
    for each in found.values():
        assert "symbolic link" in each.refused
        assert refusal(each).code == "refused"
        assert head(each) == b""


def test_an_empty_folder_named_like_a_file_is_named(tmp_path: Path) -> None:
    for folder in ("a.json", "b.CSV", "c.json/org", "d.ndjson.gz", "plain", "e.json"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "e.json" / "held.json").write_text("[]")
    found = walked(tmp_path)
    named = {path for path, each in found.items() if "empty folder named like a file" in each.refused}
    assert named == {"a.json", "b.CSV", "c.json", "d.ndjson.gz"}
    assert found.keys() - named == {"e.json/held.json"}


def test_a_file_that_became_a_link_after_the_walk_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("[]")
    (found,) = walked(tmp_path).values()
    (tmp_path / "a.json").unlink()
    (tmp_path / "a.json").symlink_to("/etc/passwd")
    assert "can't be opened" in refusal(found).text


def test_a_fifo_does_not_block(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.json")
    (found,) = walked(tmp_path).values()
    assert found.refused == "is no regular file"  # before anybody opens it
    done: list[EvidenceError] = []
    thread = threading.Thread(target=lambda: done.append(refusal(found)), daemon=True)
    thread.start()
    thread.join(5)
    assert done
    assert done[0].code == "refused"
    swapped = Found("pipe.json", str(tmp_path / "pipe.json"), 0)  # a regular file when it was walked
    with pytest.raises(EvidenceError, match="no regular file"):
        open_regular(swapped)


def test_a_directory_named_like_a_file_holds_files(tmp_path: Path) -> None:
    (tmp_path / "a.json").mkdir()
    swapped = Found("a.json", str(tmp_path / "a.json"), 0)
    with pytest.raises(EvidenceError, match="no regular file"):
        open_regular(swapped)


def test_a_file_that_is_gone_or_closed_to_us_is_an_error(tmp_path: Path) -> None:
    gone = Found("gone.json", str(tmp_path / "gone.json"), 0)
    assert str(refusal(gone)).startswith("gone.json: can't be opened: No such file")
    if os.geteuid() != 0:
        (tmp_path / "closed.json").write_text("[]")
        (tmp_path / "closed.json").chmod(0)
        assert "Permission denied" in str(refusal(walked(tmp_path)["closed.json"]))


def test_names_that_are_no_utf_8_or_hostile_are_found(tmp_path: Path) -> None:
    names = [b"caf\xe9.json", b"a\nb.json", b"-rf.json", b"\x1b[31mx.json", b" lead.json", b"x" * 250 + b".json"]
    for name in names:
        (Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name))).write_text("[1]")
    found = walked(tmp_path)
    assert len(found) == len(names)
    assert "caf\\xe9.json" in found
    for path, each in found.items():
        path.encode("utf-8")
        assert parse_found(each) == [1]


def test_files_beyond_the_limit_are_refused_as_a_whole(tmp_path: Path) -> None:
    for number in range(4):
        (tmp_path / f"{number}.json").write_text("[]")
    assert len(list(walk(tmp_path, ReadLimits(files=4)))) == 4
    with pytest.raises(EvidenceError, match="over 3 files"):
        list(walk(tmp_path, ReadLimits(files=3)))


def test_the_digest_is_that_of_the_bytes_on_disk(tmp_path: Path) -> None:
    data = b"\xef\xbb\xbf[1]\r\n"
    (tmp_path / "a.json").write_bytes(data)
    content = read(walked(tmp_path)["a.json"], ReadLimits())
    assert (content.sha256, content.data) == (sha256(data).hexdigest(), b"[1]\r\n")


def test_the_order_is_that_of_the_names(tmp_path: Path) -> None:
    for name in ("b.json", "a/z.json", "a.json", "B.json"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("[]")
    (tmp_path / ".hidden.json").write_text("[]")
    assert list(walked(tmp_path)) == [".hidden.json", "B.json", "a/z.json", "a.json", "b.json"]


# the shared corpus

CORPUS = Path(__file__).parents[3] / "shared" / "tools" / "badinputs.py"
GROUPS = "ABCDEGH"

# What the reading of one file can't tell: here the case comes out parsed, and a later station meets what it expects.
LATER = {
    "A01": "empty: the operation says what nothing means",
    "A02": "empty: the operation says what nothing means",
    "A27": "a scalar: the operation says where its list is",
    "A29": "an object: the operation says where its list is",
    "C03": "UTF-16 with a mark is decoded, as the case allows",
    "D22": "no sexagesimal numbers are read: it stays text, at no cost",
    "A34": "ids stay numbers in a list, never keys of a mapping",
    "E10": "no entries: the register's population is empty, which is no pass",
    "H06": "mode 000 does not stop root",
    "H11": "the digest is that of the bytes that were parsed; there is no second read",
}
EXPECTED = {
    "A11": [{"id": "a", "age": "1E-400"}],
    "A12": [{"id": n} for n in (9007199254740993, 9007199254740992, 18446744073709551616, -9223372036854775809)],
    "A14": [{"id": "a", "ratio": "1.00000000000000000001"}],
    "C01": [{"id": "a"}],
    "C02": {"entries": [{"id": "a", "mfa": "false"}], "columns": ["id", "mfa"], "rows": [2]},
    "D08": [{"id": "a", "country": "NO", "state": "off", "answer": "yes"}],
    # a plain 1.10 is a number in YAML 1.2; schemas want versions as text, so it is refused there and not rounded
    "D09": [{"account": "012345670000", "port": "22:22", "n": "1_000", "ver": 1.1}],
    "D10": [{"id": "a", "created": "2026-01-01", "seen": "2026-01-01T00:00:00Z", "bad": "2026-02-30"}],
    "E11": {"entries": [{"id": "a", "name": "x\ny"}, {"id": "b", "name": "z"}], "columns": ["id", "name"], "rows": [2, 3]},
    "E12": {"entries": [{"account": "000123456789", "mfa": "TRUE"}, {"account": "1E5", "mfa": "1"}], "columns": ["account", "mfa"], "rows": [2, 3]},
    "E14": {"entries": [{"id": "a", "mfa": "true"}, {"id": "b", "mfa": "false"}], "columns": ["id", "mfa"], "rows": [2, 3]},
}  # fmt: skip


def _corpus() -> ModuleType | None:
    if not CORPUS.is_file():
        return None
    spec = importlib.util.spec_from_file_location("badinputs", CORPUS)
    assert spec is not None
    assert spec.loader is not None
    import sys

    module = importlib.util.module_from_spec(spec)
    sys.modules["badinputs"] = module  # its dataclasses look themselves up
    spec.loader.exec_module(module)
    return module


def _cases() -> Iterator[Any]:
    module = _corpus()
    if module is None:
        yield pytest.param(
            None, id="corpus", marks=pytest.mark.skip(reason="the shared corpus is not beside this checkout")
        )
        return
    for case in module.CASES:
        if case.group[0] in GROUPS and not case.big and not (case.group[0] == "G" and ".gz" not in case.path):
            yield pytest.param(case, id=case.id)  # zip and tar have tests of their own, and those of tests/hostile


@pytest.mark.parametrize("case", list(_cases()))
def test_the_hostile_corpus_meets_what_each_case_expects(case: Any, tmp_path: Path) -> None:
    file = tmp_path / Path(case.path).name
    case.make(file, 1)
    started = time.monotonic()
    found = list(walk(tmp_path, ReadLimits()))
    outcomes = [_outcome(each) for each in found]
    assert time.monotonic() - started < 5
    if case.id in LATER:
        assert not any(isinstance(each, EvidenceError) for each in outcomes)
        if case.id in ("A01", "A02"):
            assert outcomes == [EMPTY]
    elif case.expect in ("reject", "limit", "refuse"):
        assert outcomes
        for each in outcomes:
            assert isinstance(each, EvidenceError), case.why
            assert file.name in str(each)
    else:
        assert case.expect in ("exact", "escape")
        assert outcomes
        refused = [
            each.path.name for each, outcome in zip(found, outcomes, strict=True) if isinstance(outcome, EvidenceError)
        ]
        hidden = [each.path.name for each in found if each.path.name.startswith(".")]  # read by nobody, and said
        assert refused == hidden, case.why
        if case.id in EXPECTED:
            assert [_plain(each) for each in outcomes] == [EXPECTED[case.id]]


def _outcome(found: Found) -> Any:
    try:
        return parse_found(found)
    except EvidenceError as error:
        return error


def _plain(value: Any) -> Any:
    """Decimals as their text, so that a rounded one would show."""
    from decimal import Decimal

    if isinstance(value, list):
        return [_plain(each) for each in value]
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    return str(value) if isinstance(value, Decimal) else value
