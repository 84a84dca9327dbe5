"""Many small files: a company of N accounts, each with acme's AWS exports, beside a loop of `json.loads` over them.

    python -m benchmarks.many_files [ACCOUNTS ...]

Prints for each number of accounts the CPU seconds of whole processes, their ratio and the memory of `pytest --soc2`, and
what one more file costs from each to the next. The verdicts have to be those of one account, over N times as much.
Then the same of folders of accounts that soc2.yaml does not declare, each with one file: each is a gap of its own in
every population, so that a folder costs more than a file, and the next has to cost what the last did.
"""

import json
import sys
import tempfile
from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from tabulate import tabulate

from benchmarks.company import write
from benchmarks.processes import Cost, cpu_ratio, environment, measure, middle
from benchmarks.target import Target

_LOOP = """
import json, pathlib, sys
for path in pathlib.Path(sys.argv[1]).rglob("*"):
    if path.is_file() and path.suffix == ".json":
        try:
            json.loads(path.read_bytes())
        except ValueError:
            pass
"""
_RUN = ["-m", "pytest", "-p", "soc2test.pytest_plugin.plugin", "-p", "no:cacheprovider", "--soc2", "-q"]
_TURNS = 3
_DEFAULT = (50, 200)
_UNDECLARED = (100, 800, 1600)
_ONE_FILE = "s3api.list-buckets.json"
_RATIO, _MARGIN, _KB = 10, 1.15, 4


class _Size(NamedTuple):
    """A company of so many accounts: its files, and what both cost in each turn."""

    accounts: int
    files: int
    loop: Sequence[Cost]
    run: Sequence[Cost]

    @property
    def cpu(self) -> float:
        return middle(self.run).cpu


def main() -> int:
    """Measure each size in turn; 1 where a verdict is another one or a figure is missed."""
    sizes = [int(each) for each in sys.argv[1:]] or list(_DEFAULT)
    with tempfile.TemporaryDirectory(prefix="many-") as folder:
        root = Path(folder)
        env = environment(root / "caches")
        one = _measured(root / "one", 1, env)  # first, so that byte code is there as after `pip install`
        expected = _told(root / "one")
        measured, wrong = [], []
        for accounts in sizes:
            measured.append(_measured(root / f"many-{accounts}", accounts, env))
            wrong += _wrong(expected, _told(root / f"many-{accounts}"), accounts)
        undeclared = [_measured(root / f"undeclared-{accounts}", accounts, env, own=1) for accounts in _UNDECLARED]
    _print(measured, "accounts")
    _print(undeclared, "undeclared")
    targets = [*_targets(one, measured), _linear(undeclared, "undeclared folder")]
    print(tabulate([each.row() for each in targets], ("figure", "found", "at most", ""), disable_numparse=True))
    for text in wrong:
        print(f"WRONG: {text}")
    return 1 if wrong or any(each.found > each.most for each in targets) else 0


def _measured(root: Path, accounts: int, env: Mapping[str, str], *, own: int | None = None) -> _Size:
    """With `own` that many accounts are declared, and each has one file."""
    files = write(root, accounts) if own is None else write(root, accounts, declared=own, only=_ONE_FILE)
    loop, run = [], []
    for _ in range(_TURNS):
        loop.append(measure([sys.executable, "-c", _LOOP, str(root / "exports")], env, root))
        run.append(measure([sys.executable, *_RUN], env, root))
    return _Size(accounts=accounts, files=files, loop=loop, run=run)


def _told(root: Path) -> dict[str, tuple[str, int]]:
    matrix = json.loads((root / "soc2-report" / "matrix.json").read_text("utf-8"))
    return {each["id"]: (each["verdict"], each["population"] or 0) for each in matrix["controls"]}


def _wrong(expected: Mapping[str, tuple[str, int]], told: Mapping[str, tuple[str, int]], accounts: int) -> list[str]:
    """Controls over the exports themselves count scopes, of which the regions stay as many."""
    return [
        f"{id} is {told[id]} over {accounts} accounts, not {accounts} times {verdict}, {population}"
        for id, (verdict, population) in expected.items()
        if told[id][0] != verdict or (told[id][1] != accounts * population and not id.startswith("EVD-"))
    ]


def _print(sizes: Sequence[_Size], accounts: str) -> None:
    columns = ("files", accounts, "json loop", "pytest --soc2", "ratio", "MB")
    print(tabulate([_row(each) for each in sizes], columns, floatfmt=".2f"), "\n")


def _row(size: _Size) -> tuple[int, int, float, float, float, float]:
    loop, run = middle(size.loop), middle(size.run)
    return size.files, size.accounts, loop.cpu, run.cpu, cpu_ratio(size.run, size.loop), run.mb


def _targets(one: _Size, sizes: Sequence[_Size]) -> list[Target]:
    last, found = sizes[-1], []
    base = middle(one.run).mb
    found.append(Target(f"{last.files:,} files: CPU, of the json loop's", cpu_ratio(last.run, last.loop), _RATIO))
    kb = (middle(last.run).mb - base) * 1024 / (last.files - one.files)
    found.append(Target(f"{last.files:,} files: memory a file above the base", kb, _KB, " KB"))
    if len(sizes) > 1:
        found.append(_linear((one, *sizes), "file"))
    return found


def _linear(sizes: Sequence[_Size], what: str) -> Target:
    """What one more costs from the last size but one to the last, of what it cost before."""
    before, last = [_margin(fewer, more) for fewer, more in pairwise(sizes[-3:])]
    return Target(f"one more {what} from {sizes[-2].files:,} on, of one before", last / before, _MARGIN)


def _margin(fewer: _Size, more: _Size) -> float:
    return (more.cpu - fewer.cpu) / (more.files - fewer.files)


if __name__ == "__main__":
    sys.exit(main())
