"""The look-up commands in a folder with a soc2.yaml: its own policies, plugins and limits, and what is wrong with them."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from soc2test.cli.main import main

CONTROL = '''
from soc2test import Device, control

@control("OWN-01", criteria=["CC1.2"], nature="state", supports={"CC9.1": "a reason"}, limits={"days": 3, "names": ("a",)},
         looser={"days": "higher"})
def test_own(device: Device):
    """Ours holds."""
    assert device.name
'''


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A programme with one control, as current folder."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "soc2.yaml").write_text("system: Test\nlimits: {OWN-01: {days: 5}}\n", "utf-8")
    (tmp_path / "policies").mkdir()
    (tmp_path / "policies/own.py").write_text(CONTROL, "utf-8")
    return tmp_path


def run(*args: str) -> Result:
    """Run a command; stdout and stderr apart."""
    return CliRunner().invoke(main, args)


def described(id: str) -> Any:
    """`controls ID --format json`."""
    return json.loads(run("controls", id, "--format", "json").stdout)


def test_its_own_controls_stand_beside_the_shipped_ones(here: Path) -> None:
    ids = {each["id"] for each in json.loads(run("controls", "--format", "json").stdout)}
    assert {"OWN-01", "IAM-01"} <= ids
    assert described("OWN-01")["place"] == "policies/own.py:4"


def test_limits_say_whether_they_are_the_companys(here: Path) -> None:
    assert described("OWN-01")["limits"] == {
        "days": {"value": 5, "default": 3, "is_default": False, "looser": "higher"},
        "names": {"value": ["a"], "default": ["a"], "is_default": True, "looser": None},
    }
    text = run("controls", "OWN-01").output
    assert "from soc2.yaml (default 3)" in text
    assert "tool default" in text
    assert [line.split("looser: ")[1] for line in text.splitlines() if "looser: " in line] == [
        "higher",
        "any other value",
    ]


@pytest.mark.parametrize(
    ("id", "limit", "says"),
    [("IAM-07", "removal_hours", "higher"), ("PPL-01", "topic", "any other value")],
)
def test_each_limit_says_in_which_direction_it_asks_less(here: Path, id: str, limit: str, says: str) -> None:
    (line,) = [line for line in run("controls", id).output.splitlines() if line.strip().startswith(f"{limit} ")]
    assert line.endswith(f"tool default  looser: {says}")


def test_criteria_show_who_tests_and_who_supports(here: Path) -> None:
    assert "OWN-01" in run("criteria", "CC1.2").output
    supported = run("criteria", "CC9.1").output
    assert "a reason" in supported
    assert "no control" in run("criteria", "P4.1").output


def test_without_a_programme_only_what_is_installed_is_listed(here: Path) -> None:
    (here / "soc2.yaml").unlink()
    result = run("controls")
    assert result.exit_code == 0
    assert "OWN-01" not in result.output


def test_a_broken_policy_is_named_and_hides_no_other(here: Path) -> None:
    (here / "policies/broken.py").write_text("import nothing_of_this_name\n", "utf-8")
    result = run("controls")
    assert result.exit_code == 4
    assert "OWN-01" in result.stdout
    assert "policies/broken.py did not load: ModuleNotFoundError" in result.stderr


def test_a_syntax_error_is_named_with_its_line(here: Path) -> None:
    (here / "policies/broken.py").write_text("x = 1\ny = (\n", "utf-8")
    assert "(broken.py, line 2)" in run("controls").stderr


def test_an_id_that_stands_twice_is_named(here: Path) -> None:
    (here / "policies/twice.py").write_text(CONTROL, "utf-8")
    result = run("controls")
    assert result.exit_code == 4
    assert "policies/twice.py:4: the id OWN-01 is that of a control in policies/own.py:4" in result.stderr


def test_a_broken_plugin_is_named_and_hides_no_other(here: Path) -> None:
    (here / "plugins").mkdir()
    (here / "plugins/mine.py").write_text("def soc2_sources():\n    return []\n", "utf-8")
    result = run("sources")
    assert result.exit_code == 4
    assert "okta" in result.stdout
    assert "plugin mine" in result.stderr


def test_a_plugin_of_the_programme_is_listed(here: Path) -> None:
    (here / "plugins").mkdir()
    (here / "plugins/mine.py").write_text(
        "from soc2test import *\nmine = Source('mine', scope=['org'], command='mine {operation} {org}')\n"
        "@mine.reads('list all', kind=Device, lists=True, items='', paging=unpaged)\ndef one(item, at):\n"
        "    return facts(item['id'], disk_encrypted=item['e'])\n@hookimpl\ndef soc2_sources():\n    return [mine]\n",
        "utf-8",
    )
    text = run("sources", "mine").output
    assert "exports/mine/<org>/list.all.json" in text
    assert "mine list all <org>" in text
    assert "disk_encrypted" in text
    assert described("DEV-01")["facts"]["disk_encrypted"]["mine"] == ["list all"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("system: [\n", "soc2.yaml"),
        ("system: Test\nlimit: {}\n", "soc2.yaml:2: limit"),
        ("system: Test\nlimits: {NO-1: {days: 1}}\n", "limits.NO-1"),
        ("system: Test\nsources: {nope: }\n", "sources.nope"),
    ],
)
def test_a_wrong_programme_is_named_and_the_rest_is_listed(here: Path, text: str, wanted: str) -> None:
    (here / "soc2.yaml").write_text(text, "utf-8")
    result = run("controls")
    assert result.exit_code == 4
    assert wanted in result.stderr
    assert "IAM-01" in result.stdout
    assert "OWN-01" in result.stdout
