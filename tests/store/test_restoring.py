"""A snapshot becomes a folder again: what was recorded, or nothing but a refusal."""

import os
from pathlib import Path

import pytest
from programmes import Programme
from runs import run_forked
from store.stored import Company

from soc2test.store.blobs import object_name
from soc2test.store.objects import StoreError
from soc2test.store.restoring import restore

pytestmark = pytest.mark.usefixtures("own_controls_alone")


@pytest.fixture
def company(tmp_path: Path) -> Company:
    """One snapshot, of what has changed since."""
    made = Company(tmp_path)
    made.write("exports/aws/large.json", os.urandom(200_000))
    made.write("exports/empty.json", b"")
    made.write("policies/own.py", "1\n")
    made.record()
    made.write("exports/aws/large.json", "[]")
    return made


def restored(company: Company, folder: Path, number: int = 1) -> dict[str, bytes]:
    count = restore(company.store, company.store.link(number).record, folder)
    found = {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    assert len(found) == count
    return found


def test_the_folder_is_what_was_recorded(company: Company, tmp_path: Path) -> None:
    found = restored(company, tmp_path / "again")
    assert found == {path.removeprefix("programme/"): content for path, content in company.contents(1).items()}
    assert set(found) == {
        "soc2.yaml",
        "policies/own.py",
        "exports/things.json",
        "exports/empty.json",
        "exports/aws/large.json",
    }
    assert len(found["exports/aws/large.json"]) == 200_000


def test_an_empty_folder_may_be_there(company: Company, tmp_path: Path) -> None:
    (tmp_path / "again").mkdir()
    assert restored(company, tmp_path / "again")


def test_what_is_there_is_not_written_over(company: Company, tmp_path: Path) -> None:
    (tmp_path / "again").mkdir()
    (tmp_path / "again/mine.txt").write_text("mine")
    for folder in (tmp_path / "again", tmp_path / "again/mine.txt"):
        with pytest.raises(StoreError, match="is there and not empty"):
            restored(company, folder)
    assert [path.name for path in (tmp_path / "again").iterdir()] == ["mine.txt"]


@pytest.mark.parametrize("how", ["removed", "edited", "another's"])
def test_a_damaged_snapshot_is_refused(how: str, company: Company, tmp_path: Path) -> None:
    store = company.store
    files = {file.path: file.stored for file in store.files(store.link(1).record)}
    damaged, other = files["exports/aws/large.json"].pieces[1], files["exports/things.json"].pieces[0]
    place = company.place / object_name(damaged)
    content = (company.place / object_name(other)).read_bytes()
    place.unlink()
    if how != "removed":
        place.write_bytes(content if how == "another's" else b"x")
    with pytest.raises(StoreError, match=damaged):
        restored(company, tmp_path / "again")
    left = {path.read_bytes() for path in (tmp_path / "again").rglob("*") if path.is_file()}
    assert left <= set(files_of(company))


def files_of(company: Company) -> list[bytes]:
    return [path.read_bytes() for path in company.root.rglob("*") if path.is_file()]


def test_what_had_its_secrets_replaced_is_written_as_it_was_kept(company: Company, tmp_path: Path) -> None:
    token = "ghp_" + "q7Rk2LmZx9Vt4BnWc8Yd3HsPf6Jg1TeAu5Do"
    company.write("exports/users.json", f'["{token}"]')
    company.record(redacted=True)
    assert restored(company, tmp_path / "again", 2)["exports/users.json"] == b'["[redacted GitHub token]"]'


CONTROLS = """
@control("OWN-01", criteria=["CC6.1"], nature="state")
def test_good(thing: Thing):
    \"\"\"Good.

    CC6.1: what is bad lets everybody in.\"\"\"
    assert thing.good


@control("OWN-02", criteria=["CC6.1"], nature="state")
def test_named(thing: Thing):
    \"\"\"Named.

    CC6.1: what has no name lets everybody in.\"\"\"
    assert thing.id
"""


def test_what_is_tested_again_gives_the_same_verdicts(programme: Programme) -> None:
    programme.policy(CONTROLS)
    programme.things({"id": "a", "good": True}, {"id": "b", "good": False})
    programme.run("--soc2-record", "--soc2-store=kept", "policies")
    before = programme.matrix()
    assert (programme.verdict("OWN-01"), programme.verdict("OWN-02")) == ("fail", "pass")
    programme.things({"id": "c", "good": True})
    again = programme.path / "again"
    done = run_forked(
        ["store", "restore", "--store=kept", "1", str(again)], str(programme.path), os.environ, "soc2test"
    )
    assert done.returncode == 0, done.stderr
    assert f"cd {again} && pytest --soc2 --soc2-exports=exports --soc2-as-of=2026-11-20T12:00:00Z" in done.stdout
    os.chdir(again)
    programme.path = again
    programme.run("--soc2-exports=exports", "policies")
    after = programme.matrix()
    for part in ("controls", "evidence", "as_of", "programme"):
        assert after[part] == before[part]
