"""`pytest --soc2 --soc2-record`: every report names the record that keeps what was tested; what fails is a failed run."""

import json
import re
import shutil
from importlib.resources import files
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from programmes import Programme
from store.stored import Company, append

from soc2test.store.blobs import Blobs
from soc2test.store.chain import Store
from soc2test.store.checking import check
from soc2test.store.folder import FolderObjects
from soc2test.store.records import Head, Record

pytestmark = pytest.mark.usefixtures("own_controls_alone")

CONTROL = """
@control("OWN-01", criteria=["CC6.1"], nature="state")
def test_good(thing: Thing):
    \"\"\"Good.

    CC6.1: what is bad lets everybody in.\"\"\"
    assert thing.good
"""


@pytest.fixture
def kept(programme: Programme) -> Programme:
    """A programme with one control, which names its store."""
    programme.write("soc2.yaml", "system: Test\nsources: {things: {orgs: [one]}}\nstore: {at: kept}\n")
    programme.policy(CONTROL)
    programme.things({"id": "a", "good": True})
    return programme


def store(programme: Programme, place: str = "kept") -> Store:
    return Store(FolderObjects(programme.path / place))


def newest(programme: Programme) -> tuple[Head, Record]:
    """The last record of a store that is whole."""
    links = list(store(programme).links())
    assert check(store(programme), [link.head for link in links]).wrong == ()
    return links[-1].head, links[-1].record


def test_every_report_names_the_record(kept: Programme) -> None:
    result = kept.run("--soc2-record", "--soc2-witness=Firm, Name", "--soc2-nonce=chosen today", "policies")
    assert result.ret == 0
    head, record = newest(kept)
    text = f"kept as record 1 of kept, head {head.text}"
    assert f"evidence {text}" in result.stdout.str()
    matrix = kept.matrix()
    assert matrix["recorded"] == {"store": "kept", "number": 1, "digest": head.digest}
    schema = json.loads(files("soc2test").joinpath("schemas/matrix.schema.json").read_bytes())
    assert list(Draft202012Validator(schema).iter_errors(matrix)) == []
    for name in ("matrix.md", "matrix.html", "junit.xml"):
        assert head.text in (kept.path / "soc2-report" / name).read_text(), name
    assert record.verdicts is not None
    assert record.verdicts.controls["OWN-01"] == "pass"
    assert record.verdicts.as_of == "2026-11-20T12:00:00Z"
    assert (record.origin.witness, record.origin.nonce) == ("Firm, Name", "chosen today")
    assert store(kept).content(record.verdicts.results) == (kept.path / "soc2-report/controls.ndjson").read_bytes()
    paths = {file.path for file in store(kept).files(record)}
    assert paths == {
        "exports/things/one/things.list.json", "programme/soc2.yaml", "programme/plugins/things.py", "programme/policies/own.py",
    }  # fmt: skip


def test_the_page_says_what_changed_since_the_run_before_that_the_store_keeps(kept: Programme) -> None:
    kept.run("--soc2-record", "policies")
    page = kept.path / "soc2-report" / "matrix.html"
    assert "Since the last run" not in page.read_text()
    kept.things({"id": "a", "good": True}, {"id": "b", "good": False})
    kept.run("--soc2-record", "policies")
    text = page.read_text()
    told = "since record 1 as of 2026-11-20T12:00:00Z, which was not complete: "  # it was of one folder of tests
    assert f"{told}1 new deviations, 1 tests with a worse verdict" in text
    (new,) = re.findall(r'new: <a href="#(f-[0-9a-f]+)"><code>b</code></a>', text)
    assert f'<li id="{new}"' in text
    assert 'worse: <a href="#c-OWN-01">OWN-01</a> no deviations -&gt; deviation' in text
    kept.things({"id": "a", "good": True})
    kept.run("--soc2-record", "policies")
    assert "which was not complete: 1 closed<" in page.read_text()
    kept.things({"id": "a", "good": True}, {"id": "b", "good": False})
    kept.run("--soc2-record", "policies")
    (kept.path / "exports" / "things" / "one" / "things.list.json").unlink()
    kept.run("--soc2-record", "policies")
    assert "1 not told any more, which closes none" in page.read_text()


