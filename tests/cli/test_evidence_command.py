"""`soc2test evidence`: every export with its provenance, and what is missing, does not tie out or is read by nobody."""

import json
import os
import re
import subprocess
import sys
import zipfile
from hashlib import sha256
from pathlib import Path
from typing import Any

import pexpect  # type: ignore[import-untyped]
import pytest
from click.testing import CliRunner, Result

from soc2test.cli.main import main

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
AS_OF = ("--as-of", "2026-11-20T12:00:00Z")

PLUGIN = """
from soc2test import Claim, Resource, Source, facts, hookimpl, unpaged

class Thing(Resource, frozen=True, gc=False, kw_only=True):
    good: bool

class Part(Resource, frozen=True, gc=False, kw_only=True):
    good: bool

things = Source("things", scope=("org",), command="things {operation} --org {org}", denied=["AccessDenied"])

@things.reads("things list", kind=Thing, items="things", lists=True, next="next")
def thing(item, at):
    return facts(item["id"], good=item["good"])

@things.reads("parts list", kind=Part, items="parts", lists=True, paging=unpaged, stream=True)
def part(item, at):
    return facts(item["id"], good=item["good"])

@hookimpl
def soc2_sources():
    return [things]

@hookimpl
def soc2_claim(export):
    return Claim("things", "things list", {"org": "one"}) if export.path.name == "odd.txt" else None
"""

POLICY = '''
from soc2test import control
from soc2test_programme_plugins.things import Part, Thing

@control("OWN-01", criteria=["CC1.2"], nature="state")
def test_things_are_good(thing: Thing):
    """Things are good."""
    assert thing.good

@control("OWN-02", criteria=["CC1.2"], nature="state")
def test_parts_are_good(part: Part):
    """Parts are good."""
    assert part.good
'''

THINGS = '{"things": [{"id": "a", "good": true}]}'


