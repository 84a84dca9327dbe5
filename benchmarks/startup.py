"""What soc2test costs before it does anything: ordinary pytest runs, imports, and the sample company."""

import re
import shutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks.processes import Cost, measure

__all__ = ["Startup", "measure_startup"]

_ROOT = Path(__file__).parent.parent
_LINE = re.compile(r"import time:\s+(\d+) \|\s+\d+ \|\s+(\S+)")


@dataclass(frozen=True)
class Startup:
    """Turns of an ordinary run with and without soc2test and of `pytest --soc2` over acme; milliseconds of imports."""

    ordinary_with: list[Cost]
    ordinary_without: list[Cost]
    acme: list[Cost]
    own_import: float
    """of soc2test itself"""
    plugins_import: float
    """of the shipped sources"""
    libraries_import: float
    """of what else `pytest --soc2` imports and plain pytest does not"""


def measure_startup(work: Path, env: Mapping[str, str], repeats: int) -> Startup:
    """Measure in `work`, alternating what is compared."""
    plugged = {key: value for key, value in env.items() if key != "PYTEST_DISABLE_PLUGIN_AUTOLOAD"}
    plain = work / "plain"
    plain.mkdir(parents=True)
    (plain / "test_nothing.py").write_text("def test_nothing():\n    pass\n", encoding="utf-8")
    acme = work / "acme"
    shutil.copytree(_ROOT / "fixtures" / "acme", acme, ignore=shutil.ignore_patterns("soc2-report", ".pytest_cache"))
    pytest = (sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider")
    commands = {
        "with": ((*pytest,), plain),
        "without": ((*pytest, "-p", "no:soc2test"), plain),
        "acme": ((*pytest, "--soc2"), acme),
    }
    costs: dict[str, list[Cost]] = {name: [] for name in commands}
    for round in range(repeats + 1):
        for name, (command, folder) in commands.items():
            cost = measure(command, plugged, folder, out=work / f"{name}.txt")
            if round:  # the first one writes byte code
                costs[name].append(cost)
    imports = _imports(acme, plain, plugged, work)
    return Startup(costs["with"], costs["without"], costs["acme"], *imports)


def _imports(acme: Path, plain: Path, env: Mapping[str, str], work: Path) -> tuple[float, float, float]:
    """Own, plugins' and libraries' import milliseconds of `pytest --soc2`, the best of three."""
    timed = (sys.executable, "-X", "importtime", "-m", "pytest", "-p", "no:cacheprovider")
    best: tuple[float, float, float] | None = None
    for _ in range(3):
        measure((*timed, "-p", "no:soc2test"), env, plain, out=work / "plain.imports")
        measure((*timed, "--soc2"), env, acme, out=work / "soc2.imports")
        before = _times(work / "plain.imports")
        new = {name: spent for name, spent in _times(work / "soc2.imports").items() if name not in before}
        own = sum(spent for name, spent in new.items() if name.partition(".")[0] == "soc2test")
        shipped = sum(
            spent for name, spent in new.items() if name.startswith(("soc2test_plugins", "soc2test_policies"))
        )
        every = (own / 1000, shipped / 1000, (sum(new.values()) - own - shipped) / 1000)
        best = every if best is None else min(best, every)
    return best or (0.0, 0.0, 0.0)


def _times(path: Path) -> dict[str, int]:
    found = (_LINE.match(line) for line in path.read_text(encoding="utf-8", errors="replace").splitlines())
    return {match[2]: int(match[1]) for match in found if match}
