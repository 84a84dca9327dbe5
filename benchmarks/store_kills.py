"""Recordings that are killed: `python -m benchmarks.store_kills` (SIGKILL, 200 times).

Each round starts `soc2test record` over exports that have changed since, and kills it at a random moment of its life:
in every second round of the part of it in which it writes. Then `store check` must find all whole, with every head in
it that was ever printed; and no number may have been printed twice.
"""

import json
import random
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from soc2test.store.chain import Store
from soc2test.store.checking import check
from soc2test.store.folder import FolderObjects
from soc2test.store.records import Head, parse_head

ROUNDS = 200
_FILES = 40
_HEAD = re.compile(r"^head (\d+:[0-9a-f]{64})$", re.MULTILINE)


@dataclass
class Ground:
    """A programme with exports, its store, and the heads that were printed."""

    programme: Path
    heads: list[Head] = field(default_factory=list)
    numbers: int = 0
    """how often exports were changed"""

    @property
    def store(self) -> Path:
        """Where it records."""
        return self.programme / "kept"

    def change(self) -> None:
        """Another day: some files are other ones."""
        self.numbers += 1
        for number in range(0, _FILES, 4):
            rows = [{"id": f"{number}-{row}", "day": self.numbers} for row in range(300)]
            (self.programme / f"exports/list-{number}.json").write_text(json.dumps({"things": rows}))


def lay(folder: Path) -> Ground:
    """Make the ground for any number of rounds."""
    ground = Ground(folder / "company")
    (ground.programme / "exports").mkdir(parents=True)
    (ground.programme / "soc2.yaml").write_text("system: Test\nstore: {at: kept}\n")
    for number in range(_FILES):
        (ground.programme / f"exports/list-{number}.json").write_text(f'["{number}"]')
    return ground


def begin(ground: Ground) -> "subprocess.Popen[str]":
    """One `soc2test record`."""
    command = [sys.executable, "-c", "from soc2test.cli.main import main; main()", "record"]
    return subprocess.Popen(command, cwd=ground.programme, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)


def seconds(ground: Ground) -> tuple[float, float]:
    """How long an undisturbed recording takes until it writes, and in all."""
    ground.change()
    began = time.monotonic()
    run = begin(ground)
    wrote = _until_it_writes(ground, run) - began
    _told(ground, run)
    return wrote, time.monotonic() - began


def _until_it_writes(ground: Ground, run: "subprocess.Popen[str]") -> float:
    before = _last_write(ground)
    while run.poll() is None and _last_write(ground) == before:
        time.sleep(0.001)
    return time.monotonic()


def _last_write(ground: Ground) -> int:
    place = ground.store / "unfinished"
    return place.stat().st_mtime_ns if place.exists() else 0


def _told(ground: Ground, run: "subprocess.Popen[str]") -> bool:
    """Note the head that it printed; False where it got to none."""
    said, _ = run.communicate()
    found = _HEAD.search(said)
    if found:
        ground.heads.append(parse_head(found[1]))
    return bool(found)


def killed(ground: Ground, chance: random.Random, usual: tuple[float, float], *, writing: bool) -> str:
    """One round, in words: what became of the record, or what is wrong."""
    ground.change()
    before = len(Store(FolderObjects(ground.store)).numbers())
    run = begin(ground)
    if writing:
        _until_it_writes(ground, run)
        time.sleep(chance.uniform(0, usual[1] - usual[0]))
    else:
        time.sleep(chance.uniform(0, usual[1]))
    run.send_signal(signal.SIGKILL)
    told = _told(ground, run)
    return verdict(ground, before, told=told)


def verdict(ground: Ground, before: int, *, told: bool) -> str:
    """What a killed recording left."""
    store = Store(FolderObjects(ground.store))
    checked = check(store, ground.heads)
    if checked.wrong:
        return f"WRONG: {checked.wrong[0]}"
    numbers = Counter(head.number for head in ground.heads)
    if max(numbers.values(), default=0) > 1:
        return f"WRONG: number {numbers.most_common(1)[0][0]} was printed twice"
    new = checked.records - before
    if new not in (0, 1) or (told and not new):
        return f"WRONG: {new} records are new"
    if told:
        return "acknowledged"
    return "recorded, not acknowledged" if new else "not recorded"


def rounds(ground: Ground, count: int, seed: int) -> Iterator[str]:
    """What each left."""
    chance = random.Random(seed)  # noqa: S311  # moments, no secrets
    seconds(ground)
    usual = seconds(ground)
    for number in range(count):
        yield killed(ground, chance, usual, writing=bool(number % 2))


def next_is_whole(ground: Ground) -> bool:
    """True where one more recording is acknowledged, and all is whole."""
    ground.change()
    before = len(Store(FolderObjects(ground.store)).numbers())
    return verdict(ground, before, told=_told(ground, begin(ground))) == "acknowledged"


def _shown(done: Iterator[str]) -> Iterator[str]:
    """The same, with a sign of each as it comes: the whole takes minutes."""
    for left in done:
        print("W" if left.startswith("WRONG") else ".", end="", flush=True)
        yield left


def main() -> int:
    """Print the figures; 1 where a round is wrong."""
    seed = int(time.time())
    count = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    with tempfile.TemporaryDirectory() as folder:
        ground = lay(Path(folder))
        counts = Counter(_shown(rounds(ground, count, seed)))
        whole = next_is_whole(ground)
        records = len(Store(FolderObjects(ground.store)).numbers())
    print()
    for left, number in sorted(counts.items()):
        print(f"{number:4} {left}")
    wrong = sum(number for left, number in counts.items() if left.startswith("WRONG"))
    print(
        f"{counts.total()} recordings killed (seed {seed}), {wrong} wrong; {len(ground.heads)} of {records} records "
        f"acknowledged; the next recording is {'whole' if whole else 'NOT WHOLE'}"
    )
    return 0 if whole and not wrong else 1


if __name__ == "__main__":
    sys.exit(main())