@pytest.fixture
def beside_shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A programme of its own, as current folder; its controls stand beside the shipped ones."""
    monkeypatch.chdir(tmp_path)
    put("soc2.yaml", "system: Test\nsources:\n  things:\n    orgs: [one]\n")
    put("plugins/things.py", PLUGIN)
    put("policies/own.py", POLICY)
    put("exports/manifest.yaml", "collected_at: 2026-11-20T08:00:00Z\n")
    return tmp_path


@pytest.fixture
def here(beside_shipped: Path, own_controls_alone: None) -> Path:
    """The same with its own controls alone."""
    return beside_shipped


def put(name: str, text: str) -> None:
    """Write a file below the current folder."""
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def run(*args: str) -> Result:
    return CliRunner().invoke(main, ["evidence", *AS_OF, *args])


def told(*args: str) -> dict[str, Any]:
    """The records; all was read."""
    result = run("--format", "json", *args)
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def by_id(*args: str) -> dict[str, dict[str, Any]]:
    return {each["id"]: each for each in told(*args)["evidence"]}


def in_a_terminal(width: int, *args: str) -> list[str]:
    """The lines that the installed command prints in a terminal."""
    console = Path(sys.executable).with_name("soc2test")
    env = {**os.environ, "COLUMNS": str(width)}
    child = pexpect.spawn(str(console), list(args), dimensions=(40, width), encoding="utf-8", timeout=60, env=env)
    child.expect(pexpect.EOF)
    return str(child.before).split("\r\n")


def record(collected_at: str = "2026-11-19", **more: Any) -> str:
    return json.dumps(
        {"soc2test": "evidence/1", "source": "things", "operation": "things list", "subject": {"org": "one"},
         "collected_at": collected_at, "status": "ok", "body": json.loads(THINGS), **more}
    )  # fmt: skip


def test_a_piece_of_evidence_is_told_with_its_provenance(here: Path) -> None:
    put("exports/things/one/things.list.json", THINGS)
    (each,) = told()["evidence"]
    assert each == {
        "id": "things/one/things.list.json", "path": "things/one/things.list.json", "source": "things",
        "operation": "things list", "subject": {"org": "one"}, "page": None, "collected_at": "2026-11-20T08:00:00Z",
        "age_hours": 4.0, "records": 1, "skipped": {}, "unread": [], "unknown_types": [], "complete": True, "problem": None, "superseded": False,
        "sha256": sha256(THINGS.encode()).hexdigest(),
        "ties_out": True, "claimed_by": "path",
    }  # fmt: skip
    row = next(line for line in run().output.splitlines() if line.startswith("things/one/"))
    cells = ["things list", "org one", "2026-11-20 08:00", "4 h", "1", "complete", each["sha256"][:12], "path"]
    assert re.split(" {2,}", row)[2:] == cells


def test_what_a_newer_export_replaces_is_marked(here: Path) -> None:
    put("exports/things/one/things.list.json", THINGS)
    put("exports/old.ndjson", record() + "\n")
    old = by_id()["old.ndjson#1"]
    assert (old["superseded"], old["complete"], old["claimed_by"], old["records"]) == (True, False, "record", None)
    assert "superseded by a newer one" in run().output


def test_a_plugin_s_claim_is_told(here: Path) -> None:
    put("exports/odd.txt", THINGS)
    assert by_id()["odd.txt"]["claimed_by"] == "plugin things"


def test_of_what_is_lost_nothing_says_which_call_it_was(here: Path) -> None:
    put("exports/things/all.zip", "no zip")
    put("exports/manifest.yaml", "files: {things/one/gone.json: {}}\n")
    assert {id: each["claimed_by"] for id, each in by_id().items()} == {
        "things/all.zip": None, "things/one/gone.json": "manifest",
    }  # fmt: skip


def test_what_nobody_reads_in_an_archive_belongs_to_the_source_too(here: Path) -> None:
    with zipfile.ZipFile("exports/all.zip", "w") as archive:
        archive.writestr("things/one/odd.json", "{}")
        archive.writestr("okta/acme/odd.json", "{}")
    assert [each["path"] for each in told("--source", "things")["unclaimed"]] == ["all.zip!things/one/odd.json"]


def test_a_streamed_export_is_read_to_its_end(here: Path) -> None:
    put("exports/things/one/parts.list.ndjson", '{"id": "a", "good": true}\n{"id": "b"')
    (each,) = told()["evidence"]
    assert (each["complete"], each["problem"]["code"], each["records"]) == (False, "unreadable", 1)


@pytest.mark.parametrize(
    ("body", "code"),
    [('{"things": [], "next": "x"}', "partial"), ("{", "unreadable"), ('{"other": []}', "unreadable")],
)
def test_why_it_is_not_complete_is_told(here: Path, body: str, code: str) -> None:
    put("exports/things/one/things.list.json", body)
    (each,) = told()["evidence"]
    assert (each["complete"], each["problem"]["code"]) == (False, code)
    assert f"{code}: " in run().output


def test_a_streamed_export_says_what_is_wrong_with_it(here: Path) -> None:
    put("exports/things/one/parts.list.ndjson", '{"id": "a", "good": true}\n')
    put("exports/manifest.yaml", "collected_at: 2026-11-20\nfiles: {things/one/parts.list.ndjson: {records: 2}}\n")
    (each,) = told()["evidence"]
    assert (each["problem"]["code"], each["ties_out"]) == ("partial", False)


def test_a_call_for_a_whole_account_may_be_saved_below_any_declared_region(beside_shipped: Path) -> None:
    put("soc2.yaml", "system: Test\nsources:\n  aws: {accounts: ['012345678901'], regions: [eu-west-1, us-east-1]}\n")
    files = {each["operation"]: each["file"] for each in told("--source", "aws")["missing"]}
    assert files["iam list-users"] == "exports/aws/012345678901/eu-west-1/iam.list-users.json"


def test_a_denied_and_a_stale_call_are_missing_with_command_and_file(here: Path) -> None:
    put("exports/r.json", record(status="error", error={"code": "AccessDenied"}))
    put("exports/things/one/parts.list.ndjson", "")
    put("exports/manifest.yaml", "collected_at: 2026-11-01\n")
    things, parts = sorted((each for each in told("--source", "things")["missing"]), key=lambda each: each["code"])
    assert (things["code"], things["operation"], things["evidence"]) == ("denied", "things list", "r.json")
    assert (parts["code"], parts["operation"], parts["controls"]) == ("stale", "parts list", ["OWN-02"])
    assert things["command"] == "things things list --org one"
    assert things["file"] == "exports/things/one/things.list.json"


def test_what_is_declared_and_missing_is_told_with_command_file_and_controls(here: Path) -> None:
    found = told("--source", "things")
    assert found["scopes_without_exports"] == [{"source": "things", "scope": "one"}]
    missing = {each["operation"]: each for each in found["missing"]}
    assert missing["things list"] == {
        "code": "missing", "source": "things", "operation": "things list", "subject": {"org": "one"},
        "text": "export `things things list --org one` as exports/things/one/things.list.json for org one", "command": "things things list --org one",
        "file": "exports/things/one/things.list.json", "evidence": None, "controls": ["OWN-01"],
    }  # fmt: skip
    assert set(missing) == {"things list", "parts list"}
    text = run().output
    assert "Declared in soc2.yaml and not exported at all" in text
    assert "exports/things/one/parts.list.json" in text


def test_a_register_that_is_missing_has_no_command(beside_shipped: Path) -> None:
    put("soc2.yaml", "system: Test\nsources:\n  registers:\n")
    devices = next(each for each in told("--source", "registers")["missing"] if each["operation"] == "devices")
    assert (devices["command"], devices["file"]) == (None, "exports/registers/devices.yaml")
    row = next(line for line in run("--source", "registers").output.splitlines() if "registers devices" in line)
    assert re.split(" {2,}", row)[1:4] == [
        "missing", "kept by hand: `soc2test schema` prints its form", "exports/registers/devices.yaml",
    ]  # fmt: skip


def test_what_is_exported_and_not_declared_is_told_with_what_is(here: Path) -> None:
    put("exports/things/one/things.list.json", THINGS)
    put("exports/things/one.example/things.list.json", THINGS)
    put("exports/okta/acme/listUsers.json", "[]")
    assert told()["scopes_not_declared"] == [
        {"source": "okta", "scope": "acme", "declared": [], "evidence": "okta/acme/listUsers.json"},
        {"source": "things", "scope": "one.example", "declared": ["one"],
         "evidence": "things/one.example/things.list.json"},
    ]  # fmt: skip
    assert [each["scope"] for each in told("--source", "things")["scopes_not_declared"]] == ["one.example"]
    output = run("--source", "things").output
    assert "Exported and not declared in soc2.yaml" in output
    assert output.endswith("; 1 scopes not declared\n")


def test_an_export_that_does_not_say_what_it_is_about_is_told(here: Path) -> None:
    put("exports/listUsers.json", "[]")
    put("exports/registers/people.csv", "")
    found = {each["source"]: each["scope"] for each in told()["scopes_not_declared"]}
    assert found == {"okta": None, "registers": ""}
    assert "(it does not say)" in run().output
    assert "(all of it)" in run().output


@pytest.mark.long
def test_a_narrow_terminal_gets_lines_instead_of_a_torn_table(here: Path) -> None:
    put("exports/things/one/things.list.json", '{"things": 1}')
    lines = in_a_terminal(80, "evidence", *AS_OF, "--source", "things")
    at = lines.index("things/one/things.list.json")
    assert lines[at + 1].startswith("  unreadable: its body should be an object with a list at `things`, as `things th")
    assert lines[at + 2].startswith("  source things; operation things list; subject org one; collected 2026-11-20")
    assert " ".join(lines[at + 2 : at + 4]).endswith("claimed by path")
    assert "  command things parts list --org one" in lines
    assert "  file exports/things/one/parts.list.json" in lines
    told_of = [line for line in lines if not line.startswith(("  unreadable", "  command", "  file"))]
    assert max(map(len, told_of[:-2])) <= 80


@pytest.mark.long
def test_commands_and_file_names_can_be_copied_from_a_narrow_terminal() -> None:
    lines = in_a_terminal(60, "sources", "aws")
    record = json.loads(CliRunner().invoke(main, ["sources", "aws", "--format", "json"]).output)
    for each in record["operations"]:
        assert any(line.endswith(f"  {each['file']}") for line in lines), each["file"]
        assert any(line.endswith(f"  {each['command']}") for line in lines), each["command"]
    assert all(len(line) <= 60 for line in lines if line.startswith(("  facts", "  lists")))


def test_an_export_saved_where_it_says_closes_the_gap(here: Path) -> None:
    for each in told("--source", "things")["missing"]:
        put(each["file"], '{"things": [], "parts": []}')
    assert told("--source", "things")["missing"] == []


def test_what_does_not_tie_out_is_told(here: Path) -> None:
    put("exports/things/one/things.list.json", THINGS)
    put("exports/records.ndjson", record(subject={"org": "three"}) + "\n")
    put("exports/things/two/things.list.json", THINGS)
    put(
        "exports/manifest.yaml",
        "files:\n  things/one/things.list.json: {records: 2}\n  records.ndjson: {records: 7}\n"
        f"  things/two/things.list.json: {{sha256: '{'0' * 64}'}}\n  things/one/gone.json: {{}}\n",
    )
    texts = {each["id"]: each["text"] for each in told()["not_tied_out"]}
    assert texts == {
        "things/one/things.list.json": "holds 1 items where its manifest says 2",
        "records.ndjson": "holds 1 records where its manifest says 7",
        "things/two/things.list.json": "is not the file that the manifest names: another SHA-256",
        "things/one/gone.json": "is named by the manifest and is not there",
    }
    assert "Does not tie out with a manifest" in run().output


def test_what_nobody_reads_is_told_with_the_way_out(here: Path) -> None:
    put("exports/things.list.json", THINGS)
    (each,) = told()["unclaimed"]
    assert "by its name it belongs into exports/things/<org>/" in each["reason"]
    assert each["reason"][:60] in run().output


def test_only_what_is_wrong_and_only_one_source(here: Path) -> None:
    put("exports/things/one/things.list.json", THINGS)
    put("exports/things/one/parts.list.json", "{")
    put("exports/nimbus/x.json", "{}")
    put("exports/okta/acme/listUsers.json", "{")
    found = told("--problems", "--source", "things")
    assert [each["id"] for each in found["evidence"]] == ["things/one/parts.list.json"]
    assert (found["evidence_read"], found["unclaimed"]) == (2, [])
    assert {each["source"] for each in found["missing"]} == {"things"}
    assert {each["source"] for each in told()["evidence"]} == {"things", "okta"}


def test_kinds_that_no_declared_source_tells_stand_apart(beside_shipped: Path) -> None:
    found = told()
    assert any("IAM-02" in each["controls"] for each in found["sources_to_declare"])
    assert "Told by no source that is declared or exported" in run().output


def test_the_last_line_counts(here: Path) -> None:
    put("exports/things/one/things.list.json", "{")
    put("exports/x.json", "{}")
    assert run("--source", "things").output.splitlines()[-1] == (
        "evidence: 1 pieces, 1 with a problem; 2 missing; 0 not tied out; 0 read by no source; 0 scopes not declared"
    )


def test_without_a_programme_a_folder_is_told_all_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    put("dump/okta/acme/listUsers.json", "[]")
    put("dump/notes.txt", "hello")
    found = told("--exports", "dump")
    assert [each["source"] for each in found["evidence"]] == ["okta"]
    assert found["evidence"][0]["collected_at"] is None
    assert [each["path"] for each in found["unclaimed"]] == ["notes.txt"]
    assert found["scopes_without_exports"] == []


def test_the_programme_may_be_elsewhere(here: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put("exports/things/one/things.list.json", THINGS)
    (tmp_path / "else").mkdir()
    monkeypatch.chdir(tmp_path / "else")
    assert list(by_id("--config", "../soc2.yaml")) == ["things/one/things.list.json"]


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (("--as-of", "yesterday"), "is no time"),
        (("--exports", "nowhere"), "there is no folder nowhere"),
        (("--config", "nowhere.yaml"), "there is no file nowhere.yaml"),
        (("--source", "okto"), "did you mean okta?"),
    ],
)
def test_wrong_usage_exits_2(here: Path, args: tuple[str, ...], says: str) -> None:
    result = run(*args)
    assert (result.exit_code, says in result.output) == (2, True), result.output


def test_a_folder_without_programme_and_exports_is_wrong_usage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert run().exit_code == 2


def test_a_wrong_programme_exits_4_and_the_exports_are_told(here: Path) -> None:
    put("soc2.yaml", "system: Test\nsources:\n  nope:\n")
    put("exports/things/one/things.list.json", THINGS)
    result = run("--format", "json")
    assert result.exit_code == 4
    assert "sources.nope" in result.stderr
    assert len(json.loads(result.stdout)["evidence"]) == 1


def test_undated_and_unreadable_evidence_says_both(here: Path) -> None:
    put("exports/manifest.yaml", "note: none\n")
    put("exports/things/one/things.list.json", "<html>")
    result = CliRunner().invoke(main, ["evidence", "--source", "things", "--format", "json"])
    (each,) = json.loads(result.stdout)["evidence"]
    assert each["problem"]["code"] == "undated"
    assert "put collected_at into" in each["problem"]["text"]
    assert "; and line 1 column 1: is a web page" in each["problem"]["text"]


def test_a_plugin_that_breaks_on_a_file_exits_4_and_is_named(here: Path) -> None:
    put("plugins/broken.py", "from soc2test import hookimpl\n@hookimpl\ndef soc2_claim(export):\n    return 1 / 0\n")
    put("exports/\x1b[31m.json", "{}")
    put("exports/things/one/things.list.json", THINGS)
    result = run("--format", "json")
    assert result.exit_code == 4
    assert result.stderr == (
        "\\x1b[31m.json: plugin broken: its hook `soc2_claim` raised ZeroDivisionError: division by zero "
        "(plugins/broken.py:4)\n"
    )
    assert len(json.loads(result.stdout)["evidence"]) == 1


def test_exports_that_are_refused_as_a_whole_exit_1(here: Path) -> None:
    put("soc2.yaml", "system: Test\nsources:\n  things:\n    orgs: [one]\nreading: {files: 1}\n")
    put("exports/things/one/things.list.json", THINGS)
    result = run()
    assert result.exit_code == 1
    assert "over 1 files" in result.stderr


HOSTILE = (
    "\x1b[31mred\x1b[0m.json", "new\nline.json", "::error::x.json", "##vso[task.complete]x.json", "\u202egnp.json",
    "a'b\"c<script>.json", "x" * 240 + ".json", "things.list.\x07~\x08.json", "-rf.json", "%00%0a.json",
)  # fmt: skip


@pytest.mark.parametrize("form", ["table", "json"])
def test_hostile_names_stay_harmless_and_content_is_never_shown(here: Path, form: str) -> None:
    for name in HOSTILE:
        put(f"exports/things/one/{name}", '{"things": [{"id": "SECRET"}], "SECRET": 1}')
        put(f"exports/{name}", "SECRET")
    os.mkdir(b"exports/things/\xff\xfe")
    Path(os.fsdecode(b"exports/things/\xff\xfe/things.list.json")).write_text('{"SECRET": ["SECRET"]}', "utf-8")
    Path("exports/link.json").symlink_to("/etc/passwd")
    os.mkfifo("exports/pipe.json")
    put("exports/r.json", record(subject={"org": "\x1b[2J\u202e"}))
    result = run("--format", form)
    assert result.exit_code == 0, result.exception
    text = result.stdout
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", text)
    assert not re.search(r"^\s*::|##vso\[", text, re.MULTILINE) or form == "json"
    assert "SECRET" not in text
    assert "root:" not in text


@pytest.mark.long
def test_the_installed_command_prints_in_whatever_encoding_the_terminal_has(here: Path) -> None:
    put("exports/things/one/things.list.json", THINGS)
    put("exports/things/zoë/things.list.json", THINGS)
    console = Path(sys.executable).with_name("soc2test")
    done = subprocess.run(
        [console, "evidence", *AS_OF], capture_output=True, check=False, timeout=60,
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert b"things/zo\\xeb/things.list.json" in done.stdout


@pytest.mark.each(2)
@pytest.mark.parametrize("company", ["acme", "globex"])
def test_the_sample_companies(company: str) -> None:
    console = Path(sys.executable).with_name("soc2test")
    done = subprocess.run(
        [console, "evidence", *AS_OF, "--problems", "--format", "json"], cwd=FIXTURES / company, capture_output=True,
        check=True, timeout=60,
    )  # fmt: skip
    found = json.loads(done.stdout)
    wrong = [each["id"] for each in found["evidence"]]
    virtual = ["aws/012345678901/eu-west-1/iam.list-virtual-mfa-devices.json"]
    assert wrong == {"acme": [], "globex": virtual}[company]
    assert {each["subject"]["org"] for each in found["missing"]} == {"acme": set(), "globex": {"acme-labs"}}[company]
    assert found["unclaimed"] == found["not_tied_out"] == found["sources_to_declare"] == []
    assert found["evidence_read"] > 100
