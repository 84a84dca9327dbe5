"""Fakes of vendors' tools on PATH, which behave as the real ones do, and the rounds of collecting against them."""

import os
import shlex
import subprocess
from pathlib import Path

from click.testing import CliRunner
from runs import forked_command

from soc2test.cli.main import main

__all__ = ["Company", "saves"]


class Company:
    """A programme in the current folder, and a folder of tools that goes before all others on PATH."""

    def __init__(self, root: Path, sources: str) -> None:
        self.root, self.bin, self.log = root, root / "bin", root / "asked.log"
        self.bin.mkdir()
        self.exports = root / "exports"
        self.env = {
            **os.environ,
            "PATH": f"{self.bin}:{os.environ['PATH']}",
            "LOG": str(self.log),
            "SOC2TEST": forked_command(),  # each round ends with it
            "SOC2TEST_PAUSE": "0",
        }
        (root / "soc2.yaml").write_text(f"system: A\nsources:\n{sources}")

    def tool(self, name: str, body: str) -> None:
        """A tool: `body` is the inside of `case "$*" in ... esac`; each call is logged."""
        path = self.bin / name
        path.write_text(f'#!/bin/sh\nprintf "%s\\n" "{name} $*" >>"$LOG"\ncase "$*" in\n{body}\nesac\n')
        path.chmod(0o755)

    def script(self, *args: str) -> str:
        """What `soc2test evidence --format sh` prints."""
        result = CliRunner().invoke(main, ["evidence", "--format", "sh", *args], catch_exceptions=False)
        assert result.exit_code == 0, result.output
        return result.stdout

    def run(self, text: str, shell: str = "sh", **env: str) -> "subprocess.CompletedProcess[str]":
        """The script, run."""
        return subprocess.run(
            [shell, "-c", text], capture_output=True, text=True, check=False, env={**self.env, **env}, timeout=120
        )

    def round(self, *args: str, **env: str) -> "subprocess.CompletedProcess[str]":
        """Print it and run it."""
        return self.run(self.script(*args), **env)

    def asked(self) -> list[str]:
        """All calls of tools since the last time this was asked, those for a version left out."""
        lines = self.log.read_text().splitlines() if self.log.exists() else []
        self.log.unlink(missing_ok=True)
        return [line for line in lines if "version" not in line]


def saves(text: str) -> dict[str, str]:
    """File -> command of each line that saves."""
    lines = [shlex.split(line) for line in text.splitlines() if line.startswith("save ")]
    return {file: command for _, file, command in lines}
