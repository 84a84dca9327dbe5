"""`soc2test record` and `soc2test store` as people call them: what they print, and how they end."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from programmes import Programme
from runs import run_forked
from store.stored import Company

from soc2test.cli.main import main
from soc2test.store.reported import ReportRefused, results_in

pytestmark = pytest.mark.usefixtures("own_controls_alone")

HEAD = re.compile(r"^head (\d+:[0-9a-f]{64})$", re.MULTILINE)


YAML = "system: Test\nstore: {at: kept, schedule: daily}\n"
THINGS = "sources: {things: {orgs: [one]}}\n"


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Company:
    """A programme that names its store, in the current folder."""
    company = Company(tmp_path)
    company.write("soc2.yaml", YAML)
    company.place = company.root / "kept"
    monkeypatch.chdir(company.root)
    return company


@pytest.fixture
def tested(programme: Programme) -> Programme:
    """One of which a run has tested the exports."""
    programme.write("soc2.yaml", YAML + THINGS)
    programme.things({"id": "a", "good": True})
    programme.policy(CONTROL)
    programme.run()
    return programme


CONTROL = """
@control("OWN-01", criteria=["CC6.1"], nature="state")
def test_good(thing: Thing):
    \"\"\"Good.

    CC6.1: what is bad lets everybody in.\"\"\"
    assert thing.good
