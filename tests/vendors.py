"""Fakes of vendors' tools on PATH, which behave as the real ones do, and the rounds of collecting against them."""

import json
import os
import shlex
import subprocess
from collections.abc import Iterator
from pathlib import Path

from click.testing import CliRunner
from runs import forked_command

from soc2test.cli.here import Here, open_here
from soc2test.cli.main import main
from soc2test.evidence.record import Evidence
from soc2test.finding.places import place_of
from soc2test.inventory.dating import Clock, given_moment
from soc2test.inventory.load import load_inventory
from soc2test.inventory.opening import request_for

__all__ = ["ACME", "AS_OF", "Answers", "Company", "by_name", "saves"]

ACME = Path(__file__).parents[1] / "fixtures/acme"
AS_OF = "2026-11-20T12:00:00Z"


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


class Answers:
    """What the sample company's vendors answer, by the file that an answer is saved as."""

    def __init__(self) -> None:
        self.here: Here = open_here(ACME / "soc2.yaml")
        self.by_file: dict[str, bytes] = {}
        for each, body in self.exports():
            source = self.here.plugins.sources[each.source]
            self.by_file[place_of(source, source.operations[each.operation], each.subject)] = body

    def exports(self) -> Iterator[tuple[Evidence, bytes]]:
        """Each export of the company with its body, of a record among others that one's."""
        clock = Clock(given_moment(AS_OF), given_moment(AS_OF))
        controls = [known.control for known in self.here.controls().values()]
        asked = self.here.config, self.here.plugins, self.here.declared, controls, ACME / "exports", clock
        for each in load_inventory(request_for(*asked)).inventory.exports():
            raw = (ACME / "exports" / each.path).read_bytes()
            if "#" in each.id:
                record = raw.splitlines()[int(each.id.rpartition("#")[2]) - 1]
                raw = json.dumps(json.loads(record).get("body")).encode()
            yield each, raw

    def of(self, file: str) -> bytes | None:
        """The body that is saved as a file; None where the company's own exports never made that call."""
        return self.by_file.get(file, self.by_file.get(by_name(file)))


def by_name(file: str) -> str:
    """A trail's file in its home region and by its name, as the sample has it: AWS takes the ARN in each region."""
    name = file.replace("arn%3Aaws%3Acloudtrail%3Aeu-west-1%3A012345678901%3Atrail%2F", "")
    return name.replace("us-east-1", "eu-west-1")
