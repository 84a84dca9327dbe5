"""What becomes of a folder of real exports: `python -m benchmarks.samples FOLDER` runs all shipped controls over it.

Prints for each system the files seen, read, read in part and refused, then resources by kind and verdicts; with
`--reasons` also why each file was refused or is not whole. Exit code 1 where anything broke.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from tabulate import tabulate

from soc2test.evidence.read_limits import ReadLimits
from soc2test.evidence.times import parse_time
from soc2test.inventory.dating import Clock
from soc2test.inventory.load import Loaded, Request, load_inventory
from soc2test.sources.loading import load_plugins

_BROKE = ("Traceback (most recent call last)", "INTERNALERROR")


def main() -> int:
    """Run it; 1 where a traceback or a plugin's fault was seen."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="a folder of exports, a folder a system")
    parser.add_argument("--as-of", default="2026-11-20T12:00:00Z", help="the moment that undated exports stand for")
    parser.add_argument("--reasons", action="store_true", help="also why a file was refused or is not whole")
    options = parser.parse_args()
    folder = options.folder.resolve()
    matrix, console, code = _run(folder, options.as_of)
    loaded = _loaded(folder, options.as_of)
    broke = [*loaded.faults, *(line for line in console.splitlines() if any(each in line for each in _BROKE))]
    print(tabulate(list(_systems(folder, matrix)), ("system", "files", "read", "in part", "refused")), "\n")
    print(tabulate(loaded.inventory.kinds().items(), ("kind", "resources")), "\n")
    print(tabulate(list(_verdicts(matrix)), ("verdict", "controls", "ids")), "\n")
    if options.reasons:
        print("\n".join(_reasons(matrix, loaded)), "\n")
    print(f"pytest --soc2 ended with {code}; tracebacks and faults of plugins: {len(broke)}")
    print("\n".join(dict.fromkeys(broke)))
    return 1 if broke else 0


def _run(folder: Path, as_of: str) -> tuple[dict[str, Any], str, int]:
    """The matrix, the console and the exit code of `pytest --soc2` in a programme that declares nothing."""
    with tempfile.TemporaryDirectory(prefix="soc2test-samples-") as name:
        Path(name, "soc2.yaml").write_text(
            "system: samples\ncategories: [availability, confidentiality, processing_integrity, privacy]\n",
            encoding="utf-8",
        )
        command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "--soc2"]
        done = subprocess.run(
            [*command, f"--soc2-exports={folder}", f"--soc2-as-of={as_of}"],
            cwd=name, capture_output=True, text=True, check=False,
        )  # fmt: skip
        report = Path(name, "soc2-report")
        matrix: dict[str, Any] = json.loads((report / "matrix.json").read_bytes())
        lines = [json.loads(line) for line in (report / "evidence.ndjson").read_text("utf-8").splitlines()]
        matrix["evidence"] = [line for line in lines if line["schema"] == "export/1"]  # the matrix holds the first
        matrix["unclaimed"] = [line for line in lines if line["schema"] == "unclaimed/1"]
        return matrix, done.stdout + done.stderr, done.returncode


def _loaded(folder: Path, as_of: str) -> Loaded:
    plugins, moment = load_plugins(), parse_time(as_of)
    if moment is None:
        raise SystemExit("--as-of: is no time")
    ages = {name: timedelta(days=source.max_age_days) for name, source in plugins.sources.items()}
    return load_inventory(Request(folder, plugins.sources, plugins.ask, {}, ages, ReadLimits(), Clock(moment, moment)))


def _systems(folder: Path, matrix: Mapping[str, Any]) -> Iterable[tuple[str, int, int, int, int]]:
    """A row for each folder at the top. A file with a record that could not be read is read in part."""
    files = Counter(_system(str(each.relative_to(folder))) for each in folder.rglob("*") if each.is_file())
    paths: dict[str, bool] = {}
    for each in matrix["evidence"]:
        paths[each["path"]] = paths.get(each["path"], True) and each["complete"]
    read, whole = Counter(map(_system, paths)), Counter(_system(path) for path, complete in paths.items() if complete)
    refused = Counter(_system(each["path"]) for each in matrix["unclaimed"] if each["path"] not in paths)
    rows = [(name, files[name], read[name], read[name] - whole[name], refused[name]) for name in sorted(files)]
    return [*rows, ("all", *(sum(column) for column in zip(*(row[1:] for row in rows), strict=True)))]  # type: ignore[list-item]


def _system(path: str) -> str:
    return path.split("/", 1)[0] if "/" in path else "(top)"


def _verdicts(matrix: Mapping[str, Any]) -> Iterable[tuple[str, int, str]]:
    by_verdict: dict[str, list[str]] = {}
    for control in matrix["controls"]:
        by_verdict.setdefault(control["verdict"], []).append(control["id"])
    return [(verdict, len(ids), " ".join(ids[:24])) for verdict, ids in sorted(by_verdict.items())]


def _reasons(matrix: Mapping[str, Any], loaded: Loaded) -> Iterable[str]:
    yield from (f"{each['path']}: {each['reason']}" for each in matrix["unclaimed"])
    yield from (f"{each.id}: {each.problem}" for each in loaded.inventory.exports() if each.problem)


if __name__ == "__main__":
    sys.exit(main())