def test_a_record_before_that_can_t_be_read_changes_no_run(kept: Programme) -> None:
    kept.run("--soc2-record", "policies")
    results = store(kept).link(1).record.verdicts.results  # type: ignore[union-attr]
    for piece in results.pieces:
        (found,) = (path for path in (kept.path / "kept").rglob(f"*{piece}*") if path.is_file())
        found.chmod(0o644)
        found.write_bytes(b"other")
    kept.things({"id": "a", "good": False})  # so that the piece is not taken for one that lies there
    kept.run("--soc2-record", "policies")
    text = (kept.path / "soc2-report" / "matrix.html").read_text()
    assert "kept as record 2" in text
    assert "Since the last run" not in text


@pytest.mark.long
def test_a_run_that_fails_is_recorded_as_well(kept: Programme) -> None:
    kept.things({"id": "a", "good": False})
    assert kept.run("--soc2-record", "policies").ret == 1
    _, record = newest(kept)
    assert record.verdicts is not None
    assert record.verdicts.controls["OWN-01"] == "fail"
    assert store(kept).content(record.verdicts.findings) == (kept.path / "soc2-report/findings.ndjson").read_bytes()


def test_a_run_that_is_not_asked_to_records_nothing(kept: Programme) -> None:
    kept.run()
    assert kept.matrix()["recorded"] is None
    assert not (kept.path / "kept").exists()
    for name in ("matrix.md", "matrix.html", "junit.xml"):
        assert "kept as record" not in (kept.path / "soc2-report" / name).read_text()


def test_a_part_of_the_controls_is_recorded_as_a_part(kept: Programme) -> None:
    kept.run("--soc2-record", "--soc2-control=OWN-01")
    _, record = newest(kept)
    assert record.verdicts is not None
    assert not record.verdicts.complete
    assert record.verdicts.incomplete_because


def test_workers_make_one_record(kept: Programme) -> None:
    assert kept.run("--soc2-record", "-n", "2", "policies").ret == 0
    head, record = newest(kept)
    assert kept.matrix()["recorded"] == {"store": "kept", "number": 1, "digest": head.digest}
    assert record.verdicts is not None
    assert record.verdicts.controls["OWN-01"] == "pass"


def test_with_secrets_replaced_it_is_said_so(kept: Programme) -> None:
    kept.things({"id": "ghp_" + "q7Rk2LmZx9Vt4BnWc8Yd3HsPf6Jg1TeAu5Do", "good": True})
    kept.run("--soc2-record", "--soc2-redact", "--soc2-store=elsewhere", "policies")
    (link,) = store(kept, "elsewhere").links()
    assert link.record.kept is not None
    assert (link.record.kept.redacted, link.record.kept.secrets) == (True, 1)
    assert not (kept.path / "kept").exists()


@pytest.mark.each(3)
@pytest.mark.parametrize(
    ("args", "says"),
    [
        (("--soc2-store=x",), "--soc2-store says how to record: add --soc2-record"),
        (("--soc2-redact",), "--soc2-redact says how to record: add --soc2-record"),
        (("--soc2-witness=x",), "--soc2-witness says how to record: add --soc2-record"),
        (("--soc2-nonce=x",), "--soc2-nonce says how to record: add --soc2-record"),
        (("--soc2-record", "--soc2-store=soc2.yaml"), "the evidence store: soc2.yaml: store.json can't be read"),
        (("--soc2-record", "--soc2-store=old"), "is of the form 'store/2'; this version of soc2test knows store/1"),
        (("--soc2-record", "--soc2-store=s3://key:secret@b/x"), "holds credentials"),
    ],
)
def test_wrong_options_are_refused_before_anything_is_tested(args: tuple[str, ...], says: str, kept: Programme) -> None:
    kept.write("old/store.json", '{"schema": "store/2"}')
    result = kept.run(*args, "policies")
    assert result.ret == 4
    assert says in result.stderr.str()
    assert "secret" not in result.stderr.str() + result.stdout.str()
    assert not (kept.path / "kept").exists()


