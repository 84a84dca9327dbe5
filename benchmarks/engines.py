"""The engines that are compared: how each is run over a data file, and how its findings are read."""

import json
import shutil
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks.generate import RULES, violations_digest
from benchmarks.processes import Cost, measure

__all__ = [
    "BARE",
    "DECLARED",
    "DUCKDB",
    "ENGINES",
    "LISTING",
    "LOOP",
    "SOC2TEST",
    "UNCHECKED",
    "Engine",
    "Job",
    "Outcome",
]

HERE = Path(__file__).parent
PYTEST = (sys.executable, "-m", "pytest", "-p", "no:cacheprovider")
_CONTROL = {f"BENCH-{number:02d}": rule for number, rule in enumerate(RULES, 1)}
_ARN = "arn:aws:s3:::"
_AS_OF = "2026-11-20T12:00:00Z"


@dataclass(frozen=True)
class Job:
    """One run of one engine over one file; `work` is an empty folder of its own."""

    data: Path
    work: Path
    env: Mapping[str, str]


@dataclass(frozen=True)
class Outcome:
    """What a run cost, and how many violations with which digest it found."""

    cost: Cost
    found: tuple[int, str]


@dataclass(frozen=True)
class Engine:
    """An engine by name."""

    name: str
    run: Callable[[Job], Outcome]


def _loop(job: Job) -> Outcome:
    found = job.work / "found.txt"
    env = {**job.env, "BENCH_DATA": str(job.data), "BENCH_FOUND": str(found)}
    cost = measure([*PYTEST, "-q", str(HERE / "baseline_pytest_loop.py")], env, HERE.parent)
    return Outcome(cost, violations_digest(_lines(found)))


def _bare(job: Job) -> Outcome:
    found = job.work / "found.txt"
    command = [sys.executable, "-m", "benchmarks.bare_stream", str(job.data), str(found)]
    cost = measure(command, job.env, HERE.parent)
    return Outcome(cost, violations_digest(_lines(found)))


def _duckdb(job: Job, *types: str) -> Outcome:
    found = job.work / "found.txt"
    command = [sys.executable, "-m", "benchmarks.duckdb_pass", str(job.data), str(found), *types]
    cost = measure(command, job.env, HERE.parent)
    return Outcome(cost, violations_digest(_lines(found)))


def _lines(path: Path) -> Iterable[tuple[str, str]]:
    if not path.exists():
        return
    for line in path.read_text(encoding="utf-8").splitlines():
        rule, _, name = line.partition(":")
        yield rule, name


_NO_LISTS = "--soc2-no-populations"


def _soc2test(job: Job, *more: str) -> Outcome:
    """`pytest --soc2` with all that is shipped, over an exports folder that holds the file."""
    exports, report = job.work / "exports", job.work / "report"
    (exports / "bench").mkdir(parents=True)
    _place(job.data, exports / "bench" / f"buckets{job.data.suffix}")
    (exports / "manifest.yaml").write_text("collected_at: 2026-11-20T08:00:00Z\n", encoding="utf-8")
    command = [
        *PYTEST, "-p", "soc2test.pytest_plugin.plugin", *more, "--soc2", f"--soc2-as-of={_AS_OF}",
        f"--soc2-exports={exports}", f"--soc2-report={report}",
    ]  # fmt: skip
    cost = measure(command, job.env, HERE / "programme", out=job.work / "console.txt")
    return Outcome(cost, violations_digest(_findings(report)))


def _place(data: Path, export: Path) -> None:
    """A second name for the file where the file system allows it: links are not followed, by design."""
    try:
        export.hardlink_to(data)
    except OSError:
        shutil.copyfile(data, export)


def _findings(report: Path) -> Iterable[tuple[str, str]]:
    """The deviations of a run; none where a control could not be evaluated, so that such a run counts as wrong."""
    if not (report / "matrix.json").exists():
        return
    matrix = json.loads((report / "matrix.json").read_bytes())
    own = {control["id"]: control for control in matrix["controls"] if control["id"] in _CONTROL}
    if len(own) != len(_CONTROL) or any(control["unknown"] or control["errors"] for control in own.values()):
        return
    if any(control["reason"] is not None for control in own.values()):
        return
    with open(report / "findings.ndjson", encoding="utf-8") as file:
        for line in file:
            finding = json.loads(line)
            if finding.get("control") in _CONTROL and finding["outcome"] == "deviation":
                yield _CONTROL[finding["control"]], finding["resource"].removeprefix(_ARN)


def in_own_folder(run: Callable[[Job], Outcome]) -> Callable[[Job], Outcome]:
    """The same, in a folder that is there for one run only."""

    def fresh(job: Job) -> Outcome:
        shutil.rmtree(job.work, ignore_errors=True)
        job.work.mkdir(parents=True)
        return run(job)

    return fresh


LOOP = Engine("pytest, loop over json.load", in_own_folder(_loop))
BARE = Engine("bare typed stream", in_own_folder(_bare))
LISTING = Engine("pytest --soc2, with its lists of populations", in_own_folder(_soc2test))
SOC2TEST = Engine("pytest --soc2", in_own_folder(lambda job: _soc2test(job, _NO_LISTS)))
UNCHECKED = Engine(
    "the same, equal keys unnoticed",
    in_own_folder(lambda job: _soc2test(job, _NO_LISTS, "-p", "benchmarks.without_duplicates")),
)
DUCKDB = Engine("DuckDB, one pass", in_own_folder(_duckdb))
DECLARED = Engine("the same, types declared", in_own_folder(lambda job: _duckdb(job, "declared")))
ENGINES = (LOOP, BARE, SOC2TEST)
"""Neither of the others lists what it looked at."""
