"""`soc2test controls --draft`: a first draft of the company's own controls; and the controls that a test looks at."""

import re
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from soc2test.cli.main import main
from soc2test.evidence.yaml_text import parse_yaml
from soc2test.programme.entries import read_company_controls

CONTROL = '''
from soc2test import Device, control

@control("OWN-01", criteria=["CC1.2"], nature="state", supports={"CC9.1": "a reason"}, limits={"days": 3, "names": ("a",)},
         looser={"days": "higher"})
def test_own(device: Device):
    """Every device of ours has a name."""
    assert device.name
'''


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A programme with one control of its own, as current folder."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "soc2.yaml").write_text("system: Test\n", "utf-8")
    (tmp_path / "policies").mkdir()
    (tmp_path / "policies/own.py").write_text(CONTROL, "utf-8")
    return tmp_path


def run(*args: str) -> Result:
    """Run a command; stdout and stderr apart."""
    return CliRunner().invoke(main, args)


def filled(text: str) -> str:
    """A draft as somebody fills it in."""
    for name, value in (
        ("owner", "ann@acme.example"), ("performer", "ben@acme.example"), ("frequency", "daily"),
        ("type", "preventive"), ("execution", "manual"), ("since", "2026-01-01"),
    ):  # fmt: skip
        text = re.sub(rf"{name}: TODO.*", f"{name}: {value}", text)
    return text


def test_the_draft_holds_every_test_in_scope_once(here: Path) -> None:
    result = run("controls", "--draft")
    assert result.exit_code == 0, result.output
    text = (here / "controls.draft.yaml").read_text("utf-8")
    drafted = [id for entry in parse_yaml(text.encode(), "draft")[0]["controls"] for id in entry["tests"]]
    assert len(drafted) == len(set(drafted))
    assert {"OWN-01", "IAM-01", "IAM-13", "EVD-01"} <= set(drafted)
    assert "BCK-01" not in drafted  # of availability alone
    assert f"{len(drafted)} tests" in result.stdout
    assert "Every device of ours has a name." in text


def test_what_is_out_of_scope_stays_out_until_it_is_in(here: Path) -> None:
    (here / "soc2.yaml").write_text("system: Test\ncategories: [availability]\n", "utf-8")
    run("controls", "--draft")
    assert "BCK-01" in (here / "controls.draft.yaml").read_text("utf-8")


def test_a_draft_is_refused_until_it_is_filled_in_and_then_taken(here: Path) -> None:
    run("controls", "--draft")
    text = (here / "controls.draft.yaml").read_text("utf-8")
    count = text.count("  - id:")
    (here / "controls.yaml").write_text(text, "utf-8")
    entries = read_company_controls(here)
    assert (entries.good, len(entries.refused)) == ((), count)
    result = run("controls")
    assert result.exit_code == 4
    assert "controls.yaml:" in result.stderr
    (here / "controls.yaml").write_text(filled(text), "utf-8")
    entries = read_company_controls(here)
    assert (len(entries.good), entries.refused) == (count, ())
    assert entries.good[0].since == date(2026, 1, 1)
    assert run("controls").exit_code == 0


@pytest.mark.parametrize("name", ["controls.yaml", "controls.draft.yaml"])
def test_nothing_is_overwritten(here: Path, name: str) -> None:
    (here / name).write_text("mine\n", "utf-8")
    result = run("controls", "--draft")
    assert result.exit_code == 1
    assert f"{name} is there already" in result.output
    assert (here / name).read_text("utf-8") == "mine\n"
    assert sorted(path.name for path in here.glob("controls*")) == [name]


def test_a_link_that_leads_nowhere_is_left_as_it_is(here: Path) -> None:
    (here / "controls.draft.yaml").symlink_to(here / "elsewhere")
    assert run("controls", "--draft").exit_code == 1
    assert not (here / "elsewhere").exists()


@pytest.mark.parametrize("args", [("IAM-01", "--draft"), ("--criterion", "CC6.1", "--draft")])
def test_it_stands_alone(here: Path, args: tuple[str, ...]) -> None:
    assert run("controls", *args).exit_code == 2
    assert not list(here.glob("controls*"))


def test_it_needs_a_programme(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("controls", "--draft").exit_code == 2
    assert list(tmp_path.iterdir()) == []


def test_a_test_names_the_controls_that_it_looks_at(here: Path) -> None:
    entry = (
        "- {id: CTL-07, wording: People keep good devices for their work., owner: ann@acme.example, frequency: daily, "
        "type: preventive, execution: automated, since: 2026-01-01, criteria: [CC1.2], tests: [OWN-01]}"
    )
    (here / "controls.yaml").write_text(f"controls:\n{entry}\n", "utf-8")
    assert "CTL-07  People keep good devices for their work." in run("controls", "OWN-01").stdout
    assert "CTL-07" not in run("controls", "IAM-01").stdout


def test_ids_that_nobody_knows_are_told_by_the_command_too(here: Path) -> None:
    entry = (
        "- {id: CTL-07, wording: People keep good devices for their work., owner: ann@acme.example, frequency: daily, "
        "type: preventive, execution: automated, since: 2026-01-01, criteria: [CC1.2], tests: [OWN-1]}"
    )
    (here / "controls.yaml").write_text(f"controls:\n{entry}\n", "utf-8")
    result = run("controls")
    assert result.exit_code == 4
    assert "no loaded test has the id 'OWN-1'; did you mean 'OWN-01'?" in result.stderr
