"""`soc2test prove` in a programme: a table, all of one control, JSON, exit codes, and what is kept for the reports."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner, Result

from soc2test.cli.main import main
from soc2test.cli.schema import schemas

KINDS = """
from soc2test import Resource, Source, facts, hookimpl

class Thing(Resource, frozen=True, gc=False, kw_only=True):
    good: bool
    size: int

things = Source("things", scope=["org"], command="things {operation} --org {org}", nature="system")

@things.reads("things list", kind=Thing, items="things", lists=True, next="next")
def thing(item, at):
    return facts(item["id"], good=item["good"], size=item["size"])

@hookimpl
def soc2_sources():
    return [things]
"""
STRONG = '''
from soc2test import control
from soc2test_programme_plugins.things import Thing

@control("OWN-01", criteria=["CC6.1"], nature="state", limits={"size": 9}, looser={"size": "higher"})
def test_small(thing: Thing, limits):
    """Every thing is good, and none is too large.

    CC6.1: a large thing can't be watched over.
    """
    assert thing.good
    assert thing.size <= limits.size
'''
WEAK = '''
from soc2test import UnknownFact, control
from soc2test_programme_plugins.things import Thing

@control("OWN-02", criteria=["CC6.1"], nature="state")
def test_weak(thing: Thing):
    """Every thing is good, as far as that is known."""
    assert _good(thing)

def _good(thing):
    try:
        return thing.good
    except UnknownFact:
        return True
'''


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A programme with one control that tests something, as current folder."""
    monkeypatch.chdir(tmp_path)
    for name, text in {
        "soc2.yaml": "system: Test\nsources: {things: {orgs: [one]}}\n",
        "plugins/things.py": KINDS,
        "policies/strong.py": STRONG,
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


def run(*args: str) -> Result:
    return CliRunner().invoke(main, args)


def records(*args: str) -> list[dict[str, Any]]:
    return list(json.loads(run("prove", *args, "--format", "json").stdout))


def test_one_that_is_proven(here: Path) -> None:
    result = run("prove", "OWN-01")
    assert result.exit_code == 0, result.output
    for line in ("proven         yes", "deviates with  Thing(good=false)", "Thing.size  decides  9 holds, 10 deviates"):
        assert line in result.output
    (record,) = records("OWN-01")
    jsonschema.Draft202012Validator(schemas({})["proof"][1]()).validate(record)
    assert record["limits"] == [{"name": "size", "value": "9", "text": "0 deviates, 1 holds"}]


def test_one_that_is_not(here: Path) -> None:
    (here / "policies/weak.py").write_text(WEAK, "utf-8")
    result = run("prove", "OWN-01", "OWN-02")
    assert result.exit_code == 1
    assert "where Thing.good is unknown it holds, and with false it deviates; smallest input: Thing()" in result.output
    strong, weak = records("OWN-01", "OWN-02")
    assert (strong["proven"], weak["proven"]) == (True, False)
    assert [fault["code"] for fault in weak["faults"]] == ["unknown_passes"]
    jsonschema.Draft202012Validator(schemas({})["proof"][1]()).validate(weak)


def test_exports_of_the_programme_come_first(here: Path) -> None:
    folder = here / "exports/things/one"
    folder.mkdir(parents=True)
    things = [{"id": "bad", "good": False, "size": 3}, {"id": "good", "good": True, "size": 3}]
    (folder / "things.list.json").write_text(json.dumps({"things": things}), "utf-8")
    assert [record["basis"] for record in records("OWN-01", "--as-of", "2026-11-20")] == [
        "the exports (1 to begin with)"
    ]


def test_the_limits_of_the_programme_are_the_ones_that_are_proven(here: Path) -> None:
    (here / "soc2.yaml").write_text(
        "system: Test\nsources: {things: {orgs: [one]}}\nlimits: {OWN-01: {size: 5}}\n", "utf-8"
    )
    (record,) = records("OWN-01")
    assert [fact["edge"] for fact in record["facts"] if fact["name"] == "Thing.size"] == ["5 holds, 6 deviates"]


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (("OWN-1",), "OWN-01"),
        (("--config", "nowhere.yaml"), "there is no file nowhere.yaml"),
        (("OWN-01", "--exports", "nowhere"), "there is no folder nowhere"),
        (("OWN-01", "--save", "proofs.json"), "--save keeps the proofs of all controls: name none"),
        (("OWN-01", "--as-of", "yesterday"), "--as-of"),
    ],
)
def test_wrong_usage(here: Path, args: tuple[str, ...], says: str) -> None:
    result = run("prove", *args)
    assert result.exit_code == 2
    assert says in result.output
    assert not (here / "proofs.json").exists()


def test_a_file_that_can_not_be_written_is_named(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("soc2test.cli.prove._proofs", lambda *_: [])
    result = run("prove", "--save", "nowhere/proofs.json")
    assert result.exit_code == 1
    assert "nowhere/proofs.json can't be written: No such file or directory" in result.output


def test_a_control_that_breaks_hides_no_other(here: Path) -> None:
    (here / "policies/weak.py").write_text(WEAK.replace("return thing.good", "raise SystemExit(0)"), "utf-8")
    broken, strong = records("OWN-02", "OWN-01")
    assert [fault["code"] for fault in broken["faults"]] == ["broke"]
    assert "SystemExit" in broken["faults"][0]["text"]
    assert strong["proven"]


def test_a_file_of_proofs_that_can_not_be_read_is_named(here: Path) -> None:
    (here / "proofs.json").write_text("{", "utf-8")
    result = run("controls", "OWN-01")
    assert result.exit_code == 4
    assert "proofs.json: can't be read" in result.stderr
    assert "proven      not in this version" in result.stdout


def test_the_table_says_what_was_made_up(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("soc2test.cli.prove._wanted", lambda *_: ["OWN-01"])
    result = run("prove")
    assert result.exit_code == 0
    assert "1 of 1 controls proven, 1 over what was made up; " in result.stdout


def test_what_does_not_load_is_told_and_the_rest_is_proven(here: Path) -> None:
    (here / "policies/broken.py").write_text("from soc2test import nothing_such\n", "utf-8")
    result = run("prove", "OWN-01")
    assert result.exit_code == 4
    assert "broken.py did not load" in result.output
    assert "proven         yes" in result.output
