"""Real plugins of pytest in an environment of their own: no verdict changes, or exit 3 (4) with the reason."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from programmes import HEAD, PLUGIN

pytestmark = pytest.mark.services

ROOT = Path(__file__).parents[2]
PLUGINS = (
    "pytest-xdist==3.8.0",
    "pytest-rerunfailures==16.7",
    "pytest-timeout==2.4.0",
    "pytest-randomly==5.1.0",
    "pytest-forked==1.7.5",
    "pytest-testmon==2.2.0",
)
OTHERS_OFF = ("-p", "no:randomly", "-p", "no:testmon", "-p", "no:rerunfailures")

POLICIES = '''
@pytest.fixture
def flaky():
    first = not os.path.exists("seen")
    open("seen", "w").close()
    if first: raise RuntimeError
    return 1

@pytest.fixture
def late():
    yield 1
    first = not os.path.exists("seen-late")
    open("seen-late", "w").close()
    if first: raise RuntimeError

@control("OWN-01", criteria=["CC6.1"], nature="state")
def test_passes(thing: Thing):
    """Every thing has an id."""
    assert thing.id

@control("OWN-02", criteria=["CC6.1"], nature="state")
def test_fails(thing: Thing):
    """Every thing is good."""
    assert thing.good

@control("OWN-03", criteria=["CC6.1"], nature="state")
def test_breaks_first(thing: Thing, flaky):
    """Its fixture breaks the first time."""
    assert thing.id

@control("OWN-04", criteria=["CC6.1"], nature="state")
def test_breaks_late(thing: Thing, late):
    """Its fixture breaks in its teardown."""
    assert thing.id

@control("OWN-05", criteria=["CC6.1"], nature="state")
def test_is_unknown(thing: Thing):
    """Nobody exported owners."""
    assert thing.owner
'''
HANGS = '''
@control("OWN-09", criteria=["CC6.1"], nature="state")
def test_zz_hangs(thing: Thing):
    """Hangs on each thing."""
    import time
    while thing.id:
        time.sleep(0.05)
    assert thing.good
'''
VERDICTS = {"OWN-01": "pass", "OWN-02": "fail", "OWN-03": "error", "OWN-04": "error", "OWN-05": "not_evaluated"}


@dataclass(frozen=True)
class Outcome:
    """Exit code, output and matrix of one run."""

    code: int
    output: str
    matrix: Mapping[str, Any]

    @property
    def verdicts(self) -> dict[str, str]:
        return {each["id"]: each["verdict"] for each in self.matrix["controls"] if each["id"].startswith("OWN")}

    @property
    def reason(self) -> str:
        return str(self.matrix["incomplete_because"])


@pytest.fixture(scope="session")
def python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The interpreter of an environment with the project and all these plugins."""
    folder = tmp_path_factory.mktemp("plugins")
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    interpreter = folder / "bin" / "python"
    subprocess.run([interpreter, "-m", "pip", "install", "--quiet", "--editable", ROOT, *PLUGINS], check=True)
    return interpreter


@pytest.fixture
def programme(tmp_path: Path) -> Path:
    files = {
        "soc2.yaml": "system: Test\nsources: {things: {orgs: [one]}}\n",
        "pytest.ini": "[pytest]\n",
        "plugins/things.py": PLUGIN,
        "policies/own.py": HEAD + POLICIES,
        "exports/things/one/things.list.json": json.dumps(
            {"things": [{"id": "a", "good": True}, {"id": "b", "good": False}, {"id": "c", "good": True}]}
        ),
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


def run(python: Path, programme: Path, *args: str) -> Outcome:
    for name in ("seen", "seen-late"):
        (programme / name).unlink(missing_ok=True)
    command = [str(python), "-m", "pytest", "--soc2", "--soc2-as-of=2026-11-20", "policies", *args]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    done = subprocess.run(
        command, cwd=programme, env=environment, capture_output=True, text=True, timeout=120, check=False
    )
    matrix = json.loads((programme / "soc2-report/matrix.json").read_text())
    return Outcome(done.returncode, done.stdout + done.stderr, matrix)


SAME: dict[str, tuple[str, ...]] = {
    "none": OTHERS_OFF,
    "all loaded": (),
    "xdist": (*OTHERS_OFF, "-n", "2"),
    "xdist, by file": (*OTHERS_OFF, "-n", "2", "--dist", "loadfile"),
    "xdist, stealing": (*OTHERS_OFF, "-n", "2", "--dist", "worksteal"),
    "reruns": ("--reruns", "2"),
    "reruns in workers": ("--reruns", "2", "-n", "2"),
    "reruns of what names an error": ("--reruns", "2", "--only-rerun", "RuntimeError"),
    "a time limit that is not met, by signal": ("--timeout", "60", "--timeout-method", "signal"),
    "a time limit that is not met, by thread": ("--timeout", "60", "--timeout-method", "thread"),
    "another order": ("-p", "randomly", "-p", "no:testmon"),
    "another order in workers": ("-p", "randomly", "-n", "2"),
    "testmon, the first time": ("--testmon",),
    "all at once": ("--reruns", "1", "--timeout", "60", "-n", "2"),
}


@pytest.mark.parametrize("args", SAME.values(), ids=SAME)
def test_no_verdict_changes(python: Path, programme: Path, args: tuple[str, ...]) -> None:
    outcome = run(python, programme, *args)
    assert (outcome.code, outcome.verdicts) == (1, VERDICTS), outcome.output
    findings = next(each["findings"] for each in outcome.matrix["controls"] if each["id"] == "OWN-02")
    assert [each["resource"] for each in findings] == ["b"]


@pytest.mark.parametrize("workers", [(), ("-n", "2")], ids=["plain", "workers"])
@pytest.mark.parametrize("method", ["signal", "thread"])
def test_a_control_that_hangs_is_ended(python: Path, programme: Path, method: str, workers: tuple[str, ...]) -> None:
    (programme / "policies/hangs.py").write_text(HEAD + HANGS)
    outcome = run(python, programme, "--timeout", "3", "--timeout-method", method, *OTHERS_OFF, *workers)
    assert outcome.code == 3, outcome.output
    assert outcome.verdicts["OWN-09"] in ("error", "not_evaluated")
    assert {id: outcome.verdicts[id] for id in ("OWN-01", "OWN-02")} in (
        {"OWN-01": "pass", "OWN-02": "fail"}, dict.fromkeys(("OWN-01", "OWN-02"), "not_evaluated"),
    )  # fmt: skip
    assert any(words in outcome.reason for words in ("ended from outside", "ended by pytest-timeout", "were lost"))


def test_what_testmon_leaves_out_is_told(python: Path, programme: Path) -> None:
    run(python, programme, "--testmon")
    outcome = run(python, programme, "--testmon")
    assert outcome.code == 3 or outcome.verdicts == VERDICTS, outcome.output
    assert outcome.matrix["complete"] is False
    assert "pass" not in outcome.verdicts.values() or outcome.verdicts == VERDICTS


def test_forked_is_refused_with_the_reason(python: Path, programme: Path) -> None:
    outcome = run(python, programme, "--forked")
    assert (outcome.code, outcome.matrix["state"]) == (4, "started")
    assert "--forked tests each control in a process of its own" in outcome.output
