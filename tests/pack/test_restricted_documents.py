"""Vendors' reports are in no pack, whatever register names them; what is ours of a vendor is."""

import shutil
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from soc2test.cli.here import open_here
from soc2test.cli.pack import _vendors_in
from soc2test.evidence.read_limits import ReadLimits
from soc2test.pack.copying import copy_store, take_out
from soc2test.pack.restricted import restricted
from soc2test.store.blobs import Blobs
from soc2test.store.chain import Store
from soc2test.store.checking import check
from soc2test.store.folder import FolderObjects
from soc2test.store.recording import Given, record

ACME = Path(__file__).parents[2] / "fixtures" / "acme"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Acme's registers and all of its documents in a store."""
    above = tmp_path_factory.mktemp("acme")
    root = above / "acme"
    shutil.copytree(ACME, root, ignore=shutil.ignore_patterns("soc2-report", "exports"))
    shutil.copytree(ACME / "exports/registers", root / "exports/registers")
    documents = [each for each in (root / "documents").rglob("*") if each.is_file()]
    digests = {each.relative_to(root).as_posix(): Blobs.digest(each.read_bytes()) for each in documents}
    given = Given(
        root=root, file=root / "soc2.yaml", system="Acme", exports=root / "exports", reading=ReadLimits(),
        documents=digests,
    )  # fmt: skip
    store = Store(FolderObjects(above / "store"))
    record(store, given, datetime(2026, 11, 20, 12, tzinfo=UTC))
    return store


def vendors_in(exports: Path) -> Iterable[Any]:
    return _vendors_in(open_here(ACME / "soc2.yaml"))(exports)


def test_reports_and_letters_of_vendors_and_subservice_organisations_are_found(store: Store) -> None:
    named = {name for names in restricted(store, vendors_in).values() for name in names}
    assert {"documents/vendors/aws-report.txt", "documents/vendors/okta-bridge-letter.txt"} <= named
    assert not {"documents/vendors/aws-agreement.txt", "documents/vendors/okta-assessment.txt"} & named
    text = (ACME / "subservice.yaml").read_text("utf-8") + (ACME / "exports/registers/vendors.yaml").read_text("utf-8")
    assert all(name in text for name in named)


def test_a_copy_without_them_is_whole_and_tells_what_it_lacks(store: Store, tmp_path: Path) -> None:
    documents = restricted(store, vendors_in)
    copy_store(store, tmp_path)
    full = Store(FolderObjects(tmp_path))
    before = {file.path: file.stored.sha256 for file in full.files(full.link(1).record)}
    take_out(tmp_path, full, documents)
    copy = Store(FolderObjects(tmp_path))
    assert check(copy).wrong == ()
    assert copy.left_out == documents
    after = {file.path: file.stored.sha256 for file in copy.files(copy.link(1).record)}
    gone = {f"programme/{name}" for names in documents.values() for name in names}
    assert before.keys() - after.keys() == gone
    for file in copy.files(copy.link(1).record):
        copy.content(file.stored)


def test_what_is_no_document_can_not_be_left_out(store: Store, tmp_path: Path) -> None:
    copy_store(store, tmp_path)
    full = Store(FolderObjects(tmp_path))
    files = full.files(full.link(1).record)
    exports: dict[str, tuple[str, ...]] = {
        file.stored.sha256: (file.path,) for file in files if not file.path.startswith("programme/documents/")
    }
    take_out(tmp_path, full, exports)
    copy = Store(FolderObjects(tmp_path))
    assert [file.path for file in copy.files(copy.link(1).record)] == [file.path for file in files]
    assert check(copy).wrong != ()
