"""Runs that are killed, over yesterday's green artifacts: `python -m benchmarks.kills` (`make kills`).

Each round lays yesterday's artifacts of the sample company into the report folder, starts `pytest --soc2`, and kills it
by SIGKILL, SIGTERM or SIGINT: at a random moment, or while its artifacts take the place of those before. Then no
artifact may be yesterday's, all must be of one set, and the exit code is 0 only where the run reached its end. A round
that was killed before soc2test was asked for anything (Python and pytest were still starting) is counted apart, and so
is one that had locked the folder and was still about to take yesterday's set away: that one stands whole, or not at all.
"""

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from soc2test.artifact_sets import BUILT_IN
from soc2test.reports import WRITERS, start

ACME = Path(__file__).parents[1] / "fixtures" / "acme"
SIGNALS = (signal.SIGKILL, signal.SIGTERM, signal.SIGINT)
RANDOM, PUBLISHING = 200, 100

_NOTES_FIRST_ACT = """
import fcntl, os, sys
flock = fcntl.flock
def noted(*given):
    flock(*given)
    open(os.environ["SOC2_KILLS_BEGAN"], "w").close()
fcntl.flock = noted
def heard(event, given):
    if event == "os.remove" and os.path.basename(os.fsdecode(given[0])) == "matrix.json":
        open(os.environ["SOC2_KILLS_TAKEN"], "w").close()
sys.addaudithook(heard)
"""
"""a sitecustomize.py: the lock is the first act of a run, and a file says that it was done; so does another of the
second, that yesterday's set is out of sight: links are removed once the one that all lead through was renamed"""


@dataclass(frozen=True)
class Ground:
    """A copy of the sample company, and its artifacts of yesterday and of a run that has started."""

    programme: Path
    yesterday: Path
    started: Path
    began: Path
    taken: Path
    environment: dict[str, str]

    @property
    def report(self) -> Path:
        """Where the runs write."""
        return self.programme / "soc2-report"


def lay(folder: Path) -> Ground:
    """Make the ground for any number of rounds below `folder`."""
    hook = folder / "hook"
    hook.mkdir()
    (hook / "sitecustomize.py").write_text(_NOTES_FIRST_ACT)
    ground = Ground(
        programme=folder / "acme",
        yesterday=folder / "yesterday",
        started=folder / "started",
        began=folder / "began",
        taken=folder / "taken",
        environment={
            **os.environ,
            "PYTHONPATH": str(hook),
            "SOC2_KILLS_BEGAN": str(folder / "began"),
            "SOC2_KILLS_TAKEN": str(folder / "taken"),
        },
    )
    shutil.copytree(ACME, ground.programme, ignore=shutil.ignore_patterns("soc2-report", "__pycache__"))
    if begin(ground).wait() != 0:
        raise RuntimeError("the sample company is not green")
    shutil.copytree(ground.report, ground.yesterday)
    for name in BUILT_IN:  # no run of today writes the same bytes
        with (ground.yesterday / name).open("a") as file:
            file.write("\n")
    start(ground.started, WRITERS)
    return ground


def begin(ground: Ground) -> "subprocess.Popen[bytes]":
    """One run of `pytest --soc2`."""
    command = [sys.executable, "-m", "pytest", "--soc2", "-q", "-p", "no:cacheprovider"]
    return subprocess.Popen(
        command, cwd=ground.programme, env=ground.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        preexec_fn=_hears_interrupts,  # noqa: PLW1509  # this process has one thread
    )  # fmt: skip


