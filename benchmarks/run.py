"""soc2test beside a plain pytest loop and a bare typed stream: whole processes, paired in one run.

`python -m benchmarks.run` prints ratios of CPU seconds (medians over alternating repeats) and peak memory; absolute
times say little. Each engine's violations are compared with the known ones: an engine that finds another set is wrong.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tabulate import tabulate

from benchmarks.generate import EXPECTED, RULES, violations_digest, write

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
MOMENT = "2026-11-20T12:00:00Z"
CACHING = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
"""The environment, with bytecode caches as users have them; each measure repeats, so that the first run fills them."""


@dataclass
class Engine:
    """One way to do the work: its command line, and where it leaves what it found."""

    name: str
    command: Callable[[Path, Path], list[str]]
    found: Callable[[Path], list[str]]
    environment: Callable[[Path, Path], dict[str, str]] = lambda data, out: {}
    cpu: list[float] = field(default_factory=list)
    peak: list[float] = field(default_factory=list)


@dataclass(frozen=True)
class Spent:
    """CPU seconds of a whole process with its children, wall seconds, and peak memory in MB."""

    cpu: float
    wall: float
    peak: float


def spend(command: Sequence[str], environment: dict[str, str] | None = None, cwd: Path = ROOT) -> Spent:
    """Run a process and measure it from outside."""
    begun = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=cwd, env=CACHING | (environment or {}), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _, _, usage = os.wait4(process.pid, 0)
    return Spent(usage.ru_utime + usage.ru_stime, time.perf_counter() - begun, usage.ru_maxrss / 1024)


def engines() -> list[Engine]:
    """soc2test first; the others are what it is compared with."""
    return [
        Engine("soc2test", _soc2test, _from_findings),
        Engine(
            "pytest loop",
            lambda data, out: [*_pytest(), "-p", "no:soc2test", str(HERE / "baseline_pytest_loop.py")],
            _from_lines,
            lambda data, out: {"BENCH_DATA": str(data), "BENCH_FOUND": str(out / "found.txt")},
        ),
        Engine(
            "bare stream",
            lambda data, out: [sys.executable, "-m", "benchmarks.bare_stream", str(data), str(out / "found.txt")],
            _from_lines,
        ),
    ]


def _pytest() -> list[str]:
    return [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "-p",
        "no:hypothesispytest",
        "-p",
        "no:xdist",
    ]


def _soc2test(data: Path, out: Path) -> list[str]:
    programme = HERE / "programme"
    return [
        *_pytest(), "--soc2", f"--soc2-config={programme / 'soc2.yaml'}", f"--soc2-exports={data.parents[1]}",
        f"--soc2-report={out}", f"--soc2-as-of={MOMENT}", str(programme / "policies"),
    ]  # fmt: skip


def _from_lines(out: Path) -> list[str]:
    return (out / "found.txt").read_text("utf-8").splitlines()


def _from_findings(out: Path) -> list[str]:
    rules = {f"BENCH-{place:02d}": rule for place, rule in enumerate(RULES, 1)}
    findings = map(json.loads, (out / "findings.ndjson").read_text("utf-8").splitlines())
    return [
        f"{rules[each['control']]}:{each['resource'].removeprefix('arn:aws:s3:::')}"
        for each in findings
        if "control" in each
    ]


def compare(count: int, suffix: str, repeats: int, folder: Path) -> list[list[object]]:
    """Rows of the table for one workload."""
    data = folder / f"{count}-{suffix}" / "bench" / f"buckets.{suffix}"
    data.parent.mkdir(parents=True, exist_ok=True)
    write(data, count)
    ran = engines()
    for _ in range(repeats):
        for engine in ran:
            with tempfile.TemporaryDirectory(dir=folder) as out:
                spent = spend(engine.command(data, Path(out)), engine.environment(data, Path(out)))
                engine.cpu.append(spent.cpu)
                engine.peak.append(spent.peak)
                _check(engine, count, engine.found(Path(out)))
    own = ran[0]
    return [
        [f"{count} x 10 {suffix}", each.name, statistics.median(each.cpu), statistics.median(each.peak),
         statistics.median(own.cpu) / statistics.median(each.cpu)]
        for each in ran
    ]  # fmt: skip


def _check(engine: Engine, count: int, found: list[str]) -> None:
    pairs = [(rule, name) for rule, _, name in (line.partition(":") for line in found)]
    if violations_digest(pairs) != EXPECTED[count]:
        raise SystemExit(f"{engine.name} is wrong: {violations_digest(pairs)}, expected {EXPECTED[count]}")


def start_up(repeats: int) -> list[list[object]]:
    """What soc2test costs where it is not used, and what it costs to start where it is."""
    with tempfile.TemporaryDirectory() as folder:
        test = Path(folder, "test_nothing.py")
        test.write_text("def test_nothing(): pass\n", "utf-8")
        pairs: dict[str, list[float]] = {"with": [], "without": []}
        for _ in range(repeats):
            for name, extra in (("with", []), ("without", ["-p", "no:soc2test"])):
                pairs[name].append(spend([*_pytest(), *extra, str(test)], cwd=Path(folder)).wall)
    # the least of many: what is above it is the machine's other work
    ordinary = 1000 * (min(pairs["with"]) - min(pairs["without"]))
    acme = [spend([*_pytest(), "--soc2"], cwd=ROOT / "fixtures/acme").wall for _ in range(max(3, repeats // 3))]
    return [
        ["ordinary pytest, soc2test installed: more wall", f"{ordinary:.1f} ms", "15 ms"],
        ["pytest --soc2 on acme: wall", f"{min(acme):.2f} s", "1.5 s"],
        ["soc2test's own import on --soc2", f"{own_import():.0f} ms", "150 ms"],
    ]


def own_import() -> float:
    """Milliseconds for all modules that `--soc2` imports beyond pytest's own, dependencies included."""
    code = (
        "import pytest, _pytest.assertion.rewrite, time; begun = time.perf_counter(); "
        "import soc2test.pytest_plugin.session, soc2test_plugins.aws, soc2test_plugins.github, soc2test_plugins.okta, "
        "soc2test_plugins.registers; print(1000 * (time.perf_counter() - begun))"
    )
    runs = [
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=CACHING)
        for _ in range(7)
    ]
    return min(float(run.stdout) for run in runs)


