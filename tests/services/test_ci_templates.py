"""The workflows that `soc2test init --ci` writes, held to what others know of them; that of GitLab runs as it stands."""

import json
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

import pytest
from click.testing import CliRunner

from soc2test.cli.main import main

pytestmark = pytest.mark.services

ROOT = Path(__file__).parents[2]
NPM = ("gitlab-ci-local@4.60.1", "npm-groovy-lint@15.2.2")
"""the newest of both that run on Node.js 18 to 20"""
SCHEMAS = "check-jsonschema==0.39.0"


@pytest.fixture(scope="module")
def programme(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A programme with the workflow of each system, in a git repository."""
    folder = tmp_path_factory.mktemp("programme")
    for ci in ("gitlab", "jenkins", "azure"):
        assert CliRunner().invoke(main, ["init", str(folder), "--ci", ci]).exit_code == 0
    git = ["git", "-c", "user.name=ann", "-c", "user.email=ann@acme.example"]
    for command in (["init", "--quiet"], ["add", "--all"], ["commit", "--quiet", "--message", "first"]):
        subprocess.run([*git, *command], cwd=folder, check=True)
    return folder


@pytest.fixture(scope="module")
def npm(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the programs of npm."""
    if shutil.which("npm") is None:
        pytest.skip("npm is not installed")
    folder = tmp_path_factory.mktemp("npm")
    (folder / "package.json").write_text("{}")
    subprocess.run(["npm", "install", "--no-fund", "--no-audit", *NPM], cwd=folder, check=True)
    return folder / "node_modules/.bin"


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of programs of an environment of its own, with nothing in it but pip."""
    folder = tmp_path_factory.mktemp("python")
    venv.create(folder, with_pip=True)
    return folder / "bin"


def valid(python: Path, schema: str, file: Path, *more: str) -> bool:
    """Whether check-jsonschema, which has the vendors' schemas with it, finds nothing in the file."""
    if not (python / "check-jsonschema").exists():
        subprocess.run([python / "pip", "install", "--quiet", SCHEMAS], check=True)
    command: list[str | Path] = [
        python / "check-jsonschema",
        "--builtin-schema",
        f"vendor.{schema}",
        "--data-transform",
        schema,
    ]
    return subprocess.run([*command, *more, file], check=False, capture_output=True).returncode == 0


def test_gitlab_s_schema_holds(python: Path, programme: Path, tmp_path: Path) -> None:
    file = programme / ".gitlab-ci.yml"
    assert valid(python, "gitlab-ci", file)
    wrong = tmp_path / ".gitlab-ci.yml"
    wrong.write_text(file.read_text("utf-8").replace("artifacts:", "artefacts:"), "utf-8")
    assert not valid(python, "gitlab-ci", wrong)


def test_azure_s_schema_holds(python: Path, programme: Path, tmp_path: Path) -> None:
    """The schema takes a schedule's `always` as text alone, though Azure's documentation writes true."""
    text = (programme / "azure-pipelines.yml").read_text("utf-8").replace("always: true", 'always: "true"')
    right, wrong = tmp_path / "right.yml", tmp_path / "wrong.yml"
    right.write_text(text, "utf-8")
    wrong.write_text(text.replace("testResultsFormat: JUnit", "testResultsFormat: Junit5"), "utf-8")
    assert valid(python, "azure-pipelines", right, "--regex-variant", "nonunicode")
    assert not valid(python, "azure-pipelines", wrong, "--regex-variant", "nonunicode")


def groovy_errors(npm: Path, folder: Path) -> int:
    """How many errors, of its grammar above all, a Jenkinsfile has."""
    asked: list[str | Path] = [
        npm / "npm-groovy-lint",
        "--noserver",
        "--output",
        "json",
        "--path",
        folder,
        "--files",
        "**/Jenkinsfile",
    ]
    told = subprocess.run(asked, check=False, capture_output=True, text=True).stdout
    return int(json.loads(told[told.index("{") :])["summary"]["totalFoundErrorNumber"])


def test_the_jenkinsfile_can_be_read_as_groovy(npm: Path, programme: Path, tmp_path: Path) -> None:
    text = (programme / "Jenkinsfile").read_text("utf-8")
    right, wrong = tmp_path / "right", tmp_path / "wrong"
    for folder, content in ((right, text), (wrong, text.replace("stages {", "stages {{", 1))):
        folder.mkdir()
        (folder / "Jenkinsfile").write_text(content, "utf-8")
    assert groovy_errors(npm, right) == 0
    assert groovy_errors(npm, wrong) > 0


def test_gitlab_s_job_installs_tests_and_keeps_the_report_of_a_failed_run(
    npm: Path, python: Path, programme: Path, tmp_path: Path
) -> None:
    if shutil.which("rsync") is None:
        subprocess.run(["apt-get", "update", "-qq"], check=True, capture_output=True)
        subprocess.run(["apt-get", "install", "-y", "-qq", "rsync"], check=True, capture_output=True)
    wheel: list[str | Path] = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--quiet",
        "--no-deps",
        "--wheel-dir",
        tmp_path,
        ROOT,
    ]
    subprocess.run(wheel, check=True)
    path = os.pathsep.join((str(python), os.environ["PATH"]))
    done = subprocess.run(
        [npm / "gitlab-ci-local", "--force-shell-executor", "--no-color", "soc2"],
        cwd=programme, env={**os.environ, "PATH": path, "PIP_FIND_LINKS": str(tmp_path)}, check=False,
        capture_output=True, text=True, timeout=600,
    )  # fmt: skip
    kept = programme / ".gitlab-ci-local/artifacts/soc2/soc2-report"
    assert done.returncode == 1, done.stdout[-3000:] + done.stderr[-1000:]  # people.yaml is a sample yet
    assert "1 with deviations" in done.stdout
    assert {"junit.xml", "matrix.html", "matrix.json"} <= {each.name for each in kept.iterdir()}
