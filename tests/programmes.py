"""A programme on disk that tests build in a few lines."""

import json
from pathlib import Path
from typing import Any

import pytest
from own_controls_alone import ASKED
from runs import run_pytest

# hypothesis imports itself at the end of each run, which takes as long as all the rest
_PLAIN = ("-p", "no:randomly", "-p", "no:hypothesispytest")


class Programme:
    """A programme on disk, with a plugin of its own for the kind `Thing`, and a way to run it."""

    def __init__(self, pytester: pytest.Pytester) -> None:
        self.pytester = pytester
        self.shipped = False
        """whether its runs load the shipped controls beside its own"""
        self.path = pytester.path
        self.write("soc2.yaml", "system: Test\nsources:\n  things:\n    orgs: [one]\n")
        self.write("plugins/things.py", PLUGIN)

    def write(self, name: str, text: str) -> Path:
        """Write a file below the programme's root."""
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def things(self, *things: dict[str, Any], name: str = "things.list.json", **wrapper: Any) -> None:
        """Write an export of things."""
        self.write(f"exports/things/one/{name}", json.dumps({"things": list(things), **wrapper}))

    def policy(self, text: str, name: str = "own.py") -> None:
        """Write a policy file; the usual imports stand above it."""
        self.write(f"policies/{name}", HEAD + text)

    def run(self, *args: str, as_of: str | None = "2026-11-20T12:00:00Z") -> pytest.RunResult:
        """Run `pytest --soc2 policies` in a process of its own."""
        moment = ["--soc2-as-of", as_of] if as_of else []
        more = {} if self.shipped else {ASKED: "1"}
        return run_pytest(self.pytester, *_PLAIN, "--soc2", *moment, *(args or ("policies",)), environment=more)

    def matrix(self) -> dict[str, Any]:
        """The matrix of the last run."""
        matrix: dict[str, Any] = json.loads((self.path / "soc2-report/matrix.json").read_text("utf-8"))
        return matrix

    def verdict(self, id: str) -> str:
        """The verdict of one control in the last run."""
        return str(self.control(id)["verdict"])

    def control(self, id: str) -> dict[str, Any]:
        """The matrix entry of one control."""
        found: dict[str, Any] = next(each for each in self.matrix()["controls"] if each["id"] == id)
        return found


PLUGIN = """
from soc2test import Resource, Source, facts, hookimpl

class Thing(Resource, frozen=True, gc=False, kw_only=True):
    good: bool
    owner: str | None

things = Source("things", scope=["org"], command="things {operation} --org {org}", denied=["AccessDenied"], nature="system")

@things.reads("things list", kind=Thing, items="things", lists=True, next="next")
def thing(item, at):
    return facts(item["id"], good=item["good"])

@things.reads("things owner", kind=Thing, subject="thing", absent=["NoOwner"])
def owner(body, at):
    return facts(at["thing"], owner=None if body is None else body["owner"])

@hookimpl
def soc2_sources():
    return [things]
"""

HEAD = """import os, sys, threading
import pytest
from soc2test import Population, control, deviation
from soc2test_programme_plugins.things import Thing

"""
