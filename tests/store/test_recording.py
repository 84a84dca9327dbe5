"""A snapshot holds the exports as they were tested, with what was found; where it can't, nothing is recorded."""

import builtins
import io
import os
import threading
import zipfile
from collections.abc import Callable
from datetime import UTC, timedelta
from pathlib import Path
from typing import Any

import pytest
import zstandard
from channels import TOKEN
from store.stored import NOON, Company, origin, whole

from soc2test.evidence.files import Found
from soc2test.store.blobs import Blobs
from soc2test.store.chain import PRUNING, Store
from soc2test.store.checking import check
from soc2test.store.folder import FolderObjects
from soc2test.store.objects import StoreError
from soc2test.store.pruning import prune
from soc2test.store.records import Head, Kept, Record
from soc2test.verdicts import Verdict


@pytest.fixture
def company(tmp_path: Path) -> Company:
    return Company(tmp_path)


def newest(company: Company) -> Record:
    return list(company.store.links())[-1].record


def kept(company: Company) -> Kept:
    found = newest(company).kept
    assert found is not None
    return found


def refused(company: Company, **given: Any) -> str:
    """Why nothing is recorded."""
    before = company.store.numbers()
    with pytest.raises(StoreError) as error:
        company.record(**given)
    assert company.store.numbers() == before
    return str(error.value)


def everything_in(company: Company) -> bytes:
    """All bytes of the store, blobs unpacked."""
    found = b""
    for path in sorted(company.place.rglob("*")):
        if path.is_file():
            data = path.read_bytes()
            found += zstandard.ZstdDecompressor().decompress(data) if path.suffix == ".zst" else data
    return found


def test_the_files_of_a_snapshot_are_those_of_the_company(company: Company) -> None:
    files = {
        "exports/aws/a/b.json": b"[1]", "exports/empty.json": b"", "exports/binary.gz": b"\x1f\x8b\0\xff",
        "exports/\N{SNOWMAN} x.csv": b"a,b\n", "exports/large.json": os.urandom(300_000), "exports/crlf.csv": b"a\r\nb\r\n",
    }  # fmt: skip
    own = {"exemptions.yaml": b"[]", "policies/own.py": b"1", "policies/deep/x.py": b"2", "plugins/things.py": b"3"}
    for name, content in {**files, **own}.items():
        company.write(name, content)
    for name in ("notes.txt", "soc2-report/matrix.json", "policies/__pycache__/own.pyc", "exports/.hidden"):
        company.write(name, b"not kept")
    company.record()
    found = company.contents(1)
    assert {path: content for path, content in found.items() if path.startswith("exports/")} == {
        **files, "exports/things.json": b'{"things": [{"id": "a"}]}',
    }  # fmt: skip
    assert {path for path in found if path.startswith("programme/")} == {
        f"programme/{name}" for name in (*own, "soc2.yaml")
    }
    assert kept(company).files == len(found)
    assert kept(company).bytes == sum(map(len, found.values()))
    assert not kept(company).redacted
    assert kept(company).missed == ()


def test_a_record_holds_what_the_run_found(company: Company) -> None:
    results = company.results(
        verdicts={"OWN-02": Verdict.FAIL, "OWN-01": Verdict.PASS}, complete=False, incomplete_because="one was lost",
        findings=b'{"finding": 1}\n', dates=(NOON, NOON - timedelta(days=2)),
    )  # fmt: skip
    company.record(results=results, witness="Firm, Name", nonce="chosen today")
    record = newest(company)
    verdicts = record.verdicts
    assert verdicts is not None
    assert verdicts.controls == {"OWN-01": Verdict.PASS, "OWN-02": Verdict.FAIL}
    assert (verdicts.complete, verdicts.incomplete_because) == (False, "one was lost")
    assert (verdicts.as_of, verdicts.as_of_source) == ("2026-11-20T12:00:00Z", "--soc2-as-of")
    assert company.store.content(verdicts.results) == results.controls
    assert company.store.content(verdicts.findings) == results.findings
    assert record.tool == results.tool
    assert record.programme == {"soc2.yaml": results.programme["soc2.yaml"]}
    told = record.origin
    assert (told.evidence_from, told.evidence_to) == ("2026-11-18T12:00:00Z", "2026-11-20T12:00:00Z")
    assert (told.witness, told.nonce, told.recorded_at) == ("Firm, Name", "chosen today", "2026-11-20T12:00:00Z")


