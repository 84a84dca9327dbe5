"""A copy of the tree in which faults are tried, with an environment of its own, so that every test there imports the copy.

An editable install names the folders of its packages in a finder. The environment holds a finder that names the copy's,
and takes everything else from the environment that runs this: forked runs, subprocesses without any variable and the
installed commands all import what was mutated.
"""

import os
import resource
import shutil
import signal
import subprocess
import sys
import sysconfig
import time
import venv
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from benchmarks.covering import DATA, Covering

__all__ = ["Outcome", "Tree", "copied"]

ROOT = Path(__file__).parents[1]
_LEFT_OUT = (".git", ".venv", ".*_cache", ".hypothesis", "build", "findings", "soc2-report", "__pycache__")
_COMMANDS = ("pytest", "soc2test")
_MOST_MEMORY = 8 << 30
"""bytes: a fault may let a list grow without end"""
_PASSED, _NO_TESTS = 0, 5
_GRACE = 3
"""how many times as long as without a fault the tests may take"""
_MEASURING = 3600
"""seconds that all tests of a folder may take while their lines are measured"""


class Outcome(StrEnum):
    """What the tests made of a fault."""

    NOTICED = "noticed"
    HUNG = "hung"
    SURVIVED = "survived"


@dataclass(frozen=True)
class Tree:
    """The copy, and the Python whose imports come from it."""

    root: Path
    python: Path
    temporary: Path

    @contextmanager
    def holding(self, path: str, source: bytes) -> Iterator[None]:
        """The file with other content, for a while."""
        file = self.root / path
        before = file.read_bytes()
        self._write(file, source)
        try:
            yield
        finally:
            self._write(file, before)

    def outcome(self, tests: Sequence[str], seconds: float) -> Outcome:
        """Of the first test that fails, or of all. Raises ValueError where there is none: it could notice nothing."""
        command = [
            str(self.python), "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", "--hypothesis-seed=0", "--tb=no", *tests,
        ]  # fmt: skip
        try:
            code = self._run(command, {}, seconds)
        except subprocess.TimeoutExpired:
            return Outcome.HUNG
        if code == _NO_TESTS:
            raise ValueError(f"no test in {' '.join(tests)}")
        return Outcome.SURVIVED if code == _PASSED else Outcome.NOTICED

    def covering(self, tests: Sequence[str]) -> Covering:
        """Which of the tests run which lines. Raises ValueError where they fail without a fault."""
        data = self.root.parent / f"lines-{len([*self.root.parent.glob('lines-*')])}"
        command = [
            str(self.python), "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "benchmarks.covering",
            "--hypothesis-seed=0", "--tb=no", *tests,
        ]  # fmt: skip
        if self._run(command, {DATA: str(data)}, _MEASURING) != _PASSED:
            raise ValueError(f"these tests fail without any fault where their lines are measured: {' '.join(tests)}")
        return Covering(data, self.root)

    def _run(self, command: Sequence[str], more: Mapping[str, str], seconds: float) -> int:
        """Run in the copy to its end. Raises `subprocess.TimeoutExpired`."""
        self.temporary.mkdir()
        running = subprocess.Popen(
            command, cwd=self.root, env={**self._environment(), **more}, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
            preexec_fn=_limited,  # noqa: PLW1509  # one thread
        )  # fmt: skip
        try:
            return running.wait(timeout=seconds)
        finally:
            with suppress(ProcessLookupError):
                os.killpg(running.pid, signal.SIGKILL)  # also what a hanging test has started
            running.wait()
            shutil.rmtree(self.temporary, ignore_errors=True)
            shutil.rmtree(self.root / ".hypothesis", ignore_errors=True)  # its examples are of one fault

    def limit(self, tests: Sequence[str]) -> float:
        """The seconds that the tests may take. Raises ValueError where they fail without a fault: that would prove nothing."""
        before = time.monotonic()
        if self.outcome(tests, 1200) is not Outcome.SURVIVED:
            raise ValueError(f"these tests fail without any fault: {' '.join(tests)}")
        return _GRACE * (time.monotonic() - before) + 10

    def _environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
        return {**kept, "TMPDIR": str(self.temporary)}

    def _write(self, file: Path, source: bytes) -> None:
        """Bytecode is known by time and size of its source, and both may be those of the file before."""
        file.write_bytes(source)
        for compiled in (file.parent / "__pycache__").glob(f"{file.stem}.*.pyc"):
            compiled.unlink()


def copied(folder: Path) -> Tree:
    """Copy the tree below `folder`, and make its environment."""
    root, environment = folder / "tree", folder / "env"
    shutil.copytree(ROOT, root, ignore=shutil.ignore_patterns(*_LEFT_OUT))
    venv.create(environment, symlinks=True)
    own = Path(sysconfig.get_path("purelib"))
    other = Path(sysconfig.get_path("purelib", vars={"base": str(environment)}))
    finders = [*own.glob("__editable___soc2test_*_finder.py")]
    if len(finders) != 1:
        raise RuntimeError("soc2test is not installed as `make soc2` does")
    text = finders[0].read_text()
    if f"'{ROOT}/soc2test'" not in text:
        raise RuntimeError(f"soc2test is installed from elsewhere than {ROOT}")
    (other / finders[0].name).write_text(text.replace(f"'{ROOT}/", f"'{root}/"))
    (other / "all_else.pth").write_text(f"import site; site.addsitedir({str(own)!r})\n")
    for name in _COMMANDS:
        script = environment / "bin" / name
        script.write_text(
            (Path(sys.executable).parent / name)
            .read_text()
            .replace(sys.executable, str(environment / "bin" / "python"))
        )
        script.chmod(0o755)
    return Tree(root=root, python=environment / "bin" / "python", temporary=folder / "t")


def _limited() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))
