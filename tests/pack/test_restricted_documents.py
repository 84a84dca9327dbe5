"""Vendors' reports are in no pack, whatever register names them; what is ours of a vendor is."""

import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from soc2test.cli.pack import _vendors_of
from soc2test.evidence.read_limits import ReadLimits
from soc2test.pack.copying import copy_store, take_out
from soc2test.pack.restricted import restricted
from soc2test.store.blobs import Blobs
from soc2test.store.chain import Store
from soc2test.store.checking import check
from soc2test.store.folder import FolderObjects
from soc2test.store.recording import Given, record

REPORT = "documents/vendors/aws-report.txt"
ACME = Path(__file__).parents[2] / "fixtures" / "acme"


def recorded(above: Path, change: Callable[[Path], object] = lambda root: None) -> Store:
    """Acme's registers and all of its documents in a store, after a change of the programme."""
    root = above / "acme"
    shutil.copytree(ACME, root, ignore=shutil.ignore_patterns("soc2-report", "exports"))
    shutil.copytree(ACME / "exports/registers", root / "exports/registers")
    change(root)
    documents = [each for each in (root / "documents").rglob("*") if each.is_file()]
    digests = {each.relative_to(root).as_posix(): Blobs.digest(each.read_bytes()) for each in documents}
    given = Given(
        root=root, file=root / "soc2.yaml", system="Acme", exports=root / "exports", reading=ReadLimits(),
        documents=digests,
    )  # fmt: skip
    store = Store(FolderObjects(above / "store"))
    record(store, given, datetime(2026, 11, 20, 12, tzinfo=UTC))
    return store


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """That of acme as it is."""
    return recorded(tmp_path_factory.mktemp("acme"))


def rewritten(root: Path, old: str, new: str, name: str = "exports/registers/vendors.yaml") -> None:
    text = (root / name).read_text("utf-8")
    assert old in text
    (root / name).write_text(text.replace(old, new, 1), "utf-8")


def a_refused_row(root: Path) -> None:
    (root / "subservice.yaml").unlink()  # which names it too
    rewritten(root, "report_type: soc2_type2", "report_type: something")


def another_digest(root: Path) -> None:
    (root / "subservice.yaml").unlink()  # which names it too
    (root / REPORT).write_text("another edition of the report, of the same vendor, by the same firm\n" * 3, "utf-8")


def no_yaml(root: Path) -> None:
    (root / "subservice.yaml").unlink()  # which names it too
    rewritten(root, "entries:", "entries: [")


def no_text(root: Path) -> None:
    (root / "subservice.yaml").unlink()  # which names it too
    (root / "exports/registers/vendors.yaml").rename(root / "exports/registers/vendors.xlsx")
    (root / "exports/registers/vendors.xlsx").write_bytes(b"PK\x03\x04\xff\xfe")


def a_wrong_organisation(root: Path) -> None:
    (root / "exports/registers/vendors.yaml").unlink()
    rewritten(root, "reports:", "reportz:", "subservice.yaml")


@pytest.mark.parametrize("change", [a_refused_row, another_digest, no_yaml, no_text, a_wrong_organisation])
def test_what_may_be_a_report_is_left_out_where_that_can_not_be_told(
    tmp_path: Path, change: Callable[[Path], None]
) -> None:
    named = {name for names in restricted(recorded(tmp_path, change), _vendors_of).values() for name in names}
    assert REPORT in named


def test_a_report_that_is_not_kept_any_more_hinders_nothing(tmp_path: Path) -> None:
    named = restricted(recorded(tmp_path, lambda root: (root / REPORT).unlink()), _vendors_of).values()
    assert ("documents/vendors/github-report.txt",) in named
    assert (REPORT,) not in named


def test_reports_and_letters_of_vendors_and_subservice_organisations_are_found(store: Store) -> None:
    named = {name for names in restricted(store, _vendors_of).values() for name in names}
    assert {"documents/vendors/aws-report.txt", "documents/vendors/okta-bridge-letter.txt"} <= named
    assert not {"documents/vendors/aws-agreement.txt", "documents/vendors/okta-assessment.txt"} & named
    text = (ACME / "subservice.yaml").read_text("utf-8") + (ACME / "exports/registers/vendors.yaml").read_text("utf-8")
    assert all(name in text for name in named)


def test_a_copy_without_them_is_whole_and_tells_what_it_lacks(store: Store, tmp_path: Path) -> None:
    documents = restricted(store, _vendors_of)
    copy_store(store, tmp_path)
    full = Store(FolderObjects(tmp_path))
    before = {file.path: file.stored.sha256 for file in full.files(full.link(1).record)}
    take_out(tmp_path, full, documents)
    copy = Store(FolderObjects(tmp_path))
    assert check(copy, is_copy=True).wrong == ()
    (wrong,) = check(copy).wrong  # in a store of one's own they were taken away
    assert "left-out.json says that" in wrong
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
    assert check(copy, is_copy=True).wrong != ()