def test_a_record_without_a_run_holds_no_verdicts(company: Company) -> None:
    company.record()
    assert newest(company).verdicts is None
    assert newest(company).tool is None


def test_what_a_manifest_says_of_the_collection_is_told(company: Company) -> None:
    company.write(
        "exports/manifest.yaml",
        "collector: ci\ncollected_at: 2026-11-20T10:00:00Z\nfiles:\n  things.json: {command: things list}\n",
    )
    company.record()
    (told,) = newest(company).origin.collections
    assert (told.manifest, told.collector, told.commands) == ("manifest.yaml", "ci", 1)
    assert told.collected_at is not None
    assert told.collected_at.startswith("2026-11-20")
    assert company.contents(1)["exports/manifest.yaml"] == (company.root / "exports/manifest.yaml").read_bytes()


# what a run read


@pytest.mark.parametrize("name", ["exports/things.json", "soc2.yaml"])
@pytest.mark.parametrize(
    "change", [lambda path: path.write_text("x"), lambda path: path.unlink()], ids=["edited", "gone"]
)
def test_what_changed_since_the_run_is_refused(name: str, change: Callable[[Path], object], company: Company) -> None:
    first = company.record()
    results = company.results()
    change(company.root / name)
    said = refused(company, results=results)
    assert name.removeprefix("exports/") in said
    assert "has changed since the run read them" in said or "can't be kept" in said
    assert whole(company.store, first) == 1


def test_an_export_that_came_since_the_run_is_refused(company: Company) -> None:
    """What it tells was not tested: the verdicts beside it would be of fewer files."""
    first = company.record()
    results = company.results()
    company.write("exports/of-later.json", '{"things": [{"id": "z"}]}')
    assert "of-later.json came since the run read the exports (1 such files)" in refused(company, results=results)
    assert whole(company.store, first) == 1
    company.record(results=company.results())


def test_several_files_that_changed_are_counted(company: Company) -> None:
    results = company.results(read={f"{number}.json": "0" * 64 for number in range(5)})
    assert "0.json and 4 more files have changed since the run" in refused(company, results=results)


