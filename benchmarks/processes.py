"""Whole processes, measured by the kernel: CPU seconds, wall seconds, peak memory."""

import os
import subprocess
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

__all__ = ["Cost", "cpu_more", "cpu_ratio", "environment", "measure", "middle"]


@dataclass(frozen=True)
class Cost:
    """What one process cost."""

    cpu: float
    wall: float
    mb: float
    code: int


def environment(caches: Path) -> dict[str, str]:
    """The environment of every measured process: no plugins but those named, and byte code kept, as after `pip install`."""
    own = {
        "PYTHONPATH": str(Path(__file__).parent.parent), "PYTHONPYCACHEPREFIX": str(caches), "PYTHONHASHSEED": "0",
        "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
    }  # fmt: skip
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "PYTEST", "GITHUB_"))}
    return kept | own


def measure(command: Sequence[str], env: Mapping[str, str], cwd: Path, *, out: Path | None = None) -> Cost:
    """Run a command to its end; its output goes to `out` and is read by nobody here."""
    with open(out or os.devnull, "wb") as sink:
        start = time.perf_counter()
        process = subprocess.Popen(command, env=env, cwd=cwd, stdin=subprocess.DEVNULL, stdout=sink, stderr=sink)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    return Cost(usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss / 1024, process.returncode)


def middle(costs: Iterable[Cost]) -> Cost:
    """The median of each figure."""
    every = list(costs)
    return Cost(
        median(each.cpu for each in every), median(each.wall for each in every), median(each.mb for each in every),
        every[-1].code,
    )  # fmt: skip


def cpu_ratio(costs: Iterable[Cost], others: Iterable[Cost]) -> float:
    """The median of the ratios turn by turn: what slows the whole machine for a while slows both."""
    return median(cost.cpu / other.cpu for cost, other in zip(costs, others, strict=True))


def cpu_more(costs: Iterable[Cost], others: Iterable[Cost]) -> float:
    """The median of the differences turn by turn, in seconds."""
    return median(cost.cpu - other.cpu for cost, other in zip(costs, others, strict=True))
