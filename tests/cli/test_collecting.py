"""`soc2test evidence --format sh`: from nothing to all exports, one round after the other, without a file misnamed."""

import json
import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from programmes import HEAD, PLUGIN
from vendors import ACME, AS_OF, Answers

from soc2test.cli.here import open_here
from soc2test.cli.main import main
from soc2test.finding.file_names import by_path
from soc2test.finding.places import place_of
from soc2test.finding.suggested import command


def script(*args: str) -> str:
    result = CliRunner().invoke(main, ["evidence", "--as-of", AS_OF, "--format", "sh", *args], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def saved(text: str) -> list[tuple[str, str]]:
    """File and command of each line that saves."""
    lines = [shlex.split(line) for line in text.splitlines() if line.startswith("save ")]
    return [(file, command) for _, file, command in lines]


@pytest.mark.long
def test_round_after_round_all_of_the_sample_company_is_collected(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    company = tmp_path / "acme"
    shutil.copytree(ACME, company, ignore=shutil.ignore_patterns("soc2-report", "exports"))
    kept = [ACME / "exports/registers", ACME / "exports/manifest.yaml"]
    # of calls that can stand for one another another one would be asked for
    kept += (ACME / "exports/github/acme").glob("*-for-org.json")
    for path in kept:
        copy = shutil.copytree if path.is_dir() else shutil.copy
        target = company / path.relative_to(ACME)
        target.parent.mkdir(parents=True, exist_ok=True)
        copy(path, target)
    monkeypatch.chdir(company)
    answers, asked, rounds = Answers(), set[str](), 0
    while calls := [file for file, _ in saved(script()) if file not in asked]:
        rounds += 1
        asked.update(calls)
        for file in calls:
            body = answers.of(file)  # an empty one is an answer
            if body is not None:
                Path(file).parent.mkdir(parents=True, exist_ok=True)
                Path(file).write_bytes(body)
    assert rounds > 1
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "--soc2", "-q", "-p", "no:cacheprovider"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stdout


FAKE = """#!/bin/sh
case "$*" in
*denied*) echo "An error occurred (AccessDenied) when calling ListThings" >&2; exit 254 ;;
*) echo "warning: an old version" >&2; printf '%s' "$*" ;;
esac
"""


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "bin").mkdir()
    fake = tmp_path / "bin/things"
    fake.write_text(FAKE)
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:{os.environ['PATH']}")
    (tmp_path / "plugins").mkdir()
    named = 'subject="thing", named_by={"thing": "id"}, command="things owner --thing {thing}"'
    (tmp_path / "plugins/things.py").write_text(PLUGIN.replace('subject="thing"', named))
    (tmp_path / "policies").mkdir()
    (tmp_path / "policies/own.py").write_text(HEAD + POLICY)
    return tmp_path


POLICY = '''
@control("OWN-01", criteria=["CC6.1"], nature="state")
def test_things_are_owned(thing: Thing):
    """Every thing has an owner."""
    assert thing.owner
'''


@pytest.mark.long
def test_the_script_keeps_what_a_command_says_and_its_error(empty: Path) -> None:
    (empty / "soc2.yaml").write_text("system: A\nsources: {things: {orgs: [one, denied]}}\n")
    subprocess.run(["sh", "-c", script("--source", "things")], check=True)
    assert (empty / "exports/things/one/things.list.json").read_text() == "things list --org one"
    assert (empty / "exports/things/denied/things.list.json").read_text().startswith("An error occurred (AccessDenied)")
    assert sorted(each.name for each in (empty / "exports/things/one").iterdir()) == ["things.list.json"]
    assert (empty / "exports/manifest.yaml").read_text().startswith("collected_at: 20")


def test_names_in_exports_stay_names(empty: Path) -> None:
    (empty / "soc2.yaml").write_text("system: A\nsources: {things: {orgs: [one]}}\n")
    names = ["$(touch hacked)", "a'b", "../../x", "-rf", "a b;touch hacked", "`touch hacked`", "\n touch hacked"]
    listed = empty / "exports/things/one/things.list.json"
    listed.parent.mkdir(parents=True)
    listed.write_text(json.dumps({"things": [{"id": name, "name": name, "good": True} for name in names]}))
    text = script("--source", "things")
    subprocess.run(["sh", "-c", text], check=True)
    assert not list(empty.rglob("hacked"))
    written = {path.read_text() for path in listed.parent.iterdir() if path != listed}
    assert written == {f"owner --thing {name}" for name in names}
    assert {path.parent for path in (empty / "exports").rglob("*.json")} == {listed.parent}


@pytest.mark.parametrize(("taken", "made"), [("2026-11-20T08:00:00Z", True), (None, False)])
def test_a_manifest_is_made_only_where_it_dates_nothing_falsely(empty: Path, taken: str | None, made: bool) -> None:
    (empty / "soc2.yaml").write_text("system: A\nsources: {things: {orgs: [one]}}\n")
    record: dict[str, object] = {"soc2test": "evidence/1", "source": "things", "operation": "things list", "subject": {"org": "two"},
              "status": "ok", "collected_at": taken, "body": {"things": []}}  # fmt: skip
    (empty / "exports").mkdir()
    (empty / "exports/old.json").write_text(json.dumps(record))
    assert ("collected_at" in script()) is made


def test_files_kept_by_hand_are_named_and_not_made(empty: Path) -> None:
    (empty / "soc2.yaml").write_text("system: A\nsources: {registers: }\n")
    text = script("--source", "registers")
    assert "# kept by hand: exports/registers/people.yaml\n" in text
    assert saved(text) == []


AWS = "exports/aws/012345678901/eu-west-1"
STATUS = f"{AWS}/s3api.get-bucket-policy-status.acme-prod-data.json"
BLOCKS = (f"{AWS}/s3control.get-public-access-block.json", f"{AWS}/s3api.get-public-access-block.acme-prod-data.json")
DENIED = "An error occurred (AccessDenied) when calling the GetPublicAccessBlock operation: no\n"


@pytest.mark.each(2)
@pytest.mark.parametrize("denied", [False, True])
def test_each_call_that_would_settle_a_derived_fact_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, denied: bool
) -> None:
    company = tmp_path / "acme"
    shutil.copytree(ACME, company, ignore=shutil.ignore_patterns("soc2-report"))
    monkeypatch.chdir(company)
    policy = company / AWS / "s3api.get-bucket-policy.acme-prod-data.json"
    for file in (STATUS, *BLOCKS, str(policy)):
        (company / file).unlink()
    if denied:
        (company / BLOCKS[0]).write_text(DENIED)
    asked = [file for file, _ in saved(script("--source", "aws"))]
    assert {STATUS, *BLOCKS} <= set(asked)