def archive(company: Company, content: str = "[1]") -> dict[str, str]:
    """An archive with one member, and what a run says that it read."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        file.writestr("aws/a.json", content)
    company.write("exports/all.zip", packed.getvalue())
    return {"all.zip!aws/a.json": Blobs.digest(b"[1]"), "things.json": company.results().read["things.json"]}


def test_a_member_of_an_archive_is_kept_with_its_archive(company: Company) -> None:
    read = archive(company)
    company.record(results=company.results(read=read))
    assert company.contents(1)["exports/all.zip"] == (company.root / "exports/all.zip").read_bytes()
    archive(company, "[2]")
    assert "all.zip!aws/a.json has changed" in refused(company, results=company.results(read=read))


def test_a_member_that_the_run_could_not_read_is_no_change(company: Company) -> None:
    archive(company)
    company.record(results=company.results(read={"all.zip!aws/a.json": ""}))


@pytest.mark.parametrize("size", [100, 9 << 20], ids=["short", "longer than a policy may be"])
@pytest.mark.parametrize("run", [True, False], ids=["after a run", "without one"])
def test_documents_that_rows_name_are_kept(run: bool, size: int, company: Company) -> None:
    content = os.urandom(size)
    company.write("documents/signed.pdf", content)
    documents = {"documents/signed.pdf": Blobs.digest(content)}
    given = {"results": company.results(documents=documents)} if run else {"documents": documents}
    company.record(**given)
    assert company.contents(1)["programme/documents/signed.pdf"] == content
    company.write("documents/signed.pdf", b"another one")
    assert "documents/signed.pdf has changed since the run" in refused(company, **given)
    (company.root / "documents/signed.pdf").unlink()
    assert "documents/signed.pdf can't be kept: No such file" in refused(company, **given)


# what can't be kept


def test_documents_that_statements_name_are_kept_as_they_were_signed(company: Company) -> None:
    signed = b"The board has charged its audit committee with the oversight of security.\n" * 9
    company.write("documents/charter.txt", signed)
    company.write("documents/other.txt", "something else that nobody signed\n" * 9)
    entry = (
        "  - {{id: {id}, text: The board has charged its committee, criteria: [CC1.2], owner: a@x.example, "
        "date: 2026-01-01, expires: 2026-12-31, document: {{file: documents/{file}, sha256: {digest}}}}}\n"
    )
    rows = [
        entry.format(id=f"ST-{n}", file=file, digest=Blobs.digest(signed))
        for n, file in enumerate(("charter.txt", "other.txt"))
    ]
    company.write("statements.yaml", "statements:\n" + "".join(rows))
    company.record()
    kept = company.contents(1)
    assert kept["programme/documents/charter.txt"] == signed
    assert "programme/documents/other.txt" not in kept  # no statement rests on it: it is not what was signed


def test_documents_that_subservice_yaml_names_are_kept_with_it(company: Company) -> None:
    report = b"The report of an auditor on the controls of another company, as it was sent.\n" * 9
    for name in ("report", "letter", "assertion", "part"):
        company.write(f"documents/{name}.txt", report + name.encode())
    document = "document: {{file: documents/{name}.txt, sha256: {digest}}}".format
    named = {
        name: document(name=name, digest=Blobs.digest(report + name.encode())) for name in ("report", "letter", "part")
    }
    other = document(name="assertion", digest="0" * 64).replace("document", "assertion", 1)
    text = f"""organisations:
  - id: aws
    method: inclusive
    services: [EC2]
    regions: []
    reports: [{{type: soc2_type2, {named["report"]}}}]
    bridge_letters: [{{from: 2026-04-01, to: 2026-06-15, {named["letter"]}}}]
    inclusive: {{{other}, sources: {{things: }}, owners: [a@x.example]}}
user_entity_controls:
  - {{id: UEC-01, text: Customers do it., criteria: [CC6.2], {named["part"]}}}
