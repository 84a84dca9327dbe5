"""`soc2test lint`: what it prints, how it ends, and that what is shipped gives it nothing to find."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from soc2test.cli.main import main
from soc2test.evidence.schema_violations import violations
from soc2test.linting.rules import RULES

ROOT = Path(__file__).resolve().parents[2]
CONTROL = '''
from soc2test import Device, control

@control("OWN-01", criteria=["CC6.7"], nature="state", supports={"CC6.8": "TBD"}, limits={"days": 3})
def test_own(device: Device):
    """Ours is certified."""
    assert device.disk_encrypted
'''
WANTED = [
    ("policies/own.py", 4, "criterion-reason", "OWN-01"),
    ("policies/own.py", 4, "limit-unread", "OWN-01.days"),
    ("policies/own.py", 4, "support-reason", "OWN-01"),
    ("policies/own.py", 6, "words", "OWN-01"),
]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, own_controls_alone: None) -> Path:
    """A programme with a control in which four rules find something, as current folder."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "soc2.yaml").write_text("system: Test\n", "utf-8")
    (tmp_path / "policies").mkdir()
    (tmp_path / "policies/own.py").write_text(CONTROL, "utf-8")
    return tmp_path


def run(*args: str) -> Result:
    """Run `soc2test lint`; stdout and stderr apart."""
    return CliRunner().invoke(main, ["lint", *args])


def test_the_shipped_packs_give_it_nothing_to_find(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # with a programme, facts that nobody reads are looked for in its own plugins alone
    result = run("--format", "json")
    record = json.loads(result.stdout)
    assert (record["findings"], record["not_loaded"]) == ([], [])
    assert record["controls"] > 100
    assert result.exit_code == 0


@pytest.mark.parametrize("company", ["acme", pytest.param("globex", marks=pytest.mark.long)])
def test_nor_do_the_sample_companies(company: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT / "fixtures" / company)
    result = run()
    assert result.exit_code == 0, result.output


def test_nor_does_a_programme_that_was_just_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, own_controls_alone: None
) -> None:
    CliRunner().invoke(main, ["init", str(tmp_path)])
    monkeypatch.chdir(tmp_path)
    result = run()
    assert result.exit_code == 0, result.output
    assert "ORG-01" in CliRunner().invoke(main, ["controls"]).stdout


def test_each_finding_is_a_line_with_place_subject_text_and_rule_and_ends_with_1(here: Path) -> None:
    result = run()
    lines = result.stdout.splitlines()
    assert result.exit_code == 1
    assert lines[-1].endswith("controls looked at, 4 findings")
    for line, (file, number, rule, subject) in zip(lines[:-1], WANTED, strict=True):
        assert line.startswith(f"{file}:{number}: {subject}: ")
        assert line.endswith(f" [{rule}]")


def test_json_is_the_same_and_fits_its_schema(here: Path) -> None:
    result = run("--format", "json")
    record = json.loads(result.stdout)
    assert result.exit_code == 1
    assert [(each["file"], each["line"], each["rule"], each["subject"]) for each in record["findings"]] == WANTED
    assert violations(json.loads(CliRunner().invoke(main, ["schema", "lint"]).stdout), record) == []


def test_the_schema_and_the_page_name_every_rule() -> None:
    schema = json.loads(CliRunner().invoke(main, ["schema", "lint"]).stdout)
    named = {name for rule in RULES for name in rule.names}
    assert set(schema["properties"]["findings"]["items"]["properties"]["rule"]["enum"]) == named
    page = (ROOT / "docs/writing-a-control.md").read_text("utf-8")
    assert {name for name in named if f"| `{name}` |" not in page} == set()


def test_what_did_not_load_ends_with_4_and_the_rest_is_looked_at(here: Path) -> None:
    (here / "policies/broken.py").write_text(CONTROL.replace("CC6.7", "CC9.9").replace("OWN-01", "OWN-02"), "utf-8")
    result = run()
    assert result.exit_code == 4
    assert "policies/broken.py:4: OWN-02: there is no criterion 'CC9.9'" in result.stdout
    assert "policies/own.py:6: OWN-01: says 'certified'" in result.stdout
    assert "policies/broken.py did not load: ControlDefinitionError" in result.stderr
    record = json.loads(run("--format", "json").stdout)
    assert [text.partition(":")[0] for text in record["not_loaded"]] == ["policies/broken.py did not load"]


def test_a_wrong_soc2_yaml_ends_with_4_and_is_found(here: Path) -> None:
    (here / "soc2.yaml").write_text("system: Test\nlimits:\n  NO-1: {days: 1}\n  NO-2: {days: 1}\n", "utf-8")
    result = run()
    assert result.exit_code == 4
    assert "soc2.yaml:3: NO-1: no loaded control has the id 'NO-1'" in result.stdout
    assert "soc2.yaml:4: NO-2: no loaded control has the id 'NO-2'" in result.stdout


@pytest.mark.long
def test_only_its_own_plugins_are_asked_for_facts_that_nobody_reads(here: Path) -> None:
    (here / "plugins").mkdir()
    (here / "plugins/mine.py").write_text(
        "from soc2test import *\nclass Mine(Device, frozen=True, gc=False, kw_only=True):\n    colour: str\n"
        "mine = Source('mine', scope=['org'], command='mine {operation}')\n"
        "@mine.reads('list', kind=Mine, lists=True, items='', paging=unpaged)\ndef one(item, at):\n"
        "    return facts(item['id'], colour=item['c'])\n@hookimpl\ndef soc2_sources():\n    return [mine]\n",
        "utf-8",
    )
    lines = [line for line in run().stdout.splitlines() if line.endswith("[fact-unread]")]
    assert [line.partition(": no control")[0] for line in lines] == ["plugins/mine.py:2: Mine.colour"]
