"""One hostile case through the project's own stations: reading, inventory, evaluation, every artifact."""

import os
import resource
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import FrameType
from typing import Any

from hostile_corpus import Case
from hostile_source import CONTROLS, Row, StreamedRow, healthy, hostile

from soc2test.controls.control import Control, control_of
from soc2test.coverage.statuses import criteria_rows
from soc2test.errors import EvidenceError
from soc2test.evaluation.evaluate import evaluate
from soc2test.evaluation.limits import limits_of
from soc2test.evidence.read_limits import ReadLimits
from soc2test.inventory.dating import Clock
from soc2test.inventory.load import Loaded, Request, load_inventory
from soc2test.reports import BUILDERS, WRITERS
from soc2test.run import AsOf, Programme, Run, Tool
from soc2test.verdicts import ControlResult

__all__ = ["Outcome", "operation_of", "place", "run_case", "run_folder"]

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
DATE = "collected_at: 2026-11-20T08:00:00Z\n"
SECONDS, MEMORY = 15.0, 300 << 20  # of CPU; the longest takes 3, and what grows with the square would take minutes
FACTS = {
    "I05": ("MFA", "STREAMED-MFA"),
    "I07": ("MFA", "STREAMED-MFA"),
    "I08": ("MFA", "STREAMED-MFA"),
    "I12": ("POLICY",),
}
"""Cases whose records are whole but whose facts must not be believed, and the controls that ask for them."""
_HANGS = 90  # a case that reaches it is stopped, so that the others are still tried


@dataclass(frozen=True)
class Outcome:
    """What became of a case: the run, its artifacts and console texts, and what it cost."""

    run: Run
    artifacts: dict[str, bytes]
    console: str
    rows: tuple[Row, ...]
    streamed: tuple[StreamedRow, ...]
    seconds: float
    grown: int
    """bytes by which the largest resident set of this process grew"""

    def result(self, id: str) -> ControlResult:
        """The result of one of the controls of `hostile_source` that was tried."""
        return next(each for each in self.run.controls if each.id == id)

    def verdict(self, id: str) -> str:
        """Its verdict, "" where it was not tried."""
        return next((str(each.verdict) for each in self.run.controls if each.id == id), "")

    def words(self) -> str:
        """All that was said of what could not be read or evaluated."""
        said = [f"{each.path}: {each.reason}" for each in self.run.unclaimed]
        for result in self.run.controls:
            said += [each.text for each in (*result.gaps, *filter(None, [result.reason]))]
            said += [each.message for each in result.findings if each.outcome != "deviation"]
        return "\n".join([*said, *self.run.problems])


def operation_of(case: Case) -> str:
    """Which operation of the hostile source reads the case."""
    if case.path.endswith(".csv"):
        return "table"
    return {"I03": "users", "I09": "wrapped", "I11": "wrapped"}.get(case.id, "rows")


def suffix_of(case: Case) -> str:
    """The suffix of its file; sequences and schemas are read as what they pretend to be."""
    name = Path(case.path).name
    suffix = name[name.index(".") :] if "." in name else ""
    return {".jsonseq": ".ndjson", ".schema.json": ".json"}.get(suffix, suffix)


def place(case: Case, exports: Path, operation: str) -> Path:
    """Write the case as an export of an operation; the path of the file."""
    folder = exports / "hostile"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / (f"{operation}{suffix_of(case)}" if suffix_of(case) else Path(case.path).name)
    case.make(path, 1)
    return path


def run_case(case: Case, root: Path) -> Outcome:
    """The case alone, on both reading paths where the format has two, beside a healthy source."""
    exports = root / "exports"
    operation = operation_of(case)
    place(case, exports, operation)
    if operation == "rows" and suffix_of(case).startswith((".json", ".ndjson")):
        place(case, exports, "streamed")
    return run_folder(exports, controls_for(case))


def controls_for(case: Case) -> tuple[str, ...]:
    """The controls that the case is tried with: those that must not pass, or must deviate."""
    if case.expect in ("escape", "redact"):
        return ("ROWS", "STREAMED", "NAMES", "ENCRYPTED", "HEALTHY")
    return ("ROWS", "STREAMED", *FACTS.get(case.id, ()), "HEALTHY")


def run_folder(exports: Path, controls: tuple[str, ...] = ("ROWS", "HEALTHY")) -> Outcome:
    """Whatever lies in the exports folder, with these controls."""
    beside = exports / "healthy"
    beside.mkdir(parents=True, exist_ok=True)
    (beside / "rows.json").write_text('[{"id":"ok","good":true}]')
    (exports / "manifest.yaml").write_text(DATE)
    before, began = _largest(), time.process_time()
    with _stopped_after(_HANGS):
        run, loaded = _run(exports, controls)
        artifacts = {writer.filename: writer.render(run) for writer in WRITERS}
        console = "\n".join(build(run) for build in BUILDERS)
    seconds, grown = time.process_time() - began, _largest() - before
    rows: Any = tuple(loaded.inventory.members(Row)) if loaded else ()
    streamed: Any = tuple(loaded.inventory.members(StreamedRow)) if loaded else ()
    return Outcome(run, artifacts, console, rows, streamed, seconds, grown)


def _run(exports: Path, wanted: tuple[str, ...]) -> tuple[Run, Loaded | None]:
    sources = {"hostile": hostile, "healthy": healthy}
    declared: dict[str, dict[str, list[str]]] = {"hostile": {}, "healthy": {}}
    ages = dict.fromkeys(sources, timedelta(days=7))
    try:
        loaded = load_inventory(Request(exports, sources, lambda _: [], declared, ages, ReadLimits(), Clock(NOW)))
    except EvidenceError as error:
        return _report((), problems=(str(error),)), None
    controls = [each for each in map(_control, CONTROLS) if each.id.removeprefix("HOSTILE-") in wanted]
    limits = {each.id: limits_of(each, {}) for each in controls}
    evaluated = evaluate(controls, loaded.inventory, limits, loaded.as_of.time)
    return _report([each.result for each in evaluated.values()], loaded), loaded


def _control(function: Any) -> Control:
    found = control_of(function)
    assert found is not None
    return found


def _report(results: Any, loaded: Loaded | None = None, problems: tuple[str, ...] = ()) -> Run:
    return Run(
        not problems, "; ".join(problems) or None, loaded.as_of if loaded else AsOf(NOW, "clock"),
        Tool("0", (), ()), Programme("Test", ("security",), ""), criteria_rows(results, ("security",)),
        tuple(sorted(results, key=lambda each: each.id)), loaded.inventory.entries() if loaded else (),
        loaded.unclaimed if loaded else (), (*problems, *(loaded.problems if loaded else ())),
    )  # fmt: skip


def _largest() -> int:
    size = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return size if os.uname().sysname == "Darwin" else size << 10


@contextmanager
def _stopped_after(seconds: int) -> Iterator[None]:
    def stop(number: int, frame: FrameType | None) -> None:
        raise TimeoutError(f"the case took over {seconds} seconds")

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