"""
    company.write("subservice.yaml", text)
    company.record()
    kept = company.contents(1)
    assert kept["programme/subservice.yaml"] == text.encode()
    for name in ("report", "letter", "part"):
        assert kept[f"programme/documents/{name}.txt"] == report + name.encode()
    assert "programme/documents/assertion.txt" not in kept  # it is not what was signed


def test_what_can_not_be_kept_is_listed_as_missed(company: Company) -> None:
    (company.root / "exports/link.json").symlink_to("things.json")
    company.write("exports/.hidden.json", "[]")
    lost = (Found("far/away.json", "", 0, "the service did not answer", lost=True),)
    company.record(results=company.results(read={"link.json": "0" * 64}), lost=lost)
    assert {missed.path: missed.reason.partition(";")[0][:24] for missed in kept(company).missed} == {
        "link.json": "is a symbolic link", ".hidden.json": "is hidden by the dot bef", "far/away.json": "the service did not answ",
    }  # fmt: skip
    assert set(company.contents(1)) == {"exports/things.json", "programme/soc2.yaml"}


def test_an_export_that_can_not_be_opened_is_refused(company: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    deny(monkeypatch, "open", "things.json")
    assert refused(company) == "things.json can't be kept: things.json: can't be opened: Permission denied"


def test_a_folder_that_can_not_be_looked_into_is_refused(company: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    company.write("exports/secret/x.json", "[]")
    deny(monkeypatch, "scandir", "secret")
    assert "can't be kept: Permission denied" in refused(company)


def deny(monkeypatch: pytest.MonkeyPatch, act: str, name: str) -> None:
    """Root may do anything, so the answer is given in its place."""
    real = getattr(os, act)

    def denied(path: Any, *given: Any, **more: Any) -> Any:
        if str(path).endswith(name):
            raise PermissionError(13, "Permission denied")
        return real(path, *given, **more)

    monkeypatch.setattr(os, act, denied)


def test_without_exports_nothing_is_recorded(company: Company) -> None:
    (company.root / "exports/things.json").unlink()
    (company.root / "exports").rmdir()
    assert "there is no folder exports/" in refused(company)
    assert not company.place.exists()


@pytest.mark.parametrize("place", ["company/exports", "company/exports/store", "company/exports/a/b", "link/store"])
def test_a_store_among_the_exports_is_refused(place: str, tmp_path: Path, company: Company) -> None:
    (tmp_path / "link").symlink_to("company/exports")
    company.place = tmp_path / place
    assert "lies among the exports, and would keep itself" in refused(company)
    assert sorted(path.name for path in (company.root / "exports").iterdir()) == ["things.json"]


def test_a_name_that_is_no_text_is_kept_as_it_is_shown(company: Company) -> None:
    for folder in ("exports", "policies"):
        (company.root / folder).mkdir(exist_ok=True)
        Path(os.fsdecode(os.fsencode(company.root / folder) + b"/\xff.json")).write_bytes(b"[]")
    company.record()
    assert {r"exports/\xff.json", r"programme/policies/\xff.json"} <= set(company.contents(1))


def test_a_record_that_nobody_could_read_again_is_not_made(company: Company) -> None:
    lost = tuple(Found(f"{number}.json", "", 0, "x" * 100, lost=True) for number in range(100_000))
    assert "longer than" in refused(company, lost=lost)
    assert company.record().number == 1


# with secrets replaced


def test_a_secret_is_in_no_byte_of_the_store_when_it_is_to_be_replaced(company: Company) -> None:
    company.write("exports/users.json", f'{{"users": [{{"token": "{TOKEN}"}}, {{"note": "{TOKEN} {TOKEN}"}}]}}')
    company.write("exports/keys.gz", b"\x1f\x8b\0\xff" + TOKEN.encode())
    company.write("policies/own.py", f"# {TOKEN}\n")
    company.write("documents/scan.pdf", b"%PDF\xff" + TOKEN.encode())
    documents = {"documents/scan.pdf": Blobs.digest(b"%PDF\xff" + TOKEN.encode())}
    company.record(redacted=True, results=company.results(documents=documents))
    assert TOKEN.encode() not in everything_in(company)
    assert b"[redacted GitHub token]" in everything_in(company)
    record = kept(company)
    assert (record.redacted, record.secrets) == (True, 4)
    files = {file.path: file for file in company.store.files(newest(company))}
    assert {path: file.secrets for path, file in files.items() if file.secrets} == {
        "exports/users.json": 3, "programme/policies/own.py": 1,
    }  # fmt: skip
    assert files["exports/users.json"].sha256 == Blobs.digest((company.root / "exports/users.json").read_bytes())
    assert {missed.path for missed in record.missed} == {"keys.gz", "documents/scan.pdf"}
    assert all("is no text, and secrets in it can't be replaced" in missed.reason for missed in record.missed)
    assert whole(company.store) == 1


def test_without_that_they_are_kept_as_they_are(company: Company) -> None:
    company.write("exports/users.json", f'["{TOKEN}"]')
    company.record()
    assert TOKEN.encode() in everything_in(company)
    assert kept(company).secrets == 0


def test_what_changed_since_the_run_is_refused_with_secrets_replaced_as_well(company: Company) -> None:
    company.write("exports/users.json", f'["{TOKEN}"]')
    results = company.results()
    company.write("exports/users.json", f'["other", "{TOKEN}"]')
    assert "users.json has changed since the run" in refused(company, results=results, redacted=True)


# while somebody prunes


class Meanwhile(FolderObjects):
    """Does something just before, or just after, a record gets its number."""

    def __init__(self, root: Path, before: Callable[[], object] | None, after: Callable[[], object] | None) -> None:
        super().__init__(root)
        self._before, self._after = before, after

    def create(self, name: str, content: bytes) -> bool:
        if not name.startswith("records/"):
            return super().create(name, content)
        before, self._before = self._before, None
        if before is not None:
            before()
        created = super().create(name, content)
        after = self._after if created else None
        if after is not None:
            self._after = None
            after()
        return created


def prune_all(company: Company, store: Store | None = None) -> Head | None:
    """Take away what was recorded before the day of `NOON`."""
    head, _ = prune(
        store or company.store, NOON.date(), UTC, needed_from=None, origin=origin(), system="Test", id="pruning",
        reason="too old", by="Ada",
    )  # fmt: skip
    return head


@pytest.mark.parametrize("moment", ["before", "after"])
@pytest.mark.parametrize("run", [True, False], ids=["after a run", "without one"])
def test_what_is_pruned_while_it_is_recorded_is_put_back(moment: str, run: bool, company: Company) -> None:
    company.record(NOON - timedelta(days=9))
    objects = Meanwhile(company.place, **{"before": None, "after": None, moment: lambda: prune_all(company)})
    head = company.record(store=Store(objects), results=company.results() if run else None)
    assert whole(company.store, head) == 3
    assert company.contents(head.number)["exports/things.json"] == b'{"things": [{"id": "a"}]}'
    assert check(company.store).pruned == 1


class Looking(FolderObjects):
    """Somebody who prunes, and waits between looking what is needed and taking away what is not."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self.looked, self.go_on = threading.Event(), threading.Event()

    def list(self, folder: str) -> builtins.list[str]:
        if folder == "blobs":
            self.looked.set()
            assert self.go_on.wait(60)
        return super().list(folder)