"""


def soc2test(*args: str, code: int = 0) -> str:
    """What it printed; on both streams, without the frames, where it failed."""
    done = CliRunner().invoke(main, [*args], catch_exceptions=False)
    assert done.exit_code == code, done.output
    return " ".join(done.output.replace("│", " ").split()) if code else done.stdout


def record(*args: str) -> str:
    """The head that is printed."""
    found = HEAD.search(soc2test("record", *args))
    assert found
    return found[1]


def as_json(*args: str, code: int = 0) -> dict[str, Any]:
    done = CliRunner().invoke(main, ["store", *args, "--format=json"], catch_exceptions=False)
    assert done.exit_code == code, done.output
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def age(company: Company, number: int, day: str) -> None:
    """Make a record one of another day; only the last one can be, with its chain whole."""
    path = company.place / f"records/{number:010}.json"
    path.chmod(0o644)
    path.write_text(re.sub(r'"recorded_at": "[^T]*T', f'"recorded_at": "{day}T', path.read_text()))


def test_what_is_recorded_is_listed_checked_and_found_by_its_head(kept: Company) -> None:
    first = record()
    kept.write("exports/things.json", "[]")
    second = record("--witness=Firm, Name", "--nonce=chosen today")
    listed = soc2test("store", "list")
    assert "exports alone" in listed
    assert f"2 records, head {second}" in listed
    assert "A store can't see a run that was not recorded" in listed
    checked = soc2test("store", "check", f"--head={first}", f"--head={second}")
    assert "2 records, 2 snapshots; 5 pieces read and hashed" in checked
    assert "whole: nothing was changed since the 2 heads were written down" in checked
    assert "nothing was changed since the head was written down" in soc2test("store", "check", f"--head={first}")
    assert "whole by its own word: give --head" in soc2test("store", "check")


def test_what_programs_read(kept: Company) -> None:
    heads = [record(), record("--witness=Firm, Name")]
    listed = as_json("list")
    assert [each["head"] for each in listed["records"]] == heads
    assert [each["number"] for each in listed["records"]] == [1, 2]
    assert listed["records"][1]["origin"]["witness"] == "Firm, Name"
    assert listed["gaps"] == []
    checked = as_json("check", f"--head={heads[0]}")
    assert (checked["head"], checked["records"], checked["wrong"], checked["witnessed"]) == (heads[1], 2, [], True)


def test_a_store_that_is_not_whole_ends_with_1_and_says_so(kept: Company) -> None:
    head = record()
    for path in (kept.place / "blobs").rglob("*.zst"):
        path.chmod(0o644)
        path.write_bytes(b"x")
    said = soc2test("store", "check", code=1)
    assert "does not hold what its name says; record 1 needs it" in said
    assert said.endswith("NOT WHOLE")
    told = as_json("check", f"--head=7:{head[2:]}", code=1)
    assert any(text.startswith("head 7 is not in the chain, which ends at 1") for text in told["wrong"])
    assert not told["witnessed"]


def test_where_nothing_was_ever_recorded_a_check_ends_with_1(kept: Company) -> None:
    assert "nothing was ever recorded here" in soc2test("store", "check", code=1)
    assert "0 records" in soc2test("store", "list")
    assert not kept.place.exists()


def test_a_gap_of_the_schedule_is_listed_and_no_fault(kept: Company) -> None:
    record()
    age(kept, 1, "2026-11-01")
    record()
    assert re.search(r"\d+ days without a snapshot: 2026-11-02 to ", soc2test("store", "check"))
    assert len(as_json("list")["gaps"]) == 1
    assert len(as_json("check")["gaps"]) == 1


def forked(programme: Programme, *args: str) -> str:
    """What the command prints in a process of its own."""
    done = run_forked([*args], str(programme.path), os.environ, "soc2test")
    return done.stdout + done.stderr


def test_the_verdicts_of_the_last_run_are_recorded_with_what_it_tested(tested: Programme) -> None:
    assert "record 1 of kept, with the verdicts of the run" in forked(tested, "record")
    said = forked(tested, "record", "--without-verdicts")
    assert "record 2 of kept, without verdicts: no run tested these exports" in said
    tested.things({"id": "b", "good": True})
    assert "nothing was recorded: things/one/things.list.json has changed since" in forked(tested, "record")
    first, second = json.loads(forked(tested, "store", "list", "--format=json"))["records"]
    assert first["verdicts"]["controls"] == {"OWN-01": "pass"}
    assert first["verdicts"]["as_of"] == "2026-11-20T12:00:00Z"
    assert second["verdicts"] is None
    assert re.search(r"^1 .* 1 pass ", forked(tested, "store", "list"), re.MULTILINE)


BROKEN: list[tuple[str, str | None, str]] = [
    ("matrix.json", "{", "holds a matrix.json that is none"),
    ("matrix.json", "[]", "is that of a run that did not end"),
    ("matrix.json", '{"state": "started"}', "is that of a run that did not end"),
    ("matrix.json", '{"state": "finished", "pseudonymised": true}', "names nothing by its own name"),
    ("matrix.json", '{"state": "finished", "period": {"first": "2026-01-01"}}', "is over a period"),
    ("matrix.json", '{"state": "finished", "as_of": 7}', "holds artifacts of another version"),
    ("controls.ndjson", "{", "holds a controls.ndjson that is none"),
    ("controls.ndjson", "[]\n", "holds artifacts of another version"),
    ("evidence.ndjson", "[1]\n", "holds artifacts of another version"),
    ("evidence.ndjson", '{"schema": "export/1"}\n', "holds artifacts of another version"),
    ("findings.ndjson", None, "has no findings.ndjson that can be read"),
]


def test_what_was_collected_anew_since_the_run_is_not_recorded_with_its_verdicts(tested: Programme) -> None:
    """The bytes are the same; the moment that the run looked at is another one."""
    manifest = tested.path / "exports/manifest.yaml"
    manifest.write_text("collected_at: 2026-11-20T11:00:00Z\n")
    tested.run()
    assert "record 1 of kept, with the verdicts of the run" in forked(tested, "record")
    manifest.write_text("collected_at: 2026-11-21T11:00:00Z\n")
    said = " ".join(forked(tested, "record").replace("│", " ").split())
    assert "nothing was recorded: things/one/things.list.json: collected at another time than the run read" in said
    assert "without verdicts" in forked(tested, "record", "--without-verdicts")


def test_a_report_that_is_none_is_refused(tested: Programme) -> None:
    for number, (name, content, says) in enumerate(BROKEN):
        report = tested.path / f"report-{number}"
        shutil.copytree(tested.path / "soc2-report", report)
        (report / name).unlink()
        if content is not None:
            (report / name).write_text(content)
        with pytest.raises(ReportRefused, match=says):
            results_in(report)
    said = forked(tested, "record", "--report=report-0")
    assert f"nothing was recorded: report-0/ {BROKEN[0][2]}" in said
    assert not (tested.path / "kept").exists()


def test_an_old_snapshot_is_pruned_and_one_that_a_period_needs_is_not(kept: Company) -> None:
    record()
    age(kept, 1, "2024-03-01")
    kept.write("exports/things.json", "[]")
    head = record()
    prune = ("store", "prune", "--before=2025-01-01", "--reason=two years are over", "--by=Ada")
    kept.write("soc2.yaml", f"{YAML}periods: [2024-01-01..2024-12-31]\n")
    assert "a declared period needs evidence from 2024-01-01 on" in soc2test(*prune, code=1)
    kept.write("soc2.yaml", YAML)
    said = soc2test(*prune)
    assert "1 pieces went; record 3 says so" in said
    assert HEAD.search(said)
    assert "3 records, 2 snapshots, of 1 of which the evidence was pruned" in soc2test(
        "store", "check", f"--head={head}"
    )
    assert "nothing to prune: no evidence of before 2025-01-01 is kept" in soc2test(*prune)
    assert "pruned what was recorded before 2025-01-01" in soc2test("store", "list")
    told = as_json("list")["records"][2]["pruned"]
    assert told == {"before": "2025-01-01", "numbers": [1], "reason": "two years are over", "by": "Ada"}
    assert "is not in the store" in soc2test("store", "restore", "1", "again", code=1)
    assert "record 3 is no snapshot: it says what was pruned" in soc2test("store", "restore", "3", "again", code=1)


def test_pruning_that_was_killed_is_ended_with_finish(kept: Company) -> None:
    record()
    age(kept, 1, "2024-03-01")
    (kept.place / "pruning.json").write_text('{"begun_at": "2026-01-01T00:00:00Z", "by": "Ada"}')
    prune = ("store", "prune", "--before=2025-01-01", "--reason=x", "--by=Ada")
    assert "where that was killed, go on with --finish" in soc2test(*prune, code=1)
    assert "record 2 says so" in soc2test(*prune, "--finish")
    assert not (kept.place / "pruning.json").exists()


def test_a_snapshot_is_restored_as_a_programme(kept: Company) -> None:
    record()
    said = soc2test("store", "restore", "1", "again")
    assert "2 files of record 1 in again" in said
    assert "cd again && pytest --soc2 --soc2-exports=exports" in said
    assert (kept.root / "again/soc2.yaml").read_bytes() == (kept.root / "soc2.yaml").read_bytes()
    assert "again is there and not empty" in soc2test("store", "restore", "1", "again", code=1)
    assert "0000000009.json is not in the store" in soc2test("store", "restore", "9", "other", code=1)


@pytest.mark.parametrize(
    ("args", "code", "says"),
    [
        (("record", "--config=none.yaml"), 2, "--config: there is no file none.yaml"),
        (("record", "--exports=none"), 2, "there is no folder none"),
        (("record", "--store=exports/store"), 1, "nothing was recorded: exports/store: lies among the exports"),
        (
            ("record", "--store=soc2.yaml"),
            1,
            "nothing was recorded: soc2.yaml: store.json can't be read: Not a directory",
        ),
        (("record", "--store=ftp://x/y"), 1, "nothing was recorded: "),
        (("record", "--report=none"), 1, "none/ has no matrix.json that can be read"),
        (("store", "check", "--head=1:xyz"), 2, "--head: a head is NUMBER:DIGEST, as reports print it"),
        (("store", "check", "--store=s3://key:secret@bucket/x"), 1, "holds credentials"),
        (
            ("store", "prune", "--before=soon", "--reason=x", "--by=x"),
            2,
            "--before: a date is needed, such as 2026-01-01",
        ),
        (("store", "prune", "--before=2026-01-01", "--by=x"), 2, "Missing option '--reason'"),
        (("store", "restore", "0", "x"), 2, "0 is not in the range"),
        (("store", "other"), 2, "No such command"),
    ],
)
def test_wrong_usage_is_named(args: tuple[str, ...], code: int, says: str, kept: Company) -> None:
    said = soc2test(*args, code=code)
    assert says in said
    assert "secret" not in said
    assert not kept.place.exists()


def test_without_a_store_or_a_programme_both_are_asked_for(kept: Company) -> None:
    kept.write("soc2.yaml", "system: Test\n")
    for command in (["record"], ["store", "list"]):
        assert "which store? Write `store: {at: FOLDER_OR_URL}` in soc2.yaml" in soc2test(*command, code=2)
    os.remove(kept.root / "soc2.yaml")
    for command in (["record"], ["store", "check"]):
        assert "there is no soc2.yaml here" in soc2test(*command, code=2)


def test_a_store_of_another_version_is_refused_by_every_command(kept: Company) -> None:
    record()
    mark = kept.place / "store.json"
    mark.chmod(0o644)
    mark.write_text('{"schema": "store/2"}')
    before = sorted(kept.place.rglob("*"))
    prune = ["store", "prune", "--before=2025-01-01", "--reason=x", "--by=x"]
    for command in (["record"], ["store", "list"], ["store", "check"], ["store", "restore", "1", "x"], prune):
        assert "is of the form 'store/2'; this version of soc2test knows store/1" in soc2test(*command, code=1)
    assert sorted(kept.place.rglob("*")) == before


def test_a_broken_plugin_is_named_and_what_lies_there_is_recorded_all_the_same(kept: Company) -> None:
    kept.write("plugins/broken.py", "raise RuntimeError")
    done = CliRunner().invoke(main, ["record"])
    assert done.exit_code == 4
    assert "plugins/broken.py" in done.stderr
    assert HEAD.search(done.stdout)


def test_the_installed_command_records_and_checks(kept: Company) -> None:
    command = Path(sys.executable).with_name("soc2test")
    for args, found in (
        (["record"], HEAD),
        (["store", "check"], re.compile("^1 records, 1 snapshots; ", re.MULTILINE)),
    ):
        done = subprocess.run([command, *args], cwd=kept.root, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        assert found.search(done.stdout)