def duplicates_cost(folder: Path) -> float:
    """What the detection of duplicate keys costs the reader of one line, as a ratio."""
    import jiter

    data = folder / "10000-ndjson" / "bench" / "buckets.ndjson"
    lines = data.read_bytes().splitlines()
    spent: dict[bool, float] = {}
    for detect in (False, True) * 3:
        begun = time.process_time()
        for line in lines:
            jiter.from_json(line, catch_duplicate_keys=detect, allow_inf_nan=False)
        spent[detect] = min(spent.get(detect, 9e9), time.process_time() - begun)
    return spent[True] / spent[False]


def main() -> None:
    """Run what was asked for and print it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--small", action="store_true", help="10,000 resources only")
    given = parser.parse_args()
    sizes = [10_000] if given.small else [10_000, 100_000]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        rows = [
            row
            for size in sizes
            for suffix in ("ndjson", "json")
            for row in compare(size, suffix, given.repeats, folder)
        ]
        print(
            tabulate(
                rows,
                ["workload", "engine", "CPU s", "peak MB", "soc2test / it"],
                floatfmt=("", "", ".2f", ".0f", ".2f"),
            )
        )
        print(f"\nduplicate-key detection in the JSON reader: {duplicates_cost(folder):.2f} times without")
        for suffix in ("ndjson", "json") if not given.small else ():
            peaks = [row[3] for row in rows if row[1] == "soc2test" and str(row[0]).endswith(f" {suffix}")]
            size = (folder / f"100000-{suffix}" / "bench" / f"buckets.{suffix}").stat().st_size / 2**20
            print(f"memory from 10k to 100k, {suffix}: {peaks[0]:.0f} to {peaks[1]:.0f} MB (file {size:.0f} MB)")
    print()
    print(tabulate(start_up(15), ["start-up", "measured", "target"]))


if __name__ == "__main__":
    main()
