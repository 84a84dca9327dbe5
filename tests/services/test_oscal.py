"""`results.oscal.json` of the sample companies, read and written again by compliance-trestle."""

import json
import shutil
import subprocess
import sys
import venv
from pathlib import Path

import pytest

pytestmark = pytest.mark.services

ROOT = Path(__file__).parents[2]
TRESTLE = "compliance-trestle==5.2.0"
READ = """
import pathlib, sys
from trestle.oscal.assessment_results import AssessmentResults
read = AssessmentResults.oscal_read(pathlib.Path(sys.argv[1]))
result = read.results[0]
print(len(result.observations), len(result.findings or ()), read.metadata.oscal_version.model_dump_json())
"""


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("python")
    venv.create(folder, with_pip=True)
    subprocess.run([folder / "bin/python", "-m", "pip", "install", "--quiet", TRESTLE], check=True)
    return folder / "bin/python"


@pytest.mark.parametrize("company", ["acme", "globex"])
def test_another_reader_finds_what_was_written(python: Path, tmp_path: Path, company: str) -> None:
    folder = tmp_path / company
    shutil.copytree(ROOT / "fixtures" / company, folder)
    command = [sys.executable, "-m", "pytest", "--soc2", "--soc2-format=oscal", "-q"]
    subprocess.run(command, cwd=folder, check=False, capture_output=True)
    file = folder / "soc2-report/results.oscal.json"
    done = subprocess.run([python, "-c", READ, file], check=True, capture_output=True, text=True)
    (result,) = json.loads(file.read_text("utf-8"))["assessment-results"]["results"]
    assert len(result["observations"]) > 200
    expected = [len(result["observations"]), len(result.get("findings", ())), '"1.2.1"']
    assert done.stdout.split()[-3:] == [str(each) for each in expected]