def test_without_a_store_it_is_asked_for(programme: Programme) -> None:
    programme.policy(CONTROL)
    result = programme.run("--soc2-record", "policies")
    assert result.ret == 4
    assert "--soc2-record needs a store: `store: at:` in soc2.yaml, or --soc2-store=DIR_OR_URL" in result.stderr.str()


def damage(programme: Programme) -> str:
    """The content of a file that every snapshot holds has been taken by something else."""
    blobs = Blobs(store(programme).objects)
    blobs.put((programme.path / "soc2.yaml").read_bytes())
    blobs.flush()
    append(store(programme), "first")
    for path in (programme.path / "kept/blobs").rglob("*.zst"):
        path.chmod(0o644)
        path.write_bytes(b"x")
    return "does not hold what its name says"


def take_away_folder(programme: Programme) -> str:
    programme.write("kept/blobs", "a file in the place of a folder")
    return "can't be written: "


def change_meanwhile(programme: Programme) -> str:
    """A plugin's last word changes an export after it was tested."""
    programme.write(
        "policies/conftest.py",
        "import pathlib\ndef pytest_sessionfinish(session):\n"
        "    pathlib.Path('exports/things/one/things.list.json').write_text('{}')\n",
    )
    return "things/one/things.list.json has changed since the run read them"


def put_it_among_the_exports(programme: Programme) -> str:
    programme.write("soc2.yaml", "system: Test\nsources: {things: {orgs: [one]}}\nstore: {at: exports/kept}\n")
    return "lies among the exports, and would keep itself"


@pytest.mark.parametrize(
    "fail",
    [
        damage,
        change_meanwhile,
        pytest.param(take_away_folder, marks=pytest.mark.long),
        pytest.param(put_it_among_the_exports, marks=pytest.mark.long),
    ],
)
def test_a_store_that_fails_makes_the_run_fail_and_says_so(fail: object, kept: Programme) -> None:
    assert callable(fail)
    says = fail(kept)
    records = len(list((kept.path / "kept/records").glob("*"))) if (kept.path / "kept/records").exists() else 0
    result = kept.run("--soc2-record", "policies")
    assert result.ret != 0
    assert re.search(rf"problem: nothing was recorded: .*{says}", result.stdout.str())
    assert kept.matrix()["recorded"] is None
    assert kept.verdict("OWN-01") == "pass"
    assert any(problem.startswith("nothing was recorded: ") for problem in kept.matrix()["problems"])
    there = kept.path / "kept/records"
    assert (len(list(there.glob("*"))) if there.exists() else 0) == records


@pytest.mark.long
def test_the_next_run_records_what_the_one_before_it_did_not_change(kept: Programme) -> None:
    kept.run("--soc2-record", "policies")
    before = sum(1 for path in (kept.path / "kept/blobs").rglob("*.zst"))
    shutil.rmtree(kept.path / "soc2-report")
    kept.run("--soc2-record", "policies")
    assert newest(kept)[0].number == 2
    after = sum(1 for path in (kept.path / "kept/blobs").rglob("*.zst"))
    assert after == before


def test_the_sample_company_can_be_recorded(tmp_path: Path) -> None:
    acme = Path(__file__).parents[2] / "fixtures/acme"
    company = Company(tmp_path)
    shutil.rmtree(company.root)
    shutil.copytree(acme, company.root, ignore=shutil.ignore_patterns("soc2-report", "__pycache__"))
    company.record()
    found = company.contents(1)
    for path in (acme / "exports").rglob("*"):
        if path.is_file():
            assert found[f"exports/{path.relative_to(acme / 'exports').as_posix()}"] == path.read_bytes()
