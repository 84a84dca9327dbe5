"""The tests of a pack, run as a process of their own: when it is made, and when somebody runs them again."""

import os
import subprocess
import sys
from pathlib import Path

from soc2test.pack.names import PROGRAMME, STORE, About, PackError

__all__ = ["command_of", "run_tests"]

_ENDED = (0, 1)
"""exit codes of a run that tested: all held, or something deviates"""
_OF_CI = ("GITHUB_", "GITLAB_", "CI", "BUILD", "PYTEST_", "JENKINS_", "TF_", "CIRCLE")
_SHOWN = 20


def command_of(about: About) -> list[str]:
    """What is run in the pack's programme/, but for the interpreter and the report folder."""
    dates = [] if about.report_date is None else [f"--soc2-report-date={about.report_date}"]
    return ["pytest", "--soc2", f"--soc2-period={about.period}", *dates, f"--soc2-store=../{STORE}"]


def run_tests(pack: Path, about: About, report: Path, control: str | None = None) -> int:
    """Run the tests over the pack's store; the exit code, 0 or 1. Raises `PackError` where they did not run."""
    chosen = [] if control is None else [f"--soc2-control={control}"]
    command = [sys.executable, "-m", *command_of(about), f"--soc2-report={report}", "-p", "no:cacheprovider", *chosen]
    environment = {name: value for name, value in os.environ.items() if not name.startswith(_OF_CI)}
    done = _ended(command, pack / PROGRAMME, {**environment, "PYTHONDONTWRITEBYTECODE": "1"})
    if done.returncode not in _ENDED or not (report / "controls.ndjson").is_file():
        last = "\n".join(done.stdout.splitlines()[-_SHOWN:])
        raise PackError(f"the tests did not run to their end (exit code {done.returncode}):\n{last}")
    return done.returncode


def _ended(command: list[str], folder: Path, environment: dict[str, str]) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(  # noqa: S603  # our own command line
        command, cwd=folder, env=environment, check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        errors="replace",
    )  # fmt: skip
