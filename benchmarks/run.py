"""Measure soc2test beside a plain pytest loop and a bare typed stream, whole processes paired in one run.

`python -m benchmarks.run` prints ratios and what they should be; absolute times mean nothing on another machine.
An engine that finds another set of violations than the known one is wrong, whatever its speed.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from tabulate import tabulate

from benchmarks.engines import BARE, DECLARED, DUCKDB, ENGINES, LISTING, LOOP, SOC2TEST, UNCHECKED, Engine, Job
from benchmarks.generate import EXPECTED
from benchmarks.processes import Cost, cpu_more, cpu_ratio, environment, middle
from benchmarks.startup import measure_startup
from benchmarks.target import Target

Table = dict[tuple[int, str, str], list[Cost]]
"""Resources, suffix and engine's name -> the cost of each turn."""

_SMALL, _LARGE, _HUGE = 10_000, 100_000, 575_000
_SUFFIXES = (".ndjson", ".json")


def main() -> int:
    """Run what the options ask for; 1 where an engine was wrong or a figure is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=5, help="runs of each engine over each file (default 5)")
    parser.add_argument("--data", type=Path, help="folder that keeps the data from one run to the next")
    parser.add_argument("--only", choices=("workload", "startup", "huge"), help="one part instead of the first two")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="soc2test-bench-") as name:
        work = Path(name)
        env = environment(work / "caches")
        data = options.data or work / "data"
        targets: list[Target] = []
        wrong: list[str] = []
        if options.only in (None, "workload"):
            targets += workload(data, work, env, options.repeats, wrong)
        if options.only in (None, "startup"):
            targets += startup(work, env, 3 * options.repeats)
        if options.only == "huge":
            targets += huge(data, work, env, wrong)
        print(tabulate([each.row() for each in targets], ("figure", "found", "at most", ""), disable_numparse=True))
    for each in wrong:
        print(f"WRONG: {each}")
    return 1 if wrong or any(each.found > each.most for each in targets) else 0


def file_of(data: Path, count: int, suffix: str) -> Path:
    """The data file, written by a process of its own where it is not there yet."""
    path = data / f"buckets-{count}{suffix}"
    if not path.exists():
        data.mkdir(parents=True, exist_ok=True)
        root = Path(__file__).parent.parent
        subprocess.run([sys.executable, "-m", "benchmarks.generate", str(count), str(path)], cwd=root, check=True)
    return path


def compare(
    engines: Sequence[Engine],
    path: Path,
    work: Path,
    env: Mapping[str, str],
    repeats: int,
    wrong: list[str],
    expected: tuple[int, str] | None,
) -> dict[str, list[Cost]]:
    """Run the engines in turns; the first turn only warms caches, and is checked like the others."""
    costs: dict[str, list[Cost]] = {engine.name: [] for engine in engines}
    for turn in range(repeats + 1):
        for engine in engines:
            outcome = engine.run(Job(path, work / "job", env))
            expected = expected or outcome.found
            if outcome.found != expected:
                wrong.append(f"{engine.name} found {outcome.found} in {path.name}, not {expected}")
            if turn:
                costs[engine.name].append(outcome.cost)
    return costs


def workload(data: Path, work: Path, env: Mapping[str, str], repeats: int, wrong: list[str]) -> Iterable[Target]:
    """Ten controls over 10,000 and 100,000 resources, as NDJSON and as an array."""
    table: Table = {}
    for count in (_SMALL, _LARGE):
        for suffix in _SUFFIXES:
            engines = (*ENGINES, LISTING, UNCHECKED, DUCKDB, DECLARED) if suffix == ".ndjson" else ENGINES
            turns = repeats if count == _SMALL else max(3, repeats // 2)
            path = file_of(data, count, suffix)
            found = compare(engines, path, work, env, turns, wrong, EXPECTED[count])
            table |= {(count, suffix, name): cost for name, cost in found.items()}
    print(
        tabulate(list(_rows(table)), ("workload", "engine", "CPU s", "of loop", "of bare", "MB"), floatfmt=".2f"), "\n"
    )
    return list(_targets(table, data))


def _rows(table: Table) -> Iterable[tuple[str, str, float, float, float, float]]:
    for (count, suffix, name), costs in table.items():
        of_loop = cpu_ratio(costs, table[count, suffix, LOOP.name])
        of_bare = cpu_ratio(costs, table[count, suffix, BARE.name])
        yield f"{count // 1000}k x 10 {suffix}", name, middle(costs).cpu, of_loop, of_bare, middle(costs).mb


def _targets(table: Table, data: Path) -> Iterable[Target]:
    def ratio(count: int, suffix: str, other: Engine) -> float:
        return cpu_ratio(table[count, suffix, SOC2TEST.name], table[count, suffix, other.name])

    def mb(count: int, suffix: str) -> float:
        return middle(table[count, suffix, SOC2TEST.name]).mb

    for suffix in _SUFFIXES:
        yield Target(f"10k {suffix}: CPU, of the loop's", ratio(_SMALL, suffix, LOOP), 0.75)
        yield Target(f"100k {suffix}: CPU, of the loop's", ratio(_LARGE, suffix, LOOP), 0.3)
        yield Target(f"100k {suffix}: CPU, of the bare stream's", ratio(_LARGE, suffix, BARE), 3)
        yield Target(f"10k {suffix}: memory", mb(_SMALL, suffix), 75, " MB")
    yield Target(".ndjson: memory at 100k, of that at 10k", mb(_LARGE, ".ndjson") / mb(_SMALL, ".ndjson"), 1.25)
    size = file_of(data, _LARGE, ".json").stat().st_size / (1 << 20)
    yield Target(
        ".json: memory at 100k less that at 10k", mb(_LARGE, ".json") - mb(_SMALL, ".json"), round(size), " MB"
    )
    yield Target("100k .ndjson: CPU, of DuckDB's one pass", ratio(_LARGE, ".ndjson", DUCKDB), 1.8)
    listing = cpu_ratio(table[_LARGE, ".ndjson", LISTING.name], table[_LARGE, ".ndjson", LOOP.name])
    yield Target("100k .ndjson, with all populations listed: CPU, of the loop's", listing, 0.45)
    yield Target("seeing duplicate keys: CPU, of not seeing them", ratio(_LARGE, ".ndjson", UNCHECKED), 2)


def startup(work: Path, env: Mapping[str, str], repeats: int) -> Iterable[Target]:
    """What an ordinary run and the sample company cost."""
    found = measure_startup(work / "startup", env, repeats)
    print(
        tabulate(
            [
                (name, middle(costs).wall, middle(costs).cpu)
                for name, costs in (
                    ("ordinary pytest, soc2test switched off", found.ordinary_without),
                    ("ordinary pytest, soc2test installed", found.ordinary_with),
                    ("pytest --soc2 on acme", found.acme),
                )
            ],
            ("run", "wall s", "CPU s"),
            floatfmt=".3f",
        ),
        "\n",
    )
    slower = 1000 * cpu_more(found.ordinary_with, found.ordinary_without)
    return [
        Target("ordinary pytest: CPU more than without soc2test", slower, 15, " ms"),
        Target("pytest --soc2 on acme: wall", middle(found.acme).wall, 1.5, " s"),
        Target("soc2test's own import", found.own_import, 150, " ms"),
        Target("import of the shipped sources beside it", found.plugins_import, 150, " ms"),
        Target("import of libraries beside it", found.libraries_import, 150, " ms"),
    ]


def huge(data: Path, work: Path, env: Mapping[str, str], wrong: list[str]) -> Iterable[Target]:
    """Exports of 1 GB, as NDJSON and as an array, beside the bare stream and without a look at duplicate keys."""
    targets: list[Target] = []
    rows = []
    for suffix in _SUFFIXES:
        path = file_of(data, _HUGE, suffix)
        lines = suffix == ".ndjson"
        engines = (BARE, SOC2TEST, UNCHECKED, DUCKDB, DECLARED) if lines else (BARE, SOC2TEST, UNCHECKED)
        costs = compare(engines, path, work, env, 1, wrong, None)
        own = costs[SOC2TEST.name]
        size = os.path.getsize(path)
        rows += [
            (
                f"{size / 1e9:.2f} GB {suffix}",
                name,
                middle(each).cpu,
                cpu_ratio(each, costs[BARE.name]),
                middle(each).mb,
            )
            for name, each in costs.items()
        ]
        most = 250 if suffix == ".ndjson" else 250 + round(size / (1 << 20))
        targets += [
            Target(f"1 GB {suffix}: CPU, of the bare stream's", cpu_ratio(own, costs[BARE.name]), 3),
            *(
                [Target("1 GB .ndjson: CPU, of DuckDB's one pass", cpu_ratio(own, costs[DUCKDB.name]), 1.8)]
                if lines
                else []
            ),
            Target(f"1 GB {suffix}: memory", middle(own).mb, most, " MB"),
            Target(f"1 GB {suffix}: seeing duplicate keys, of not", cpu_ratio(own, costs[UNCHECKED.name]), 2),
        ]
    print(tabulate(rows, ("export", "engine", "CPU s", "of bare", "MB"), floatfmt=".2f"), "\n")
    return targets


if __name__ == "__main__":
    sys.exit(main())
