"""What a year of daily snapshots takes: `python -m benchmarks.store_growth` (of 10,000 resources, 1 % other each day).

The resources are those of the benchmark (`generate.py`), exported in four forms: one list as command line tools write
it, one as services answer, lines of JSON, and a file for each of a hundred accounts. Each day 1 % of them are other ones, of which a fifth are added and
a fifth gone. So many days are recorded as are asked for (60), and what the later ones cost stands for all of a year.
Exit code 1 where that is more than 200 MB. `python -m benchmarks.store_growth DAYS FORM...` records other days, or
some of the forms alone.
"""

import json
import random
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zlib import crc32

from benchmarks.generate import buckets
from soc2test.evidence.read_limits import ReadLimits
from soc2test.store.chain import Store
from soc2test.store.checking import check
from soc2test.store.folder import FolderObjects
from soc2test.store.recording import Given, record

RESOURCES, CHANGED, DAYS, YEAR = 10_000, 0.01, 60, 365
MOST = 200
"""MB a year"""
FIRST = datetime(2026, 1, 1, 6, tzinfo=UTC)

Json = dict[str, Any]


def days(count: int, resources: int = RESOURCES, seed: int = 7) -> Iterator[list[Json]]:
    """The resources of each day."""
    draw = random.Random(seed)  # noqa: S311  # made-up data, no secret
    spare = buckets(resources + int(count * resources * CHANGED) + 1)
    today = [next(spare) for _ in range(resources)]
    for _ in range(count):
        yield today
        today = list(today)
        for number in range(int(resources * CHANGED)):
            place = draw.randrange(len(today))
            if number % 5 == 0:
                del today[place]
            elif number % 5 == 1:
                today.insert(place, next(spare))
            else:
                today[place] = {**today[place], "Tags": [{"Key": "seen", "Value": f"{draw.getrandbits(64):016x}"}]}


def pretty(today: list[Json]) -> Mapping[str, str]:
    """One list with a line for each value, as command line tools write it."""
    return {"buckets.json": json.dumps({"Buckets": today}, indent=4)}


def compact(today: list[Json]) -> Mapping[str, str]:
    """One list in one line, as services answer."""
    return {"buckets.json": json.dumps({"Buckets": today}, separators=(",", ":"))}


def lines(today: list[Json]) -> Mapping[str, str]:
    """A line for each."""
    return {"buckets.ndjson": "".join(f"{json.dumps(each)}\n" for each in today)}


def pages(today: list[Json]) -> Mapping[str, str]:
    """A file for each of a hundred accounts, in which a resource stays."""
    accounts: dict[int, list[Json]] = {number: [] for number in range(100)}
    for each in today:
        accounts[crc32(each["Name"].encode()) % 100].append(each)
    return {f"{number:03}/buckets.json": json.dumps({"Buckets": own}, indent=4) for number, own in accounts.items()}


FORMS = {form.__name__: form for form in (pretty, compact, lines, pages)}


def size(store: Path) -> int:
    """Bytes of all objects of a store."""
    return sum(path.stat().st_size for path in store.rglob("*") if path.is_file())


def growth(folder: Path, form: Any, count: int, resources: int = RESOURCES) -> tuple[list[int], int, float]:
    """Bytes that each day added, bytes of one day's exports, and seconds of a recording."""
    root, place = folder / "company", folder / "kept"
    root.mkdir(parents=True)
    (root / "soc2.yaml").write_text("system: Test\n")
    added: list[int] = []
    exported = 0
    began, spent = 0, 0.0
    for number, today in enumerate(days(count, resources)):
        for name, text in form(today).items():
            path = root / "exports" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        exported = sum(path.stat().st_size for path in (root / "exports").rglob("*") if path.is_file())
        given = Given(
            root=root, file=root / "soc2.yaml", system="Test", exports=root / "exports", reading=ReadLimits()
        )  # fmt: skip
        start = time.monotonic()
        record(Store(FolderObjects(place)), given, FIRST + timedelta(days=number))
        spent += time.monotonic() - start
        now = size(place)
        added.append(now - began)
        began = now
    checked = check(Store(FolderObjects(place)))
    if checked.wrong or checked.records != count:
        raise RuntimeError(f"not whole: {checked.wrong[:1]}")
    return added, exported, spent / count


def of_a_year(added: list[int]) -> float:
    """MB of a year: the first day, and each further one as those that were recorded."""
    later = added[1:]
    return (added[0] + sum(later) / len(later) * (YEAR - 1)) / 1e6


def main() -> int:
    """Print the figures; 1 where a year takes too much."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else DAYS
    worst = 0.0
    for name in sys.argv[2:] or FORMS:
        with tempfile.TemporaryDirectory() as folder:
            added, exported, spent = growth(Path(folder), FORMS[name], count)
        year = of_a_year(added)
        worst = max(worst, year)
        later = sum(added[1:]) / len(added[1:]) / 1e6
        print(
            f"{name:8} {exported / 1e6:6.1f} MB of exports: {added[0] / 1e6:.2f} MB on the first day, "
            f"{later:.3f} MB on each of {count - 1} more, {year:.0f} MB in a year of {YEAR} days; "
            f"{spent:.1f} s to record one",
            flush=True,
        )
    print(f"at most {worst:.0f} MB a year; {MOST} are allowed")
    return 0 if worst <= MOST else 1


if __name__ == "__main__":
    sys.exit(main())
