"""Rows that name a document: what it shows is of nature "document" where the file is there and has that digest."""

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from exporting import NOW

from soc2test import Facts, Item, PolicyDocument, Source, Subject, UnknownFact, facts, unpaged
from soc2test.evidence.documents import Documents
from soc2test.evidence.read_limits import ReadLimits
from soc2test.inventory.dating import Clock
from soc2test.inventory.load import Loaded, Request, load_inventory

TEXT = b"Access control policy 3.2: who may have access to what. Approved by Ada Byron on 2026-02-02."
DIGEST = sha256(TEXT).hexdigest()


def register() -> Source:
    """A register of policies."""
    kept = Source("kept", command="{operation}", paging=unpaged, nature="record")

    @kept.reads("policies", kind=PolicyDocument, items="entries", lists=True)
    def policy(item: Item, at: Subject) -> Facts:
        told = facts(item["id"], title=item["title"], approved_by=item["approved_by"])
        return told.shown_by(item.document("document"), "approved_by")

    return kept


def row(id: str, document: Any) -> dict[str, Any]:
    return {"id": id, "title": "Access", "approved_by": "ada@acme.example", "document": document}


def loaded(root: Path, document: Any, source: Source | None = None) -> Loaded:
    """What a register tells of one policy with this document, or of these rows."""
    exports = root / "exports/kept"
    exports.mkdir(parents=True, exist_ok=True)
    rows = document if isinstance(document, list) else [row("P-1", document)]
    (exports / "policies.json").write_text(json.dumps({"entries": rows}))
    request = Request(
        root / "exports", {"kept": source or register()}, lambda _: [], {}, {}, ReadLimits(), Clock(NOW, NOW),
        programme=root,
    )  # fmt: skip
    return load_inventory(request)


def only(result: Loaded) -> PolicyDocument:
    (policy,) = result.inventory.members(PolicyDocument)
    assert isinstance(policy, PolicyDocument)
    return policy


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A programme with one document."""
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents/access.txt").write_bytes(TEXT)
    return tmp_path


def test_what_a_document_shows_that_is_there(root: Path) -> None:
    result = loaded(root, {"file": "documents/access.txt", "sha256": DIGEST.upper()})
    policy = only(result)
    assert (policy.origin.documented, policy.approved_by) == (("approved_by",), "ada@acme.example")
    assert result.documents == {"documents/access.txt": DIGEST}
    assert result.inventory.nature("kept") == "record"


def test_a_row_without_a_document_is_a_record(root: Path) -> None:
    result = loaded(root, None)
    policy = only(result)
    assert (policy.origin.documented, policy.approved_by) == ((), "ada@acme.example")
    assert result.documents == {}


@pytest.mark.parametrize("second", ["documents/access.txt", "documents/copy.txt"])
def test_what_two_rows_name_shows_neither(root: Path, second: str) -> None:
    (root / "documents/copy.txt").write_bytes(TEXT)
    first = {"file": "documents/access.txt", "sha256": DIGEST}
    rows = [row("P-1", first), row("P-2", {"file": second, "sha256": DIGEST})]
    result = loaded(root, rows)
    policies = result.inventory.members(PolicyDocument)
    assert [(policy.origin.documented, policy.id) for policy in policies] == [((), "P-1"), ((), "P-2")]
    assert result.named_by == {DIGEST: 2}


def test_what_is_named_twice_in_one_row_is_its_own(root: Path) -> None:
    first = {"file": "documents/access.txt", "sha256": DIGEST}
    result = loaded(root, [row("P-1", first), row("P-2", None)])
    policies = result.inventory.members(PolicyDocument)
    assert result.named_by == {DIGEST: 1}
    assert [policy.origin.documented for policy in policies] == [("approved_by",), ()]


@pytest.mark.parametrize(
    ("file", "says"),
    [
        ("documents/access.txt", "another digest"),
        ("../outside.txt", "no path below the folder of soc2.yaml"),
        ("/etc/hostname", "no path below the folder of soc2.yaml"),
        ("documents/link.txt", "leads out of the folder"),
        ("documents/folder", "can't be read"),
        ("documents/empty.txt", "is empty"),
        ("documents/blank.txt", "next to nothing"),
        ("documents/gone.txt", "is not there: put it there; a row may also name no document"),
        ("pytest.ini", "is part of the programme"),
        ("exports/kept/policies.json", "is part of the programme"),
    ],
)
def test_a_document_that_is_another_makes_what_it_shows_unknown(root: Path, file: str, says: str) -> None:
    outside = root.parent / f"{root.name}-outside.txt"
    outside.write_bytes(b"x")
    (root / "documents/link.txt").symlink_to(outside)
    (root / "documents/folder").mkdir()
    (root / "documents/empty.txt").write_bytes(b"")
    (root / "documents/blank.txt").write_bytes(b" \n" * 400 + b"x")
    (root / "pytest.ini").write_text("[pytest]\n" + "# a comment that is long enough to be a document\n" * 9)
    result = loaded(root, {"file": file, "sha256": "0" * 64})
    policy = only(result)
    assert (policy.title, result.inventory.gaps(PolicyDocument)) == ("Access", ())
    with pytest.raises(UnknownFact) as caught:
        _ = policy.approved_by
    assert says in str(caught.value)


@pytest.mark.parametrize(
    ("document", "says"),
    [
        ("access.txt", "document names no file: write its path as file, and its digest as sha256"),
        (3, "document names no file"),
        ({"file": "documents/access.txt"}, "the sha256 of document is no SHA-256 of 64 hex digits"),
        ({"file": "x", "sha256": "ab"}, "the sha256 of document is no SHA-256 of 64 hex digits"),
    ],
)
def test_a_document_without_name_and_digest_is_none(root: Path, document: Any, says: str) -> None:
    result = loaded(root, document)
    (gap,) = result.inventory.gaps(PolicyDocument)
    assert gap.code == "unreadable"
    assert gap.text.startswith(f"kept/policies.json: entries[0] (id P-1): {says}")


def test_what_a_document_shows_must_be_told(root: Path) -> None:
    kept = Source("kept", command="{operation}", paging=unpaged, nature="record")

    @kept.reads("policies", kind=PolicyDocument, items="entries", lists=True)
    def policy(item: Item, at: Subject) -> Facts:
        return facts(item["id"], title=item["title"]).shown_by(item.document("document"), "version")

    result = loaded(root, {"file": "documents/access.txt", "sha256": DIGEST}, kept)
    assert any("shown_by(...) names 'version'" in problem for problem in result.problems)


def test_each_document_is_read_once(root: Path) -> None:
    documents = Documents(root)
    assert documents.wrong("documents/access.txt", DIGEST) is None
    (root / "documents/access.txt").write_bytes(b"another text")
    assert documents.wrong("documents/access.txt", DIGEST) is None
    assert documents.wrong("documents/access.txt", "0" * 64) is not None
