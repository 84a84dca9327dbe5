"""`soc2test pack`, `verify` and `rerun`: what is handed on can be checked and tested again, and nothing else passes."""

import json
import os
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from own_controls_alone import ASKED
from period.half_year import HalfYear, at
from runs import run_forked

from soc2test.cli.main import main
from soc2test.pack import running
from soc2test.pack.sums import digests_below, render
from soc2test.store.folder import FolderObjects

pytestmark = pytest.mark.usefixtures("own_controls_alone", "forked")

PERIOD = "2026-01-01..2026-02-15"
WEEKS = [at("2026-01-01 03:00") + timedelta(days=7 * n) for n in range(8)]
REPORT = "documents/vendors/report.txt"
VENDORS = f"""
vendors:
  - id: cloudy
    report_document: {{file: {REPORT}, sha256: {{digest}}}}
"""


@pytest.fixture
def forked(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tests of a pack run in forks of a process that has imported everything."""

    def ended(command: list[str], folder: Path, environment: dict[str, str]) -> "subprocess.CompletedProcess[str]":
        done = run_forked(command[3:], str(folder), {**environment, ASKED: "1", "PYTHONPATH": str(folder)})
        return subprocess.CompletedProcess(command, done.returncode, done.stdout + done.stderr)

    monkeypatch.setattr(running, "_ended", ended)


def recorded(folder: Path) -> HalfYear:
    """Eight weeks with a bucket that is public in two of them."""
    company = HalfYear(folder, FolderObjects(folder / "store"))
    for moments, public in ((WEEKS[:3], False), (WEEKS[3:5], True), (WEEKS[5:], False)):
        company.export("cloud", "one", "buckets", [{"id": "logs", "public": public}])
        company.record(*moments)
    return company


def soc2(*args: object) -> Result:
    return CliRunner().invoke(main, [*map(str, args)])


def pack(company: HalfYear, target: Path, *more: str) -> Result:
    config, store = company.root / "soc2.yaml", company.root.parent / "store"
    return soc2("pack", target, "--period", PERIOD, "--config", config, "--store", store, *more)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A pack, and the folder that it was made of. Not to be changed."""
    above = tmp_path_factory.mktemp("made")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(ASKED, "1")
        patch.setattr(
            running,
            "_ended",
            lambda command, folder, environment: run_forked(
                command[3:], str(folder), {**environment, ASKED: "1", "PYTHONPATH": str(folder)}
            ),
        )
        result = pack(recorded(above), above / "pack")
    assert result.exit_code == 0, result.output
    return above / "pack"


@pytest.fixture
def copy(made: Path, tmp_path: Path) -> Path:
    """A copy of the pack, to change."""
    return Path(shutil.copytree(made, tmp_path / "pack"))


def head_of(folder: Path) -> str:
    return str(json.loads((folder / "pack.json").read_text())["head"])


def test_it_verifies_and_comes_out_again(made: Path) -> None:
    verified = soc2("verify", made, "--head", head_of(made))
    assert (verified.exit_code, verified.output.splitlines()[-1][:8]) == (0, "verified")
    assert "made anew" not in verified.output
    again = soc2("rerun", made)
    assert again.exit_code == 0, again.output
    told = [json.loads(line) for line in (made / "report/controls.ndjson").read_text().splitlines()]
    ids = {line["id"]: line["verdict"] for line in told if line.get("schema") == "control/2"}
    assert f"{len(ids)} of {len(ids)} tests came out as the report says" in again.output
    assert ids["OWN-01"] == "fail"


def test_one_control_alone_is_run_again(made: Path) -> None:
    again = soc2("rerun", made, "OWN-01")
    assert "1 of 1 tests came out" in again.output
    assert soc2("rerun", made, "OWN-99").exit_code == 1


def test_what_a_head_from_elsewhere_would_show_is_said_to_be_open_without_one(made: Path) -> None:
    verified = soc2("verify", made)
    assert verified.exit_code == 0
    assert "made anew: no --head was given" in verified.output
    for text in ("that the exports came from the systems", "that every run was recorded", "the right one"):
        assert text in verified.output


def test_sums_are_those_of_sha256sum(made: Path) -> None:
    subprocess.run(["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"], cwd=made, check=True)


def test_lists_name_each_record_and_each_file(made: Path) -> None:
    records = (made / "records.csv").read_text().splitlines()
    assert len(records) == 1 + len(WEEKS)
    evidence = (made / "evidence.csv").read_text().splitlines()
    assert any(line.startswith("8,exports/cloud/one/buckets.json,") and line.endswith(",yes") for line in evidence)
    assert any(line.startswith("1,programme/policies/") for line in evidence)


def test_the_same_store_gives_the_same_bytes_as_a_zip_too(made: Path, tmp_path: Path) -> None:
    company = recorded(tmp_path)
    shutil.rmtree(company.root.parent / "store")
    shutil.copytree(made.parent / "store", company.root.parent / "store")
    assert pack(company, tmp_path / "one.zip").exit_code == 0
    assert pack(company, tmp_path / "two.zip").exit_code == 0
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "one.zip") as archive:
        assert archive.read("SHA256SUMS") == (made / "SHA256SUMS").read_bytes()
    assert soc2("verify", tmp_path / "one.zip", "--head", head_of(made)).exit_code == 0
    assert soc2("rerun", tmp_path / "one.zip", "OWN-01").exit_code == 0


