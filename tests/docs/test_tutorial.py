"""The tutorial, done as it stands: each file is written, each command run in order, what it prints compared."""

import os
import re
import shlex
from collections.abc import Iterator
from datetime import UTC, datetime
from fnmatch import fnmatchcase
from pathlib import Path
from typing import NamedTuple

import pytest
from runs import run_forked

PAGE = Path(__file__).parents[2] / "docs/tutorial.md"


class Step(NamedTuple):
    """What a reader does: writes a file, replaces a text in one, or types a command and sees lines."""

    does: str
    about: str
    text: str


def steps() -> Iterator[Step]:
    """In the order of the page; each console block may hold several commands."""
    pattern = r"^Write `(.+?)`:\n```\w+\n(.*?)^```$|^Replace in `(.+?)`: (`.+? by `.+?`)\.$|^```console\n(.*?)^```$"
    for found in re.finditer(pattern, PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL):
        if found[1]:
            yield Step("write", found[1], found[2])
        elif found[3]:
            yield Step("replace", found[3], found[4])
        else:
            for command in re.finditer(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", found[5], re.MULTILINE):
                yield Step("run", command[1], command[2])


def fits(shown: list[str], wanted: list[str]) -> bool:
    """Whether lines are shown in this order; `...` stands for any lines, and at a line's end for any text."""
    at = 0
    for line in wanted:
        if line == "...":
            continue
        pattern = re.sub(r"([\[\]*?])", r"[\1]", line.removesuffix("...")) + ("*" if line.endswith("...") else "")
        at = next((place + 1 for place in range(at, len(shown)) if fnmatchcase(shown[place].rstrip(), pattern)), -1)
        if at < 0:
            return False
    return True


def test_the_page_has_its_steps() -> None:
    counts = {kind: sum(step.does == kind for step in steps()) for kind in ("write", "replace", "run")}
    assert counts == {"write": 2, "replace": 2, "run": 10}


@pytest.mark.parametrize(("shown", "fitting"), [(["a", "b", "c d"], True), (["a", "c d"], True), (["c d", "a"], False)])
def test_lines_are_looked_for_in_their_order(shown: list[str], fitting: bool) -> None:
    assert fits(shown, ["a", "...", "c..."]) is fitting


def test_it_goes_as_it_is_told(tmp_path: Path) -> None:
    own = ("PYTEST", "GITHUB", "CI")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(own)}
    environment["COLUMNS"] = "140"  # as wide as the page shows its lines
    for step in steps():
        path = tmp_path / step.about
        if step.does == "write":
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(step.text.replace("{{today}}", f"{datetime.now(UTC):%Y-%m-%d}"), encoding="utf-8")
        elif step.does == "replace":
            before, after = re.findall(r"`(.+?)`", step.text)
            text = path.read_text("utf-8")
            assert before in text
            path.write_text(text.replace(before, after), encoding="utf-8")
        elif not step.about.startswith("pip "):  # it is installed
            program, *arguments = shlex.split(step.about)
            done = run_forked(arguments, str(tmp_path), environment, program)
            wanted = step.text.splitlines()
            assert fits(done.stdout.splitlines(), wanted), f"{step.about}\n{done.stdout}\n{done.stderr}"
            failing = any(line.startswith("FAILED") for line in wanted)
            assert (done.returncode == 1) is failing, f"{step.about}: {done.returncode}"