def test_an_arn_is_built_where_the_vendor_wants_one() -> None:
    plugins = open_here(ACME / "soc2.yaml").plugins
    for name in ("list-tags-of-resource", "get-resource-policy"):
        operation = plugins.sources["aws"].operations[f"dynamodb {name}"]
        for region, partition in (("eu-west-1", "aws"), ("cn-north-1", "aws-cn"), ("us-gov-west-1", "aws-us-gov")):
            known = {"account": "012345678901", "region": region, "table": "orders"}
            arn = f"arn:{partition}:dynamodb:{region}:012345678901:table/orders"
            assert f"--resource-arn {arn} " in command(operation, known)


@pytest.mark.each(2)
@pytest.mark.parametrize(
    "name",
    ["a/b", "a:b", "a~b", "a%2Fb", ".hidden", "ü b", "arn:aws:x:eu-west-1:0:lb/app/a", "a@b+c=d,e", "*?<>|\"'\\"],
)
def test_a_name_is_read_back_from_its_file(name: str) -> None:
    source = open_here(ACME / "soc2.yaml").plugins.sources["github"]
    operation = source.operations["repos get-branch-protection"]
    at = {"org": name, "repo": name, "branch": "main"}
    file = place_of(source, operation, at)
    assert not set(":*?<>|\"'\\~") & set(file.replace("~main", ""))
    claim = by_path(file.removeprefix("exports/"), source)
    assert claim is not None
    assert claim.subject == at
