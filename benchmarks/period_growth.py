"""A period of many resources of which few change a day: `python -m benchmarks.period_growth [DAYS] [HOSTS]` (180 10000).

The same days are evaluated three ways, whole processes, CPU: as one period of soc2test, by a pytest loop over
`json.load` for each day, and by a single run of soc2test for each day (some of them, times the days). All test the ten
rules; what the controls that come with soc2test cost beside them, which find nothing to test, is told apart. What the
period notes is held against what the loops find: a resource deviates in the period if it does on one of its days. No figure
is a limit of a test.
"""

import json
import random
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from benchmarks.processes import Cost, environment, measure
from soc2test.evidence.read_limits import ReadLimits
from soc2test.store.chain import Store
from soc2test.store.folder import FolderObjects
from soc2test.store.recording import Given, record

PROGRAMME = Path(__file__).parent / "period_programme"
LOOP = Path(__file__).parent / "baseline_period_loop.py"
FIRST = date(2026, 1, 1)
SHARE = 0.005
"""of the hosts that change each day"""
EXPORTED = "08:00:00"
"""the time of each day at which its exports are made: a snapshot without verdicts is for this moment"""
PEOPLE = 400
SINGLE_RUNS = 5
FEW = 0.01
"""of the hosts break each rule that has no date"""
LEFT = 50
"""of so many people one works there no more"""
OWN = [f"--soc2-control=FLEET-{number:02}" for number in range(1, 11)]
_REGIONS = ("us-east-1", "us-west-2", "eu-west-1", "eu-central-1")

Json = dict[str, Any]


def hosts(count: int, draw: random.Random) -> list[Json]:
    """The hosts of the first day, of which each rule is broken by some."""
    return [_host(number, FIRST, draw) for number in range(count)]


def _host(number: int, today: date, draw: random.Random) -> Json:
    def ago() -> str:
        """Within a half year; of some so long ago that the limit of a year is passed in the period."""
        days = draw.randrange(200, 365) if draw.random() < FEW else draw.randrange(150)
        return f"{today - timedelta(days=days)}T08:00:00+00:00"

    broken = draw.random() < FEW
    return {
        "Id": f"i-{number:017x}",
        "Name": f"host-{draw.choice(('prod', 'staging', 'dev'))}-{number:07}",
        "Region": "ap-south-1" if draw.random() < FEW else draw.choice(_REGIONS),
        "Disk": {"Encrypted": not broken, "SizeGiB": draw.choice((32, 64, 128)), "Type": "gp3"},
        "Network": {"Public": draw.random() < FEW, "Subnet": f"subnet-{draw.getrandbits(64):016x}"},
        "Backup": {"Enabled": draw.random() > FEW, "Plan": "daily"},
        "Owner": f"user{draw.randrange(PEOPLE)}",
        "PatchedAt": ago(),
        "KeyMadeAt": ago(),
        "Review": {"By": f"user{draw.randrange(PEOPLE)}", "At": ago()},
        "Tags": [{"Key": "env", "Value": "prod"}, {"Key": "cost-center", "Value": f"cc-{draw.randrange(1000, 9999)}"}],
    }


def days_of(count: int, days: int) -> Iterator[tuple[date, list[Json], list[Json]]]:
    """Each day with its hosts and people. All hosts are patched and given keys in time but for those that change."""
    draw = random.Random(20260101)  # noqa: S311  # made-up data, no secret
    fleet = hosts(count, draw)
    people = [{"Login": f"user{number}", "Working": number % LEFT > 0} for number in range(PEOPLE)]
    for number in range(days):
        today = FIRST + timedelta(days=number)
        for _ in range(int(count * SHARE) if number else 0):
            place = draw.randrange(count)
            fleet[place] = _host(place, today, draw)
        if number and number % 30 == 0:
            people[draw.randrange(PEOPLE)]["Working"] = False
        yield today, fleet, people


def lay(folder: Path, count: int, days: int) -> Path:
    """The programme with a store of so many days, and each day's exports for the loops."""
    root = folder / "programme"
    shutil.copytree(PROGRAMME, root, ignore=shutil.ignore_patterns("__pycache__"))
    (root / "pytest.ini").write_text("[pytest]\n")
    exports = root / "exports" / "fleet"
    exports.mkdir(parents=True)
    store = Store(FolderObjects(folder / "store"))
    given = Given(
        root=root,
        file=root / "soc2.yaml",
        system="Period",
        exports=root / "exports",
        reading=ReadLimits(),
    )
    for today, fleet, people in days_of(count, days):
        (exports / "hosts.json").write_text(json.dumps(fleet))
        (exports / "people.json").write_text(json.dumps(people))
        (root / "exports" / "manifest.yaml").write_text(f"collected_at: {today}T{EXPORTED}Z\n")
        shutil.copytree(exports, folder / "days" / f"{today}")
        record(store, given, datetime(today.year, today.month, today.day, 12, tzinfo=UTC))
    return root


