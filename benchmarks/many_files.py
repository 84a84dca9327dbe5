"""Many small files: a company of N accounts, each with acme's AWS exports, beside a loop of `json.loads` over them.

    python -m benchmarks.many_files [ACCOUNTS]

Prints the CPU seconds of whole processes, their ratio, and the memory of `pytest --soc2`.
"""

import sys
import tempfile
from pathlib import Path

from benchmarks.processes import environment, measure

ACME = Path(__file__).resolve().parents[1] / "fixtures" / "acme"
ACCOUNT = "012345678901"
LOOP = """
import json, pathlib, sys
for path in pathlib.Path(sys.argv[1]).rglob("*"):
    if path.is_file() and path.suffix == ".json":
        try:
            json.loads(path.read_bytes())
        except ValueError:
            pass
"""


def account(number: int) -> str:
    """An account id of its own: exports that name another account than their folder are refused."""
    return f"{210_000_000_000 + number}"


def company(root: Path, accounts: int) -> int:
    """Write the programme; gives how many export files it has."""
    ids = [account(number) for number in range(accounts)]
    names = ", ".join(f'"{id}"' for id in ids)
    (root / "soc2.yaml").write_text(
        f"system: Many\nsources:\n  aws:\n    accounts: [{names}]\n    regions: [eu-west-1, us-east-1]\n"
    )
    (root / "pytest.ini").write_text("[pytest]\naddopts = --soc2-as-of=2026-11-20T12:00:00Z\n")
    files = 0
    for id in ids:
        for path in (ACME / "exports" / "aws" / ACCOUNT).rglob("*"):
            if path.is_file():
                below = str(path.relative_to(ACME / "exports" / "aws" / ACCOUNT)).replace(ACCOUNT, id)
                target = root / "exports" / "aws" / id / below
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(path.read_bytes().replace(ACCOUNT.encode(), id.encode()))
                files += 1
    (root / "exports" / "manifest.yaml").write_text("collected_at: 2026-11-20T08:00:00Z\n")
    return files


def main() -> None:
    """Run both and print."""
    accounts = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    with tempfile.TemporaryDirectory(prefix="many-") as folder:
        root = Path(folder)
        files = company(root, accounts)
        env = environment(root / "caches")
        loop = measure([sys.executable, "-c", LOOP, str(root / "exports")], env, root)
        plugin = ["-p", "soc2test.pytest_plugin.plugin", "-p", "no:cacheprovider"]
        small = root / "small"  # first, so that byte code is there as after `pip install`
        small.mkdir()
        company(small, 1)
        measure([sys.executable, "-m", "pytest", *plugin, "--soc2", "-q"], env, small)
        run = measure([sys.executable, "-m", "pytest", *plugin, "--soc2", "-q"], env, root)
        print(f"{files} files of {accounts} accounts: json loop {loop.cpu:.2f} s, pytest --soc2 {run.cpu:.1f} s")
        print(f"ratio {run.cpu / loop.cpu:.0f}, memory {run.mb:.0f} MB")


if __name__ == "__main__":
    main()
