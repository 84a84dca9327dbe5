"""`docs/controls.md` is what `soc2test controls --format markdown` prints of the shipped controls."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from soc2test.cli.main import main

PAGE = Path(__file__).parents[2] / "docs" / "controls.md"


def printed(monkeypatch: pytest.MonkeyPatch, folder: Path, *options: str) -> str:
    monkeypatch.chdir(folder)
    result = CliRunner().invoke(main, ["controls", "--format", "markdown", *options])
    assert (result.exit_code, result.stderr) == (0, "")
    return result.stdout


def test_the_page_is_as_the_command_prints_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert PAGE.read_text("utf-8") == printed(monkeypatch, tmp_path), "run `make proofs`"


def test_a_page_of_one_control_and_of_those_of_a_criterion(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    one = printed(monkeypatch, tmp_path, "IAM-01")
    assert one.count("\n## ") == 1
    assert "\n- tests: CC6.1\n" in one
    some = printed(monkeypatch, tmp_path, "--criterion", "CC1.1")
    assert "\n## PPL-01\n" in some
    assert "\n## IAM-01\n" not in some
