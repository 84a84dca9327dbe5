"""Rows that name a document: what it shows is of nature "document" where the file is there and has that digest."""

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from exporting import NOW

from soc2test import Facts, Item, PolicyDocument, Source, Subject, UnknownFact, facts, unpaged
from soc2test.evidence.documents import Documents
from soc2test.evidence.limits import ReadLimits
from soc2test.inventory.dating import Clock
from soc2test.inventory.load import Loaded, Request, load_inventory

TEXT = b"Access control policy, approved by Ada"
DIGEST = sha256(TEXT).hexdigest()


def register() -> Source:
    """A register of policies."""
    kept = Source("kept", command="{operation}", paging=unpaged, nature="record")

    @kept.reads("policies", kind=PolicyDocument, items="entries", lists=True)
    def policy(item: Item, at: Subject) -> Facts:
        told = facts(item["id"], title=item["title"], approved_by=item["approved_by"])
        return told.shown_by(item.document("document"), "approved_by")

    return kept


def loaded(root: Path, document: Any, source: Source | None = None) -> Loaded:
    exports = root / "exports/kept"
    exports.mkdir(parents=True, exist_ok=True)
    row = {"id": "P-1", "title": "Access", "approved_by": "ada@acme.example", "document": document}
    (exports / "policies.json").write_text(json.dumps({"entries": [row]}))
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


@pytest.mark.parametrize("document", [None, {"file": "documents/gone.txt", "sha256": DIGEST}])
def test_a_document_that_is_not_there_shows_nothing(root: Path, document: Any) -> None:
    result = loaded(root, document)
    policy = only(result)
    assert (policy.origin.documented, policy.approved_by) == ((), "ada@acme.example")
    assert result.documents == {}


@pytest.mark.parametrize(
    ("file", "says"),
    [
        ("documents/access.txt", "another digest"),
        ("../outside.txt", "no path below the folder of soc2.yaml"),
        ("/etc/hostname", "no path below the folder of soc2.yaml"),
        ("documents/link.txt", "leads out of the folder"),
        ("documents", "can't be read"),
        ("documents/empty.txt", "is empty"),
    ],
)
def test_a_document_that_is_another_makes_what_it_shows_unknown(root: Path, file: str, says: str) -> None:
    outside = root.parent / f"{root.name}-outside.txt"
    outside.write_bytes(b"x")
    (root / "documents/link.txt").symlink_to(outside)
    (root / "documents/empty.txt").write_bytes(b"")
    policy = only(loaded(root, {"file": file, "sha256": "0" * 64}))
    assert policy.title == "Access"
    with pytest.raises(UnknownFact) as caught:
        _ = policy.approved_by
    assert says in str(caught.value)


@pytest.mark.parametrize("document", ["access.txt", {"file": "documents/access.txt"}, {"file": "x", "sha256": "ab"}, 3])
def test_a_document_without_name_and_digest_is_none(root: Path, document: Any) -> None:
    result = loaded(root, document)
    assert [gap.code for gap in result.inventory.gaps(PolicyDocument)] == ["unreadable"]
    assert "SHA-256 of 64 hex digits" in result.inventory.gaps(PolicyDocument)[0].text


def test_what_a_document_shows_must_be_told(root: Path) -> None:
    kept = Source("kept", command="{operation}", paging=unpaged, nature="record")

    @kept.reads("policies", kind=PolicyDocument, items="entries", lists=True)
    def policy(item: Item, at: Subject) -> Facts:
        return facts(item["id"], title=item["title"]).shown_by(item.document("document"), "version")

    result = loaded(root, {"file": "documents/access.txt", "sha256": DIGEST}, kept)
    assert any("shown_by(...) names 'version'" in problem for problem in result.problems)


def test_each_document_is_read_once(root: Path) -> None:
    documents = Documents(root)
    assert documents.there("documents/access.txt", DIGEST)
    (root / "documents/access.txt").write_bytes(b"another text")
    assert documents.there("documents/access.txt", DIGEST)
    assert documents.wrong("documents/access.txt", "0" * 64) is not None