def test_a_signed_one_is_verified_by_the_key_that_is_given_and_by_openssl(tmp_path: Path) -> None:
    plain = subprocess.run(["openssl", "ecparam", "-name", "prime256v1", "-genkey"], check=True, capture_output=True)
    private, public = tmp_path / "key.pem", tmp_path / "key.pub.pem"
    for command, file in ((["pkcs8", "-topk8", "-nocrypt"], private), (["ec", "-pubout"], public)):
        made = subprocess.run(["openssl", *command], input=plain.stdout, check=True, capture_output=True)
        file.write_bytes(made.stdout)
    result = pack(recorded(tmp_path), tmp_path / "pack", "--sign", f"file2:{private}", "--public-key", str(public))
    assert result.exit_code == 0, result.output
    verified = soc2("verify", tmp_path / "pack", "--key", public)
    assert verified.exit_code == 0
    assert "whose the key is" in verified.output
    check: list[str | Path] = [
        "openssl",
        "dgst",
        "-sha256",
        "-verify",
        public,
        "-signature",
        "SHA256SUMS.sig",
        "SHA256SUMS",
    ]
    subprocess.run(check, cwd=tmp_path / "pack", check=True, capture_output=True)
    resum(tmp_path / "pack")
    (tmp_path / "pack/README.md").write_text("other")
    resum(tmp_path / "pack")
    assert soc2("verify", tmp_path / "pack", "--key", public).exit_code == 1


def resum(folder: Path) -> None:
    """Make the sums anew, as whoever changes a pack would."""
    (folder / "SHA256SUMS").write_text(render(digests_below(folder)))


def no_file(folder: Path) -> None:
    (folder / "evidence.csv").unlink()


def one_more(folder: Path) -> None:
    (folder / "report/note.txt").write_text("all is well")


def another_byte(folder: Path) -> None:
    (folder / "README.md").write_text("other")


def no_end(folder: Path) -> None:
    text = (folder / "SHA256SUMS").read_text()
    (folder / "SHA256SUMS").write_text(text[:-1])


def twice(folder: Path) -> None:
    text = (folder / "SHA256SUMS").read_text()
    (folder / "SHA256SUMS").write_text(text + text.splitlines()[0] + "\n")


def elsewhere(folder: Path) -> None:
    text = (folder / "SHA256SUMS").read_text()
    (folder / "SHA256SUMS").write_text(text + f"{'0' * 64}  ../pack.json\n")


def linked(folder: Path) -> None:
    (folder / "README.md").unlink()
    (folder / "README.md").symlink_to(folder / "pack.json")


def other_form(folder: Path) -> None:
    about = json.loads((folder / "pack.json").read_text())
    (folder / "pack.json").write_text(json.dumps({**about, "schema": "pack/2"}))
    resum(folder)


def double_key(folder: Path) -> None:
    text = (folder / "pack.json").read_text()
    (folder / "pack.json").write_text(text.replace("{", '{"system": "other",', 1))
    resum(folder)


def tail_cut(folder: Path) -> None:
    sorted((folder / "store/records").iterdir())[-1].unlink()
    resum(folder)


def hole(folder: Path) -> None:
    sorted((folder / "store/records").iterdir())[2].unlink()
    resum(folder)


def other_record(folder: Path) -> None:
    record = sorted((folder / "store/records").iterdir())[2]
    record.chmod(0o644)
    record.write_text(record.read_text().replace("2026-01-15", "2026-01-16"))
    resum(folder)


def no_piece(folder: Path) -> None:
    next((folder / "store/blobs").rglob("*.zst")).unlink()
    resum(folder)


def greener(folder: Path) -> None:
    report = folder / "report/controls.ndjson"
    report.write_text(report.read_text().replace('"verdict":"fail"', '"verdict":"pass"'))
    resum(folder)


