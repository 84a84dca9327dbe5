"""`results.sarif` of the sample company with deviations, held to the validator of the format's makers and to a reader."""

import csv
import json
import shutil
import subprocess
import sys
import venv
from collections import Counter
from pathlib import Path

import pytest

pytestmark = pytest.mark.services

ROOT = Path(__file__).parents[2]
VALIDATOR = "@microsoft/sarif-multitool@5.7.0"
READER = "sarif-tools==3.0.5"


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a run over globex, of which two exports are missing."""
    folder = tmp_path_factory.mktemp("globex") / "globex"
    shutil.copytree(ROOT / "fixtures/globex", folder)
    for gone in ("listUsers.json", "orgs.list-members.json"):
        (export,) = [each for each in folder.rglob(gone) if each.parent.name in ("acme-labs", "acme")][:1]
        export.unlink()
    command = [sys.executable, "-m", "pytest", "--soc2", "--soc2-format=sarif", "-q"]
    subprocess.run(command, cwd=folder, check=False, capture_output=True)
    return folder / "soc2-report/results.sarif"


def test_its_makers_validator_finds_no_error(written: Path, tmp_path: Path) -> None:
    if shutil.which("npm") is None:
        pytest.skip("npm is not installed")
    subprocess.run(["npm", "install", "--silent", "--prefix", tmp_path, VALIDATOR], check=True)
    tool = tmp_path / "node_modules/.bin/sarif-multitool"

    def errors(file: Path) -> list[str]:
        done = subprocess.run([tool, "validate", file], check=False, capture_output=True, text=True)
        assert "Analysis completed" in done.stdout
        return [line for line in done.stdout.splitlines() if ": error " in line]

    assert errors(written) == []
    broken = json.loads(written.read_text("utf-8"))
    broken["runs"][0]["results"][0]["ruleIndex"] = 99_999
    (tmp_path / "broken.sarif").write_text(json.dumps(broken), "utf-8")
    assert errors(tmp_path / "broken.sarif")


def test_another_reader_counts_the_same_results(written: Path, tmp_path: Path) -> None:
    venv.create(tmp_path / "venv", with_pip=True)
    python = tmp_path / "venv/bin/python"
    subprocess.run([python, "-m", "pip", "install", "--quiet", READER], check=True)
    subprocess.run([python, "-m", "sarif", "csv", "--output", tmp_path / "all.csv", written], check=True)
    results = json.loads(written.read_text("utf-8"))["runs"][0]["results"]
    with (tmp_path / "all.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = Counter(row["Severity"] for row in csv.DictReader(file))
    assert any(each["ruleId"] == "not-tested" for each in results)
    assert rows == Counter(each["level"] for each in results)