def loops(folder: Path, env: Mapping[str, str], days: int) -> tuple[Cost, set[str]]:
    """A pytest loop for each day: what all of them cost, and what they found in any."""
    costs, found = [], folder / "found.txt"
    found.touch()
    for number in range(days):
        today = FIRST + timedelta(days=number)
        own = {
            **env, "BENCH_DATA": str(folder / "days" / f"{today}"), "BENCH_DAY": f"{today}T{EXPORTED}+00:00",
            "BENCH_FOUND": str(found),
        }  # fmt: skip
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(LOOP)]
        costs.append(measure(command, own, folder))
        if costs[-1].code:
            raise RuntimeError(f"the loop of {today} ended with {costs[-1].code}")
    return _sum(costs), set(found.read_text().splitlines())


def _sum(costs: list[Cost]) -> Cost:
    return Cost(
        cpu=sum(each.cpu for each in costs),
        wall=sum(each.wall for each in costs),
        mb=max(each.mb for each in costs),
        code=max(each.code for each in costs),
    )


def soc2test_command(*arguments: str) -> list[str]:
    """A run of soc2test with its plugin alone."""
    return [
        sys.executable, "-m", "pytest", "-p", "soc2test.pytest_plugin.plugin", "-p", "no:cacheprovider", "--soc2", "-q",
        *arguments,
    ]  # fmt: skip


def noted(root: Path) -> set[str]:
    """What the period noted, as the loops write it: rule and resource."""
    found = set()
    for line in (root / "soc2-report" / "findings.ndjson").read_text().splitlines():
        told = json.loads(line)
        if told.get("outcome") == "deviation":
            found.add(f"{told['control']}:{told['resource']}")
    return found


def main() -> int:
    """Print the figures; 1 where the two ways found different things."""
    days = int(sys.argv[1]) if sys.argv[1:] else 180
    count = int(sys.argv[2]) if sys.argv[2:] else 10_000
    last = FIRST + timedelta(days=days - 1)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        root = lay(folder, count, days)
        env = environment(folder / "caches")
        period = [f"--soc2-period={FIRST}..{last}", "--soc2-store=../store", "--soc2-no-populations"]
        shipped = measure(soc2test_command(*period), env, root)
        costs = [measure(soc2test_command(*period, *OWN), env, root) for _ in range(2)]
        found = noted(root)
        looped, expected = loops(folder, env, days)
        single = []
        for number in range(0, days, max(1, days // SINGLE_RUNS)):
            today = FIRST + timedelta(days=number)
            shutil.copytree(folder / "days" / f"{today}", root / "exports" / "fleet", dirs_exist_ok=True)
            (root / "exports" / "manifest.yaml").write_text(f"collected_at: {today}T{EXPORTED}Z\n")
            run = soc2test_command(f"--soc2-as-of={today}T{EXPORTED}Z", "--soc2-no-populations", *OWN)
            single.append(measure(run, env, root).cpu)
    cost = min(costs, key=lambda each: each.cpu)
    one = sum(single) / len(single)
    print(f"{count} resources, 10 rules, {days} days, {SHARE:.1%} change a day; CPU of whole processes")
    print(f"the period: {cost.cpu:.1f} s, {cost.mb:.0f} MB; all loops: {looped.cpu:.1f} s; a single run: {one:.2f} s")
    print(f"of the loops {cost.cpu / looped.cpu:.3f} (at most 0.1), of single runs {cost.cpu / (one * days):.3f} (0.2)")
    print(f"with all shipped controls: {shipped.cpu:.1f} s, of the loops {shipped.cpu / looped.cpu:.3f}")
    same = {_as_loop(each) for each in found} == expected
    print(f"found: {len(found)} by the period, {len(expected)} by the loops: {'the same' if same else 'NOT THE SAME'}")
    return 0 if same else 1


_LOOP_NAMES = (
    "encrypted", "private", "backed_up", "region", "named", "patched", "key_is_young", "reviewed", "owner_works_here",
    "reviewer_works_here",
)  # fmt: skip


def _as_loop(found: str) -> str:
    control, _, resource = found.partition(":")
    return f"test_{_LOOP_NAMES[int(control[-2:]) - 1]}:{resource}"


if __name__ == "__main__":
    sys.exit(main())
