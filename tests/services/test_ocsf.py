"""`results.ocsf.json` of a sample company, read by the models of OCSF that Prowler writes with."""

import json
import shutil
import subprocess
import sys
import venv
from pathlib import Path

import pytest

pytestmark = pytest.mark.services

ROOT = Path(__file__).parents[2]
MODELS = "py-ocsf-models==0.10.0"
READ = """
import json, sys
from py_ocsf_models.events.findings.compliance_finding import ComplianceFinding
for event in json.load(open(sys.argv[1])):
    read = ComplianceFinding.model_validate(event)
    print(json.dumps([read.metadata.version, read.severity_id.value, read.compliance.control,
                      read.compliance.status_id.value, read.finding_info.uid, read.time, read.type_uid.value]))
"""


def test_another_reader_gets_what_was_written(tmp_path: Path) -> None:
    folder = tmp_path / "globex"
    shutil.copytree(ROOT / "fixtures/globex", folder)
    command = [sys.executable, "-m", "pytest", "--soc2", "--soc2-format=ocsf", "-q"]
    subprocess.run(command, cwd=folder, check=False, capture_output=True)
    file = folder / "soc2-report/results.ocsf.json"
    venv.create(tmp_path / "venv", with_pip=True)
    python = tmp_path / "venv/bin/python"
    subprocess.run([python, "-m", "pip", "install", "--quiet", MODELS], check=True)
    done = subprocess.run([python, "-c", READ, file], check=True, capture_output=True, text=True)
    events = json.loads(file.read_text("utf-8"))
    assert len(events) > 300
    assert [json.loads(line) for line in done.stdout.splitlines()] == [
        [
            event["metadata"]["version"],
            event["severity_id"],
            event["compliance"].get("control"),
            event["compliance"]["status_id"],
            event["finding_info"]["uid"],
            event["time"],
            event["type_uid"],
        ]
        for event in events
    ]
