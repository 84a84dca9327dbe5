"""A programme of a few lines, and what `soc2test lint` finds in it. The shipped controls are not looked at."""

from pathlib import Path

from soc2test.controls.packs import load_pack
from soc2test.errors import ProgrammeError
from soc2test.imports import PROGRAMME_POLICIES
from soc2test.linting.finding import LintFinding
from soc2test.linting.looked_at import LookedAt
from soc2test.linting.rules import lint
from soc2test.programme.programme import load_programme
from soc2test.sources.loading import load_plugins

__all__ = ["HEAD", "Case"]

HEAD = (
    "from soc2test import AccountEvent, Device, Identity, Person, Population, UnknownFact, Vendor, control, deviation\n"
)
"""The first line of each policy file, so that the text of a test begins in its second."""


class Case:
    """A programme on disk."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.write("soc2.yaml", "system: Test\n")

    def write(self, name: str, text: str) -> None:
        """Write a file of it."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")

    def policy(self, text: str, name: str = "own.py") -> None:
        """Write a policy file."""
        self.write(f"policies/{name}", HEAD + text)

    def looked_at(self) -> LookedAt:
        """The loaded programme."""
        plugins = load_plugins(self.root / "plugins")
        pack = load_pack(PROGRAMME_POLICIES, self.root / "policies")
        try:
            config = load_programme(self.root / "soc2.yaml")
        except ProgrammeError as error:
            raise AssertionError(str(error)) from error
        return LookedAt(packs=(pack,), plugins=plugins, config=config)

    def findings(self, rule: str) -> list[LintFinding]:
        """What a rule finds."""
        return [finding for finding in lint(self.looked_at()) if finding.rule == rule]

    def found(self, rule: str) -> list[tuple[str, str]]:
        """The same as place and subject."""
        return [(finding.place, finding.subject) for finding in self.findings(rule)]

    def text(self, rule: str) -> str:
        """The words of the one finding of a rule."""
        (finding,) = self.findings(rule)
        return finding.text