def test_what_is_recorded_between_look_and_pruning_is_put_back(company: Company) -> None:
    company.record(NOON - timedelta(days=9))
    looking = Looking(company.place)
    pruning = threading.Thread(target=prune_all, args=(company, Store(looking)))

    def prune_until_it_looked() -> None:
        pruning.start()
        assert looking.looked.wait(60)

    head = company.record(store=Store(Meanwhile(company.place, prune_until_it_looked, looking.go_on.set)))
    pruning.join()
    assert whole(company.store, head) == 3
    assert company.contents(head.number)["exports/things.json"] == b'{"things": [{"id": "a"}]}'


def test_what_can_not_be_put_back_is_not_acknowledged_and_the_store_says_so(company: Company) -> None:
    company.record(NOON - timedelta(days=9))

    def pruned_and_written() -> None:
        prune_all(company)
        company.write("exports/things.json", "[]")

    objects = Meanwhile(company.place, pruned_and_written, None)
    with pytest.raises(StoreError, match="were taken away while it was written, and the exports have changed since"):
        company.record(store=Store(objects))
    assert whole(company.store) == 4
    record = newest(company)
    assert record.pruned is not None
    assert "taken away while it was written" in record.pruned.reason
    assert company.store.link(record.pruned.numbers[0]).record.kept is not None
    assert whole(company.store, company.record()) == 5


def test_whoever_records_waits_for_the_end_of_pruning(company: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    company.record()
    company.store.objects.create(PRUNING, b'{"begun_at": "2026-11-20T12:00:00Z", "by": "Ada"}')
    slept: list[float] = []

    def sleep(seconds: float) -> None:
        if seconds == 0.2:
            slept.append(seconds)
        if len(slept) == 3:
            company.store.objects.delete(PRUNING)

    monkeypatch.setattr("time.sleep", sleep)
    assert company.record().number == 2
    assert len(slept) == 3


def test_one_who_prunes_and_was_killed_is_named(company: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    company.record()
    company.store.objects.create(PRUNING, b'{"begun_at": "2026-11-20T12:00:00Z", "by": "Ada"}')
    monkeypatch.setattr("soc2test.store.pruning.await_end_of_pruning.__defaults__", (0.0,))
    said = refused(company)
    assert "Ada began to prune it at 2026-11-20T12:00:00Z, and has not ended" in said
    assert "soc2test store prune --finish" in said