def no_test(folder: Path) -> None:
    (folder / "report/controls.ndjson").write_text("")
    resum(folder)


def unsaid(folder: Path) -> None:
    (folder / "store/left-out.json").write_text('{"schema": "left-out/1", "documents": {"0": ["a"]}}')
    resum(folder)


CHANGES = [
    (no_file, "evidence.csv is missing"),
    (one_more, "report/note.txt stands in no sum"),
    (another_byte, "README.md is not what it was"),
    (no_end, "it was cut"),
    (twice, "once more"),
    (elsewhere, "leads elsewhere"),
    (linked, "is no file and no folder"),
    (other_form, "not of the form 'pack/1'"),
    (double_key, "a key stands twice"),
    (tail_cut, "the store ends at 7:"),
    (hole, "record 3 is missing"),
    (other_record, "does not follow on record 3"),
    (no_piece, "is missing"),
    (greener, "is said to have no deviation, and one is told"),
    (no_test, "no test is told of"),
    (unsaid, "lacks other documents"),
]


@pytest.mark.parametrize(("change", "said"), CHANGES, ids=[change.__name__ for change, _ in CHANGES])
def test_what_was_changed_is_named_and_nothing_of_it_is_run(
    copy: Path, change: Callable[[Path], None], said: str
) -> None:
    change(copy)
    verified = soc2("verify", copy)
    assert verified.exit_code == 1
    assert said in verified.output
    assert verified.output.splitlines()[-1] == "NOT VERIFIED"
    assert "it is not verified, and nothing was run" in soc2("rerun", copy).output


def test_a_store_that_was_made_anew_is_found_by_a_head_alone(made: Path, tmp_path: Path) -> None:
    company = recorded(tmp_path)  # other random ids, so another chain
    assert pack(company, tmp_path / "anew").exit_code == 0
    assert soc2("verify", tmp_path / "anew").exit_code == 0
    verified = soc2("verify", tmp_path / "anew", "--head", head_of(made))
    assert verified.exit_code == 1
    assert "it was changed since" in verified.output


def test_a_report_that_says_other_than_the_evidence_shows_comes_out_otherwise(copy: Path) -> None:
    report = copy / "report/controls.ndjson"
    report.write_text(report.read_text().replace('"population":1,', '"population":9,'))
    resum(copy)
    again = soc2("rerun", copy, "OWN-01")
    assert again.exit_code == 1
    assert "OWN-01: fail as in the report, and not for the same" in again.output


def test_what_is_there_is_not_written_over(made: Path, tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    result = pack(recorded(tmp_path), tmp_path / "there")
    assert result.exit_code == 1
    assert "is there already" in result.output
    assert not [*(tmp_path / "there").iterdir()]


def test_of_a_store_that_is_not_whole_no_pack_is_made(tmp_path: Path) -> None:
    company = recorded(tmp_path)
    next((tmp_path / "store/blobs").rglob("*.zst")).unlink()
    result = pack(company, tmp_path / "pack")
    assert result.exit_code == 1
    assert "not whole" in result.output
    assert not [each.name for each in tmp_path.iterdir() if "pack" in each.name]


def test_a_period_that_is_none_is_refused_and_nothing_is_left(tmp_path: Path) -> None:
    company = recorded(tmp_path)
    result = soc2(
        "pack",
        tmp_path / "pack",
        "--period",
        "2026",
        "--config",
        company.root / "soc2.yaml",
        "--store",
        tmp_path / "store",
    )
    assert result.exit_code == 1
    assert "--soc2-period" in result.output
    assert not [each.name for each in tmp_path.iterdir() if "pack" in each.name]


@pytest.mark.parametrize("name", ["../out", "/out", "a//b", "a\\b"])
def test_a_zip_that_leads_out_of_its_folder_is_none(tmp_path: Path, name: str) -> None:
    with zipfile.ZipFile(tmp_path / "pack.zip", "w") as archive:
        archive.writestr(name, "x")
    result = soc2("verify", tmp_path / "pack.zip")
    assert result.exit_code == 1
    assert "NOT VERIFIED" in result.output
    assert not os.path.lexists(tmp_path / "out")


@pytest.mark.parametrize("content", [b"", b"PK", b"PK\x05\x06" + bytes(18)])
def test_what_is_no_pack_is_not_verified(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "pack.zip").write_bytes(content)
    assert soc2("verify", tmp_path / "pack.zip").exit_code == 1
    assert soc2("verify", tmp_path / "nowhere").exit_code == 1
    assert soc2("rerun", tmp_path).exit_code == 1