def _hears_interrupts() -> None:
    """A shell's background job ignores SIGINT, and so would what it starts."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def seconds(ground: Ground) -> float:
    """How long an undisturbed run takes."""
    before = time.monotonic()
    begin(ground).wait()
    return time.monotonic() - before


def killed(ground: Ground, number: signal.Signals, moment: Callable[["subprocess.Popen[bytes]"], None]) -> str:
    """One round, in a word: what stands in the folder, or what is wrong with it."""
    shutil.rmtree(ground.report, ignore_errors=True)
    shutil.copytree(ground.yesterday, ground.report)
    ground.began.unlink(missing_ok=True)
    ground.taken.unlink(missing_ok=True)
    run = begin(ground)
    moment(run)
    run.send_signal(number)
    return verdict(ground, run.wait())


def verdict(ground: Ground, code: int) -> str:
    """What a killed run left."""
    left = {said(ground, name) for name in BUILT_IN}
    if not ground.began.exists():
        return "too early" if left == {"yesterday"} else f"WRONG: changed before the lock: {sorted(left)}"
    if left == {"yesterday"} and not ground.taken.exists() and code != 0:
        return "locked, and not yet begun"
    if "yesterday" in left:
        return f"WRONG: yesterday's artifacts are left: {sorted(left)}"
    if left not in ({"started"}, {"absent"}, {"started", "absent"}, {"finished"}):
        return f"WRONG: a mixed set: {sorted(left)}"
    if code == 0 and left != {"finished"}:
        return "WRONG: exit 0 without artifacts"
    if code == 0:
        return "finished, exit 0"
    return "finished, not exit 0" if left == {"finished"} else "started"


def said(ground: Ground, name: str) -> str:
    """Of which run an artifact is."""
    try:
        data = (ground.report / name).read_bytes()
    except FileNotFoundError:
        return "absent"
    if data == (ground.yesterday / name).read_bytes():
        return "yesterday"
    return "started" if data == (ground.started / name).read_bytes() else "finished"


def at_random(whole: float, chance: random.Random) -> Callable[["subprocess.Popen[bytes]"], None]:
    """A moment between the first and the last of a run."""
    return lambda run: time.sleep(chance.uniform(0, whole))


def while_publishing(ground: Ground, chance: random.Random) -> Callable[["subprocess.Popen[bytes]"], None]:
    """A moment between the first staged artifact of a run that ends and its last step."""

    def moment(run: "subprocess.Popen[bytes]") -> None:
        while run.poll() is None and said(ground, "matrix.json") != "started":
            time.sleep(0.002)
        while run.poll() is None and not _rendered(ground.report):
            pass  # the last of the artifacts is rendered: what follows takes milliseconds
        time.sleep(chance.uniform(0, 0.01))

    return moment


def _rendered(report: Path) -> bool:
    """True where the last of the artifacts is being rendered."""
    try:
        return any(report.glob(".soc2-stage.*/.findings.ndjson.*"))
    except FileNotFoundError:  # what was listed is gone by now
        return False


def rounds(ground: Ground, at_any_time: int, publishing: int, seed: int) -> Iterator[tuple[str, str]]:
    """Kind of round and what it left, of each."""
    chance = random.Random(seed)  # noqa: S311  # moments, no secrets
    whole = seconds(ground)
    for place in range(at_any_time):
        yield "at random", killed(ground, SIGNALS[place % 3], at_random(whole, chance))
    for place in range(publishing):
        yield "while publishing", killed(ground, SIGNALS[place % 3], while_publishing(ground, chance))


def clean_after(ground: Ground) -> bool:
    """True where one more run is green and leaves artifacts alone: no leftover of those that were killed."""
    green = begin(ground).wait() == 0
    return green and {path.name for path in ground.report.iterdir()} == set(BUILT_IN)


def _shown(done: Iterator[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """The same, with a sign of each as it comes: the whole takes minutes."""
    for kind, left in done:
        print("W" if left.startswith("WRONG") else ".", end="", flush=True)
        yield kind, left


def main() -> int:
    """Print the figures; 1 where a round is wrong."""
    seed = int(time.time())
    with tempfile.TemporaryDirectory() as folder:
        ground = lay(Path(folder))
        counts = Counter(_shown(rounds(ground, RANDOM, PUBLISHING, seed)))
        clean = clean_after(ground)
    print()
    for (kind, left), count in sorted(counts.items()):
        print(f"{count:4} {kind}: {left}")
    wrong = sum(count for (_, left), count in counts.items() if left.startswith("WRONG"))
    print(
        f"{counts.total()} runs killed (seed {seed}), {wrong} wrong; the next run is {'clean' if clean else 'NOT CLEAN'}"
    )
    return 0 if clean and not wrong else 1


if __name__ == "__main__":
    sys.exit(main())
