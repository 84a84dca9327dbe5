"""A period of acme's snapshots beside as many single runs: `python -m benchmarks.period_runs [DAYS]` (30).

The sample company as it lies there is recorded on so many days, each day exported anew with one more change in a
register, and evaluated once as a period; beside it one run over the same exports is timed, processes whole, CPU of
both. Printed is what the period costs of as many single runs. No figure is a limit of a test.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from soc2test.evidence.read_limits import ReadLimits
from soc2test.store.chain import Store
from soc2test.store.folder import FolderObjects
from soc2test.store.recording import Given, record

ACME = Path(__file__).resolve().parents[1] / "fixtures" / "acme"
FIRST = date(2026, 11, 20)
"""of which acme's exports are"""


def lay(folder: Path, days: int) -> Path:
    """The company with its store of so many days; the newest snapshot is of today, so that no clock is ahead."""
    root = folder / "acme"
    shutil.copytree(
        ACME, root, ignore=shutil.ignore_patterns("soc2-report", "__pycache__", ".pytest_cache", "pytest.ini")
    )
    (root / "pytest.ini").write_text("[pytest]\n")
    store = Store(FolderObjects(folder / "store"))
    given = Given(
        root=root,
        file=root / "soc2.yaml",
        system="Acme",
        exports=root / "exports",
        reading=ReadLimits(),
    )
    for number in range(days):
        today = FIRST + timedelta(days=number)
        redate(root, today, number)
        record(store, given, datetime(today.year, today.month, today.day, 12, tzinfo=UTC))
    redate(root, FIRST, 0)
    return root


def redate(root: Path, today: date, number: int) -> None:
    """The exports as of a day; a line of the register of people is another one each day."""
    for path in (root / "exports/registers").iterdir():
        text = path.read_text("utf-8")
        path.write_text(re.sub(r"(?m)^((?:# )?as_of: )\d{4}-\d\d-\d\d", rf"\g<1>{today}", text, count=1), "utf-8")
    manifest = root / "exports/manifest.yaml"
    manifest.write_text(re.sub(r"collected_at: \d{4}-\d\d-\d\d", f"collected_at: {today}", manifest.read_text()))
    people = root / "exports/registers/people.yaml"
    kept = [line for line in people.read_text("utf-8").splitlines() if not line.startswith("# day ")]
    people.write_text("\n".join([*kept, f"# day {number}", ""]), "utf-8")


def cpu(root: Path, arguments: Sequence[str]) -> float:
    """CPU seconds of one process."""
    before = os.times()
    command = [sys.executable, "-m", "pytest", "--soc2", "-q", *arguments]
    subprocess.run(command, cwd=root, capture_output=True, check=False)  # deviations of later days fail the run
    after = os.times()
    return (after.children_user + after.children_system) - (before.children_user + before.children_system)


def main() -> None:
    """Print the figures."""
    days = int(sys.argv[1]) if sys.argv[1:] else 30
    with tempfile.TemporaryDirectory() as folder:
        root = lay(Path(folder), days)
        last = FIRST + timedelta(days=days - 1)
        single = min(cpu(root, [f"--soc2-as-of={FIRST}T12:00:00Z"]) for _ in range(3))
        period = min(cpu(root, [f"--soc2-period={FIRST}..{last}", "--soc2-store=../store"]) for _ in range(2))
    files = sum(1 for path in ACME.joinpath("exports").rglob("*") if path.is_file())
    print(f"acme, {files} files a day, {days} days: one run {single:.2f} s of CPU, the period {period:.1f} s")
    print(f"the period costs {period / (single * days):.3f} of {days} single runs")


if __name__ == "__main__":
    main()
